"""Texts with the words marked that something was found by; the pieces, joined, are the text to the character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.language.words import placed_words
from onrecord.ledger.search import BEGINNING, Sounding
from onrecord.publishing.segments import Segment, Snippet

AROUND: Final = 200
"""Characters of a text that are shown on both sides of what was found."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text; `hit` where they are words that it was found by."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class MarkedSegment:
    """A segment of a report's text with its pieces."""

    segment: Segment
    pieces: tuple[Piece, ...]


def pieces(text: str, marks: Sequence[Sounding]) -> tuple[Piece, ...]:
    """A text cut where words that are looked for begin and end."""
    return _cut(text, 0, _hits(text, marks))


def marked(snippet: Snippet, marks: Sequence[Sounding]) -> tuple[MarkedSegment, ...]:
    """The segments of a snippet, each cut where words begin and end; words in a row may reach over two."""
    hits = _hits("".join(segment.text for segment in snippet.segments), marks)
    found: list[MarkedSegment] = []
    begin = 0
    for segment in snippet.segments:
        found.append(MarkedSegment(segment, _cut(segment.text, begin, hits)))
        begin += len(segment.text)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some of a text around the first words that it was found by, and whether it goes on before and behind."""

    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


def excerpt(text: str, marks: Sequence[Sounding], around: int = AROUND) -> Excerpt | None:
    """Some of a text around the place where most of what is looked for stands together; None where nothing does."""
    hits = _hits(text, marks)
    if not hits:
        return None
    near = [sum(start <= other < start + around for other, _ in hits) for start, _ in hits]
    first = hits[near.index(max(near))][0]
    low = max(text.rfind("\n", 0, first) + 1, text.find(" ", max(first - around, 0)) + 1 if first > around else 0)
    low = min(low, first)
    line = text.find("\n", first)
    high = len(text) if line < 0 else line
    if high > first + around:
        space = text.rfind(" ", first, first + around)
        high = max(space if space > 0 else first + around, first + 1)
    cut = _cut(text[low:high], low, hits)
    return Excerpt(cut, low > 0 and text[low - 1] != "\n", high < len(text) and text[high] != "\n")


def _hits(text: str, marks: Sequence[Sounding]) -> list[tuple[int, int]]:
    """Where the words stand, in order and apart."""
    if not marks:
        return []
    beginnings = frozenset(stem[:BEGINNING] for one in marks for stem in one.stems)
    # One letter may be opened, too; then every word has to be looked at.
    whole = any(len(one) < BEGINNING for one in beginnings)
    placed = list(placed_words(text, None if whole else beginnings))
    plain = [word for _, _, word in placed]
    spans = sorted(
        (placed[place][0], placed[place + len(one.stems) - 1][1]) for one in marks for place in one.places(plain)
    )
    hits: list[tuple[int, int]] = []
    for start, end in spans:
        if hits and start <= hits[-1][1]:
            hits[-1] = (hits[-1][0], max(end, hits[-1][1]))
        else:
            hits.append((start, end))
    return hits


def _cut(text: str, begin: int, hits: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The pieces of a text that begins at `begin` of the text in which the hits are."""
    found: list[Piece] = []
    done = 0
    for start, end in hits:
        low, high = max(start - begin, done), min(end - begin, len(text))
        if low >= high:
            continue
        if low > done:
            found.append(Piece(text[done:low], hit=False))
        found.append(Piece(text[low:high], hit=True))
        done = high
    if done < len(text):
        found.append(Piece(text[done:], hit=False))
    return tuple(found)
