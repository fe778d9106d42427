"""Keeping count of how much each actor is quoted, in the transaction that says who speaks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, select

from onrecord.ledger.counting import speaker_named
from onrecord.ledger.linked_schema import actor, called, heard, spoken, voice
from onrecord.ledger.listing import NOTHING_SAID
from onrecord.ledger.parts import in_parts, put_in, rows_with, take_out
from onrecord.ledger.schema import report, statement
from onrecord.ledger.search import folded


def count_new(connection: Connection, reports: Sequence[str]) -> None:
    """Adds what is said in reports that were not counted before."""
    for part in in_parts(sorted(reports)):
        _count(connection, _said().where(spoken.c.report.in_(part)))


def count_again(connection: Connection, actors: Collection[str]) -> None:
    """Counts what these actors say from the beginning: something of it was taken away."""
    for part in in_parts(sorted(actors)):
        for table in (voice, heard, called):
            take_out(connection, table, table.c.actor, part)
        _count(connection, _said().where(spoken.c.actor.in_(part)))


def count_all(connection: Connection) -> None:
    """Counts what everybody says from the beginning."""
    count_again(connection, connection.execute(select(spoken.c.actor).distinct().where(_is_known())).scalars().all())


def speaking_in(connection: Connection, reports: Sequence[str]) -> set[str]:
    """The actors who speak in these reports."""
    query = select(spoken.c.actor).distinct().where(_is_known())
    return {row["actor"] for row in rows_with(connection, query, spoken.c.report, reports)}


@dataclass(slots=True)
class _Voice:
    """What one actor says in some reports."""

    name: str = ""
    statements: int = 0
    reports: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)


def _is_known() -> Any:
    return spoken.c.actor.is_not(None)


def _said() -> Select[Any]:
    # A statement that two readings of a report found is one statement.
    name = select(speaker_named()).where(statement.c.id == spoken.c.statement).order_by(statement.c.seq.desc())
    return (
        select(
            spoken.c.actor,
            actor.c.name,
            spoken.c.report,
            report.c.outlet,
            report.c.published,
            name.limit(1).scalar_subquery().label("called"),
        )
        .join_from(spoken, actor, actor.c.id == spoken.c.actor)
        .join(report, report.c.id == spoken.c.report)
    )


def _count(connection: Connection, said: Select[Any]) -> None:
    found: dict[str, _Voice] = defaultdict(_Voice)
    for row in connection.execute(said).mappings():
        one = found[row["actor"]]
        one.name = row["name"]
        one.statements += 1
        one.reports.add(row["report"])
        one.outlets.update([row["outlet"]] if row["outlet"] is not None else [])
        one.days.update([row["published"]] if row["published"] is not None else [])
        one.names.update([row["called"]] if row["called"] is not None else [])
    there = {row["actor"]: row for row in rows_with(connection, select(voice), voice.c.actor, found)}
    known = {(row["actor"], row["outlet"]) for row in rows_with(connection, select(heard), heard.c.actor, found)}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows_with(connection, select(called), called.c.actor, found):
        names[row["actor"]][row["name"]] = row["statements"]
    voices: list[dict[str, Any]] = []
    new: list[dict[str, Any]] = []
    naming: list[dict[str, Any]] = []
    for id_, one in found.items():
        before: Mapping[Any, Any] = there.get(id_, NOTHING_SAID)
        outlets = sorted(outlet for outlet in one.outlets if (id_, outlet) not in known)
        days = one.days | {day for day in (before["first"], before["last"]) if day is not None}
        voices.append(
            {
                "actor": id_,
                "statements": before["statements"] + one.statements,
                "reports": before["reports"] + len(one.reports),
                "outlets": before["outlets"] + len(outlets),
                "first": min(days, default=None),
                "last": max(days, default=None),
            }
        )
        new += [{"actor": id_, "outlet": outlet} for outlet in outlets]
        # The actor's own name is looked for too, also where no report gives it.
        given = names[id_] + one.names
        naming += [
            {"actor": id_, "name": name, "folded": folded(name), "statements": given[name]}
            for name in sorted({one.name, *given})
        ]
    for table in (voice, called):
        take_out(connection, table, table.c.actor, found)
    for table, rows in ((voice, voices), (heard, new), (called, naming)):
        put_in(connection, table, rows)
