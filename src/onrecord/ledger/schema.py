"""The tables of a ledger, as SQLAlchemy Core, and their version.

`entry` is the hash chain: one row for each row of the typed tables (`CHAINED`), in the order of writing, from 1
without gaps. A typed row carries the `seq` of its entry and the entry carries the hash of the typed row, so that
neither can change alone. What only one database has (pragmas, full text, triggers) is not here but in
`onrecord.ledger.sqlite`.

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
from sqlalchemy.types import TypeEngine

VERSION: Final = 3
"""The version of this schema; a ledger of any other version is refused, in words, by whoever opens it."""

NO_HASH: Final = "0" * 64
"""What the first entry names as the hash before it, and the head of an empty ledger."""

metadata = MetaData()

_NUMBER: Final[TypeEngine[int]] = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
# PostgreSQL's REAL has 32 bits, which would change a stored confidence and so its hash.
_FLOAT: Final[TypeEngine[float]] = Double().with_variant(sqlite.REAL(), "sqlite")
_BYTES: Final[TypeEngine[bytes]] = LargeBinary().with_variant(sqlite.BLOB(), "sqlite")


def _text(name: str, *, empty: bool = False) -> Column[str]:
    return Column(name, Text, nullable=empty)


def _chained(name: str, *columns: Column[Any] | Index | UniqueConstraint, unique: bool = True) -> Table:
    """A typed table: the `seq` of its entry, the id, then what the body hash covers, in this order."""
    return Table(
        name,
        metadata,
        Column("seq", _NUMBER, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
        Column("id", Text, nullable=False, unique=unique),
        *columns,
        sqlite_strict=True,
    )


meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    _text("value"),
    sqlite_strict=True,
)

entry = Table(
    "entry",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("id"),
    _text("body"),
    _text("previous"),
    _text("hash"),
    _text("recorded"),
    _text("recorded_by"),
    UniqueConstraint("kind", "id"),
    sqlite_strict=True,
)

# The large columns stand last, so that reading the others touches none of their pages.
capture = _chained(
    "capture",
    _text("place"),
    _text("media_type"),
    _text("retrieved", empty=True),
    _text("headers"),
    Column("size", _NUMBER, nullable=False),
    Column("content", _BYTES, nullable=False),
)

report = _chained(
    "report",
    Column("capture", Text, ForeignKey("capture.id"), nullable=False),
    _text("outlet", empty=True),
    _text("title", empty=True),
    _text("author", empty=True),
    _text("url", empty=True),
    _text("published", empty=True),
    Column("published_is_day", _NUMBER, nullable=False),
    _text("language", empty=True),
    _text("marks"),
    _text("extractor"),
    _text("extra", empty=True),
    _text("text"),
    Index("report_published", "published"),
    Index("report_outlet", "outlet"),
)

reading = _chained(
    "reading",
    Column("report", Text, ForeignKey("report.id"), nullable=False),
    _text("reader"),
    _text("version"),
    _text("weights", empty=True),
    Column("statements", _NUMBER, nullable=False),
    Index("reading_report", "report", "seq"),
)

# `id` is the statement's own id, which another reading of the same report may find again.
statement = _chained(
    "statement",
    Column("reading", Text, ForeignKey("reading.id"), nullable=False),
    Column("position", _NUMBER, nullable=False),
    _text("kind"),
    _text("speaker", empty=True),
    _text("basis"),
    _text("mention", empty=True),
    Column("confidence", _FLOAT, nullable=False),
    _text("nested_in", empty=True),
    _text("source"),
    _text("cue"),
    _text("content"),
    _text("passages"),
    UniqueConstraint("id", "reading"),
    Index("statement_reading", "reading", "position"),
    unique=False,
)

given = _chained(
    "input",
    _text("name"),
    _text("place"),
    Column("capture", Text, ForeignKey("capture.id"), nullable=True),
    Column("report", Text, ForeignKey("report.id"), nullable=True),
    _text("outcome"),
    _text("reason", empty=True),
    _text("detail"),
    Index("input_report", "report", "seq"),
    Index("input_name", "name"),
    Index("input_outcome", "outcome", "reason"),
)

judgement = _chained(
    "judgement",
    _text("subject"),
    _text("a"),
    _text("b"),
    _text("verdict"),
    _text("why"),
    _text("by"),
    _text("made"),
    Index("judgement_pair", "subject", "a", "b"),
)

CHAINED: Final[dict[str, Table]] = {
    table.name: table for table in (capture, report, reading, statement, given, judgement)
}
"""The typed tables by the kind their entries carry, each after those it refers to."""
