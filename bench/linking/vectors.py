"""What tells that two passages say the same: `python -m bench.linking.vectors --corpora DIR [--extra FOLDER]`.

One row for each way of comparing two passages: their words alone, and vectors of several makes. Columns: Spearman's
rho on the STS test sets of 2012 to 2016 (the mean over sets, 100 pairs of each); on MSRP (test) the area under the
curve and F1 at a threshold chosen on its validation part; on timelines the same, where the three wordings of one update
are the same, and the wording of another update of the crisis within a week that shares most words with it is another
(threshold from one half of the crises, scores from the other). "Few shared" is the area where of the same pairs only
the half with the fewest shared words is left. "Joined" is a logistic regression of the row's score and the words'
score, fitted where the threshold is chosen. Milliseconds are of one processor, megabytes those of the file.

`--extra` names a folder where `training.sentence_vectors --work FOLDER` left what was not chosen: it adds those rows.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from math import log2, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.corpora import updates
from onrecord.language.vectors import PassageVectors
from onrecord.language.words import rarity, words_of

STS = "relations/paraphrase/sts/semeval-sts"
MSRP = "relations/paraphrase/para/msr"
STS_PAIRS = 100
"""So many pairs of each STS set are taken, always the same."""
LONGEST = 80
"""Words of the longest update taken from timelines: a passage has no more."""

Scores = NDArray[np.float64]
Scorer = Callable[[Sequence[str], Sequence[str]], Scores]
Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
PACKAGE = Path(str(files("onrecord.language")))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts with a number: 1 same and 0 not, or how alike they are."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    gold: Scores


def by_hash(rows: Sequence[tuple[str, str, float]], count: int) -> list[tuple[str, str, float]]:
    """So many of the rows, always the same ones."""
    return sorted(rows, key=lambda row: hashlib.sha256(f"{row[0]}\t{row[1]}".encode()).digest())[:count]


def pairs_of(rows: Sequence[tuple[str, str, float]]) -> Pairs:
    """Rows as pairs."""
    return Pairs(tuple(r[0] for r in rows), tuple(r[1] for r in rows), np.asarray([r[2] for r in rows], np.float64))


def sts(corpora: Path) -> dict[str, Pairs]:
    """The STS test sets by name; MSRpar is left out, it is measured on its own."""
    sets = {}
    for path in sorted((corpora / STS).glob("20*/*.test.tsv")):
        if path.name.startswith("MSRpar"):
            continue
        rows = []
        for line in path.read_text("utf-8").splitlines():
            score, left, right = (*line.split("\t"), "", "")[:3]
            if score.strip() and left.strip() and right.strip():
                rows.append((left.strip(), right.strip(), float(score)))
        sets[f"{path.parent.name} {path.name.split('.')[0]}"] = pairs_of(by_hash(rows, STS_PAIRS))
    return sets


def msrp(corpora: Path, part: str) -> Pairs:
    """Pairs of sentences of news, `part` is val or test."""
    lines = (corpora / MSRP / f"msr-para-{part}.tsv").read_text("utf-8-sig").splitlines()[1:]
    fields = [line.split("\t") for line in lines]
    return pairs_of([(row[3], row[4], float(row[0])) for row in fields if len(row) >= 5])


def timelines(corpora: Path) -> tuple[Pairs, Pairs]:
    """Wordings of updates, for choosing a threshold and for scoring; every other crisis by name goes to each."""
    wordings: dict[str, dict[str, list[dict[str, str]]]] = {}
    for name, table in updates(corpora):
        _, crisis, person = name.split("/")
        wordings.setdefault(crisis, {})[person] = table
    halves: tuple[list[tuple[str, str, float]], list[tuple[str, str, float]]] = ([], [])
    for i, crisis in enumerate(sorted(wordings)):
        halves[i % 2].extend(_of_crisis([wordings[crisis][person] for person in sorted(wordings[crisis])]))
    return pairs_of(halves[0]), pairs_of(halves[1])


def _of_crisis(people: Sequence[Sequence[Mapping[str, str]]]) -> Iterator[tuple[str, str, float]]:
    told = []
    for update in zip(*people, strict=True):
        texts = [one["Update"].replace("\\n", " ").strip() for one in update]
        if all(2 <= len(text.split()) <= LONGEST for text in texts):
            told.append((date.fromisoformat(update[0]["Date"].strip("[]")), texts, [set(words_of(t)) for t in texts]))
    for i, (day, texts, words) in enumerate(told):
        for a in range(len(texts)):
            b = (a + 1) % len(texts)
            yield texts[a], texts[b], 1.0
            near = [
                (len(words[a] & others[c]) / len(words[a] | others[c]), j, c)
                for j, (other, _, others) in enumerate(told)
                if j != i and abs((other - day).days) <= 7
                for c in range(len(others))
                if c != a
            ]
            if near:
                _, j, c = max(near, key=lambda one: (one[0], -one[1], -one[2]))
                yield texts[a], told[j][1][c], 0.0


def ranks(x: Scores) -> Scores:
    """Ranks from 1, ties at their mean."""
    _, back, counts = np.unique(x, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[back], np.float64)


def spearman(x: Scores, y: Scores) -> float:
    """The correlation of ranks."""
    return float(np.corrcoef(ranks(x), ranks(y))[0, 1])


def area(scores: Scores, gold: Scores) -> float:
    """How often a pair that is the same scores above one that is not."""
    same = gold > 0.5
    yes, no = int(same.sum()), int((~same).sum())
    return float((ranks(scores)[same].sum() - yes * (yes + 1) / 2) / (yes * no))


def f1_at(scores: Scores, gold: Scores, threshold: float) -> float:
    """F1 of calling same what reaches the threshold."""
    said, same = scores >= threshold, gold > 0.5
    return float(2 * (said & same).sum() / (said.sum() + same.sum()))


def best_threshold(scores: Scores, gold: Scores) -> float:
    """The threshold of the best F1."""
    order = np.argsort(-scores, kind="stable")
    same = gold[order] > 0.5
    f1 = 2 * np.cumsum(same) / (np.arange(1, len(same) + 1) + same.sum())
    at = int(np.argmax(f1))
    below = scores[order[at + 1]] if at + 1 < len(order) else scores[order[at]] - 1
    return float((scores[order[at]] + below) / 2)


def logistic(features: Scores, gold: Scores) -> Callable[[Scores], Scores]:
    """A logistic regression by Newton's steps, lightly held."""
    centre, spread = features.mean(0), features.std(0) + 1e-9

    def rows(x: Scores) -> Scores:
        return np.column_stack([np.ones(len(x)), (x - centre) / spread])

    x, w = rows(features), np.zeros(features.shape[1] + 1)
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + 0.1 * np.eye(len(w)), x.T @ (gold - p) - 0.1 * w)
    return lambda x: np.asarray(rows(x) @ w, np.float64)


def shared_words(left: Sequence[str], right: Sequence[str]) -> Scores:
    """The cosine of tf-idf vectors."""
    return np.asarray([_cosine(_weights(a), _weights(b)) for a, b in zip(left, right, strict=True)], np.float64)


def _weights(text: str) -> dict[str, float]:
    counts: dict[str, int] = {}
    for word in words_of(text):
        counts[word] = counts.get(word, 0) + 1
    return {word: (1 + log2(count)) * rarity(word) for word, count in counts.items()}


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    both = sum(weight * b[word] for word, weight in a.items() if word in b)
    return both / (sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values())) or 1.0)


def by_vectors(vectors: Vectors) -> Scorer:
    """The cosine of vectors of unit length, each text's made once."""
    known: dict[str, NDArray[np.float32]] = {}

    def scores(left: Sequence[str], right: Sequence[str]) -> Scores:
        new = [text for text in dict.fromkeys((*left, *right)) if text not in known]
        if new:
            known.update(zip(new, vectors(new), strict=True))
        return np.asarray([known[a] @ known[b] for a, b in zip(left, right, strict=True)], np.float64)

    return scores


@dataclass(frozen=True, slots=True)
class Sets:
    """Everything that is measured on, read once."""

    sts: Mapping[str, Pairs]
    msrp_val: Pairs
    msrp_test: Pairs
    choosing: Pairs
    scoring: Pairs

    @classmethod
    def read(cls, corpora: Path) -> Sets:
        """All of it."""
        return cls(sts(corpora), msrp(corpora, "val"), msrp(corpora, "test"), *timelines(corpora))


def few_shared(pairs: Pairs) -> Pairs:
    """The pairs without those of the same that share more words than the half of them."""
    shared, same = shared_words(pairs.left, pairs.right), pairs.gold > 0.5
    kept = np.flatnonzero(~same | (shared < np.median(shared[same])))
    return Pairs(tuple(pairs.left[i] for i in kept), tuple(pairs.right[i] for i in kept), pairs.gold[kept])


def measured(scorer: Scorer, sets: Sets) -> dict[str, float]:
    """The numbers of one row by name."""
    out = {"STS": float(np.mean([spearman(scorer(one.left, one.right), one.gold) for one in sets.sts.values()]))}
    for name, choosing, scoring in (
        ("MSRP", sets.msrp_val, sets.msrp_test),
        ("timelines", sets.choosing, sets.scoring),
    ):
        chosen, scored = scorer(choosing.left, choosing.right), scorer(scoring.left, scoring.right)
        out[f"{name} area"] = area(scored, scoring.gold)
        out[f"{name} F1"] = f1_at(scored, scoring.gold, best_threshold(chosen, choosing.gold))
        a = np.column_stack([chosen, shared_words(choosing.left, choosing.right)])
        b = np.column_stack([scored, shared_words(scoring.left, scoring.right)])
        joined = logistic(a, choosing.gold)
        out[f"{name} joined F1"] = f1_at(joined(b), scoring.gold, best_threshold(joined(a), choosing.gold))
    hard = few_shared(sets.scoring)
    out["few shared"] = area(scorer(hard.left, hard.right), hard.gold)
    return out


def milliseconds(made: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Processor time a text."""
    made(texts[:20])
    before = time.process_time()
    made(texts)
    return 1000 * (time.process_time() - before) / len(texts)


def rows(sets: Sets, extra: Path | None) -> Iterator[tuple[str, dict[str, float]]]:
    """Every row by name: what ships first, then what `extra` holds."""
    texts = list(dict.fromkeys(sets.scoring.left))[:300]
    ways: list[tuple[str, Scorer, Callable[[], float], float]] = [
        (
            "words alone",
            shared_words,
            lambda: milliseconds(lambda some: [_weights(text) for text in some], texts),
            _megabytes(PACKAGE / "document_frequencies.txt.gz"),
        )
    ]
    shipped = PassageVectors()
    makes: list[tuple[str, Vectors, Vectors, float]] = [
        ("the package's", shipped.vectors, shipped.vectors, _megabytes(PACKAGE / "piece_vectors.npz"))
    ]
    if extra is not None:
        # Needs torch, which only training has.
        from training.sentence_vectors import others

        makes += others(extra)
    for name, vectors, timed, megabytes in makes:
        ways.append((name, by_vectors(vectors), partial(milliseconds, timed, texts), megabytes))
    for name, scorer, cost, megabytes in ways:
        yield name, measured(scorer, sets) | {"ms": cost(), "MB": megabytes}


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--extra", type=Path)
    args = parser.parse_args()
    sets = Sets.read(args.corpora)
    print(f"timelines: {len(sets.choosing.gold)} pairs to choose a threshold, {len(sets.scoring.gold)} to score")
    for number, (name, found) in enumerate(rows(sets, args.extra)):
        if not number:
            print("| " + " | ".join(["", *found]) + " |\n|---|" + "---|" * len(found))
        shown = [f"{value:.3f}" if key in ("ms", "MB") else f"{100 * value:.1f}" for key, value in found.items()]
        print("| " + " | ".join([name, *shown]) + " |", flush=True)


if __name__ == "__main__":
    main()
