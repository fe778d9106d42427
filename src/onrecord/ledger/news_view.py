"""Reading what came on a record after a time: what is new in it, as far as it was linked and weighed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, Select, func, or_, select

from onrecord.domain.judgements import Judgement
from onrecord.domain.relations import RelationKind
from onrecord.ledger import linked_schema
from onrecord.ledger import weighed_schema as tables
from onrecord.ledger.chain import last_at, length_of
from onrecord.ledger.linked import UtteranceHead
from onrecord.ledger.linked_queries import UTTERANCES_IN_ORDER, utterance_heads
from onrecord.ledger.linked_reading import utterance_in
from onrecord.ledger.listed_schema import listed
from onrecord.ledger.review_view import ReviewView
from onrecord.ledger.rows import judgement_of, time_text
from onrecord.ledger.schema import entry, judgement, report, statement
from onrecord.ledger.weighed import DocketRow, LineageHead, ShownRelation
from onrecord.ledger.weighed_reading import RELATIONS_IN_ORDER, lineage_in

LOOKED_AT: Final = 50_000
"""New statements that lists are made of, the newest."""
FOLDED: Final = 12
"""Contradictions that are given for each that is wanted, since those of one utterance are shown as one."""


@dataclass(frozen=True, slots=True)
class News:
    """What came on a record after `since`: how much, and of each kind the first of so many.

    What is found when a report that was there is read anew is not new. Of very much that is new the lists tell of the
    newest `looked_at` statements.

    `carried` are utterances with a new rendering, by independent origins; `moved` are figures with another value than
    before; `entered` are docket entries first said in what is new, the latest first, `falling_due` those whose day ends
    within what was asked for, new or not.
    """

    since: datetime
    reports: int
    statements: int
    looked_at: int
    carried: tuple[UtteranceHead, ...]
    all_carried: int
    contradictions: tuple[ShownRelation, ...]
    all_contradictions: int
    moved: tuple[LineageHead, ...]
    all_moved: int
    entered: tuple[DocketRow, ...]
    all_entered: int
    falling_due: tuple[DocketRow, ...]
    all_falling_due: int
    judgements: tuple[Judgement, ...]


class NewsView(ReviewView):
    """A view that also tells what is new."""

    def last_recorded(self) -> datetime | None:
        """When the newest entry came on the record; None for an empty one."""
        with self._reading() as connection:
            newest = select(entry.c.recorded).where(entry.c.seq == length_of(connection, self._ask.until))
            found = connection.execute(newest).scalar()
        return None if found is None else datetime.fromisoformat(found)

    def news(self, since: datetime, *, due: tuple[datetime, datetime], most: int = 5) -> News:
        """What came on the record after `since`, and which docket entries' days end after `due[0]` up to `due[1]`."""
        relation, entry_, lineage = tables.relation.c, tables.entry.c, tables.lineage.c
        utterance = linked_schema.utterance.c
        with self._reading() as connection:

            def counted(query: Select[Any]) -> int:
                return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())

            last = last_at(connection, since)
            found = select(listed.c.seq).where(listed.c.report > last)
            statements = counted(found)
            reports = counted(select(report.c.seq).where(report.c.seq > last))
            if statements > LOOKED_AT:
                oldest = found.order_by(listed.c.seq.desc()).offset(LOOKED_AT).limit(1)
                found = found.where(listed.c.seq > int(connection.execute(oldest).scalar_one()))
            new = _renderings_of(found, linked_schema.rendering.c.passage)
            new_utterances = _renderings_of(found, linked_schema.rendering.c.utterance)

            def first(query: Select[Any], *order: Any, many: int = most) -> list[RowMapping]:
                return list(connection.execute(query.order_by(*order).limit(many)).mappings())

            carried = utterance_heads().where(utterance.id.in_(new_utterances))
            against = select(tables.relation).where(
                relation.kind == RelationKind.CONTRADICTS.value,
                or_(relation.passage_a.in_(new), relation.passage_b.in_(new)),
            )
            valued = select(tables.figure.c.lineage).where(tables.figure.c.passage.in_(new))
            moved = select(tables.lineage).where(lineage.values_given > 1, lineage.id.in_(valued))
            disputed = lineage.disputes.desc(), lineage.revisions.desc(), lineage.id
            entered = self._entries().where(entry_.passage.in_(new))
            due_after, due_until = map(time_text, due)
            falling = self._entries().where(entry_.ends > due_after, entry_.ends <= due_until)
            latest = entry_.published.desc().nulls_last(), entry_.utterance
            judged = select(judgement).where(judgement.c.seq > last)
            return News(
                since=since,
                reports=reports,
                statements=statements,
                looked_at=min(statements, LOOKED_AT),
                carried=tuple(map(utterance_in, first(carried, *UTTERANCES_IN_ORDER))),
                all_carried=counted(select(utterance.id).where(utterance.id.in_(new_utterances))),
                contradictions=tuple(
                    self._related(connection, first(against, *RELATIONS_IN_ORDER, many=most * FOLDED))
                ),
                all_contradictions=counted(against),
                moved=tuple(map(lineage_in, first(moved, *disputed))),
                all_moved=counted(moved),
                entered=tuple(self._docket(connection, first(entered, *latest))),
                all_entered=counted(entered),
                falling_due=tuple(self._docket(connection, first(falling, entry_.ends, *latest))),
                all_falling_due=counted(falling),
                judgements=tuple(map(judgement_of, first(judged, judgement.c.seq.desc()))),
            )


def _renderings_of(statements: Select[int], column: ColumnElement[str]) -> Select[Any]:
    """A column of the renderings of the statements of these numbers."""
    rendering = linked_schema.rendering
    query = select(column).select_from(statement).join(rendering, rendering.c.statement == statement.c.id)
    return query.where(statement.c.seq.in_(statements))
