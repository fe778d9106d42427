"""Claims that strengthen or weaken claims (ClaimDiff): `python -m bench.weighing.claims --corpora DIR [--work DIR]`.

ClaimDiff (Ko et al., "Beyond Fact Verification", 2022): pairs of claims by two outlets on one contentious topic and
day. ClaimDiff-S asks whether the first strengthens the second, ClaimDiff-W whether it weakens it, each yes or no; both
are asked of the same pairs, in both directions. Measured on the training part (1,857 pairs) in five folds by topic.

Seven in ten pairs strengthen and one in ten weakens, so that "always yes" already has F1 over 70 of the one, and what
tells is how far a row is from it: F1 of yes, and the mean of F1 of yes and of no. Each way's threshold is the best on
the folds that it was fitted on, by inner folds of topics: for F1 of yes in the one column, for the mean in the other.
Area is that under the ROC curve, which no threshold moves: 50 is chance.

Logistic regressions are scikit-learn's, which only this benchmark needs (pip install scikit-learn): it is no part of
the product. With scores that `training.entailment claims` left in `--work`, there are rows for the cross-encoder.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.corpora import sum_of
from bench.linking.scores import Score
from bench.weighing.stance import CUES, matches, read
from onrecord.language.vectors import shipped_vectors
from onrecord.language.words import words_of

PLACE: Final = "relations/claimdiff"
FILES: Final[Mapping[str, str]] = {
    "strengthens": "ClaimDiff-S/ClaimDiff-strength-train.json",
    "weakens": "ClaimDiff-W/ClaimDiff-weak-train.json",
}
TASKS: Final = tuple(FILES)
FOLDS: Final = 5
ASKED: Final = 70.0
Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]
Fit = Callable[[Any, Labels], Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims on one topic; `label` says whether the first does to the second what the task asks."""

    first: str
    second: str
    topic: str
    label: bool


def pairs(corpora: Path, task: str) -> list[Pair]:
    """The pairs of one of TASKS, in the order of the corpus, which is the same for both."""
    held = json.loads((corpora / PLACE / FILES[task]).read_text("utf-8"))
    return [Pair(row["claim_a"], row["claim_b"], row["topic"], bool(row["relation"])) for row in held["data"]]


def folds(topics: Sequence[str], salt: str = "topic") -> NDArray[np.int64]:
    """The fold of each topic, by a hash of its name."""
    return np.asarray([int(sum_of(f"{salt} {topic}"), 16) % FOLDS for topic in topics])


def bags(given: Sequence[Pair]) -> Any:
    """Words of each side and words of both, counted: a sparse table `[pairs, words]`."""
    from sklearn.feature_extraction import FeatureHasher

    rows = []
    for one in given:
        left, right = (set(words_of(text)) for text in (one.first, one.second))
        rows.append(
            [f"first {word}" for word in sorted(left)]
            + [f"second {word}" for word in sorted(right)]
            + [f"both {word}" for word in sorted(left & right)]
        )
    return FeatureHasher(2**18, input_type="string", alternate_sign=False).transform(rows)


def meanings(given: Sequence[Pair]) -> Scores:
    """Vectors of both sides, their products and differences by place, `[pairs, 4 * width]`."""
    left, right = (shipped_vectors().vectors([getattr(one, side) for one in given]) for side in ("first", "second"))
    return np.column_stack([left, right, np.abs(left - right), left * right]).astype(np.float64) * 8


def signs(given: Sequence[Pair]) -> Scores:
    """What a reader would look at: how much is shared, and words that refute, doubt, tell or confirm on each side."""
    rows = []
    for one in given:
        left, right = read(one.first), read(one.second)
        found = matches(right, left).max(0).tolist() + matches(left, right).max(0).tolist()
        sides = [[word for part in side.words for word in part] for side in (left, right)]
        for cues in CUES.values():
            counts = [sum(word in cues for word in side) for side in sides]
            found += [*counts, abs(counts[0] - counts[1]), *(min(count, 1) for count in counts)]
        found += [np.log1p(len(side)) for side in sides]
        found += [mark in text for text in (one.first, one.second) for mark in ("?", "“", '"', "%")]
        found += [any(part.isdigit() for part in text) for text in (one.first, one.second)]
        rows.append([float(number) for number in found])
    table = np.asarray(rows)
    return np.asarray((table - table.mean(0)) / (table.std(0) + 1e-9))


def regression(strength: float) -> Fit:
    """A fitting of logistic regressions, the less held back the greater `strength`."""
    from sklearn.linear_model import LogisticRegression

    return lambda rows, labels: LogisticRegression(C=strength, max_iter=500).fit(rows, labels)


def f1(gold: Labels, answers: Labels) -> float:
    """F1 of yes, in percent; 0 where nothing is found and nothing is there."""
    return Score(int(answers.sum()), int((gold & answers).sum()), int(gold.sum())).f1


def mean_f1(gold: Labels, answers: Labels) -> float:
    """The mean of F1 of yes and of no, in percent."""
    return (f1(gold, answers) + f1(~gold, ~answers)) / 2


def best_threshold(gold: Labels, scores: Scores, measure: Callable[[Labels, Labels], float]) -> float:
    """The score from which on to say yes, best by a measure; the lowest of those that are equal."""
    return max(np.quantile(scores, np.linspace(0, 1, 101)).tolist(), key=lambda at: (measure(gold, scores >= at), -at))


def area(gold: Labels, scores: Scores) -> float:
    """The area under the ROC curve, in percent: how often a yes has more than a no; equal ones count half."""
    yes, no = scores[gold], np.sort(scores[~gold])
    below, upto = np.searchsorted(no, yes, "left"), np.searchsorted(no, yes, "right")
    return float(100 * (below + upto).sum() / (2 * len(yes) * len(no)))


@dataclass(frozen=True, slots=True)
class Folded:
    """What a way gives every pair when it has not seen the pair's topic, and its answers for either measure."""

    scores: Scores
    for_f1: Labels
    for_mean: Labels


def folded(rows: Any, gold: Labels, topics: Sequence[str], fit: Fit) -> Folded:
    """Fits five times, each time without a fifth of the topics, and with inner folds for the threshold."""
    its, inner = folds(topics), folds(topics, "inner topic")
    out = Folded(np.zeros(len(gold)), np.zeros(len(gold), bool), np.zeros(len(gold), bool))
    for fold in range(FOLDS):
        seen, asked = np.flatnonzero(its != fold), np.flatnonzero(its == fold)
        within = np.zeros(len(seen))
        for part in range(FOLDS):
            left = inner[seen] == part
            within[left] = fit(rows[seen[~left]], gold[seen[~left]]).predict_proba(rows[seen[left]])[:, 1]
        given = fit(rows[seen], gold[seen]).predict_proba(rows[asked])[:, 1]
        _answer(out, asked, given, gold[seen], within)
    return out


def folded_scores(scores: Scores, gold: Labels, topics: Sequence[str]) -> Folded:
    """The same for scores that were made without the pair's topic already: only the thresholds are fitted."""
    its = folds(topics)
    out = Folded(np.zeros(len(gold)), np.zeros(len(gold), bool), np.zeros(len(gold), bool))
    for fold in range(FOLDS):
        asked = np.flatnonzero(its == fold)
        _answer(out, asked, scores[asked], gold[its != fold], scores[its != fold])
    return out


def _answer(out: Folded, asked: NDArray[np.int64], given: Scores, gold: Labels, within: Scores) -> None:
    out.scores[asked] = given
    out.for_f1[asked] = given >= best_threshold(gold, within, f1)
    out.for_mean[asked] = given >= best_threshold(gold, within, mean_f1)


def report(name: str, gold: Labels, found: Folded) -> Iterator[tuple[str, float]]:
    yield f"{name}: F1", f1(gold, found.for_f1)
    yield f"{name}: mean F1", mean_f1(gold, found.for_mean)
    yield f"{name}: area", area(gold, found.scores)


def keep_scores(work: Path, scores: Scores) -> None:
    """Keeps what a cross-encoder gave, `[pairs, tasks]`, each pair by a model that saw none of its topic."""
    work.mkdir(parents=True, exist_ok=True)
    np.save(work / "claims-cross-encoder.npy", scores)


def measured(corpora: Path, work: Path | None = None) -> dict[str, float]:
    """All rows of both tables, in percent."""
    out: dict[str, float] = {}
    kept = None if work is None else work / "claims-cross-encoder.npy"
    crossed = np.load(kept) if kept is not None and kept.exists() else None
    for column, task in enumerate(TASKS):
        given = pairs(corpora, task)
        gold = np.asarray([one.label for one in given])
        topics = [one.topic for one in given]
        always = np.ones(len(gold), bool)
        out |= report(f"{task}, always yes", gold, Folded(always.astype(float), always, always))
        vectors, looked_at = meanings(given), signs(given)
        ways: dict[str, tuple[Any, float]] = {
            "bag of words": (bags(given), 0.1),
            "vectors": (vectors, 0.02),
            "signs": (looked_at, 0.05),
            "signs and vectors": (np.column_stack([looked_at, vectors]), 0.02),
        }
        for name, (rows, strength) in ways.items():
            out |= report(f"{task}, {name}", gold, folded(rows, gold, topics, regression(strength)))
        if crossed is not None:
            odds = np.log(crossed[:, column] + 1e-6) - np.log1p(1e-6 - crossed[:, column])
            out |= report(f"{task}, cross-encoder", gold, folded_scores(odds, gold, topics))
            joined = np.column_stack([odds, looked_at])
            out |= report(f"{task}, cross-encoder and signs", gold, folded(joined, gold, topics, regression(0.05)))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds relations/")
    parser.add_argument("--work", type=Path, help="where scores of training.entailment are looked for")
    args = parser.parse_args()
    numbers = measured(args.corpora, args.work)
    print(f"{'percent, five folds by topic':44} {'F1':>6} {'mean F1':>8} {'area':>6}   asked {ASKED:g}")
    for name in [key.removesuffix(": F1") for key in numbers if key.endswith(": F1")]:
        values = [numbers[f"{name}: {what}"] for what in ("F1", "mean F1", "area")]
        print(f"{name:44} {values[0]:6.1f} {values[1]:8.1f} {values[2]:6.1f}")


if __name__ == "__main__":
    main()
