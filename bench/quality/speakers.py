"""How well speakers are told: `python -m bench.quality.speakers --corpora DIR`.

speakers.jsonl holds statements of news articles with the speaker that a careful reader names, as ids and offsets into
the corpus reports/us-2018-2020 (docs/labelling.md has the rules). Prints, by the form of the source, how many of those
with a speaker are answered and how many of the answers are right; a name given where the reader of the article named
nobody is a wrong answer.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.quality.attributions import same_name
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.reading.reader import Reader, TaggerReader
from onrecord.settings import Settings
from onrecord.sources import gather

LABELS = Path(__file__).parent / "speakers.jsonl"
ARCHIVE = "reports/us-2018-2020/articles_2018_2020.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled statement; `speaker` is None where the article names nobody, `bad` where there is no statement.

    `part` is "tuning", whose mistakes may be looked at, or "kept back", whose may not.
    """

    part: str
    report: str
    text_sha256: str
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    form: str
    bad: bool


@dataclass(slots=True)
class Tally:
    """Counts for one form of source."""

    statements: int = 0
    missed: int = 0
    named: int = 0
    answered: int = 0
    answers: int = 0
    right: int = 0

    def row(self) -> str:
        share = 100 * self.answered / self.named if self.named else 0.0
        accuracy = 100 * self.right / self.answers if self.answers else 0.0
        return f"{self.statements:5} {self.missed:7} {self.named:6} {share:9.1f} {self.answers:8} {accuracy:9.1f}"


def labels(path: Path = LABELS) -> dict[str, list[Label]]:
    """The labels by report."""
    found: dict[str, list[Label]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source, content = (tuple(Span(*pair) for pair in row[role]) for role in ("source", "content"))
        label = Label(
            row["part"], row["report"], row["text_sha256"], source, content, row["speaker"], row["form"], row["bad"]
        )
        found[label.report].append(label)
    return found


def reports(archive: Path, wanted: set[str]) -> Iterator[Report]:
    """The wanted reports of the corpus, read as `onrecord read` would."""
    with TemporaryDirectory() as folder:
        chosen = Path(folder) / "chosen.jsonl"
        with gzip.open(archive, "rt", encoding="utf-8") as lines, chosen.open("w", encoding="utf-8") as out:
            out.writelines(line for line in lines if json.loads(line).get("ID") in wanted)
        for given in gather([chosen], Settings()):
            if given.report is not None and given.name in wanted:
                yield given.report


def counterpart(label: Label, statements: list[Statement]) -> Statement | None:
    """The statement found that shares most of the label's content and, if it has one, its source."""

    def shared(a: tuple[Span, ...], b: tuple[Span, ...]) -> int:
        return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)

    best = max(
        statements, key=lambda s: (shared(s.content, label.content), shared(s.source, label.source)), default=None
    )
    if best is None or not shared(best.content, label.content):
        return None
    return best if not label.source or shared(best.source, label.source) else None


def measure(reader: Reader, archive: Path) -> dict[tuple[str, str], Tally]:
    """Tallies by part and form of source; "all" forms together too."""
    wanted, tallies = labels(), defaultdict(Tally)
    by_text = {rows[0].text_sha256: rows for rows in wanted.values()}
    for report in reports(archive, set(wanted)):
        rows = by_text[sha256(report.text.encode()).hexdigest()]
        statements = list(reader.read_report(report))
        for label in rows:
            if label.bad:
                continue
            found = counterpart(label, statements)
            for tally in (tallies[label.part, label.form], tallies[label.part, "all"]):
                tally.statements += 1
                if found is None:
                    tally.missed += 1
                    continue
                given = found.speaker.name
                tally.named += label.speaker is not None
                tally.answered += label.speaker is not None and given is not None
                tally.answers += given is not None
                tally.right += given is not None and same_name(label.speaker, given)
    return dict(tallies)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/us-2018-2020/")
    args = parser.parse_args()
    tallies = measure(TaggerReader(), args.corpora / ARCHIVE)
    print(
        f"{'form of source':16} {'items':>5} {'missed':>7} {'named':>6} {'answered%':>9} {'answers':>8} {'right%':>9}"
    )
    for part in ("tuning", "kept back"):
        print(part)
        for form in ("name", "short", "pronoun", "description", "none", "all"):
            if (part, form) in tallies:
                print(f"  {form:14} {tallies[part, form].row()}")


if __name__ == "__main__":
    main()
