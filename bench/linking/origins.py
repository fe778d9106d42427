"""How well origins, copies and independence are told: `python -m bench.linking.origins [--corpora DIR]`.

Three measurements:

- pairs of reports labelled by hand (origins.jsonl: ids into the corpora with the sums of the texts; docs/labelling.md
  has the rules): of the pairs called independent, how many are (precision), and how many of the independent ones are
  called so (recall). Who speaks in them is told from their words alone, with `--read` by the reader. `--mistakes`
  lists the wrong ones of part "tuning"; of "kept back" only the score is looked at;
- copies planted among the articles of stories/: cut, edited, reordered, with paragraphs of another article, under
  another title, outlet and date; how many are found, and how many pairs of different articles of one event are called
  copies. Natural copies among those articles, listed in copies.jsonl, are counted apart;
- the project's own example against its gold.

Beside ours: the Jaccard index of MinHashes (rensa) at the threshold that is best on the tuning half, the same text, and
one long paragraph in common.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from bench.corpora import check, rows_named, rows_of
from bench.linking.copies import (
    PARTS,
    Pair,
    best_threshold,
    fields,
    of_minhash,
    of_same_paragraph,
    of_same_text,
    pair_of,
    score_copies,
)
from bench.linking.scores import Score
from bench.linking.told import told_in_example, told_of
from bench.quality.example import EXAMPLE
from onrecord.domain.actors import Mention
from onrecord.domain.origins import Independence, Tie
from onrecord.domain.reports import Report
from onrecord.domain.stories import Told
from onrecord.linking.actors import identify
from onrecord.linking.origins import Copy, compared, copies, independence, origins
from onrecord.reading.reader import TaggerReader

LABELS = Path(__file__).parent / "origins.jsonl"
FAMILIES = {
    "Halyard News Agency": "Halyard cooperative",
    "The Eskmouth Courier": "Tidewater Press Group",
    "Calder Tribune": "Tidewater Press Group",
    "Orlamar 24": "Orlamar 24 Comunicación",
    "Harvenia One": "Republic of Harvenia",
    "The Sceptical Ferryman": "Odile Marsh",
}
"""The publishers of the invented outlets, as the example's README gives them."""


@dataclass(frozen=True, slots=True)
class Label:
    """A pair labelled by hand: whether the two are shown to be independent."""

    part: str
    a: Told
    b: Told
    independent: bool
    ties: tuple[str, ...]
    doubtful: bool


def labels(corpora: Path) -> list[Label]:
    """The labelled pairs.

    Raises:
        ValueError: when the corpora hold another text than the one that was labelled.
    """
    rows = list(rows_of(LABELS))
    wanted: dict[str, set[str]] = {}
    for row in rows:
        for side in "ab":
            wanted.setdefault(row[f"corpus_{side}"], set()).add(row[f"report_{side}"])
    told = {
        (corpus, one.report): one
        for corpus, ids in wanted.items()
        for one in map(told_of, rows_named(corpora / corpus, ids))
    }
    found = []
    for row in rows:
        pair = [told[row[f"corpus_{side}"], row[f"report_{side}"]] for side in "ab"]
        for one, side in zip(pair, "ab", strict=True):
            check(one.text, row[f"sha256_{side}"], one.report)
        a, b = pair
        found.append(Label(row["split"], a, b, row["independent"], tuple(row["ties"]), row["doubtful"]))
    return found


def with_speakers(rows: Iterable[Label]) -> list[Label]:
    """The same pairs with the actors whom the reader and the linking of actors find speaking in each report."""
    reader = TaggerReader()

    @cache
    def speakers(text: str, outlet: str | None, published: datetime | None) -> dict[str, int]:
        report = Report("", text, outlet, published=published)
        mentions = [
            Mention(
                statement=one.id,
                report=report.id,
                name=one.speaker.name,
                source=" ".join(span.of(text) for span in one.source),
                basis=one.speaker.basis,
                outlet=outlet,
                published=published,
            )
            for one in reader.read_report(report)
        ]
        return dict(Counter(one.actor for one in identify(mentions) if one.actor is not None))

    def read(told: Told) -> Told:
        return replace(told, actors=speakers(told.text, told.outlet, told.published))

    return [replace(row, a=read(row.a), b=read(row.b)) for row in rows]


def judged(label: Label) -> Independence:
    """What the program says of a labelled pair."""
    return independence(label.a, label.b, origins(label.a), origins(label.b), compared(label.a, label.b))


def score_independence(rows: Sequence[Label], said: Mapping[int, bool]) -> Score:
    found = [row for row in rows if said[id(row)]]
    return Score(len(found), sum(row.independent for row in found), sum(row.independent for row in rows))


def example() -> tuple[dict[str, Told], dict[Pair, Copy], list[dict[str, str]]]:
    told = told_in_example()
    found = {(copy.a, copy.b): copy for copy in copies(list(told.values()))}
    return told, found, list(rows_of(EXAMPLE / "gold" / "origins.jsonl"))


def of_example() -> tuple[dict[str, float], list[str]]:
    """What came out on the example, in percent, and the pairs that are not as its gold says."""
    told, found, gold = example()
    known = frozenset(one.outlet for one in told.values() if one.outlet)
    from_text = {name: origins(one, known) for name, one in told.items()}
    right: dict[str, list[bool]] = {}
    wrong = []
    for row in gold:
        a, b = row["a"], row["b"]
        said = independence(told[a], told[b], from_text[a], from_text[b], found.get(pair_of(a, b)), families=FAMILIES)
        expected = {
            # The gold calls a later text of one page a copy of the earlier; the program tells the two apart.
            "copy": not {Tie.COPY, Tie.VERSION}.isdisjoint(said.ties),
            "cites": "cites" in said.ties or told[a].outlet == told[b].outlet,
            "same-event": {Tie.COPY, Tie.VERSION}.isdisjoint(said.ties),
            "independent": said.independent,
        }[row["relation"]]
        right.setdefault(row["relation"], []).append(expected)
        if not expected:
            wrong.append(
                f"{row['relation']}: {a} and {b}: {', '.join(said.ties) or 'independent'}: {'; '.join(said.reasons)}"
            )
    copied = {pair_of(row["a"], row["b"]) for row in gold if row["relation"] == "copy"}
    right["found copies that are"] = [pair in copied for pair in found]
    return {name: 100 * sum(marks) / len(marks) for name, marks in right.items()}, wrong


def measured(corpora: Path | None = None, *, read: bool = False) -> dict[str, float]:
    """Every number by its name, in percent; `read` also reads the labelled reports, which takes minutes."""
    numbers = {f"example, {name}": value for name, value in of_example()[0].items()}
    if corpora is None:
        return numbers
    rows = with_speakers(labels(corpora)) if read else labels(corpora)
    said = {id(row): judged(row).independent for row in rows}
    for part in PARTS:
        for name, chosen in (
            ("", [row for row in rows if row.part == part]),
            (", not doubtful", [row for row in rows if row.part == part and not row.doubtful]),
        ):
            score = score_independence(chosen, said)
            numbers[f"independent, {part}{name}, precision"] = score.precision
            numbers[f"independent, {part}{name}, recall"] = score.recall
            everything = score_independence(chosen, dict.fromkeys(said, True))
            numbers[f"independent, {part}{name}, precision if all were called so"] = everything.precision
            alone = {id(row): compared(row.a, row.b) is None for row in chosen}
            score = score_independence(chosen, alone)
            numbers[f"independent, {part}{name}, precision by copies alone"] = score.precision
            numbers[f"independent, {part}{name}, recall by copies alone"] = score.recall
        for tie in Tie:
            tied = [row for row in rows if row.part == part and tie in row.ties]
            if tied:
                share = 100 * sum(not said[id(row)] for row in tied) / len(tied)
                numbers[f"tied by {tie}, {part} ({len(tied)} pairs), not called independent"] = share
    halves = fields(corpora)
    threshold = None
    for part, field in halves.items():
        index = of_minhash(field)
        threshold = best_threshold(field, index) if threshold is None else threshold
        systems: dict[str, Iterable[Pair]] = {
            "ours": [(one.a, one.b) for one in copies(field.reports)],
            f"MinHash at {threshold:.2f}": [pair for pair, one in index.items() if one >= threshold],
            "same paragraph": of_same_paragraph(field),
            "same text": of_same_text(field),
        }
        for name, pairs in systems.items():
            called = set(pairs)
            score = score_copies(field, called)
            numbers[f"planted copies, {part}, {name}, found"] = score.recall
            numbers[f"planted copies, {part}, {name}, precision"] = score.precision
            numbers[f"planted copies, {part}, {name}, F1"] = score.f1
            if field.natural:
                share = 100 * len(called & field.natural) / len(field.natural)
                numbers[f"natural copies, {part}, {name}, found"] = share
    return numbers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--read", action="store_true", help="read the labelled reports for who speaks in them")
    parser.add_argument("--mistakes", action="store_true")
    args = parser.parse_args()
    for name, value in measured(args.corpora, read=args.read).items():
        print(f"{name:<72}{value:>7.1f}")
    if not args.mistakes:
        return
    for line in of_example()[1]:
        print(line)
    if args.corpora:
        for row in labels(args.corpora):
            said = judged(row)
            if row.part == "tuning" and said.independent != row.independent:
                ties = ", ".join(row.ties) or "independent"
                print(f"{row.a.report} {row.b.report} labelled {ties}: {'; '.join(said.reasons)}")


if __name__ == "__main__":
    main()
