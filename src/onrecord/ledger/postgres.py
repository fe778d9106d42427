"""What only PostgreSQL has: connecting, locks, triggers, COPY, and what its errors mean; `fulltext.tsvector` searches.

A writer's transaction begins by counting itself in a row of `meta`, whose lock it then holds: so writers take turns,
what one checks still holds when it commits, and the chain stays one line. A reader's transaction is REPEATABLE READ and
READ ONLY: it sees one state and waits for nobody. Every commit of a writer is on the disk before it is acknowledged.
`postgres_texts` has how texts with a NUL are kept, which PostgreSQL does not take, and the functions that SQLite is
given in Python.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, DisconnectionError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry

from onrecord.errors import (
    ExtraMissing,
    LedgerBusy,
    LedgerError,
    LedgerMissing,
    LedgerUnreadable,
    LedgerUnwritable,
)
from onrecord.ledger.dialects import Decode, Purpose
from onrecord.places import Address
from onrecord.settings import Settings

try:
    import psycopg
except ImportError as error:
    raise ExtraMissing("a ledger in PostgreSQL", "psycopg", "postgres") from error

from onrecord.ledger import postgres_texts

CREATING: dict[str, Any] = {"creating": True}
"""Execution options of an engine whose transactions keep everybody else from making the same ledger."""

_MARK: Final = {"ledger": "onrecord", "commits": "0"}
"""Rows of `meta` that only a ledger in PostgreSQL has: what it is, and how often somebody began to write."""
_OF_NAMES: Final = {
    "input_name": ("input", "name"),
    "judgement_pair": ("judgement", "a"),
    "listed_by": ("listed", "speaker"),
    "page_gone_page": ("page_gone", "page"),
    "page_text_page": ("page_text", "page"),
    "report_outlet": ("report", "outlet"),
    "weigh_figure_block": ("weigh_figure", "block"),
    "weigh_figure_tie_block": ("weigh_figure_tie", "block"),
    "weigh_lineage_block": ("weigh_lineage", "block"),
}
"""Indexes of texts that may be of any length, such as what somebody calls an outlet. A sorted one takes 2,704 bytes."""
_KEYED_BY_NAMES: Final = {
    "link_called": "actor",
    "link_heard": "actor",
    "listed_speaker": "name",
    "listed_tally": "value",
    "listed_voice": "name",
    "page_changed": "page",
}
"""Tables with such a text in their key, and what is looked for in them; what derives them puts nothing in twice."""
_WITHOUT_NAMES: Final = {
    "listed_order": "listed (published DESC, report, position, seq, kind, acts)",
    "listed_speaker_most": "listed_speaker (statements DESC)",
}
_LOCK: Final = 0x6F6E7263
_TRUSTED: Final = 1.0
"""Seconds after which a connection is asked whether it is still there: for each question it would be two on the way."""
_BY_COPY: Final = 8
"""Rows from which on COPY is quicker than INSERT."""
_WRITE: Final = "UPDATE meta SET value = (value::bigint + 1)::text WHERE key = 'commits'"

_BUSY: Final = {"55P03", "57014", "40001", "40P01"}
_GONE: Final = {"57P01", "57P02", "57P03"}
_UNWRITABLE: Final = {"53100", "25006", "42501", "58030"}
_DAMAGED: Final = {"XX001", "XX002"}
_NO_DATABASE: Final = "3D000"
# What a server says to who connects comes as words alone.
_NOT_THERE: Final = re.compile(r'FATAL: +database ".*" does not exist')
_REFUSED: Final = re.compile(r"FATAL: +(?:password|role|no pg_hba|Peer|Ident|permission|.* authentication failed)")


def engine(place: Address, settings: Settings, purpose: Purpose, _decode: Decode | None) -> Engine:
    """An engine for the database at an address."""

    def connect() -> Any:
        connection = psycopg.connect(
            place.whole,
            autocommit=True,
            # A plan for any words at all would be kept, and be wrong for rare ones.
            prepare_threshold=None,
            fallback_application_name="onrecord",
            client_encoding="UTF8",
        )
        postgres_texts.adapt(connection)
        patience = max(1, math.ceil(settings.busy_timeout * 1000))
        # Queries here are short, and compiling one takes longer than most of them.
        connection.execute(f"SET jit = off; SET lock_timeout = {patience}; SET synchronous_commit = on")
        connection.autocommit = False
        connection.isolation_level = (
            psycopg.IsolationLevel.REPEATABLE_READ if purpose == "read" else psycopg.IsolationLevel.READ_COMMITTED
        )
        connection.read_only = purpose == "read"
        return connection

    made = create_engine("postgresql+psycopg://", creator=connect, max_overflow=-1, use_native_hstore=False)

    @event.listens_for(made, "checkin")
    def seen(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["seen"] = time.monotonic()

    @event.listens_for(made, "checkout")
    def still_there(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get("seen", -math.inf) < _TRUSTED:
            return
        try:
            made.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise DisconnectionError from error

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("writing", False):
            connection.exec_driver_sql(_WRITE)
        elif options.get("creating", False):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return made


@contextmanager
def translated(place: Address, purpose: Purpose) -> Iterator[None]:
    """Turns the database's errors into those of onrecord: what was wrong, with which ledger, and what to do."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        state = getattr(origin, "sqlstate", None)
        said = " ".join(str(origin).split())
        if state in _BUSY:
            raise LedgerBusy(
                f"another process is writing to {place}; try again when it is done, or raise busy_timeout"
            ) from error
        if state == _NO_DATABASE or (state is None and _NOT_THERE.search(said)):
            raise LedgerMissing(f"there is no database at {place} ({said}); check the name, or create it") from error
        if state in _DAMAGED:
            raise LedgerUnreadable(f"{place} is damaged ({said}); verify it, or take it from a copy") from error
        kind = LedgerUnreadable if purpose == "read" else LedgerUnwritable
        lost = isinstance(origin, psycopg.OperationalError) and state in (None, "08006", "08001")
        if lost and _REFUSED.search(said):
            raise kind(f"{place} does not let this user in ({said}); check the address, user and password") from error
        if lost or state in _GONE:
            raise kind(
                f"the server of {place} does not answer ({said}); see that it runs, and try again. What was committed "
                "is safe"
            ) from error
        if state in _UNWRITABLE and purpose == "write":
            raise LedgerUnwritable(
                f"{place} cannot be written ({said}); make room or see what this user may do there. What was "
                "committed is safe"
            ) from error
        if purpose == "read":
            raise LedgerUnreadable(f"{place} cannot be read ({said}); verify it, or take it from a copy") from error
        raise LedgerError(f"{place}: the database refused: {said}") from error


def prepare(engine: Engine, place: Address, _settings: Settings) -> None:
    """Sees that the database can hold every text."""
    with engine.connect() as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise LedgerUnwritable(f"the database at {place} is in {encoding}; make one with ENCODING 'UTF8'")


def is_fresh(connection: Connection, place: Address) -> bool:
    """Whether the database, or the schema in it that is used, holds no table yet.

    Raises:
        LedgerUnreadable: when it holds something else.
    """
    other = LedgerUnreadable(
        f"{place} is a database with other tables, not a ledger of onrecord; name one of its own, or a schema"
    )
    query = (
        "SELECT to_regclass('meta') IS NOT NULL, EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p') "
        "AND relnamespace = current_schema()::regnamespace)"
    )
    has_meta, has_tables = connection.execute(text(query)).one()
    if has_meta:
        try:
            mark = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'ledger'").scalar()
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", None) == "42501":
                raise
            raise other from error
        if mark == _MARK["ledger"]:
            return False
    if has_meta or has_tables:
        raise other
    return True


def mark(connection: Connection) -> None:
    """Makes the functions that the questions to a ledger rest on."""
    postgres_texts.create_functions(connection)


def finish(connection: Connection) -> None:
    """Writes down that this is a ledger of onrecord, and numbers actors as they come, as SQLite does by itself."""
    rows = [{"key": key, "value": value} for key, value in _MARK.items()]
    connection.execute(text("INSERT INTO meta (key, value) VALUES (:key, :value)"), rows)
    connection.execute(text("ALTER TABLE link_actor ADD COLUMN rowid bigint GENERATED BY DEFAULT AS IDENTITY"))
    connection.execute(text("CREATE INDEX link_actor_rowid ON link_actor (rowid)"))
    for index, (table, column) in _OF_NAMES.items():
        connection.execute(text(f"DROP INDEX {index}"))
        connection.execute(text(f"CREATE INDEX {index} ON {table} USING hash ({column})"))
    for table, column in _KEYED_BY_NAMES.items():
        connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey"))
        connection.execute(text(f"CREATE INDEX {table}_{column} ON {table} USING hash ({column})"))
    for index, columns in _WITHOUT_NAMES.items():
        connection.execute(text(f"DROP INDEX {index}"))
        connection.execute(text(f"CREATE INDEX {index} ON {columns}"))


def damage(connection: Connection) -> Iterator[str]:
    """The indexes that PostgreSQL knows to be invalid; `pg_amcheck` looks deeper, for who may."""
    query = (
        "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
        "WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"
    )
    for (name,) in connection.execute(text(query)):
        yield f"the index {name} is not valid; REINDEX makes it again"


def look_over(connection: Connection) -> None:
    """Has PostgreSQL count what came in: it would do so by itself, but some minutes later."""
    connection.exec_driver_sql("ANALYZE")


def touched(_place: Address, connection: Connection) -> str:
    """How often somebody has written."""
    return str(connection.execute(text("SELECT value FROM meta WHERE key = 'commits'")).scalar())


def only_append(connection: Connection, name: str) -> None:
    """Has PostgreSQL refuse to change or delete rows of a table."""
    for change, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        trigger = f"{name}_no_{change.partition(' ')[0].lower()}"
        connection.execute(
            text(
                f'CREATE TRIGGER "{trigger}" BEFORE {change} ON "{name}" FOR EACH {each} '
                "EXECUTE FUNCTION onrecord_append_only()"
            )
        )


def put_in(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows that all have the same columns."""
    if len(rows) < _BY_COPY:
        connection.execute(table.insert(), rows)
        return
    columns = tuple(rows[0])
    postgres_texts.copied_in(connection, table.name, columns, ([row[column] for column in columns] for row in rows))
