"""The file of a desk: where it is, opening it, and transactions on it.

It is a SQLite database in WAL mode, readable by its owner alone. Everything is asked and kept in short transactions,
so that one `Desk` serves all threads of the pages while a command changes it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from onrecord.closing import Closing
from onrecord.desk import schema
from onrecord.errors import DeskError
from onrecord.places import Place, beside, place_of
from onrecord.settings import Settings

APPLICATION_ID: Final = 0x6F6E7264
"""The letters "onrd" in the header of the file: this SQLite database is a desk of onrecord."""

SUFFIX: Final = ".desk"


def desk_path(ledger: Place | str) -> Path:
    """Where the desk of a ledger is.

    >>> desk_path("news.ledger").name
    'news.ledger.desk'
    """
    return beside(ledger, SUFFIX)


def now() -> datetime:
    """The time it is."""
    return datetime.now(UTC)


class Desk(Closing):
    """The desk beside a ledger, for any number of threads; `key` is the secret that form tokens are made with.

    Without `create` there has to be one.

    Raises:
        DeskError: when it cannot be opened.
    """

    def __init__(
        self,
        ledger: Place | str,
        settings: Settings = Settings(),
        *,
        create: bool = False,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.path = desk_path(ledger).absolute()
        self.clock = clock
        self._patience = settings.busy_timeout
        if not self.path.is_file():
            self._make(place_of(ledger), create)
        self._engine = _engine(self.path, settings)
        try:
            with self._translated():
                self.key = bytes.fromhex(self._begun())
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        """Closes the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees one state of the desk."""
        with self._translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, which takes the write lock at once: what is checked in it still holds when it is kept."""
        with self._translated(), self._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            yield connection

    def _make(self, ledger: Place, create: bool) -> None:
        if self.path.exists() and not self.path.is_file():
            raise DeskError(f"{self.path} is no file; a desk is a file beside its ledger, move what is there away")
        if isinstance(ledger, Path) and not ledger.is_file():
            raise DeskError(f"there is no ledger at {ledger}; check the name, or read something into it first")
        if not create:
            raise DeskError(f"nobody has been let in; `onrecord people add NAME --role admin --ledger {ledger}` does")
        try:
            # Made before SQLite sees it: the two files that SQLite puts beside it are as closed to others as it is.
            with contextlib.suppress(FileExistsError):
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            raise DeskError(f"{self.path} cannot be written ({error.strerror}); make room or change who may") from error

    def _begun(self) -> str:
        """The desk's secret, out of a desk of this version; an empty file becomes one."""
        with self._engine.connect() as connection:
            fresh = not _tables(connection)
        if fresh:
            self._use_wal()
        with self._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            if not _tables(connection):  # another process may have been quicker
                _create(connection)
        with self._engine.begin() as connection:
            if connection.execute(text("PRAGMA application_id")).scalar_one() != APPLICATION_ID:
                raise DeskError(f"{self.path} is an SQLite database, but no desk of onrecord; move it away")
            told = dict(connection.execute(select(schema.meta.c.key, schema.meta.c.value)).all())
        if told.get("schema") != str(schema.VERSION):
            raise DeskError(
                f"{self.path} was written with schema {told.get('schema')}, and this onrecord knows schema "
                f"{schema.VERSION}; use the onrecord that wrote it, or move the file away and let people in anew"
            )
        return str(told["key"])

    def _use_wal(self) -> None:
        # SQLite does not wait for a lock while it changes the mode, so two that make one desk must try again.
        until = time.monotonic() + self._patience
        while True:
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.01)
            finally:
                raw.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            origin = error.orig if isinstance(error, DBAPIError) else error
            code = getattr(origin, "sqlite_errorcode", 0) & 0xFF
            advice = {
                sqlite3.SQLITE_BUSY: "another process is writing to it; try again when that is done",
                sqlite3.SQLITE_LOCKED: "another process is writing to it; try again when that is done",
                sqlite3.SQLITE_CORRUPT: "it is damaged; take it from a copy",
                sqlite3.SQLITE_NOTADB: "it is damaged or no desk; take it from a copy",
                sqlite3.SQLITE_FULL: "the disk is full; make room",
                sqlite3.SQLITE_READONLY: "it may not be written; change who may",
                sqlite3.SQLITE_CANTOPEN: "it cannot be opened; change who may",
            }.get(code, "it cannot be used; take it from a copy")
            raise DeskError(f"{self.path}: {advice} ({origin})") from error


def _engine(path: Path, settings: Settings) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"{path.as_uri()}?mode=rw",
            uri=True,
            timeout=settings.busy_timeout,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, max_overflow=-1)

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "secure_delete = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _tables(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one())


def _create(connection: Connection) -> None:
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
    schema.metadata.create_all(connection)
    rows = [{"key": "schema", "value": str(schema.VERSION)}, {"key": "key", "value": secrets.token_hex(32)}]
    connection.execute(schema.meta.insert(), rows)
    for name in schema.ONLY_APPENDED:
        for change in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f'CREATE TRIGGER "{name}_no_{change.lower()}" BEFORE {change} ON "{name}" '
                    f"BEGIN SELECT RAISE(ABORT, 'the {name} log is only appended'); END"
                )
            )
