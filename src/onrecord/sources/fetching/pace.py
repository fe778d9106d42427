"""When to ask again: politeness toward each host, back-off after failures, and what a server says of it.

Time comes in by a `Clock`, so that tests hand in their own and nobody sleeps.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MOST_DOUBLINGS = 60
_FORGET = 3_600.0
_SECONDS = re.compile(r"[0-9]{1,9}")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?([0-9]{1,9})", re.IGNORECASE)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is (UTC), seconds that only ever go forward, and how to let some pass."""

    now: Callable[[], datetime] = _now
    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Pace:
    """Lets `pause` seconds pass between two requests to one host, or more where the host asks for it."""

    def __init__(self, pause: float, clock: Clock) -> None:
        self._pause = pause
        self._clock = clock
        self._asked: dict[str, float] = {}

    def left(self, host: str, delay: float = 0.0) -> float:
        """Seconds until the host may be asked."""
        return wait_for(self._clock.ticks(), self._asked.get(host), max(self._pause, delay))

    def wait(self, host: str, delay: float = 0.0) -> float:
        """Waits until the host may be asked; seconds waited."""
        seconds = self.left(host, delay)
        if seconds > 0:
            self._clock.sleep(seconds)
        return seconds

    def asked(self, host: str) -> None:
        """Notes that an exchange with the host has just ended."""
        ticks = self._clock.ticks()
        if len(self._asked) >= 10_000:
            self._asked = {name: at for name, at in self._asked.items() if ticks - at < _FORGET}
        self._asked[host] = ticks


def wait_for(ticks: float, last: float | None, pause: float) -> float:
    """Seconds to wait before a host that was last asked at `last` may be asked again.

    >>> wait_for(100.0, 99.75, 1.0)
    0.75
    >>> wait_for(100.0, None, 1.0)
    0.0
    """
    return 0.0 if last is None else max(0.0, last + pause - ticks)


def backoff(failures: int, *, first: float, most: float, random: Callable[[], float]) -> float:
    """Seconds to wait after so many failures in a row: `first`, twice that, and so on up to `most`.

    `random` gives numbers from 0 up to 1. The upper half of the time is left to chance, so that what failed at once is
    not tried again at once.

    >>> [backoff(failures, first=60, most=3600, random=lambda: 1.0) for failures in (0, 1, 2, 3, 40)]
    [0.0, 60.0, 120.0, 240.0, 3600.0]
    >>> backoff(2, first=60, most=3600, random=lambda: 0.0)
    60.0
    """
    if failures <= 0:
        return 0.0
    full = min(most, first * 2.0 ** min(failures - 1, _MOST_DOUBLINGS))
    return full / 2 + full / 2 * random()


def retry_after(value: str | None, now: datetime, most: float) -> float | None:
    """Seconds that a Retry-After header asks to wait, as seconds or as a date; None where it says nothing sound.

    >>> retry_after("120", datetime(2031, 3, 3, tzinfo=UTC), 86_400)
    120.0
    >>> retry_after("Mon, 03 Mar 2031 00:05:00 GMT", datetime(2031, 3, 3, tzinfo=UTC), 86_400)
    300.0
    """
    text = (value or "").strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), most)
    try:
        when = parsedate_to_datetime(text)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
        return min(max((when - now).total_seconds(), 0.0), most)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def max_age(cache_control: str | None) -> float | None:
    """Seconds for which an answer may be kept by its Cache-Control, 0 for one that is not to be kept.

    >>> max_age("public, max-age=600")
    600.0
    """
    text = (cache_control or "")[:1_000].lower()
    if "no-store" in text or "no-cache" in text:
        return 0.0
    found = _MAX_AGE.search(text)
    return float(found[1]) if found else None
