"""Stretches of the calendar: a day, a week, a quarter, a decade, with the TIMEX3 value and the interval of each.

A stretch is a unit and its running number, so that "two quarters earlier" is a subtraction. Intervals are half-open and
in UTC. Seasons are those of the north, from the first of March; the winter of a year begins in its December. A weekend
is Saturday and Sunday. A century is the hundred years with the same first two digits, as its value says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

SEASONS = ("SP", "SU", "FA", "WI")
FIRST_YEAR, LAST_YEAR = 1, 9990
"""Years outside these have no interval that a computer's calendar could give."""


class Unit(Enum):
    """The units that a stretch can have; the value is the letter of TIMEX3 durations, with T for those of a day."""

    CENTURY = "CE"
    DECADE = "DE"
    YEAR = "Y"
    HALF = "H"
    SEASON = "S"
    QUARTER = "Q"
    MONTH = "M"
    WEEK = "W"
    WEEKEND = "WE"
    DAY = "D"
    HOUR = "TH"
    MINUTE = "TM"
    SECOND = "TS"


_UNKNOWN = {
    Unit.CENTURY: "XX",
    Unit.DECADE: "XXX",
    Unit.YEAR: "XXXX",
    Unit.HALF: "XXXX-HX",
    Unit.SEASON: "XXXX-XX",
    Unit.QUARTER: "XXXX-QX",
    Unit.MONTH: "XXXX-XX",
    Unit.WEEK: "XXXX-WXX",
    Unit.WEEKEND: "XXXX-WXX-WE",
    Unit.DAY: "XXXX-XX-XX",
}
PER_YEAR = {Unit.HALF: 2, Unit.SEASON: 4, Unit.QUARTER: 4, Unit.MONTH: 12}
YEARS = {Unit.CENTURY: 100, Unit.DECADE: 10, Unit.YEAR: 1}
_VALUE = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|W(\d\d)(-WE)?|Q([1-4])|H([12])|(SP|SU|FA|WI)))?(?:T.*)?\Z")


def unknown(unit: Unit) -> str:
    """The value of a stretch whose unit alone is known."""
    return _UNKNOWN.get(unit, "XXXX-XX-XX")


def midnight(day: date) -> datetime:
    """When a day begins, in UTC."""
    return datetime.combine(day, time.min, UTC)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One century, year, week or day of the calendar; `index` counts them from the first."""

    unit: Unit
    index: int

    @property
    def first(self) -> date:
        """Its first day.

        Raises:
            ValueError: when the calendar does not reach that far; so do `value`, `start` and `end`.
        """
        unit, index = self.unit, self.index
        if unit in YEARS:
            return date(_checked(index * YEARS[unit]), 1, 1)
        if unit in PER_YEAR:
            year, number = divmod(index, PER_YEAR[unit])
            month = 1 + number * 12 // PER_YEAR[unit] + (2 if unit is Unit.SEASON else 0)
            return date(_checked(year), month, 1)
        ordinal = index if unit is Unit.DAY else index * 7 + (6 if unit is Unit.WEEKEND else 1)
        if not 1 <= ordinal <= date.max.toordinal() - 800:
            raise ValueError("beyond the calendar")
        return date.fromordinal(ordinal)

    @property
    def start(self) -> datetime:
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        if self.unit is Unit.WEEKEND:
            return self.start + timedelta(days=2)
        return Stretch(self.unit, self.index + 1).start

    @property
    def value(self) -> str:
        """Its TIMEX3 value."""
        first = self.first
        match self.unit:
            case Unit.CENTURY:
                return f"{self.index:02d}"
            case Unit.DECADE:
                return f"{self.index:03d}"
            case Unit.YEAR:
                return f"{first.year:04d}"
            case Unit.HALF | Unit.QUARTER:
                year, number = divmod(self.index, PER_YEAR[self.unit])
                return f"{year:04d}-{self.unit.value}{number + 1}"
            case Unit.SEASON:
                return f"{first.year:04d}-{SEASONS[self.index % 4]}"
            case Unit.MONTH:
                return f"{first.year:04d}-{first.month:02d}"
            case Unit.WEEK | Unit.WEEKEND:
                year, week, _ = first.isocalendar()
                return f"{year:04d}-W{week:02d}" + ("-WE" if self.unit is Unit.WEEKEND else "")
        return first.isoformat()

    def shifted(self, count: int) -> Stretch:
        """The one that comes `count` later, or earlier when negative."""
        return Stretch(self.unit, self.index + count)

    def years_off(self, count: int) -> Stretch:
        """The same stretch of another year; the 29th of February becomes the 28th."""
        if self.unit in PER_YEAR:
            return self.shifted(count * PER_YEAR[self.unit])
        if self.unit is Unit.DAY:
            return Stretch(Unit.DAY, moved(self.first, years=count).toordinal())
        return of(self.first, Unit.YEAR).shifted(count)


def _checked(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("beyond the calendar")
    return year


def of(day: date, unit: Unit) -> Stretch:
    """The stretch of this unit that a day lies in (for a weekend: that of its week; for units of a day: the day)."""
    if unit in YEARS:
        return Stretch(unit, day.year // YEARS[unit])
    if unit is Unit.SEASON:
        shifted = day.year * 12 + day.month - 1 - 2
        return Stretch(unit, shifted // 3)
    if unit in PER_YEAR:
        return Stretch(unit, day.year * PER_YEAR[unit] + (day.month - 1) * PER_YEAR[unit] // 12)
    if unit in (Unit.WEEK, Unit.WEEKEND):
        return Stretch(unit, (day.toordinal() - 1) // 7)
    return Stretch(Unit.DAY, day.toordinal())


def moved(day: date, *, years: int = 0, months: int = 0) -> date:
    """The same day of another month or year, or the last one of that month when it is shorter.

    Raises:
        ValueError: when the calendar does not reach that far.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + 12 * years + months, 12)
    last = (date(_checked(year) + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def read(value: str) -> Stretch | None:
    """The stretch that a value means, a time of day as its day; None for lengths, sets and references."""
    found = _VALUE.match(value)
    if found is None:
        return None
    year_text, month, day, week, weekend, quarter, half, season = found.groups()
    year = int(year_text)
    try:
        if day:
            return Stretch(Unit.DAY, date(year, int(month), int(day)).toordinal())
        if month:
            return Stretch(Unit.MONTH, year * 12 + int(month) - 1)
        if week:
            return of(date.fromisocalendar(year, int(week), 1), Unit.WEEKEND if weekend else Unit.WEEK)
    except ValueError:
        return None
    if quarter:
        return Stretch(Unit.QUARTER, year * 4 + int(quarter) - 1)
    if half:
        return Stretch(Unit.HALF, year * 2 + int(half) - 1)
    if season:
        return Stretch(Unit.SEASON, year * 4 + SEASONS.index(season))
    return Stretch(Unit.YEAR, year)


def third(stretch: Stretch, which: int) -> tuple[datetime, datetime]:
    """The early (0), middle (1) or late (2) part of a stretch.

    Months part after the 10th and the 20th, years after April and August; everything else into equal parts.
    """
    start, end = stretch.start, stretch.end
    first = stretch.first
    if stretch.unit is Unit.MONTH:
        edges = [start, midnight(first.replace(day=11)), midnight(first.replace(day=21)), end]
    elif stretch.unit is Unit.YEAR:
        edges = [start, midnight(first.replace(month=5)), midnight(first.replace(month=9)), end]
    else:
        part = (end - start) / 3
        edges = [start, start + part, start + 2 * part, end]
    return edges[which], edges[which + 1]
