"""What was done at the desk and from the pages: when, by whom, what, from which address, and how it ended.

Rows are only appended; the file refuses to change one. Whoever can write the file can of course replace it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from onrecord.desk import schema
from onrecord.desk.store import Desk
from onrecord.desk.times import kept, time_of

LONGEST: Final = 200
"""Characters that are kept of one value: a stranger may have written it."""

DONE: Final = "done"
"""The outcome of what was asked and done."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand did something, and from which address."""

    who: str
    address: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One row of the log."""

    at: datetime
    who: str
    what: str
    address: str
    outcome: str


def note(connection: Connection, at: datetime, hand: Hand, what: str, outcome: str = DONE) -> None:
    """Appends a row, in the transaction of what was done: neither is kept without the other."""
    row = {"at": kept(at), "who": hand.who, "what": what, "address": hand.address, "outcome": outcome}
    connection.execute(schema.audit.insert(), {name: _cut(value) for name, value in row.items()})


def noted(desk: Desk, hand: Hand, what: str, outcome: str = DONE) -> None:
    """Appends a row about what was done elsewhere."""
    with desk.writing() as connection:
        note(connection, desk.clock(), hand, what, outcome)


def deeds(desk: Desk, *, limit: int, offset: int = 0) -> list[Deed]:
    """Rows of the log, the newest first."""
    log = schema.audit.c
    query = select(log.at, log.who, log.what, log.address, log.outcome).order_by(log.number.desc())
    with desk.reading() as connection:
        rows = connection.execute(query.limit(limit).offset(offset)).all()
    return [Deed(time_of(at), *rest) for at, *rest in rows]


def count_deeds(desk: Desk) -> int:
    """How many rows the log has."""
    with desk.reading() as connection:
        return connection.execute(select(func.count()).select_from(schema.audit)).scalar_one()


def _cut(value: str) -> str:
    # A lone surrogate cannot be written to the file.
    value = value.encode("utf-8", "replace").decode("utf-8")
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
