"""How well reports are grouped into stories: `python -m bench.linking.stories --corpora DIR`.

The stream: stories/basil.jsonl and stories/clusters.jsonl as one stream in order of date, 101 events, scored with
B-cubed (Bagga and Baldwin, 1998) against their `event`, and once more without the events whose reports lie more than
30 days apart ("short": the long ones hold several happenings, or dates of capture for dates of publication). What is
fitted is fitted on the half of the events that a hash of the name puts in "tuning"; the other half, "kept back", was
not fitted on, but its score was seen while settings were chosen, so it is no blind one.

Crowded months: pairs of reports of four months of reports/us-2018-2020, drawn evenly over how alike their words are and
labelled by hand from titles and first sentences, before anything was scored (stories.jsonl; `same` is null where a
reader may hold either, such pairs are not counted): F1 of "in one story" over the pairs while the whole month is
grouped, and the largest story, for a happening is no topic.

The example: its gold, where a report may tell two stories. There a report's precision is the share of its cluster that
tells any story that it tells, its recall that of the better of its stories.

Baselines: the same day and two shared title words, MinHash of the words in threes, cosine of the same gists with single
link; thresholds chosen for the best F1 on "tuning". `--mistakes` lists what is split and mixed in the stream.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

from bench.corpora import ARCHIVE, STORIES, in_tuning, rows_of, sum_of
from bench.linking.minhash import sketch
from bench.linking.scores import Score, b_cubed
from bench.linking.told import told_in_example, told_of
from bench.quality.example import EXAMPLE
from onrecord.domain.stories import Told
from onrecord.language.words import rarity, words_of
from onrecord.linking.stories import Gist, Index, clusters, features, links, regrouped
from onrecord.settings import Settings
from onrecord.sources import gather

LABELS = Path(__file__).parent / "stories.jsonl"
PUBLISHED = "published, on other news (Miranda et al., 2018): supervised 94.8, unsupervised 87.7"
Clusters = list[tuple[str, ...]]
Way = Callable[[Sequence[Told], Sequence[Gist]], Clusters]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports of a crowded month and whether a reader holds them to tell one happening."""

    part: str
    a: str
    b: str
    same: bool


def stream(corpora: Path) -> tuple[list[Told], dict[str, str]]:
    """The stream in order of date, and the event of each report; three of basil's rows share an id, so lines count."""
    told, event = [], {}
    for place in STORIES:
        for number, row in enumerate(rows_of(corpora / place)):
            name = f"{Path(place).stem}:{number:04}"
            told.append(replace(told_of(row), report=name))
            event[name] = row["event"]
    return sorted(told, key=lambda one: (str(one.published), one.report)), event


def short_events(told: Sequence[Told], event: Mapping[str, str]) -> set[str]:
    """The events all of whose reports were published within 30 days."""
    days: dict[str, list[datetime]] = defaultdict(list)
    for one in told:
        if one.published is not None:
            days[event[one.report]].append(one.published)
    return {name for name, its in days.items() if max(its) - min(its) <= timedelta(days=30)}


def pairs() -> list[Pair]:
    """The labelled pairs on which a reader can say."""
    return [Pair(row["part"], row["a"], row["b"], row["same"]) for row in rows_of(LABELS) if row["same"] is not None]


def months(corpora: Path) -> list[list[Told]]:
    """All reports of the months that the labelled pairs are of."""
    wanted = {row[one]: row[f"{one}_sha256"] for row in rows_of(LABELS) for one in ("a", "b")}
    by_month: dict[str, list[Told]] = defaultdict(list)
    seen: set[str] = set()
    for row in rows_of(corpora / ARCHIVE):
        if row.get("date"):
            told, month = told_of(row), str(row["date"])[:7]
            by_month[month].append(told)
            if wanted.get(told.report) == sum_of(told.text):
                seen.add(month)
    return [by_month[month] for month in sorted(seen)]


def example() -> tuple[list[Told], dict[str, set[str]]]:
    """The example's reports, and the stories that each tells."""
    told = list(told_in_example().values())
    gold: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(EXAMPLE / "gold" / "stories.jsonl"):
        for report in row["reports"]:
            gold[report].add(row["id"])
    return told, dict(gold)


def undated(corpora: Path) -> list[Told]:
    """The two reports of one press conference that say not when they were published."""
    found = gather([corpora / "reports" / "february-2022"], Settings())
    return [Told(one.name, one.report.title, one.report.text) for one in found if one.report is not None]


def at_leisure(told: Sequence[Told], gists: Sequence[Gist]) -> Clusters:
    """Ours, all at once."""
    return clusters([one.report for one in told], links(gists))


def as_they_arrive(_: Sequence[Told], gists: Sequence[Gist]) -> Clusters:
    """Ours, one report after the other: only what the new one touches is grouped again."""
    index = Index()
    known: dict[str, dict[str, float]] = {}
    found: dict[str, tuple[str, ...]] = {}

    def near(reports: Collection[str]) -> dict[str, dict[str, float]]:
        return {one: known[one] for one in reports}

    def beside(reports: Collection[str]) -> set[str]:
        return {other for one in reports for other in found.get(one, ())}

    for gist in gists:
        known[gist.report] = {}
        for link in index.links(gist):
            known[link.a][link.b] = known[link.b][link.a] = link.score
        index.add(gist)
        for members in regrouped([gist.report], near, beside):
            found.update(dict.fromkeys(members, members))
    return sorted(set(found.values()))


def same_day_and_title(told: Sequence[Told], _: Sequence[Gist]) -> Clusters:
    """Published on one day, and the titles share two words that are not everyday ones."""
    words = {one.report: {word for word in words_of(one.title or "") if rarity(word) > 3} for one in told}
    days = {one.report: str(one.published)[:10] for one in told}
    return _joined(
        told,
        ((a, b) for a, b in combinations(days, 2) if days[a] == days[b] and len(words[a] & words[b]) >= 2),
    )


def by_minhash(least: float) -> Way:
    """Near-duplicates alone, single link."""

    def grouped(told: Sequence[Told], _: Sequence[Gist]) -> Clusters:
        sketches = {one.report: sketch(words_of(one.text), 3, seed=1) for one in told}
        alike = ((a, b) for a, b in combinations(sketches, 2) if sketches[a].jaccard(sketches[b]) >= least)
        return _joined(told, alike)

    return grouped


def by_cosine(least: float) -> Way:
    """The cosine of the gists within the same window, single link."""

    def grouped(told: Sequence[Told], gists: Sequence[Gist]) -> Clusters:
        vectors = {gist.report: dict(zip(gist.words, gist.weights, strict=True)) for gist in gists}
        index, alike = Index(), []
        for gist in gists:
            mine = vectors[gist.report]
            for other in index.near(gist):
                cosine = sum(weight * mine.get(word, 0.0) for word, weight in vectors[other.report].items())
                if cosine >= least:
                    alike.append((gist.report, other.report))
            index.add(gist)
        return _joined(told, alike)

    return grouped


def pair_score(found: Clusters, wanted: Sequence[Pair]) -> Score:
    """Precision and recall of "in one story" over labelled pairs."""
    cluster = {one: number for number, members in enumerate(found) for one in members}
    together = [pair for pair in wanted if cluster[pair.a] == cluster[pair.b]]
    right = sum(pair.same for pair in together)
    return Score(len(together), right, sum(pair.same for pair in wanted))


def ways(told: Sequence[Told], gists: Sequence[Gist], event: Mapping[str, str]) -> Iterator[tuple[str, Way]]:
    """What is compared, the baselines' thresholds chosen on the tuning events."""
    part = {report: {name} for report, name in event.items() if in_tuning(name)}
    yield "same day, two title words", same_day_and_title
    for name, make, steps in (
        ("MinHash", by_minhash, (0.01, 0.02, 0.03, 0.05, 0.1, 0.2)),
        ("tf-idf, single link", by_cosine, (0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4)),
    ):
        best = max(steps, key=lambda step, make=make: b_cubed(part, make(step)(told, gists)).f1)
        yield f"{name}, {best}", make(best)
    yield "ours, at leisure", at_leisure
    yield "ours, as they arrive", as_they_arrive


def measured(corpora: Path | None) -> dict[str, dict[str, float]]:
    """Numbers by what was measured, for each way; without corpora only those of the example, for ours."""
    told, gold = example()
    if corpora is None:
        return {"ours, at leisure": {"example F1": b_cubed(gold, at_leisure(told, _gists(told))).f1}}
    told_stream, event = stream(corpora)
    gists = _gists(told_stream)
    crowded = [(one, _gists(one)) for one in months(corpora)]
    wanted = pairs()
    short, events = short_events(told_stream, event), set(event.values())
    tuning = set(filter(in_tuning, events))
    parts = {"tuning": tuning, "kept back": events - tuning, "whole": events}
    numbers: dict[str, dict[str, float]] = {}
    for name, way in ways(told_stream, gists, event):
        found = way(told_stream, gists)
        row: dict[str, float] = {}
        for part, chosen in parts.items():
            score = b_cubed({report: {one} for report, one in event.items() if one in chosen}, found)
            row |= {f"{part} P": score.precision, f"{part} R": score.recall, f"{part} F1": score.f1}
        row["short F1"] = b_cubed({report: {one} for report, one in event.items() if one in short}, found).f1
        in_months = [members for month, its in crowded for members in way(month, its)]
        for part in ("tuning", "kept back"):
            row[f"crowded {part} F1"] = pair_score(in_months, [pair for pair in wanted if pair.part == part]).f1
        row["largest"] = max(map(len, in_months))
        row["example F1"] = b_cubed(gold, way(told, _gists(told))).f1
        numbers[name] = row
    return numbers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds stories/ and reports/")
    parser.add_argument("--mistakes", action="store_true", help="list what ours splits and mixes in the stream")
    args = parser.parse_args()
    numbers = measured(args.corpora)
    columns = list(next(iter(numbers.values())))
    print("B-cubed on the stream, F1 of pairs and the largest story of crowded months, B-cubed F1 on the example")
    for name, row in numbers.items():
        print(name)
        for start in range(0, len(columns), 7):
            print("   ", "   ".join(f"{column} {row[column]:.1f}" for column in columns[start : start + 7]))
    print(PUBLISHED)
    print("as they arrive the same as at leisure:", numbers["ours, at leisure"] == numbers["ours, as they arrive"])
    told = undated(args.corpora)
    print(f"february-2022, {len(told)} reports without a date: {len(at_leisure(told, _gists(told)))} story")
    if args.mistakes:
        _print_mistakes(args.corpora)


def _print_mistakes(corpora: Path) -> None:
    told, event = stream(corpora)
    found = at_leisure(told, _gists(told))
    reports = {one.report: one for one in told}
    by_event: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for members in found:
        for one in members:
            by_event[event[one]].add(members)
    for name, several in by_event.items():
        if in_tuning(name) and (len(several) > 1 or any(event[one] != name for one in next(iter(several)))):
            print(name)
            for members in sorted(several):
                print("   --")
                for one in members:
                    print(f"   {str(reports[one].published)[:10]} {event[one][:12]:12} {reports[one].title}")


def _gists(told: Sequence[Told]) -> list[Gist]:
    return [features(one) for one in told]


def _joined(told: Sequence[Told], alike: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> Clusters:
    root = {one.report: one.report for one in told}

    def find(one: str) -> str:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for a, b in alike:
        root[find(a)] = find(b)
    groups: dict[str, list[str]] = defaultdict(list)
    for one in root:
        groups[find(one)].append(one)
    return [tuple(members) for members in groups.values()]


if __name__ == "__main__":
    main()
