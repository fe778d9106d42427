"""What the shards in a work folder of `onrecord read --workers` say of themselves, in the metadata of their files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.scale.measurements import Reading, Shard


def shards_in(folder: Path) -> tuple[Reading, float]:
    """The shards of a run, in the order of their files, and the bytes of a shard's file for each report.

    Raises:
        ValueError: when no finished shard is there.
    """
    import pyarrow.parquet

    shards, workers, size = [], set(), 0
    for path in sorted(folder.rglob("*.parquet")):
        row = _told(pyarrow.parquet.read_metadata(path).metadata or {})
        if row is None or not row["reports"]:
            continue
        shards.append(Shard(row["reports"], row["characters"], row["statements"], row["seconds"], row["cpu_seconds"]))
        workers.add(str(row["worker"]))
        size += path.stat().st_size
    if not shards:
        raise ValueError(f"{folder} holds no shard that says how long it took; name the work folder of a batch")
    return Reading(len(workers), tuple(shards)), size / sum(one.reports for one in shards)


def _told(metadata: dict[bytes, bytes]) -> dict[str, Any] | None:
    """The entry of a file's metadata that tells how the shard went."""
    for value in metadata.values():
        try:
            row = json.loads(value)
        except ValueError:
            continue
        if isinstance(row, dict) and set(Shard.__slots__) | {"worker"} <= row.keys():
            return row
    return None
