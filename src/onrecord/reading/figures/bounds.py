"""How nearly figures are given: "at least", "some", "up to", before a number or behind it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.domain.passages import Bound, Figure
from onrecord.domain.spans import Span
from onrecord.reading.figures.numbers import Number, Token
from onrecord.reading.figures.words import AFTER, BEFORE

REACH = 60
"""Characters before a number in which its bound is looked for."""
_REACH_BEHIND = 24


def bound_before(text: str, start: int, at: int) -> tuple[Bound, int] | None:
    """The bound whose words end at `at`, and where they start; not before `start`."""
    near = text[max(start, at - REACH) : at]
    for bound, pattern in BEFORE:
        match = pattern.search(near)
        if match is not None:
            return bound, at - len(near) + match.start()
    return None


def bounded(text: str, start: int, at: int, figure: Figure, number: Number) -> Figure:
    """The figure with the bound that stands before it and the edge that follows from that."""
    if number.low is not None:
        # "dozens" is an edge alone; "up to hundreds" are still hundreds.
        return replace(figure, bound=Bound.AT_LEAST)
    before = bound_before(text, start, at)
    if before is None:
        return replace(figure, bound=Bound.ABOUT) if number.is_about else figure
    bound, first = before
    return _edged(replace(figure, span=Span(first, figure.span.end)), bound)


def bounded_behind(text: str, end: int, cut: list[Token], figure: Figure, last: int) -> tuple[Figure, int]:
    """The figure with the bound that stands behind it ("or more"), and the index of the token behind that."""
    if figure.bound is not Bound.EXACT or figure.value is None or last == 0:
        return figure, last
    at = cut[last - 1].end
    for bound, pattern in AFTER:
        match = pattern.match(text, at, min(end, at + _REACH_BEHIND))
        if match is not None:
            while last < len(cut) and cut[last].start < match.end():
                last += 1
            return _edged(replace(figure, span=Span(figure.span.start, match.end())), bound), last
    return figure, last


def _edged(figure: Figure, bound: Bound) -> Figure:
    """The figure with a bound and the edge that the bound sets."""
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return replace(figure, bound=bound, low=figure.value)
    if bound in (Bound.AT_MOST, Bound.LESS_THAN):
        return replace(figure, bound=bound, high=figure.value)
    return replace(figure, bound=bound)
