"""What only SQLite has: opening a file, pragmas, triggers, and what its errors mean; `fulltext.fts5` searches.

The file is in WAL mode, so that readers go on beside a writer. A writer takes the write lock at the start of a
transaction, so that what it checks there still holds when it commits. A reader may not change anything (`query_only`),
but the file is open for writing where that is possible: only so does SQLite clear away its two files beside the ledger.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from onrecord.errors import LedgerBusy, LedgerError, LedgerMissing, LedgerUnreadable, LedgerUnwritable
from onrecord.ledger.dialects import Decode, Purpose
from onrecord.ledger.search import folded, stands_in
from onrecord.settings import Settings

APPLICATION_ID: Final = 0x6F6E7263
"""The letters "onrc" in the header of the file: this SQLite database is a ledger of onrecord."""

CREATING: dict[str, Any] = {"writing": True}
"""Execution options of an engine whose transactions keep everybody else from making the same ledger."""

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


def engine(path: Path, settings: Settings, purpose: Purpose, decode: Decode | None) -> Engine:
    """An engine for the file at an absolute path, which a writer makes where there is none.

    Raises:
        LedgerUnreadable, LedgerMissing, LedgerUnwritable: when there can be no ledger.
    """
    if path.is_dir():
        raise LedgerUnreadable(f"{path} is a folder, not a ledger; name a file")
    if purpose == "read" and not path.exists():
        raise LedgerMissing(f"there is no ledger at {path}; check the name, or read something into it first")
    if purpose == "write" and not path.parent.is_dir():
        raise LedgerUnwritable(f"there is no folder {path.parent} to put the ledger in; create it first")
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
    made = create_engine("sqlite://", creator=connect, **pool)

    @event.listens_for(made, "connect")
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

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return made


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


def _connection(address: str, settings: Settings, decode: Decode | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address, uri=True, timeout=settings.busy_timeout, isolation_level=None, check_same_thread=False
    )
    if decode is not None:
        connection.text_factory = decode
    connection.create_function("onrecord_folded", 1, lambda value: folded(str(value)), deterministic=True)
    connection.create_function("onrecord_called", 3, stands_in, deterministic=True)
    return connection


def mark(connection: Connection) -> None:
    """Writes into the file's header that it is a ledger of onrecord."""
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))


def finish(connection: Connection) -> None:
    """Nothing: SQLite needs no more than the tables."""


def put_in(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows that all have the same columns."""
    connection.execute(table.insert(), rows)


def look_over(connection: Connection) -> None:
    """Nothing: the questions are worded so that SQLite finds its way."""


def touched(path: Path, _connection: Connection) -> str:
    """The size and time of the file and of its log: every commit touches one of the two."""
    return "\x1f".join(map(_state, (path, path.with_name(path.name + "-wal"))))


def _state(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_ino}.{found.st_size}.{found.st_mtime_ns}"


def is_fresh(connection: Connection, path: Path) -> bool:
    """Whether nothing is in the file yet.

    Raises:
        LedgerUnreadable: when it is a database of something else.
    """
    application = connection.execute(text("PRAGMA application_id")).scalar_one()
    tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
    if application == APPLICATION_ID and tables:
        return False
    if application or tables:
        raise LedgerUnreadable(f"{path} is an SQLite database, but not a ledger of onrecord; name another file")
    return True


def prepare(engine: Engine, path: Path, settings: Settings) -> None:
    """Has the file keep a write-ahead log."""
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


def only_append(connection: Connection, name: str) -> None:
    """Has SQLite refuse to change or delete rows of a table."""
    for change in ("UPDATE", "DELETE"):
        connection.execute(
            text(
                f'CREATE TRIGGER "{name}_no_{change.lower()}" BEFORE {change} ON "{name}" '
                "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
            )
        )
