"""One worker as a process of its own, whose death is nobody else's.

It is started as a program and not forked, and talks in lines of JSON: nothing of this process is in it, and it ends
when this one does.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from onrecord.batch.working import Job

_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


class Child:
    """One process, and the job it is at; what is said on standard error goes to `log`, or else to ours.

    Raises:
        OSError: when it cannot be started.
    """

    def __init__(self, log: Path | None) -> None:
        self.job: Job | None = None
        self.was_ready = self.has_ended = False
        self._pending = b""
        environment = os.environ | {name: os.environ.get(name, "1") for name in _THREADS}
        with contextlib.ExitStack() as stack:
            said = None if log is None else stack.enter_context(log.open("ab"))
            self._process = subprocess.Popen(
                [sys.executable, "-m", "onrecord.batch.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                env=environment,
                # Ctrl-C is for whoever started it, who then ends it.
                start_new_session=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self.out = self._process.stdin, self._process.stdout

    def begin(self, job: Job) -> None:
        """Sends a job; where the process has died meanwhile, that shows when it is listened to."""
        self.job = job
        with contextlib.suppress(OSError):
            self._in.write(json.dumps(job.as_json()).encode("ascii") + b"\n")
            self._in.flush()

    def said(self) -> Iterator[dict[str, object]]:
        """The lines that have come; none of them waits to be whole."""
        piece = os.read(self.out.fileno(), 1 << 16)
        self.has_ended = not piece
        *lines, self._pending = (self._pending + piece).split(b"\n")
        for line in lines:
            answer = json.loads(line)
            self.was_ready |= "ready" in answer
            yield answer

    def do(self, job: Job) -> dict[str, object]:
        """Does a job, and waits for what is answered in the end."""
        self.begin(job)
        while not self.has_ended:
            for answer in self.said():
                if "at" not in answer and "ready" not in answer:
                    self.job = None
                    return answer
        how = self.end()
        if not self.was_ready:
            return {"fatal": f"a process that should read {how} before it could; its worker's log says why"}
        return {"failed": f"the worker that read it {how}"}

    def end(self) -> str:
        """Ends it, if it has not ended; how it did, in words."""
        if not self.has_ended:
            self._process.kill()
        code = self._process.wait()
        for pipe in (self._in, self.out):
            with contextlib.suppress(OSError):
                pipe.close()
        if code < 0:
            return f"was killed by {signal.Signals(-code).name}"
        return f"ended with code {code}"
