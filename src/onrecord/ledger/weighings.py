"""Writing what weighing derives, some utterances at a time, each step in one transaction.

A `WeighStore` says which utterances wait, gives them as weighing compares them, and keeps what comes out. A step that
was killed leaves nothing behind, and the next run goes on with the same utterances.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update

from onrecord.domain.docket import Entry, Evidence
from onrecord.domain.figures import Counted, FigureTie
from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.relations import Relation, Said, relation_id
from onrecord.ledger import databases, linked_schema, weighed_rows
from onrecord.ledger import weighed_schema as tables
from onrecord.ledger.corrections import judgements_on
from onrecord.ledger.parts import in_parts, put_in, rows_with
from onrecord.ledger.rows import time_text
from onrecord.ledger.schema import judgement, report
from onrecord.ledger.stores import Store
from onrecord.ledger.versions import shared_pages
from onrecord.ledger.weighed_reading import figures_where, saids
from onrecord.ledger.weighed_rows import LineageRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """What changed since it was weighed: utterances that are new or other than they were, and those that are gone."""

    changed: Mapping[str, str]
    """The mark of each, earliest published first."""
    gone: tuple[str, ...]


class WeighStore(Store):
    """Opens the tables of weighing of one ledger for writing; for one thread.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion, LedgerBusy, LedgerUnwritable: when it cannot be opened.
    """

    @contextmanager
    def step(self) -> Iterator[WeighStep]:
        """One transaction: all that is done in it is kept, or nothing."""
        with self._writing() as connection:
            yield WeighStep(connection)

    def waiting(self) -> Waiting:
        """What is to be weighed."""
        with databases.translated(self.path, "read"), self._engine.connect() as connection:
            marks = _marks(connection)
            rows = connection.execute(select(tables.said.c.utterance, tables.said.c.mark))
            known = {row.utterance: row.mark for row in rows}
        changed = {one: mark for one, mark in marks.items() if known.get(one) != mark}
        return Waiting(changed, tuple(sorted(known.keys() - marks.keys())))


def _marks(connection: Any) -> dict[str, str]:
    """What weighing rests on of each utterance, as a short hash; earliest published first, then by id."""
    utterance, rendering, told = linked_schema.utterance.c, linked_schema.rendering.c, linked_schema.told.c
    sums: dict[str, Any] = {}
    heads = select(
        utterance.id,
        utterance.actor,
        utterance.speaker,
        utterance.fullest,
        utterance.groups,
        linked_schema.actor.c.name,
    ).join(linked_schema.actor, linked_schema.actor.c.id == utterance.actor, isouter=True)
    for id_, *rest in connection.execute(heads.order_by(utterance.first.asc().nulls_last(), utterance.id)):
        sums[id_] = hashlib.blake2b("\x1f".join(map(str, rest)).encode("utf-8", "replace"), digest_size=12)
    passages = (
        select(rendering.utterance, rendering.passage, func.coalesce(rendering.actor, rendering.speaker), told.reading)
        .join(linked_schema.told, told.report == rendering.report)
        .where(rendering.utterance.is_not(None))
        .order_by(rendering.utterance, rendering.passage)
    )
    for where, *parts in connection.execute(passages):
        if where in sums:
            sums[where].update("\x1f".join(map(str, parts)).encode("utf-8"))
    # Other characters of a statement are other surroundings of all its passages, also of those that stay as they are.
    moved: dict[str, list[str]] = {}
    for one in judgements_on(connection, [Subject.SPAN]):
        moved.setdefault(one.a, []).append(one.id)
    for part in in_parts(sorted(moved)):
        inside = select(rendering.utterance, rendering.statement).where(rendering.statement.in_(part)).distinct()
        rows = connection.execute(inside.where(rendering.utterance.is_not(None)))
        for where, statement in sorted((where, statement) for where, statement in rows):
            if where in sums:
                sums[where].update("\x1f".join(moved[statement]).encode("utf-8"))
    return {id_: one.hexdigest() for id_, one in sums.items()}


class WeighStep:
    """What can be asked and kept in one transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def state(self, key: str) -> str | None:
        """A note of an earlier step."""
        found = self._connection.execute(select(tables.state.c.value).where(tables.state.c.key == key)).scalar()
        return None if found is None else str(found)

    def note(self, key: str, value: str) -> None:
        """Leaves a note for later steps."""
        self._connection.execute(delete(tables.state).where(tables.state.c.key == key))
        self._connection.execute(tables.state.insert(), [{"key": key, "value": value}])

    def empty(self) -> None:
        """Forgets all that weighing ever derived."""
        for table in tables.DERIVED:
            self._connection.execute(delete(table))

    def judgements(self, *subjects: Subject) -> list[Judgement]:
        """What persons judged of these sorts and nobody took back, in the order of recording."""
        return judgements_on(self._connection, subjects)

    def let_go(self) -> None:
        """Lets all be weighed again on which a judgement stands that was taken back since."""
        back = select(judgement.c.a).where(judgement.c.subject == Subject.UNDONE.value)
        for table, sides in ((tables.relation, "ab"), (tables.entry, ("utterance",)), (tables.evidence, ("entry",))):
            for side in sides:
                stand = select(table.c[side]).where(table.c.judgement.in_(back))
                self._connection.execute(delete(tables.said).where(tables.said.c.utterance.in_(stand)))

    def pages(self, reports: Collection[str]) -> dict[str, str]:
        """The pages of those reports, by their ids, that are not the only texts of their page."""
        return shared_pages(self._connection, reports)

    def said(self, utterances: Collection[str]) -> dict[str, Said]:
        """Utterances by their ids; those that are not there are left out."""
        found: dict[str, Said] = {}
        for part in in_parts(sorted(utterances)):
            found.update(saids(self._connection, linked_schema.utterance.c.id.in_(part)))
        return found

    def near(self, dates: Sequence[datetime | None], window: timedelta) -> set[str]:
        """The utterances first published within `window` of the span of some dates; one without a date is near."""
        first = linked_schema.utterance.c.first
        query = select(linked_schema.utterance.c.id)
        known = [one for one in dates if one is not None]
        if known and len(known) == len(dates):
            edges = time_text(min(known) - window), time_text(max(known) + window)
            query = query.where(or_(first.is_(None), first.between(*edges)))
        return set(self._connection.execute(query).scalars())

    def utterances_of(self, passages: Collection[str]) -> dict[str, str]:
        """The utterances that passages are in."""
        rendering = linked_schema.rendering.c
        query = select(rendering.passage, rendering.utterance).where(rendering.utterance.is_not(None))
        rows = rows_with(self._connection, query, rendering.passage, passages)
        return {row["passage"]: row["utterance"] for row in rows}

    def forget(self, utterances: Collection[str]) -> None:
        """Removes what was derived from some utterances; the blocks of their figures are to be followed anew."""
        blocks: set[str] = set()
        for part in in_parts(sorted(utterances)):
            figures = tables.figure.c.utterance.in_(part)
            blocks.update(self._connection.execute(select(tables.figure.c.block).where(figures).distinct()).scalars())
            for table, condition in (
                (tables.said, tables.said.c.utterance.in_(part)),
                (tables.relation, or_(tables.relation.c.a.in_(part), tables.relation.c.b.in_(part))),
                (tables.figure, figures),
                (tables.entry, tables.entry.c.utterance.in_(part)),
                (tables.evidence, or_(tables.evidence.c.entry.in_(part), tables.evidence.c.utterance.in_(part))),
            ):
                self._connection.execute(delete(table).where(condition))
        for part in in_parts(sorted(blocks)):
            loose = update(tables.figure).where(tables.figure.c.block.in_(part)).values(lineage=None)
            self._connection.execute(loose)

    def keep_said(self, marks: Mapping[str, str]) -> None:
        """Notes what of each utterance was weighed."""
        put_in(self._connection, tables.said, [{"utterance": one, "mark": mark} for one, mark in marks.items()])

    def keep_relations(self, relations: Iterable[Relation], said: Mapping[str, Said]) -> None:
        """Keeps how pairs of utterances stand to each other, the surest relation of each pair."""
        rows = []
        for one in sorted(relations, key=lambda one: (-one.score, one.kind, one.a, one.b)):
            dates = [when for when in (said[one.a].first, said[one.b].first) if when is not None]
            rows.append(weighed_rows.relation_row(one, max(dates) if dates else None))
        put_in(self._connection, tables.relation, list(weighed_rows.unique(rows, "id")))

    def entries(self, utterances: Collection[str]) -> list[Entry]:
        """The docket entries of some utterances, by id."""
        query = select(tables.entry).order_by(tables.entry.c.utterance)
        rows = rows_with(self._connection, query, tables.entry.c.utterance, utterances)
        return [weighed_rows.entry_of(row) for row in rows]

    def keep_entries(self, entries: Iterable[Entry], said: Mapping[str, Said]) -> None:
        """Keeps docket entries."""
        put_in(
            self._connection, tables.entry, [weighed_rows.entry_row(one, said[one.utterance].first) for one in entries]
        )

    def keep_evidence(self, evidence: Iterable[Evidence]) -> None:
        """Keeps what bears on docket entries."""
        rows = [weighed_rows.evidence_row(one) for one in evidence]
        put_in(self._connection, tables.evidence, list(weighed_rows.unique(rows, "entry", "utterance")))

    def keep_figures(self, figures: Iterable[Counted]) -> None:
        """Keeps what passages count."""
        rows = [weighed_rows.figure_row(one) for one in figures]
        put_in(self._connection, tables.figure, list(weighed_rows.unique(rows, "id")))

    def loose_blocks(self) -> list[str]:
        """The blocks with a figure that is in no lineage, and those whose lineages have lost all their figures."""
        figure, lineage = tables.figure.c, tables.lineage.c
        loose = select(figure.block).where(figure.lineage.is_(None)).distinct()
        gone = select(lineage.block).where(lineage.block.not_in(select(figure.block))).distinct()
        return sorted({*self._connection.execute(loose).scalars(), *self._connection.execute(gone).scalars()})

    def figures(self, block: str) -> list[Counted]:
        """All figures of one block, by id."""
        return figures_where(self._connection, tables.figure.c.block == block)

    def openings(self, reports: Collection[str], length: int) -> Iterator[tuple[str, str, datetime | None]]:
        """The first `length` characters of some reports, with their ids and when they were published."""
        head = func.substr(report.c.text, 1, length).label("head")
        query = select(report.c.id, head, report.c.published).order_by(report.c.id)
        for row in rows_with(self._connection, query, report.c.id, reports):
            yield row["id"], row["head"], weighed_rows.moment(row["published"])

    def keep_lineages(self, block: str, lineages: Sequence[LineageRow], ties: Iterable[FigureTie]) -> None:
        """Puts the figures of one block into these lineages, in place of those they were in."""
        for table in (tables.lineage, tables.figure_tie):
            self._connection.execute(delete(table).where(table.c.block == block))
        put_in(self._connection, tables.lineage, [weighed_rows.lineage_row(one) for one in lineages])
        rows = [weighed_rows.tie_row(one, block) for one in ties]
        put_in(self._connection, tables.figure_tie, list(weighed_rows.unique(rows, "a", "b")))
        placed = [{"of_figure": one, "in_lineage": row.lineage.id} for row in lineages for one in row.lineage.figures]
        if placed:
            change = update(tables.figure).where(tables.figure.c.id == bindparam("of_figure"))
            self._connection.execute(change.values(lineage=bindparam("in_lineage")), placed)

    def judge_relation(self, one: Judgement, a: Said, b: Said) -> None:
        """Lets a person's word on how `a` stands to `b` stand in the place of what the program holds."""
        its = relation_id(a.utterance, b.utterance)
        row = self._connection.execute(select(tables.relation).where(tables.relation.c.id == its)).mappings().first()
        dates = [when for when in (a.first, b.first) if when is not None]
        kept = {
            "a": a.utterance,
            "b": b.utterance,
            "id": its,
            "kind": str(one.verdict),
            "program": None if row is None else row["program"],
            "passage_a": one.a,
            "passage_b": one.b,
            "score": 1.0,
            "reasons": "[]" if row is None else row["reasons"],
            "published": weighed_rows.written(max(dates) if dates else None),
            "judgement": one.id,
        }
        self._connection.execute(delete(tables.relation).where(tables.relation.c.id == its))
        put_in(self._connection, tables.relation, [kept])

    def judge_status(self, one: Judgement, utterance: str) -> None:
        """Lets a person's word on how a docket entry stands count."""
        change = update(tables.entry).where(tables.entry.c.utterance == utterance)
        self._connection.execute(change.values(status=str(one.verdict), judgement=one.id))

    def judge_evidence(self, one: Judgement, entry: str, utterance: str) -> None:
        """Lets a person's word on what a passage says for an entry count."""
        its = tables.evidence.c.entry == entry, tables.evidence.c.utterance == utterance
        self._connection.execute(delete(tables.evidence).where(*its))
        row = {
            "entry": entry,
            "utterance": utterance,
            "passage": one.b,
            "bearing": str(one.verdict),
            "score": 1.0,
            "reasons": "[]",
            "judgement": one.id,
        }
        put_in(self._connection, tables.evidence, [row])
