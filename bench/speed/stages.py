"""CPU seconds by stage, told from outside: what a function does is charged to it, less what it hands on to another.

Functions are replaced for as long as they are watched, so the product holds no clocks.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

Clock = Callable[[], float]


class Stages:
    """What each stage took, in seconds of the clock (the thread's CPU time), and how often it was entered."""

    def __init__(self, clock: Clock = time.thread_time) -> None:
        self._clock = clock
        self._threads = threading.local()
        self._lock = threading.Lock()
        self.seconds: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()

    @contextmanager
    def within(self, stage: str) -> Iterator[None]:
        """Charges the stage with what is done meanwhile and not charged to a stage inside it."""
        handed_on: list[float] = self._threads.__dict__.setdefault("handed_on", [])
        handed_on.append(0.0)
        began = self._clock()
        try:
            yield
        finally:
            whole = self._clock() - began
            own = whole - handed_on.pop()
            if handed_on:
                handed_on[-1] += whole
            with self._lock:
                self.seconds[stage] += own
                self.calls[stage] += 1

    @contextmanager
    def watching(self, *watched: tuple[Any, str, str]) -> Iterator[None]:
        """Watches functions, each given by who owns it, its name there and the stage that it is."""
        kept = [(owner, name, owner.__dict__.get(name)) for owner, name, _ in watched]
        for owner, name, stage in watched:
            setattr(owner, name, self._charged(getattr(owner, name), stage))
        try:
            yield
        finally:
            for owner, name, before in reversed(kept):
                if before is None:
                    delattr(owner, name)
                else:
                    setattr(owner, name, before)

    def _charged(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        @wraps(function)
        def charged(*given: Any, **named: Any) -> Any:
            with self.within(stage):
                return function(*given, **named)

        return charged
