"""What the machine can do, measured on the spot: copying in memory, writing to the disk, waiting for it."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np


def copying(size: int, times: int = 200) -> float:
    """Bytes a second, read and written together, of copying so many bytes over and over on one thread."""
    source = np.ones(size, np.uint8)
    target = np.empty_like(source)
    best = float("inf")
    for _ in range(5):
        began = time.thread_time()
        for _ in range(times):
            np.copyto(target, source)
        best = min(best, time.thread_time() - began)
    return 2 * size * times / best


def writing(folder: Path, size: int = 256 << 20) -> float:
    """Bytes a second of writing a file from start to end, until the disk has it; the best of three tries."""
    block = np.random.default_rng(0).bytes(1 << 20)
    best = float("inf")
    for _ in range(3):
        with TemporaryDirectory(dir=folder) as place, (Path(place) / "written").open("wb", buffering=0) as out:
            began = time.perf_counter()
            for _ in range(size // len(block)):
                out.write(block)
            os.fsync(out.fileno())
            best = min(best, time.perf_counter() - began)
    return size / best


def waiting(folder: Path, times: int = 100) -> float:
    """Median seconds until the disk has four thousand bytes more of a file."""
    took = []
    with TemporaryDirectory(dir=folder) as place, (Path(place) / "written").open("wb", buffering=0) as out:
        for _ in range(times):
            out.write(b"\0" * 4096)
            began = time.perf_counter()
            os.fsync(out.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took)


def written_by_this_process() -> int | None:
    """Bytes that this process has had written to disks; None where the system does not say."""
    try:
        lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) for line in lines if line.startswith("write_bytes"))
