"""Makes a statement's confidence mean what it says: how often statements of that certainty are right.

Right means linked: content with a Jaccard overlap of at least 0.8 with a gold one, and its own source of at least 0.5.
Fitted on PolNeAR dev by isotonic regression (pool adjacent violators; Zadrozny and Elkan, 2002), kept as a few knots
that the reader interpolates between.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.quality.attributions import Attribution, linked_pairs
from onrecord.reading.reader import TaggerReader
from training.polnear import read_split

KNOTS = 12


def outcomes(reader: TaggerReader, corpus: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Certainty, 1 or 0 for right or wrong, and the number of the report, for every statement found on dev."""
    certain, right, which = [], [], []
    for number, report in enumerate(read_split(corpus, "dev", every_annotator=False)):
        gold = [Attribution(a.source, a.cue, a.content, "") for a in report.attributions if a.content]
        # The corpus marks outermost attributions, so of nested ones it cannot say whether they are right.
        statements = [one for one in reader.read(report.text) if one.nested_in is None]
        found = [Attribution(s.source, s.cue, s.content, "") for s in statements]
        good = {k for _, k in linked_pairs(report.text, gold, found)}
        certain += [s.confidence for s in statements]
        right += [float(k in good) for k in range(len(statements))]
        which += [number] * len(statements)
    return np.asarray(certain), np.asarray(right), np.asarray(which)


def fitted(certain: np.ndarray, right: np.ndarray) -> list[tuple[float, float]]:
    """Knots (certainty, share that is right) of a rising curve, at equal shares of the statements."""
    order = np.argsort(certain, kind="stable")
    blocks: list[tuple[float, int]] = []
    for value in right[order]:
        blocks.append((float(value), 1))
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (a, n), (b, m) = blocks[-2:]
            blocks[-2:] = [((a * n + b * m) / (n + m), n + m)]
    smooth = np.concatenate([np.full(n, value) for value, n in blocks])
    parts = np.array_split(np.arange(len(order)), KNOTS)
    return [(round(float(certain[order][p].mean()), 4), round(float(smooth[p].mean()), 4)) for p in parts]


def calibrated(certain: np.ndarray, knots: Sequence[tuple[float, float]]) -> np.ndarray:
    x, y = zip(*knots, strict=True)
    values: np.ndarray = np.interp(certain, x, y)
    return values


def expected_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins (Naeini et al., 2015)."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs((confidence - right)[place == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(right))


def cross_fitted_error(certain: np.ndarray, right: np.ndarray, which: np.ndarray, folds: int = 5) -> float:
    """The expected error of knots fitted on the other reports: what to expect of new ones."""
    confidence = np.zeros(len(certain))
    for fold in range(folds):
        held = which % folds == fold
        confidence[held] = calibrated(certain[held], fitted(certain[~held], right[~held]))
    return expected_error(confidence, right)
