"""Spans: half-open character ranges `[start, end)` of one report's text.

Offsets are Python string indices (code points) of the report's text exactly as it is kept in the record. Nothing
here normalises, trims or otherwise touches a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of a report's text; ordered by start, then end.

    Raises:
        ValueError: when the range is empty, inverted or starts before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters this span covers in `text`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether every character of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its edges, or None when nothing is left.

    >>> trimmed("a  word ", 1, 8)
    Span(start=3, end=7)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def hull(spans: Iterable[Span]) -> Span:
    """The shortest span that covers all of `spans`.

    Raises:
        ValueError: when there are none.
    """
    known = list(spans)
    if not known:
        raise ValueError("no spans to cover")
    return Span(min(s.start for s in known), max(s.end for s in known))
