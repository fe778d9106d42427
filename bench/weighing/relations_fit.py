"""Fits the weights of relations: `python -m bench.weighing.relations_fit --corpora DIR [--write]`.

A multinomial logistic regression over `weighing.relations.features` and what the rules find. It is fitted on the two
files of training pairs (labelled by the rules of docs/labelling-relations.md, in reports that relations.jsonl does not
name), the half "tuning", the gold relations of the worked crisis, and drawn pairs taken for unrelated: from the crisis,
and of all passages of the training reports on wars, as `relations` would ask about them. The drawn ones keep the model
from finding relations everywhere, since the labelled pairs were chosen and most of them stand in one; they weigh
little, because some of them do too. Rare kinds weigh more and doubtful pairs less.

Prints what ten folds by report say of the training pairs, and what a model of the training pairs alone says of "tuning"
(flattering: the rules were written on that half) and of drawn pairs; with `--write` puts the weights of all into the
package. Nothing of the half kept back is read. Needs scikit-learn, which is no part of the product.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.corpora import Row, moment, rows_of
from bench.rendered import rendered
from bench.weighing.relations import Pair, Read, actor_id, labels, pairs, read, said_once, scores_of
from bench.weighing.relations_example import gold_said, wanted
from onrecord.domain.judgements import UNRELATED
from onrecord.domain.relations import RelationKind
from onrecord.domain.utterances import Rendering
from onrecord.language.vectors import shipped_vectors
from onrecord.weighing.relations.candidates import Index
from onrecord.weighing.relations.deciding import KINDS, is_linked, weighed
from onrecord.weighing.relations.evidence import Evidence, evidence
from onrecord.weighing.relations.finding import WINDOW, in_order
from onrecord.weighing.relations.rules import finding
from onrecord.weighing.relations.sides import Side, side_of

WEIGHTS: Final = Path(__file__).parents[2] / "src/onrecord/weighing/relations/weights.py"
TRAINING_WARS: Final = Path(__file__).with_name("relations_training_wars.jsonl")
TRAINING_US: Final = Path(__file__).with_name("relations_training_us.jsonl")
KEPT_BACK: Final = "kept back"
SEED: Final = 7
DRAWN: Final = 300
"""Pairs that are drawn from the crisis."""
BACKGROUND: Final = 3_000
"""Pairs that are drawn from all passages of the reports."""
WEIGHT_OF_DRAWN: Final = 0.1
WEIGHT_OF_DOUBTFUL: Final = 0.6
BALANCE: Final = 1.0
"""How far rare kinds are brought up to the commonest: 0 not at all, 1 to the same weight."""
STRENGTH: Final = 0.3
"""The inverse of the regularisation, as scikit-learn has it."""
FOLDS: Final = 10


@dataclass(frozen=True, slots=True)
class Example:
    """One pair to fit on: its numbers, its kind, its weight, and the happening or reports that no fold may part."""

    numbers: Mapping[str, float]
    kind: str
    weight: float
    groups: frozenset[str]


def example(a: Rendering, b: Rendering, kind: str, weight: float, groups: frozenset[str]) -> Example:
    """Two passages as the model sees them."""
    one, other, found = compared(a, b)
    return Example(weighed(one, other, found, finding(one, other, found)), kind, weight, groups)


def compared(a: Rendering, b: Rendering) -> tuple[Side, Side, Evidence]:
    one, other = side_of(a), side_of(b)
    first, second = shipped_vectors().vectors([a.words, b.words])
    return one, other, evidence(one, other, round(float(first @ second), 4))


def labelled(found: Sequence[Pair], rows: Sequence[Row]) -> list[Example]:
    """Labelled pairs, rare kinds weighing more and doubtful pairs less."""
    counts = Counter(pair.kind for pair in found)
    most = max(counts.values())
    return [
        example(
            pair.a.fullest,
            pair.b.fullest,
            pair.kind,
            (most / counts[pair.kind]) ** BALANCE * (WEIGHT_OF_DOUBTFUL if pair.doubtful else 1.0),
            frozenset({name}),
        )
        for pair, name in zip(found, happenings(rows), strict=True)
    ]


def happenings(rows: Sequence[Row]) -> list[str]:
    """A name for each row that rows share whose reports hang together: no fold parts them."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for row in rows:
        parent[root(row["report_a"])] = root(row["report_b"])
    return [root(row["report_a"]) for row in rows]


def background(held: Mapping[str, Read], rows: Sequence[Row], rng: random.Random) -> Iterator[Example]:
    """Pairs of all passages of the reports that some rows name, as `relations` would ask about them."""
    days = {row[f"sha256_{side}"]: row[f"published_{side}"] for row in rows for side in "ab"}
    said = [said_once(one) for digest in sorted(days) for one in renderings(held[digest], days[digest])]
    places = {one.utterance: place for place, one in enumerate(said)}
    index = Index(said)
    asked = [
        in_order(one, other)
        for one in said
        for other in index.candidates(one, WINDOW)
        if places[other.utterance] < places[one.utterance] and other.fullest.statement != one.fullest.statement
    ]
    rng.shuffle(asked)
    drawn = 0
    for a, b in asked:
        if drawn == BACKGROUND:
            break
        if is_linked(*compared(a.fullest, b.fullest)):
            drawn += 1
            yield example(a.fullest, b.fullest, UNRELATED, WEIGHT_OF_DRAWN, frozenset())


def renderings(held: Read, published: str | None) -> Iterator[Rendering]:
    report, day = held.report, moment(published) if published else None
    for statement in held.statements:
        for passage in statement.passages:
            actor = actor_id(statement.speaker.name, statement.id, report.id, day)
            yield replace(rendered(report, statement, passage), actor=actor, published=day)


def from_crisis(rng: random.Random) -> Iterator[Example]:
    """The gold relations of the worked crisis, and pairs of it that would be asked about and are not in the gold."""
    said, _ = gold_said()
    rendered = {one.passage: one for each in said for one in each.renderings}
    related = {frozenset((one.a, one.b)) for one in wanted()}
    for one in wanted():
        yield example(rendered[one.a], rendered[one.b], one.kind.value, 1.0, frozenset())
    drawn = 0
    while drawn < DRAWN:
        a, b = in_order(*rng.sample(said, 2))
        if any(frozenset((x.passage, y.passage)) in related for x in a.renderings for y in b.renderings):
            continue
        if is_linked(*compared(a.fullest, b.fullest)):
            drawn += 1
            yield example(a.fullest, b.fullest, UNRELATED, WEIGHT_OF_DRAWN, frozenset())


def matrix(examples: Sequence[Example], names: Sequence[str]) -> Any:
    """The numbers, one row for each pair."""
    return np.array([[one.numbers.get(name, 0.0) for name in names] for one in examples])


def fitted(examples: Sequence[Example], names: Sequence[str]) -> Any:
    """The regression fitted on some pairs."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped,import-not-found,unused-ignore]

    model = LogisticRegression(C=STRENGTH, max_iter=5_000)
    kinds = [one.kind for one in examples]
    return model.fit(matrix(examples, names), kinds, sample_weight=[one.weight for one in examples])


def chances(model: Any, examples: Sequence[Example], names: Sequence[str]) -> Any:
    """How likely each kind is for some pairs, in the order of `KINDS`."""
    order = [str(kind) for kind in model.classes_]
    return model.predict_proba(matrix(examples, names))[:, [order.index(str(kind)) for kind in KINDS]]


def told(name: str, given: Any, kinds: Sequence[str]) -> None:
    """Prints the scores of the likeliest kinds, and how precise contradictions are at some probabilities."""
    answers = [str(KINDS[place]) for place in given.argmax(1)]
    scores = scores_of(kinds, answers)
    print(f"{name}, {len(kinds)} pairs: macro-F1 {scores.macro:.1f}, with “unrelated” {scores.macro_of_all:.1f}")
    print("  F1 " + ", ".join(f"{kind} {score.f1:.1f}" for kind, score in scores.kinds.items()))
    for line in curve(given[:, KINDS.index(RelationKind.CONTRADICTS)], kinds):
        print(f"  {line}")


def curve(given: Sequence[float], kinds: Sequence[str]) -> Iterator[str]:
    """Precision and recall of contradictions from some probabilities up."""
    asked = sum(kind == RelationKind.CONTRADICTS for kind in kinds)
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        found = [kind for chance, kind in zip(given, kinds, strict=True) if chance >= least]
        right = sum(kind == RelationKind.CONTRADICTS for kind in found)
        if found:
            yield (
                f"contradicts from {least:.1f}: {len(found)} given, precision {100 * right / len(found):.1f} "
                f"at recall {100 * right / asked:.1f}"
            )


def folded(examples: Sequence[Example], others: Sequence[Example], names: Sequence[str]) -> None:
    """Prints what folds by report say of the labelled training pairs."""
    groups = sorted({name for one in examples for name in one.groups})
    random.Random(SEED).shuffle(groups)
    given = np.zeros((len(examples), len(KINDS)))
    for fold in range(FOLDS):
        out = frozenset(groups[fold::FOLDS])
        asked = [place for place, one in enumerate(examples) if one.groups & out]
        model = fitted([one for one in (*examples, *others) if not one.groups & out], names)
        given[asked] = chances(model, [examples[place] for place in asked], names)
    told("folds of the training pairs", given, [one.kind for one in examples])


def written(model: Any, names: Sequence[str]) -> str:
    """The module of weights."""
    order = [str(kind) for kind in model.classes_]
    places = [order.index(str(kind)) for kind in KINDS]
    base = ", ".join(f"{model.intercept_[place]:.3f}" for place in places)
    rows = []
    for column, name in enumerate(names):
        row = ", ".join(f"{model.coef_[place][column]:.3f}" for place in places)
        rows.append(f'    "{name}": ({row}),')
    return (
        HEAD
        + f"BASE: Final = ({base})\nWEIGHTS: Final[Mapping[str, tuple[float, ...]]] = {{\n"
        + "\n".join(rows)
        + "\n}\n"
    )


HEAD: Final = '''"""What each number of `features` weighs for each kind, as logits.

Fitted by `python -m bench.weighing.relations_fit`. The columns are repeats, corroborates, contradicts, revises,
narrows, answers, denies and unrelated, the order of `deciding.KINDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

'''


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/")
    parser.add_argument("--write", action="store_true", help="put the weights into the package")
    args = parser.parse_args()
    tuning = [row for row in labels() if row["split"] != KEPT_BACK]
    wars = list(rows_of(TRAINING_WARS))
    training = [*wars, *rows_of(TRAINING_US)]
    held = read(args.corpora, [*tuning, *training])
    rng = random.Random(SEED)
    others = [*from_crisis(rng), *background(held, wars, rng)]
    fit(labelled(pairs(held, tuning), tuning), labelled(pairs(held, training), training), others, write=args.write)


def fit(tuning: Sequence[Example], training: Sequence[Example], others: Sequence[Example], *, write: bool) -> None:
    """Prints what folds of the training pairs say, and what a model of them says of the half "tuning"; then fits on
    all, and writes the weights if so asked.
    """
    names = sorted({name for one in (*tuning, *training, *others) for name in one.numbers})
    folded(training, others, names)
    apart = [one for place, one in enumerate(others) if place % 2 == 0]
    rest = [one for place, one in enumerate(others) if place % 2 == 1]
    model = fitted([*training, *apart], names)
    told(
        "tuning, by a model that has seen none of its labels",
        chances(model, tuning, names),
        [one.kind for one in tuning],
    )
    alarms = chances(model, rest, names)
    print(
        "of the drawn pairs that it has not seen, in percent: "
        + ", ".join(
            f"{kind} {100 * share:.1f}"
            for kind, share in zip(KINDS, np.bincount(alarms.argmax(1), minlength=len(KINDS)) / len(rest), strict=True)
        )
    )
    if write:
        WEIGHTS.write_text(written(fitted([*tuning, *training, *others], names), names), encoding="utf-8")


if __name__ == "__main__":
    main()
