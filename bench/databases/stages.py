"""The stages that are measured, each run in a process of its own."""

from __future__ import annotations

import resource
import time
from typing import Final

from onrecord.assessing import Assessment
from onrecord.ledger.copying import copy
from onrecord.ledger.verify import verify
from onrecord.linkage import Linkage

STAGES: Final = ("load", "verify", "link", "weigh")


def run(stage: str, ledger: str, place: str) -> dict[str, float]:
    """Takes one stage, and tells what it cost: seconds, seconds of processor time, megabytes at most."""
    began, cpu = time.perf_counter(), time.process_time()
    if stage == "load":
        copy(ledger, place)
    elif stage == "verify":
        found = verify(place)
        if not found.holds:
            raise SystemExit(f"{place} does not verify: {found.faults[0]}")
    elif stage == "link":
        with Linkage(place) as linkage:
            linkage.forget()
            linkage.finish()
    else:
        with Assessment(place) as assessment:
            assessment.forget()
            assessment.finish()
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
