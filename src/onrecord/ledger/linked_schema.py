"""The tables that linking fills: derived from the record and its judgements, so they take no part in the chain.

They may be emptied and made again at any time (`onrecord link --again`). `state` says which version of the linker made
them and up to which entry of the chain it has seen the record.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Double, Index, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

from onrecord.ledger.schema import metadata

_NUMBER: Final[TypeEngine[int]] = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
_FLOAT: Final[TypeEngine[float]] = Double().with_variant(sqlite.REAL(), "sqlite")


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True, nullable=False)


def _text(name: str, *, empty: bool = False) -> Column[str]:
    return Column(name, Text, nullable=empty)


def _number(name: str, *, empty: bool = False) -> Column[int]:
    return Column(name, _NUMBER, nullable=empty)


state = Table("link_state", metadata, _key("key"), _text("value"), sqlite_strict=True)

actor = Table(
    "link_actor",
    metadata,
    _key("id"),
    _text("name"),
    _text("kind", empty=True),
    _number("local"),
    _text("wikidata", empty=True),
    _text("aliases"),
    _text("offices"),
    sqlite_strict=True,
)

spoken = Table(
    "link_spoken",
    metadata,
    _key("statement"),
    _text("report"),
    _text("actor", empty=True),
    _text("candidates"),
    Index("link_spoken_report", "report"),
    Index("link_spoken_actor", "actor"),
    sqlite_strict=True,
)

rendering = Table(
    "link_rendering",
    metadata,
    _key("passage"),
    _text("statement"),
    _text("report"),
    _text("utterance", empty=True),
    _number("begin"),
    _number("end"),
    _text("actor", empty=True),
    _text("speaker", empty=True),
    _text("outlet", empty=True),
    _text("published", empty=True),
    _number("quoted"),
    _text("made"),
    _text("difference", empty=True),
    _text("words"),
    _text("context"),
    Index("link_rendering_report", "report"),
    Index("link_rendering_utterance", "utterance"),
    Index("link_rendering_published", "published"),
    sqlite_strict=True,
)

link = Table(
    "link_pair",
    metadata,
    _key("kind"),
    _key("a"),
    _key("b"),
    Column("score", _FLOAT, nullable=False),
    _text("reasons"),
    Index("link_pair_b", "kind", "b"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

utterance = Table(
    "link_utterance",
    metadata,
    _key("id"),
    _text("actor", empty=True),
    _text("speaker", empty=True),
    _text("fullest"),
    _text("first", empty=True),
    _text("last", empty=True),
    _number("passages"),
    _number("reports"),
    _number("outlets"),
    _number("origins"),
    _text("groups"),
    _text("ties"),
    Index("link_utterance_actor", "actor"),
    Index("link_utterance_weight", "origins", "reports"),
    sqlite_strict=True,
)

story = Table(
    "link_story",
    metadata,
    _key("id"),
    _text("title"),
    _text("first", empty=True),
    _text("last", empty=True),
    _number("reports"),
    _number("outlets"),
    _number("origins"),
    _text("groups"),
    _text("ties"),
    sqlite_strict=True,
)

told = Table(
    "link_told",
    metadata,
    _key("report"),
    _text("reading"),
    _text("story", empty=True),
    _text("published", empty=True),
    Index("link_told_story", "story"),
    Index("link_told_published", "published"),
    sqlite_strict=True,
)

origin = Table(
    "link_origin",
    metadata,
    _key("report"),
    Column("position", _NUMBER, primary_key=True, nullable=False),
    _text("kind"),
    _text("name", empty=True),
    _text("actor", empty=True),
    _number("begin", empty=True),
    _number("end", empty=True),
    _text("copied", empty=True),
    _text("reasons"),
    sqlite_strict=True,
)

DERIVED: Final[tuple[Table, ...]] = (
    state,
    actor,
    spoken,
    rendering,
    link,
    utterance,
    story,
    told,
    origin,
)
"""Every table of linking."""
