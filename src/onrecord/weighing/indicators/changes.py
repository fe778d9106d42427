"""Change points of a series, found day by day as they could have been found at the time.

A two-sided cumulative sum (Page, 1954) over at most the last seven days with data: how far each day lies from the
baseline before the first of them, less an allowance, summed. The first of the days with the greatest sum is the day of
the change. After a change the level starts anew from there, and so it does at a break of the outlets. What else was
tried, and what it found, stands in docs/decisions/0007.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import exp
from typing import Final

from onrecord.domain.days import days_before, whole_day
from onrecord.domain.indicators import Day, Direction, Level, Series, Shift, Unit
from onrecord.weighing.indicators.levels import Dated, Expected, distance, expected
from onrecord.weighing.indicators.telling import number, sentence

LONGEST: Final = 7
"""Days with data over which a change is summed up."""
FEWEST: Final = 4
"""Days with data that a baseline needs."""
FEWEST_FOR_WEEKS: Final = 14
"""Days with data, before a change and after, from which the rhythm of the week is known."""
ALLOWANCE: Final = 0.375
"""What is taken off each day, as a share of an indicator's threshold."""
IN_CONTROL: Final = 1_000.0
"""Days between false alarms on one side, were the days normal and the level known; set on the tuning half."""


@dataclass(frozen=True, slots=True)
class Found:
    """A change among the days with data: those of the baseline are `[start, change)`, the alarm is at `alarm`."""

    start: int
    change: int
    alarm: int
    rising: bool
    before: Expected


def shifts(series: Series) -> tuple[Shift, ...]:
    """The change points of a series, earliest first.

    Changes of the indicator's threshold are found soonest, those of less than half of it not at all.
    """
    days = [day for day in series.days if day.value is not None]
    found = list(changes(series))
    anew = [bisect_left(days, one.day, key=lambda day: day.day) for one in series.breaks if one.day is not None]
    ends = sorted({*(one.change for one in found), *anew, len(days)})
    return tuple(_shift(series, days, one, ends[bisect_right(ends, one.change)]) for one in found)


def changes(series: Series, in_control: float = IN_CONTROL) -> Iterator[Found]:
    """The changes by their places among the days with data, each as it was found on the day of its alarm."""
    indicator = series.indicator
    counts = indicator.unit is Unit.ORIGINS
    allowance = ALLOWANCE * indicator.threshold
    limit = alarm_limit(allowance, in_control)
    dated = [(day.day, day.value) for day in series.days if day.value is not None]
    anew = {bisect_left(dated, one.day, key=_day) for one in series.breaks if one.day is not None}
    starts = [0]
    watched: list[_Watched] = []
    for now, (day, value) in enumerate(dated):
        if now in anew and now > starts[-1]:
            starts.append(now)
            watched = []
        earliest = bisect_left(dated, days_before(day, indicator.baseline), key=_day)
        first = max(starts[-1], earliest)
        if now - first >= FEWEST and (not counts or now - earliest >= FEWEST_FOR_WEEKS):
            edges = [earliest, *(one for one in starts if one > earliest), now]
            before = expected([dated[a:b] for a, b in pairwise(edges)], counts=counts)
            watched.append(_Watched(first, now, before))
        watched = watched[-LONGEST:]
        for one in watched:
            one.add(day, value, allowance)
        # Of two that stand out as much the later: it claims less.
        best = max(watched, key=lambda one: (one.most, one.change), default=None)
        if best is not None and best.most >= limit and best.size(now) >= indicator.threshold / 2:
            yield Found(best.start, best.change, now, best.above >= best.below, best.before)
            starts.append(best.change)
            watched = []


@lru_cache(maxsize=256)
def alarm_limit(allowance: float, in_control: float) -> float:
    """The sum from which there is an alarm, so that there are `in_control` days between false ones on one side.

    Siegmund's (1985) approximation for normal days. A smaller allowance asks for a larger sum.

    >>> round(alarm_limit(0.5, 930), 1)
    5.0
    """
    low, high = 0.0, 1_000.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        reach = 2 * allowance * (middle + 1.166)
        if reach < 700 and (exp(reach) - reach - 1) / (2 * allowance**2) < in_control:
            low = middle
        else:
            high = middle
    return high


@dataclass(slots=True)
class _Watched:
    """A day from which on the level may be another: how far the days since lie above and below, summed."""

    start: int
    change: int
    before: Expected
    above: float = 0.0
    below: float = 0.0
    _off: float = 0.0

    @property
    def most(self) -> float:
        return max(self.above, self.below)

    def size(self, now: int) -> float:
        """How far the days up to `now` lie from the baseline on average, in its standard deviations."""
        return abs(self._off) / (now + 1 - self.change) / self.before.deviation

    def add(self, day: date, value: float, allowance: float) -> None:
        far = distance(self.before, day, value)
        self.above += far - allowance
        self.below += -far - allowance
        self._off += value - self.before.on(day)


def _day(dated: Dated) -> date:
    return dated[0]


def _shift(series: Series, days: Sequence[Day], found: Found, end: int) -> Shift:
    before, after = _level(days[found.start : found.change]), _level(days[found.change : end])
    behind = days[found.start : found.alarm + 1]
    direction = Direction.RISING if found.rising else Direction.FALLING
    size = round((after.mean - before.mean) / found.before.deviation, 2)
    known = max(day.known or day.day for day in behind)
    made = Shift(series.indicator.name, days[found.change].day, direction, before, after, size, known, ())
    reasons = (sentence(series, made), *_reasons(series, made, days[found.alarm]))
    return replace(made, reasons=reasons)


def _level(days: Sequence[Day]) -> Level:
    values = [day.value or 0.0 for day in days]
    return Level(
        days[0].day,
        days[-1].day,
        sum(values) / len(values),
        min(values),
        max(values),
        len(days),
        tuple(sorted({passage for day in days for passage in day.passages})),
    )


def _reasons(series: Series, shift: Shift, alarm: Day) -> Iterator[str]:
    before, after = shift.before, shift.after
    counts = series.indicator.unit is Unit.ORIGINS
    daily = " a day" if counts else ""
    means = [number(round(one.mean, 1)) for one in (before, after)]
    yield f"{means[0]}{daily} on average over {_days(before)}, {means[1]} over {_days(after)}"
    if counts:
        yield "each day is set against the same days of the week before"
    if shift.known > alarm.day:
        yield f"first to be seen on {whole_day(shift.known)}, when the figures up to {whole_day(alarm.day)} were out"
    else:
        yield f"first to be seen on {whole_day(shift.known)}"
    for one in series.breaks:
        if one.day is not None and one.day <= shift.day:
            yield one.words


def _days(level: Level) -> str:
    if level.days == 1:
        return f"one day, {whole_day(level.first)}"
    return f"the {level.days} days with data from {whole_day(level.first)} to {whole_day(level.last)}"
