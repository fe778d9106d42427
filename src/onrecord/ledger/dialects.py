"""Which module knows what only one database has: `sqlite` or `postgres`, by a ledger's place or by a connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, Engine, Table

from onrecord.places import Address, Place
from onrecord.settings import Settings

Purpose = Literal["read", "write"]
Decode = Callable[[bytes], object]


class Dialect(Protocol):
    """What both modules have."""

    CREATING: dict[str, Any]
    """Execution options of an engine whose transactions keep everybody else from making the same ledger."""

    def engine(self, place: Any, settings: Settings, purpose: Purpose, decode: Decode | None) -> Engine:
        """An engine for the database at a place; what is there is not looked at."""

    def prepare(self, engine: Engine, place: Any, settings: Settings) -> None:
        """What has to be done once to a database before anybody writes to it."""

    def is_fresh(self, connection: Connection, place: Any) -> bool:
        """Whether nothing is there yet.

        Raises:
            LedgerUnreadable: when what is there is no ledger.
        """

    def mark(self, connection: Connection) -> None:
        """Writes down that this is a ledger of onrecord, and makes what its tables need."""

    def finish(self, connection: Connection) -> None:
        """Adds to the tables, once they are made, what only this database needs."""

    def translated(self, place: Any, purpose: Purpose) -> AbstractContextManager[None]:
        """Turns the database's errors into those of onrecord."""

    def damage(self, connection: Connection) -> Iterator[str]:
        """What the database itself finds wrong, one sentence each."""

    def touched(self, place: Any, connection: Connection) -> str:
        """A text that is another after every commit."""

    def only_append(self, connection: Connection, name: str) -> None:
        """Has the database refuse to change or delete rows of a table."""

    def put_in(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Inserts rows that all have the same columns, in the way that the database is quickest with."""

    def look_over(self, connection: Connection) -> None:
        """Has the database look at what came in, so that it knows which way to a row is short."""


def dialect_at(place: Place) -> Dialect:
    """The module for the database in which the ledger at a place is."""
    return _postgres() if isinstance(place, Address) else _sqlite()


def dialect_of(connection: Connection) -> Dialect:
    """The module for the database of a connection."""
    return _sqlite() if connection.dialect.name == "sqlite" else _postgres()


def _sqlite() -> Dialect:
    from onrecord.ledger import sqlite

    return sqlite


def _postgres() -> Dialect:
    from onrecord.ledger import postgres

    return postgres
