"""What a large record costs in time, machines and storage.

`python -m bench.scale` prints it, from the measurements that are kept beside this program or, with `--measurements`,
others; `--price-per-core-hour` adds money, and what is assumed of a cluster can be set. `measure --corpora DIR` takes
new measurements on this machine. `document` makes the tables and pictures of docs/scale.md anew.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import fields, replace
from pathlib import Path

from bench.scale import pictures
from bench.scale.batch import shards_in
from bench.scale.costs import CORES
from bench.scale.document import DOCUMENT, PICTURES, written
from bench.scale.measurements import STORED, Measurements
from bench.scale.measuring import measure
from bench.scale.projecting import Trouble
from bench.scale.tables import blocks

ASSUMED = {
    "slow_share": "the share of workers that are slow",
    "slow_times": "how many times as long everything takes on a slow one",
    "lifetime": "hours until a worker is lost, on average",
    "detection": "seconds until it is noticed",
    "replacement": "seconds from then until there is another machine",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--measurements", type=Path, default=STORED, help="a file that `measure` wrote")
    parser.add_argument(
        "--work", type=Path, help="take the shards of this work folder of a batch in the place of others"
    )
    parser.add_argument("--price-per-core-hour", type=float, help="what to reckon money with")
    parser.add_argument("--cores-per-machine", type=int, default=CORES, help="to count machines by")
    for one in fields(Trouble):
        flag = f"--{one.name.replace('_', '-')}"
        told = f"{ASSUMED[one.name]}; {one.default:g} unless told otherwise"
        parser.add_argument(flag, type=float, default=one.default, help=told)
    commands = parser.add_subparsers(dest="command")
    measuring = commands.add_parser("measure", help="measure on this machine, which should be quiet")
    measuring.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/ and pages/")
    measuring.add_argument("--out", type=Path, default=STORED, help="where to keep what is measured")
    measuring.add_argument("--articles", type=int, default=400, help="how many are read")
    measuring.add_argument("--of", type=int, default=20, help="articles in a shard")
    measuring.add_argument(
        "--times", type=int, default=8, help="how many times as many reports are loaded as were read"
    )
    measuring.add_argument("--postgres", help="the address of an empty database to load into as well")
    measuring.add_argument("--work", type=Path, dest="batch", help="a batch's work folder, of which to keep the shards")
    commands.add_parser("document", help="make docs/scale.md and its pictures anew")
    args = parser.parse_args()
    try:
        if args.command == "measure":
            _measure(args)
        else:
            _tell(args)
    except ValueError as error:
        raise SystemExit(f"bench.scale: {error}") from error


def _measure(args: argparse.Namespace) -> None:
    batch = None if args.batch is None else shards_in(args.batch)
    began = time.monotonic()

    def say(step: str) -> None:
        print(f"{time.monotonic() - began:5.0f} s  {step}", file=sys.stderr, flush=True)

    measured = measure(args.corpora, args.articles, args.of, args.times, args.postgres, batch, say)
    measured.write(args.out)
    say(f"wrote {args.out}")


def _tell(args: argparse.Namespace) -> None:
    measured = Measurements.read(args.measurements)
    if args.work is not None:
        reading, size = shards_in(args.work)
        measured = replace(measured, readings=(*measured.readings, reading), shard_size=size)
    if args.command == "document":
        DOCUMENT.write_text(
            written(DOCUMENT.read_text(encoding="utf-8"), blocks(measured, Trouble())), encoding="utf-8"
        )
        print(DOCUMENT)
        for name, picture in drawn(measured).items():
            (PICTURES / name).write_text(picture, encoding="utf-8")
            print(PICTURES / name)
        return
    trouble = Trouble(**{one.name: getattr(args, one.name) for one in fields(Trouble)})
    made = blocks(measured, trouble, price=args.price_per_core_hour, cores=args.cores_per_machine)
    print("\n\n".join(f"{name}\n{block}" for name, block in made.items()))


def drawn(measured: Measurements) -> dict[str, str]:
    """The pictures of the document by the names of their files."""
    return {
        "scale-articles.svg": pictures.articles(measured),
        "scale-workers.svg": pictures.workers(measured, Trouble()),
    }


if __name__ == "__main__":
    main()
