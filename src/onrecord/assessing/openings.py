"""The days that reports open with, read from their first characters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from onrecord.domain.passages import Time
from onrecord.domain.spans import Span
from onrecord.reading.times import find_times
from onrecord.weighing.figures import OPENING, opening_day

Opening = tuple[str, str, datetime | None]
"""A report's id, the text that it opens with, and when it was published."""


def opening_days(openings: Iterable[Opening]) -> dict[str, Time]:
    """The day that each report opens with, by its id; those that open with none are left out."""
    found = {}
    for report, text, published in openings:
        head = text[:OPENING]
        times = find_times(head, Span(0, len(head)), published) if head else []
        day = opening_day(times, published)
        if day is not None:
            found[report] = day
    return found
