"""Linking in one table, beside what was asked and the best simpler way: `python -m bench.linking [--corpora DIR]`.

Without the corpora only what can be measured on the project's own example. `--read` reads the reports of the labelled
pairs of origins, so that who speaks in them counts as it does in a ledger; it takes some minutes. Each line has a
command of its own that shows more: `bench.linking.utterances`, `.stories`, `.actors`, `.origins`, `.material`,
`.vectors`; `bench.linking.growth` measures time and memory.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.lines import Line
from bench.linking import actors, material, origins, stories, utterances


def of_utterances(corpora: Path) -> Iterator[Line]:
    found = utterances.table(corpora, None)
    for name, asked in (("quotations", 95.0), ("paraphrases", 85.0), ("february", 85.0)):
        where = f"{name} kept back"
        ours = found["ours", where]
        best = max((way for way, place in found if place == where and way != "ours"), key=lambda w: found[w, where].f1)
        yield Line(
            "same utterance, pair F1", f"{name}, kept back", 100 * ours.f1, asked, (best, 100 * found[best, where].f1)
        )
        yield Line(
            "same utterance, false merges",
            f"{name}, kept back",
            100 * ours.false_merges,
            1.5 if name == "quotations" else None,
            (best, 100 * found[best, where].false_merges),
            at_most=True,
        )


def of_example() -> Iterator[Line]:
    """What CI holds: the example's own gold."""
    shares = utterances.b_cubed_numbers()
    for name, asked in (("gold passages", 92.0), ("read passages", None)):
        for gold in ("", ", gold as it is"):
            key = f"clusters, {name}{gold}"
            exact = shares.get(f"clusters, {name}, exact{gold}")
            yield Line(
                f"utterance clusters, B-cubed F1{gold}",
                f"the example, {name}",
                100 * shares[key],
                asked,
                None if exact is None else ("exact match", 100 * exact),
            )
    yield Line("stories, B-cubed F1", "the example", stories.measured(None)["ours, at leisure"]["example F1"])
    for name, value in origins.measured().items():
        yield Line(f"origins, {name.removeprefix('example, ')}, right", "the example", value)


def of_stories(corpora: Path) -> Iterator[Line]:
    rows = stories.measured(corpora)
    ours = rows.pop("ours, at leisure")
    arriving = rows.pop("ours, as they arrive")
    for part, asked in (("whole", 94.0), ("tuning", None), ("kept back", None)):
        best = max(rows, key=lambda name, part=part: rows[name][f"{part} F1"])
        simpler = (best, rows[best][f"{part} F1"])
        yield Line("stories, B-cubed F1", f"the stream, {part}", ours[f"{part} F1"], asked, simpler)
    yield Line("the same as they arrive", "the stream, whole", arriving["whole F1"])
    best = max(rows, key=lambda name: rows[name]["crowded kept back F1"])
    yield Line(
        "stories, pair F1",
        "crowded months, kept back",
        ours["crowded kept back F1"],
        None,
        (best, rows[best]["crowded kept back F1"]),
    )


def of_actors(corpora: Path) -> Iterator[Line]:
    numbers = actors.measured(corpora)
    for part in ("kept back", "tuning"):
        yield Line("actors, right of answered", part, numbers[f"actors, {part}: right"], 95)
        yield Line("actors, answered", part, numbers[f"actors, {part}: answered"], 85)
        key = f"actors, {part}: answered where the reader found a name"
        yield Line("actors, answered where a name was read", part, numbers[key])


def of_origins(corpora: Path, read: bool) -> Iterator[Line]:
    numbers: Mapping[str, float] = origins.measured(corpora, read=read)
    how = "with speakers" if read else "text alone"
    for part in ("kept back", "kept back, not doubtful", "tuning"):
        key = f"independent, {part}"
        alone = ("copies alone", numbers[f"{key}, precision by copies alone"])
        yield Line("“independent”, precision", f"{part}, {how}", numbers[f"{key}, precision"], 97, alone)
        yield Line("“independent”, recall", f"{part}, {how}", numbers[f"{key}, recall"])


def of_material(corpora: Path) -> Iterator[Line]:
    numbers = material.measured(corpora)
    for kind in ("any kind", "figure", "negation", "actor"):
        simpler = ("words on one side", numbers[f"words on one side, kept back, {kind}"])
        yield Line(f"material change, {kind}, F1", "kept back", numbers[f"ours, kept back, {kind}"], None, simpler)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds stories/, timelines/ and reports/")
    parser.add_argument("--read", action="store_true", help="read the reports of the labelled pairs of origins")
    args = parser.parse_args()
    print(f"{'percent':46} {'on':28} {'reached':>7} {'asked':>7}        the best simpler way")
    lines = [of_example()]
    if args.corpora is not None:
        lines += [
            of_utterances(args.corpora),
            of_stories(args.corpora),
            of_actors(args.corpora),
            of_origins(args.corpora, args.read),
            of_material(args.corpora),
        ]
    for part in lines:
        for line in part:
            print(line, flush=True)
    if args.corpora is not None:
        print(stories.PUBLISHED)


if __name__ == "__main__":
    main()
