"""Searches that people keep under a name, and when each last looked, so that pages can say what is new since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from onrecord.desk import schema
from onrecord.desk.store import Desk
from onrecord.desk.times import kept, time_of
from onrecord.domain.people import name_fault
from onrecord.errors import RefusedAtDesk

LONGEST_QUERY: Final = 2_000
MOST_SEARCHES: Final = 200
"""Searches that one person can keep."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search that somebody keeps: `query` is the address of a list with its values, such as "/statements?text=x"."""

    number: int
    name: str
    query: str
    made: datetime


def keep_search(desk: Desk, person: str, name: str, query: str) -> None:
    """Keeps a search; one of the same name is replaced.

    Raises:
        RefusedAtDesk: when its name cannot be given, it leads out of the pages, or there are too many.
    """
    if fault := name_fault(name):
        raise RefusedAtDesk(f"a search cannot have this name: it {fault}")
    if len(query) > LONGEST_QUERY or not query.isascii() or not query.isprintable():
        raise RefusedAtDesk("a search is the address of a list of these pages, with its values")
    if not query.startswith("/") or query.startswith("//") or "\\" in query:
        raise RefusedAtDesk("a search is the address of a list of these pages, with its values")
    table = schema.search.c
    row = {"person": person, "name": name, "query": query, "made": kept(desk.clock())}
    with desk.writing() as connection:
        others = select(func.count()).where(table.person == person, table.name != name)
        if connection.execute(others).scalar_one() >= MOST_SEARCHES:
            raise RefusedAtDesk(f"{person} keeps {MOST_SEARCHES} searches; drop one first")
        connection.execute(
            insert(schema.search)
            .values(row)
            .on_conflict_do_update(index_elements=["person", "name"], set_={"query": row["query"], "made": row["made"]})
        )


def searches(desk: Desk, person: str) -> list[Search]:
    """The searches that somebody keeps, by name."""
    table = schema.search.c
    query = select(table.number, table.name, table.query, table.made).where(table.person == person)
    with desk.reading() as connection:
        rows = connection.execute(query.order_by(func.lower(table.name), table.name)).all()
    return [Search(number, name, asked, time_of(made)) for number, name, asked, made in rows]


def drop_search(desk: Desk, person: str, number: int) -> None:
    """Drops a search of somebody.

    Raises:
        RefusedAtDesk: when they keep none of that number.
    """
    with desk.writing() as connection:
        gone = delete(schema.search).where(schema.search.c.person == person, schema.search.c.number == number)
        if not connection.execute(gone).rowcount:
            raise RefusedAtDesk(f"{person} keeps no such search; it may be dropped already")


def last_looked(desk: Desk, person: str) -> datetime | None:
    """When somebody last looked; None when they never did."""
    with desk.reading() as connection:
        found = connection.execute(select(schema.looked.c.at).where(schema.looked.c.person == person)).scalar()
    return None if found is None else time_of(found)


def look(desk: Desk, person: str, until: datetime | None = None) -> datetime | None:
    """Notes that somebody has looked, now or until the moment told, and says until when they had before."""
    before = last_looked(desk, person)
    with desk.writing() as connection:
        made = insert(schema.looked).values(person=person, at=kept(until or desk.clock()))
        connection.execute(made.on_conflict_do_update(index_elements=["person"], set_={"at": made.excluded.at}))
    return before
