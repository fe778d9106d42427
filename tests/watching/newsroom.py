"""The newsroom watched with a clock that tests move: nothing sleeps, and nothing is looked at that is not due."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from examples.newsroom.serving import Server
from examples.newsroom.site import END, ManualClock
from examples.newsroom.sources import source_lines
from onrecord.reading.rules import RuleReader
from onrecord.sources.fetching import Clock, Fetcher, Limits
from onrecord.sources.outlets import Outlet, outlets
from onrecord.watching import Event, Rhythm, Watch

EVERY = timedelta(hours=2)
QUICK = Limits(total=2.0, silence=1.0)


def outlets_of(server: Server, *, trouble: bool = False) -> tuple[Outlet, ...]:
    """The newsroom's outlets, as its own sources file names them."""
    lines = "\n".join(source_lines(server.root, trouble=trouble))
    assert tomllib.loads(lines)
    return outlets(lines, "newsroom.toml")


def watch(ledger: Path, server: Server, clock: ManualClock, *, trouble: bool = False, linking: bool = False) -> Watch:
    """A watch over the newsroom at the clock's time."""
    # Deadlines of single answers go by the real time.
    told = Clock(now=clock)

    def fetcher() -> Fetcher:
        return Fetcher(allow_loopback=True, pause=0, limits=QUICK, clock=told)

    return Watch(
        ledger,
        outlets_of(server, trouble=trouble),
        fetcher,
        RuleReader,
        rhythm=Rhythm(every=EVERY.total_seconds(), tries=3),
        linking=linking,
        lanes=1,
        clock=told,
        chance=lambda: 0.0,
    )


def watched(ledger: Path, server: Server, clock: ManualClock, until: datetime = END) -> list[Event]:
    """All that happens when the newsroom is looked at every two hours from the clock's time on."""
    found: list[Event] = []
    while clock() <= until:
        with watch(ledger, server, clock) as one:
            found += one.run(once=True)
        clock.now += EVERY
    return found
