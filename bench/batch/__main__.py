"""Reading with several workers: `python -m bench.batch [--corpora DIR] [--articles N] [--kills 10] [--cluster]`.

1. Speed: one worker, two workers and then one process over the same articles, with seconds of the wall and of all
   processes, and the digest of each record; and what each shard took, out of its file. While the one process reads,
   the machine need not be quiet any more: its record is what counts.
2. Kills: workers and the run itself (with --cluster also workers and the scheduler of Dask) are killed in turn at
   random moments, and the same command is given again until it comes to its end.
3. A document that kills its worker, somewhere among the articles.

Exits with 1 where two workers come to less than 1.8 times one, where a digest differs from that of one process, or
where anything but the one document is not read. --only speed, kills or poison does one of them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.batch.commands import Dask, Done, Reading, digest, end
from bench.batch.material import articles, offered, with_poison

LEAST = 1.8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds reports/us-2018-2020/")
    parser.add_argument("--articles", type=int, help="how many; all of the archive, or 60 invented ones")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--cluster", action="store_true", help="kill a Dask cluster too")
    parser.add_argument("--reader", default="tagger", help="rules, to try the bench itself")
    parser.add_argument("--only", choices=("speed", "kills", "poison"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder unless told")
    args = parser.parse_args()
    broken: list[str] = []
    with TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        material = articles(folder, args.corpora, args.articles)
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", flush=True)
        plain = folder / "plain.ledger"
        print(f"{'':24}{'articles/s':>11}{'seconds':>10}{'CPU s':>9}{'MB':>7}  digest")
        spread = _spread(folder, material, args.reader) if args.only in (None, "speed") else {}
        done = _read([material], plain, reader=args.reader)
        wanted = digest(plain)
        _line("one process", done, wanted)
        for workers, (one, found) in spread.items():
            if (found, one.tally) != (wanted, done.tally):
                broken.append(f"{workers} workers give another record than one process")
        if spread and spread[1][0].seconds < LEAST * spread[2][0].seconds:
            broken.append(f"two workers are less than {LEAST} times one")
        if args.only in (None, "kills"):
            broken += _kills(folder, material, args, done.seconds, wanted)
        if args.only in (None, "poison"):
            broken += _poison(folder, material, done.tally["inputs"])
    for one in broken:
        print(f"BROKEN: {one}")
    sys.exit(bool(broken))


def _read(inputs: list[Path], ledger: Path, *options: str, reader: str) -> Done:
    done = Reading(inputs, ledger, *options, reader=reader).finish()
    if done is None:
        raise SystemExit("a run did not come to its end")
    return done


def _line(name: str, done: Done, found: str) -> None:
    rate = done.tally["inputs"] / done.seconds
    print(
        f"{name:24}{rate:11.2f}{done.seconds:10.1f}{done.cpu_seconds:9.1f}{done.memory / 1e6:7.0f}  {found[:16]}",
        flush=True,
    )


def _spread(folder: Path, material: Path, reader: str) -> dict[int, tuple[Done, str]]:
    """What one and two workers took, and the digest of what each came to."""
    found = {}
    for workers in (1, 2):
        ledger = folder / f"workers-{workers}.ledger"
        done = _read([material], ledger, "--workers", str(workers), "--keep-work", reader=reader)
        found[workers] = done, digest(ledger)
        _line(f"{workers} worker{'s' * (workers > 1)}", *found[workers])
    _print_shards(folder / "workers-2.ledger.batch")
    print(f"two workers are {found[1][0].seconds / found[2][0].seconds:.2f} times one", flush=True)
    return found


def _print_shards(work: Path) -> None:
    accounts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((work / "shards").glob("*.json"))]
    seconds = sorted(one["seconds"] for one in accounts)
    cpu, reports = sum(one["cpu_seconds"] for one in accounts), sum(one["reports"] for one in accounts)
    size = sum(path.stat().st_size for path in (work / "shards").glob("*.parquet"))
    print(
        f"{len(accounts)} shards: {seconds[0]:.1f} to {seconds[-1]:.1f} s, median {statistics.median(seconds):.1f}; "
        f"{1000 * cpu / max(1, reports):.0f} ms of CPU and {size / max(1, reports):.0f} bytes a report",
        flush=True,
    )


def _kills(folder: Path, material: Path, args: argparse.Namespace, seconds: float, wanted: str) -> list[str]:
    """Ten times over: killed at a random moment, once a worker, once the run, and with a cluster once its scheduler."""
    rng, broken = random.Random(args.seed), []
    kinds = ["worker", "run"] + (["Dask's worker", "Dask's scheduler"] if args.cluster else [])
    for number in range(args.kills):
        kind = kinds[number % len(kinds)]
        ledger = folder / f"killed-{number}.ledger"
        after = rng.uniform(0.05, 0.55) * seconds
        print(f"{number + 1:2} of {args.kills}: a {kind} is killed after {after:.1f} s", flush=True)
        dask = Dask(folder) if kind.startswith("Dask") else None
        options = ["--cluster", dask.address] if dask else ["--workers", "2"]
        reading = Reading([material], ledger, *options, reader=args.reader)
        moment = time.monotonic() + after
        while time.monotonic() < moment and not reading.is_over:
            time.sleep(0.05)
        if kind == "run":
            reading.kill()
        elif kind == "Dask's scheduler" and dask:
            end(dask.scheduler.pid)
        elif workers := (dask or reading).workers():
            end(rng.choice(workers))
        done = reading.finish()
        if dask is not None:
            dask.close()
        if done is None:
            done = Reading([material], ledger, "--workers", "2", reader=args.reader).finish()
        if done is None or digest(ledger) != wanted:
            broken.append(f"the record differs after a {kind} was killed ({number + 1})")
    print(f"{args.kills} kills, {len(broken)} records that differ", flush=True)
    return broken


def _poison(folder: Path, material: Path, inputs: int) -> list[str]:
    bad, ledger = with_poison(folder, material, inputs // 3), folder / "poisoned.ledger"
    path = str(offered(folder / "package"))
    done = Reading([bad], ledger, "--workers", "2", reader="poisoned", path=path).finish()
    if done is None:
        return ["a document that kills its worker stops the run"]
    print(f"with a document that kills its worker: {json.dumps(done.tally)} in {done.seconds:.0f} s", flush=True)
    digest(ledger)
    skipped = done.tally["skipped"].get("reader crashed", 0)
    again = Reading([bad], ledger, "--workers", "2", reader="poisoned", path=path).finish()
    if again is None or again.tally["skipped"].get("reader crashed") != 1 or again.tally["read"]:
        return ["it is not left aside when the same command is given again"]
    print(f"the same command again: {json.dumps(again.tally)} in {again.seconds:.0f} s", flush=True)
    if skipped != 1 or done.tally["inputs"] != inputs + 1 or len(done.tally["skipped"]) > 2:
        return ["something else than the document at fault was not read"]
    return []


if __name__ == "__main__":
    main()
