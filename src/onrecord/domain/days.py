"""Days in words, the same under every locale, and days counted back."""

from __future__ import annotations

from datetime import date
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def whole_day(day: date) -> str:
    """A day in words.

    >>> whole_day(date(2031, 3, 6))
    '6 March 2031'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_before(day: date, days: int) -> date:
    """The day so many days before another, or the first that there is.

    >>> days_before(date(2031, 3, 6), 6), days_before(date(1, 1, 3), 30)
    (datetime.date(2031, 2, 28), datetime.date(1, 1, 1))
    """
    return date.fromordinal(max(1, day.toordinal() - days))
