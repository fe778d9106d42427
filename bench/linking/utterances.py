"""How well passages that render one act of speech are found: `python -m bench.linking.utterances --corpora DIR`.

Pairs: quotations.jsonl (quotations of two outlets on one event, and other quotations of the same speaker and day),
february.jsonl (indirect, translated and quoted speech of six happenings) and paraphrases.jsonl (three people's wordings
of an update of a crisis; other updates of the week as negatives), each in two halves, of which "tuning" fits the
weights. The days of the last set are left out: two updates of one day are always the same there, which would settle
every pair. Then the example's gold: all pairs of its passages with one speaker, or one unknown, which nothing was
fitted on, and clusters by B-cubed, over the gold's own passages and over those that the reader finds. False merges are
the share of negatives that is accepted.

Baselines: the same words after normalising (as Quotebank), MinHash alone, the cosine of vectors alone, each with its
best threshold on the tuning half. "words" is the pair score without vectors, "ours" with those of the package.
`--encoder FILE` adds a graph of training.sentence_vectors, with weights fitted for it. `--fit` prints the weights that
stand in `onrecord.linking.utterances.weights`; `--mistakes` lists those of tuning and the example.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.linking.minhash import sketch
from bench.linking.utterance_example import b_cubed_f1, completed, example, example_pairs, found_by_reader
from bench.linking.utterance_pairs import PARAPHRASES, SETS, Pair, pairs
from onrecord.domain.utterances import Rendering
from onrecord.language.vectors import shipped_vectors
from onrecord.language.words import words_of
from onrecord.linking.utterances.clusters import clusters
from onrecord.linking.utterances.evidence import NAMES, evidence
from onrecord.linking.utterances.linking import Vectors, links
from onrecord.linking.utterances.profiles import profile_of
from onrecord.linking.utterances.scoring import pair_score
from onrecord.linking.utterances.weights import ACCEPTED, SET_BY_HAND

TUNING, KEPT, EXAMPLE = "tuning", "kept back", "example"
MEANING: Final = ("meaning", "meaning and words")
AGAINST: Final = {
    "short",
    "a short piece in a row",
    "other figure",
    "other day",
    "negation",
    "question",
    "quoted in other words",
}
LIGHTER: Final = {PARAPHRASES: 0.5}
"""Its pairs are many and of one kind."""
Scorer = Callable[[Sequence[Pair]], NDArray[np.float64]]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measure:
    """What came out on some pairs."""

    pairs: int
    f1: float
    precision: float
    recall: float
    false_merges: float

    @classmethod
    def of(cls, said: NDArray[np.bool_], same: NDArray[np.bool_]) -> Measure:
        """Compare what was said with what is so."""
        both, negatives = int((said & same).sum()), int((~same).sum())
        return cls(
            len(same),
            2 * both / max(1, int(said.sum()) + int(same.sum())),
            both / max(1, int(said.sum())),
            both / max(1, int(same.sum())),
            int((said & ~same).sum()) / max(1, negatives),
        )


def sets(corpora: Path) -> list[Pair]:
    """All labelled pairs that are not doubtful; those of timelines without their days."""
    found = [pair for name in SETS for pair in pairs(name, corpora) if not pair.doubtful]
    return [
        replace(one, a=replace(one.a, published=None), b=replace(one.b, published=None))
        if one.of == PARAPHRASES
        else one
        for one in found
    ]


class Cosines:
    """The cosine of two texts' vectors, each text's made once."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._known: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = sorted({text for text in texts if text not in self._known})
        if new:
            self._known.update(zip(new, self._vectors(new), strict=True))
        return np.asarray([self._known[text] for text in texts], np.float32)

    def of(self, these: Sequence[Pair]) -> Scores:
        """The cosine of each pair."""
        a, b = self([one.a.words for one in these]), self([one.b.words for one in these])
        return np.asarray((a * b).sum(1), np.float64)


def exact(these: Sequence[Pair]) -> Scores:
    """1 where both are the same words."""
    return np.asarray([float(words_of(one.a.words) == words_of(one.b.words)) for one in these])


def minhash(these: Sequence[Pair]) -> Scores:
    """The likeness of shingles of three words, as MinHash estimates it."""
    sketches = [[sketch(words_of(words), 3, seed=1) for words in (one.a.words, one.b.words)] for one in these]
    return np.asarray([a.jaccard(b) for a, b in sketches], np.float64)


def ours(cosines: Cosines | None) -> Scorer:
    """The pair score, with meaning where there are vectors."""

    def scores(these: Sequence[Pair]) -> Scores:
        meant = meanings(these, cosines)
        return np.asarray([pair_score(one.a, one.b, cosine).score for one, cosine in zip(these, meant, strict=True)])

    return scores


def meanings(these: Sequence[Pair], cosines: Cosines | None) -> Sequence[float | None]:
    """The cosine of each pair, or None for each."""
    return [None] * len(these) if cosines is None else cosines.of(these).tolist()


def numbers(these: Sequence[Pair], cosines: Cosines | None) -> NDArray[np.float64]:
    """The numbers of each pair's evidence."""
    rows = [
        evidence(profile_of(one.a), profile_of(one.b), cosine).numbers()
        for one, cosine in zip(these, meanings(these, cosines), strict=True)
    ]
    return np.asarray(rows, np.float64)


def weighed(base: float, weights: Mapping[str, float], cosines: Cosines) -> Scorer:
    """The pair score with other weights than those of the package."""
    known = [weights.get(name, 0.0) + SET_BY_HAND.get(name, 0.0) for name in NAMES]
    return lambda these: np.asarray(1 / (1 + np.exp(-(base + numbers(these, cosines) @ np.asarray(known)))))


def best_threshold(scores: Scores, same: NDArray[np.bool_]) -> float:
    """The threshold of the best F1."""
    return float(max(np.unique(scores), key=lambda at: (Measure.of(scores >= at, same).f1, at)))


def fitted(these: Sequence[Pair], cosines: Cosines | None, steps: int = 6000) -> tuple[float, dict[str, float]]:
    """Base and weights of a logistic regression on the tuning half, beside the weights set by hand.

    Nothing may weigh against its sense.
    """
    chosen = [one for one in these if one.split == TUNING]
    names = [name for name in NAMES if name not in SET_BY_HAND and (cosines is not None or name not in MEANING)]
    rows = numbers(chosen, cosines)
    x = rows[:, [NAMES.index(name) for name in names]]
    by_hand = rows @ np.asarray([SET_BY_HAND.get(name, 0.0) for name in NAMES])
    same = np.asarray([one.same for one in chosen], np.float64)
    weight = np.asarray([LIGHTER.get(one.of, 1.0) for one in chosen], np.float64)
    centre, spread = x.mean(0), x.std(0) + 1e-9
    z, k, base = (x - centre) / spread, np.zeros(len(names)), 0.0
    against = np.asarray([name in AGAINST for name in names])
    for _ in range(steps):
        gap = weight * (1 / (1 + np.exp(-(z @ k + base + by_hand))) - same)
        k -= 0.5 * (z.T @ gap + k) / weight.sum()
        base -= 0.5 * float(gap.sum()) / float(weight.sum())
        k = np.where(against, np.minimum(k, 0), np.maximum(k, 0))
    found = dict(zip(names, (k / spread).tolist(), strict=True))
    return base - float((k * centre / spread).sum()), found


def clustered(passages: Sequence[Rendering]) -> list[tuple[str, ...]]:
    """The utterances of some passages, as `onrecord link` makes them."""
    return clusters(passages, links(passages))


def measured(corpora: Path | None = None) -> dict[str, float]:
    """Numbers by name; without corpora only those of the example."""
    found: dict[str, float] = {}
    for (way, where), one in table(corpora).items():
        if way == "ours":
            found |= {f"{where} f1": one.f1, f"{where} false merges": one.false_merges}
    return found | b_cubed_numbers()


def b_cubed_numbers() -> dict[str, float]:
    """B-cubed F1 of clusters on the example."""
    passages, gold = example()
    whole = completed(passages, gold)
    read, matched = found_by_reader()
    same: dict[tuple[object, ...], list[str]] = {}
    for one in passages:
        same.setdefault((one.actor, words_of(one.words)), []).append(one.passage)
    found = {
        "gold passages": clustered(passages),
        "read passages": [tuple(matched[one] for one in group if one in matched) for group in clustered(read)],
        "gold passages, exact": [tuple(group) for group in same.values()],
    }
    out = {"share of gold passages read": len(set(matched.values())) / len(passages)}
    for name, groups in found.items():
        out[f"clusters, {name}"] = b_cubed_f1(groups, whole)
        out[f"clusters, {name}, gold as it is"] = b_cubed_f1(groups, gold)
    return out


def table(corpora: Path | None, other: Vectors | None = None) -> dict[tuple[str, str], Measure]:
    """What comes out for each way on each set, by way and set; `other` are vectors to compare with the package's."""
    labelled = sets(corpora) if corpora is not None else []
    these = [*labelled, *example_pairs()]
    same = np.asarray([one.same for one in these], np.bool_)
    where = [f"{one.of} {one.split}".removesuffix(f" {EXAMPLE}") for one in these]
    tuning = np.asarray([one.split == TUNING for one in these])
    cosines = Cosines(shipped_vectors().vectors)
    ways: dict[str, Scorer] = {"exact": exact}
    if tuning.any():
        ways |= {"minhash": minhash, "cosine": cosines.of}
    ways |= {"words": ours(None), "ours": ours(cosines)}
    if other is not None and labelled:
        others = Cosines(other)
        ways |= {"cosine, encoder": others.of, "ours, encoder": weighed(*fitted(labelled, others), others)}
    out = {}
    for way, scorer in ways.items():
        scores = scorer(these)
        learnt = way.startswith(("minhash", "cosine"))
        threshold = best_threshold(scores[tuning], same[tuning]) if learnt else ACCEPTED
        for name in dict.fromkeys(where):
            of = np.asarray([one == name for one in where])
            out[way, name] = Measure.of(scores[of] >= threshold, same[of])
    return out


def encoder(path: Path) -> Vectors:
    """The vectors of a graph that training.sentence_vectors made."""
    from onnxruntime import InferenceSession, SessionOptions

    from training.sentence_vectors import tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session, cutter = InferenceSession(str(path), options, providers=["CPUExecutionProvider"]), tokenizer()

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [
            session.run(None, {"pieces": np.asarray([one.ids], np.int64)})[0][0]
            for one in cutter.encode_batch(list(texts))
        ]
        return np.asarray(rows, np.float32)

    return vectors


def mistakes(these: Sequence[Pair], scores: Scores) -> None:
    """Print the pairs of tuning that are wrong."""
    for one, score in zip(these, scores, strict=True):
        if one.split != KEPT and (score >= ACCEPTED) != one.same:
            print(f"{one.of} {'same' if one.same else 'other'} {score:.2f} {one.note}")
            print(f"    {one.a.words[:200]!r}\n    {one.b.words[:200]!r}")
            print("    " + "; ".join(pair_score(one.a, one.b).reasons))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the corpora; without them only the example is measured")
    parser.add_argument("--encoder", type=Path, help="an ONNX graph that makes vectors")
    parser.add_argument("--fit", action="store_true", help="print weights fitted on the tuning halves")
    parser.add_argument("--mistakes", action="store_true", help="list the mistakes of tuning and the example")
    args = parser.parse_args()
    cosines = Cosines(shipped_vectors().vectors)
    if args.fit:
        if args.corpora is None:
            parser.error("--fit needs --corpora")
        these = sets(args.corpora)
        for name, meant in (("BY_WORDS", None), ("WITH_MEANING", cosines)):
            base, weights = fitted(these, meant)
            print(f"BASE_{name}: Final = {base:.3f}\n{name}: Final[Mapping[str, float]] = {{")
            print("".join(f'    "{key}": {value:.3f},\n' for key, value in weights.items()) + "}")
        return
    print(f"{'':16} {'set':24} {'pairs':>6} {'F1':>6} {'precision':>9} {'recall':>7} {'false merges':>12}")
    for (way, where), one in table(args.corpora, encoder(args.encoder) if args.encoder else None).items():
        counts = f"{one.pairs:6} {100 * one.f1:6.1f} {100 * one.precision:9.1f} {100 * one.recall:7.1f}"
        print(f"{way:16} {where:24} {counts} {100 * one.false_merges:12.2f}")
    for name, number in b_cubed_numbers().items():
        print(f"{name:48} {100 * number:6.1f}" + (" B-cubed F1" if name.startswith("clusters") else " percent"))
    if args.mistakes:
        these = [*(sets(args.corpora) if args.corpora else []), *example_pairs()]
        mistakes(these, ours(cosines)(these))


if __name__ == "__main__":
    main()
