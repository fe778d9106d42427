"""Weighing in one table, beside what was asked and simpler ways: `python -m bench.weighing [--corpora DIR] [--public]`.

Without the corpora only what can be measured on the project's own example. `--public` adds the public sets FNC-1 and
ClaimDiff, which take a quarter of an hour and need scikit-learn. Each line has a command of its own that shows more:
`bench.weighing.relations`, `.figures`, `.docket`, `.indicators`, `.stance`, `.claims`, and `.relations_example`,
`.figures_example`, `.docket_example`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bench.lines import Line
from bench.weighing import docket, docket_example, figures, figures_example, indicators, relations, relations_example

KEPT = "kept back"


def of_example() -> Iterator[Line]:
    """What CI holds: the example's own gold. The models saw it in fitting, so it is a floor and no measure."""
    for name, value in relations_example.measured().items():
        if value:
            yield Line(f"relations, {name}", "the example", value)
    for name, value in figures_example.measured_example().items():
        if name.count(",") < 2 and "revisions" not in name:
            yield Line(f"figures, {name}, B-cubed F1", "the example", 100 * value, 90)
    for name, value in docket_example.measured().items():
        yield Line(name.replace(" of the example", ""), "the example", value)


def of_relations(corpora: Path) -> Iterator[Line]:
    found = relations.measured(corpora)
    simple = "words and negation"
    for what, asked in (("macro-F1 of seven", 75), ("contradicts precision", 90), ("contradicts recall", 60)):
        beside = (simple, found[f"{simple}, {KEPT}, {what}"])
        yield Line(f"relations, {what}", KEPT, found[f"ours, {KEPT}, {what}"], asked, beside)
    for what, value in relations.measured_fresh(corpora).items():
        yield Line(f"relations, {what}", "fresh", value)


def of_figures(corpora: Path) -> Iterator[Line]:
    found = {name: 100 * value for name, value in figures.measured(corpora).items()}
    for way in ("figures given", "as read"):
        beside = max((found[f"lineages, {way}, {KEPT}, {one}"], one) for one in figures.BASELINES)
        yield Line(
            f"figures, lineages, {way}, B-cubed F1", KEPT, found[f"lineages, {way}, {KEPT}"], 90, (beside[1], beside[0])
        )
    for way in ("given", "found"):
        for name in sorted(one for one in found if one.startswith(f"ties, lineages {way}, {KEPT}, ")):
            asked = 85 if name.endswith("told apart") else None
            yield Line(f"figures, {name.replace(f', {KEPT}', '')}", KEPT, found[name], asked)


def of_docket(corpora: Path) -> Iterator[Line]:
    found = docket.measured(corpora)
    for name, value in found.items():
        asked = 85.0 if name.endswith("docket") else 90.0 if "of entries found" in name else None
        yield Line(name, KEPT, value, asked)


def of_indicators(corpora: Path) -> Iterator[Line]:
    found = indicators.measured(corpora)
    yield Line("indicators, false alarms in 90 days", KEPT, found["false alarms in 90 days"], 1.0, at_most=True)
    yield Line("indicators, changes of 2 deviations in 3 days", KEPT, found["2 deviations"], 90)
    yield Line("the same, four and more a day", KEPT, found["2 deviations, four and more a day"], 90)


def of_public(corpora: Path) -> Iterator[Line]:
    from bench.weighing import claims, stance

    for name, value in stance.measured(corpora).items():
        if name.endswith("score"):
            yield Line(f"FNC-1, {name}", "five folds by body", value, 85 if name == "ours: score" else None)
    for name, value in claims.measured(corpora).items():
        yield Line(f"ClaimDiff, {name}", "five folds by topic", value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--public", action="store_true", help="also FNC-1 and ClaimDiff")
    args = parser.parse_args()
    for line in of_example():
        print(line, flush=True)
    if args.corpora is not None:
        for part in (of_relations, of_figures, of_docket, of_indicators, *((of_public,) if args.public else ())):
            for line in part(args.corpora):
                print(line, flush=True)


if __name__ == "__main__":
    main()
