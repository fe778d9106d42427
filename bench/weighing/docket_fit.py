"""The weights of the docket's signs: `python -m bench.weighing.docket_fit --corpora DIR [--folds]`.

Fitted on the tuning part of docket.jsonl and on the example's gold, and printed as onrecord/weighing/docket/weights.py
has them. With `--folds` the F1 by cross-validation over the reports of the tuning part is printed instead, for chances
from which a passage is entered: no report is scored by weights that were fitted on it. Nothing kept back is read here.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
import numpy.typing as npt

from bench.linking.scores import Score
from bench.weighing.docket import Labelled, labels
from bench.weighing.docket_example import labelled_passages
from onrecord.domain.utterances import Rendering
from onrecord.weighing.docket.due import due
from onrecord.weighing.docket.signs import signs

RIDGE: Final = 1.0
DOUBTFUL: Final = 0.6
"""What a doubtful row counts for."""
FOLDS: Final = 10
SHUFFLES: Final = 4
CHANCES: Final = (0.2, 0.25, 0.3, 0.35, 0.4)
Row = tuple[Rendering, bool, float]
"""A passage, whether it is an entry, and what it counts for."""
Values = npt.NDArray[np.float64]


def rows_of_tuning(items: Sequence[Labelled]) -> list[Row]:
    """The labelled passages that may be fitted on."""
    return [(one.said.fullest, one.entered, DOUBTFUL if one.doubtful else 1.0) for one in items]


def fit(rows: Sequence[Row]) -> tuple[dict[str, float], float]:
    """The weights of the signs and their base, rounded: ridge-penalised logistic regression."""
    names, x, y, weight = _matrix(rows)
    rounded = [round(float(value), 2) for value in _regression(x, y, weight)]
    return dict(zip(names, rounded, strict=False)), rounded[-1]


def folds(items: Sequence[Labelled], doubtful: bool) -> dict[float, float]:
    """F1 in percent for each chance from which a passage is entered, the mean of `SHUFFLES` shuffles of the reports."""
    _, x, y, weight = _matrix([*rows_of_tuning(items), *_example()])
    of = np.array([one.said.fullest.report for one in items])
    counted = np.array([not one.extra and (doubtful or not one.doubtful) for one in items])
    entered = np.array([one.entered for one in items])
    scores: dict[float, list[float]] = {chance: [] for chance in CHANCES}
    for shuffle in range(SHUFFLES):
        names = sorted(set(of))
        Random(shuffle).shuffle(names)
        sure = np.zeros(len(items))
        for fold in range(FOLDS):
            left_out = np.isin(of, names[fold::FOLDS])
            kept = np.concatenate([~left_out, np.ones(len(x) - len(items), dtype=bool)])
            b = _regression(x[kept], y[kept], weight[kept])
            sure[left_out] = 1 / (1 + np.exp(-np.clip(x[: len(items)][left_out] @ b, -30, 30)))
        for chance, found in scores.items():
            given = (sure >= chance) & counted
            found.append(Score(int(given.sum()), int((given & entered).sum()), int((entered & counted).sum())).f1)
    return {chance: sum(found) / len(found) for chance, found in scores.items()}


def _example() -> list[Row]:
    return [(one, entered, 1.0) for one, entered in labelled_passages()]


def _matrix(rows: Sequence[Row]) -> tuple[list[str], Values, Values, Values]:
    """The names of the signs, the signs of each row with a one at the end, whether it is an entry, and its weight."""
    held = [signs(one, due(one) is not None) for one, _, _ in rows]
    names = list(held[0])
    x = np.array([[float(sign[name]) for name in names] + [1.0] for sign in held])
    return names, x, np.array([float(entered) for _, entered, _ in rows]), np.array([counts for _, _, counts in rows])


def _regression(x: Values, y: Values, weight: Values) -> Values:
    """Newton's method; the last column is the base and next to free."""
    penalty = np.array([RIDGE] * (x.shape[1] - 1) + [1e-3])
    b = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        step = np.linalg.solve(
            (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty), x.T @ (weight * (p - y)) + penalty * b
        )
        b = b - step
        if np.abs(step).max() < 1e-8:
            break
    return np.asarray(b, dtype=np.float64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/")
    parser.add_argument("--folds", action="store_true", help="print scores by cross-validation instead of weights")
    args = parser.parse_args()
    items = [one for one in labels(args.corpora) if one.part == "tuning"]
    if args.folds:
        for name, doubtful in (("all", True), ("not doubtful", False)):
            scores = folds(items, doubtful)
            print(f"{name}: {', '.join(f'{score:.1f} from {chance}' for chance, score in scores.items())}")
        return
    weights, base = fit([*rows_of_tuning(items), *_example()])
    print(f"BASE: Final = {base}")
    for sign, value in weights.items():
        if value:
            print(f'    "{sign}": {value},')


if __name__ == "__main__":
    main()
