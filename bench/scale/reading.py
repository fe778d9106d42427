"""Reads shards of real articles in worker processes and says how long everything took.

Articles are drawn evenly over reports/us-2018-2020 and written into JSON Lines, a file to a shard, as `onrecord read`
takes them. Each worker is a process of its own that loads the model once.
"""

from __future__ import annotations

import gzip
import json
import logging
import math
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench.corpora import ARCHIVE, Row, rows_of
from bench.load.readers import memory
from bench.pages.saved import SCRAPINGHUB, saved
from bench.scale.measurements import Article, Pages, Reading, Shard
from onrecord.pipeline import Result, extract
from onrecord.reading.reader import Reader
from onrecord.reading.readers import load_reader
from onrecord.settings import Settings
from onrecord.sources import gather

EMPTY_SHARDS = 1000
READER = "tagger"


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker says of one shard, and of itself: seconds until it was ready, and the most megabytes it held."""

    shard: Shard
    articles: tuple[Article, ...]
    results: tuple[Result, ...]
    startup: float
    memory: float


class _Worker:
    """What a worker process keeps."""

    reader: Reader
    startup: float


def _start(asked: float) -> None:
    _Worker.reader = load_reader(READER)
    _Worker.startup = time.time() - asked


def _read(path: Path) -> Read:
    began, processor = time.perf_counter(), time.process_time()
    results: list[Result] = []
    articles: list[Article] = []
    last = began
    for one in extract(gather([path], Settings()), _Worker.reader):
        now = time.perf_counter()
        if one.given.report is not None:
            articles.append(Article(len(one.given.report.text), now - last, len(one.statements)))
        results.append(one)
        last = now
    shard = Shard(
        reports=len(articles),
        characters=sum(one.characters for one in articles),
        statements=sum(one.statements for one in articles),
        seconds=time.perf_counter() - began,
        cpu_seconds=time.process_time() - processor,
    )
    return Read(shard, tuple(articles), tuple(results), _Worker.startup, memory(os.getpid()))


def _nothing(number: int) -> int:
    """A shard in which nothing is."""
    return number


def shards(corpora: Path, articles: int, of: int, folder: Path) -> list[Path]:
    """Articles spread over the whole corpus, in the order of their days; so many to a file."""
    rows = sorted(rows_of(corpora / ARCHIVE), key=lambda row: (row["date"], row["url"]))
    chosen = rows[:: max(1, len(rows) // articles)][:articles]
    return [_written(chosen[k : k + of], folder / f"{k // of:04}.jsonl") for k in range(0, len(chosen), of)]


def _written(rows: Sequence[Row], path: Path) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read(paths: Sequence[Path], workers: int) -> tuple[Reading, list[Read]]:
    """The shards read by so many processes at once, in the order of the shards."""
    asked = time.time()
    with ProcessPoolExecutor(workers, get_context("spawn"), _start, (asked,)) as pool:
        found = list(pool.map(_read, paths))
        makespan = time.time() - asked
    startup = tuple(sorted({one.startup for one in found}))
    shards = tuple(one.shard for one in found)
    most = max(one.memory for one in found)
    return Reading(workers, shards, startup, makespan, None if math.isnan(most) else int(most * 1_000_000)), found


def overhead() -> tuple[float, str]:
    """Seconds for each empty shard, and who handed them out: Dask where it is installed, else a pool of processes."""
    try:
        import distributed
    except ImportError:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            list(pool.map(_nothing, range(2)))
            began = time.perf_counter()
            list(pool.map(_nothing, range(EMPTY_SHARDS)))
            return (time.perf_counter() - began) / EMPTY_SHARDS, "a pool of processes"
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, dashboard_address=":0", silence_logs=logging.CRITICAL
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.gather(client.map(_nothing, range(-2, 0)))
        began = time.perf_counter()
        client.gather(client.map(_nothing, range(EMPTY_SHARDS)))
        return (time.perf_counter() - began) / EMPTY_SHARDS, f"Dask distributed {distributed.__version__}"


def pages(corpora: Path, wanted: int, folder: Path) -> Pages:
    """Saved pages of news taken apart as `onrecord read` does before it reads, by one process."""
    found = [one.content for one in saved(corpora) if one.collection == SCRAPINGHUB][:wanted]
    paths = [folder / f"{k:04}.html" for k in range(len(found))]
    for path, content in zip(paths, found, strict=True):
        path.write_bytes(content)
    began = time.perf_counter()
    for _ in gather(paths, Settings()):
        pass
    took = time.perf_counter() - began
    compressed = sum(len(gzip.compress(one)) for one in found)
    return Pages(len(found), took, sum(map(len, found)), compressed)
