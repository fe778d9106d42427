"""A change in words that the page can prove from the days it shows."""

from __future__ import annotations

from onrecord.domain.days import whole_day
from onrecord.domain.indicators import Level, Series, Shift, Unit


def sentence(series: Series, shift: Shift) -> str:
    """What changed, since when, and from which values to which: "rising since 6 March 2031: 41 to 63 before, …".

    Both ranges are of days that the series shows; an indicator of origins says what is counted.
    """
    counted = " independent origins a day" if series.indicator.unit is Unit.ORIGINS else ""
    ended = next((day.day for day in reversed(series.days) if day.value is not None), shift.after.last)
    until = f" until {whole_day(shift.after.last)}" if shift.after.last < ended else ""
    since = f"from {whole_day(shift.day)}{until}" if until else f"since {whole_day(shift.day)}"
    before, after = spread(shift.before), spread(shift.after)
    return f"{shift.direction.value} {since}: {before}{counted} before, {after} after"


def spread(level: Level) -> str:
    """The least and the greatest value of some days.

    >>> from datetime import date
    >>> spread(Level(date(2031, 3, 2), date(2031, 3, 5), 51.5, 41, 63, 4))
    '41 to 63'
    """
    if level.least == level.greatest:
        return number(level.least)
    return f"{number(level.least)} to {number(level.greatest)}"


def number(value: float) -> str:
    """A value as a reader writes it.

    >>> number(95000.0), number(2.5)
    ('95,000', '2.5')
    """
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
