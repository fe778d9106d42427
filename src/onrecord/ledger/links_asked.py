"""Asking what linking works with: reports that wait, passages and reports near in time, pairs, and who is where."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, func, or_, select, true

from onrecord.domain.corrections import corrected
from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.statements import Statement
from onrecord.domain.stories import Told
from onrecord.domain.utterances import Link, Rendering
from onrecord.ledger import linked_schema as tables
from onrecord.ledger.corrections import corrections_of, judgements_on
from onrecord.ledger.linked_rows import Unlinked, link_of, rendering_of, told_of
from onrecord.ledger.parts import in_parts, rows_with
from onrecord.ledger.rows import judgement_of, statement_of, time_text
from onrecord.ledger.schema import entry, judgement, reading, report, statement
from onrecord.ledger.versions_schema import page_text

_PART: Final = 50_000
_REPORTS: Final = select(report, page_text.c.page).join(page_text, page_text.c.report == report.c.seq, isouter=True)


class Asking:
    """The questions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def state(self, key: str) -> str | None:
        """A note of an earlier step."""
        found = select(tables.state.c.value).where(tables.state.c.key == key)
        return self._connection.execute(found).scalar()

    def judgements(self, subject: Subject) -> list[Judgement]:
        """Judgements of persons on pairs of this kind that nobody took back, in the order of recording."""
        return judgements_on(self._connection, [subject])

    def judged_since(self, seq: int) -> list[Judgement]:
        """The judgements that were made or taken back after an entry of the chain."""
        undone = judgement.alias("undone")
        back = select(undone.c.a).where(undone.c.subject == Subject.UNDONE.value, undone.c.seq > seq)
        query = select(judgement).where(or_(judgement.c.seq > seq, judgement.c.id.in_(back))).order_by(judgement.c.seq)
        return [judgement_of(row) for row in self._connection.execute(query).mappings()]

    def last_judgement(self) -> int:
        """The number of the newest judgement's entry, 0 where there is none."""
        return int(self._connection.execute(select(func.coalesce(func.max(judgement.c.seq), 0))).scalar_one())

    def entries(self) -> int:
        """How many entries the chain has: as long as there are no more, the record and its judgements are the same."""
        return int(self._connection.execute(select(func.coalesce(func.max(entry.c.seq), 0))).scalar_one())

    def has_linked_others(self, reports: Collection[str]) -> bool:
        """Whether any report beside these is linked."""
        linked = self._connection.execute(select(tables.told.c.report)).scalars()
        return any(one not in reports for one in linked)

    def count_renderings(self) -> int:
        """How many passages are linked."""
        return int(self._connection.execute(select(func.count()).select_from(tables.rendering)).scalar_one())

    def unlinked(self, ids: Sequence[str]) -> list[Unlinked]:
        """Reports with the statements of their latest readings as people corrected them, in the order of the ids.

        What a person holds to be no statement is left out.
        """
        found: dict[str, Unlinked] = {}
        for part in in_parts(ids):
            heads = {row["id"]: row for row in self._rows(_REPORTS.where(report.c.id.in_(part)))}
            newest = select(func.max(reading.c.seq)).where(reading.c.report.in_(part)).group_by(reading.c.report)
            readings = {
                row["report"]: row["id"] for row in self._rows(select(reading).where(reading.c.seq.in_(newest)))
            }
            said: dict[str, list[Statement]] = {one: [] for one in heads}
            spoken: dict[str, dict[str, Judgement]] = {one: {} for one in heads}
            query = (
                select(statement, reading.c.report)
                .join(reading, reading.c.id == statement.c.reading)
                .where(reading.c.id.in_(list(readings.values())))
                .order_by(statement.c.position, statement.c.seq)
            )
            rows = list(self._rows(query))
            told = corrections_of(self._connection, [row["id"] for row in rows])
            for row in rows:
                read, _ = statement_of(row, row["report"])
                by = told.get(read.id)
                if by is None:
                    said[row["report"]].append(read)
                    continue
                if by.speaker is not None:
                    spoken[row["report"]][read.id] = by.speaker
                if not by.dismissed:
                    said[row["report"]].append(corrected(read, by))
            for one, row in heads.items():
                found[one] = Unlinked(told_of(row), readings[one], tuple(said[one]), spoken[one])
        return [found[one] for one in ids]

    def told(self, ids: Collection[str]) -> dict[str, Told]:
        """Reports as linking compares them, with the actors that speak in them."""
        speaking: dict[str, dict[str, int]] = {one: {} for one in ids}
        found: dict[str, Told] = {}
        for part in in_parts(sorted(ids)):
            counted = (
                select(tables.spoken.c.report, tables.spoken.c.actor, func.count())
                .where(tables.spoken.c.report.in_(part), tables.spoken.c.actor.is_not(None))
                .group_by(tables.spoken.c.report, tables.spoken.c.actor)
                .order_by(tables.spoken.c.actor)
            )
            for one, actor, count in self._connection.execute(counted):
                speaking[one][actor] = count
            for row in self._rows(_REPORTS.where(report.c.id.in_(part))):
                found[row["id"]] = told_of(row, speaking[row["id"]])
        return found

    def renderings(self, passages: Collection[str]) -> dict[str, Rendering]:
        """Passages by their ids."""
        rows = rows_with(self._connection, select(tables.rendering), tables.rendering.c.passage, passages)
        return {row["passage"]: rendering_of(row) for row in rows}

    def renderings_near(
        self, dates: Sequence[datetime | None], window: timedelta, without: Collection[str]
    ) -> Iterator[list[Rendering]]:
        """Passages whose report was published within `window` of the span of some dates, in parts.

        What has no date is near to everything. There is always a first part, though it may be empty.
        """
        near = self._near(tables.rendering.c.published, dates, window)
        query = select(tables.rendering).where(near).order_by(tables.rendering.c.passage)
        part: list[Rendering] = []
        given = False
        for row in self._rows(query):
            if row["passage"] not in without:
                part.append(rendering_of(row))
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

    def component(self, kind: str, seeds: Collection[str], ties: Collection[tuple[str, str]] = ()) -> set[str]:
        """The seeds and all items that links, or the pairs given besides, join to them."""
        beside: dict[str, set[str]] = {}
        for a, b in ties:
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
        reached: set[str] = set()
        edge = set(seeds)
        while edge:
            reached |= edge
            following = {other for one in edge for other in beside.get(one, ())}
            for here, there in (("a", "b"), ("b", "a")):
                query = select(tables.link.c[there]).where(tables.link.c.kind == kind)
                following.update(row[there] for row in rows_with(self._connection, query, tables.link.c[here], edge))
            edge = following - reached
        return reached

    def links(self, kind: str, items: Collection[str]) -> list[Link]:
        """The accepted pairs among some items, by their ids."""
        return [one for one in self.links_of(kind, items) if one.a in items and one.b in items]

    def links_of(self, kind: str, items: Collection[str]) -> list[Link]:
        """The accepted pairs of which one at least is among some items, by their ids."""
        found: dict[tuple[str, str], Link] = {}
        for part in in_parts(sorted(items)):
            ours = or_(tables.link.c.a.in_(part), tables.link.c.b.in_(part))
            for row in self._rows(select(tables.link).where(tables.link.c.kind == kind, ours)):
                found[row["a"], row["b"]] = link_of(row)
        return [found[pair] for pair in sorted(found)]

    def scores(self, kind: str, items: Collection[str]) -> Iterator[tuple[str, str, float]]:
        """The scores of the pairs of which one at least is among some items; a pair may come twice."""
        link = tables.link.c
        query = select(link.a, link.b, link.score).where(link.kind == kind)
        for side in (link.a, link.b):
            yield from ((row["a"], row["b"], row["score"]) for row in rows_with(self._connection, query, side, items))

    def stories_of(self, reports: Collection[str]) -> dict[str, str | None]:
        """The stories that linked reports are in, None for those that are new; others are left out."""
        return self._placed(tables.told.c.report, tables.told.c.story, reports)

    def beside(self, reports: Collection[str]) -> set[str]:
        """All reports that stand in the stories of some reports, they too; of those in no story nothing."""
        held = {where for where in self.stories_of(reports).values() if where is not None}
        rows = rows_with(self._connection, select(tables.told.c.report), tables.told.c.story, held)
        return {row["report"] for row in rows}

    def utterances_of(self, passages: Collection[str]) -> dict[str, str | None]:
        """The utterances that passages are in, None for those that are new; others are left out."""
        return self._placed(tables.rendering.c.passage, tables.rendering.c.utterance, passages)

    def _placed(self, item: Column[str], place: Column[str], items: Collection[str]) -> dict[str, str | None]:
        query = select(item, place)
        rows = rows_with(self._connection, query, item, items)
        return {row[item.name]: row[place.name] for row in rows}

    def _rows(self, query: Any) -> Iterator[Mapping[Any, Any]]:
        yield from self._connection.execute(query).mappings()
