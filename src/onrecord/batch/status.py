"""How far a run is, what was tried and what is in quarantine, read from a work folder by whoever asks."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from onrecord.batch.folder import Folder


def status_of(path: Path) -> dict[str, Any] | None:
    """What a work folder tells; None where there is none, or nothing is in it.

    `state` is the stage of a run that is at work, or "stopped", or "done" when all that is left is a quarantine.

    Raises:
        BatchError: when it cannot be read.
    """
    folder = Folder(path)
    told = folder.status()
    if told is None:
        return None
    folder.read()
    state = told["stage"]
    if state != "done" and not folder.is_at_work():
        state = "stopped"
    names = {one.id for one in folder.leaves()}
    return {
        **told,
        "state": state,
        "tries": [
            {"shard": name, "tries": tries, "cut": name not in names}
            for name, tries in sorted(folder.tries.items())
            if tries
        ],
        "quarantine": [asdict(one) for one in folder.quarantine],
    }
