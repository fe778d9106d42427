"""Axes that the pictures of figures and of indicators share: round numbers upwards, days across.

Lengths are in the units of a drawing's view box.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from onrecord.publishing.linked.spread import Tick
from onrecord.publishing.wording import number_words, short_day

MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Level:
    """A line across at one number."""

    y: float
    words: str


def scale(least: float, most: float, *, whole: bool = False) -> tuple[float, float, float]:
    """Edges and step of an axis of round numbers; it begins at 0 unless the values are close together far above it.

    `whole` is for counts, of which there are no halves.

    >>> scale(0.0, 172.0), scale(95000.0, 105000.0)
    ((0.0, 200.0, 50.0), (95000.0, 105000.0, 2500.0))
    """
    if least > 0 and (most - least) > 0.4 * most:
        least = 0.0
    if most - least <= 1e-9 * max(1.0, abs(least), abs(most)):
        least, most = min(0.0, least), max(0.0, most)
        most = most if most - least > 1e-9 else least + 1.0
    rough = (most - least) / 4
    size = 10.0 ** floor(log10(rough))
    step = next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= rough)
    step = float(ceil(step)) if whole else step
    return floor(least / step) * step, -floor(-most / step) * step, step


def upwards(least: float, most: float, low: float, high: float) -> Callable[[float], float]:
    """Places numbers: `least` of them at the height `low` of a drawing, `most` at `high`."""
    return lambda value: round(low - (value - least) / (most - least) * (low - high), 1)


def levels(least: float, most: float, step: float, up: Callable[[float], float]) -> tuple[Level, ...]:
    """The lines of an axis, lowest first; `up` places a number."""
    count = round((most - least) / step)
    return tuple(Level(up(least + step * place), number_words(least + step * place)) for place in range(count + 1))


def days_across(first: date, last: date, across: Callable[[date], float]) -> tuple[Tick, ...]:
    """Marks for a few days from `first` to `last`, the first of them with its year; `across` places a day."""
    days = (last - first).days
    step = max(1, -(-(days + 1) // MOST_TICKS))
    ticks = []
    for place in range(0, days + 1, step):
        day = date.fromordinal(first.toordinal() + place)
        words = short_day(day) + (f" {day.year}" if place == 0 else "")
        ticks.append(Tick(across(day), words, "middle"))
    return tuple(ticks)
