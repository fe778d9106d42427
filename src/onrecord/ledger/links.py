"""Writing what linking derives from the record, a few reports at a time, each step in one transaction.

A `LinkStore` says which reports wait to be linked, gives what linking compares them by, and keeps the results. A step
that was killed leaves nothing behind, and the next run goes on with the same reports.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Column, ColumnElement, Connection, Table, bindparam, delete, func, or_, select, true

from onrecord.domain.actors import Actor, Identification
from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.origins import Origin
from onrecord.domain.statements import Statement
from onrecord.domain.stories import Told
from onrecord.domain.utterances import Link, Rendering
from onrecord.ledger import linked_rows, sqlite
from onrecord.ledger import linked_schema as tables
from onrecord.ledger.linked_rows import StoryRow, Unlinked, UtteranceRow
from onrecord.ledger.passage_rows import passages_json
from onrecord.ledger.rows import judgement_of, report_of, statement_of, time_text
from onrecord.ledger.schema import judgement, reading, report, statement
from onrecord.settings import Settings

_IN_ONE_QUESTION: Final = 500
_PART: Final = 50_000
_COPIED: Final = 1_000
"""The origins that a comparison of texts found are numbered from here, behind those that the report itself gives."""


class LinkStore:
    """Opens the tables of linking of one ledger for writing; for one thread.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion, LedgerBusy, LedgerUnwritable: when it cannot be opened.
    """

    def __init__(self, path: Path | str, settings: Settings = Settings()) -> None:
        self.path = Path(path)
        self._engine = sqlite.opened(self.path, settings, "write")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    @contextmanager
    def step(self) -> Iterator[Step]:
        """One transaction: all that is done in it is kept, or nothing."""
        with (
            sqlite.translated(self.path, "write"),
            self._engine.execution_options(**sqlite.WRITING).begin() as connection,
        ):
            yield Step(connection)

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
        with sqlite.translated(self.path, "read"), self._engine.connect() as connection:
            return list(connection.execute(query).scalars())


class Step:
    """What can be asked and kept in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def state(self, key: str) -> str | None:
        """A note of an earlier step."""
        found = select(tables.state.c.value).where(tables.state.c.key == key)
        return self._connection.execute(found).scalar()

    def note(self, key: str, value: str) -> None:
        """Leaves a note for later steps."""
        self._replace(tables.state, "key", [{"key": key, "value": value}])

    def empty(self) -> None:
        """Forgets all that linking ever derived."""
        for table in tables.DERIVED:
            self._connection.execute(delete(table))

    def judgements(self, subject: Subject, *, after: int = 0) -> list[Judgement]:
        """Judgements of persons on pairs of this kind, in the order of recording; those after an entry of the chain."""
        query = select(judgement).where(judgement.c.subject == subject.value, judgement.c.seq > after)
        query = query.order_by(judgement.c.seq)
        return [judgement_of(row) for row in self._connection.execute(query).mappings()]

    def last_judgement(self) -> int:
        """The number of the newest judgement's entry, 0 where there is none."""
        return int(self._connection.execute(select(func.coalesce(func.max(judgement.c.seq), 0))).scalar_one())

    def wait_again(self, actors: Collection[str]) -> None:
        """Lets every report in which one of these actors speaks, or may speak, be linked again."""
        about = [tables.spoken.c.candidates.contains(f'"{one}"', autoescape=True) for one in sorted(actors)]
        speaking = select(tables.spoken.c.report).where(or_(tables.spoken.c.actor.in_(sorted(actors)), *about))
        self._connection.execute(tables.told.update().where(tables.told.c.report.in_(speaking)).values(reading=""))

    def count_renderings(self) -> int:
        """How many passages are linked."""
        return int(self._connection.execute(select(func.count()).select_from(tables.rendering)).scalar_one())

    def unlinked(self, ids: Sequence[str]) -> list[Unlinked]:
        """Reports with the statements of their latest readings, in the order of the ids."""
        found: dict[str, Unlinked] = {}
        for part in _parts(ids):
            heads = {row["id"]: row for row in self._rows(select(report).where(report.c.id.in_(part)))}
            newest = select(func.max(reading.c.seq)).where(reading.c.report.in_(part)).group_by(reading.c.report)
            readings = {
                row["report"]: row["id"] for row in self._rows(select(reading).where(reading.c.seq.in_(newest)))
            }
            said: dict[str, list[Statement]] = {one: [] for one in heads}
            query = (
                select(statement, reading.c.report)
                .join(reading, reading.c.id == statement.c.reading)
                .where(reading.c.id.in_(list(readings.values())))
                .order_by(statement.c.position, statement.c.seq)
            )
            for row in self._rows(query):
                said[row["report"]].append(statement_of(row, row["report"])[0])
            for one, row in heads.items():
                text = report_of(row).text
                found[one] = Unlinked(linked_rows.told_of(row, text), readings[one], text, tuple(said[one]))
        return [found[one] for one in ids]

    def told(self, ids: Collection[str]) -> dict[str, Told]:
        """Reports as linking compares them, with the actors that speak in them."""
        speaking: dict[str, dict[str, int]] = {one: {} for one in ids}
        found: dict[str, Told] = {}
        for part in _parts(sorted(ids)):
            counted = (
                select(tables.spoken.c.report, tables.spoken.c.actor, func.count())
                .where(tables.spoken.c.report.in_(part), tables.spoken.c.actor.is_not(None))
                .group_by(tables.spoken.c.report, tables.spoken.c.actor)
                .order_by(tables.spoken.c.actor)
            )
            for one, actor, count in self._connection.execute(counted):
                speaking[one][actor] = count
            for row in self._rows(select(report).where(report.c.id.in_(part))):
                found[row["id"]] = linked_rows.told_of(row, report_of(row).text, speaking[row["id"]])
        return found

    def forget(self, reports: Sequence[str]) -> tuple[set[str], set[str]]:
        """Removes what was derived from these reports; the passages and reports that were linked with them."""
        passages: set[str] = set()
        for part in _parts(reports):
            query = select(tables.rendering.c.passage).where(tables.rendering.c.report.in_(part))
            passages.update(self._connection.execute(query).scalars())
        near = self._unlink("passage", passages) - passages
        beside = self._unlink("story", set(reports)) - set(reports)
        self._unlink("copy", set(reports))
        for part in _parts(reports):
            for table in (tables.rendering, tables.spoken, tables.origin, tables.told):
                self._connection.execute(delete(table).where(table.c.report.in_(part)))
        return near, beside

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
        self._insert(tables.spoken, [linked_rows.spoken_row(one) for one in spoken])

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
                }
            )
        self._insert(tables.rendering, rows)

    def renderings(self, passages: Collection[str]) -> dict[str, Rendering]:
        """Passages by their ids."""
        found: dict[str, Rendering] = {}
        for part in _parts(sorted(passages)):
            query = select(tables.rendering).where(tables.rendering.c.passage.in_(part))
            found.update((row["passage"], linked_rows.rendering_of(row)) for row in self._rows(query))
        return found

    def renderings_near(
        self, dates: Sequence[datetime | None], window: timedelta, without: Collection[str]
    ) -> Iterator[list[Rendering]]:
        """Passages whose report was published within `window` of the span of some dates, in parts, the first of them
        even where it is empty. What has no date is near to everything."""
        near = self._near(tables.rendering.c.published, dates, window)
        query = select(tables.rendering).where(near).order_by(tables.rendering.c.passage)
        part: list[Rendering] = []
        given = False
        for row in self._rows(query):
            if row["passage"] not in without:
                part.append(linked_rows.rendering_of(row))
            if len(part) == _PART:
                yield part
                part, given = [], True
        if part or not given:
            yield part

    def reports_near(self, dates: Sequence[datetime | None], window: timedelta) -> set[str]:
        """Linked reports published within `window` of the span of some dates; one without a date is near to all."""
        query = select(tables.told.c.report).where(self._near(tables.told.c.published, dates, window))
        return set(self._connection.execute(query).scalars())

    def _near(self, when: Any, dates: Sequence[datetime | None], window: timedelta) -> ColumnElement[bool]:
        known = [one for one in dates if one is not None]
        if len(known) < len(dates):
            return true()
        return or_(when.is_(None), when.between(time_text(min(known) - window), time_text(max(known) + window)))

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
        self._insert(tables.link, list(rows.values()))

    def component(
        self, kind: str, seeds: Collection[str], ties: Collection[tuple[str, str]] = (), least: float = 0.0
    ) -> set[str]:
        """The seeds and all items that links of `least` or more, or the pairs given besides, join to them."""
        beside: dict[str, set[str]] = {}
        for a, b in ties:
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
        reached: set[str] = set()
        edge = set(seeds)
        while edge:
            reached |= edge
            following = {other for one in edge for other in beside.get(one, ())}
            for part in _parts(sorted(edge)):
                for here, there in (("a", "b"), ("b", "a")):
                    query = select(tables.link.c[there]).where(
                        tables.link.c.kind == kind, tables.link.c[here].in_(part), tables.link.c.score >= least
                    )
                    following.update(self._connection.execute(query).scalars())
            edge = following - reached
        return reached

    def links(self, kind: str, items: Collection[str]) -> list[Link]:
        """The accepted pairs among some items, by their ids."""
        found: dict[tuple[str, str], Link] = {}
        for part in _parts(sorted(items)):
            query = select(tables.link).where(tables.link.c.kind == kind, tables.link.c.a.in_(part))
            for row in self._rows(query):
                if row["b"] in items:
                    found[row["a"], row["b"]] = linked_rows.link_of(row)
        return [found[pair] for pair in sorted(found)]

    def links_of(self, kind: str, items: Collection[str]) -> list[Link]:
        """The accepted pairs of which one at least is among some items, by their ids."""
        found: dict[tuple[str, str], Link] = {}
        for part in _parts(sorted(items)):
            ours = or_(tables.link.c.a.in_(part), tables.link.c.b.in_(part))
            for row in self._rows(select(tables.link).where(tables.link.c.kind == kind, ours)):
                found[row["a"], row["b"]] = linked_rows.link_of(row)
        return [found[pair] for pair in sorted(found)]

    def stories_of(self, reports: Collection[str]) -> dict[str, str | None]:
        """The stories that linked reports are in, None for those that are new; others are left out."""
        return self._placed(tables.told.c.report, tables.told.c.story, reports)

    def utterances_of(self, passages: Collection[str]) -> dict[str, str | None]:
        """The utterances that passages are in, None for those that are new; others are left out."""
        return self._placed(tables.rendering.c.passage, tables.rendering.c.utterance, passages)

    def _placed(self, item: Column[str], place: Column[str], items: Collection[str]) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for part in _parts(sorted(items)):
            found.update(
                (one, where) for one, where in self._connection.execute(select(item, place).where(item.in_(part)))
            )
        return found

    def keep_utterances(self, members: Collection[str], rows: Sequence[UtteranceRow]) -> None:
        """Puts the passages `members` into these utterances, in place of those they were in."""
        old: set[str] = set()
        for part in _parts(sorted(members)):
            query = select(tables.rendering.c.utterance).where(tables.rendering.c.passage.in_(part))
            old.update(one for one in self._connection.execute(query).scalars() if one is not None)
        for part in _parts(sorted(old)):
            self._connection.execute(delete(tables.utterance).where(tables.utterance.c.id.in_(part)))
        self._replace(tables.utterance, "id", [linked_rows.utterance_row(one) for one in rows])
        change = (
            tables.rendering.update()
            .where(tables.rendering.c.passage == _bound("of_passage"))
            .values(utterance=_bound("in_utterance"), difference=_bound("its_difference"))
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
        old: set[str] = set()
        for part in _parts(sorted(members)):
            query = select(tables.told.c.story).where(tables.told.c.report.in_(part))
            old.update(one for one in self._connection.execute(query).scalars() if one is not None)
        for part in _parts(sorted(old)):
            self._connection.execute(delete(tables.story).where(tables.story.c.id.in_(part)))
        self._replace(tables.story, "id", [linked_rows.story_row(one) for one in rows])
        change = (
            tables.told.update().where(tables.told.c.report == _bound("of_report")).values(story=_bound("in_story"))
        )
        placed = [{"of_report": one, "in_story": row.id} for row in rows for one in row.reports]
        if placed:
            self._connection.execute(change, placed)

    def keep_origins(self, origins: Iterable[Origin]) -> None:
        """Keeps where reports have their content from."""
        rows: list[dict[str, Any]] = []
        numbered: dict[str, int] = {}
        for one in origins:
            numbered[one.report] = numbered.get(one.report, -1) + 1
            rows.append(linked_rows.origin_row(one, numbered[one.report]))
        self._insert(tables.origin, rows)

    def keep_copied(self, origins: Mapping[str, Sequence[Origin]]) -> None:
        """Keeps from which reports some were copied, in place of what was kept of that before."""
        for part in _parts(sorted(origins)):
            old = tables.origin.c.report.in_(part), tables.origin.c.copied.is_not(None)
            self._connection.execute(delete(tables.origin).where(*old))
        rows = [
            linked_rows.origin_row(one, _COPIED + place)
            for its in origins.values()
            for place, one in enumerate(sorted(its, key=lambda one: one.copied or ""))
        ]
        self._insert(tables.origin, rows)

    def origins(self, reports: Collection[str]) -> dict[str, list[Origin]]:
        """The origins of reports, an empty list where there is none."""
        found: dict[str, list[Origin]] = {one: [] for one in reports}
        for part in _parts(sorted(reports)):
            query = select(tables.origin).where(tables.origin.c.report.in_(part)).order_by(tables.origin.c.position)
            for row in self._rows(query):
                found[row["report"]].append(linked_rows.origin_of(row))
        return found

    def _unlink(self, kind: str, items: set[str]) -> set[str]:
        """Removes the pairs of items; all that were paired with them."""
        near: set[str] = set()
        for part in _parts(sorted(items)):
            ours = or_(tables.link.c.a.in_(part), tables.link.c.b.in_(part))
            for a, b in self._connection.execute(
                select(tables.link.c.a, tables.link.c.b).where(tables.link.c.kind == kind, ours)
            ):
                near |= {a, b}
            self._connection.execute(delete(tables.link).where(tables.link.c.kind == kind, ours))
        return near

    def _rows(self, query: Any) -> Iterator[Mapping[Any, Any]]:
        yield from self._connection.execute(query).mappings()

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(table.insert(), rows)

    def _replace(self, table: Table, key: str, rows: list[dict[str, Any]]) -> None:
        unique = {row[key]: row for row in rows}
        for part in _parts(sorted(unique)):
            self._connection.execute(delete(table).where(table.c[key].in_(part)))
        self._insert(table, list(unique.values()))


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _IN_ONE_QUESTION):
        yield items[start : start + _IN_ONE_QUESTION]


def _bound(name: str) -> Any:
    return bindparam(name)
