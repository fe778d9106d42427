"""The figures of a passage as two passages can be compared by them: what is counted, in what state, between which
    edges.

Two numbers are only set against each other where they count one thing; where they do not, `Standing` says so, so that
another day, another place or a looser bound is never taken for a dispute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from onrecord.domain.passages import Bound, Figure
from onrecord.domain.utterances import Rendering
from onrecord.language.words import plain_words, stem
from onrecord.weighing.relations import senses, vocabulary

ROUNDING: Final = 0.08
"""How far a rounded number ("about", "some") may be from another and still be the same."""
_STATES: Final = ("@kill", "@wound", "@leave", "@arrive", "@hold", "@free", "@destroy")
GROWING: Final = frozenset({"@leave", "@arrive", "@free", "@destroy"})
"""States that grow by the day: two numbers of them are rarely of one moment."""
NEARLY: Final = 1.1
"""Two numbers of which one is a bound are the same where they are no farther from each other than this."""
_OPEN_BOUNDS: Final = frozenset({Bound.AT_LEAST, Bound.MORE_THAN, Bound.AT_MOST, Bound.LESS_THAN})
GREAT: Final = 1000
_TOLL: Final = re.compile(r"\b(?:death toll|toll|number of (?:dead|deaths|people killed))\b", re.IGNORECASE)
_REACH: Final = 60
"""Characters to either side of a number in which its state is looked for."""
_VAGUE: Final = frozenset({"@people", "@troops", None, "total", "other"})


@dataclass(frozen=True, slots=True)
class Count:
    """A figure, the sense or stem of what it counts, and what happened to that ("killed"); edges are inclusive."""

    figure: Figure
    noun: str | None
    state: str | None
    low: float | None
    high: float | None
    words: str
    part: bool
    """Whether it is "two of them" or "ten more"."""

    @property
    def value(self) -> float | None:
        """The number itself, or the middle or the edge of what it may be."""
        if self.figure.value is not None:
            return self.figure.value
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.low if self.low is not None else self.high


class Standing(StrEnum):
    """How one count stands to another of the same thing."""

    SAME = "same"
    APART = "apart"
    """Both cannot be so."""
    LOOSER = "looser"
    """Other numbers that can both be so, because one of them is only a bound."""


def counts_of(rendering: Rendering) -> tuple[Count, ...]:
    """The figures of a passage that count or measure something."""
    found = []
    for figure in rendering.figures:
        made = _count(rendering, figure)
        if made is not None:
            found.append(made)
    return tuple(found)


def compared(a: Count, b: Count, *, loose: bool = False) -> Standing | None:
    """How two counts stand to each other, None where they do not count one thing.

    `loose` takes a great number of which nothing is said for one of what the other counts: where one speaker names it
    again, or two stand in one report.
    """
    if (a.figure.unit or "") != (b.figure.unit or ""):
        return None
    if not _one_thing(a, b) and not (loose and _may_be_one(a, b)):
        return None
    if a.value is None or b.value is None:
        return None
    if a.low is not None and b.high is not None and a.low > b.high * (1 + _slack(a, b)):
        return Standing.APART
    if b.low is not None and a.high is not None and b.low > a.high * (1 + _slack(a, b)):
        return Standing.APART
    if ratio(a, b) <= NEARLY and Bound.EXACT not in (a.figure.bound, b.figure.bound):
        return Standing.SAME
    if ratio(a, b) <= NEARLY and {a.figure.bound, b.figure.bound} & _OPEN_BOUNDS:
        return Standing.SAME
    if abs(a.value - b.value) <= _slack(a, b) * max(abs(a.value), abs(b.value)):
        return Standing.SAME
    return Standing.LOOSER


def ratio(a: Count, b: Count) -> float:
    """How many times the lesser the greater is; infinite where one of them is nought."""
    values = sorted((abs(a.value or 0.0), abs(b.value or 0.0)))
    return values[1] / values[0] if values[0] else float("inf")


def _one_thing(a: Count, b: Count) -> bool:
    if a.part != b.part or (a.state is not None and b.state is not None and a.state != b.state):
        return False
    if a.noun is not None and a.noun == b.noun:
        return a.state == b.state or a.noun not in _VAGUE
    return a.state is not None and a.state == b.state and {a.noun, b.noun} <= _VAGUE


def _may_be_one(a: Count, b: Count) -> bool:
    if (a.noun is not None and b.noun is not None) or a.state is not None or b.state is not None or a.part or b.part:
        return False
    return min(abs(a.value or 0.0), abs(b.value or 0.0)) >= GREAT and ratio(a, b) <= 2.5


def _slack(a: Count, b: Count) -> float:
    rounded = Bound.ABOUT in (a.figure.bound, b.figure.bound)
    return ROUNDING if rounded else 0.0


def _count(rendering: Rendering, figure: Figure) -> Count | None:
    start, end = figure.span.start - rendering.span.start, figure.span.end - rendering.span.start
    if start < 0 or end > len(rendering.words):
        return None
    counted = ""
    if figure.counted is not None:
        counted = rendering.words[max(0, figure.counted.start - rendering.span.start) :][
            : figure.counted.end - figure.counted.start
        ]
    before, after = rendering.words[max(0, start - _REACH) : start], rendering.words[end : end + _REACH]
    before_all = rendering.words[:start]
    behind = after[len(counted) + 1 :] if counted and after.strip().startswith(counted) else after
    low, high = figure.low, figure.high
    if figure.value is not None:
        if low is None and figure.bound not in (Bound.AT_MOST, Bound.LESS_THAN):
            low = figure.value
        if high is None and figure.bound not in (Bound.AT_LEAST, Bound.MORE_THAN):
            high = figure.value
    noun, state = _noun(counted), _state(counted, before, behind)
    if noun is None and state is None and figure.unit is None and _TOLL.search(before_all):
        state = "@kill"
    part = vocabulary.PART.search(after) is not None
    return Count(figure, noun, state, low, high, counted, part)


def _noun(counted: str) -> str | None:
    """What is counted, by the last word that says it."""
    for word in reversed(plain_words(counted)):
        stemmed = stem(word)
        if stemmed in senses.SENSES:
            sense = senses.SENSES[stemmed]
            return "@people" if sense in _STATES[:2] else sense
        if stemmed not in senses.SMALL and word.isalpha():
            return stemmed
    return None


def _state(counted: str, before: str, after: str) -> str | None:
    """What happened to what is counted, by the nearest word that says so."""
    for word in plain_words(counted):
        if (sense := senses.SENSES.get(stem(word))) in _STATES:
            return sense
    nearest: tuple[int, str] | None = None
    for words in (plain_words(after), list(reversed(plain_words(before)))):
        for place, word in enumerate(words):
            sense = senses.SENSES.get(stem(word))
            if sense in _STATES and (nearest is None or place < nearest[0]):
                nearest = place, sense
    return None if nearest is None else nearest[1]
