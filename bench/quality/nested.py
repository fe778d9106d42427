"""How well statements inside statements are found: `python -m bench.quality.nested [--corpora DIR]`.

nested.jsonl holds paragraphs of news with every statement that stands inside the content of another, and paragraphs
that look like it and hold none, as ids and offsets into the corpora (docs/labelling.md has the rules). A nested
statement is found when its content overlaps the label's by at least 0.8 (Jaccard, tokens) and its source by at least
0.5; of those found it is asked whether `nested_in` names the statement that the label is nested in, and whether both
speakers are right. The same is asked of the project's own example, which needs no corpora.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpora import ARCHIVE, CASUALTIES, FEBRUARY, FIVE_COUNTRIES, NEW_YORK_TIMES, labelled, rows_of
from bench.corpora import reports as found_reports
from bench.quality import example
from bench.quality.attributions import Attribution, Scores, linked_pairs, same_name
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.reading.reader import Reader, TaggerReader

LABELS = Path(__file__).parent / "nested.jsonl"
PARTS = ("tuning", "kept back")
MEASURES = ("found", "in the right statement", "both speakers right")
FILES = {
    "february-2022": FEBRUARY,
    "syria-casualties": CASUALTIES,
    "ukraine-2022-nyt": NEW_YORK_TIMES,
    "ukraine-five-countries": FIVE_COUNTRIES,
    "us-2018-2020": ARCHIVE,
}


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled statement; `nested_in` is the place, in the same list, of the one whose content it stands in."""

    attribution: Attribution
    nested_in: int | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A labelled stretch of a report: the nested statements in it and those that hold them, perhaps none.

    `part` is "tuning", whose mistakes may be looked at, or "kept back", whose may not.
    """

    part: str
    corpus: str
    report: str
    text_sha256: str
    span: Span
    labels: tuple[Label, ...]


def paragraphs(path: Path = LABELS) -> list[Paragraph]:
    """The labelled paragraphs."""
    found = []
    for row in rows_of(path):
        labels = tuple(
            Label(
                Attribution(
                    *(tuple(Span(*pair) for pair in one[role]) for role in ("source", "cue", "content")),
                    kind="",
                    speaker=one["speaker"],
                ),
                one["nested_in"],
            )
            for one in row["statements"]
        )
        found.append(
            Paragraph(row["part"], row["corpus"], row["report"], row["text_sha256"], Span(*row["span"]), labels)
        )
    return found


def reports(corpora: Path, corpus: str, wanted: set[str]) -> Iterator[tuple[str, Report]]:
    """The wanted reports of a corpus by name, read as `onrecord read` would; rows of the CSV are bare texts."""
    if FILES[corpus] != CASUALTIES:
        yield from found_reports(corpora, FILES[corpus], wanted)
        return
    for row in rows_of(corpora / CASUALTIES, encoding="latin-1"):
        if row["unit_id"] in wanted:
            yield row["unit_id"], Report(capture="", text=row["article_content"])


def score(text: str, gold: Sequence[Label], found: Sequence[Statement], scores: Scores) -> None:
    """Adds one report or stretch of it to `scores`: how many of its nested statements are right, in three steps."""
    wanted = [label.attribution for label in gold]
    given = [Attribution.of(statement) for statement in found]
    inner_gold = [k for k, label in enumerate(gold) if label.nested_in is not None]
    inner_found = [k for k, statement in enumerate(found) if statement.nested_in is not None]
    links = linked_pairs(text, [wanted[k] for k in inner_gold], [given[k] for k in inner_found])
    place = {statement.id: k for k, statement in enumerate(found)}
    held = spoken = 0
    for g, f in links:
        inner, answer = gold[inner_gold[g]], found[inner_found[f]]
        holder = place.get(answer.nested_in or "")
        if inner.nested_in is None or holder is None:
            continue
        if linked_pairs(text, [wanted[inner.nested_in]], [given[holder]]):
            held += 1
            spoken += _same(inner.attribution.speaker, answer.speaker.name) and _same(
                wanted[inner.nested_in].speaker, given[holder].speaker
            )
    for measure, right in zip(MEASURES, (len(links), held, spoken), strict=True):
        scores.add(measure, right, len(inner_found), len(inner_gold))


def _same(wanted: str | None, given: str | None) -> bool:
    return wanted is None if given is None else same_name(wanted, given)


def within(statements: Sequence[Statement], span: Span) -> list[Statement]:
    """The statements whose contents begin in a stretch of the report."""
    return [s for s in statements if span.start <= s.content[0].start < span.end]


def measure(corpora: Path, reader: Reader | None = None) -> dict[str, Scores]:
    """Scores on the labelled paragraphs, by part."""
    reader = reader or TaggerReader()
    scores = {part: Scores() for part in PARTS}
    by_text: dict[str, list[Paragraph]] = {}
    names: dict[str, set[str]] = {corpus: set() for corpus in FILES}
    for paragraph in paragraphs():
        by_text.setdefault(paragraph.text_sha256, []).append(paragraph)
        names[paragraph.corpus].add(paragraph.report)
    found = (one for corpus, wanted in names.items() for one in reports(corpora, corpus, wanted))
    for digest, report in labelled(by_text.keys(), found):
        statements = list(reader.read_report(report))
        for row in by_text[digest]:
            score(report.text, row.labels, within(statements, row.span), scores[row.part])
    return scores


def measure_example(reader: Reader | None = None) -> Scores:
    """Scores on the project's own example, against its gold."""
    reader = reader or TaggerReader()
    scores, wanted = Scores(), example.gold()
    for name, report in example.reports():
        rows = wanted.pop(name, [])
        place = {row["id"]: k for k, row in enumerate(rows)}
        gold = [
            Label(
                example.gold_attribution(report.text, row),
                place[row["nested_in"]] if row.get("nested_in") else None,
            )
            for row in rows
        ]
        score(report.text, gold, list(reader.read_report(report)), scores)
    return scores


def lines(scores: Scores) -> Iterator[str]:
    """One line a measure, percentages of precision, recall and F1 and the counts."""
    for name, count in scores.counts.items():
        yield (
            f"  {name:24} {100 * count.precision:9.1f} {100 * count.recall:7.1f} {100 * count.f1:6.1f} "
            f"{count.right:6} {count.found:6} {count.gold:6}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds reports/")
    args = parser.parse_args()
    reader = TaggerReader()
    parts = {"the project's own example": measure_example(reader)}
    if args.corpora:
        parts |= measure(args.corpora, reader)
    print(f"  {'nested statements':24} {'precision':>9} {'recall':>7} {'F1':>6} {'right':>6} {'found':>6} {'gold':>6}")
    for part, scores in parts.items():
        print(part)
        print(*lines(scores), sep="\n")


if __name__ == "__main__":
    main()
