"""Stance of news bodies towards headlines (FNC-1): `python -m bench.weighing.stance --corpora DIR [--work DIR]`.

The Fake News Challenge, stage 1 (fakenewschallenge.org): is a body unrelated to a headline, or does it agree with it,
disagree with it, or discuss it. The score, by its definition: a quarter for every pair rightly told related or
unrelated, and three quarters more where a related pair's kind is right; in percent of the most that the pairs allow.

Measured on the training part (49,972 pairs) in five folds by body, as the challenge's own split keeps bodies apart. The
headlines are not kept apart by that: "new headlines" scores each pair by a model that saw neither its body nor its
headline. The official baseline has 75.20 on the contest's own test part, which is not here, and 79.57 on bodies held
out of the training part (its authors' table), so the like-for-like row is "features of the baseline": its four groups
of features in our words, with our trees, on the same folds.

A pair's features are a function of its two texts alone: rarity of words and vectors of passages are the package's. The
classifier is scikit-learn's histogram gradient boosting, which only this benchmark needs (pip install scikit-learn): it
is no part of the product. Answers are chosen for the most score that is to be expected, in every row that has
probabilities. `--work` keeps the features.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.corpora import rows_of, sum_of
from bench.linking.scores import Score
from onrecord.domain.spans import Span
from onrecord.language.vectors import shipped_vectors
from onrecord.language.words import plain_words, rarity, stem, words_of
from onrecord.reading.windows import paragraphs, sentences

PLACE: Final = "relations/fnc1"
STANCES: Final = ("agree", "disagree", "discuss", "unrelated")
UNRELATED: Final = 3
FOLDS: Final = 5
BASELINE: Final = 75.20
"""The official baseline on the contest's test part."""
BASELINE_HELD_OUT: Final = 79.57
"""The official baseline on bodies held out of the training part, as its authors give it."""
ASKED: Final = 85.0
LEDE: Final = 3
"""Sentences that open a body."""
Rows = NDArray[np.float32]
Probabilities = NDArray[np.float64]

CUES: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(stem(word) for word in words.split())
    for name, words in {
        "refuting": "fake fraud hoax false deny denied denies denial debunk debunked bogus prank untrue incorrect "
        "wrong refute refuted dismiss dismissed disprove disproved retract retracted satire satirical misleading "
        "inaccurate fabricated invented myth lie lied contrary actually photoshopped impossible discredited "
        "rebut rejected nonsense",
        "doubting": "doubt doubts doubtful skeptical sceptical unclear unlikely unverified unconfirmed question "
        "questioned questionable dubious supposed supposedly however but although though if whether",
        "hedging": "reportedly allegedly alleged apparently rumor rumors rumour rumoured rumored speculation purported "
        "purportedly may might could possible possibly perhaps appears seems believed suspected potential potentially",
        "telling": "report reports reported claim claims claimed say says said according sources source told "
        "tells media tweet tweeted story announced suggests suggested statement spokesman spokesperson",
        "confirming": "confirm confirmed confirms true verified official officially indeed proof proven proves "
        "evidence reveals revealed authentic shows identified admitted",
        "negating": "not no never n't cannot can't won't didn't doesn't isn't wasn't hasn't haven't don't nobody none "
        "nothing neither without",
    }.items()
}
_TELLING_WORDS: Final = (
    "hoax fake false deny debunk not rumor claim report alleg purport unconfirm confirm video photo sourc accord "
    "reveal true real stori viral satir prank fals apparent possibl doubt investig offici unclear verifi could may "
    "might would howev but if tweet spokesman spokeswoman statement told said say appear believ wrong never no"
).split()
_NAME = re.compile(r"\b[A-Z][a-z]+")
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A headline and a body, by its number in the corpus, with the stance that people gave."""

    headline: str
    number: str
    body: str
    stance: str


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the features see it: its sentences, their stems, weights of stems and vectors, `[sentences, width]`."""

    sentences: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    weights: tuple[Mapping[str, float], ...]
    lengths: tuple[float, ...]
    vectors: Rows
    have: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]


def pairs(corpora: Path) -> list[Pair]:
    """All pairs of the training part."""
    place = corpora / PLACE
    bodies = {row["Body ID"]: row["articleBody"] for row in rows_of(place / "train_bodies.csv")}
    return [
        Pair(row["Headline"], row["Body ID"], bodies[row["Body ID"]], row["Stance"])
        for part in ("train_train_stances.csv", "train_test_stances.csv")
        for row in rows_of(place / part)
    ]


def folds(given: Sequence[Pair]) -> NDArray[np.int64]:
    """The fold of each pair, by a hash of its body's words: some bodies stand there twice, under two numbers."""
    return np.asarray([_fold(f"body {' '.join(one.body.split())}") for one in given])


def headline_folds(given: Sequence[Pair]) -> NDArray[np.int64]:
    """The fold of each pair, by a hash of its headline."""
    return np.asarray([_fold(f"headline {one.headline}") for one in given])


def _fold(name: str) -> int:
    return int(sum_of(name), 16) % FOLDS


@cache
def read(text: str) -> Read:
    """A text cut into sentences and looked up."""
    spans = [span for paragraph in paragraphs(text) for span in sentences(text, paragraph)] or [Span(0, 1)]
    parts = tuple(span.of(text).strip() for span in spans)
    words = tuple(words_of(part) for part in parts)
    weights = tuple({word: rarity(word) for word in one} for one in words)
    every = {word: weight for one in weights for word, weight in one.items()}
    lengths = tuple(sqrt(sum(v * v for v in one.values())) or 1.0 for one in weights)
    near = frozenset((a, b) for one in words for a, b in pairwise(one))
    return Read(parts, words, weights, lengths, shipped_vectors().vectors(parts), every, near)


def matches(headline: Read, body: Read) -> NDArray[np.float64]:
    """How each sentence of a body matches a headline: cosine of rare words, share of them held, cosine of vectors.

    Returns:
        `[sentences, 3]`.
    """
    its = headline.have
    total = sum(its.values()) or 1.0
    length = sqrt(sum(v * v for v in its.values())) or 1.0
    out = np.zeros((len(body.sentences), 3))
    meaning = headline.vectors.sum(0)
    meaning = meaning / (float(np.linalg.norm(meaning)) or 1.0)
    out[:, 2] = body.vectors @ meaning
    for i, (one, other) in enumerate(zip(body.weights, body.lengths, strict=True)):
        shared = its.keys() & one.keys()
        out[i, 0] = sum(its[word] ** 2 for word in sorted(shared)) / (length * other)
        out[i, 1] = sum(its[word] for word in sorted(shared)) / total
    return out


def nearest(headline: str, body: str, count: int = 2, longest: int = 400) -> str:
    """The sentences of a body that match a headline most, in the order of the text."""
    its = read(body)
    order = np.argsort(-matches(read(headline), its).sum(1), kind="stable")[:count]
    return " ".join(its.sentences[i][:longest] for i in sorted(order.tolist()))


def features(headline: Read, body: Read, title: str) -> list[float]:
    """What of a pair the trees decide by."""
    found = matches(headline, body)
    both = found.sum(1)
    order = np.argsort(-both, kind="stable")
    best = int(order[0])
    out: list[float] = []
    for column in found.T:
        top = np.sort(column)[::-1]
        out += [
            top[0],
            top[:3].mean(),
            column.mean(),
            column[:LEDE].max(),
            column[best],
            (column > 0.5 * top[0]).mean(),
        ]
    out += [both[best], both[order[:3]].mean(), both[:LEDE].max(), best, best / len(both), len(both)]
    mean = body.vectors.mean(0)
    out.append(float(headline.vectors.sum(0) @ mean) / (float(np.linalg.norm(mean)) or 1.0))
    its = headline.have
    missing = [weight for word, weight in its.items() if word not in body.have]
    rarest = sorted(its, key=lambda word: (-its[word], word))[:3]
    out += [len(its), len(missing), max(missing, default=0.0), sum(missing) / (sum(its.values()) or 1.0)]
    out += [float(word in body.have) for word in rarest] + [0.0] * (3 - len(rarest))
    out += [float(word in body.weights[best]) for word in rarest] + [0.0] * (3 - len(rarest))
    out.append(len(headline.pairs & body.pairs) / (len(headline.pairs) or 1))
    said = [word for one in headline.words for word in one]
    blocks = SequenceMatcher(None, said, body.words[best], autojunk=False).get_matching_blocks()
    out += [sum(block.size for block in blocks) / (len(said) or 1), max(block.size for block in blocks)]
    out.append(_share_of(_NAME, title, body))
    out.append(_share_of(_FIGURE, title, body))
    near = sorted(set(order[:3].tolist()) | {i for i in (best - 1, best + 1) if 0 <= i < len(both)})
    stretches = {
        "headline": said,
        "best": body.words[best],
        "near": [word for i in near for word in body.words[i]],
        "lede": [word for one in body.words[:LEDE] for word in one],
        "body": [word for one in body.words for word in one],
    }
    counts = {where: _counted(words) for where, words in stretches.items()}
    for cues in CUES.values():
        numbers = {where: sum(held.get(cue, 0) for cue in cues) for where, held in counts.items()}
        out += numbers.values()
        out.append(numbers["body"] / (len(stretches["body"]) or 1))
    for word in _TELLING_WORDS:
        out += [counts["headline"].get(word, 0), counts["near"].get(word, 0), counts["body"].get(word, 0)]
    refuting = CUES["refuting"] | CUES["negating"]
    out += [sum(word in refuting for word in stretches[where]) % 2 for where in ("headline", "best", "body")]
    out += ["?" in title, '"' in title or "'" in title, ":" in title, "?" in body.sentences[best]]
    out += [sum(mark in body.sentences[best] for mark in '"“”'), len(body.words[best]), len(stretches["body"])]
    return [float(one) for one in out]


def _counted(words: Sequence[str]) -> dict[str, int]:
    held: dict[str, int] = defaultdict(int)
    for word in words:
        held[word] += 1
    return held


def _share_of(pattern: re.Pattern[str], title: str, body: Read) -> float:
    named = sorted({stem(word) for one in pattern.findall(title) for word in plain_words(one)})
    return sum(word in body.have for word in named) / len(named) if named else -1.0


BASELINE_WORDS: Final = frozenset(
    "fake fraud hoax false deny denies not despite nope doubt doubts bogus debunk pranks retract".split()
)


def baseline_features(headline: str, body: str) -> list[float]:
    """The official baseline's groups: overlap of words, refuting words, their parity, and n-grams that are hit."""
    mine, its = plain_words(headline), plain_words(body)
    one, other = set(mine), set(its)
    out = [len(one & other) / (len(one | other) or 1)]
    out += [float(word in one) for word in sorted(BASELINE_WORDS)]
    out += [float(sum(word in BASELINE_WORDS for word in words) % 2) for words in (mine, its)]
    text, flat = " ".join(its), " ".join(mine)
    out += [float(sum(word in text for word in mine)), float(sum(word in text[:255] for word in mine))]
    for size in (2, 4, 8, 16):
        grams = [flat[i : i + size] for i in range(len(flat) - size + 1)]
        out += [float(sum(gram in part for gram in grams)) for part in (text, text[:255], text[:100])]
    for size in (2, 3, 4, 5, 6):
        grams = [" ".join(mine[i : i + size]) for i in range(len(mine) - size + 1)]
        out += [float(sum(gram in part for gram in grams)) for part in (text, text[:255])]
    return out


def score(gold: NDArray[np.int64], answers: NDArray[np.int64]) -> float:
    """The challenge's weighted score in percent of the most that the gold allows; classes as in STANCES.

    >>> score(np.asarray([3, 0, 2]), np.asarray([3, 0, 0])) == 100 * (0.25 + 1 + 0.25) / 2.25
    True
    """
    related, said_related = gold != UNRELATED, answers != UNRELATED
    right = 0.25 * (related == said_related) + 0.75 * (related & (gold == answers))
    return float(100 * right.sum() / (0.25 * ~related + 1.0 * related).sum())


def chosen(probabilities: Probabilities) -> NDArray[np.int64]:
    """The answer of each row with the most score to be expected; columns as in STANCES."""
    related = 1 - probabilities[:, UNRELATED]
    worth = 0.25 * related[:, None] + 0.75 * probabilities[:, :UNRELATED]
    return np.argmax(np.column_stack([worth, 0.25 * probabilities[:, UNRELATED]]), axis=1)


def fitted(rows: Rows, gold: NDArray[np.int64], asked: Rows, seed: int = 1) -> Probabilities:
    """Probabilities of the four stances for the rows asked of, `[rows, 4]`: related or not, then of which kind."""
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
    except ImportError as error:
        raise SystemExit("this benchmark needs scikit-learn, which the product does not: pip install it") from error
    shape = {"learning_rate": 0.08, "max_leaf_nodes": 24, "l2_regularization": 1.0, "random_state": seed}
    related = gold != UNRELATED
    whether = HistGradientBoostingClassifier(max_iter=250, **shape).fit(rows, related)
    kind = HistGradientBoostingClassifier(max_iter=200, **shape).fit(rows[related], gold[related])
    out = np.zeros((len(asked), len(STANCES)))
    out[:, UNRELATED] = 1 - whether.predict_proba(asked)[:, 1]
    out[:, kind.classes_] = kind.predict_proba(asked) * (1 - out[:, UNRELATED:])
    return out


def by_body(rows: Rows, gold: NDArray[np.int64], given: Sequence[Pair]) -> Probabilities:
    """Each pair by a model that saw none of its body's pairs."""
    its = folds(given)
    out = np.zeros((len(gold), len(STANCES)))
    for fold in range(FOLDS):
        out[its == fold] = fitted(rows[its != fold], gold[its != fold], rows[its == fold])
    return out


def by_both(rows: Rows, gold: NDArray[np.int64], given: Sequence[Pair]) -> tuple[NDArray[np.bool_], Probabilities]:
    """A fifth of all pairs, each by a model that saw neither its body nor its headline; which, and what it gave."""
    its, heads = folds(given), headline_folds(given)
    out = np.zeros((len(gold), len(STANCES)))
    asked = its == heads
    for fold in range(FOLDS):
        kept = asked & (its == fold)
        seen = (its != fold) & (heads != fold)
        out[kept] = fitted(rows[seen], gold[seen], rows[kept])
    return asked, out


def report(name: str, gold: NDArray[np.int64], answers: NDArray[np.int64]) -> Iterator[tuple[str, float]]:
    """Score, share of rightly related or unrelated, share right, and F1 by stance and on the mean, all in percent."""
    yield f"{name}: score", score(gold, answers)
    yield f"{name}: related or not", 100 * float(((gold != UNRELATED) == (answers != UNRELATED)).mean())
    yield f"{name}: right", 100 * float((gold == answers).mean())
    every = []
    for i, stance in enumerate(STANCES):
        found, there = answers == i, gold == i
        every.append(Score(int(found.sum()), int((found & there).sum()), int(there.sum())).f1)
        yield f"{name}: F1 {stance}", every[-1]
    yield f"{name}: F1 mean", float(np.mean(every))


def table(given: Sequence[Pair], work: Path | None, which: str) -> Rows:
    """The features of pairs, `[pairs, features]`, from `work` where they are kept and fit the code that made them."""
    code = sum_of(Path(__file__).read_text("utf-8").split("def score")[0])[:12]
    kept = None if work is None else work / f"stance-{which}-{len(given)}-{code}.npy"
    if kept is not None and kept.exists():
        return np.asarray(np.load(kept))
    if which == "ours":
        rows = [features(read(one.headline), read(one.body), one.headline) for one in given]
    else:
        rows = [baseline_features(one.headline, one.body) for one in given]
    out = np.asarray(rows, np.float32)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, out)
    return out


def measured(corpora: Path, work: Path | None = None) -> dict[str, float]:
    """All rows of the table, in percent."""
    given = pairs(corpora)
    gold = np.asarray([STANCES.index(one.stance) for one in given])
    out = {"official baseline, contest's test part: score": BASELINE}
    out["official baseline, bodies held out, as published: score"] = BASELINE_HELD_OUT
    out |= report("all unrelated", gold, np.full(len(gold), UNRELATED))
    out |= report("all discuss", gold, np.full(len(gold), STANCES.index("discuss")))
    out |= report("features of the baseline", gold, chosen(by_body(table(given, work, "baseline"), gold, given)))
    rows = table(given, work, "ours")
    out |= report("ours", gold, chosen(by_body(rows, gold, given)))
    asked, probabilities = by_both(rows, gold, given)
    out |= report("ours, new headlines", gold[asked], chosen(probabilities[asked]))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds relations/")
    parser.add_argument("--work", type=Path, help="a folder that keeps the features, which take a minute or two")
    args = parser.parse_args()
    for name, value in measured(args.corpora, args.work).items():
        asked = (
            f"   asked {ASKED:g}, official baseline {BASELINE:g}, {BASELINE_HELD_OUT:g} on this part"
            if "score" in name
            else ""
        )
        print(f"{name:64} {value:6.2f}{asked}", flush=True)


if __name__ == "__main__":
    main()
