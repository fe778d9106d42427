"""How well material differences of wording are flagged: `python -m bench.linking.material --corpora DIR`.

material.jsonl says for pairs of the other labelled sets, by file and row, which kinds of substance differ between the
two wordings: figure, negation, condition, modal, actor (docs/labelling-utterances.md has the rules). A flag is right
where the label has the same kind for the pair. Prints precision, recall and F1 for each kind and over all kinds, and of
the question whether anything material differs at all, beside a baseline: a number, a "not", an "if", a modal or a
capitalised word that only one of the two has. `--mistakes` lists the mistakes of the tuning part; those of the part
kept back are not to be looked at.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.linking.scores import Score
from bench.linking.utterance_pairs import labels, pairs
from onrecord.domain.utterances import Material, Rendering
from onrecord.linking.utterances.differences import difference, fullest

SPLITS = ("tuning", "kept back")
ANY = "any kind"
ALL = "all kinds"
NAMES = (*Material, ALL, ANY)
_PATTERNS = {
    Material.FIGURE: re.compile(r"[0-9][0-9.,]*"),
    Material.NEGATION: re.compile(r"\b(?:not|no|never|none|nobody|nothing|without)\b|n['’]t\b", re.IGNORECASE),
    Material.CONDITION: re.compile(r"\b(?:if|unless|provided)\b", re.IGNORECASE),
    Material.MODAL: re.compile(
        r"\b(?:may|might|can|could|will|would|must|should|allegedly|reportedly)\b", re.IGNORECASE
    ),
    Material.ACTOR: re.compile(r"(?<=\w )[A-Z]\w{2,}"),
}


def ours(a: Rendering, b: Rendering) -> set[Material]:
    """The kinds that the difference to the fuller one is flagged with."""
    full = fullest([a, b])
    return set(difference(full, b if full is a else a).material)


def one_sided(a: Rendering, b: Rendering) -> set[Material]:
    """The kinds for which one wording has a word that the other has not."""

    def found(kind: Material, words: str) -> set[str]:
        return {word.lower().rstrip(".,") for word in _PATTERNS[kind].findall(words)}

    return {kind for kind in Material if found(kind, a.words) != found(kind, b.words)}


METHODS: dict[str, Callable[[Rendering, Rendering], set[Material]]] = {"ours": ours, "words on one side": one_sided}


def labelled(corpora: Path) -> list[tuple[Rendering, Rendering, set[Material], str]]:
    """The labelled pairs with the kinds that differ, and the half they are in."""
    rows = labels("material")
    sets = {str(row["ref"]["file"]).removesuffix(".jsonl") for row in rows}
    known = {name: (labels(name), pairs(name, corpora)) for name in sorted(sets)}
    found = []
    for row in rows:
        given, renderings = known[str(row["ref"]["file"]).removesuffix(".jsonl")]
        number = int(row["ref"]["row"]) - 1
        if (given[number]["a"], given[number]["b"]) != (row["a"], row["b"]):
            raise ValueError(f"{row['ref']}: the row holds another pair than the one that was labelled")
        pair = renderings[number]
        found.append((pair.a, pair.b, {Material(kind) for kind in row["material"]}, str(row["split"])))
    return found


def measured(corpora: Path) -> dict[str, float]:
    """F1 in percent by method, half and kind: "ours, kept back, figure"."""
    counts = _counts(corpora)
    return {
        f"{method}, {split}, {name}": _score(counts[method, split], name).f1
        for method, split in counts
        for name in NAMES
    }


def _counts(corpora: Path, mistakes: list[str] | None = None) -> dict[tuple[str, str], Counter[tuple[str, str]]]:
    counts: dict[tuple[str, str], Counter[tuple[str, str]]] = {
        (method, split): Counter() for split in SPLITS for method in METHODS
    }
    for a, b, wanted, split in labelled(corpora):
        for method, flag in METHODS.items():
            given = flag(a, b)
            into = counts[method, split]
            for kind in Material:
                outcome = _outcome(kind in wanted, kind in given)
                into[kind, outcome] += 1
                into[ALL, outcome] += 1
            into[ANY, _outcome(bool(wanted), bool(given))] += 1
            if mistakes is not None and method == "ours" and split == "tuning" and given != wanted:
                told = f"wanted {sorted(wanted)}, given {sorted(given)}"
                mistakes.append(f"{told}\n    {a.words}\n    {b.words}")
    return counts


def _outcome(wanted: bool, given: bool) -> str:
    if wanted:
        return "right" if given else "missed"
    return "wrong" if given else "rest"


def _score(counts: Counter[tuple[str, str]], name: str) -> Score:
    right, wrong, missed = (counts[name, outcome] for outcome in ("right", "wrong", "missed"))
    return Score(right + wrong, right, right + missed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds stories/ and reports/")
    parser.add_argument("--mistakes", action="store_true", help="list what is wrong in the tuning part")
    args = parser.parse_args()
    mistakes: list[str] = []
    counts = _counts(args.corpora, mistakes)
    print(f"{'part':10} {'method':18} {'kind':10} {'labels':>7} {'precision':>10} {'recall':>7} {'F1':>6}")
    for (method, split), found in counts.items():
        for name in NAMES:
            score = _score(found, name)
            shares = f"{score.precision:10.1f} {score.recall:7.1f} {score.f1:6.1f}"
            print(f"{split:10} {method:18} {name:10} {score.asked:7} {shares}")
    for one in mistakes if args.mistakes else ():
        print(one)


if __name__ == "__main__":
    main()
