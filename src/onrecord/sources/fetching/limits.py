"""How much and how long an answer may be, and the deadline that a slow one meets."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import FetchRefused
from onrecord.sources.fetching.pace import Clock


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken from a server at most; sizes in bytes, times in seconds."""

    wire: int = 16_000_000
    """Of one answer as it comes, head and framing included."""
    decoded: int = 32_000_000
    """Of one answer's content."""
    ratio: int = 200
    """So many times its compressed size may a content grow, once it has passed `free`."""
    free: int = 1_000_000
    head: int = 64_000
    """Of one answer's head."""
    fields: int = 200
    """Header fields of one answer."""
    lookup: float = 15.0
    """Until a name is looked up."""
    connect: float = 10.0
    """Until one of a name's addresses takes the connection, and again until TLS stands."""
    silence: float = 20.0
    """Without a single byte."""
    total: float = 60.0
    """For everything that one `get` asks for: robots.txt and redirects too, the polite waiting apart."""
    redirects: int = 5
    robots: int = 500_000
    """Of robots.txt; what comes behind is left out, as RFC 9309 has it."""
    crawl_delay: float = 30.0
    """Of a Crawl-delay: who asks for more waits as long."""


class Deadline:
    """The moment at which patience with one `get` ends."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._clock = clock
        self._seconds = seconds
        self._end = clock.ticks() + seconds

    def left(self) -> float:
        """Seconds that are left, more than zero.

        Raises:
            FetchRefused: "too slow".
        """
        left = self._end - self._clock.ticks()
        if left <= 0:
            raise FetchRefused("too slow", f"not all had come after {self._seconds:g} seconds")
        return left

    def put_off(self, seconds: float) -> None:
        """Does not count time that we waited of our own accord."""
        self._end += seconds
