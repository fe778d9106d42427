"""Counts in how many news reports each word stem stands, for `onrecord.language.words`.

python -m training.document_frequencies --corpora DIR

From reports/us-2018-2020, reports/ukraine-five-countries and reports/ukraine-2022-nyt; stems in fewer than four reports
are left out. No set that linking is measured on is counted. A line is a count and all stems that have it.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.corpora import ARCHIVE, FIVE_COUNTRIES, NEW_YORK_TIMES, rows_of, text_of
from onrecord.language.words import words_of

FEWEST = 4
TABLE = Path(__file__).parents[1] / "src" / "onrecord" / "language" / "document_frequencies.txt.gz"


def texts(corpora: Path) -> Iterator[str]:
    """Title and text of every report that is counted."""
    for corpus in (ARCHIVE, NEW_YORK_TIMES, FIVE_COUNTRIES):
        for row in rows_of(corpora / corpus):
            yield f"{row.get('title') or ''}\n{text_of(row)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    having: Counter[str] = Counter()
    reports = 0
    for text in texts(args.corpora):
        reports += 1
        having.update(set(words_of(text)))
    by_count: dict[int, list[str]] = defaultdict(list)
    for word, count in having.items():
        if count >= FEWEST:
            by_count[count].append(word)
    lines = [str(reports), *(f"{count} {' '.join(sorted(by_count[count]))}" for count in sorted(by_count))]
    TABLE.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{reports} reports, {sum(map(len, by_count.values()))} stems, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
