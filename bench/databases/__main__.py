"""What a large ledger costs in SQLite and in PostgreSQL: `python -m bench.databases --corpora DIR --work DIR`.

Ledgers of so many `--statements` are made of articles of reports/us-2018-2020 with changed names and dates
(`bench.linking.growth`), and kept in `--work` for another run; or `--ledger FILE` is taken as it is. Each is then
loaded (`onrecord copy`) into a new file and into a new database, verified, linked and weighed, each in a process of
its own. The server is one that is started for this, with fsync on, on a socket; `--settings` are more settings of it.

Printed are seconds, seconds of processor time of the client and of the server, and megabytes that each of the two came
to need. `python -m bench.databases partitions` measures what partitions by month would do to look-ups by id, and
`python -m bench.databases growth` by how much more a statement costs in the larger of two sizes (`growth.py`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from functools import partial
from math import inf
from pathlib import Path

from bench.databases import growth, partitions
from bench.databases.server import Server, Spent
from bench.databases.stages import STAGES, counted, remove, run
from bench.linking.growth import fill, read

SIZES = (100_000, 1_000_000)
HEAD = f"{'statements':>10} {'':<10} {'':<7} {'seconds':>9} {'µs each':>8} {'client, s':>9} {'server, s':>9} {'client, MB':>10} {'server, MB':>10}"  # noqa: E501  # one line of a table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["stages", "partitions", "growth"], default="stages")
    parser.add_argument("--corpora", type=Path, help="the folder with reports/us-2018-2020")
    parser.add_argument("--articles", type=int, default=600, help="articles that are read and varied")
    parser.add_argument("--statements", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--ledger", type=Path, help="load this ledger instead of made ones")
    parser.add_argument("--work", type=Path, help="keep the made ledgers here; one that is there is not made again")
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=list(STAGES))
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--settings", nargs="*", default=["shared_buffers=512MB", "max_wal_size=4GB"])
    parser.add_argument(
        "--at-most", type=float, default=inf, help="seconds of processor time, after which linking and weighing stop"
    )
    parser.add_argument("--one", nargs=3, metavar=("STAGE", "FROM", "PLACE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one is not None:
        print(json.dumps(run(*args.one, at_most=args.at_most)))
        return
    with tempfile.TemporaryDirectory(dir=args.work) as folder:
        if args.what == "partitions":
            with Server(args.settings) as server:
                partitions.measured(server.new())
            return
        made = [args.ledger] if args.ledger else list(_made(args.corpora, args.articles, args.statements, args.work))
        if args.what == "growth":
            if len(made) != 2:
                raise SystemExit("growth is measured between two sizes: --statements FEW MANY")
            growth.measure(*made, Path(folder), args.stages, partial(_measured, at_most=inf))
            return
        print(HEAD)
        for ledger in made:
            _each(ledger, Path(folder), args.databases, args.stages, args.settings, args.at_most)


def _made(corpora: Path | None, articles: int, sizes: list[int], work: Path | None) -> list[Path]:
    if corpora is None or work is None:
        raise SystemExit(
            "name the corpora and a folder to work in: --corpora DIR --work DIR; or a ledger: --ledger FILE"
        )
    work.mkdir(parents=True, exist_ok=True)
    found = []
    for size in sizes:
        path = work / f"statements-{size}.ledger"
        if not path.exists():
            part = path.with_suffix(".part")
            remove(part)
            fill(part, read(corpora, articles, work / "articles.ledger"), size, of="statements")
            part.rename(path)
        found.append(path)
    return found


def _each(
    ledger: Path, folder: Path, databases: list[str], stages: list[str], settings: list[str], at_most: float
) -> None:
    statements = counted(ledger)
    for database in databases:
        if database == "sqlite":
            place = folder / f"{ledger.stem}-copy.ledger"
            for stage in stages:
                _told(statements, database, stage, _measured(stage, ledger, str(place), at_most), Spent())
            remove(place)
            continue
        with Server(settings) as server:
            address = server.new()
            for stage in stages:
                with server.watched() as spent:
                    found = _measured(stage, ledger, address, at_most)
                _told(statements, database, stage, found, spent)


def _measured(stage: str, ledger: Path, place: str, at_most: float) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.databases", "--at-most", str(at_most), "--one", stage, str(ledger), place]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{stage} of {place} failed:\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _told(statements: int, database: str, stage: str, found: dict[str, float], spent: Spent) -> None:
    each = found["seconds"] / (statements * found["share"]) * 1e6
    stopped = "" if found["share"] == 1 else f"  stopped after {found['share']:.0%}"
    print(
        f"{statements:>10} {database:<10} {stage:<7} {found['seconds']:>9.1f} {each:>8.0f} "
        f"{found['cpu']:>9.1f} {spent.cpu:>9.1f} {found['memory']:>10.0f} {spent.memory:>10.0f}{stopped}",
        flush=True,
    )


if __name__ == "__main__":
    main()
