"""Writing what linking derives from the record, a few reports at a time, each step in one transaction.

A `LinkStore` says which reports wait to be linked, gives what linking compares them by, and keeps the results. A step
that was killed leaves nothing behind, and the next run goes on with the same reports.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Column, Table, bindparam, delete, func, or_, select

from onrecord.domain.actors import Actor, Identification
from onrecord.domain.origins import Origin
from onrecord.domain.utterances import Link, Rendering
from onrecord.ledger import databases, linked_rows
from onrecord.ledger import linked_schema as tables
from onrecord.ledger.linked_reading import actor_names
from onrecord.ledger.linked_rows import StoryRow, Unlinked, UtteranceRow
from onrecord.ledger.links_asked import Asking
from onrecord.ledger.parts import in_parts, put_in, rows_with, take_out
from onrecord.ledger.passage_rows import passages_json
from onrecord.ledger.rows import time_text
from onrecord.ledger.schema import reading, report, statement
from onrecord.ledger.stores import Store
from onrecord.ledger.voices import count_again, count_new, speaking_in

_COPIED: Final = 1_000
"""The origins that a comparison of texts found are numbered from here, behind those that the report itself gives."""


class LinkStore(Store):
    """Opens the tables of linking of one ledger for writing; for one thread.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion, LedgerBusy, LedgerUnwritable: when it cannot be opened.
    """

    @contextmanager
    def step(self) -> Iterator[Step]:
        """One transaction: all that is done in it is kept, or nothing."""
        with self._writing() as connection:
            yield Step(connection)

    @contextmanager
    def asking(self) -> Iterator[Asking]:
        """Questions to the ledger as it stands, without the lock of a writer."""
        with databases.translated(self.path, "read"), self._engine.connect() as connection:
            yield Asking(connection)

    def waiting(self) -> list[str]:
        """The ids of the reports whose latest reading is not linked, earliest published first, then by id."""
        newest = select(reading.c.report, func.max(reading.c.seq).label("seq")).group_by(reading.c.report).subquery()
        query = (
            select(report.c.id)
            .join(newest, newest.c.report == report.c.id)
            .join(reading, reading.c.seq == newest.c.seq)
            .join(tables.told, tables.told.c.report == report.c.id, isouter=True)
            .where(or_(tables.told.c.reading.is_(None), tables.told.c.reading != reading.c.id))
            .order_by(report.c.published.asc().nulls_last(), report.c.id)
        )
        with databases.translated(self.path, "read"), self._engine.connect() as connection:
            return list(connection.execute(query).scalars())


class Step(Asking):
    """What can be asked and kept in one transaction."""

    def note(self, key: str, value: str) -> None:
        """Leaves a note for later steps."""
        self._replace(tables.state, "key", [{"key": key, "value": value}])

    def empty(self) -> None:
        """Forgets all that linking ever derived."""
        for table in tables.DERIVED:
            self._connection.execute(delete(table))

    def wait_again(self, actors: Collection[str]) -> None:
        """Lets every report in which one of these actors speaks, or may speak, be linked again."""
        about = [tables.spoken.c.candidates.contains(f'"{one}"', autoescape=True) for one in sorted(actors)]
        speaking = select(tables.spoken.c.report).where(or_(tables.spoken.c.actor.in_(sorted(actors)), *about))
        self._connection.execute(tables.told.update().where(tables.told.c.report.in_(speaking)).values(reading=""))

    def link_again(self, statements: Collection[str]) -> None:
        """Lets every report in which one of these statements was read be linked again."""
        for part in in_parts(sorted(statements)):
            inside = select(reading.c.report).join(statement, statement.c.reading == reading.c.id)
            inside = inside.where(statement.c.id.in_(part))
            self._connection.execute(tables.told.update().where(tables.told.c.report.in_(inside)).values(reading=""))

    def forget(self, reports: Sequence[str]) -> tuple[set[str], set[str]]:
        """Removes what was derived from these reports; the passages and reports that were together or linked with them.

        Utterances and stories that lose a member are dissolved: they are made of the others anew.
        """
        speaking = speaking_in(self._connection, reports)
        query = select(tables.rendering.c.passage)
        rows = rows_with(self._connection, query, tables.rendering.c.report, reports)
        passages = {row["passage"] for row in rows}
        near = self._unlink("passage", passages)
        near |= self._dissolve(tables.rendering.c.passage, tables.rendering.c.utterance, passages, tables.utterance)
        beside = self._unlink("story", reports)
        beside |= self._dissolve(tables.told.c.report, tables.told.c.story, reports, tables.story)
        self._unlink("copy", reports)
        for table in (tables.rendering, tables.spoken, tables.origin, tables.told):
            take_out(self._connection, table, table.c.report, reports)
        count_again(self._connection, speaking)
        return near - passages, beside - set(reports)

    def keep_told(self, reports: Iterable[Unlinked]) -> None:
        """Notes which reading of each report is linked."""
        self._replace(
            tables.told,
            "report",
            [
                {
                    "report": one.told.report,
                    "reading": one.reading,
                    "story": None,
                    "published": None if one.told.published is None else time_text(one.told.published),
                }
                for one in reports
            ],
        )

    def keep_actors(self, actors: Iterable[Actor], spoken: Iterable[Identification]) -> None:
        """Keeps who was identified, and the actors that are new."""
        self._replace(tables.actor, "id", [linked_rows.actor_row(one) for one in actors])
        rows = [linked_rows.spoken_row(one) for one in spoken]
        put_in(self._connection, tables.spoken, rows)
        count_new(self._connection, sorted({row["report"] for row in rows}))

    def actor_names(self, ids: Collection[str]) -> dict[str, str]:
        """The names of some actors, as far as they were linked to."""
        return actor_names(self._connection, ids)

    def keep_as(self, actor: str, like: str) -> None:
        """Keeps one actor under the name and with all that is kept of another."""
        row = self._connection.execute(select(tables.actor).where(tables.actor.c.id == like)).mappings().one()
        self._replace(tables.actor, "id", [{**row, "id": actor}])

    def keep_renderings(
        self, renderings: Sequence[Rendering], texts: Mapping[str, str], made: Mapping[str, Any]
    ) -> None:
        """Keeps passages as they are compared; `made` are their domain passages by id, `texts` the reports' texts."""
        rows = []
        for one in renderings:
            rows.append(
                {
                    "passage": one.passage,
                    "statement": one.statement,
                    "report": one.report,
                    "utterance": None,
                    "begin": one.span.start,
                    "end": one.span.end,
                    "actor": one.actor,
                    "speaker": one.speaker,
                    "outlet": one.outlet,
                    "published": None if one.published is None else time_text(one.published),
                    "quoted": int(one.quoted),
                    "made": passages_json([made[one.passage]], texts[one.report]),
                    "difference": None,
                    "words": one.words,
                    "context": one.context,
                    "cue": one.cue,
                }
            )
        put_in(self._connection, tables.rendering, rows)

    def keep_links(self, kind: str, links: Iterable[Link]) -> None:
        """Keeps accepted pairs."""
        rows = {
            (one.a, one.b): {
                "kind": kind,
                "a": one.a,
                "b": one.b,
                "score": float(one.score),
                "reasons": json.dumps(one.reasons, ensure_ascii=False),
            }
            for one in links
        }
        put_in(self._connection, tables.link, list(rows.values()))

    def keep_utterances(self, members: Collection[str], rows: Sequence[UtteranceRow]) -> None:
        """Puts the passages `members` into these utterances, in place of those they were in."""
        self._dissolve(tables.rendering.c.passage, tables.rendering.c.utterance, members, tables.utterance)
        self._replace(tables.utterance, "id", [linked_rows.utterance_row(one) for one in rows])
        change = (
            tables.rendering.update()
            .where(tables.rendering.c.passage == bindparam("of_passage"))
            .values(utterance=bindparam("in_utterance"), difference=bindparam("its_difference"))
        )
        placed = [
            {
                "of_passage": passage,
                "in_utterance": one.id,
                "its_difference": linked_rows.difference_json(one.differences.get(passage)),
            }
            for one in rows
            for passage in one.passages
        ]
        if placed:
            self._connection.execute(change, placed)

    def keep_stories(self, members: Collection[str], rows: Sequence[StoryRow]) -> None:
        """Puts the reports `members` into these stories, in place of those they were in."""
        self._dissolve(tables.told.c.report, tables.told.c.story, members, tables.story)
        self._replace(tables.story, "id", [linked_rows.story_row(one) for one in rows])
        change = (
            tables.told.update()
            .where(tables.told.c.report == bindparam("of_report"))
            .values(story=bindparam("in_story"))
        )
        placed = [{"of_report": one, "in_story": row.id} for row in rows for one in row.reports]
        if placed:
            self._connection.execute(change, placed)

    def _dissolve(self, item: Column[str], place: Column[str], items: Collection[str], groups: Table) -> set[str]:
        """Removes the groups that some items are in; all that were in them and are in none now."""
        gone = sorted({where for where in self._placed(item, place, items).values() if where is not None})
        freed: set[str] = set()
        for part in in_parts(gone):
            freed.update(self._connection.execute(select(item).where(place.in_(part))).scalars())
            self._connection.execute(item.table.update().where(place.in_(part)).values({place.name: None}))
            self._connection.execute(delete(groups).where(groups.c.id.in_(part)))
        return freed

    def keep_origins(self, origins: Iterable[Origin]) -> None:
        """Keeps where reports have their content from."""
        rows: list[dict[str, Any]] = []
        numbered: dict[str, int] = {}
        for one in origins:
            numbered[one.report] = numbered.get(one.report, -1) + 1
            rows.append(linked_rows.origin_row(one, numbered[one.report]))
        put_in(self._connection, tables.origin, rows)

    def keep_copied(self, origins: Mapping[str, Sequence[Origin]]) -> None:
        """Keeps from which reports some were copied, in place of what was kept of that before."""
        origin = tables.origin.c
        take_out(self._connection, tables.origin, origin.report, origins, origin.copied.is_not(None))
        rows = [
            linked_rows.origin_row(one, _COPIED + place)
            for its in origins.values()
            for place, one in enumerate(sorted(its, key=lambda one: one.copied or ""))
        ]
        put_in(self._connection, tables.origin, rows)

    def _unlink(self, kind: str, items: Collection[str]) -> set[str]:
        """Removes the pairs of items; all that were paired with them."""
        near: set[str] = set()
        for part in in_parts(sorted(items)):
            ours = or_(tables.link.c.a.in_(part), tables.link.c.b.in_(part))
            for a, b in self._connection.execute(
                select(tables.link.c.a, tables.link.c.b).where(tables.link.c.kind == kind, ours)
            ):
                near |= {a, b}
            self._connection.execute(delete(tables.link).where(tables.link.c.kind == kind, ours))
        return near

    def _replace(self, table: Table, key: str, rows: list[dict[str, Any]]) -> None:
        unique = {row[key]: row for row in rows}
        take_out(self._connection, table, table.c[key], unique)
        put_in(self._connection, table, list(unique.values()))
