"""Due days as a calendar for the wall: months with weeks as rows, and in each day how many entries fall due.

Reckoned here and drawn by a template, as the other pictures are (docs/decisions/0008). Lengths are in the units of a
month's view box. An entry is marked on the last day that counts. How an entry stands shows by the shape of its mark as
well as by colour; whatever the picture shows also stands in the table under it.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from onrecord.ledger.due_days import DueCount
from onrecord.publishing.wording import MONTHS, counted, day_words

MOST_MONTHS = 6
CELL_WIDTH, CELL_HEIGHT, HEAD = 52, 56, 22
"""A day's cell, and the row of the names of the days above the weeks."""
MARK_HEIGHT, MARKS_FROM, MARKS_IN, GAP = 17, 19, 3, 2
PADDED, WIDE, TICK = 9, 8, 10
"""Of a mark in its width: around the number, each of its digits, and the tick that stands before what is decided."""
MOST_SHOWN = 99
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class Stand(StrEnum):
    """How entries stand on the day as of which the calendar is told."""

    PASSED = "passed"
    OPEN = "open"
    DECIDED = "decided"


STAND_WORDS = {Stand.PASSED: "past and undecided", Stand.OPEN: "open", Stand.DECIDED: "decided"}


@dataclass(frozen=True, slots=True)
class CountMark:
    """How many entries of one day stand in one way; `text` is where its number stands."""

    stand: Stand
    number: str
    x: float
    y: float
    width: float
    text: float


@dataclass(frozen=True, slots=True)
class Weekday:
    """The head of a column."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day's cell; `iso` is what to ask for it, and `words` say what its marks say, empty where nothing is due."""

    x: int
    y: int
    number: int
    iso: str
    words: str
    marks: tuple[CountMark, ...]
    as_of: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month and the same in words; `near` is the one around which the others were chosen."""

    key: str
    name: str
    width: int
    height: int
    weekdays: tuple[Weekday, ...]
    days: tuple[CalendarDay, ...]
    words: str
    near: bool


@dataclass(frozen=True, slots=True)
class DueDay:
    """A row of the table under the months."""

    iso: str
    day: str
    passed: int
    open: int
    decided: int


@dataclass(frozen=True, slots=True)
class Beyond:
    """What lies before the months or behind them; `iso` is its nearest day."""

    entries: int
    iso: str
    day: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months, their due days, and how many entries are not in it: before and behind them, or without a day."""

    months: tuple[Month, ...]
    days: tuple[DueDay, ...]
    before: Beyond | None
    behind: Beyond | None
    undated: int


def due_calendar(counts: Iterable[DueCount], now: datetime, chosen: date | None = None) -> Calendar | None:
    """The calendar of some counts as of `now`, around the day that was `chosen`, else around that of `now`.

    None where no entry states a day.
    """
    by_day: dict[date, Counter[Stand]] = {}
    undated = 0
    for one in counts:
        if one.end is None:
            undated += one.entries
            continue
        last = (one.end.astimezone(UTC) - timedelta(microseconds=1)).date()
        by_day.setdefault(last, Counter())[_stand(one, now)] += one.entries
    if not by_day:
        return None
    as_of = now.astimezone(UTC).date()
    near = _month_of(chosen or as_of)
    months = _nearest({near, *map(_month_of, by_day)}, near)
    shown = {day: its for day, its in sorted(by_day.items()) if _month_of(day) in months}
    return Calendar(
        months=tuple(_month(one, shown, as_of, chosen, one == near) for one in months),
        days=tuple(
            DueDay(day.isoformat(), day_words(day), its[Stand.PASSED], its[Stand.OPEN], its[Stand.DECIDED])
            for day, its in shown.items()
        ),
        before=_beyond([day for day in by_day if _month_of(day) < months[0]], by_day, nearest=max),
        behind=_beyond([day for day in by_day if _month_of(day) > months[-1]], by_day, nearest=min),
        undated=undated,
    )


def _stand(one: DueCount, now: datetime) -> Stand:
    if one.status is not None:
        return Stand.DECIDED
    return Stand.PASSED if one.end is not None and one.end <= now else Stand.OPEN


def _month_of(day: date) -> tuple[int, int]:
    return day.year, day.month


def _nearest(months: Iterable[tuple[int, int]], near: tuple[int, int]) -> list[tuple[int, int]]:
    """The months nearest to one, in their order; of two as near the later, for what is to come matters more."""

    def distance(month: tuple[int, int]) -> tuple[int, bool]:
        off = (month[0] - near[0]) * 12 + month[1] - near[1]
        return abs(off), off < 0

    return sorted(sorted(months, key=distance)[:MOST_MONTHS])


def _beyond(
    days: list[date], by_day: Mapping[date, Counter[Stand]], nearest: Callable[[list[date]], date]
) -> Beyond | None:
    if not days:
        return None
    day = nearest(days)
    return Beyond(sum(by_day[one].total() for one in days), day.isoformat(), day_words(day))


def _month(
    month: tuple[int, int], shown: Mapping[date, Counter[Stand]], as_of: date, chosen: date | None, near: bool
) -> Month:
    before, length = monthrange(*month)
    days = []
    for place in range(length):
        day = date(*month, place + 1)
        row, column = divmod(before + place, len(WEEKDAYS))
        x, y = column * CELL_WIDTH, HEAD + row * CELL_HEIGHT
        its = shown.get(day, Counter())
        days.append(
            CalendarDay(
                x, y, day.day, day.isoformat(), _words(day, its), _marks(its, x, y), day == as_of, day == chosen
            )
        )
    weeks = -(-(before + length) // len(WEEKDAYS))
    name = f"{MONTHS[month[1] - 1]} {month[0]}"
    told = "; ".join(one.words for one in days if one.words)
    return Month(
        key=f"{month[0]:04}-{month[1]:02}",
        name=name,
        width=len(WEEKDAYS) * CELL_WIDTH,
        height=HEAD + weeks * CELL_HEIGHT,
        weekdays=tuple(Weekday((place + 0.5) * CELL_WIDTH, words) for place, words in enumerate(WEEKDAYS)),
        days=tuple(days),
        words=f"{told}." if told else f"No entry falls due in {name}.",
        near=near,
    )


def _marks(its: Counter[Stand], x: int, y: int) -> tuple[CountMark, ...]:
    """The marks of a day from left to right, with a new line where the next would leave the cell."""
    marks: list[CountMark] = []
    right, line = float(MARKS_IN), 0
    for stand in Stand:
        if not its[stand]:
            continue
        number = str(its[stand]) if its[stand] <= MOST_SHOWN else f"{MOST_SHOWN}+"
        tick = TICK if stand is Stand.DECIDED else 0
        width = PADDED + tick + WIDE * len(number)
        if marks and right + width > CELL_WIDTH:
            right, line = float(MARKS_IN), line + 1
        top = y + MARKS_FROM + line * (MARK_HEIGHT + GAP)
        marks.append(CountMark(stand, number, x + right, top, width, x + right + (width + tick) / 2))
        right += width + GAP
    return tuple(marks)


def _words(day: date, its: Counter[Stand]) -> str:
    stands = [(STAND_WORDS[stand], its[stand]) for stand in Stand if its[stand]]
    if not stands:
        return ""
    entries = f"{day_words(day)}, {counted(its.total(), 'entry', 'entries')}"
    if len(stands) == 1:
        return f"{entries}, {stands[0][0]}"
    return f"{entries}: {', '.join(f'{number:,} {words}' for words, number in stands)}"
