"""Mentions: time expressions as the words give them, before anybody asks when the report was published.

A pattern is a regular expression and a function that turns its match into a `Mention`, or None where the words mean
something else. All quantifiers are bounded, so no text takes long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from onrecord.reading.times.calendar import Stretch, Unit


class Form(Enum):
    """How a mention says when."""

    FIXED = "fixed"
    """All of it is said: a full date, a year, a decade; `stretch` has it."""
    IN_YEAR = "in year"
    """A month, season, quarter, half or day of some year: `unit`, `number` and, for a day, `day`."""
    DAY_OF_MONTH = "day of month"
    WEEKDAY = "weekday"
    SHIFTED = "shifted"
    """So many units from when the report was published: yesterday, next week, two years ago."""
    FROM_CONTEXT = "from context"
    """So many units from what was spoken of last: a year earlier, the following month, that day."""
    LENGTH = "length"
    SET = "set"
    REFERENCE = "reference"
    CLOCK = "clock"
    PART = "part"
    """A part of a day: morning, night; `value` has its two letters."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One time expression. `shift` is -1 for "last", 0 for "this", 1 for "next", None where nothing is said."""

    start: int
    end: int
    form: Form
    unit: Unit = Unit.DAY
    number: int = 0
    day: int = 0
    shift: int | None = None
    count: float = 0.0
    stretch: Stretch | None = None
    value: str = ""
    hour: int = -1
    minute: int = -1
    zone: int | None = None
    part: str = ""
    third: int | None = None
    """0, 1, 2 for early, mid and late."""
    compared: int = 0
    """-1 for "earlier this", 1 for "later this"."""
    weekday: int | None = None
    year: int | None = None


Builder = Callable[[re.Match[str]], Mention | None]
Pattern = tuple[re.Pattern[str], Builder]


def shift_of(match: re.Match[str]) -> int | None:
    """-1 for "last", 0 for "this", 1 for "next", None where a match has none of the groups of `SHIFT_WORDS`."""
    named = match.groupdict()
    return next((shift for name, shift in (("last", -1), ("next", 1), ("this", 0)) if named.get(name)), None)


def around(match: re.Match[str]) -> tuple[str, str]:
    """Some characters before and after a match."""
    return match.string[max(0, match.start() - 24) : match.start()], match.string[match.end() : match.end() + 32]


def longest(candidates: Sequence[Mention]) -> list[Mention]:
    """Mentions that do not overlap, in order: a longer one wins over a shorter, an earlier over a later."""
    kept: list[Mention] = []
    for one in sorted(candidates, key=lambda m: (m.start - m.end, m.start)):
        at = bisect_left(kept, one.start, key=lambda m: m.start)
        if (at == 0 or kept[at - 1].end <= one.start) and (at == len(kept) or one.end <= kept[at].start):
            kept.insert(at, one)
    return kept


def found(patterns: Sequence[Pattern], text: str, start: int, end: int) -> list[Mention]:
    """What all the patterns find in `text[start:end]`; they may look at the text around it."""
    out = []
    for pattern, build in patterns:
        at = start
        while match := pattern.search(text, at, end):
            mention = build(match)
            if mention is not None:
                out.append(mention)
            # A match that means nothing may hide one that begins inside it.
            at = match.end() if mention is not None else match.start() + 1
    return out
