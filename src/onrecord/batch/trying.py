"""What is done next with a shard that failed: it is tried again, then cut, and the one input at fault is set aside.

A shard as it was planned is tried three times, since a worker may die of anything. A half of one that failed is
suspect and tried once before it is cut; what cannot be cut further is tried three times again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from onrecord.batch.folder import Folder, SetAside
from onrecord.batch.shard_files import Account, write_shard
from onrecord.batch.shards import Shard
from onrecord.batch.terms import Terms
from onrecord.batch.working import CRASHED, PATIENCE, How, Job, key_of
from onrecord.domain.reports import Input, Outcome
from onrecord.errors import BatchError
from onrecord.pipeline import Result
from onrecord.sources.stretches import Groups, Lines

TRIES: Final = 3
MOST_SET_ASIDE: Final = 100
"""Inputs that one run puts in quarantine before it stops: then something else is wrong."""


@dataclass(slots=True)
class Trying:
    """Makes jobs of shards, and of what became of them the next jobs; what it decides it keeps in the folder."""

    folder: Folder
    terms: Terms
    patience: int = PATIENCE
    set_aside: int = 0
    """Inputs that this run put in quarantine."""

    def job(self, shard: Shard, how: How = How.READ, why: str = "") -> Job | None:
        """The job of a shard that is not done; None where it was given up before and is set aside at once."""
        known = next((one for one in self.folder.quarantine if one.sha256 is None and one.key == shard.key), None)
        if known is not None:
            self._set_aside_unseen(shard, known.why, is_known=True)
            return None
        return Job(
            shard=shard,
            terms=self.terms,
            out=self.folder.file(shard).absolute(),
            known=self.folder.known.absolute(),
            how=how,
            attempt=self.folder.tries.get(shard.id, 0) + 1,
            patience=self.patience,
            aside={one.sha256: one.why for one in self.folder.quarantine if one.sha256 is not None},
            why=why,
        )

    def after_done(self, job: Job, done: dict[str, Any]) -> list[Job]:
        """What follows a job that came to its end."""
        if job.how is How.COUNT:
            inputs = int(done["inputs"])
            if inputs < 2:
                return self._jobs(job.shard, How.SET_ASIDE, job.why)
            return [next_one for half in self.folder.cut(job.shard, inputs) for next_one in self._jobs(half)]
        if job.how is How.SET_ASIDE:
            self._in_quarantine(job.shard, job.why, done["set_aside"])
        return []

    def after_failure(self, job: Job, why: str) -> list[Job]:
        """What follows a job that failed; none where its shard is given up."""
        shard, tries = job.shard, self.folder.tries
        tries[shard.id] = tries.get(shard.id, 0) + 1
        self.folder.keep_trouble()
        if tries[shard.id] % TRIES and not (job.how is How.READ and _is_suspect(shard)):
            return self._jobs(shard, job.how, job.why)
        if job.how is not How.READ:
            # Not even taking it out of its file works.
            self._set_aside_unseen(shard, job.why)
            return []
        told = f"{why} ({TRIES} times)"
        if shard.is_one_input:
            return self._jobs(shard, How.SET_ASIDE, told)
        if shard.last is None and len(shard.sources) == 1:
            tries[shard.id] = 0
            return self._jobs(shard, How.COUNT, told)
        return [next_one for half in self.folder.cut(shard) for next_one in self._jobs(half)]

    def _jobs(self, shard: Shard, how: How = How.READ, why: str = "") -> list[Job]:
        job = self.job(shard, how, why)
        return [] if job is None else [job]

    def _in_quarantine(self, shard: Shard, why: str, found: list[dict[str, str | None]]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        key = shard.key
        known = {one.sha256 for one in self.folder.quarantine if one.sha256 is not None}
        self.folder.quarantine += [
            SetAside(one["name"] or "", one["place"] or "", one["sha256"], key, why, now)
            for one in found
            if one["sha256"] not in known
        ]
        self.folder.keep_trouble()
        self.set_aside += len(found)
        if self.set_aside > MOST_SET_ASIDE:
            raise BatchError(
                f"more than {MOST_SET_ASIDE} inputs failed, the last one since {why}; something else is wrong. See to "
                f"it, then run it again with --retry-quarantine; {self.folder.log} holds what workers said"
            )

    def _set_aside_unseen(self, shard: Shard, why: str, *, is_known: bool = False) -> None:
        """Keeps a file for inputs that no worker can even take out of theirs: one input for each file."""
        which = _which(shard)
        inputs = [
            Input(f"{one.found.name}{which}", f"{one.shown}{which}", reason=CRASHED, detail=why)
            for one in shard.sources
        ]
        account = Account(shard.id, key_of(shard, self.terms), "", self.folder.tries.get(shard.id, 0))
        account.set_aside = [{"name": one.name, "place": one.place, "sha256": None} for one in inputs]
        account.inputs = len(inputs)
        write_shard(self.folder.file(shard), (Result(one, Outcome.SKIPPED) for one in inputs), account)
        if not is_known:
            self._in_quarantine(shard, why, account.set_aside)


def _which(shard: Shard) -> str:
    """What tells the inputs of a shard from the others of their file, behind its name."""
    parts = []
    if isinstance(shard.stretch, Lines):
        parts.append(f"from line {shard.stretch.first}")
    elif isinstance(shard.stretch, Groups):
        parts.append(f"from group {shard.stretch.first + 1}")
    if shard.first or shard.last is not None:
        parts.append(f"input {shard.first + 1}")
    return "".join(f"#{part}" for part in parts)


def _is_suspect(shard: Shard) -> bool:
    """Whether it is a piece of a shard that failed, and can be cut further."""
    return not (shard.is_whole or shard.is_one_input or (shard.last is None and len(shard.sources) == 1))
