"""A server of PostgreSQL that is started for a measurement, and what it spends meanwhile, read from /proc."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psycopg

DEBIANS: Final = Path("/usr/lib/postgresql")
_TICK: Final = os.sysconf("SC_CLK_TCK")
_EVERY: Final = 0.2


@dataclass
class Spent:
    """Seconds of processor time of all processes of the server, and megabytes of their own that they had at most."""

    cpu: float = 0.0
    memory: float = 0.0


class Server:
    """A server with fsync on, listening on a socket alone; its data is gone at the end."""

    def __init__(self, settings: Sequence[str]) -> None:
        found = sorted(DEBIANS.glob("*/bin"), key=lambda one: -int(one.parent.name))
        initdb = shutil.which("initdb")
        if not found and initdb is None:
            raise SystemExit("PostgreSQL is not installed (Debian: apt install postgresql)")
        self._programs = found[0] if found else Path(str(initdb)).resolve().parent
        # The path of a socket has to be short.
        self._folder = Path(tempfile.mkdtemp(prefix="bench-"))
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        self._data = self._folder / "data"
        self._settings = settings
        self._numbers = count()

    def __enter__(self) -> Self:
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C.UTF-8")
        told = ["listen_addresses=''", f"unix_socket_directories={self._folder}", *self._settings]
        options = " ".join(f"-c {one}" for one in told)
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self._folder / "log"), "-w", "-o", options, "start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def new(self) -> str:
        """The address of a new database."""
        name = f"ledger_{next(self._numbers)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]  # a name of our own
        return self._address(name)

    @contextmanager
    def watched(self) -> Iterator[Spent]:
        """What the server spends until the end."""
        spent, over = Spent(), threading.Event()
        before = self._cpu()

        def look() -> None:
            while not over.wait(_EVERY):
                spent.memory = max(spent.memory, self._memory())

        watching = threading.Thread(target=look)
        watching.start()
        try:
            yield spent
        finally:
            over.set()
            watching.join()
            spent.cpu = self._cpu() - before

    def _cpu(self) -> float:
        """Of those that run, and, by way of who started them, of those that ended."""
        head, *others = self._processes()
        ticks = sum(_times(head)) + sum(sum(_times(one)[:2]) for one in others)
        return ticks / _TICK

    def _memory(self) -> float:
        return sum(map(_own, self._processes())) / 1024

    def _processes(self) -> list[int]:
        head = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        try:
            started = Path(f"/proc/{head}/task/{head}/children").read_text().split()
        except OSError:
            started = []
        return [head, *map(int, started)]

    def _address(self, database: str) -> str:
        return f"postgresql://bench@/{database}?host={self._folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_user, str(self._programs / program), *arguments]
        # What a server that goes on has inherited would never be closed.
        done = subprocess.run(
            command, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            raise SystemExit(f"{program} failed; see {self._folder / 'log'}")


def _times(process: int) -> list[int]:
    """Ticks in user mode and in the kernel, and the same of children that ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return [0, 0, 0, 0]
    return [int(one) for one in told.rpartition(")")[2].split()[11:15]]


def _own(process: int) -> int:
    """Kilobytes that are this process's own."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(one.split()[1]) for one in lines if one.startswith("RssAnon:"))
