"""What does jobs: processes of this machine, or a Dask cluster; and what it says meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from onrecord.batch.working import Job


@dataclass(frozen=True, slots=True)
class Event:
    """What is said of a job: `at` how many inputs it is, or in the end what was `done`, why it `failed`, or `fatal`."""

    job: Job
    answer: dict[str, Any]

    @property
    def is_last(self) -> bool:
        return "at" not in self.answer


class Engine(Protocol):
    """Does several jobs at once. A worker that dies is started anew, and its job has failed."""

    @property
    def workers(self) -> int:
        """How many jobs are done at once; changes on a cluster."""
        ...

    @property
    def dashboard(self) -> str | None:
        """Where a browser shows what is going on."""
        ...

    def submit(self, job: Job) -> None:
        """Begins a job; there should be no more of them than workers."""
        ...

    def events(self, seconds: float) -> Iterator[Event]:
        """What was said since, waiting so long for the first.

        Raises:
            BatchError: when there are no workers any more and none can be had.
        """
        ...

    def close(self) -> None:
        """Ends the workers at once, whatever they are doing."""
        ...
