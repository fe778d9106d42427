"""Where the time goes in reading, in loading and in a page: `python -m bench.speed.profile [--corpora DIR]
[--articles 100] [--ledger FILE] [--only reading|loading|page]`.

Reads articles of the corpus reports/us-2018-2020, or of the project's own example where it is not at hand; puts them on
a fresh record in a temporary folder beside the place of work; and opens pages of a copy of the ledger, or of what was
just loaded, linked and weighed. Prints CPU time by stage beside what the machine can do, which is measured on the spot.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpora import ARCHIVE, rows_of
from bench.speed import loading, paging, reading
from onrecord.domain.reports import Input
from onrecord.settings import Settings
from onrecord.sources import gather
from onrecord.sources.example import reports_folder


def articles(corpora: Path | None, wanted: int) -> list[Input]:
    """Inputs drawn from the corpus, always the same ones, or those of the example, at most so many."""
    if corpora is None or not (corpora / ARCHIVE).exists():
        with reports_folder() as folder:
            return [given for given in gather([folder], Settings()) if given.report][:wanted]
    rows = list(rows_of(corpora / ARCHIVE))
    random.Random(7).shuffle(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chosen.jsonl"
        lines = (json.dumps(row) + "\n" for row in rows[: wanted + wanted // 10 + 10])
        path.write_text("".join(lines), encoding="utf-8")
        return [given for given in gather([path], Settings()) if given.report][:wanted]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.speed.profile", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--corpora", type=Path, help="the folder that holds reports/")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument(
        "--copies", type=int, default=10, help="how often each article is loaded, under other addresses"
    )
    parser.add_argument("--ledger", type=Path, help="the record whose pages are opened, a copy of it")
    parser.add_argument("--only", choices=("reading", "loading", "page"))
    parser.add_argument("--in", dest="folder", type=Path, default=Path.cwd(), help="where records are written")
    args = parser.parse_args()
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores\n")
    found: list[loading.Read] = []
    if args.only != "page" or args.ledger is None:
        given = articles(args.corpora, args.articles)
        read = reading.read([one.report for one in given if one.report])
        found = list(zip(given, read.statements, strict=True))
        if args.only in (None, "reading"):
            reading.told(read)
    if args.only in (None, "loading"):
        print()
        loading.told(loading.load(list(loading.copies(found, args.copies)), args.folder))
    if args.only in (None, "page"):
        print()
        paging.told(paging.pages(args.ledger, found, args.folder))


if __name__ == "__main__":
    main()
