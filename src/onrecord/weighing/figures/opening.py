"""The day of what a report tells, where a passage in it names none: the day that the report opens with.

"24 dead and dozens more wounded" names no day; the first sentence of its report does, "a car bomb tore through a convoy
on Saturday". So tolls get a day to be compared by. What is stored and shown of a figure stays what its passage says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from onrecord.domain.figures import Counted
from onrecord.domain.passages import Time, TimeKind
from onrecord.weighing.figures.vocabulary import CUMULATIVE, TOLLS

OPENING: Final = 400
"""Characters that a report opens with: its first sentence or two."""
NEWS: Final = 7
"""Days before publication that news is of, at most."""
_SO_FAR: Final = re.compile(r"\bso far\b", re.IGNORECASE)
_LONGEST: Final = 4_000


def opening_day(times: Iterable[Time], published: datetime | None) -> Time | None:
    """The day that a report is of, by the times of its opening: the first in the week before it was published.

    The day of publication itself comes last: it stands in datelines.
    """
    if published is None:
        return None
    today = published.astimezone(UTC).date()
    near = [one for one in times if _is_day(one) and 0 <= _days(one, published) <= NEWS]
    return next((one for one in near if one.start and one.start.date() != today), near[0] if near else None)


def is_dayless(one: Counted) -> bool:
    """Whether a figure is a toll of one happening whose passage names no day; "so far" sums up more than one."""
    if one.block not in TOLLS or one.dated:
        return False
    words = one.rendering.words[:_LONGEST]
    return not (_SO_FAR.search(words) or CUMULATIVE.search(words))


def opened(figures: Iterable[Counted], days: Mapping[str, Time]) -> Iterator[Counted]:
    """The figures, those that are dayless with the one of `days`, by report."""
    for one in figures:
        day = days.get(one.rendering.report) if is_dayless(one) else None
        yield one if day is None else replace(one, start=day.start, end=day.end, dated=True)


def _is_day(time: Time) -> bool:
    if time.kind not in (TimeKind.DATE, TimeKind.TIME) or time.start is None or time.end is None:
        return False
    return time.end - time.start <= timedelta(days=1)


def _days(time: Time, published: datetime) -> int:
    """Whole days from the day of a time to that of publication."""
    return (published.astimezone(UTC).date() - time.start.date()).days if time.start is not None else -1
