"""Invented inputs for tests of shards, and a batch of workers that is this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord.batch.engines import Event
from onrecord.batch.folder import Folder
from onrecord.batch.running import Run
from onrecord.batch.terms import terms_for
from onrecord.batch.working import Job, work
from onrecord.ledger.chain import digest_of
from onrecord.ledger.writer import Writer
from onrecord.pipeline import Result, Tally, record, tallied
from onrecord.reading.rules import RuleReader
from onrecord.settings import Settings
from onrecord.sources import gather


def said(number: int, more: str = "") -> str:
    """A short report, another one for each number."""
    return f"“We will take {number} of them away,” Mayor Ida Holm said on Friday of the town's bridges. {more}"


def lines(*numbers: int, more: str = "") -> bytes:
    """JSON Lines of such reports."""
    rows = ({"id": f"n{number}", "text": said(number, more), "outlet": "The Courier"} for number in numbers)
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


class Here:
    """An engine that does one job at a time in this process; `fails` says why one fails, or None."""

    dashboard = None
    workers = 1

    def __init__(self, fails: Callable[[Job], str | None] = lambda job: None) -> None:
        self._fails = fails
        self._job: Job | None = None
        self.done: list[Job] = []

    def submit(self, job: Job) -> None:
        self._job = job

    def events(self, seconds: float) -> Iterator[Event]:
        job, self._job = self._job, None
        if job is not None:
            self.done.append(job)
            why = self._fails(job)
            yield Event(job, {"failed": why} if why else work(job.as_json(), lambda inputs: None))

    def close(self) -> None:
        pass


def run_batch(
    folder: Path,
    ledger: Path,
    places: list[Path],
    engine: Here,
    *,
    retry: bool = False,
    watch: Callable[[Run], object] = lambda run: None,
) -> Tally:
    """Reads and loads as `onrecord read --workers` does, with a reader of rules; the folder is left as it is.

    `watch` is shown the run each time something was put on the record.
    """
    tally = Tally()
    settings = Settings()
    with Folder(folder) as held:
        run = Run(held, ledger, terms_for(RuleReader(), settings, name="rules"), settings, lambda: engine)
        run.plan(places, retry_quarantine=retry)
        for _ in tallied(results(run), tally):
            watch(run)
    return tally


def results(run: Run) -> Iterator[Result]:
    """What a run puts on the record."""
    return (one for one in run.work() if isinstance(one, Result))


def read_plain(ledger: Path, places: list[Path]) -> Tally:
    """Reads as one process does."""
    tally = Tally()
    with Writer(ledger) as writer:
        for _ in tallied(record(gather(places, Settings()), RuleReader(), writer), tally):
            pass
    return tally


def digest(ledger: Path) -> str:
    """The digest of a record."""
    from onrecord.ledger import databases

    engine = databases.opened(ledger, Settings(), "read")
    with engine.connect() as connection:
        found = digest_of(connection)
    engine.dispose()
    return found
