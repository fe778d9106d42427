"""The one door to a ledger's database: opens it wherever it is, sees that it is a ledger of this version, makes one.

`sqlite` and `postgres` have what only one database has, under the same names. Everything else in `onrecord.ledger` is
SQLAlchemy Core and says nothing about the database; `fulltext` has the index of words of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Final

from sqlalchemy import Connection, Engine

from onrecord.errors import LedgerMissing, LedgerVersion
from onrecord.ledger import making, schema
from onrecord.ledger.dialects import Decode, Purpose, dialect_at, dialect_of
from onrecord.places import Address, Place
from onrecord.settings import Settings

WRITING: Final = {"writing": True}
"""Execution options of an engine or connection whose transactions take the lock of those who write at once."""


def opened(place: Place, settings: Settings, purpose: Purpose, *, decode: Decode | None = None) -> Engine:
    """An engine for the ledger at `place`, which has been checked to be one, of this version.

    A writer creates the ledger where there is none; the folder, or the database, must exist. `decode` takes the place
    of strict UTF-8 for text read from a file.

    Raises:
        LedgerMissing: for a reader, when there is no file or an empty one, or no such database.
        LedgerUnreadable: when what is there is not a ledger, or its server cannot be reached.
        LedgerVersion: when another version of the schema wrote it.
        LedgerBusy: when another process holds the lock for longer than `settings.busy_timeout`.
        LedgerUnwritable: for a writer, when the folder is missing or nothing can be written there.
        ExtraMissing: for an address, when the library for PostgreSQL is not installed.
    """
    place = place if isinstance(place, Address) else place.absolute()
    engine = dialect_at(place).engine(place, settings, purpose, decode)
    try:
        with translated(place, purpose):
            _checked(engine, place, settings, purpose)
    except BaseException:
        engine.dispose()
        raise
    return engine


def translated(place: Place, purpose: Purpose) -> AbstractContextManager[None]:
    """Turns the database's errors into those of onrecord: what was wrong, with which ledger, and what to do."""
    return dialect_at(place).translated(place, purpose)


def damage(connection: Connection) -> Iterator[str]:
    """What the database itself finds wrong with what it keeps, its indexes included, one sentence each."""
    return dialect_of(connection).damage(connection)


def touched(place: Place, connection: Connection) -> str:
    """A text that is another after every commit, also of what is derived and takes no part in the chain."""
    return dialect_at(place).touched(place, connection)


def _checked(engine: Engine, place: Place, settings: Settings, purpose: Purpose) -> None:
    """Sees that it is a ledger of this version, and makes an empty place one for a writer."""
    database = dialect_at(place)
    with engine.connect() as connection:
        fresh = database.is_fresh(connection, place)
    if fresh and purpose == "read":
        raise LedgerMissing(f"{place} is empty: nothing has been put on the record there yet")
    if purpose == "write":
        database.prepare(engine, place, settings)
    if fresh:
        with engine.execution_options(**database.CREATING).begin() as connection:
            if database.is_fresh(connection, place):  # another process may have been quicker
                making.create(connection)
    with engine.connect() as connection:
        written = making.written(connection)
    if written in making.LACKING and purpose == "write":
        with engine.execution_options(**WRITING).begin() as connection:
            written = making.written(connection)
            if written in making.LACKING:  # another process may have been quicker
                making.bring_up(connection, written)
            written = making.written(connection)
    if written in making.LACKING:
        raise LedgerVersion(
            f"{place} was written with schema {written}, which knows no {making.LACKING[written]}; `onrecord link "
            f"--ledger {place}` brings it up to date and leaves what is on the record as it is"
        )
    if written != str(schema.VERSION):
        later = str(written).isdecimal() and int(str(written)) > schema.VERSION
        raise LedgerVersion(
            f"{place} was written with schema {written}, and this onrecord knows schema {schema.VERSION}; "
            + ("use a newer onrecord" if later else "read the inputs again into a new ledger")
        )
