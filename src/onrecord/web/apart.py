"""Linking and weighing in a process of its own, so that pages need not take turns with it."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Collection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from onrecord.closing import Closing
from onrecord.domain.judgements import Subject
from onrecord.errors import OnrecordError
from onrecord.pipeline import take_up
from onrecord.places import Place
from onrecord.settings import Settings


class Apart(Closing):
    """A process that takes up judgements, started with the first; where it was killed, the next starts another.

    For one thread. The process ends with this one, whatever ends it: the pipe between them breaks then.
    """

    def __init__(self, path: Place | str, settings: Settings) -> None:
        self._path = path
        self._settings = settings
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def close(self) -> None:
        """Lets the process end."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.join()
        self._process = self._pipe = None

    def take_up(self, subjects: Collection[Subject]) -> None:
        """Does what `pipeline.take_up` does.

        Raises:
            OnrecordError: when the ledger cannot be written, or the process was killed.
        """
        try:
            pipe = self._started()
            pipe.send(tuple(subjects))
            failure = pipe.recv()
        except (EOFError, OSError) as error:
            self.close()
            raise OnrecordError(
                "the process that links and weighs was killed; the next judgement starts it again"
            ) from error
        if failure is not None:
            foreseen, words = failure
            raise OnrecordError(words) if foreseen else RuntimeError(words)

    def _started(self) -> Connection:
        if self._pipe is None:
            # Not forked: a copy of a process with threads may hold their locks for ever.
            spawning = multiprocessing.get_context("spawn")
            self._pipe, its = spawning.Pipe()
            self._process = spawning.Process(target=_work, args=(its, self._path, self._settings), daemon=True)
            self._process.start()
            its.close()
        return self._pipe


def _work(pipe: Connection, path: Place | str, settings: Settings) -> None:
    # Ctrl-C reaches every process of a terminal; the pages say when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            subjects = pipe.recv()
        except (EOFError, OSError):
            return
        failure = None
        try:
            take_up(path, subjects, settings)
        except OnrecordError as error:
            failure = (True, str(error))
        except Exception as error:
            failure = (False, f"{type(error).__name__}: {error}")
        pipe.send(failure)
