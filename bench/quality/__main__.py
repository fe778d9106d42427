"""How good the reader is: `python -m bench.quality [--corpora DIR] [--json]`.

Always measures the project's own example; with the corpora also PolNeAR's dev part, beside published figures, other
programs and the annotators themselves, and the labelled sets for everything else the reader reads. With the corpora it
takes some minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.quality import example, parts, polnear
from bench.quality.parts import Line
from bench.quality.polnear import Row
from onrecord.reading.reader import TaggerReader
from onrecord.reading.rules import RuleReader

COLUMNS = ("source", "cue", "content", "linked", "quoted", "indirect")


def published() -> list[tuple[Row, bool]]:
    """The rows that stand beside ours, and whether their role scores are of tokens rather than exact spans."""
    table = tomllib.loads((Path(__file__).parent / "published.toml").read_text(encoding="utf-8"))
    return [
        (Row(row["system"], *(row.get(name) for name in COLUMNS)), row.get("tokens", False)) for row in table["row"]
    ]


def cell(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds polnear/, with tools/ beside it")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    reader = TaggerReader()
    scores = example.measure(reader)
    dev = polnear.measure(reader, args.corpora) if args.corpora else None
    lines = list(parts.of_example())
    if args.corpora:
        for part in parts.PARTS:
            print(f"measuring {part.__name__.removeprefix('of_')} …", file=sys.stderr)
            lines += part(args.corpora)
    if args.json:
        print(json.dumps({
            "example": {name: count.f1 for name, count in scores.counts.items()},
            "dev": None if dev is None else {name: getattr(dev, name) for name in COLUMNS},
            "parts": [{"what": one.what, "on": one.on, "reached": one.reached, "asked": one.asked} for one in lines],
        }))  # fmt: skip
        return
    console = Console(width=None if Console().is_terminal else 120)
    table = Table(title="PolNeAR, F1 in percent: exact spans of each role; whole attributions", title_justify="left")
    table.add_column("system")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    if dev is not None:
        table.add_row(dev.system, *(cell(getattr(dev, name)) for name in COLUMNS), style="bold")
        rules = polnear.measure(RuleReader(), args.corpora)
        table.add_row(rules.system, *(cell(getattr(rules, name)) for name in COLUMNS), end_section=True)
    for row, _ in published():
        table.add_row(row.system, *(cell(getattr(row, name)) for name in COLUMNS))
    console.print(table)
    if dev is None:
        console.print("Not measured on dev: give --corpora. (tokens): role scores count tokens, not exact spans.")
    own = Table(title="The project's own example, against its gold", title_justify="left")
    for name in ("measure", "precision", "recall", "F1", "right", "found", "gold"):
        own.add_column(name, justify="left" if name == "measure" else "right")
    for name, c in scores.counts.items():
        shares = (f"{100 * share:.1f}" for share in (c.precision, c.recall, c.f1))
        own.add_row(name, *shares, str(c.right), str(c.found), str(c.gold))
    console.print(own)
    console.print(parts_table(lines))
    if dev is not None:
        console.print("Times: HeidelTime reached 77.6 on another test set of the same guidelines (TempEval-3).")


def parts_table(lines: list[Line]) -> Table:
    """Everything beside whole attributions, against what was asked for."""
    table = Table(title="What else is read", title_justify="left")
    table.add_column("measure")
    table.add_column("on")
    for name in ("reached", "asked", ""):
        table.add_column(name, justify="right")
    for one in lines:
        asked = "" if one.asked is None else f"{'<' if one.at_most else '≥'} {one.asked:g}"
        short = one.asked is not None and (one.reached > one.asked if one.at_most else one.reached < one.asked)
        table.add_row(one.what, one.on, f"{one.reached:.1f}", asked, "short" if short else "")
    return table


if __name__ == "__main__":
    main()
