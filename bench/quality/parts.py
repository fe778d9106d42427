"""What `bench.quality` prints of each thing the reader reads, a line a measure, beside what was asked for.

Parts whose mistakes were looked at are not shown. Each module has a command of its own that shows more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.quality import acts, confidence, coreference, damage, figures, nested, speakers, times
from onrecord.reading.reader import TaggerReader

UNSEEN_ACTS = ("test", "test, random", "drawn last")
"""The parts of the labelled passages that were labelled apart from, or after, the rules."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: what, on which material, what was reached and what was asked, in percent unless `what` says so."""

    what: str
    on: str
    reached: float
    asked: float | None = None
    at_most: bool = False
    """Whether less is better."""


def of_nested(corpora: Path) -> Iterator[Line]:
    for part, scores in nested.measure(corpora).items():
        if "tuning" not in part:
            for name, count in scores.counts.items():
                yield Line(f"nested statements, {name}, F1", part, 100 * count.f1)


def of_speakers(corpora: Path) -> Iterator[Line]:
    tallies = speakers.measure(TaggerReader(), corpora)
    yield Line("speakers, answered", "test", tallies["test", "all"].answered_share, 90)
    yield Line("speakers, right of answered", "test", tallies["test", "all"].accuracy, 92)
    yield Line("pronouns, answered", "test", tallies["test", "pronoun"].answered_share)
    yield Line("pronouns, right of answered", "test", tallies["test", "pronoun"].accuracy, 90)
    for (part, form), tally in coreference.measure(corpora).items():
        if "tuning" not in part and "news" in part and form == "all":
            yield Line("speakers, answered", f"GUM {part}", tally.answered_share, 90)
            yield Line("speakers, right of answered", f"GUM {part}", tally.accuracy, 92)


def of_acts(corpora: Path) -> Iterator[Line]:
    for part, answers in acts.measure(corpora).answers.items():
        if part in UNSEEN_ACTS:
            yield Line("acts, macro-F1", part, 100 * acts.macro_f1(answers), 80)
            yield Line("negated, F1", part, 100 * acts.flag_f1(answers, "negated"))
            yield Line("conditional, F1", part, 100 * acts.flag_f1(answers, "conditional"))
    second = acts.second_reader()
    if second is not None:
        number, same, kappa = second
        yield Line("acts, two readers the same", f"{number} passages", 100 * same)
        yield Line("acts, Cohen's kappa × 100", f"{number} passages", 100 * kappa)


def of_figures(corpora: Path) -> Iterator[Line]:
    for part, scores in figures.measure(corpora).items():
        if "tuning" not in part:
            numbers = scores.numbers()
            yield Line("figures, value, F1", part, 100 * numbers["value f1"], 90)
            yield Line("figures, what is counted, F1", part, 100 * numbers["counted f1"], 90)


def of_times(corpora: Path) -> Iterator[Line]:
    for part, row in times.measure(corpora).items():
        if "tuning" not in part:
            yield Line("times, TIMEX3 value, F1", f"TimeBank and AQUAINT, {part}", row["value"], 78)


def of_damage(corpora: Path) -> Iterator[Line]:
    found = damage.measure(TaggerReader(), corpora)
    clean = next(iter(found.values()))
    worst = max((name for name in found), key=lambda name: clean - found[name])
    yield Line(f"linked lost to the worst damage ({worst})", "PolNeAR dev", clean - found[worst], 4, at_most=True)


def of_confidence(corpora: Path) -> Iterator[Line]:
    error = confidence.measure(corpora).cross_fitted
    yield Line("calibration error × 100, knots of other reports", "PolNeAR dev", 100 * error, 5, at_most=True)


PARTS: tuple[Callable[[Path], Iterator[Line]], ...] = (
    of_nested,
    of_speakers,
    of_acts,
    of_figures,
    of_times,
    of_damage,
    of_confidence,
)


def of_example() -> Iterator[Line]:
    """What can be measured without corpora; the program was written with the example in view."""
    on = "the example"
    for name, count in nested.measure_example().counts.items():
        yield Line(f"nested statements, {name}, F1", on, 100 * count.f1)
    own = acts.measure_example()
    answers = own.answers["example"]
    yield Line("acts, macro-F1", on, 100 * acts.macro_f1(answers))
    yield Line("negated, F1", on, 100 * acts.flag_f1(answers, "negated"))
    yield Line("conditional, F1", on, 100 * acts.flag_f1(answers, "conditional"))
    if own.boundaries is not None:
        yield Line("passages cut exactly, F1", on, 100 * own.boundaries.f1)
    numbers = figures.measure_example().numbers()
    # The example's gold leaves out numbers that do not matter to it, so recall says more than precision.
    yield Line("figures, value, recall", on, 100 * numbers["value recall"])
    yield Line("figures, value, precision", on, 100 * numbers["value precision"])
    yield Line("figures, what is counted, recall", on, 100 * numbers["counted recall"])
    yield Line("figures, both, recall", on, 100 * numbers["both recall"])
    yield Line("times, TIMEX3 value, F1", "invented sentences", times.measure_example()["value"])
