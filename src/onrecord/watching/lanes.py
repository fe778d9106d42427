"""Lanes: threads that fetch side by side, each with the hosts that are its own, so that no host has two connections."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from onrecord.errors import FetchRefused, OnrecordError
from onrecord.sources.fetching import Fetched, Fetcher
from onrecord.watching.rows import FeedRow, PageRow

LANES: Final = 8


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be fetched: a feed or a page."""

    of: FeedRow | PageRow

    @property
    def key(self) -> tuple[str, str]:
        """What tells two jobs apart."""
        return ("feed", self.of.address) if isinstance(self.of, FeedRow) else ("page", self.of.page)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: an answer, or why there is none."""

    job: Job
    came: Fetched | FetchRefused


class Lanes:
    """Fetches jobs in `number` threads; a context manager. What is under way when it closes is dropped."""

    def __init__(self, fetcher: Callable[[], Fetcher], number: int = LANES) -> None:
        self._jobs: list[queue.SimpleQueue[Job | None]] = [queue.SimpleQueue() for _ in range(number)]
        self._answers: queue.SimpleQueue[Answer | BaseException] = queue.SimpleQueue()
        self._fetcher = fetcher
        self._under_way: set[tuple[str, str]] = set()
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(jobs,), name=f"lane {place}", daemon=True)
            for place, jobs in enumerate(self._jobs, start=1)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        for jobs in self._jobs:
            jobs.put(None)

    @property
    def under_way(self) -> int:
        """How many jobs have no answer yet."""
        return len(self._under_way)

    def put(self, job: Job) -> bool:
        """Puts a job into its host's lane; False where it is there already."""
        if job.key in self._under_way:
            return False
        self._under_way.add(job.key)
        self._jobs[hash(job.of.host) % len(self._jobs)].put(job)
        return True

    def answer(self, patience: float) -> Answer | None:
        """The next answer; None where none comes within so many seconds.

        Raises:
            OnrecordError: as the fetcher cannot be made.
        """
        try:
            came = self._answers.get(timeout=patience) if patience > 0 else self._answers.get_nowait()
        except queue.Empty:
            return None
        if isinstance(came, BaseException):
            raise came
        self._under_way.discard(came.job.key)
        return came

    def _work(self, jobs: queue.SimpleQueue[Job | None]) -> None:
        try:
            with self._fetcher() as fetcher:
                while (job := jobs.get()) is not None and not self._closing.is_set():
                    self._answers.put(Answer(job, _fetched(fetcher, job)))
        except OnrecordError as error:
            self._answers.put(error)


def _fetched(fetcher: Fetcher, job: Job) -> Fetched | FetchRefused:
    one = job.of
    try:
        return fetcher.get(one.address, etag=one.etag, modified=one.modified)
    except FetchRefused as error:
        return error
    except Exception as error:
        # An answer that breaks the fetcher must not end the watch; its reason says what to look at.
        return FetchRefused("broken answer", f"{type(error).__name__}: {error}"[:300])
