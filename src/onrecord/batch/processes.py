"""Workers as processes of this machine, each with a reader of its own.

They are started as programs and not forked, and talk in lines of JSON: so it is known which job a process was at when
it died, and nothing of this process is in them.
"""

from __future__ import annotations

import selectors
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from onrecord.batch.child import Child
from onrecord.batch.engines import Event
from onrecord.batch.working import Job
from onrecord.errors import BatchError

_MOST_FALSE_STARTS: Final = 3


class Processes:
    """So many workers; what they and libraries print on standard error goes to `log`.

    Raises:
        BatchError: when no process can be started.
    """

    dashboard = None

    def __init__(self, workers: int, log: Path) -> None:
        self._log = log
        self._selector = selectors.DefaultSelector()
        self._workers: list[Child] = []
        self._false_starts = 0
        try:
            for _ in range(workers):
                self._start()
        except BaseException:
            self.close()
            raise

    @property
    def workers(self) -> int:
        return len(self._workers)

    def submit(self, job: Job) -> None:
        """Begins a job in a process that has none."""
        free = next(worker for worker in self._workers if worker.job is None)
        free.begin(job)

    def events(self, seconds: float) -> Iterator[Event]:
        """What was said since, waiting so long for the first.

        Raises:
            BatchError: when processes end before they can take a job.
        """
        for key, _ in self._selector.select(seconds):
            worker: Child = key.data
            for answer in worker.said():
                if "ready" in answer:
                    self._false_starts = 0
                elif worker.job is not None:
                    job = worker.job
                    if "at" not in answer:
                        worker.job = None
                    yield Event(job, answer)
            if worker.has_ended:
                yield from self._ended(worker)

    def close(self) -> None:
        """Ends all processes at once."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._selector.close()

    def _start(self) -> None:
        try:
            worker = Child(self._log)
        except OSError as error:
            raise BatchError(f"no worker can be started: {error.strerror or error}") from error
        self._workers.append(worker)
        self._selector.register(worker.out, selectors.EVENT_READ, worker)

    def _ended(self, worker: Child) -> Iterator[Event]:
        self._selector.unregister(worker.out)
        self._workers.remove(worker)
        how = worker.end()
        self._false_starts += not worker.was_ready
        if self._false_starts >= _MOST_FALSE_STARTS:
            raise BatchError(f"workers end before they read anything ({how}); {self._log} holds what they said")
        self._start()
        if worker.job is not None:
            yield Event(worker.job, {"failed": f"the worker that read it {how}"})
