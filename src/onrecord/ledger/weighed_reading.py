"""The questions about what weighing derived, and their rows as what a weighed view shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from onrecord.domain.docket import Status
from onrecord.domain.figures import Counted
from onrecord.domain.judgements import Judgement
from onrecord.domain.relations import Said
from onrecord.domain.utterances import Rendering
from onrecord.ledger import fulltext, linked_schema
from onrecord.ledger import weighed_schema as tables
from onrecord.ledger.linked_queries import actor_columns, worded
from onrecord.ledger.linked_reading import actor_head
from onrecord.ledger.linked_rows import rendering_of
from onrecord.ledger.parts import rows_with
from onrecord.ledger.rows import judgement_of, time_text
from onrecord.ledger.schema import judgement
from onrecord.ledger.search import askable
from onrecord.ledger.shown import LocatedSpan, ReportHead
from onrecord.ledger.versions import shared_pages
from onrecord.ledger.weighed import DocketRow, LineageHead, ShownPassage, ShownRelation
from onrecord.ledger.weighed_rows import counted_of, entry_of, moment, said_of

RELATIONS_IN_ORDER: Final = (
    tables.relation.c.published.desc().nulls_last(),
    tables.relation.c.score.desc(),
    tables.relation.c.id,
)
"""The newest first, then the surest."""
ENTRIES_IN_ORDER: Final = (
    tables.entry.c.ends.asc().nulls_last(),
    tables.entry.c.published.asc().nulls_last(),
    tables.entry.c.utterance,
)
"""By the day on which they fall due, those without one last, then by when they were said."""


def passages_at(connection: Connection, passages: Collection[str], heads: Mapping[str, ReportHead]) -> dict[str, Any]:
    """Passages as they are shown, by id; those that are not linked are left out."""
    found: dict[str, ShownPassage] = {}
    rendering, utterance = linked_schema.rendering, linked_schema.utterance
    query = (
        select(rendering, utterance.c.origins, utterance.c.reports, *actor_columns())
        .join(utterance, utterance.c.id == rendering.c.utterance)
        .join(linked_schema.actor, linked_schema.actor.c.id == rendering.c.actor, isouter=True)
    )
    for row in rows_with(connection, query, rendering.c.passage, passages):
        one, head = rendering_of(row), heads[row["report"]]
        found[one.passage] = ShownPassage(
            passage=one.passage,
            utterance=row["utterance"],
            span=LocatedSpan(head.id, head.input, one.span.start, one.span.end, one.words),
            report=head,
            statement=one.statement,
            speaker=one.speaker,
            actor=actor_head(row),
            act=one.act,
            quoted=one.quoted,
            origins=row["origins"],
            reports=row["reports"],
        )
    return found


def reports_of(connection: Connection, passages: Collection[str]) -> set[str]:
    """The reports in which some passages stand."""
    rendering = linked_schema.rendering.c
    return {row["report"] for row in rows_with(connection, select(rendering.report), rendering.passage, passages)}


def judgements_named(connection: Connection, ids: Collection[str | None]) -> dict[str, Judgement]:
    """Judgements by their ids."""
    wanted = {one for one in ids if one is not None}
    rows = rows_with(connection, select(judgement), judgement.c.id, wanted)
    return {row["id"]: judgement_of(row) for row in rows}


def relations_wanted(
    kind: str | None = None,
    actor: str | None = None,
    story: str | None = None,
    utterance: str | None = None,
    text: str | None = None,
) -> list[ColumnElement[bool]]:
    """The conditions on a relation that `WeighedView.relations` is asked for."""
    relation = tables.relation.c
    conditions = [relation.kind == askable(kind) if kind is not None else relation.kind != "unrelated"]

    def either(of: Select[Any]) -> ColumnElement[bool]:
        return or_(relation.a.in_(of), relation.b.in_(of))

    said = linked_schema.utterance.c
    if actor is not None:
        conditions.append(either(select(said.id).where(said.actor == askable(actor))))
    if utterance is not None:
        conditions.append(or_(relation.a == askable(utterance), relation.b == askable(utterance)))
    rendering = linked_schema.rendering.c
    if story is not None:
        told = select(linked_schema.told.c.report).where(linked_schema.told.c.story == askable(story))
        conditions.append(either(select(rendering.utterance).where(rendering.report.in_(told))))
    if text is not None:
        conditions.append(either(worded(text)))
    return conditions


def relations_counted(
    connection: Connection, utterances: Collection[str], *conditions: ColumnElement[bool]
) -> Counter[tuple[str, str]]:
    """How many relations of each kind each of these utterances has, by kind and utterance."""
    relation = tables.relation.c
    found: Counter[tuple[str, str]] = Counter()
    for side, more in ((relation.a, ()), (relation.b, (relation.a != relation.b,))):
        query = select(relation.kind, side.label("utterance"), func.count().label("count"))
        query = query.where(*conditions, *more).group_by(relation.kind, side)
        for row in rows_with(connection, query, side, utterances):
            found[row["kind"], row["utterance"]] += row["count"]
    return found


def docket_wanted(
    actor: str | None = None,
    act: str | None = None,
    text: str | None = None,
    story: str | None = None,
    utterance: str | None = None,
    due: date | None = None,
) -> list[ColumnElement[bool]]:
    """The conditions on a docket entry that `WeighedView.docket` is asked for."""
    entry, rendering = tables.entry.c, linked_schema.rendering.c
    conditions: list[ColumnElement[bool]] = []
    if actor is not None:
        conditions.append(entry.actor == askable(actor))
    if act is not None:
        conditions.append(entry.act == askable(act))
    if utterance is not None:
        conditions.append(entry.utterance == askable(utterance))
    if text is not None:
        conditions.append(entry.utterance.in_(worded(text)))
    if due is not None:
        # The last day that counts is the one on which the half-open interval ends, or the one before a midnight.
        begins = datetime.combine(due, time(), UTC)
        conditions.append(entry.ends > time_text(begins))
        if due < date.max:
            conditions.append(entry.ends <= time_text(begins + timedelta(days=1)))
    if story is not None:
        told = select(linked_schema.told.c.report).where(linked_schema.told.c.story == askable(story))
        conditions.append(entry.utterance.in_(select(rendering.utterance).where(rendering.report.in_(told))))
    return conditions


def lineages_wanted(
    text: str | None, figures: int, actor: str | None, story: str | None, utterance: str | None
) -> list[ColumnElement[bool]]:
    """The conditions on a lineage that `WeighedView.lineages` is asked for."""
    lineage, figure, rendering = tables.lineage.c, tables.figure.c, linked_schema.rendering.c
    conditions: list[ColumnElement[bool]] = []
    if figures > 1:
        conditions.append(lineage.figures >= figures)
    if text is not None:
        about = [fulltext.name_contains(column, text) for column in (lineage.counted, lineage.place)]
        conditions.append(or_(*about))
    if actor is not None:
        said = select(rendering.passage).where(rendering.actor == askable(actor))
        conditions.append(lineage.id.in_(select(figure.lineage).where(figure.passage.in_(said))))
    if utterance is not None:
        conditions.append(lineage.id.in_(select(figure.lineage).where(figure.utterance == askable(utterance))))
    if story is not None:
        told = select(linked_schema.told.c.report).where(linked_schema.told.c.story == askable(story))
        here = select(rendering.passage).where(rendering.report.in_(told))
        conditions.append(lineage.id.in_(select(figure.lineage).where(figure.passage.in_(here))))
    return conditions


def relation_in(
    row: Mapping[Any, Any], passages: Mapping[str, ShownPassage], judged: Mapping[str, Judgement]
) -> ShownRelation:
    return ShownRelation(
        id=row["id"],
        kind=row["kind"],
        program=row["program"],
        a=passages[row["passage_a"]],
        b=passages[row["passage_b"]],
        score=row["score"],
        reasons=tuple(json.loads(row["reasons"])),
        judgement=None if row["judgement"] is None else judged[row["judgement"]],
    )


def lineage_in(row: Mapping[Any, Any]) -> LineageHead:
    return LineageHead(
        id=row["id"],
        counted=row["counted"],
        place=row["place"],
        unit=row["unit"],
        figures=row["figures"],
        values=row["values_given"],
        speakers=row["speakers"],
        disputes=row["disputes"],
        revisions=row["revisions"],
        first=moment(row["first"]),
        last=moment(row["last"]),
    )


def docket_in(row: Mapping[Any, Any], passages: Mapping[str, ShownPassage]) -> DocketRow:
    return DocketRow(
        entry=entry_of(row),
        passage=passages[row["passage"]],
        status=None if row["status"] is None else Status(row["status"]),
        evidence=row["evidence"],
    )


def saids(connection: Connection, condition: ColumnElement[bool]) -> dict[str, Said]:
    """The utterances for which a condition holds, as weighing compares them, by id."""
    utterance, rendering = linked_schema.utterance, linked_schema.rendering
    passages: dict[str, list[Rendering]] = {}
    query = (
        select(rendering)
        .join(utterance, utterance.c.id == rendering.c.utterance)
        .where(condition)
        .order_by(rendering.c.published.asc().nulls_last(), rendering.c.passage)
    )
    for row in connection.execute(query).mappings():
        passages.setdefault(row["utterance"], []).append(rendering_of(row))
    heads = (
        select(utterance, linked_schema.actor.c.name.label("actor_name"))
        .join(linked_schema.actor, linked_schema.actor.c.id == utterance.c.actor, isouter=True)
        .where(condition)
    )
    rows = list(connection.execute(heads).mappings())
    pages = shared_pages(connection, {one.report for its in passages.values() for one in its})
    return {row["id"]: said_of(row, passages[row["id"]], pages) for row in rows if row["id"] in passages}


def figures_where(connection: Connection, condition: ColumnElement[bool]) -> list[Counted]:
    """The figures for which a condition holds, by id."""
    return [one for _, one in figures_followed(connection, condition)]


def figures_followed(connection: Connection, condition: ColumnElement[bool]) -> Iterator[tuple[str | None, Counted]]:
    """The figures for which a condition holds, by id, each behind the id of the lineage that it is in."""
    query = (
        select(linked_schema.rendering, *(column.label(f"figure_{column.name}") for column in tables.figure.c))
        .join(tables.figure, tables.figure.c.passage == linked_schema.rendering.c.passage)
        .where(condition)
        .order_by(tables.figure.c.id)
    )
    for row in connection.execute(query).mappings():
        own = {column.name: row[f"figure_{column.name}"] for column in tables.figure.c}
        rendering = rendering_of(row)
        # A passage that was read anew may hold fewer figures until it is weighed again.
        if own["place_in_passage"] < len(rendering.figures):
            yield own["lineage"], counted_of(own, rendering)
