"""`onrecord read` and `verify` as processes, and a Dask cluster on this machine, for measuring and for killing."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Done:
    """A run that came to its end: its tally, and seconds of the wall and of all its processes."""

    tally: dict[str, Any]
    seconds: float
    cpu_seconds: float
    memory: int
    """Most bytes that one of its processes had."""


class Reading:
    """`onrecord read` at work, in a session of its own."""

    def __init__(self, inputs: list[Path], ledger: Path, *options: str, reader: str = "tagger", path: str = "") -> None:
        command = [sys.executable, "-m", "onrecord", "read", *map(str, inputs), "--ledger", str(ledger)]
        self._began = time.monotonic()
        self._process = subprocess.Popen(
            [*command, "--reader", reader, "--no-link", "--json", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | ({"PYTHONPATH": os.pathsep.join(filter(None, (path, os.environ.get("PYTHONPATH"))))}),
        )

    @property
    def is_over(self) -> bool:
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def workers(self) -> list[int]:
        """The processes that it started."""
        return children(self._process.pid)

    def kill(self) -> None:
        """Ends it as a machine would that runs out of memory."""
        self._process.kill()

    def finish(self) -> Done | None:
        """Waits for its end; None where it did not come to it by itself."""
        with ThreadPoolExecutor() as threads:
            printed, said = threads.map(lambda pipe: pipe.read(), (self._process.stdout, self._process.stderr))
        # Not by `Popen.wait`: what all children of this process came to need tells nothing of this one.
        _, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._process.returncode:
            last = said.decode().strip().splitlines()[-1:]
            print(f"  ended with code {self._process.returncode} {''.join(last)}", flush=True)
            return None
        seconds = time.monotonic() - self._began
        return Done(json.loads(printed), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def children(of: int) -> list[int]:
    """The processes whose parent is this one, as /proc tells."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == of:
            found.append(int(path.parent.name))
    return sorted(found)


def end(process: int) -> None:
    """Kills a process that may have ended already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def digest(ledger: Path) -> str:
    """The digest of a record in which `onrecord verify` finds no fault."""
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "verify", "--ledger", str(ledger), "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = json.loads(done.stdout)
    if done.returncode:
        raise SystemExit(f"verify finds faults: {said['faults']}")
    return str(said["digest"])


class Dask:
    """A scheduler and two workers of one thread on this machine.

    What starts Dask's workers ends itself when one of them is killed before it was ready; it is started again, as a
    service of the system would be.
    """

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self._log = (folder / "dask.log").open("ab")
        self.scheduler = self._started("scheduler", "--port", str(port), "--no-dashboard")
        self._folder = folder
        self._closing = threading.Event()
        self._nanny = self._start_workers()
        self._mending = threading.Thread(target=self._mend)
        self._mending.start()

    def _start_workers(self) -> subprocess.Popen[bytes]:
        return self._started(
            "worker", self.address, "--nthreads", "1", "--nworkers", "2", "--no-dashboard",
            "--local-directory", str(self._folder), "--death-timeout", "60",
        )  # fmt: skip

    def _mend(self) -> None:
        while not self._closing.wait(0.5):
            if self._nanny.poll() is not None and self.scheduler.poll() is None:
                self._nanny = self._start_workers()

    def _started(self, which: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{which}", "--host", "127.0.0.1", *options]
        return subprocess.Popen(command, stdout=self._log, stderr=self._log)

    def workers(self) -> list[int]:
        """The processes that read."""
        return [one for one in children(self._nanny.pid) if b"spawn_main" in _command(one)]

    def close(self) -> None:
        """Ends all of it."""
        self._closing.set()
        self._mending.join()
        for one in [*children(self._nanny.pid), self._nanny.pid, self.scheduler.pid]:
            end(one)
        self._nanny.wait()
        self.scheduler.wait()
        self._log.close()


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
