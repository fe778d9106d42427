"""What a search finds in the example, by words alone and with meaning, and how long it takes: `python -m bench.search`.

Of the statements that a question should find, the share that has all its words, the share found with meaning, and how
many of the first ten found are right. Times are those of one processor for a page of each kind, looked up and counted,
each question asked anew; `--ledger FILE` times the questions on another ledger, too; `--again N` asks each so often.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.search.questions import Question, questions
from onrecord import Ledger
from onrecord.ledger.searched import Order, Place, Sought
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.searching.form import read_search
from onrecord.publishing.searching.pages import search_page
from onrecord.settings import Settings, families_in
from onrecord.sources.example import outlets_file, reports_folder

FIRST = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question came out: statements wanted, those found by words and with meaning, and the first ones right."""

    question: Question
    wanted: int
    by_words: int
    found: int
    shown: int
    first: int
    first_right: int

    @property
    def words_recall(self) -> float:
        return self.by_words / self.wanted

    @property
    def recall(self) -> float:
        return self.found / self.wanted

    @property
    def precision(self) -> float:
        return self.first_right / self.first if self.first else 0.0


def outcomes(view: WeighedView) -> Iterator[Outcome]:
    """How the questions come out on the example's record."""
    passages = [(one.statement.id, passage.span.text) for one in view.statements() for passage in one.passages]
    for question in questions():
        wanted = {id_ for id_, text in passages if any(phrase in text for phrase in question.phrases)}
        if not wanted:
            raise SystemExit(f"no passage of the example has what {question.typed!r} should find; see to the questions")
        worded = _found(view, Sought(words=question.typed, meaning=False))
        found = _found(view, Sought(words=question.typed))
        first = found[:FIRST]
        yield Outcome(
            question,
            len(wanted),
            len(wanted.intersection(worded)),
            len(wanted.intersection(found)),
            len(found),
            len(first),
            len(wanted.intersection(first)),
        )


def _found(view: WeighedView, sought: Sought) -> list[str]:
    return [one.what.recorded.statement.id for one in view.search(sought).statements(order=Order.BEST)]


def means(found: list[Outcome]) -> tuple[float, float, float]:
    """Means over the questions: recall of words alone, recall with meaning, share right of the first ten."""
    return (
        statistics.mean(one.words_recall for one in found),
        statistics.mean(one.recall for one in found),
        statistics.mean(one.precision for one in found),
    )


def times(path: Path, again: int) -> Iterator[tuple[Place, str, list[float]]]:
    """How long a processor takes for pages, in milliseconds, by kind and shape."""
    with WeighedView(path) as view:
        search_page(view, read_search({"q": "warm"}))
        for place, shape in (
            (Place.STATEMENTS, "table"),
            (Place.STATEMENTS, "timeline"),
            (Place.STATEMENTS, "actors"),
            (Place.UTTERANCES, "table"),
            (Place.REPORTS, "table"),
            (Place.ACTORS, "table"),
        ):
            taken: list[float] = []
            for question in questions() * again:
                begun = time.process_time()
                search_page(view, read_search({"q": question.typed, "in": place.value, "as": shape}))
                taken.append(1000 * (time.process_time() - begun))
            yield place, shape, taken


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, help="time the questions on this ledger, too")
    parser.add_argument("--again", type=int, default=1, help="ask each so often")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.ledger"
        with outlets_file() as outlets:
            settings = Settings(families=families_in(outlets))
        with reports_folder() as reports, Ledger(path, settings) as made:
            made.add(reports)
            made.link()
        with WeighedView(path) as view:
            found = list(outcomes(view))
        print(f"{'question':32} {'wanted':>6} {'words':>6} {'found':>6} {'of 10':>6} {'shown':>6}")
        for one in found:
            print(
                f"{one.question.typed[:32]:32} {one.wanted:6} {one.words_recall:6.0%} {one.recall:6.0%} "
                f"{one.precision:6.0%} {one.shown:6}"
            )
        words, both, right = means(found)
        print(f"{'mean of ' + str(len(found)):32} {'':6} {words:6.0%} {both:6.0%} {right:6.0%}")
        for ledger in (path, *([told.ledger] if told.ledger else [])):
            print(f"\n{ledger.name}: milliseconds of a processor for a page, median and 95 of 100")
            for place, shape, taken in times(ledger, told.again):
                high = statistics.quantiles(taken, n=20)[-1]
                print(f"{place.value:12} {shape:10} {statistics.median(taken):8.1f} {high:8.1f}")


if __name__ == "__main__":
    main()
