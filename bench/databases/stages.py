"""The stages that are measured, each run in a process of its own."""

from __future__ import annotations

import resource
import sqlite3
import time
from contextlib import closing
from math import inf
from pathlib import Path
from typing import Final

from onrecord.assessing import Assessment
from onrecord.ledger.copying import copy
from onrecord.ledger.verify import verify
from onrecord.linkage import Linkage

STAGES: Final = ("load", "verify", "link", "weigh")


def counted(ledger: Path) -> int:
    """How many statements a ledger in a file holds."""
    with closing(sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (statements,) = connection.execute("SELECT count(*) FROM statement").fetchone()
    return int(statements)


def remove(place: Path) -> None:
    """Removes a ledger and what SQLite keeps beside it."""
    for one in (place, Path(f"{place}-wal"), Path(f"{place}-shm")):
        one.unlink(missing_ok=True)


def run(stage: str, ledger: str, place: str, at_most: float = inf) -> dict[str, float]:
    """Takes one stage, and tells what it cost: seconds, seconds of processor time, megabytes at most.

    Linking and weighing stop after `at_most` seconds of processor time; `share` is how much was done by then, of the
    reports that waited and of the utterances.
    """
    began, cpu, share = time.perf_counter(), time.process_time(), 1.0
    if stage == "load":
        copy(ledger, place)
    elif stage == "verify":
        found = verify(place)
        if not found.holds:
            raise SystemExit(f"{place} does not verify: {found.faults[0]}")
    elif stage == "link":
        with Linkage(place) as linkage:
            linkage.forget()
            share = _far(linkage, cpu + at_most)
    else:
        with Assessment(place) as assessment:
            assessment.forget()
            share = _far(assessment, cpu + at_most)
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "share": share,
    }


def _far(work: Linkage | Assessment, until: float) -> float:
    """Works until it is done or the processor's clock says so; the share that is done."""
    waiting = work.waiting()
    for done, _ in enumerate(work.run(), 1):
        if time.process_time() > until:
            return done / waiting
    return 1.0
