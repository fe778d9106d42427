"""How well docket entries are found and dated: `python -m bench.weighing.docket --corpora DIR [--mistakes]`.

Measured on docket.jsonl: passages that the reader found in reports of the corpora, as offsets, with what a careful
person says of them: is somebody bound to something, or is something foretold, after the day it is said; which act; who
is bound; and the due day, where the words state one. Whole reports are in one part: mistakes of "tuning" may be
looked at (`--mistakes`), of "kept back" only the scores. Rows that are `extra` were drawn later by their words, for
more days: they count for days and not for how many entries are found. Rows marked doubtful count, and are left out in a
second score. The weights are fitted on "tuning" (`bench.weighing.docket_fit`), so its scores are no test of them.

A passage is judged as an utterance of one rendering, with the act, times and context that the reader gives it in its
report. Two simpler ways stand beside it: the reader's acts alone, and the words "will", "would" and "must". A due day
is right when its last day is the one labelled.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from bench.corpora import labelled, reports, rows_of
from bench.linking.scores import Score
from bench.rendered import rendered, said_once
from onrecord.domain.docket import FORWARD, Entry
from onrecord.domain.relations import Said
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.domain.utterances import Rendering
from onrecord.reading.reader import TaggerReader
from onrecord.weighing.docket import entry
from onrecord.weighing.docket.due import last_day

LABELS: Final = Path(__file__).parent / "docket.jsonl"
PARTS: Final = ("tuning", "kept back")
KEYWORDS: Final = re.compile(r"\b(?:will|would|must)\b", re.IGNORECASE)
Way = Callable[[Said], bool]
WAYS: Final[Mapping[str, Way]] = {
    "docket": lambda said: entry(said) is not None,
    "acts": lambda said: said.fullest.act in FORWARD,
    "keywords": lambda said: KEYWORDS.search(said.fullest.words) is not None,
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled passage as an utterance, and what its label says; `last` is the last day on which it falls due."""

    said: Said
    entered: bool
    act: str | None
    bound: str | None
    last: date | None
    part: str
    doubtful: bool
    extra: bool
    note: str


@dataclass(frozen=True, slots=True)
class Days:
    """Due days: of the entries that state one, how many were found at all and with the right day; and how often a day
    was given to an entry that states none."""

    stated: int
    found: int
    right: int
    invented: int


def passages(name: str, report: Report, statements: Sequence[Statement]) -> dict[Span, Rendering]:
    """The passages of a report as they are weighed; one that stands in several statements is the innermost one's."""
    made: dict[Span, Rendering] = {}
    for statement in sorted(statements, key=lambda one: one.nested_in is not None):
        for passage in statement.passages:
            id_ = f"{name}:{passage.span.start}-{passage.span.end}"
            made[passage.span] = rendered(report, statement, passage, name=name, id_=id_)
    return made


def labels(corpora: Path) -> list[Labelled]:
    """The labelled passages in the order of the file.

    Raises:
        ValueError: when a report is not there, has another text, or is cut into other passages than were labelled.
    """
    rows = list(rows_of(LABELS))
    read = dict(_read(corpora, rows))
    found = []
    for row in rows:
        one = read[row["sha256"]].get(Span(row["start"], row["end"]))
        if one is None:
            raise ValueError(f"the reader no longer finds the passage at {row['start']} of {row['report']}")
        last = date.fromisoformat(row["due_end"]) - timedelta(days=1) if row["due_end"] else None
        found.append(
            Labelled(
                said=said_once(one),
                entered=row["entry"],
                act=row["act"],
                bound=row.get("bound"),
                last=last if row["states_day"] else None,
                part=row["split"],
                doubtful=row["doubtful"],
                extra=row["extra"],
                note=row["note"],
            )
        )
    return found


def _read(corpora: Path, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, dict[Span, Rendering]]]:
    reader = TaggerReader()
    for corpus in sorted({row["corpus"] for row in rows}):
        of_corpus = [row for row in rows if row["corpus"] == corpus]
        names, sums = {row["report"] for row in of_corpus}, {row["sha256"] for row in of_corpus}
        for digest, report in labelled(sums, reports(corpora, corpus, names)):
            yield digest, passages(digest[:12], report, list(reader.read_report(report)))


def found(items: Sequence[Labelled], way: Way) -> Score:
    """Entries found by one way."""
    given = [(way(one.said), one.entered) for one in items]
    return Score(sum(a for a, _ in given), sum(a and b for a, b in given), sum(b for _, b in given))


def due_day(made: Entry | None) -> date | None:
    """The last day on which an entry falls due."""
    return last_day(made.start, made.end).date() if made is not None and made.end is not None else None


def days(items: Sequence[Labelled]) -> Days:
    """How well due days are read."""
    stated = [one for one in items if one.entered and one.last is not None]
    entries = [entry(one.said) for one in stated]
    return Days(
        stated=len(stated),
        found=sum(made is not None for made in entries),
        right=sum(due_day(made) == one.last for one, made in zip(stated, entries, strict=True)),
        invented=sum(due_day(entry(one.said)) is not None for one in items if one.entered and one.last is None),
    )


def measured(corpora: Path) -> dict[str, float]:
    """The scores by name, in percent, of each part, with the doubtful rows and without them.

    The weights were fitted on "tuning", so that only what was kept back is a test of them.
    """
    items = labels(corpora)
    scores: dict[str, float] = {}
    for part in PARTS:
        for which, doubtful in (("all", True), ("not doubtful", False)):
            kept = [one for one in items if one.part == part and (doubtful or not one.doubtful)]
            drawn = [one for one in kept if not one.extra]
            name = f"{part}, {which}"
            for way in ("docket", "acts"):
                scores[f"docket: entries found, F1, {way}, {name}"] = found(drawn, WAYS[way]).f1
            dated = days(kept)
            for of, whole in (("entries found", dated.found), ("all", dated.stated)):
                scores[f"docket: due day right, of {of} that state one, {name}"] = percent(dated.right, whole)
    return scores


def percent(part: int, whole: int) -> float:
    """The share of a whole in percent, 0 of none."""
    return 100 * part / max(1, whole)


def _print(items: Sequence[Labelled]) -> None:
    for part in PARTS:
        for doubtful in (True, False):
            kept = [one for one in items if one.part == part and (doubtful or not one.doubtful)]
            drawn = [one for one in kept if not one.extra]
            print(f"{part}, {len(drawn)} passages{'' if doubtful else ' that are not doubtful'}")
            for name, way in WAYS.items():
                score = found(drawn, way)
                print(f"  {name:10} precision {score.precision:5.1f} recall {score.recall:5.1f} F1 {score.f1:5.1f}")
            dated = days(kept)
            print(
                f"  due days: stated {dated.stated}, entries found {dated.found}, right {dated.right} "
                f"({percent(dated.right, dated.found):.1f} of the found), given where none is stated {dated.invented}"
            )
            acts = [(made.act.value, one.act) for one in drawn if one.entered and (made := entry(one.said))]
            print(f"  act right of the found {percent(sum(a == b for a, b in acts), len(acts)):5.1f}")


def _mistakes(items: Sequence[Labelled]) -> None:
    for one in items:
        if one.part != "tuning":
            continue
        made = entry(one.said)
        if (made is not None) != one.entered:
            kind = "missed" if one.entered else "wrongly entered"
        elif one.entered and due_day(made) != one.last:
            kind = f"day {due_day(made)} for {one.last}"
        else:
            continue
        full = one.said.fullest
        print(" | ".join((kind, full.passage, one.act or full.act, "doubtful" * one.doubtful, one.note, full.words)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/")
    parser.add_argument("--mistakes", action="store_true", help="print the mistakes of the tuning part")
    args = parser.parse_args()
    items = labels(args.corpora)
    _print(items)
    if args.mistakes:
        _mistakes(items)


if __name__ == "__main__":
    main()
