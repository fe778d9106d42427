"""Rows of the tables of linking as what a linked view shows, and the small questions that go with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from onrecord.domain.actors import ActorKind
from onrecord.domain.origins import Origin
from onrecord.domain.utterances import Link
from onrecord.ledger import linked_schema as tables
from onrecord.ledger.linked import (
    ActorHead,
    ActorRow,
    ShownRendering,
    StoryHead,
    UtteranceHead,
)
from onrecord.ledger.linked_rows import difference_of, link_of, origin_of, rendering_of
from onrecord.ledger.parts import rows_with
from onrecord.ledger.queries import SHORTEST_PREFIX
from onrecord.ledger.shown import LocatedSpan, ReportHead, time_in


def ids_in(connection: Connection, table: Table, column: Any, asked: str, *, wanted: Any | None = None) -> list[str]:
    """The ids that begin with what was asked, or are it; at most four."""
    wanted = column if wanted is None else wanted
    query = select(wanted).select_from(table).where(wanted.is_not(None)).distinct().order_by(wanted).limit(4)
    exact = list(connection.execute(query.where(column == asked.lower())).scalars())
    if exact or len(asked) < SHORTEST_PREFIX:
        return exact
    return list(connection.execute(query.where(column >= asked.lower(), column < asked.lower() + "g")).scalars())


def not_one(what: str, asked: str, found: list[str]) -> str:
    """The message when what was asked is not there, or may mean more than one thing."""
    if not found:
        return (
            f"no {what} {asked!r} is on the record; check the id in a list, "
            "and if reports were read and not linked, run `onrecord link`"
        )
    return f"{asked!r} may mean more than one {what}: {', '.join(found[:3])}{', …' if len(found) > 3 else ''}"


def actor_head(row: Mapping[Any, Any]) -> ActorHead | None:
    """The actor in a row, None where there is none."""
    if row["actor_id"] is None:
        return None
    kind = None if row["actor_kind"] is None else ActorKind(row["actor_kind"])
    return ActorHead(row["actor_id"], row["actor_name"], kind, bool(row["actor_local"]))


def actor_in(row: Mapping[Any, Any]) -> ActorRow:
    """The actor in a row of `linked_queries.counted_actors`."""
    head = actor_head(row)
    if head is None:
        raise ValueError("an actor without an id")
    return ActorRow(
        actor=head,
        statements=row["statements"],
        reports=row["reports"],
        outlets=row["outlets"],
        utterances=row["utterances"],
        first=time_in(row["first"]),
        last=time_in(row["last"]),
    )


def utterance_in(row: Mapping[Any, Any]) -> UtteranceHead:
    """The utterance in a row of `linked_queries.utterances`."""
    return UtteranceHead(
        id=row["id"],
        actor=actor_head(row),
        speaker=row["speaker"],
        fullest=LocatedSpan(
            row["span_report"], row["span_input"], row["span_begin"], row["span_end"], row["span_words"]
        ),
        first=time_in(row["first"]),
        last=time_in(row["last"]),
        passages=row["passages"],
        reports=row["reports"],
        outlets=row["outlets"],
        origins=row["origins"],
    )


def rendering_in(row: Mapping[Any, Any], head: ReportHead) -> ShownRendering:
    """The rendering in a row of its table."""
    one = rendering_of(row)
    return ShownRendering(
        passage=one.passage,
        span=LocatedSpan(head.id, head.input, one.span.start, one.span.end, one.words),
        report=head,
        statement=one.statement,
        speaker=one.speaker,
        act=one.act,
        quoted=one.quoted,
        difference=difference_of(one.passage, row["difference"]),
    )


def story_in(row: Mapping[Any, Any]) -> StoryHead:
    """The story in a row of its table."""
    return StoryHead(
        id=row["id"],
        title=row["title"],
        first=time_in(row["first"]),
        last=time_in(row["last"]),
        reports=row["reports"],
        outlets=row["outlets"],
        origins=row["origins"],
    )


def actor_names(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The names of some actors, as far as they were linked to."""
    query = select(tables.actor.c.id, tables.actor.c.name)
    return {row["id"]: row["name"] for row in rows_with(connection, query, tables.actor.c.id, ids)}


def origins_of(connection: Connection, reports: Collection[str]) -> tuple[Origin, ...]:
    """The origins of some reports, by report and place."""
    query = select(tables.origin).order_by(tables.origin.c.report, tables.origin.c.position)
    return tuple(origin_of(row) for row in rows_with(connection, query, tables.origin.c.report, reports))


def links_among(connection: Connection, kind: str, items: Collection[str]) -> tuple[Link, ...]:
    """The accepted pairs among some items, by their ids."""
    query = select(tables.link).where(tables.link.c.kind == kind).order_by(tables.link.c.a, tables.link.c.b)
    rows = rows_with(connection, query, tables.link.c.a, items)
    return tuple(link_of(row) for row in rows if row["b"] in items)
