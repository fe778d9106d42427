"""When a feed and a page are looked at again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from onrecord.errors import SettingsError

HOUR: Final = 3_600.0
DAY: Final = 86_400.0
NEWEST: Final = 30
"""Items of a feed by which it is told how often it has something new."""
_UNITS: Final = {"s": 1.0, "m": 60.0, "h": HOUR, "d": DAY}
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd])")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often things are looked at; all in seconds.

    `every` is how often a feed is looked at, its own rhythm between `least` and `most` unless told. `again` are the
    times after its first reading at which a page is looked at again. `first` and `longest` bound the wait after
    failures, `tries` is how often a page is asked for that does not come.
    """

    every: float | None = None
    least: float = 300.0
    most: float = 2 * HOUR
    again: tuple[float, ...] = (HOUR, DAY, 7 * DAY)
    first: float = 60.0
    longest: float = 6 * HOUR
    tries: int = 6

    def of_feed(self, published: Sequence[datetime], per_day: float | None, kept: float | None) -> float:
        """Seconds until a feed is looked at again: half of what usually lies between two of its items.

        `per_day` is how many items a day its outlet is said to have, `kept` for how long its server says that the
        answer may be kept.
        """
        if self.every is not None:
            return self.every
        wait = max(_between(published, per_day) / 2, kept or 0.0)
        return min(max(wait, self.least), self.most)

    def after_failure(self) -> tuple[float, float]:
        """The first and the longest wait after a failure; one that is told its rhythm fails in the same."""
        first = self.first if self.every is None else min(self.first, self.every)
        return first, max(first, self.longest if self.every is None else min(self.longest, 10 * self.every))

    def next_look(self, first: datetime, looks: int) -> datetime | None:
        """When a page that was first read at `first` is looked at after so many looks; None when it no longer is."""
        return first + timedelta(seconds=self.again[looks]) if looks < len(self.again) else None


def _between(published: Sequence[datetime], per_day: float | None) -> float:
    if per_day:
        return DAY / per_day
    newest = sorted(published, reverse=True)[:NEWEST]
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(newest)]
    return median(gaps) if gaps else HOUR


def length(text: str) -> float:
    """Seconds, as a person writes them.

    Raises:
        SettingsError: when it is no length of time.

    >>> length("90s"), length("1h"), length("7 d")
    (90.0, 3600.0, 604800.0)
    """
    found = _LENGTH.fullmatch(text.strip().lower())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if seconds <= 0:
        raise SettingsError(f"{text!r} is no length of time; write it like 30s, 10m, 1h or 7d")
    return seconds
