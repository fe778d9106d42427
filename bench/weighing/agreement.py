"""How far two readers agree on what weighing is measured on: `python -m bench.weighing.agreement`.

A second reader labelled some rows of docket.jsonl (docket_second.jsonl) and of relations.jsonl (relations_second.jsonl)
from the same references and rules, without the first labels. Rows are matched by all that refers and nothing that
answers. The samples were drawn by strata: these numbers say how firm the labels of the sample are, and are not those
of a whole set. No corpus is read.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from bench.corpora import rows_of

FOLDER: Final = Path(__file__).parent
ANSWERS: Final = ("entry", "act", "states_day", "due_start", "due_end", "conditional", "doubtful", "kind")

Row = dict[str, Any]
Pair = tuple[Row, Row]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readers answered one question: rows, those with the same answer, and Cohen's kappa (1960).

    `kappa` is None where one answer is all that either gives, for then chance alone explains it. `differing` counts
    (first, second) among the rows that differ.
    """

    question: str
    rows: int
    same: int
    kappa: float | None
    differing: tuple[tuple[tuple[Hashable, Hashable], int], ...]

    def __str__(self) -> str:
        share = f", {100 * self.same / self.rows:.0f} %" if self.rows else ""
        kappa = "" if self.kappa is None else f", kappa {self.kappa:.2f}"
        return f"{self.question}: the same in {self.same} of {self.rows}{share}{kappa}"


def agreement() -> Iterator[Agreement]:
    """What two readers answered on the docket and, where a second reader labelled them, on relations."""
    yield from _docket(matched(FOLDER / "docket.jsonl", FOLDER / "docket_second.jsonl"))
    if (FOLDER / "relations_second.jsonl").exists():
        yield from _relations(matched(FOLDER / "relations.jsonl", FOLDER / "relations_second.jsonl"))


def matched(first: Path, second: Path) -> list[Pair]:
    """The rows of the second file, each with the row of the first that refers to the same.

    Raises:
        ValueError: when a row of the second file stands in the first not at all or more than once.
    """
    pairs = []
    ours = list(rows_of(first))
    theirs = list(rows_of(second))
    fields = sorted({field for row in theirs for field in row} - set(ANSWERS))
    counted = Counter(_reference(row, fields) for row in ours)
    by_reference = {_reference(row, fields): row for row in ours}
    for row in theirs:
        reference = _reference(row, fields)
        if counted[reference] != 1:
            raise ValueError(f"{second.name}: a row stands {counted[reference]} times in {first.name}: {reference}")
        pairs.append((by_reference[reference], row))
    return pairs


def compared(question: str, pairs: Sequence[Pair], answer: Callable[[Row], Hashable]) -> Agreement:
    """The agreement of two readers on one question, over these rows."""
    answers = [(answer(a), answer(b)) for a, b in pairs]
    same = sum(a == b for a, b in answers)
    ours, theirs = Counter(a for a, _ in answers), Counter(b for _, b in answers)
    chance = sum(ours[value] * theirs[value] for value in ours) / max(1, len(answers)) ** 2
    kappa = (same / len(answers) - chance) / (1 - chance) if answers and chance < 1 else None
    differing = Counter((a, b) for a, b in answers if a != b)
    return Agreement(question, len(answers), same, kappa, tuple(sorted(differing.items(), key=str)))


def _docket(pairs: Sequence[Pair]) -> Iterator[Agreement]:
    yield compared("docket, entry or none", pairs, lambda row: row["entry"])
    firm = [(a, b) for a, b in pairs if not a["doubtful"]]
    yield compared("docket, entry or none, where the first is not doubtful", firm, lambda row: row["entry"])
    both = [(a, b) for a, b in pairs if a["entry"] and b["entry"]]
    yield compared("docket, act of what both enter", both, lambda row: row["act"])
    yield compared("docket, conditional, of what both enter", both, lambda row: row["conditional"])
    yield compared("docket, states a day, of what both enter", both, lambda row: row["states_day"])
    dated = [(a, b) for a, b in both if a["states_day"] or b["states_day"]]
    # Without kappa: days are no categories, and hardly any two rows have the same ones.
    for name, fields in (("both days", ("due_start", "due_end")), ("the last day", ("due_end",))):
        found = compared(f"docket, {name}, where either states one", dated, partial(_of, fields=fields))
        yield Agreement(found.question, found.rows, found.same, None, found.differing)


def _relations(pairs: Sequence[Pair]) -> Iterator[Agreement]:
    yield compared("relations, kind", pairs, lambda row: row["kind"])
    firm = [(a, b) for a, b in pairs if not a["doubtful"]]
    yield compared("relations, kind, where the first is not doubtful", firm, lambda row: row["kind"])


def _reference(row: Row, fields: Sequence[str]) -> str:
    return json.dumps([row.get(field) for field in fields], sort_keys=True)


def _of(row: Row, fields: Sequence[str]) -> Hashable:
    return tuple(row[field] for field in fields)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    for found in agreement():
        print(found)
        for (first, second), number in found.differing:
            print(f"  {number} × first {first}, second {second}")


if __name__ == "__main__":
    main()
