"""Figures through time on the project's own example: `python -m bench.weighing.figures_example [--mistakes]`.

The gold's figures carry the lineage they belong to. "gold passages" gives the gold's passages, utterances, speakers,
numbers and days; what is counted and where is found by the program. "read passages" gives only the reports: passages,
figures and utterances are what reader and linker make of them, and a gold figure that is not found is alone. B-cubed F1
over the gold's figures. Ties: for each of the gold's relations "revises" between two passages with a figure, whether
the two figures share a lineage and the later is called a revision.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

from bench.corpora import moment, rows_of
from bench.linking.utterance_example import Groups, b_cubed_f1, completed, example, found_by_reader
from bench.quality.example import EXAMPLE, gold, located, reports
from onrecord.assessing.openings import opening_days
from onrecord.domain.figures import Counted, Lineage, Standing
from onrecord.domain.passages import Bound, Figure, Time, TimeKind
from onrecord.domain.relations import Said
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering, ordered
from onrecord.linking.utterances.clusters import clusters
from onrecord.linking.utterances.linking import links
from onrecord.reading.figures import find_figures
from onrecord.reading.times import find_times
from onrecord.weighing.figures import counted, lineages, opened, ties
from onrecord.weighing.figures.standing import tie

Row = dict[str, object]


@cache
def passages_read() -> tuple[tuple[Rendering, ...], Groups]:
    """The gold's passages with the figures that the reader finds in their whole contents, and the gold's groups."""
    texts = dict(reports())
    rows = {str(row["id"]): (name, row) for name, found in gold().items() for row in found}
    passages, groups = example()
    made = []
    for one in passages:
        name, row = rows[one.statement]
        report = texts[name]
        figures = []
        for part in located(report.text, row["content"]):  # type: ignore[arg-type]
            figures += find_figures(report.text, part, find_times(report.text, part, report.published))
        inside = tuple(f for f in figures if one.span.start <= f.span.start < one.span.end)
        made.append(replace(one, figures=inside))
    return tuple(made), groups


def gold_rows() -> list[tuple[Row, Rendering]]:
    """The gold's figures, each with the gold passage that it stands in."""
    passages, _ = passages_read()
    by_statement: dict[str, list[Rendering]] = defaultdict(list)
    for one in passages:
        by_statement[one.statement].append(one)
    found: list[tuple[Row, Rendering]] = []
    for row in rows_of(EXAMPLE / "gold" / "figures.jsonl"):
        whole = row.get("prefix", "") + row["exact"]
        inside = [one for one in by_statement[row["statement"]] if whole in one.words]
        if not inside:
            raise ValueError(f"the gold's {whole!r} stands in no passage of {row['statement']}")
        found.append((row, inside[0]))
    return found


def _span(row: Row, passage: Rendering) -> Span:
    prefix = str(row.get("prefix", ""))
    start = passage.span.start + passage.words.index(prefix + str(row["exact"])) + len(prefix)
    return Span(start, start + len(str(row["exact"])))


def _gold_figure(row: Row, passage: Rendering) -> Figure:
    """The gold's number and day, with the noun and place that the reader finds at those characters."""
    span = _span(row, passage)
    read = next((one for one in passage.figures if one.span.overlaps(span)), None)
    value, low, high = (row[name] for name in ("value", "low", "high"))
    assert all(one is None or isinstance(one, (int, float)) for one in (value, low, high))
    bound = Bound.BETWEEN if value is None else Bound.AT_LEAST if low else Bound.AT_MOST if high else Bound.EXACT
    made = read or Figure(span, None)
    if read is None:
        last = str(row["exact"]).rsplit(" ", 1)[-1]
        made = replace(made, counted=Span(span.end - len(last), span.end))
    if made.bound is Bound.ABOUT and bound is Bound.EXACT:
        bound = Bound.ABOUT
    as_of = None
    if row["as_of"]:
        day = moment(str(row["as_of"]))
        as_of = Time(span, TimeKind.DATE, str(row["as_of"]), day, day + timedelta(days=1))
    return replace(made, value=value, low=low, high=high, bound=bound, as_of=as_of)  # type: ignore[arg-type]


def said_of(passages: Iterable[Rendering], groups: Groups) -> list[Said]:
    """Utterances as weighing gets them."""
    by_id = {one.passage: one for one in passages}
    found = []
    for group in groups:
        members = ordered(by_id[one] for one in group if one in by_id)
        if members:
            fullest = max(members, key=lambda one: (len(one.words), one.passage))
            found.append(Said(f"u:{members[0].passage}", fullest, tuple(members), actor=fullest.actor))
    return found


@cache
def gold_said() -> tuple[list[Said], dict[tuple[str, int], str]]:
    """The gold's utterances with the gold's figures, and the lineage of each by passage and start."""
    passages, groups = passages_read()
    figures: dict[str, list[Figure]] = defaultdict(list)
    wanted: dict[tuple[str, int], str] = {}
    for row, passage in gold_rows():
        made = _gold_figure(row, passage)
        figures[passage.passage].append(made)
        wanted[passage.passage, made.span.start] = str(row["lineage"])
    given = [
        replace(
            one,
            figures=tuple(
                sorted(
                    [*figures[one.passage], *(f for f in one.figures if not _meets(f, figures[one.passage]))],
                    key=lambda f: f.span,
                )
            ),
        )
        for one in passages
    ]
    return said_of(given, completed(passages, groups)), wanted


def _meets(figure: Figure, others: Iterable[Figure]) -> bool:
    return any(figure.span.overlaps(other.span) for other in others)


@cache
def read_said() -> tuple[list[Said], dict[tuple[str, int], str]]:
    """What reader and linker make of the reports, and the gold's lineage of each figure that is found."""
    found, _ = found_by_reader()
    groups = clusters(found, links(found), ())
    return said_of(found, groups), {at: str(row["lineage"]) for at, (row, _) in read_rows().items()}


@cache
def read_rows() -> dict[tuple[str, int], tuple[Row, Rendering]]:
    """The gold's figures that the reader finds, each with its gold passage, by the read passage and where it begins."""
    found, _ = found_by_reader()
    wanted: dict[tuple[str, int], tuple[Row, Rendering]] = {}
    for row, passage in gold_rows():
        span = _span(row, passage)
        inside = (
            (one.passage, figure.span.start)
            for one in found
            if one.report == passage.report
            for figure in one.figures
            if figure.span.overlaps(span) and _equal(figure, row)
        )
        key = next((one for one in inside if one not in wanted), None)
        if key is not None:
            wanted[key] = row, passage
    return wanted


def _equal(figure: Figure, row: Row) -> bool:
    return figure.value == row["value"] and (row["value"] is not None or figure.low == row["low"])


def figures_of(said: Iterable[Said]) -> list[Counted]:
    """All figures of some utterances."""
    return [figure for one in said for figure in counted(one)]


def followed(said: Iterable[Said]) -> list[Counted]:
    """The same as they are when they are followed."""
    days = opening_days((name, report.text, report.published) for name, report in reports())
    return list(opened(figures_of(said), days))


def in_lineages(figures: Sequence[Counted]) -> list[Lineage]:
    """The lineages of all blocks."""
    blocks: dict[str, list[Counted]] = defaultdict(list)
    for one in figures:
        blocks[one.block].append(one)
    return [lineage for block in blocks.values() for lineage in lineages(block)]


def named(figures: Iterable[Counted]) -> dict[str, tuple[str, int]]:
    """The passage and start of each figure by its id."""
    return {one.id: (one.rendering.passage, one.figure.span.start) for one in figures}


def groups_of(figures: Sequence[Counted], names: Mapping[tuple[str, int], str]) -> list[tuple[str, ...]]:
    """The lineages found, as groups of the names of the labelled figures in them."""
    at = named(figures)
    found = [tuple(names[at[one]] for one in group.figures if at[one] in names) for group in in_lineages(figures)]
    return [group for group in found if group]


def simpler(figures: Sequence[Counted], names: Mapping[tuple[str, int], str], way: str) -> list[tuple[str, ...]]:
    """A baseline's groups: labelled figures of one value, of one noun and day, or of one block."""
    at = named(figures)
    groups: dict[object, list[str]] = defaultdict(list)
    for one in figures:
        if at[one.id] in names:
            value = one.figure.value if one.figure.value is not None else (one.low, one.high)
            of = {"same value": value, "same noun and day": (one.noun, one.start), "one for each block": one.block}[way]
            groups[of].append(names[at[one.id]])
    return [tuple(group) for group in groups.values()]


def _names(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    return {(passage, start): f"{passage}:{start}" for passage, start in wanted}


def gold_groups(wanted: Mapping[tuple[str, int], str]) -> list[tuple[str, ...]]:
    """The gold's lineages."""
    groups: dict[str, list[str]] = defaultdict(list)
    for at, name in _names(wanted).items():
        groups[wanted[at]].append(name)
    return [tuple(group) for group in groups.values()]


WAYS = ("gold passages", "read passages")
BASELINES = ("same value", "same noun and day", "one for each block")


def measured_example() -> dict[str, float]:
    """Shares from 0 to 1 on the example."""
    found: dict[str, float] = {}
    for name, (said, wanted) in (("gold passages", gold_said()), ("read passages", read_said())):
        figures, names = followed(said), _names(wanted)
        gold = gold_groups(wanted)
        if name == "read passages":
            gold = _with_missing()
        found[f"lineages, {name}"] = b_cubed_f1(groups_of(figures, names), gold)
        for way in BASELINES:
            found[f"lineages, {name}, {way}"] = b_cubed_f1(simpler(figures, names, way), gold)
    for way in WAYS:
        right, asked = revisions(way)
        found[f"revisions, {way}"] = right / asked
    return found


def _with_missing() -> list[tuple[str, ...]]:
    """The gold's lineages with those figures that were not found, each under a name of its own."""
    _, everything = gold_said()
    _, read = read_said()
    sizes: dict[str, int] = defaultdict(int)
    for lineage in everything.values():
        sizes[lineage] += 1
    have: dict[str, list[str]] = defaultdict(list)
    for at, name in _names(read).items():
        have[read[at]].append(name)
    return [
        (*have[lineage], *(f"missing:{lineage}:{number}" for number in range(size - len(have[lineage]))))
        for lineage, size in sizes.items()
    ]


def revisions(way: str, mistakes: list[str] | None = None) -> tuple[int, int]:
    """Of the gold's revisions between figures how many are found: one lineage, and called a revision.

    As read, one whose figures are not both found counts as missed.
    """
    said, wanted = gold_said() if way == WAYS[0] else read_said()
    figures = followed(said)
    lineage = {one: group.id for group in in_lineages(figures) for one in group.figures}
    passages = {key: passage for key, (_, passage) in read_rows().items()}
    at: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for one in figures:
        key = one.rendering.passage, one.figure.span.start
        if key in wanted:
            passage = one.rendering if way == WAYS[0] else passages[key]
            at[passage.statement, passage.words].append(one)
    of_gold = {(passage.statement, passage.words): set[str]() for _, passage in gold_rows()}
    for row, passage in gold_rows():
        of_gold[passage.statement, passage.words].add(str(row["lineage"]))
    right = asked = 0
    for row in rows_of(EXAMPLE / "gold" / "relations.jsonl"):
        ends = [(row[side]["statement"], row[side]["exact"]) for side in "ab"]
        if row["kind"] != "revises" or not of_gold.get(ends[0], set()) & of_gold.get(ends[1], set()):
            continue
        asked += 1
        pairs = [(a, b) for a in at[ends[0]] for b in at[ends[1]] if _lineage(a, wanted) == _lineage(b, wanted)]
        made = tie(*pairs[0]) if pairs else None
        together = bool(pairs) and lineage[pairs[0][0].id] == lineage[pairs[0][1].id]
        ok = together and made is not None and made.standing is Standing.REVISION
        ok |= together and pairs[0][0].figure.value == pairs[0][1].figure.value
        right += ok
        if mistakes is not None and not ok:
            mistakes.append(f"{way}: {row['a']['statement']} {row['b']['statement']}: {together} {made}")
    return right, asked


def _lineage(one: Counted, wanted: dict[tuple[str, int], str]) -> str:
    return wanted[one.rendering.passage, one.figure.span.start]


def _shown(name: str, said: list[Said], wanted: dict[tuple[str, int], str]) -> None:
    figures = followed(said)
    names = named(figures)
    print(name)
    for lineage in in_lineages(figures):
        inside = [wanted[names[one]] for one in lineage.figures if names[one] in wanted]
        if inside:
            print(
                "  ", lineage.counted, "|", lineage.place, "|", {one: inside.count(one) for one in sorted(set(inside))}
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mistakes", action="store_true", help="show the lineages and the revisions that were missed")
    parser.add_argument("--ties", action="store_true", help="show the ties of the gold passages")
    args = parser.parse_args()
    for name, share in measured_example().items():
        print(f"{name:50} {100 * share:6.1f}")
    if args.mistakes:
        _shown("gold passages", *gold_said())
        _shown("read passages", *read_said())
        mistakes: list[str] = []
        for way in WAYS:
            revisions(way, mistakes)
        print("\n".join(mistakes))
    if args.ties:
        figures = followed(gold_said()[0])
        by_id = {one.id: one for one in figures}
        for made in ties(figures, in_lineages(figures)):
            a, b = by_id[made.a], by_id[made.b]
            print(f"{made.standing.value:12} {a.rendering.words[:70]!r} {b.rendering.words[:70]!r} {made.reasons}")


if __name__ == "__main__":
    main()
