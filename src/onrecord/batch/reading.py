"""Shards as they are read: jobs for an engine's workers, and the next jobs by what became of them.

Nothing here waits for a shard by itself: whoever wants one takes `step` after `step` until its account is there, and
may do something else between two of them.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Final

from onrecord.batch.engines import Engine, Event
from onrecord.batch.folder import Folder
from onrecord.batch.progress import Progress
from onrecord.batch.shard_files import Account, sound_account
from onrecord.batch.shards import Shard
from onrecord.batch.terms import Terms
from onrecord.batch.trying import Trying
from onrecord.batch.working import Job, key_of
from onrecord.errors import BatchError

_OFTEN: Final = 1.0
"""Seconds between two looks at the clock."""
_SOON: Final = 0.1
"""Seconds for which a worker that is done may wait for its next job while something else is done here."""


class ShardReading:
    """The shards of a folder that are to be read, by the workers of an engine that is started for the first of them.

    It must be closed, which ends the workers at once; they end by themselves when nothing is left to read.
    """

    def __init__(self, folder: Folder, terms: Terms, start: Callable[[], Engine]) -> None:
        self.progress = Progress(0, 0)
        self._folder, self._terms, self._start = folder, terms, start
        self._trying = Trying(folder, terms)
        self._engine: Engine | None = None
        self._waiting: deque[Job] = deque()
        self._open: set[str] = set()
        """The shards that have a job: each one, waiting or under way."""
        self._stepped = self._said = 0.0

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to read of what was asked for."""
        return not self._open

    @property
    def is_due(self) -> bool:
        """Whether a worker may have waited long enough for another step."""
        return bool(self._open) and time.monotonic() > self._stepped + _SOON

    def has(self, shard: Shard) -> bool:
        """Whether a shard is being read, or will be."""
        return shard.id in self._open

    def account(self, shard: Shard) -> Account | None:
        """What is said of the file of a shard; None where it is not there, damaged, or of other bytes or terms."""
        return sound_account(self._folder.file(shard), key_of(shard, self._terms))

    def look(self) -> Progress:
        """How far it is by the files that are whole, also those of which no worker has told yet."""
        leaves = self._folder.leaves()
        self.progress = Progress(sum(one.expected for one in leaves), len(leaves), loaded=self.progress.loaded)
        for shard in leaves:
            if (account := self.account(shard)) is not None:
                self._count(account, shard)
        return self.progress

    def add(self, shards: Iterable[Shard]) -> None:
        """Asks for shards, behind those that were asked for before."""
        for shard in shards:
            job = self._trying.job(shard)
            if job is not None:
                self._waiting.append(job)
                self._open.add(shard.id)
            elif (account := self.account(shard)) is not None:
                self._count(account, shard)

    def step(self, seconds: float = _OFTEN) -> None:
        """Takes what workers say, waiting so long for the first, and gives those that are free the next job.

        Raises:
            BatchError: when reading cannot go on.
        """
        if not self._open:
            return
        if self._engine is None:
            self._engine = self._start()
            self.progress.dashboard = self._engine.dashboard
        self._give(self._engine)
        for event in self._engine.events(seconds):
            self._take(event)
        self._give(self._engine)
        self._stepped = time.monotonic()
        if self._stepped > self._said + _OFTEN:
            self._said = self._stepped
            self.say("reading")
        if not self._open:
            self.close()

    def say(self, stage: str) -> None:
        """Keeps how far it is for whoever asks."""
        self.progress.stage = stage
        self._folder.keep_status(self.progress.as_json())

    def close(self) -> None:
        """Ends the workers; what they were at is not read."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _give(self, engine: Engine) -> None:
        self.progress.workers = engine.workers
        while self._waiting and len(self._open) - len(self._waiting) < engine.workers:
            engine.submit(self._waiting.popleft())

    def _take(self, event: Event) -> None:
        shard = event.job.shard
        if not event.is_last:
            self.progress.under_way[shard.id] = max(0, event.answer["at"] - shard.first)
            return
        self._open.discard(shard.id)
        # What follows from a failure goes first, so that the fault is found while others are read.
        for job in reversed(self._next(event.job, event.answer)):
            self._waiting.appendleft(job)
            self._open.add(job.shard.id)

    def _next(self, job: Job, answer: dict[str, Any]) -> list[Job]:
        """The jobs that follow from what became of one."""
        self.progress.under_way.pop(job.shard.id, None)
        if "fatal" in answer:
            raise BatchError(str(answer["fatal"]))
        if "failed" in answer:
            following = self._trying.after_failure(job, str(answer["failed"]))
        else:
            following = self._trying.after_done(job, answer["done"])
        if not following and (account := self.account(job.shard)) is not None:
            self._count(account, job.shard)
        self.progress.shards = self._folder.shard_count
        return following

    def _count(self, account: Account, shard: Shard) -> None:
        self.progress.done += account.inputs
        self.progress.inputs += account.inputs - shard.expected
        self.progress.done_shards += 1
