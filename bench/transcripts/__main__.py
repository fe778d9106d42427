"""How transcripts are recognised and quotations set beside them: `python -m bench.transcripts --corpora DIR`.

Of the Kremlin's pages and of statements of American leaders, how many that have three lines or more that may begin with
a label are recognised; of news reports, how many are taken for transcripts, by name, to be looked at. Then quotations
planted by rule: what each was made to be, and how it was marked, in percent.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bench.transcripts import planted
from bench.transcripts.material import kremlin, leaders, loosely_labelled, news
from onrecord.domain.reports import Report
from onrecord.reading.transcripts import is_transcript

LINES = 3


def recognised(reports: Iterator[tuple[str, Report]]) -> tuple[int, int, list[str]]:
    """Reports, those with lines enough that may be labelled, and the names of those that are taken for transcripts."""
    every = labelled = 0
    taken: list[str] = []
    for name, report in reports:
        every += 1
        lines = loosely_labelled(report.text)
        labelled += lines >= LINES
        # Without two lines that may be labelled there are no two turns.
        if lines > 1 and is_transcript(report):
            taken.append(name)
    return every, labelled, taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument(
        "--transcripts", type=int, default=planted.TRANSCRIPTS, help="from so many are quotations planted"
    )
    args = parser.parse_args()
    for what, reports in (("the Kremlin's pages", kremlin), ("American leaders", leaders), ("news reports", news)):
        every, labelled, taken = recognised(reports(args.corpora))
        print(f"{what:22} {every:6} of which {labelled:5} with {LINES} lines or more that may be labelled, "
              f"taken for transcripts {len(taken):4}")  # fmt: skip
        if what == "news reports":
            print("\n".join(f"    {name}" for name in taken))
    print("\n".join(planted.table(planted.measured(args.corpora, args.transcripts))))


if __name__ == "__main__":
    main()
