"""The work folder: what is to be read, what was read of it, and what went wrong, for whoever goes on.

    plan.json        terms, shards in the order of loading, and the halves of those that failed
    shards/          one Parquet file a shard, with its account
    trouble.json     how often each shard was tried, and what is in quarantine
    status.json      how far the run is, for whoever asks
    known.ids        the readings that the ledger has
    workers.log      what workers say

Only the run that holds the lock writes anything but shards.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from onrecord.batch.files import read_json, write_json
from onrecord.batch.shard_files import account_of, remove
from onrecord.batch.shards import Shard, shard_of
from onrecord.batch.terms import Terms, terms_of
from onrecord.errors import BatchError
from onrecord.places import Place, beside

_FORMAT: Final = 1


def work_folder(ledger: Place | str) -> Path:
    """Where the work for a ledger is kept unless told otherwise: beside it."""
    return beside(ledger, ".batch")


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input in quarantine: what it did, when it was given up, and its SHA-256 where it could be had."""

    name: str
    place: str
    sha256: str | None
    key: str
    """Of the shard that it was the last of."""
    why: str
    when: str


class Folder:
    """One work folder, which is made where there is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shards = path / "shards"
        self.known = path / "known.ids"
        self.log = path / "workers.log"
        self._plan, self._trouble, self._status = (path / f"{name}.json" for name in ("plan", "trouble", "status"))
        self._lock: int | None = None
        self.terms: Terms | None = None
        self.planned: list[Shard] = []
        self._cuts: dict[str, tuple[Shard, Shard]] = {}
        self.tries: dict[str, int] = {}
        self.quarantine: list[SetAside] = []

    def __enter__(self) -> Self:
        """Takes the lock and reads what is there.

        Raises:
            BatchError: when another run has it, or it cannot be read or written.
        """
        try:
            self.shards.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.path / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise BatchError(
                f"{self.path} cannot be written ({error.strerror}); name another place with --work"
            ) from error
        if not _locked(self._lock):
            os.close(self._lock)
            raise BatchError(f"another run is at work in {self.path}; wait for it, or name another place with --work")
        self.read()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def read(self) -> None:
        """Takes in what the folder holds.

        Raises:
            BatchError: when it is damaged, or of another version of onrecord.
        """
        plan = read_json(self._plan)
        if plan is not None:
            if plan.get("format") != _FORMAT:
                raise BatchError(
                    f"{self._plan} is of another version of onrecord; finish with that, or remove {self.path}"
                )
            try:
                self.terms = terms_of(plan.get("terms"))
                self.planned = [shard_of(one) for one in _items(plan, "shards", list)]
                for name, halves in _items(plan, "halves", dict).items():
                    left, right = map(shard_of, halves)
                    self._cuts[name] = (left, right)
            except (BatchError, TypeError, ValueError) as error:
                raise BatchError(f"{self._plan} is damaged ({error}); remove {self.path}") from error
        trouble = read_json(self._trouble) or {"tries": {}, "quarantine": []}
        try:
            self.tries = {str(name): int(tries) for name, tries in _items(trouble, "tries", dict).items()}
            self.quarantine = [SetAside(**one) for one in _items(trouble, "quarantine", list)]
        except (BatchError, TypeError, ValueError) as error:
            raise BatchError(
                f"{self._trouble} is damaged ({error}); remove it, and what failed is tried again"
            ) from error

    def take(self, terms: Terms, shards: Iterable[Shard]) -> None:
        """Makes this the plan; what was read of shards that are the same, on the same terms, counts for it."""
        before = {one.key: one for one in self.planned} if self.terms == terms else {}
        if self.terms != terms:
            # What crashes one reader, or one version of it, need not crash another.
            self.quarantine = []
        number = 1 + max((int(one.id.partition(".")[0]) for one in self.planned), default=-1)
        planned: list[Shard] = []
        for shard in shards:
            # The same files named twice are the same shard twice; only one of them can have the old name.
            same = before.pop(shard.key, None)
            if same is None:
                same, number = replace(shard, id=f"{number:05}"), number + 1
            planned.append(same)
        self.terms, self.planned = terms, planned
        kept = {one.id for one in planned}
        self._cuts = {name: halves for name, halves in self._cuts.items() if name.partition(".")[0] in kept}
        self.tries = {name: tries for name, tries in self.tries.items() if name.partition(".")[0] in kept}
        self._keep_plan()
        self.keep_trouble()
        wanted = {self.file(one).stem for one in self.leaves()}
        for path in self.shards.glob("*"):
            if path.stem not in wanted:
                path.unlink(missing_ok=True)

    @property
    def shard_count(self) -> int:
        """How many shards are read: each that was cut counts for its two halves."""
        return len(self.planned) + len(self._cuts)

    def leaves(self, shards: Iterable[Shard] | None = None) -> list[Shard]:
        """The shards that are read, in order: those that were cut are left out for their halves."""
        found: list[Shard] = []
        waiting = list(reversed(list(self.planned if shards is None else shards)))
        while waiting:
            one = waiting.pop()
            halves = self._cuts.get(one.id)
            if halves is None:
                found.append(one)
            else:
                waiting += reversed(halves)
        return found

    def cut(self, shard: Shard, inputs: int | None = None) -> tuple[Shard, Shard]:
        """Cuts a shard in halves, and keeps that it was."""
        halves = self._cuts[shard.id] = shard.halves(inputs)
        self._keep_plan()
        return halves

    def file(self, shard: Shard) -> Path:
        """Where what is read of a shard is kept."""
        return self.shards / f"{shard.id}.parquet"

    def retry_quarantine(self) -> None:
        """Forgets what failed, so that it is tried again."""
        self.quarantine, self.tries, self._cuts = [], {}, {}
        for path in self.shards.glob("*.parquet"):
            account = account_of(path)
            if account is None or account.set_aside or "." in path.stem:
                remove(path)

    def keep_trouble(self) -> None:
        """Keeps what went wrong."""
        write_json(self._trouble, {"tries": self.tries, "quarantine": [asdict(one) for one in self.quarantine]})

    def keep_status(self, status: Mapping[str, Any]) -> None:
        """Keeps how far the run is."""
        write_json(self._status, {**status, "host": platform.node(), "process": os.getpid()})

    def status(self) -> dict[str, Any] | None:
        """How far the last run was when it last said so; None where there was none."""
        return read_json(self._status)

    def is_at_work(self) -> bool:
        """Whether a run on this machine holds the lock."""
        try:
            lock = os.open(self.path / "lock", os.O_RDWR)
        except OSError:
            return False
        try:
            return not _locked(lock)
        finally:
            os.close(lock)

    def let_go(self) -> None:
        """Removes what was loaded, and all of the folder where nothing is in quarantine."""
        if not self.quarantine:
            shutil.rmtree(self.path, ignore_errors=True)
            return
        shutil.rmtree(self.shards, ignore_errors=True)
        self.known.unlink(missing_ok=True)

    def _keep_plan(self) -> None:
        terms = None if self.terms is None else self.terms.as_json()
        halves = {name: [one.as_json() for one in both] for name, both in self._cuts.items()}
        shards = [one.as_json() for one in self.planned]
        write_json(self._plan, {"format": _FORMAT, "terms": terms, "shards": shards, "halves": halves})


def _items(given: Mapping[str, Any], name: str, kind: type[Any]) -> Any:
    value = given.get(name)
    if not isinstance(value, kind):
        raise BatchError(f"its {name} are no {kind.__name__}")
    return value


def _locked(lock: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
