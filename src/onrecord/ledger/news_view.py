"""Reading what came on a record after a time: what is new in it, as far as it was linked and weighed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, RowMapping, Select, and_, func, select

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
from onrecord.ledger.schema import entry, judgement, report
from onrecord.ledger.weighed import DocketRow, LineageHead, ShownRelation
from onrecord.ledger.weighed_reading import RELATIONS_IN_ORDER, lineage_in

LOOKED_AT: Final = 5_000
"""New statements that lists are made of, or a few more: those of the newest reports."""
FOLDED: Final = 12
"""Contradictions that are given for each that is wanted, since those of one utterance are shown as one."""


@dataclass(frozen=True, slots=True)
class News:
    """What came on a record after `since`: how much, and of each kind the first of so many.

    What is found when a report that was there is read anew is not new. Of very much that is new the lists tell of the
    `looked_at` statements of the newest reports.

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
        utterance, rendering = linked_schema.utterance.c, linked_schema.rendering.c
        figure = tables.figure.c
        with self._reading() as connection:

            def counted(*conditions: ColumnElement[bool]) -> int:
                return int(connection.execute(select(func.count()).where(*conditions)).scalar_one())

            last = last_at(connection, since)
            statements = counted(listed.c.report > last)
            oldest = last + 1
            if statements > LOOKED_AT:
                # Whole reports: what linking and weighing derived is found by the report quickest.
                newest = select(listed.c.report).where(listed.c.report > last).order_by(listed.c.report.desc())
                oldest = int(connection.execute(newest.offset(LOOKED_AT - 1).limit(1)).scalar_one())
            new = rendering.report.in_(select(report.c.id).where(report.c.seq >= oldest))

            def first(
                rows: Select[Any], key: Column[str], found: Select[Any], *order: Any, many: int = most
            ) -> tuple[list[RowMapping], int]:
                """The first rows of those whose keys are found, in order, and how many there are."""
                # The keys first, so that only what is shown has to be read whole.
                keys = connection.execute(found.add_columns(func.count().over()).order_by(*order).limit(many)).all()
                its = {
                    row[key.name]: row
                    for row in connection.execute(rows.where(key.in_([one for one, _ in keys]))).mappings()
                }
                return [its[one] for one, _ in keys if one in its], int(keys[0][1]) if keys else 0

            carried, all_carried = first(
                utterance_heads(),
                utterance.id,
                select(utterance.id).where(utterance.id.in_(select(rendering.utterance).where(new))),
                *UTTERANCES_IN_ORDER,
            )
            told = select(rendering.passage).where(rendering.passage.in_((relation.passage_a, relation.passage_b)), new)
            against, all_against = first(
                select(tables.relation),
                relation.id,
                select(relation.id).where(relation.kind == RelationKind.CONTRADICTS.value, told.exists()),
                *RELATIONS_IN_ORDER,
                many=most * FOLDED,
            )
            # By the utterance, of which there is an index, and then by the passage, of which there is none.
            valued = select(figure.lineage).join_from(
                linked_schema.rendering,
                tables.figure,
                and_(figure.utterance == rendering.utterance, figure.passage == rendering.passage),
            )
            moved, all_moved = first(
                select(tables.lineage),
                lineage.id,
                select(lineage.id).where(lineage.values_given > 1, lineage.id.in_(valued.where(new))),
                lineage.disputes.desc(),
                lineage.revisions.desc(),
                lineage.id,
            )
            latest = entry_.published.desc().nulls_last(), entry_.utterance
            of_new = select(entry_.utterance).join_from(
                linked_schema.rendering,
                tables.entry,
                and_(entry_.utterance == rendering.utterance, entry_.passage == rendering.passage),
            )
            entered, all_entered = first(self._entries(), entry_.utterance, of_new.where(new), *latest)
            due_after, due_until = map(time_text, due)
            ending = select(entry_.utterance).where(entry_.ends > due_after, entry_.ends <= due_until)
            falling, all_falling = first(self._entries(), entry_.utterance, ending, entry_.ends, *latest)
            judged = select(judgement).where(judgement.c.seq > last).order_by(judgement.c.seq.desc()).limit(most)
            return News(
                since=since,
                # Every number once, since an index has them all: of a report's own row most is its text.
                reports=counted(report.c.seq + 0 > last),
                statements=statements,
                looked_at=counted(listed.c.report >= oldest) if statements > LOOKED_AT else statements,
                carried=tuple(map(utterance_in, carried)),
                all_carried=all_carried,
                contradictions=tuple(self._related(connection, against)),
                all_contradictions=all_against,
                moved=tuple(map(lineage_in, moved)),
                all_moved=all_moved,
                entered=tuple(self._docket(connection, entered)),
                all_entered=all_entered,
                falling_due=tuple(self._docket(connection, falling)),
                all_falling_due=all_falling,
                judgements=tuple(map(judgement_of, connection.execute(judged).mappings())),
            )
