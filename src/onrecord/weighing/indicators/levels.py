"""The level of a baseline and its scatter, and how far a later day lies from it.

Counts of news scatter more than chance alone would have it, and fewer come at weekends. The model is quasi-Poisson
(McCullagh and Nelder, 1989): a level, a factor for each day of the week, and a variance proportional to the expected
value. Factors are drawn towards one and the variance towards a usual one, the more so the fewer days there are (as
Smyth, 2004, does for variances), so that four days are no sure ground and four weeks are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from operator import mul
from typing import Final

Dated = tuple[date, float]

WEEKDAYS_AS: Final = 10.0
"""So many expected counts of a day of the week weigh as much as the assumption that it is like the others."""
USUAL_DISPERSION: Final = 1.5
"""Variance over mean that is assumed of counts a day before any day is seen."""
USUAL_SCATTER: Final = 0.15
"""Standard deviation over mean that is assumed of figures."""
USUAL_AS: Final = 10.0
"""So many days weigh as much as those assumptions."""
_LEAST: Final = 0.05
"""Expected counts of a day on which the baseline has none."""
_HALF: Final = 0.5
"""What a sum of counts is held to be more than it is, so that nothing is no proof that nothing can come."""
_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Expected:
    """What a baseline lets one expect: `weekly` are factors from Monday on, `freedom` the days behind the scatter.

    `dispersion` is the variance over the expected value, `total` the sum that the level was estimated from.
    """

    level: float
    weekly: tuple[float, ...]
    dispersion: float
    freedom: float
    total: float

    def on(self, day: date) -> float:
        """The value that the level means for a day."""
        return max(_LEAST, self.level * self.weekly[day.weekday()])

    @property
    def deviation(self) -> float:
        """The standard deviation of a day."""
        return sqrt(self.dispersion * max(self.level, _LEAST))


def expected(stretches: Sequence[Sequence[Dated]], *, counts: bool) -> Expected:
    """What the last of some stretches of days lets one expect, each stretch being of one level.

    The earlier ones tell the rhythm of the week and the scatter, which outlast a change of level. `counts` tells
    origins from figures, which know no weekends.

    Raises:
        ValueError: when there are no days.
    """
    its = [_Sums.of(one) for one in stretches if one]
    if not its:
        raise ValueError("a baseline needs days")
    levels, weekly = _fitted(its, _ROUNDS if counts else 0)
    squares = due = 0.0
    for one, level in zip(its, levels, strict=True):
        for factor, days, total, square in zip(weekly, one.days, one.totals, one.squares, strict=True):
            here = max(_LEAST, level * factor)
            squares += max(0.0, square - 2 * here * total + days * here * here) / here
            due += days * here
    number = sum(one.number for one in its)
    fitted = len(its) + (6 * due / (due + 7 * WEEKDAYS_AS) if counts else 0)
    freedom = max(1.0, number - fitted)
    usual = USUAL_DISPERSION if counts else max(1.0, USUAL_SCATTER**2 * levels[-1])
    dispersion = (USUAL_AS * usual + squares) / (USUAL_AS + freedom)
    return Expected(levels[-1], weekly, dispersion, USUAL_AS + freedom, its[-1].total)


def distance(expectation: Expected, day: date, value: float) -> float:
    """How far a value lies from what is expected of its day, as a standard normal deviate; negative below.

    The uncertainty of the level counts; Student's t is turned into a normal deviate (Abramowitz and Stegun, 26.7.8).
    """
    due = expectation.on(day)
    t = (value - due) / sqrt(expectation.dispersion * due * (1 + due / expectation.total))
    freedom = expectation.freedom
    return t * (1 - 1 / (4 * freedom)) / sqrt(1 + t * t / (2 * freedom))


@dataclass(frozen=True, slots=True)
class _Sums:
    """A stretch of days by the day of the week, from Monday on: how many, their sum and the sum of their squares."""

    days: list[int]
    totals: list[float]
    squares: list[float]

    @classmethod
    def of(cls, stretch: Sequence[Dated]) -> _Sums:
        made = cls([0] * 7, [0.0] * 7, [0.0] * 7)
        for day, value in stretch:
            at = day.weekday()
            made.days[at] += 1
            made.totals[at] += value
            made.squares[at] += value * value
        return made

    @property
    def number(self) -> int:
        return sum(self.days)

    @property
    def total(self) -> float:
        return sum(self.totals) + _HALF


def _fitted(stretches: Sequence[_Sums], rounds: int) -> tuple[list[float], tuple[float, ...]]:
    """The level of each stretch and a factor for each day of the week, fitted in turn."""
    sums = [sum(its) for its in zip(*(one.totals for one in stretches), strict=True)]
    levels = [one.total / one.number for one in stretches]
    weekly = [1.0] * 7
    for _ in range(rounds):
        for at in range(7):
            due = sum(level * one.days[at] for level, one in zip(levels, stretches, strict=True))
            weekly[at] = (sums[at] + WEEKDAYS_AS) / (due + WEEKDAYS_AS)
        mean = sum(weekly) / 7
        weekly = [one / mean for one in weekly]
        levels = [one.total / sum(map(mul, weekly, one.days)) for one in stretches]
    return levels, tuple(weekly)
