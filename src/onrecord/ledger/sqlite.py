"""What only SQLite has: opening a file, pragmas, triggers, and what its errors mean; `fulltext` has the index of words.

Everything else in `onrecord.ledger` is SQLAlchemy Core and says nothing about the database. The file is in WAL mode,
so that readers go on beside a writer. A writer takes the write lock at the start of a transaction (`WRITING`), so that
what it checks there still holds when it commits. A reader may not change anything (`query_only`), but the file is open
for writing where that is possible: only so does SQLite clear away its two files beside the ledger.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from onrecord.errors import LedgerBusy, LedgerError, LedgerMissing, LedgerUnreadable, LedgerUnwritable, LedgerVersion
from onrecord.ledger import (
    fulltext,
    linked_schema,
    listed_schema,
    listing,
    schema,
    versions,
    versions_schema,
    voices,
    weighed_schema,
)
from onrecord.ledger.search import folded, stands_in
from onrecord.settings import Settings

APPLICATION_ID: Final = 0x6F6E7263
"""The letters "onrc" in the header of the file: this SQLite database is a ledger of onrecord."""

WRITING: Final = {"begin": "BEGIN IMMEDIATE"}
"""Execution options of an engine or connection whose transactions take the write lock at once."""

_LACKING: Final = {
    "2": "judgements, links, weighing and briefs",
    "3": "weighing and briefs",
    "4": "lists of a million statements",
    "5": "versions of a page",
}
"""What ledgers of earlier schemas have no tables for; a writer adds them."""

Purpose = Literal["read", "write"]

# A head that somebody wrote down must survive a power cut, so every commit reaches the disk. A log of up to 32 MB
# before it is written into the file keeps the cost of a statement level as the ledger grows.
_WRITERS_PRAGMAS: Final = ("synchronous = FULL", "cache_size = -65536", "wal_autocheckpoint = 8000")

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def opened(
    path: Path, settings: Settings, purpose: Purpose, *, decode: Callable[[bytes], object] | None = None
) -> Engine:
    """An engine for the ledger at `path`, which has been checked to be one, of this version.

    A writer creates the ledger where there is none; the folder must exist. `decode` takes the place of strict UTF-8
    for text read from the file.

    Raises:
        LedgerMissing: for a reader, when there is no file or an empty one.
        LedgerUnreadable: when the file is not a ledger.
        LedgerVersion: when another version of the schema wrote it.
        LedgerBusy: when another process holds the lock for longer than `settings.busy_timeout`.
        LedgerUnwritable: for a writer, when the folder is missing or nothing can be written there.
    """
    path = path.absolute()
    if path.is_dir():
        raise LedgerUnreadable(f"{path} is a folder, not a ledger; name a file")
    if purpose == "read" and not path.exists():
        raise LedgerMissing(f"there is no ledger at {path}; check the name, or read something into it first")
    if purpose == "write" and not path.parent.is_dir():
        raise LedgerUnwritable(f"there is no folder {path.parent} to put the ledger in; create it first")
    engine = _engine(path, settings, purpose, decode)
    try:
        with translated(path, purpose):
            _checked(engine, path, settings, purpose)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def translated(path: Path, purpose: Purpose) -> Iterator[None]:
    """Turns the database's errors into those of onrecord: what was wrong, with which file, and what to do."""
    try:
        yield
    except UnicodeDecodeError as error:  # from a damaged name in the file, which stands in SQLite's own message
        raise LedgerUnreadable(f"{path} is damaged ({error}); verify it, or take it from a copy") from error
    except (DBAPIError, sqlite3.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(origin, "sqlite_errorcode", None)
        primary = None if code is None else code & 0xFF
        if primary in _BUSY:
            raise LedgerBusy(
                f"another process is writing to {path}; try again when it is done, or raise busy_timeout"
            ) from error
        if primary in _DAMAGED:
            raise LedgerUnreadable(
                f"{path} is damaged or not a ledger ({origin}); verify it, or take it from a copy"
            ) from error
        if primary in _UNWRITABLE and purpose == "write":
            raise LedgerUnwritable(
                f"{path} cannot be written ({origin}); make room or choose another place. What was committed is safe"
            ) from error
        if purpose == "read" or primary == sqlite3.SQLITE_ERROR:
            raise LedgerUnreadable(f"{path} cannot be read ({origin}); verify it, or take it from a copy") from error
        raise LedgerError(f"{path}: the database refused: {origin}") from error


def damage(connection: Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with the file, its indexes included, one sentence each."""
    for (line,) in connection.execute(text("PRAGMA integrity_check(100)")):
        if line != "ok":
            yield str(line)


def _engine(path: Path, settings: Settings, purpose: Purpose, decode: Callable[[bytes], object] | None) -> Engine:
    address = path.as_uri()

    def connect() -> sqlite3.Connection:
        if lasting:
            return _connection(f"{address}?mode={'rwc' if purpose == 'write' else 'rw'}", settings, decode)
        connection = _connection(f"{address}?mode=ro", settings, decode)
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            # A reader of a WAL file makes two files beside it. Where it may not, and no writer is at work, the file
            # can be read as one that does not change.
            connection.close()
            waiting = path.with_name(path.name + "-wal")
            refused = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            if not refused or (waiting.exists() and waiting.stat().st_size):
                raise
            connection = _connection(f"{address}?mode=ro&immutable=1", settings, decode)
        return connection

    # In a folder of somebody else a connection must not outlive one question: the file may change in between.
    lasting = purpose == "write" or (os.access(path.parent, os.W_OK) and os.access(path, os.W_OK))
    pool: dict[str, Any] = {"poolclass": QueuePool, "max_overflow": -1} if lasting else {"poolclass": NullPool}
    engine = create_engine("sqlite://", creator=connect, **pool)

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            *(_WRITERS_PRAGMAS if purpose == "write" else ("query_only = ON",)),
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _connection(address: str, settings: Settings, decode: Callable[[bytes], object] | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address, uri=True, timeout=settings.busy_timeout, isolation_level=None, check_same_thread=False
    )
    if decode is not None:
        connection.text_factory = decode
    connection.create_function("onrecord_folded", 1, lambda value: folded(str(value)), deterministic=True)
    connection.create_function("onrecord_called", 3, stands_in, deterministic=True)
    return connection


def _checked(engine: Engine, path: Path, settings: Settings, purpose: Purpose) -> None:
    """Sees that the file is a ledger of this version, and makes an empty file one for a writer."""
    with engine.connect() as connection:
        fresh = _is_fresh(connection, path)
    if fresh and purpose == "read":
        raise LedgerMissing(f"{path} is empty: nothing has been put on the record there yet")
    if purpose == "write":
        _use_wal(engine, path, settings)
    if fresh:
        with engine.execution_options(**WRITING).begin() as connection:
            if _is_fresh(connection, path):  # another process may have been quicker
                _create(connection)
    with engine.connect() as connection:
        written = _written(connection)
    if written in _LACKING and purpose == "write":
        with engine.execution_options(**WRITING).begin() as connection:
            written = _written(connection)
            if written in _LACKING:  # another process may have been quicker
                _brought_up(connection, written)
            written = _written(connection)
    if written in _LACKING:
        raise LedgerVersion(
            f"{path} was written with schema {written}, which knows no {_LACKING[written]}; `onrecord link --ledger "
            f"{path}` brings it up to date and leaves what is on the record as it is"
        )
    if written != str(schema.VERSION):
        later = str(written).isdecimal() and int(str(written)) > schema.VERSION
        raise LedgerVersion(
            f"{path} was written with schema {written}, and this onrecord knows schema {schema.VERSION}; "
            + ("use a newer onrecord" if later else "read the inputs again into a new ledger")
        )


def _is_fresh(connection: Connection, path: Path) -> bool:
    application = connection.execute(text("PRAGMA application_id")).scalar_one()
    tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
    if application == APPLICATION_ID and tables:
        return False
    if application or tables:
        raise LedgerUnreadable(f"{path} is an SQLite database, but not a ledger of onrecord; name another file")
    return True


def _use_wal(engine: Engine, path: Path, settings: Settings) -> None:
    # SQLite does not wait for a lock while it changes the mode, so two writers that make one ledger must try again.
    until = time.monotonic() + settings.busy_timeout
    while True:
        raw = engine.raw_connection()
        try:
            (mode,) = raw.cursor().execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
            continue
        finally:
            raw.close()
        if mode != "wal":
            raise LedgerUnwritable(f"the file system of {path} cannot keep a write-ahead log; put the ledger elsewhere")
        return


def _create(connection: Connection) -> None:
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
    schema.metadata.create_all(connection)
    connection.execute(schema.meta.insert(), [{"key": "schema", "value": str(schema.VERSION)}])
    fulltext.create_search(connection)
    for name in ("entry", *schema.CHAINED):
        _only_append(connection, name)


def _written(connection: Connection) -> str | None:
    return connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "schema")).scalar()


def _brought_up(connection: Connection, written: str) -> None:
    """Adds the tables that came later: judgements, briefs, what is derived. No row of the record changes."""
    if written in ("2", "3"):
        # What linking derived can be made again, and was kept with less to a passage.
        schema.metadata.drop_all(connection, tables=list(linked_schema.DERIVED))
    there = set(inspect(connection).get_table_names())
    derived = (*linked_schema.DERIVED, *weighed_schema.DERIVED, *listed_schema.DERIVED, *versions_schema.DERIVED)
    schema.metadata.create_all(connection, tables=[schema.judgement, schema.brief, *derived])
    for index in linked_schema.rendering.indexes:
        index.create(connection, checkfirst=True)
    for name in (schema.judgement.name, schema.brief.name):
        if name not in there:
            _only_append(connection, name)
    versions.versions_again(connection)
    if written != "5" or versions.any_shared(connection):
        listing.list_again(connection)
        voices.count_all(connection)
    versions.link_versions_again(connection)
    connection.execute(schema.meta.update().where(schema.meta.c.key == "schema").values(value=str(schema.VERSION)))


def _only_append(connection: Connection, name: str) -> None:
    for change in ("UPDATE", "DELETE"):
        connection.execute(
            text(
                f'CREATE TRIGGER "{name}_no_{change.lower()}" BEFORE {change} ON "{name}" '
                "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
            )
        )
