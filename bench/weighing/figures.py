"""Figures through time on labelled figures: `python -m bench.weighing.figures --corpora DIR [--mistakes] [--fit]`.

figures.jsonl holds figures of reports of one war by offsets, each with the lineage it belongs to; figure_ties.jsonl how
one stands to another. Both are split by attack into "tuning", whose mistakes may be looked at, and "kept back".
Doubtful labels are left out.

- lineages, figures given: the labelled number, noun, day and speaker in the passage that the reader finds around them,
  or in the sentence where it finds none. What is counted, where, and which figures belong together is the program's.
- lineages, as read: reports alone; figures inside statements, as reader and linker find them. One that is not found is
  a lineage of its own. "found" is the share that is found.
- ties: of labelled pairs the share with the right standing (same, revision, later, dispute, other scope), and macro-F1
  over the five; "told apart" is the share over those that are a revision, a dispute or another scope. "lineages given"
  lets the labels say which two count one thing, "lineages found" does not.

`--tuning` leaves the half that is kept back alone: use it until there is nothing left to try.

Baselines: the same value, the same noun and day, one lineage for each block.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.corpora import Row, casualties, gathered, labelled, moment, rows_of
from bench.linking.scores import Score
from bench.linking.utterance_example import b_cubed_f1
from bench.rendered import rendered
from bench.weighing.figures_example import BASELINES, figures_of, groups_of, in_lineages, named, said_of, simpler
from onrecord.assessing.openings import opening_days
from onrecord.domain.figures import Counted, Standing
from onrecord.domain.passages import Act, Bound, Figure, Time, TimeKind
from onrecord.domain.relations import Said
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.domain.utterances import Rendering
from onrecord.linking.utterances.clusters import clusters
from onrecord.linking.utterances.linking import links
from onrecord.reading.figures import find_figures
from onrecord.reading.reader import TaggerReader
from onrecord.reading.times import find_times
from onrecord.weighing.figures import opened
from onrecord.weighing.figures.profiles import profile_of
from onrecord.weighing.figures.scoring import evidence, gap, likeness, told_apart
from onrecord.weighing.figures.standing import tie
from onrecord.weighing.figures.vocabulary import TOLLS
from onrecord.weighing.figures.weights import OF_TOLLS

HERE = Path(__file__).parent
PARTS = ("tuning", "kept back")
TOLD_APART = (Standing.REVISION, Standing.DISPUTE, Standing.SCOPE)
_NEAR = 3
_OTHER_COUNT = 0.3
_ENDS = (". ", ".\n", "\n", "? ", "! ", '." ')


@dataclass(frozen=True, slots=True)
class Given:
    """What both ways of measuring start from: reports by name and what the reader finds in them."""

    reports: Mapping[str, Report]
    statements: Mapping[str, tuple[Statement, ...]]


def labels(part: str | None = None) -> list[Row]:
    """The labelled figures that are not doubtful, of one part or of both."""
    rows = rows_of(HERE / "figures.jsonl")
    return [row for row in rows if not row["doubtful"] and (part is None or row["split"] == part)]


def tie_labels(part: str) -> list[Row]:
    """The labelled ties of one part that are not doubtful."""
    rows = rows_of(HERE / "figure_ties.jsonl")
    return [row for row in rows if not row["doubtful"] and row["split"] == part]


def given(corpora: Path, cache: Path | None = None) -> Given:
    """The labelled reports, read; what was read before is taken from `cache`.

    Raises:
        ValueError: when the corpora hold another text than the one that was labelled.
    """
    rows = labels()
    published = {row["report"]: row["published"] for row in rows}
    chosen = [row | {"published": published[row["id"]]} for row in casualties(corpora) if row["id"] in published]
    names = {row["sha256"]: row["report"] for row in rows}
    reports = {names[digest]: report for digest, report in labelled(names.keys(), gathered(chosen))}
    if cache is not None and cache.is_file():
        return Given(reports, pickle.loads(cache.read_bytes()))
    reader = TaggerReader()
    statements = {name: tuple(reader.read_report(report)) for name, report in reports.items()}
    if cache is not None:
        cache.write_bytes(pickle.dumps(statements))
    return Given(reports, statements)


def read_said(read: Given, wanted: Iterable[Row]) -> tuple[list[Said], dict[str, str], dict[tuple[str, int], str]]:
    """Utterances as reader and linker find them, the labelled lineage of each figure found, and its label's id."""
    renderings = [one for name in read.reports for one in _renderings(read, name)]
    groups = clusters(renderings, links(renderings))
    by_report: dict[str, list[Rendering]] = defaultdict(list)
    for one in renderings:
        by_report[one.report].append(one)
    found: dict[tuple[str, int], str] = {}
    lineage: dict[str, str] = {}
    for row in wanted:
        for one in by_report[row["report"]]:
            for figure in one.figures:
                key = one.passage, figure.span.start
                if key not in found and _is_it(figure, row):
                    found[key] = row["id"]
                    lineage[row["id"]] = row["lineage"]
                    break
            else:
                continue
            break
    return said_of(renderings, groups), lineage, found


def _is_it(figure: Figure, row: Row) -> bool:
    span = Span(row["start"], row["end"])
    value = figure.value if figure.value is not None else figure.low
    wanted = row["value"] if row["value"] is not None else row["low"]
    return figure.span.overlaps(span) and value == wanted


def _renderings(read: Given, name: str) -> Iterator[Rendering]:
    report = read.reports[name]
    for statement in read.statements[name]:
        for passage in statement.passages:
            id_ = f"{statement.id[:16]}:{passage.span.start}"
            yield rendered(report, statement, passage, name=name, id_=id_)


def given_said(read: Given, rows: Sequence[Row]) -> tuple[list[Said], dict[tuple[str, int], str]]:
    """One utterance for each passage that holds labelled figures, with these figures; and each one's label."""
    inside: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    made: dict[tuple[str, int, int], Rendering] = {}
    for row in rows:
        report = read.reports[row["report"]]
        span = Span(row["start"], row["end"])
        around = [one for one in _renderings(read, row["report"]) if one.span.covers(span)]
        one = min(around, key=lambda one: (one.span.end - one.span.start, one.passage), default=None)
        one = one or _sentence(report, row["report"], span)
        key = row["report"], one.span.start, one.span.end
        made.setdefault(key, one)
        inside[key].append(row)
    said, names = [], {}
    for key, one in made.items():
        figures = [_figure(one, row) for row in inside[key]]
        others = [f for f in one.figures if not any(f.span.overlaps(g.span) for g in figures)]
        speaker = next((row["speaker"] for row in inside[key] if row["speaker"]), None)
        whole = replace(
            one,
            figures=tuple(sorted([*figures, *others], key=lambda f: f.span)),
            outlet=inside[key][0]["outlet"],
            speaker=speaker,
            actor=speaker and f"name:{speaker}",
        )
        said.append(Said(f"u:{one.passage}", whole, (whole,), actor=whole.actor))
        names |= {(one.passage, figure.span.start): row["id"] for figure, row in zip(figures, inside[key], strict=True)}
    return said, names


def _sentence(report: Report, name: str, span: Span) -> Rendering:
    text = report.text
    start = max((0, *(at + len(end) for end in _ENDS if (at := text.rfind(end, 0, span.start)) >= 0)))
    ends = [at for end in _ENDS if (at := text.find(end, span.end)) >= 0]
    whole = Span(start, min(ends, default=len(text)))
    times = find_times(text, whole, report.published)
    return Rendering(
        passage=f"{name}:{whole.start}",
        statement=f"{name}:{whole.start}",
        report=name,
        span=whole,
        words=whole.of(text),
        act=Act.CLAIM,
        figures=tuple(find_figures(text, whole, times)),
        times=tuple(times),
        published=report.published,
        context=whole.of(text),
    )


def _figure(passage: Rendering, row: Row) -> Figure:
    span = Span(row["start"], row["end"])
    read = next((one for one in passage.figures if one.span.overlaps(span)), None)
    counted = None if row["start_counted"] is None else Span(row["start_counted"], row["end_counted"])
    value, low, high = row["value"], row["low"], row["high"]
    bound = Bound.BETWEEN if value is None else Bound.AT_LEAST if low else Bound.AT_MOST if high else Bound.EXACT
    if bound is Bound.EXACT and read is not None and read.bound is Bound.ABOUT:
        bound = Bound.ABOUT
    as_of = None
    if row["as_of"]:
        day = moment(row["as_of"])
        as_of = Time(span, TimeKind.DATE, row["as_of"], day, day + timedelta(days=1))
    made = read or Figure(span, None)
    return replace(made, value=value, low=low, high=high, bound=bound, counted=counted or made.counted, as_of=as_of)


def followed(read: Given, said: Iterable[Said]) -> list[Counted]:
    """All figures of some utterances, as they are when they are followed."""
    days = opening_days((name, report.text, report.published) for name, report in read.reports.items())
    return list(opened(figures_of(said), days))


def gold_groups(rows: Iterable[Row]) -> list[tuple[str, ...]]:
    """The labelled lineages."""
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        groups[row["lineage"]].append(row["id"])
    return [tuple(group) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class Tied:
    """One labelled pair: what the label says and what is found."""

    wanted: str
    found: str
    a: Counted
    b: Counted
    reasons: tuple[str, ...]


def tied(
    figures: Sequence[Counted], names: Mapping[tuple[str, int], str], rows: Iterable[Row], *, lineages_given: bool
) -> list[Tied]:
    """The standing of each labelled pair; of another lineage is of another scope."""
    at = named(figures)
    by_label = {names[at[one.id]]: one for one in figures if at[one.id] in names}
    of = {one: group.id for group in in_lineages(figures) for one in group.figures}
    lineage = {row["id"]: row["lineage"] for row in labels()}
    found = []
    for row in rows:
        a, b = by_label.get(row["a"]), by_label.get(row["b"])
        if a is None or b is None:
            continue
        together = lineage[row["a"]] == lineage[row["b"]] if lineages_given else of[a.id] == of[b.id]
        made = tie(a, b)
        standing = made.standing.value if together else Standing.SCOPE.value
        found.append(Tied(row["standing"], standing, a, b, made.reasons))
    return found


def _shares(pairs: Sequence[Tied]) -> dict[str, float]:
    hard = [one for one in pairs if one.wanted in TOLD_APART]
    wanted, found = Counter(one.wanted for one in pairs), Counter(one.found for one in pairs)
    right = Counter(one.wanted for one in pairs if one.wanted == one.found)
    f1 = [Score(found[one], right[one], wanted[one]).f1 / 100 for one in sorted(wanted)]
    return {
        "accuracy": sum(one.wanted == one.found for one in pairs) / max(1, len(pairs)),
        "macro-F1": sum(f1) / max(1, len(f1)),
        "told apart": sum(one.wanted == one.found for one in hard) / max(1, len(hard)),
    }


def measured(corpora: Path) -> dict[str, float]:
    """Every measure as a share from 0 to 1, by name and part."""
    return measures(given(corpora))


def measures(read: Given, parts: Sequence[str] = PARTS) -> dict[str, float]:
    """The same of reports that are read, and of some parts."""
    found: dict[str, float] = {}
    for part in parts:
        rows = labels(part)
        said, names = given_said(read, rows)
        figures = followed(read, said)
        gold = gold_groups(rows)
        found[f"lineages, figures given, {part}"] = b_cubed_f1(groups_of(figures, names), gold)
        for way in BASELINES:
            found[f"lineages, figures given, {part}, {way}"] = b_cubed_f1(simpler(figures, names, way), gold)
        for lineages_given in (True, False):
            pairs = tied(figures, names, tie_labels(part), lineages_given=lineages_given)
            way = "given" if lineages_given else "found"
            found |= {f"ties, lineages {way}, {part}, {name}": share for name, share in _shares(pairs).items()}
        inside = [row for row in rows if row["in_statement"]]
        said, lineage, at = read_said(read, inside)
        figures = followed(read, said)
        gold = gold_groups(inside)
        found[f"found, as read, {part}"] = len(lineage) / len(inside)
        found[f"lineages, as read, {part}"] = b_cubed_f1(groups_of(figures, at), gold)
        for way in BASELINES:
            found[f"lineages, as read, {part}, {way}"] = b_cubed_f1(simpler(figures, at, way), gold)
        pairs = tied(figures, at, tie_labels(part), lineages_given=False)
        found |= {f"ties, as read, {part}, {name}": share for name, share in _shares(pairs).items()}
    return found


def _show(read: Given) -> None:
    """The mistakes of the tuning part: lineages that hold figures of several, and ties that are wrong."""
    rows = {row["id"]: row for row in labels("tuning")}
    said, names = given_said(read, list(rows.values()))
    figures = followed(read, said)
    at = named(figures)
    by_label = {names[at[one.id]]: one for one in figures if at[one.id] in names}
    for group in groups_of(figures, names):
        kinds = {rows[one]["lineage"] for one in group}
        if len(kinds) > 1:
            print("JOINED")
            for one in group:
                print(
                    "  ",
                    rows[one]["lineage"],
                    rows[one]["published"],
                    rows[one]["value"],
                    by_label[one].rendering.words,
                )
    where = {one: n for n, group in enumerate(groups_of(figures, names)) for one in group}
    for gold in gold_groups(rows.values()):
        if len({where[one] for one in gold}) > 1:
            print("CUT", rows[gold[0]]["lineage"])
            for one in sorted(gold, key=lambda one: where[one]):
                print("  ", where[one], rows[one]["published"], rows[one]["value"], by_label[one].rendering.words)
    for one in tied(figures, names, tie_labels("tuning"), lineages_given=True):
        if one.wanted != one.found:
            words = f"{one.a.rendering.words!r} | {one.b.rendering.words!r}"
            print(f"{one.wanted} is called {one.found}: {words} {one.reasons}")


FOR = frozenset(
    "one utterance,names,far names,broad names,words,same value,same value and day,near value,means,meaning,summed,"
    "same day,same speaker,share of words,one report,one passage".split(",")
)
"""Evidence that can only speak for it; all other can only speak against it."""
FEATURES = sorted({*FOR, *OF_TOLLS, "days apart", "one report, other value"} - {"base", "one passage"})


def fitted(read: Given) -> dict[str, float]:
    """The weights of tolls: a logistic regression on pairs of the tuning part, with no weight of the wrong sign.

    Pairs of one block and strand whose days are at most three apart, figures given and figures as read. A pair weighs
    the less the more its lineages hold. Other counts of one attack weigh three tenths, as bans hold most of them apart.
    Evidence whose weight comes out with the wrong sign is left out, the worst first, and the rest fitted again.
    """
    rows = labels("tuning")
    of = {row["id"]: row for row in rows}
    size = Counter(row["lineage"] for row in rows)
    said, names = given_said(read, rows)
    as_read, _, found_at = read_said(read, [row for row in rows if row["in_statement"]])
    numbers, same, weight = [], [], []
    for utterances, at in ((said, names), (as_read, found_at)):
        figures = followed(read, utterances)
        places = named(figures)
        known = [(profile_of(one), of[at[places[one.id]]]) for one in figures if places[one.id] in at]
        for (a, x), (b, y) in combinations(known, 2):
            if a.counted.block not in TOLLS or (a.counted.block, a.strand) != (b.counted.block, b.strand):
                continue
            if told_apart(a, b) or gap(a, b) > _NEAR or likeness(a, b) == 0:
                continue
            numbers.append(dict(evidence(a, b).numbers))
            same.append(x["lineage"] == y["lineage"])
            other = x["lineage"] != y["lineage"] and x["attack"] == y["attack"]
            weight.append((size[x["lineage"]] * size[y["lineage"]]) ** -0.25 * (_OTHER_COUNT if other else 1.0))
    features = list(FEATURES)
    while True:
        rows_of_numbers = np.asarray([[1.0, *(one.get(name, 0.0) for name in features)] for one in numbers])
        found = _regression(rows_of_numbers, np.asarray(same, float), np.asarray(weight) / np.mean(weight))
        wrong = [(abs(v), name) for name, v in zip(features, found[1:], strict=True) if (v < 0) == (name in FOR)]
        if not wrong:
            return dict(zip(["base", *features], found, strict=True))
        features.remove(max(wrong)[1])


def _regression(x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]) -> list[float]:
    """Weights of a ridge logistic regression by Newton's steps; the first column is the base."""
    penalty = np.asarray([0.01] + [0.5] * (x.shape[1] - 1))
    found = np.zeros(x.shape[1])
    for _ in range(40):
        share = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        slope = x.T @ (weight * (y - share)) - penalty * found
        bend = (x * (weight * share * (1 - share))[:, None]).T @ x + np.diag(penalty)
        found = found + np.linalg.solve(bend, slope)
    return [float(one) for one in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/")
    parser.add_argument("--cache", type=Path, help="a file in which to keep what was read")
    parser.add_argument("--mistakes", action="store_true", help="show those of the tuning part")
    parser.add_argument("--tuning", action="store_true", help="leave what is kept back alone")
    parser.add_argument("--fit", action="store_true", help="print the weights of tolls that stand in the package")
    args = parser.parse_args()
    read = given(args.corpora, args.cache)
    if args.fit:
        for name, weight in fitted(read).items():
            print(f'    "{name}": {weight:.2f},')
        return
    for name, share in measures(read, PARTS[:1] if args.tuning else PARTS).items():
        print(f"{name:66} {100 * share:6.1f}")
    if args.mistakes:
        _show(read)


if __name__ == "__main__":
    main()
