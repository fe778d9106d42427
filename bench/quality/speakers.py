"""How well speakers are told: `python -m bench.quality.speakers --corpora DIR`.

speakers.jsonl holds statements of news articles with the speaker that a careful reader names, as ids and offsets into
the corpora under reports/ (docs/labelling.md has the rules). Prints, by the form of the source, how many of those with
a speaker are answered and how many of the answers are right; a name given where the reader of the article named nobody
is a wrong answer. speakers_test.jsonl holds part "test", drawn and labelled apart from the
resolver's second round and tuned beside by nobody. `--mistakes` also lists the wrong and the missing answers of all
parts but "test".

The parts "kept back" and "second kept back" are no longer kept back: they were opened for the second round, which was
tuned beside all of speakers.jsonl. Their names stay as they were drawn. Before it they stood at 84.0 and 82.1 percent.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpora import ARCHIVE, FEBRUARY, FIVE_COUNTRIES, NEW_YORK_TIMES, labelled, reports, rows_of
from bench.quality.attributions import same_name
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.reading.reader import Reader, TaggerReader

LABELS = Path(__file__).parent / "speakers.jsonl"
TEST_LABELS = Path(__file__).parent / "speakers_test.jsonl"
CORPORA = (ARCHIVE, FIVE_COUNTRIES, NEW_YORK_TIMES, FEBRUARY)
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
    for row in (row for path in paths or (LABELS,) for row in rows_of(path)):
        source, content = (tuple(Span(*pair) for pair in row[role]) for role in ("source", "content"))
        label = Label(
            row["part"], row["report"], row["text_sha256"], source, content, row["speaker"], row["form"], row["bad"]
        )
        found[label.report].append(label)
    return found


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
    wanted = labels(LABELS, TEST_LABELS)
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    by_text = {those[0].text_sha256: those for those in wanted.values()}
    found_reports = (one for corpus in CORPORA for one in reports(corpora, corpus, wanted.keys()))
    for digest, report in labelled(by_text.keys(), found_reports):
        statements = list(reader.read_report(report))
        for label in by_text[digest]:
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


def print_tallies(
    tallies: Mapping[tuple[str, str], Tally], title: str, parts: Sequence[str], forms: Sequence[str]
) -> None:
    """The tallies as a table; `title` says what the forms are of."""
    print(f"{title:16} {'items':>5} {'missed':>7} {'named':>6} {'answered%':>9} {'answers':>8} {'right%':>9}")
    for part in parts:
        print(part)
        for form in forms:
            if (part, form) in tallies:
                print(f"  {form:14} {tallies[part, form].row()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/")
    parser.add_argument("--mistakes", action="store_true", help="list what is wrong outside the test part")
    args = parser.parse_args()
    mistakes: list[Mistake] = []
    print_tallies(measure(TaggerReader(), args.corpora, mistakes), "form of source", PARTS, FORMS)
    for one in mistakes if args.mistakes else ():
        label = one.label
        where = f"{label.report}:{label.content[0].start}"
        print(f"{where}  {label.form}  {one.source[:70]!r}  wanted {label.speaker}, given {one.given}")


if __name__ == "__main__":
    main()
