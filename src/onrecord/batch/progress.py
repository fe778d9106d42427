"""How far a run is, as a bar, `onrecord batch status` and whoever asks show it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(slots=True)
class Progress:
    """How far a run is, in inputs and in shards; `done` are those of all shards that are done, by any run."""

    inputs: int
    shards: int
    done: int = 0
    done_shards: int = 0
    before: int = 0
    """Inputs that earlier runs read."""
    loaded: int = 0
    """Inputs that this run has put on the record, or found there."""
    began: float = field(default_factory=time.monotonic)
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    workers: int = 0
    dashboard: str | None = None
    stage: str = "reading"
    under_way: dict[str, int] = field(default_factory=dict)
    """Inputs of shards that are not done yet."""

    @property
    def at(self) -> int:
        """Inputs read, those of unfinished shards included."""
        return self.done + sum(self.under_way.values())

    @property
    def rate(self) -> float:
        """Inputs a second in this run."""
        return (self.at - self.before) / max(1e-9, time.monotonic() - self.began)

    @property
    def left(self) -> float | None:
        """Seconds until all is read, if it goes on like this; None where nothing can be said yet."""
        return max(0, self.inputs - self.at) / self.rate if self.rate > 0 else None

    def as_json(self) -> dict[str, Any]:
        return {
            "stage": self.stage,
            "started": self.started,
            "updated": datetime.now(UTC).isoformat(timespec="seconds"),
            "inputs": {"read": self.at, "of": max(self.at, self.inputs), "loaded": self.loaded},
            "shards": {"done": self.done_shards, "of": self.shards},
            "rate": round(self.rate, 3),
            "seconds_left": None if self.left is None or self.stage != "reading" else round(self.left),
            "workers": self.workers,
            "dashboard": self.dashboard,
        }
