"""The tables that linking fills: derived from the record and its judgements, so they take no part in the chain.

They may be emptied and made again at any time (`onrecord link --again`). `state` says which version of the linker made
them, who was said to publish what, and up to which entry of the chain judgements were taken up.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Index, Table

from onrecord.ledger.schema import FLOAT, NUMBER, TEXT, metadata, text


def _key(name: str) -> Column[str]:
    return Column(name, TEXT, primary_key=True, nullable=False)


def _number(name: str, *, empty: bool = False) -> Column[int]:
    return Column(name, NUMBER, nullable=empty)


def _carried() -> tuple[Column[Any], ...]:
    """How far an utterance or a story was carried: `linked_rows.Carried`, with its counts."""
    counts = map(_number, ("reports", "outlets", "origins"))
    return text("first", empty=True), text("last", empty=True), *counts, text("groups"), text("ties")


state = Table("link_state", metadata, _key("key"), text("value"), sqlite_strict=True)

actor = Table(
    "link_actor",
    metadata,
    _key("id"),
    text("name"),
    text("kind", empty=True),
    _number("local"),
    text("wikidata", empty=True),
    text("aliases"),
    text("offices"),
    sqlite_strict=True,
)

spoken = Table(
    "link_spoken",
    metadata,
    _key("statement"),
    text("report"),
    text("actor", empty=True),
    text("candidates"),
    Index("link_spoken_report", "report"),
    Index("link_spoken_actor", "actor"),
    sqlite_strict=True,
)

voice = Table(
    "link_voice",
    metadata,
    _key("actor"),
    _number("statements"),
    _number("reports"),
    _number("outlets"),
    text("first", empty=True),
    text("last", empty=True),
    Index("link_voice_most", "statements"),
    sqlite_strict=True,
)
"""How much each actor is quoted; kept, because to count it for a list would read all that was ever said."""

heard = Table(
    "link_heard",
    metadata,
    _key("actor"),
    _key("outlet"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Which outlets have quoted an actor."""

called = Table(
    "link_called",
    metadata,
    _key("actor"),
    _key("name"),
    text("folded"),
    _number("statements"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The names that reports give an actor, the actor's own among them, and how often."""

rendering = Table(
    "link_rendering",
    metadata,
    _key("passage"),
    text("statement"),
    text("report"),
    text("utterance", empty=True),
    _number("begin"),
    _number("end"),
    text("actor", empty=True),
    text("speaker", empty=True),
    text("outlet", empty=True),
    text("published", empty=True),
    _number("quoted"),
    text("made"),
    text("difference", empty=True),
    text("words"),
    text("context"),
    text("cue"),
    Index("link_rendering_report", "report"),
    Index("link_rendering_utterance", "utterance"),
    Index("link_rendering_statement", "statement"),
    Index("link_rendering_published", "published"),
    sqlite_strict=True,
)

link = Table(
    "link_pair",
    metadata,
    _key("a"),
    _key("kind"),
    _key("b"),
    Column("score", FLOAT, nullable=False),
    text("reasons"),
    Index("link_pair_b", "b", "kind"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Pairs of passages, of reports, and of copies.

An item comes before the kind in both indexes: SQLite, which takes any first column for a choice of a few rows, would
look pairs up by one that began with the kind, and so read all that there are of it.
"""

utterance = Table(
    "link_utterance",
    metadata,
    _key("id"),
    text("actor", empty=True),
    text("speaker", empty=True),
    text("fullest"),
    _number("passages"),
    *_carried(),
    Index("link_utterance_actor", "actor"),
    Index("link_utterance_weight", "origins", "reports"),
    Index("link_utterance_first", "first"),
    sqlite_strict=True,
)

story = Table("link_story", metadata, _key("id"), text("title"), *_carried(), sqlite_strict=True)

told = Table(
    "link_told",
    metadata,
    _key("report"),
    text("reading"),
    text("story", empty=True),
    text("published", empty=True),
    Index("link_told_story", "story"),
    Index("link_told_published", "published"),
    sqlite_strict=True,
)

origin = Table(
    "link_origin",
    metadata,
    _key("report"),
    Column("position", NUMBER, primary_key=True, nullable=False),
    text("kind"),
    text("name", empty=True),
    text("actor", empty=True),
    _number("begin", empty=True),
    _number("end", empty=True),
    text("copied", empty=True),
    text("reasons"),
    sqlite_strict=True,
)

DERIVED: Final[tuple[Table, ...]] = (
    state,
    actor,
    spoken,
    voice,
    heard,
    called,
    rendering,
    link,
    utterance,
    story,
    told,
    origin,
)
"""Every table of linking."""
