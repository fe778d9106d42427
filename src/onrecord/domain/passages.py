"""Passages: the sentences and clauses of a statement, with what kind of act each is, its figures and its times.

A passage is the unit that is aligned and weighed. Every span in it is of the report's text, and what was computed (a
number, a day) stands beside the characters it was computed from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onrecord.domain.ids import content_id
from onrecord.domain.spans import Span


class Act(StrEnum):
    """What somebody does by saying it (after Searle, 1976, in the terms of news)."""

    CLAIM = "claim"
    DENIAL = "denial"
    DEMAND = "demand"
    COMMITMENT = "commitment"
    WARNING = "warning"
    PREDICTION = "prediction"
    QUESTION = "question"
    OPINION = "opinion"


class TimeKind(StrEnum):
    """The types of TIMEX3 (ISO-TimeML)."""

    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SET = "set"


class Bound(StrEnum):
    """How a figure stands to what it counts."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Time:
    """A point, stretch or length of time that a text names.

    `value` is that of TIMEX3 ("2022-02-16", "2022-W07", "P3D", "PRESENT_REF"). `start` and `end` are the half-open
    interval `[start, end)` in UTC that the words mean, None where they leave it open or mean a length alone.
    """

    span: Span
    kind: TimeKind
    value: str
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text gives, and what it counts or measures.

    `value` is the number itself ("some 150,000" → 150000), None for a range and for a number that has only edges
    ("tens of thousands": `low` 20000). `low` and `high` are the edges that the words set, inclusive ("more than 9" has
    `low` 9 and the bound says that it is not reached). `unit` is what `value` is measured in, in lower-case words of
    this record ("%", "usd", "km", "per day"), None for a plain count. `counted` are the words for the thing counted,
    `place` those for where it is, `as_of` the time that the figure holds for, where the passage says so.
    """

    span: Span
    value: float | None
    low: float | None = None
    high: float | None = None
    bound: Bound = Bound.EXACT
    unit: str | None = None
    counted: Span | None = None
    place: Span | None = None
    as_of: Time | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence or clause of a statement's content; it lies inside one part of the content.

    `negated` marks one that says that something is not so or was not seen, `conditional` one that hangs on an "if".
    """

    span: Span
    act: Act
    negated: bool = False
    conditional: bool = False
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()


def passage_id(report: str, words: str, span: Span) -> str:
    """The id of a passage: a hash of its report, where it stands and its characters, which are `words`."""
    return content_id("passage", report, span.start, span.end, words)
