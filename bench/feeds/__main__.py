"""Feeds against two collections: `python -m bench.feeds --corpora DIR [--differences]`.

Every item of a well-formed feed must come out, with title, link, id and times as its collection says unless a reason
stands in reasons.toml; every broken file must be answered, by what can be read or by a reason.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.feeds.measuring import COLUMNS, measured


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.feeds", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--differences", action="store_true", help="list what came out otherwise, and why")
    told = parser.parse_args()
    results = measured(told.corpora)
    width = max(map(len, COLUMNS))
    print(f"{'':{width}} {''.join(f'{name:>14}' for name in results)}")
    for column, cell in COLUMNS.items():
        print(f"{column:{width}} {''.join(f'{cell(one.tally.counted):>14}' for one in results.values())}")
    for name, one in results.items():
        for reason, files in sorted(one.explained.items(), key=lambda row: -len(row[1])):
            print(f"{name}: {len(files)} otherwise on purpose: {reason}")
            if told.differences:
                print("\n".join(f"    {'  '.join(row)}" for row in files))
        for row in one.unexplained:
            print(f"{name}: otherwise without a reason: {'  '.join(row)}")
    raise SystemExit(any(one.unexplained for one in results.values()))


if __name__ == "__main__":
    main()
