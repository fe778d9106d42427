"""What a worker does with a shard: a function of the job alone, the same in a process here and on a cluster.

A job comes and an answer goes as JSON. An answer says what was `done`, why the shard `failed`, or what is `fatal`: a
worker that reads in another way, a folder that cannot be written, a file that has changed. An input that takes longer
than it may ends the whole process, and what started it sees a worker that died.
"""

from __future__ import annotations

import faulthandler
import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from onrecord.batch.known import Known
from onrecord.batch.shard_files import Account, write_shard
from onrecord.batch.shards import Shard, shard_of
from onrecord.batch.terms import Terms, terms_of
from onrecord.domain.reports import Input, Outcome
from onrecord.domain.statements import ReaderIdentity
from onrecord.errors import BatchError, OnrecordError
from onrecord.ledger.rows import reading_id
from onrecord.pipeline import Result, read_new
from onrecord.reading.reader import Reader
from onrecord.reading.readers import load_reader
from onrecord.sources.archives.taken import Taken
from onrecord.sources.gather import KEPT_WHEN_SKIPPED, opened, taken

CRASHED: Final = "reader crashed"
"""The reason of an input that ended its worker so often that it is not tried again."""
PATIENCE: Final = 900
"""Seconds that one input may take."""


class How(StrEnum):
    """What is to be done with a shard."""

    READ = "read"
    COUNT = "count"
    """How many inputs it takes; nothing is kept."""
    SET_ASIDE = "set aside"
    """Its inputs are kept with the reason CRASHED and not looked at."""


@dataclass(frozen=True, slots=True)
class Job:
    """One shard, what to do with it, and where what comes out is kept; `attempt` counts from 1.

    `aside` says by the SHA-256 of captures that crash the reader what they did, `why` what all inputs of a shard did
    that is set aside.
    """

    shard: Shard
    terms: Terms
    out: Path
    known: Path
    how: How = How.READ
    attempt: int = 1
    patience: int = PATIENCE
    aside: Mapping[str, str] = field(default_factory=dict)
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "shard": self.shard.as_json(),
            "terms": self.terms.as_json(),
            "out": str(self.out),
            "known": str(self.known),
            "how": str(self.how),
            "attempt": self.attempt,
            "patience": self.patience,
            "aside": dict(self.aside),
            "why": self.why,
        }


def job_of(given: dict[str, Any]) -> Job:
    """The job that `as_json` gave."""
    return Job(
        shard=shard_of(given["shard"]),
        terms=terms_of(given["terms"]),
        out=Path(given["out"]),
        known=Path(given["known"]),
        how=How(given["how"]),
        attempt=int(given["attempt"]),
        patience=int(given["patience"]),
        aside=dict(given["aside"]),
        why=str(given["why"]),
    )


def work(job: dict[str, Any], tell: Callable[[int], None]) -> dict[str, Any]:
    """Does a job and answers; `tell` hears how many inputs are done, each time one is."""
    try:
        return {"done": do(job_of(job), tell)}
    except OnrecordError as error:
        return {"fatal": str(error)}
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {error}"[:500]}
    finally:
        faulthandler.cancel_dump_traceback_later()


def do(job: Job, tell: Callable[[int], None]) -> dict[str, Any]:
    """Does a job; what is answered of it.

    Raises:
        BatchError: when no shard can be read here, or not as it was planned.
    """
    changed = next((one for one in job.shard.sources if one.has_changed()), None)
    if changed is not None:
        raise BatchError(f"{changed.shown} has changed since the work was planned; run the same command again")
    shard, settings = job.shard, job.terms.settings
    everything = (one for source in shard.sources for one in taken(source.found, settings, stretch=shard.stretch))
    inputs = islice(_watched(everything, job.patience, tell), shard.first, shard.last)
    if job.how is How.COUNT:
        return {"inputs": sum(1 for _ in inputs)}
    account = Account(shard.id, key_of(shard, job.terms), f"{platform.node()}:{os.getpid()}", job.attempt)
    began, cpu = time.monotonic(), time.process_time()
    account.bytes = shard.size

    def counted() -> Iterator[Result]:
        for result in _results(inputs, job):
            if result.given.reason == CRASHED:
                capture = result.given.capture
                sha = None if capture is None else capture.sha256
                account.set_aside.append({"name": result.given.name, "place": result.given.place, "sha256": sha})
            account.count(result)
            account.seconds, account.cpu_seconds = time.monotonic() - began, time.process_time() - cpu
            yield result

    write_shard(job.out, counted(), account)
    return {"inputs": account.inputs, "set_aside": account.set_aside}


def key_of(shard: Shard, terms: Terms) -> str:
    """What tells whether the file of a shard stands for these bytes, read on these terms."""
    return terms.key + shard.key


def _results(inputs: Iterator[Taken | Input], job: Job) -> Iterator[Result]:
    """Each input read; or set aside, where its capture is known to crash the reader or the whole shard is."""
    known, seen = Known(job.known), set[str]()
    terms, whole = job.terms, job.how is How.SET_ASIDE

    def is_read(report: str, reader: ReaderIdentity) -> bool:
        reading = reading_id(report, reader)
        return reading in seen or reading in known

    for one in inputs:
        why = None if isinstance(one, Input) else job.why if whole else job.aside.get(one.capture.sha256)
        if isinstance(one, Taken) and why is not None:
            yield Result(_set_aside(one, why), Outcome.SKIPPED)
            continue
        given = opened(one, terms.settings, terms.defaults)
        if given.report is None:
            yield Result(given, Outcome.SKIPPED)
            continue
        for result in read_new([given], _reader(terms.reader, terms), is_read):
            if result.outcome is Outcome.READ and result.reader is not None:
                seen.add(reading_id(given.report.id, result.reader))
            yield result


def _set_aside(one: Taken, why: str) -> Input:
    kept = one.capture if len(one.capture.content) <= KEPT_WHEN_SKIPPED else None
    return Input(one.name, one.capture.place, capture=kept, reason=CRASHED, detail=why)


@lru_cache(maxsize=1)
def _reader(name: str, terms: Terms) -> Reader:
    """The reader, which a process loads once."""
    reader = load_reader(name, threads=1)
    terms.check(reader)
    return reader


def _watched(inputs: Iterator[Taken | Input], patience: int, tell: Callable[[int], None]) -> Iterator[Taken | Input]:
    """Passes inputs on; where one takes too long, also in a library that does not let Python run, the process ends."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(patience, exit=True, file=nowhere)
        for done, one in enumerate(inputs, start=1):
            yield one
            faulthandler.dump_traceback_later(patience, exit=True, file=nowhere)
            tell(done)
