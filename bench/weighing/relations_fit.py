"""Fits the weights of relations: `python -m bench.weighing.relations_fit --corpora DIR [--write]`.

A multinomial logistic regression over `weighing.relations.features`, on the half "tuning" of the labelled pairs, the
gold relations of the worked crisis, and drawn pairs taken for unrelated: across happenings, from the crisis, and of all
passages of reports that only the half "tuning" labels; they share words or meaning enough to be asked about, and no
rule finds anything. They keep the model from finding relations everywhere, since the labelled pairs were chosen and
most of them stand in one; they weigh a fifth, because a few of them do too. Prints what ten folds
by happening say of it (macro-F1 over the seven kinds and over all eight, contradicts precision and recall, and how many
of the drawn pairs get a relation), and with `--write` puts the weights into the package. Nothing of the half kept back
is read. Needs scikit-learn, which is no part of the product.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.corpora import Row, moment
from bench.weighing.relations import Pair, Read, actor_id, labels, pairs, read, said_once, scored
from bench.weighing.relations_example import gold_said, wanted
from onrecord.domain.judgements import UNRELATED
from onrecord.domain.relations import Said
from onrecord.domain.statements import Kind
from onrecord.domain.utterances import Rendering
from onrecord.language.vectors import shipped_vectors
from onrecord.weighing.relations.deciding import ALIKE, FOUND_BY_RULE, KINDS
from onrecord.weighing.relations.evidence import evidence
from onrecord.weighing.relations.features import features
from onrecord.weighing.relations.finding import in_order
from onrecord.weighing.relations.rules import finding
from onrecord.weighing.relations.sides import side_of

WEIGHTS: Final = Path(__file__).parents[2] / "src/onrecord/weighing/relations/weights.py"
SEED: Final = 7
DRAWN: Final = 300
"""Pairs that are drawn across the happenings of the labelled half, and as many from the crisis."""
BACKGROUND: Final = 1_200
"""Pairs that are drawn from all passages of the reports."""
WEIGHT_OF_DRAWN: Final = 0.2
STRENGTH: Final = 1.0
"""The inverse of the regularisation, as scikit-learn has it."""
FOLDS: Final = 10
CANDIDATE: Final = 4.5
"""Mass that a drawn pair shares at least."""
LIKE: Final = 0.75
"""Cosine from which a pair across happenings may well be related after all."""


@dataclass(frozen=True, slots=True)
class Example:
    """One pair to fit on: its numbers, its kind, what a rule finds, its weight and its happenings."""

    numbers: Mapping[str, float]
    kind: str
    ruled: str | None
    weight: float
    happenings: frozenset[str]


def example(a: Rendering, b: Rendering, kind: str, weight: float, happenings: frozenset[str]) -> Example:
    """Two passages as the model sees them."""
    one, other = side_of(a), side_of(b)
    found = evidence(one, other, _cosine(a, b))
    ruled = finding(one, other, found)
    return Example(features(one, other, found), kind, None if ruled is None else ruled.kind.value, weight, happenings)


def _cosine(a: Rendering, b: Rendering) -> float:
    first, second = shipped_vectors().vectors([a.words, b.words])
    return round(float(first @ second), 4)


def happenings(rows: Sequence[Row]) -> list[str]:
    """A name for each row that rows with passages near each other share: their happening, as far as offsets tell."""
    parent: dict[Any, Any] = {}

    def root(one: Any) -> Any:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    places = [[(row[f"report_{side}"], row[f"start_{side}"] // 400) for side in "ab"] for row in rows]
    for one, other in places:
        parent[root(one)] = root(other)
    return [str(root(one)) for one, _ in places]


def drawn_across(tuning: Sequence[Pair], names: Sequence[str], rng: random.Random) -> Iterator[Example]:
    """Pairs of passages of different happenings that share words, published within a month."""
    sides = [(said, name) for pair, name in zip(tuning, names, strict=True) for said in (pair.a, pair.b)]
    drawn = 0
    while drawn < DRAWN:
        (x, first), (y, second) = rng.sample(sides, 2)
        if first == second or x.first is None or y.first is None or abs((x.first - y.first).days) > 30:
            continue
        a, b = in_order(x, y)
        if _shares(a, b) and _cosine(a.fullest, b.fullest) < LIKE:
            drawn += 1
            yield example(a.fullest, b.fullest, UNRELATED, WEIGHT_OF_DRAWN, frozenset({first, second}))


def background(held: Mapping[str, Read], rows: Sequence[Row], rng: random.Random) -> Iterator[Example]:
    """Pairs of all passages of reports that no row of the half kept back names, published within a month."""
    days = {row[f"sha256_{side}"]: row[f"published_{side}"] for row in rows for side in "ab"}
    kept = {row[f"sha256_{side}"] for row in rows if row["split"] != "tuning" for side in "ab"}
    said = [said_once(one) for digest in sorted(days.keys() - kept) for one in _renderings(held[digest], days[digest])]
    drawn = 0
    while drawn < BACKGROUND:
        a, b = in_order(*rng.sample(said, 2))
        if a.first is None or b.first is None or abs((a.first - b.first).days) > 30:
            continue
        if a.fullest.statement == b.fullest.statement:
            continue
        made = example(a.fullest, b.fullest, UNRELATED, WEIGHT_OF_DRAWN, frozenset())
        if made.ruled is None and (_shares(a, b) or _cosine(a.fullest, b.fullest) >= ALIKE):
            drawn += 1
            yield made


def _renderings(held: Read, published: str | None) -> Iterator[Rendering]:
    report, day = held.report, moment(published) if published else None
    for statement in held.statements:
        context = " ".join(span.of(report.text) for span in statement.content)
        for passage in statement.passages:
            name = statement.speaker.name
            yield Rendering(
                passage=f"{statement.id}:{passage.span.start}",
                statement=statement.id,
                report=report.id,
                span=passage.span,
                words=passage.span.of(report.text),
                act=passage.act,
                negated=passage.negated,
                conditional=passage.conditional,
                quoted=statement.kind is Kind.DIRECT,
                figures=passage.figures,
                times=passage.times,
                speaker=name,
                actor=actor_id(name, statement.id, report.id, day),
                outlet=report.outlet,
                published=day,
                context=context,
            )


def from_crisis(rng: random.Random) -> Iterator[Example]:
    """The gold relations of the worked crisis, and pairs of it that share words and are in no relation of the gold."""
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
        made = example(a.fullest, b.fullest, UNRELATED, WEIGHT_OF_DRAWN, frozenset())
        if _shares(a, b) and made.ruled is None:
            drawn += 1
            yield made


def _shares(a: Said, b: Said) -> bool:
    one, other = side_of(a.fullest), side_of(b.fullest)
    return evidence(one, other, 0.0).common >= CANDIDATE


def matrix(examples: Sequence[Example], names: Sequence[str]) -> Any:
    """The numbers, one row for each pair."""
    return np.array([[one.numbers.get(name, 0.0) for name in names] for one in examples])


def fitted(examples: Sequence[Example], names: Sequence[str]) -> Any:
    """The regression fitted on some pairs."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped,import-not-found,unused-ignore]

    model = LogisticRegression(C=STRENGTH, max_iter=5_000)
    kinds = [one.kind for one in examples]
    return model.fit(matrix(examples, names), kinds, sample_weight=[one.weight for one in examples])


def answers(model: Any, examples: Sequence[Example], names: Sequence[str], by_rule: float) -> list[str]:
    """The likeliest kinds, what a rule finds added."""
    logits = model.decision_function(matrix(examples, names))
    order = [str(kind) for kind in model.classes_]
    for row, one in enumerate(examples):
        if one.ruled is not None:
            logits[row, order.index(one.ruled)] += by_rule
    return [order[place] for place in logits.argmax(1)]


def folded(
    tuning: Sequence[Pair], labelled: Sequence[Example], others: Sequence[Example], names: Sequence[str]
) -> None:
    """Prints what folds by happening say of the model alone and with the rules."""
    groups = sorted({name for one in labelled for name in one.happenings})
    random.Random(SEED).shuffle(groups)
    for by_rule in (0.0, FOUND_BY_RULE):
        given: dict[int, str] = {}
        alarms: list[str] = []
        for fold in range(FOLDS):
            out = frozenset(groups[fold::FOLDS])
            asked = [place for place, one in enumerate(labelled) if one.happenings & out]
            rest = [one for one in (*labelled, *others) if not one.happenings & out]
            model = fitted(rest, names)
            given.update(zip(asked, answers(model, [labelled[place] for place in asked], names, by_rule), strict=True))
            drawn = [one for one in others if one.happenings & out]
            alarms += answers(model, drawn, names, by_rule) if drawn else []
        scores = scored(tuning, [given[place] for place in range(len(tuning))])
        contradicts = scores.kinds["contradicts"]
        share = 100 * sum(one != UNRELATED for one in alarms) / len(alarms)
        print(
            f"folds of tuning, rules count {by_rule}: macro-F1 {scores.macro:.1f}, with “unrelated” "
            f"{scores.macro_of_all:.1f}, contradicts {contradicts.precision:.1f} at {contradicts.recall:.1f}, "
            f"of the drawn pairs {share:.1f} get a relation"
        )


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
    rows = labels()
    fit(read(args.corpora, rows), rows, write=args.write)


def fit(held: Mapping[str, Read], rows: Sequence[Row], *, write: bool) -> None:
    """Fits on the labelled half, prints what folds say, and writes the weights if so asked."""
    half = [row for row in rows if row["split"] == "tuning"]
    tuning, names_of = pairs(held, half), happenings(half)
    labelled = [
        example(pair.a.fullest, pair.b.fullest, pair.kind, 1.0, frozenset({name}))
        for pair, name in zip(tuning, names_of, strict=True)
    ]
    rng = random.Random(SEED)
    others = [*drawn_across(tuning, names_of, rng), *from_crisis(rng), *background(held, rows, rng)]
    names = sorted({name for one in (*labelled, *others) for name in one.numbers})
    folded(tuning, labelled, others, names)
    model = fitted([*labelled, *others], names)
    if write:
        WEIGHTS.write_text(written(model, names), encoding="utf-8")


if __name__ == "__main__":
    main()
