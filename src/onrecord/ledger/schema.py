"""The tables of a ledger, as SQLAlchemy Core, and their version.

`entry` is the hash chain: one row for each row of the typed tables (`CHAINED`), in the order of writing, from 1
without gaps. A typed row carries the `seq` of its entry and the entry carries the hash of the typed row, so that
neither can change alone. What only one database has (pragmas, full text, triggers) is not here but in
`onrecord.ledger.sqlite` and `onrecord.ledger.postgres`.

Kinds of column: TEXT, whole number, 64-bit floating number, bytes. Times are TEXT as `onrecord.ledger.rows` writes
them, with which the order of the texts is the order of the times. JSON is TEXT without spaces.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

VERSION: Final = 7
"""The version of this schema; a ledger of any other version is refused, in words, by whoever opens it."""

NO_HASH: Final = "0" * 64
"""What the first entry names as the hash before it, and the head of an empty ledger."""

metadata = MetaData()


class _InBytesOrder(Text):
    """A column is made so; what it is compared with follows the column, and need not say it."""


@compiles(_InBytesOrder, "postgresql")
def _made_in_bytes_order(_element: _InBytesOrder, _compiler: Any, **_options: Any) -> str:
    return 'TEXT COLLATE "C"'


NUMBER: Final[TypeEngine[int]] = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
# PostgreSQL's REAL has 32 bits, which would change a stored confidence and so its hash.
FLOAT: Final[TypeEngine[float]] = Double().with_variant(sqlite.REAL(), "sqlite")
TEXT: Final[TypeEngine[str]] = Text().with_variant(_InBytesOrder(), "postgresql")
"""Texts are in the order of their bytes in UTF-8, in every database."""
_BYTES: Final[TypeEngine[bytes]] = LargeBinary().with_variant(sqlite.BLOB(), "sqlite")


def text(name: str, *, empty: bool = False) -> Column[str]:
    """A column of texts, which may only be `empty` (NULL) where that is said."""
    return Column(name, TEXT, nullable=empty)


def _chained(name: str, *columns: Column[Any] | Index | UniqueConstraint, unique: bool = True) -> Table:
    """A typed table: the `seq` of its entry, the id, then what the body hash covers, in this order."""
    return Table(
        name,
        metadata,
        Column("seq", NUMBER, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
        Column("id", TEXT, nullable=False, unique=unique),
        *columns,
        sqlite_strict=True,
    )


meta = Table(
    "meta",
    metadata,
    Column("key", TEXT, primary_key=True, nullable=False),
    text("value"),
    sqlite_strict=True,
)

REVISION: Final = f"{VERSION:04}"
"""The name of the step of `onrecord.ledger.migrations` that leads to this schema."""

revision = Table(
    "alembic_version", metadata, Column("version_num", TEXT, primary_key=True, nullable=False), sqlite_strict=True
)
"""The last step that was taken; Alembic keeps it under this name."""

entry = Table(
    "entry",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    text("kind"),
    text("id"),
    text("body"),
    text("previous"),
    text("hash"),
    text("recorded"),
    text("recorded_by"),
    UniqueConstraint("kind", "id"),
    sqlite_strict=True,
)

# The large columns stand last, so that reading the others touches none of their pages.
capture = _chained(
    "capture",
    text("place"),
    text("media_type"),
    text("retrieved", empty=True),
    text("headers"),
    Column("size", NUMBER, nullable=False),
    Column("content", _BYTES, nullable=False),
)

report = _chained(
    "report",
    Column("capture", TEXT, ForeignKey("capture.id"), nullable=False),
    text("outlet", empty=True),
    text("title", empty=True),
    text("author", empty=True),
    text("url", empty=True),
    text("published", empty=True),
    Column("published_is_day", NUMBER, nullable=False),
    text("language", empty=True),
    text("marks"),
    text("extractor"),
    text("extra", empty=True),
    text("text"),
    Index("report_published", "published"),
    Index("report_outlet", "outlet"),
)

reading = _chained(
    "reading",
    Column("report", TEXT, ForeignKey("report.id"), nullable=False),
    text("reader"),
    text("version"),
    text("weights", empty=True),
    Column("statements", NUMBER, nullable=False),
    Index("reading_report", "report", "seq"),
)

# `id` is the statement's own id, which another reading of the same report may find again.
statement = _chained(
    "statement",
    Column("reading", TEXT, ForeignKey("reading.id"), nullable=False),
    Column("position", NUMBER, nullable=False),
    text("kind"),
    text("speaker", empty=True),
    text("basis"),
    text("mention", empty=True),
    Column("confidence", FLOAT, nullable=False),
    text("nested_in", empty=True),
    text("source"),
    text("cue"),
    text("content"),
    text("passages"),
    UniqueConstraint("id", "reading"),
    Index("statement_reading", "reading", "position"),
    unique=False,
)

given = _chained(
    "input",
    text("name"),
    text("place"),
    Column("capture", TEXT, ForeignKey("capture.id"), nullable=True),
    Column("report", TEXT, ForeignKey("report.id"), nullable=True),
    text("outcome"),
    text("reason", empty=True),
    text("detail"),
    Index("input_report", "report", "seq"),
    Index("input_name", "name"),
    Index("input_outcome", "outcome", "reason"),
)

judgement = _chained(
    "judgement",
    text("subject"),
    text("a"),
    text("b"),
    text("verdict"),
    text("why"),
    text("by"),
    text("made"),
    Index("judgement_pair", "subject", "a", "b"),
)

brief = _chained("brief", text("title"), text("by"), text("made"), text("content"))

CHAINED: Final[dict[str, Table]] = {
    table.name: table for table in (capture, report, reading, statement, given, judgement, brief)
}
"""The typed tables by the kind their entries carry, each after those it refers to."""
