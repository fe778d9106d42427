"""Times as a desk keeps them: texts in UTC of one width, so that their order is that of the times."""

from __future__ import annotations

from datetime import UTC, datetime


def kept(moment: datetime) -> str:
    """A time as text.

    >>> kept(datetime(2031, 3, 7, 9, 5, tzinfo=UTC))
    '2031-03-07T09:05:00.000000+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """The time that a text keeps."""
    return datetime.fromisoformat(text)
