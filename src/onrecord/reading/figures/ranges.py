"""Ranges: "between 5 and 7", "20 to 30", "$5-7 billion"; and changes, which are no ranges."""

from __future__ import annotations

import re

from onrecord.domain.passages import Bound
from onrecord.reading.figures.bounds import REACH, bound_before
from onrecord.reading.figures.numbers import Number, Token, number_at
from onrecord.reading.figures.units import unit_at
from onrecord.reading.figures.words import CHANGES, SYMBOLS

_HYPHENS = frozenset("-‐‑–—")
_NEARLY = r"(?:(?:about|some|roughly|nearly|around)\s+)?"
_BETWEEN = re.compile(rf"\bbetween\s+{_NEARLY}[\"“($€£¥]*\Z", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom\s+{_NEARLY}[\"“($€£¥]*\Z", re.IGNORECASE)


def upper_end(text: str, start: int, cut: list[Token], number: Number) -> Number | None:
    """The upper end of a range that starts with this number."""
    at = number.last
    unit = unit_at(cut, at, None, scaled=number.is_scaled)
    if (
        unit.word
        and not unit.hyphenated_noun
        and unit.last < len(cut)
        and cut[unit.last].lower in ("to", "and", "-", "–")
    ):
        at = unit.last
    if at + 1 >= len(cut) or number.value is None or number.is_share:
        return None
    link, follow = cut[at], at + 1
    hyphen = link.text in _HYPHENS
    if hyphen and cut[follow].lower in ("to", "or"):
        link, follow, hyphen = cut[follow], follow + 1, False
    if follow >= len(cut) or not (hyphen or link.lower in ("to", "and", "or")):
        return None
    if cut[follow].text in SYMBOLS:
        follow += 1
    if follow >= len(cut):
        return None
    number_first = cut[number.first].start
    before = text[max(start, number_first - REACH) : number_first]
    between = _BETWEEN.search(before) is not None
    second = number_at(cut, follow)
    if second is None or second.value is None or second.is_share or second.is_multiple:
        return None
    low, high = ends(number, second)
    if low >= high:
        return None
    if link.lower == "and" and not between:
        return None
    if link.lower == "or" and not (high - low <= max(2.0, low)):
        return None
    if link.lower == "to" and _FROM.search(before) and CHANGES.search(before):
        return None
    return second


def range_start(text: str, start: int, at: int) -> int:
    """Where the words of a range start: at its "between", or at an "about" before it."""
    near = text[max(start, at - REACH) : at]
    between = _BETWEEN.search(near)
    if between is not None:
        return at - len(near) + between.start()
    before = bound_before(text, start, at)
    return before[1] if before is not None and before[0] is Bound.ABOUT else at


def ends(number: Number, second: Number) -> tuple[float, float]:
    """The ends of a range, the scale of the second given to both where the first has none: "5 to 7 million"."""
    low, high = number.value or 0.0, second.value or 0.0
    if second.is_scaled and not number.is_scaled and low < 1000 <= high:
        scale = next(scale for scale in (1e12, 1e9, 1e6, 1e3) if high >= scale)
        if low <= high / scale:
            low *= scale
    return low, high
