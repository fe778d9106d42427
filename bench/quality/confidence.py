"""Whether a confidence means what it says: `python -m bench.quality.confidence --corpora DIR [--svg FILE]`.

Reads PolNeAR dev and sets the confidence of every statement against whether it is right (linked: content with a
Jaccard overlap of at least 0.8, its own source of at least 0.5). Prints a reliability table and the expected
calibration error (Naeini et al., 2015, ten bins of equal width), also of knots fitted on other reports only, and draws
the reliability plot.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.reading.reader import TaggerReader
from training.calibrate import cross_fitted_error, expected_error, outcomes

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of one tenth of confidence: how many, their mean confidence, and how many of them are right."""

    statements: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins that hold statements, the expected error as shipped, and that of knots from other reports."""

    bins: tuple[Bin, ...]
    expected: float
    cross_fitted: float


def measure(corpora: Path) -> Reliability:
    """The reliability of the reader's confidences on dev."""
    confidence, right, report = outcomes(TaggerReader(), corpora / "polnear")
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    held = [place == k for k in range(BINS) if (place == k).any()]
    return Reliability(
        tuple(Bin(int(h.sum()), float(confidence[h].mean()), float(right[h].mean())) for h in held),
        expected_error(confidence, right, BINS),
        cross_fitted_error(confidence, right, report),
    )


def plot(found: Reliability) -> str:
    """The reliability plot as SVG: the size of a dot is the share of statements, the line is where all should lie."""
    side, edge = 320, 44
    total = sum(one.statements for one in found.bins)
    ticks = "".join(
        f'<text x="{edge + side * k / 5:.0f}" y="{edge + side + 18}" text-anchor="middle">{20 * k}</text>'
        f'<text x="{edge - 8}" y="{edge + side - side * k / 5 + 4:.0f}" text-anchor="end">{20 * k}</text>'
        for k in range(6)
    )
    dots = "".join(
        f'<circle cx="{edge + side * one.confidence:.1f}" cy="{edge + side * (1 - one.right):.1f}" '
        f'r="{3 + 22 * (one.statements / total) ** 0.5:.1f}"><title>{one.statements} statements: confidence '
        f"{100 * one.confidence:.0f}, right {100 * one.right:.0f} of 100</title></circle>"
        for one in found.bins
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>Reliability on PolNeAR dev</title>'
        f"<desc>Share of statements that are right, in percent, by their confidence; expected calibration error "
        f"{found.expected:.3f}.</desc>"
        f'<rect width="100%" height="100%" fill="#fff"/><rect x="{edge}" y="{edge}" width="{side}" height="{side}" '
        f'fill="none" stroke="#999"/><path d="M{edge} {edge + side}L{edge + side} {edge}" stroke="#999" '
        f'stroke-dasharray="4 4"/>{ticks}<g fill="#1f5f8b" fill-opacity="0.75">{dots}</g>'
        f'<text x="{edge + side / 2}" y="{edge + side + 36}" text-anchor="middle">confidence, percent</text>'
        f'<text x="{edge}" y="{edge - 14}">right, percent</text></svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds polnear/")
    parser.add_argument("--svg", type=Path, help="where to draw the reliability plot")
    args = parser.parse_args()
    found = measure(args.corpora)
    print("statements  confidence  right")
    for one in found.bins:
        print(f"{one.statements:10} {100 * one.confidence:11.1f} {100 * one.right:6.1f}")
    print(
        f"expected calibration error {found.expected:.3f} as shipped (knots of all of dev), {found.cross_fitted:.3f} "
        f"with knots of other reports"
    )
    if args.svg:
        args.svg.write_text(plot(found), encoding="utf-8")


if __name__ == "__main__":
    main()
