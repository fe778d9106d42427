"""Reading relations, figures through time, the docket and grades from a ledger that has been weighed.

What weighing derives is kept as it stands now: a view as of an earlier time has none of it. Lists are in an order that
is the same for every call.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, select, true

from onrecord.domain.briefs import Brief
from onrecord.domain.docket import Status
from onrecord.domain.ids import sha256
from onrecord.domain.judgements import NOT_EVIDENCE, Judgement, Subject
from onrecord.domain.relations import Said
from onrecord.errors import NotOnRecord
from onrecord.ledger import fulltext, linked_schema
from onrecord.ledger import weighed_schema as tables
from onrecord.ledger.brief_rows import brief_of
from onrecord.ledger.corrections import judgements_on
from onrecord.ledger.due_days import DueCount, due_counts_in
from onrecord.ledger.figures_view import FiguresView
from onrecord.ledger.linked_reading import ids_in, not_one
from onrecord.ledger.opposed import Opposed, opposed_in
from onrecord.ledger.parts import in_parts, rows_with
from onrecord.ledger.queries import page
from onrecord.ledger.rows import time_text
from onrecord.ledger.schema import brief, report
from onrecord.ledger.search import askable
from onrecord.ledger.weighed import (
    DocketRow,
    Grade,
    ShownEntry,
    ShownEvidence,
    ShownPassage,
    ShownRelation,
)
from onrecord.ledger.weighed_reading import (
    ENTRIES_IN_ORDER,
    RELATIONS_IN_ORDER,
    docket_in,
    docket_wanted,
    judgements_named,
    relation_in,
    relations_counted,
    relations_wanted,
    saids,
)
from onrecord.ledger.weighed_rows import moment


class WeighedView(FiguresView):
    """A view that shows all that weighing derived; empty lists where nothing was weighed."""

    def relations(
        self,
        *,
        kind: str | None = None,
        actor: str | None = None,
        story: str | None = None,
        utterance: str | None = None,
        text: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[ShownRelation]:
        """Relations, the newest first, then the surest; those that a person overturned only where `kind` asks for them.

        `actor`, `story` and `utterance` are ids of which one side at least is; `text` stands in a wording of a side.
        """
        query = select(tables.relation).where(*relations_wanted(kind, actor, story, utterance, text))
        query = query.where(*self._related_by_then()).order_by(*RELATIONS_IN_ORDER)
        with self._reading() as connection:
            return self._related(connection, list(connection.execute(page(query, limit, offset)).mappings()))

    def count_relations(
        self,
        *,
        kind: str | None = None,
        actor: str | None = None,
        story: str | None = None,
        utterance: str | None = None,
        text: str | None = None,
    ) -> int:
        """How many relations `relations` would show without a limit."""
        query = select(func.count()).select_from(tables.relation)
        query = query.where(*relations_wanted(kind, actor, story, utterance, text))
        query = query.where(*self._related_by_then())
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    def count_relations_of(self, utterances: Collection[str]) -> Counter[tuple[str, str]]:
        """How many relations of each kind each of these utterances has, by kind and utterance; 0 where it has none."""
        with self._reading() as connection:
            return relations_counted(connection, utterances, *self._related_by_then())

    def opposed(self, most: int) -> list[Opposed]:
        """The pairs of actors whose words stand against each other most often, at most `most`."""
        with self._reading() as connection:
            return opposed_in(connection, most)

    def relation(self, id_or_prefix: str) -> ShownRelation:
        """The relation with this id, of which the beginning will do, six digits or more.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        asked = askable(id_or_prefix)
        with self._reading() as connection:
            found = ids_in(connection, tables.relation, tables.relation.c.id, asked)
            if len(found) != 1:
                raise NotOnRecord(not_one("relation", asked, found))
            query = select(tables.relation).where(tables.relation.c.id == found[0])
            shown = self._related(connection, list(connection.execute(query).mappings()))
            if not shown:
                raise self._not_shown("relation", asked)
            return shown[0]

    def docket(
        self,
        *,
        actor: str | None = None,
        act: str | None = None,
        text: str | None = None,
        story: str | None = None,
        utterance: str | None = None,
        due: date | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[DocketRow]:
        """Docket entries by the day on which they fall due, those without one last, then by when they were said.

        `due` is the last day that counts of those that are wanted, in UTC.
        """
        query = self._entries().where(*docket_wanted(actor, act, text, story, utterance, due))
        query = query.where(*self._entered_by_then()).order_by(*ENTRIES_IN_ORDER)
        with self._reading() as connection:
            return self._docket(connection, list(connection.execute(page(query, limit, offset)).mappings()))

    def count_docket(
        self,
        *,
        actor: str | None = None,
        act: str | None = None,
        text: str | None = None,
        story: str | None = None,
        utterance: str | None = None,
        due: date | None = None,
        ended: datetime | None = None,
    ) -> int:
        """How many entries `docket` would show without a limit, or how many of these whose day has `ended` by then."""
        query = select(func.count()).select_from(tables.entry)
        wanted = [*docket_wanted(actor, act, text, story, utterance, due), *self._entered_by_then()]
        if ended is not None:
            wanted.append(tables.entry.c.ends <= time_text(ended))
        with self._reading() as connection:
            return int(connection.execute(query.where(*wanted)).scalar_one())

    def due_counts(self, *, act: str | None = None, text: str | None = None) -> list[DueCount]:
        """How many entries fall due at which moment and how they stand, of those that `docket` would show."""
        with self._reading() as connection:
            return due_counts_in(connection, docket_wanted(act=act, text=text))

    def docket_entry(self, id_or_prefix: str) -> ShownEntry:
        """The docket entry of this utterance, or of the utterance that a passage or a statement of this id renders.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        asked = askable(id_or_prefix)
        rendering = linked_schema.rendering
        with self._reading() as connection:
            found = ids_in(connection, tables.entry, tables.entry.c.utterance, asked)
            for column in (rendering.c.passage, rendering.c.statement):
                if not found:
                    told = ids_in(connection, rendering, column, asked, wanted=rendering.c.utterance)
                    query = select(tables.entry.c.utterance).where(tables.entry.c.utterance.in_(told))
                    found = list(connection.execute(query).scalars())
            if len(found) != 1:
                raise NotOnRecord(not_one("docket entry", asked, found))
            return self._shown_entry(connection, found[0])

    def whole_entries(self, rows: Sequence[DocketRow]) -> Iterator[ShownEntry]:
        """These entries with their evidence."""
        with self._reading() as connection:
            for part in in_parts(rows):
                yield from self._whole(connection, part)

    def grades(self, subject: Subject) -> list[Grade]:
        """The grades that count of sources or of items, the latest first, each with its history."""
        with self._reading() as connection:
            judged = judgements_on(connection, [subject])
            by_thing: dict[str, list[Judgement]] = {}
            for one in judged:
                by_thing.setdefault(one.a, []).insert(0, one)
            items = set(by_thing) if subject is Subject.ITEM else set()
            passages = self._passages(connection, items)
        counting = sorted(by_thing.values(), key=lambda given: (given[0].made, given[0].id), reverse=True)
        return [Grade(one[0], tuple(one[1:]), passages.get(one[0].a)) for one in counting]

    def grade_of(self, source: str) -> Judgement | None:
        """The grade of a source by its name, without regard to case; None where nobody gave one."""
        wanted = askable(source).casefold()
        return next(
            (one.judgement for one in self.grades(Subject.SOURCE) if one.judgement.a.casefold() == wanted), None
        )

    def outlets_named(self, name: str) -> list[str]:
        """The outlets on the record called so, without regard to case."""
        query = select(linked_schema.rendering.c.outlet).where(linked_schema.rendering.c.outlet.is_not(None)).distinct()
        with self._reading() as connection:
            return sorted(one for one in connection.execute(query).scalars() if one.casefold() == name.casefold())

    def actors_named(self, name: str) -> list[str]:
        """The names, written so without regard to case, that actors on the record bear."""
        its = linked_schema.actor.c.name
        query = select(its).where(fulltext.name_contains(its, name)).distinct()
        with self._reading() as connection:
            return sorted(one for one in connection.execute(query).scalars() if one.casefold() == name.casefold())

    def saids(self, since: datetime | None = None, *, utterance: str | None = None) -> list[Said]:
        """The utterances, as weighing compares them, of which a report was published at `since` or later; by id.

        `utterance` is the whole id of the only one that is wanted.
        """
        its = linked_schema.utterance.c
        last = true() if since is None else its.last >= time_text(since)
        with self._reading() as connection:
            found = saids(connection, last if utterance is None else and_(last, its.id == utterance))
        return [found[one] for one in sorted(found)]

    def today(self) -> datetime:
        """The moment as of which the docket is told: now, or the end of the newest report's day where that is later."""
        query = select(func.max(linked_schema.told.c.published))
        with self._reading() as connection:
            newest = moment(connection.execute(query).scalar())
        now = datetime.now(UTC)
        return now if newest is None or newest <= now else datetime.combine(newest.date(), time.max, UTC)

    def noted(self, id_or_prefix: str) -> tuple[str, str]:
        """What a note on the thing of this id is about: a statement, both passages of a relation, or as `judged`.

        Raises:
            NotOnRecord: when there is no such thing, or more than one.
        """
        with suppress(NotOnRecord):
            shown = self.relation(id_or_prefix)
            return shown.a.passage, shown.b.passage
        with suppress(NotOnRecord):
            return self.statement(id_or_prefix).statement.id, ""
        return self.judged(id_or_prefix)[1], ""

    def passage(self, id_or_prefix: str) -> ShownPassage:
        """The passage with this id, or the fullest of the utterance or the only one of the statement of this id.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        subject, one = self.judged(id_or_prefix)
        if subject is not Subject.PASSAGE:
            raise NotOnRecord(not_one("passage", askable(id_or_prefix), []))
        with self._reading() as connection:
            return self._passages(connection, {one})[one]

    def fullest_of(self, utterances: Collection[str]) -> dict[str, ShownPassage]:
        """The fullest passages of some utterances, by the utterance."""
        utterance = linked_schema.utterance.c
        query = select(utterance.id, utterance.fullest)
        with self._reading() as connection:
            found = {row["id"]: row["fullest"] for row in rows_with(connection, query, utterance.id, utterances)}
            passages = self._passages(connection, set(found.values()))
        return {one: passages[fullest] for one, fullest in found.items() if fullest in passages}

    def sources_of(self, reports: Collection[str]) -> dict[str, tuple[str, str]]:
        """The capture of some reports, and the SHA-256 of their texts, by the report."""
        query = select(report.c.id, report.c.capture, report.c.text)
        with self._reading() as connection:
            rows = rows_with(connection, query, report.c.id, reports)
            return {row["id"]: (row["capture"], sha256(row["text"].encode("utf-8"))) for row in rows}

    def briefs(self, *, limit: int | None = None, offset: int = 0) -> list[tuple[str, Brief]]:
        """The briefs on the record with their ids, the newest first."""
        query = select(brief.c.id, brief.c.content).order_by(brief.c.seq.desc())
        with self._reading() as connection:
            return [(id_, brief_of(content)) for id_, content in connection.execute(page(query, limit, offset))]

    def count_briefs(self) -> int:
        """How many briefs `briefs` would show without a limit."""
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(brief)).scalar_one())

    def brief(self, id_or_prefix: str) -> tuple[str, Brief]:
        """The brief with this id, of which the beginning will do, six digits or more.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            found = self._ask.resolved(connection, brief, id_or_prefix, named=False)
            query = select(brief.c.content).where(brief.c.id == found)
            return found, brief_of(str(connection.execute(query).scalar_one()))

    def passages_named(self, ids: Collection[str]) -> dict[str, ShownPassage]:
        """The passages of these ids, or beginnings of ids, as far as they are on the record, by what was asked."""
        with self._reading() as connection:
            found = self._passages(connection, {askable(one) for one in ids})
        for one in sorted(set(ids) - found.keys()):
            with suppress(NotOnRecord):
                found[one] = self.passage(one)
        return found

    def _related_by_then(self) -> tuple[ColumnElement[bool], ...]:
        its = tables.relation.c
        return self._published_by_then(its.published, its.passage_a, its.passage_b)

    def _entered_by_then(self) -> tuple[ColumnElement[bool], ...]:
        return self._published_by_then(tables.entry.c.published, tables.entry.c.passage)

    def _related(self, connection: Connection, rows: Sequence[RowMapping]) -> list[ShownRelation]:
        passages = self._passages(connection, {row[side] for row in rows for side in ("passage_a", "passage_b")})
        judged = judgements_named(connection, [row["judgement"] for row in rows])
        # A passage that was read anew may be gone until the record is weighed again.
        whole = [row for row in rows if row["passage_a"] in passages and row["passage_b"] in passages]
        return [relation_in(row, passages, judged) for row in whole]

    def _entries(self) -> Any:
        counted = (
            select(func.count())
            .where(tables.evidence.c.entry == tables.entry.c.utterance, tables.evidence.c.bearing != NOT_EVIDENCE)
            .correlate(tables.entry)
            .scalar_subquery()
        )
        return select(tables.entry, counted.label("evidence"))

    def _docket(self, connection: Connection, rows: Sequence[RowMapping]) -> list[DocketRow]:
        passages = self._passages(connection, {row["passage"] for row in rows})
        return [docket_in(row, passages) for row in rows if row["passage"] in passages]

    def _shown_entry(self, connection: Connection, id_: str) -> ShownEntry:
        rows = list(connection.execute(self._entries().where(tables.entry.c.utterance == id_)).mappings())
        found = self._docket(connection, rows)
        if not found:
            raise self._not_shown("docket entry", id_)
        return self._whole(connection, found)[0]

    def _whole(self, connection: Connection, rows: Sequence[DocketRow]) -> list[ShownEntry]:
        ids = [row.entry.utterance for row in rows]
        query = select(tables.evidence).where(tables.evidence.c.entry.in_(ids))
        query = query.order_by(tables.evidence.c.score.desc(), tables.evidence.c.utterance)
        found = list(connection.execute(query).mappings())
        passages = self._passages(connection, {one["passage"] for one in found})
        judged = judgements_named(connection, [one["judgement"] for one in found])
        borne: dict[str, list[ShownEvidence]] = {}
        for one in found:
            if one["passage"] in passages:
                evidence = ShownEvidence(
                    bearing=one["bearing"],
                    passage=passages[one["passage"]],
                    score=one["score"],
                    reasons=tuple(json.loads(one["reasons"])),
                    judgement=judged.get(one["judgement"]),
                )
                borne.setdefault(one["entry"], []).append(evidence)
        decided = self._decided(connection, ids)
        return [
            ShownEntry(row, tuple(borne.get(id_, ())), tuple(decided.get(id_, ())))
            for row, id_ in zip(rows, ids, strict=True)
        ]

    def _decided(self, connection: Connection, entries: Sequence[str]) -> dict[str, list[Judgement]]:
        """What people decided of some entries, by the entry, in the order of recording."""
        rendering = linked_schema.rendering.c
        query = select(rendering.passage, rendering.utterance).where(rendering.utterance.in_(entries))
        of_passage = {row.passage: row.utterance for row in connection.execute(query)}
        found: dict[str, list[Judgement]] = {}
        for one in judgements_on(connection, [Subject.STATUS], set(of_passage)):
            if one.a in of_passage:
                found.setdefault(of_passage[one.a], []).append(one)
        return found

    def statuses(self, actor: str) -> dict[Status | None, int]:
        """How many entries of an actor stand how, by what people decided; None counts those that nobody decided."""
        query = select(tables.entry.c.status, func.count()).where(tables.entry.c.actor == askable(actor))
        with self._reading() as connection:
            rows = connection.execute(query.group_by(tables.entry.c.status))
            return {None if status is None else Status(status): int(count) for status, count in rows}

    def _not_shown(self, what: str, asked: str) -> NotOnRecord:
        """Why a thing that is there cannot be shown."""
        return NotOnRecord(f"{what} {asked!r} rests on a passage that was read anew; run `onrecord weigh`")
