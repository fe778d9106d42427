"""Measures in one go, on this machine, what a large record is made of; a quiet machine takes some five minutes."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.scale.measurements import Machine, Measurements, Reading
from bench.scale.reading import READER, overhead, pages, read, shards
from bench.scale.recording import begun, crowded, recorded, varied_further
from onrecord.reading.readers import load_reader

PARTS = (4, 2, 1)
"""Records are made of a quarter, of half and of all that was read."""
QUIET = 0.5
"""The load of a machine above which somebody else's work shows in the times."""
PAGES = 180
FEW = 3


def measure(
    corpora: Path,
    articles: int,
    of: int,
    times: int,
    postgres: str | None = None,
    batch: tuple[Reading, float] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Measurements:
    """Everything. `batch` is what a run of `onrecord read` said of its shards, with the bytes of a report in them.

    Raises:
        ValueError: at once, when something is in the database of PostgreSQL.
    """
    here = machine()
    if here.load > QUIET:
        say(f"this machine is busy (load {here.load}), so times will be too long; better wait until it is quiet")
    if postgres is not None:
        begun(postgres)
    identity = load_reader(READER).identity
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = shards(corpora, articles, of, folder)
        say(f"reading {len(paths)} shards of {of} articles with one worker")
        one, found = read(paths, 1)
        say("reading them with two")
        two, _ = read(paths, 2)
        say("handing out empty shards, and taking pages apart")
        each, scheduler = overhead()
        taken = pages(corpora, PAGES, folder)
        results = crowded([result for part in found for result in part.results])
        # What is read from files when the first report is linked belongs to no report.
        recorded(str(folder / "first.ledger"), results[:FEW], identity)
        records = []
        for part in PARTS:
            part_of = results[::part]
            say(f"loading, linking and weighing {len(part_of)} reports")
            records.append(recorded(str(folder / f"{part}.ledger"), part_of, identity))
        say(f"loading {times} times as many")
        many = varied_further(results, times)
        records.append(recorded(str(folder / "many.ledger"), many, identity, link=False))
        if postgres is not None:
            say(f"loading, linking and weighing {len(results)} reports in PostgreSQL")
            records.append(recorded(postgres, results, identity))
    return Measurements(
        machine=here,
        articles=tuple(article for part in found for article in part.articles),
        readings=(one, two) if batch is None else (one, two, batch[0]),
        overhead=each,
        scheduler=scheduler,
        pages=taken,
        records=tuple(records),
        shard_size=None if batch is None else batch[1],
    )


def machine() -> Machine:
    """This machine, before anything is measured on it."""
    return Machine(
        day=datetime.now(UTC).date().isoformat(),
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        python=platform.python_version(),
        load=round(os.getloadavg()[0], 1),
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
