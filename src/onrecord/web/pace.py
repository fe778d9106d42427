"""How much of the interface for programs one asker gets in a minute; forgotten when the pages are started anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

MINUTE = 60.0
MOST_ASKERS = 10_000


class Pace:
    """So many requests a minute for each asker, and as many at once after a minute's rest."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def wait(self, asker: str) -> int:
        """Takes one request of an asker, and says 0; or the seconds to wait until there is one again."""
        with self._lock:
            now = self._clock()
            if len(self._left) >= MOST_ASKERS:
                # Who has rested for a minute has everything again, as who was never here.
                self._left = {one: kept for one, kept in self._left.items() if now - kept[1] < MINUTE}
            left, since = self._left.get(asker, (float(self.most), now))
            left = min(float(self.most), left + (now - since) * self.most / MINUTE)
            if left < 1:
                return int((1 - left) * MINUTE / self.most) + 1
            self._left[asker] = (left - 1, now)
            return 0
