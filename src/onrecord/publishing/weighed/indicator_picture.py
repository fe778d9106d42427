"""An indicator as a picture: a bar a day, a line at the level before and after each change, a mark at the change.

Days without data are left empty and drawn as a broken line on the ground, so that no bar is never read as a zero.
Reckoned here and drawn by a template; lengths are in the units of the drawing's view box. Whatever the picture shows
also stands in the table under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.domain.indicators import Day, Series, Shift, Unit
from onrecord.publishing.linked.spread import Tick
from onrecord.publishing.weighed.axis import Level, days_across, levels, scale, upwards
from onrecord.publishing.wording import counted, day_words, number_words, short_day

WIDTH, HEIGHT = 720, 250
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 38, 34
WIDEST = 34
NUMBERED = 26
"""A bar's slot at least so wide has room for its number."""
MOST_WITH_WORDS = 200
"""Bars that each say what they are; beyond so many they are drawn in one stroke."""
CHANGE_APART = 96
"""Changes nearer to each other than this have their words on lines of their own."""


@dataclass(frozen=True, slots=True)
class DayBar:
    """The value of one day; `number` stands above it where there is room."""

    x: float
    y: float
    width: float
    height: float
    number: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row without data; `words` where there is room for them."""

    x1: float
    x2: float
    words: str | None


@dataclass(frozen=True, slots=True)
class Mean:
    """The level on one side of a change."""

    x1: float
    x2: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """Where a level changes; the words stand at `y`, and end or begin at the line as `anchor` says."""

    x: float
    y: float
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class IndicatorPicture:
    """The picture and the same in words; `stroke` draws all bars at once where there are too many to name each."""

    width: int
    height: int
    ground: float
    levels: tuple[Level, ...]
    ticks: tuple[Tick, ...]
    bars: tuple[DayBar, ...]
    stroke: str
    gaps: tuple[Gap, ...]
    means: tuple[Mean, ...]
    changes: tuple[ChangeMark, ...]
    words: str


def indicator_picture(series: Series, shifts: Sequence[Shift], sentences: Sequence[str]) -> IndicatorPicture | None:
    """The picture of a series; None where no day has data."""
    days = series.days
    known = [(place, day.value) for place, day in enumerate(days) if day.value is not None]
    if not known:
        return None
    values = [value for _, value in known]
    least, most, step = scale(min(0.0, *values), max(0.0, *values), whole=series.indicator.unit is Unit.ORIGINS)
    up = upwards(least, most, HEIGHT - BOTTOM, TOP)
    slot = (WIDTH - LEFT - RIGHT) / len(days)
    first = days[0].day

    def edge(day: date) -> float:
        return round(LEFT + slot * (day - first).days, 1)

    bars = tuple(_bar(days[place], value, edge(days[place].day), slot, up(value), up(0.0)) for place, value in known)
    together = len(bars) > MOST_WITH_WORDS
    return IndicatorPicture(
        width=WIDTH,
        height=HEIGHT,
        ground=up(0.0),
        levels=levels(least, most, step, up),
        ticks=days_across(first, days[-1].day, lambda day: round(edge(day) + slot / 2, 1)),
        bars=() if together else bars,
        stroke="".join(f"M{bar.x} {bar.y}h{bar.width}v{bar.height}h{-bar.width}z" for bar in bars) if together else "",
        gaps=tuple(
            Gap(edge(a), round(edge(b) + slot, 1), "no data" if edge(b) + slot - edge(a) > 50 else None)
            for a, b in gaps(days)
        ),
        means=tuple(
            Mean(
                edge(one.first),
                round(edge(one.last) + slot, 1),
                up(one.mean),
                f"{number_words(round(one.mean, 1))} a day",
            )
            for one in dict.fromkeys(level for shift in shifts for level in (shift.before, shift.after))
        ),
        changes=tuple(_changes(shifts, [edge(one.day) for one in shifts])),
        words=told(series, sentences),
    )


def gaps(days: Sequence[Day]) -> Iterator[tuple[date, date]]:
    """The first and the last day of each stretch without data."""
    first: date | None = None
    for place, day in enumerate(days):
        if day.value is not None:
            first = None
            continue
        first = first or day.day
        if place + 1 == len(days) or days[place + 1].value is not None:
            yield first, day.day


def told(series: Series, sentences: Sequence[str]) -> str:
    """A series in words."""
    days = [day for day in series.days if day.value is not None]
    values = [day.value for day in days if day.value is not None]
    most = days[values.index(max(values))]
    empty = len(series.days) - len(days)
    parts = [
        f"{counted(len(days), 'day', 'days')} with data from {day_words(days[0].day)} to {day_words(days[-1].day)}",
        f"most, {number_words(max(values))}, on {day_words(most.day)}",
        f"{counted(empty, 'day', 'days')} without data" if empty else "",
        *(sentences or ("no change",)),
    ]
    return "; ".join(part for part in parts if part) + "."


def _bar(day: Day, value: float, left: float, slot: float, y: float, ground: float) -> DayBar:
    width = round(min(slot * 0.72, WIDEST) if slot > 3 else slot, 2)
    return DayBar(
        x=round(left + (slot - width) / 2, 1),
        y=min(y, ground),
        width=width,
        height=round(abs(ground - y), 1),
        number=number_words(value) if slot >= NUMBERED else None,
        words=f"{day_words(day.day)}: {number_words(value)}",
    )


def _changes(shifts: Sequence[Shift], places: Sequence[float]) -> Iterator[ChangeMark]:
    before, low = -CHANGE_APART * 1.0, False
    for shift, x in zip(shifts, places, strict=True):
        low = x - before < CHANGE_APART and not low
        words = f"{shift.direction.value} since {short_day(shift.day)}"
        before = x
        yield ChangeMark(x, 27.0 if low else 13.0, "end" if x > WIDTH - CHANGE_APART else "start", words)
