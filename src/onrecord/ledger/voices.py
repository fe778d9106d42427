"""Keeping count of how much each actor is quoted, in the transaction that says who speaks.

Texts of one page are one report in which somebody is quoted.
"""

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
from onrecord.ledger.versions import counted_as
from onrecord.ledger.versions_schema import page_text


def count_new(connection: Connection, reports: Sequence[str]) -> None:
    """Adds what is said in reports that were not counted before."""
    before = _heard_before(connection, reports)
    for part in in_parts(sorted(reports)):
        _count(connection, _said().where(spoken.c.report.in_(part)), before)


def count_again(connection: Connection, actors: Collection[str]) -> None:
    """Counts what these actors say from the beginning: something of it was taken away."""
    for part in in_parts(sorted(actors)):
        for table in (voice, heard, called):
            take_out(connection, table, table.c.actor, part)
        _count(connection, _said().where(spoken.c.actor.in_(part)), set())


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


def _heard_before(connection: Connection, reports: Sequence[str]) -> set[tuple[str, str]]:
    """Who speaks in other texts of the pages that some reports are of, with the page: there each was counted."""
    other = page_text.alias("other_text")
    new = report.alias("new_report")
    query = (
        select(spoken.c.actor, spoken.c.report, other.c.page)
        .join_from(new, page_text, page_text.c.report == new.c.seq)
        .join(other, (other.c.page == page_text.c.page) & (other.c.report != page_text.c.report))
        .join(report, report.c.seq == other.c.report)
        .join(spoken, spoken.c.report == report.c.id)
        .where(_is_known())
    )
    now = set(reports)
    rows = rows_with(connection, query, new.c.id, reports)
    return {(row["actor"], row["page"]) for row in rows if row["report"] not in now}


def _is_known() -> Any:
    return spoken.c.actor.is_not(None)


def _said() -> Select[Any]:
    # A statement that two readings of a report found is one statement.
    name = select(speaker_named()).where(statement.c.id == spoken.c.statement).order_by(statement.c.seq.desc())
    return (
        select(
            spoken.c.actor,
            actor.c.name,
            counted_as().label("page"),
            report.c.outlet,
            report.c.published,
            name.limit(1).scalar_subquery().label("called"),
        )
        .join_from(spoken, actor, actor.c.id == spoken.c.actor)
        .join(report, report.c.id == spoken.c.report)
        .join(page_text, page_text.c.report == report.c.seq, isouter=True)
    )


def _count(connection: Connection, said: Select[Any], known_on: set[tuple[str, str]]) -> None:
    """Adds what some statements say; `known_on` are actors with the pages on which they are counted, and grows."""
    found: dict[str, _Voice] = defaultdict(_Voice)
    for row in connection.execute(said).mappings():
        one = found[row["actor"]]
        one.name = row["name"]
        one.statements += 1
        if (row["actor"], row["page"]) not in known_on:
            one.reports.add(row["page"])
        one.outlets.update([row["outlet"]] if row["outlet"] is not None else [])
        one.days.update([row["published"]] if row["published"] is not None else [])
        one.names.update([row["called"]] if row["called"] is not None else [])
    known_on.update((actor_id, page) for actor_id, one in found.items() for page in one.reports)
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
