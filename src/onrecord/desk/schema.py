"""The tables of a desk, as SQLAlchemy Core, and their version.

Of what lets somebody in only a hash is kept: argon2id of a password, which people choose and others guess; SHA-256 of
cookies and tokens, which are random. Times are TEXT in UTC of one width, so that their order is that of the texts.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

VERSION: Final = 1
"""The version of this schema; a desk of any other version is refused, in words, by whoever opens it."""

metadata = MetaData()


def _text(name: str, *, empty: bool = False) -> Column[str]:
    return Column(name, Text, nullable=empty)


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True)


def _person() -> Column[int]:
    return Column("person", Integer, ForeignKey("person.number"), nullable=False)


meta = Table("meta", metadata, Column("key", Text, primary_key=True, nullable=False), _text("value"))

person = Table(
    "person",
    metadata,
    _number(),
    _text("name"),
    Column("key", Text, nullable=False, unique=True),
    _text("role"),
    _text("password"),
    _text("since"),
    _text("shut_out", empty=True),
    sqlite_autoincrement=True,
)

session = Table(
    "session",
    metadata,
    Column("hash", Text, primary_key=True, nullable=False),
    _person(),
    _text("begun"),
    _text("seen"),
    _text("ends"),
    _text("address"),
    Index("session_person", "person"),
)

token = Table(
    "token",
    metadata,
    _number(),
    Column("hash", Text, nullable=False, unique=True),
    _person(),
    _text("name"),
    _text("role"),
    _text("made"),
    _text("ends"),
    UniqueConstraint("person", "name"),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    _number(),
    _text("at"),
    _text("who"),
    _text("what"),
    _text("address"),
    _text("outcome"),
    sqlite_autoincrement=True,
)

attempt = Table(
    "attempt",
    metadata,
    Column("kind", Text, primary_key=True, nullable=False),
    Column("hash", Text, primary_key=True, nullable=False),
    Column("count", Integer, nullable=False),
    _text("last"),
)

# By name, not by number: where nobody logs in, somebody still has a name, and names never change.
search = Table(
    "search",
    metadata,
    _number(),
    _text("person"),
    _text("name"),
    _text("query"),
    _text("made"),
    UniqueConstraint("person", "name"),
    sqlite_autoincrement=True,
)

looked = Table("looked", metadata, Column("person", Text, primary_key=True, nullable=False), _text("at"))

ONLY_APPENDED: Final = (audit.name,)
"""Tables of which no row is changed or taken away."""
