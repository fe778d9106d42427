"""How well speakers are told: `python -m bench.quality.speakers --corpora DIR`.

speakers.jsonl holds statements of news articles with the speaker that a careful reader names, as ids and offsets into
the corpora under reports/ (docs/labelling.md has the rules). Prints, by the form of the source, how many of those with
a speaker are answered and how many of the answers are right; a name given where the reader of the article named nobody
is a wrong answer. speakers_test.jsonl, where it is there, holds part "test", drawn and labelled apart from the
resolver's second round and tuned beside by nobody. `--mistakes` also lists the wrong and the missing answers of all
parts but "test".

The parts "kept back" and "second kept back" are no longer kept back: they were opened for the second round, which was
tuned beside all of speakers.jsonl. Their names stay as they were drawn. Before it they stood at 84.0 and 82.1 percent.
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
TEST_LABELS = Path(__file__).parent / "speakers_test.jsonl"
ARCHIVE = "reports/us-2018-2020/articles_2018_2020.jsonl.gz"
LINES = ("reports/ukraine-five-countries.jsonl", "reports/ukraine-2022-nyt.jsonl")
FILES = ("reports/february-2022/from-turkish.txt",)
PARTS = ("tuning", "kept back", "second tuning", "second kept back", "test")
FORMS = ("name", "short", "pronoun", "description", "none", "all")


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled statement; `speaker` is None where the article names nobody, `bad` where there is no statement.

    Mistakes of every `part` but "test" may be looked at. The second ones were drawn from other outlets, later.
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

    @property
    def answered_share(self) -> float:
        """Of the statements whose speaker the article names, how many are answered, in percent."""
        return 100 * self.answered / self.named if self.named else 0.0

    @property
    def accuracy(self) -> float:
        """How many of the answers are right, in percent."""
        return 100 * self.right / self.answers if self.answers else 0.0

    def row(self) -> str:
        counts = f"{self.statements:5} {self.missed:7} {self.named:6} {self.answered_share:9.1f}"
        return f"{counts} {self.answers:8} {self.accuracy:9.1f}"


@dataclass(frozen=True, slots=True)
class Mistake:
    """An answer that is wrong, or that is missing where the article names a speaker."""

    label: Label
    source: str
    given: str | None


def labels(*paths: Path) -> dict[str, list[Label]]:
    """The labels by report, those of speakers.jsonl unless other files are given."""
    found: dict[str, list[Label]] = defaultdict(list)
    for line in (line for path in paths or (LABELS,) for line in path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        source, content = (tuple(Span(*pair) for pair in row[role]) for role in ("source", "content"))
        label = Label(
            row["part"], row["report"], row["text_sha256"], source, content, row["speaker"], row["form"], row["bad"]
        )
        found[label.report].append(label)
    return found


def reports(corpora: Path, wanted: set[str]) -> Iterator[Report]:
    """The wanted reports of the corpora, read as `onrecord read` would."""
    with TemporaryDirectory() as folder:
        chosen = Path(folder) / "chosen.jsonl"
        with chosen.open("w", encoding="utf-8") as out:
            for place in (ARCHIVE, *LINES):
                opened = gzip.open if place.endswith(".gz") else open
                with opened(corpora / place, "rt", encoding="utf-8") as lines:
                    rows = ((json.loads(line), line) for line in lines)
                    out.writelines(line for row, line in rows if (row.get("ID") or row.get("id")) in wanted)
        files = [corpora / place for place in FILES if Path(place).name in wanted]
        for given in gather([chosen, *files], Settings()):
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


def measure(reader: Reader, corpora: Path, mistakes: list[Mistake] | None = None) -> dict[tuple[str, str], Tally]:
    """Tallies by part and form of source; "all" forms together too. `mistakes` takes those of all parts but "test"."""
    known = [path for path in (LABELS, TEST_LABELS) if path.exists()]
    wanted = labels(*known)
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    by_text = {rows[0].text_sha256: rows for rows in wanted.values()}
    for report in reports(corpora, set(wanted)):
        rows = by_text[sha256(report.text.encode()).hexdigest()]
        statements = list(reader.read_report(report))
        for label in rows:
            if label.bad:
                continue
            found = counterpart(label, statements)
            given = found.speaker.name if found else None
            right = given is not None and same_name(label.speaker, given)
            for tally in (tallies[label.part, label.form], tallies[label.part, "all"]):
                tally.statements += 1
                if found is None:
                    tally.missed += 1
                    continue
                tally.named += label.speaker is not None
                tally.answered += label.speaker is not None and given is not None
                tally.answers += given is not None
                tally.right += right
            if mistakes is not None and found and not right and given != label.speaker and label.part != "test":
                words = " … ".join(span.of(report.text) for span in label.source)
                mistakes.append(Mistake(label, words, given))
    return dict(tallies)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/")
    parser.add_argument("--mistakes", action="store_true", help="list what is wrong outside the test part")
    args = parser.parse_args()
    mistakes: list[Mistake] = []
    tallies = measure(TaggerReader(), args.corpora, mistakes)
    print(
        f"{'form of source':16} {'items':>5} {'missed':>7} {'named':>6} {'answered%':>9} {'answers':>8} {'right%':>9}"
    )
    for part in PARTS:
        print(part)
        for form in FORMS:
            if (part, form) in tallies:
                print(f"  {form:14} {tallies[part, form].row()}")
    for one in mistakes if args.mistakes else ():
        label = one.label
        where = f"{label.report}:{label.content[0].start}"
        print(f"{where}  {label.form}  {one.source[:70]!r}  wanted {label.speaker}, given {one.given}")


if __name__ == "__main__":
    main()
