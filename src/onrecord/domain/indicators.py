"""Indicators: named, dated series from the record with baseline and threshold, and the points where they change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onrecord.domain.passages import Act


class Unit(StrEnum):
    """What a day of a series is."""

    ORIGINS = "origins"
    """How many independent origins said it for the first time on that day, each utterance counted apart."""
    FIGURE = "figure"
    """The number that the record gives for that day."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, day by day, and which change of it counts.

    An utterance must pass every condition that is given: one of `acts`, said by one of `actors`, naming one of
    `places`, and either one of `words` (a word, a phrase, or a beginning of a word with `*`) or as near in meaning to
    one of `examples` as `likeness` (a cosine) asks. `counted` are words for what a figure of `Unit.FIGURE` counts; with
    `bare` figures of the `actors` count as well where no word tells what they count ("they put the two days at 139 and
    151").
    `sources` are the outlets that count; empty for those that were there when the window began. `baseline` is in days,
    `threshold` in standard deviations of the baseline.
    """

    name: str
    unit: Unit = Unit.ORIGINS
    acts: tuple[Act, ...] = ()
    actors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    likeness: float = 0.6
    places: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    bare: bool = False
    sources: tuple[str, ...] = ()
    baseline: int = 56
    threshold: float = 2.0


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a series: its value, None where there is no data, and what stands behind it.

    `known` is the first day on which the record could show the value: that of publication. Ids are sorted.
    """

    day: date
    value: float | None
    known: date | None = None
    utterances: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Break:
    """A change of what is looked at, not of the world: an outlet that came on the record or fell silent.

    `day` is the first day on which it tells, None where the outlet is left out and nothing is broken.
    """

    outlet: str | None
    day: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator day by day, without a gap, earliest first; `sources` are the outlets that are counted, sorted."""

    indicator: Indicator
    days: tuple[Day, ...]
    sources: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()


class Direction(StrEnum):
    """Which way a level changed."""

    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class Level:
    """The days on one side of a change: from `first` to `last`, their mean, and the least and greatest value."""

    first: date
    last: date
    mean: float
    least: float
    greatest: float
    days: int
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """A change point: from `day` on, the level is another one.

    `before` is the baseline that the change was found against, `after` what has come from `day` on, up to the next
    change. `size` is the difference of their means in standard deviations of the baseline, negative for a fall. `known`
    is the day on which the record, as it was then, first showed the change.
    """

    indicator: str
    day: date
    direction: Direction
    before: Level
    after: Level
    size: float
    known: date
    reasons: tuple[str, ...]
