"""Reading with several workers, start to end:

    places ─ planning ─→ shards ─ an engine's workers ─→ one file each ─ loading ─→ the record

It can be killed at any moment and run again: what is a whole file is not read again, and what is on the record stays
there once.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from onrecord.batch.engines import Engine
from onrecord.batch.folder import Folder
from onrecord.batch.known import Known, write_known
from onrecord.batch.loading import bulk, load
from onrecord.batch.planning import plan
from onrecord.batch.shard_files import Account, remove, sound_account
from onrecord.batch.shards import Shard
from onrecord.batch.terms import Terms
from onrecord.batch.trying import Trying
from onrecord.batch.working import Job, key_of
from onrecord.errors import BatchError
from onrecord.ledger.writer import Writer
from onrecord.pipeline import Result
from onrecord.places import Place
from onrecord.settings import Settings

_OFTEN: Final = 1.0
"""Seconds between two looks at the clock."""


@dataclass(slots=True)
class Progress:
    """How far a run is, in inputs and in shards; `done` are those of all shards that are done, by any run."""

    inputs: int
    shards: int
    done: int = 0
    done_shards: int = 0
    before: int = 0
    """Inputs that earlier runs read."""
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
            "inputs": {"read": self.at, "of": max(self.at, self.inputs)},
            "shards": {"done": self.done_shards, "of": self.shards},
            "rate": round(self.rate, 3),
            "seconds_left": None if self.left is None or self.stage != "reading" else round(self.left),
            "workers": self.workers,
            "dashboard": self.dashboard,
        }


class Run:
    """One run over one work folder, which is held as long as it lasts.

    `start` begins the workers when there is something to read. As an iterator `read` gives the progress each time
    something has happened, and `load` the results as they are put on the record.
    """

    def __init__(
        self, folder: Folder, ledger: Place | str, terms: Terms, settings: Settings, start: Callable[[], Engine]
    ):
        self.folder = folder
        self._ledger, self._terms, self._settings, self._start = ledger, terms, settings, start
        self._trying = Trying(folder, terms)
        self.progress = Progress(0, 0)

    def plan(self, places: Sequence[str | Path], *, retry_quarantine: bool = False) -> None:
        """Plans what is to be read, and looks at what has been.

        Raises:
            SettingsError, BatchError: when the places cannot be read by several workers.
            LedgerError: when the ledger cannot be opened.
        """
        shards = plan(places)
        if retry_quarantine:
            self.folder.retry_quarantine()
        self.folder.take(self._terms, shards)
        with Writer(self._ledger, self._settings) as writer:
            still_there = Known(self.folder.known).within(writer.readings())
            write_known(self.folder.known, writer.readings())
        for shard in self.folder.leaves():
            account = self._sound(shard)
            if account is None or (account.duplicates and not still_there):
                remove(self.folder.file(shard))
        self.look()
        self.progress.before = self.progress.done

    def look(self) -> Progress:
        """How far it is by the files that are whole, also those of which no worker has told yet."""
        leaves = self.folder.leaves()
        self.progress = Progress(sum(one.expected for one in leaves), len(leaves))
        for shard in leaves:
            if (account := self._sound(shard)) is not None:
                self._count(account, shard)
        return self.progress

    def read(self) -> Iterator[Progress]:
        """Reads all shards that are not read yet.

        Raises:
            BatchError: when reading cannot go on.
        """
        missing = [one for one in self.folder.leaves() if not self.folder.file(one).exists()]
        if missing:
            yield from self._read(missing)

    def load(self) -> Iterator[Result]:
        """Puts all that was read on the record; a file that was damaged meanwhile is read again.

        Raises:
            BatchError, LedgerError: as for `loading.load`.
        """
        self._say("loading")
        with Writer(self._ledger, bulk(self._settings)) as writer:
            yield from load(self._files(), self._terms, writer)
        self._say("done")

    def _files(self) -> Iterator[Path]:
        for root in self.folder.planned:
            for shard in self.folder.leaves([root]):
                if self._sound(shard) is None:
                    remove(self.folder.file(shard))
                    for _ in self._read([shard]):
                        pass
            yield from map(self.folder.file, self.folder.leaves([root]))

    def _read(self, shards: Sequence[Shard]) -> Iterator[Progress]:
        waiting: deque[Job] = deque()
        for shard in shards:
            job = self._trying.job(shard)
            if job is not None:
                waiting.append(job)
            elif (account := self._sound(shard)) is not None:
                self._count(account, shard)
        under_way = 0
        with closing(self._start()) as engine:
            self.progress.dashboard, said = engine.dashboard, 0.0
            while waiting or under_way:
                self.progress.workers = engine.workers
                while waiting and under_way < engine.workers:
                    engine.submit(waiting.popleft())
                    under_way += 1
                for event in engine.events(_OFTEN):
                    if not event.is_last:
                        shard = event.job.shard
                        self.progress.under_way[shard.id] = max(0, event.answer["at"] - shard.first)
                        continue
                    under_way -= 1
                    # What follows from a failure goes first, so that the fault is found while others are read.
                    waiting.extendleft(reversed(self._next(event.job, event.answer)))
                if time.monotonic() > said + _OFTEN:
                    said = time.monotonic()
                    self._say("reading")
                yield self.progress

    def _next(self, job: Job, answer: dict[str, Any]) -> list[Job]:
        """The jobs that follow from what became of one."""
        self.progress.under_way.pop(job.shard.id, None)
        if "fatal" in answer:
            raise BatchError(str(answer["fatal"]))
        if "failed" in answer:
            following = self._trying.after_failure(job, str(answer["failed"]))
        else:
            following = self._trying.after_done(job, answer["done"])
        if not following and (account := self._sound(job.shard)) is not None:
            self._count(account, job.shard)
        self.progress.shards = self.folder.shard_count
        return following

    def _count(self, account: Account, shard: Shard) -> None:
        self.progress.done += account.inputs
        self.progress.inputs += account.inputs - shard.expected
        self.progress.done_shards += 1

    def _sound(self, shard: Shard) -> Account | None:
        return sound_account(self.folder.file(shard), key_of(shard, self._terms))

    def _say(self, stage: str) -> None:
        self.progress.stage = stage
        self.folder.keep_status(self.progress.as_json())
