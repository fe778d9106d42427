"""One worker of this machine, `python -m onrecord.batch.worker`: jobs as lines on standard input, answers as lines out.

Whatever libraries print goes to standard error. When whoever started it is gone it ends at once, also in the middle of
a job: half a shard is no file.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread
from typing import Final, TextIO

from onrecord.batch.working import work

_OFTEN: Final = 0.25
"""Seconds between two lines that say how far a job is."""


def main() -> None:
    """Does jobs until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    jobs: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(jobs,), daemon=True).start()
    _say(answers, {"ready": os.getpid()})
    for line in _lines(jobs):
        _say(answers, work(json.loads(line), _Telling(answers)))


class _Telling:
    """Says how many inputs are done, but not too often."""

    def __init__(self, answers: TextIO) -> None:
        self._answers, self._due = answers, 0.0

    def __call__(self, inputs: int) -> None:
        now = time.monotonic()
        if now >= self._due:
            self._due = now + _OFTEN
            _say(self._answers, {"at": inputs})


def _say(answers: TextIO, value: object) -> None:
    answers.write(json.dumps(value) + "\n")
    answers.flush()


def _lines(jobs: SimpleQueue[str]) -> Iterator[str]:
    while True:
        yield jobs.get()


def _listen(jobs: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        jobs.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
