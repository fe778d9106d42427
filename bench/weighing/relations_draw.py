"""Draws pairs to be labelled anew: `python -m bench.weighing.relations_draw --corpora DIR > drawn.jsonl`.

Nobody chooses: the reports are those that neither relations.jsonl nor a file of training pairs names, the passages and
speakers are what the reader finds, and the pairs are what the finder of candidates asks about. Half of them are drawn
from all of those, and half from those of one report or a few days that share heavy words and differ: by a denial, in
polarity, by senses of which both cannot be so, or in a figure of one thing. What the model says of a pair is never
asked for. Some more are of two named speakers who face each other in one report, of whom one says no, since the rest
has few relations. The rows have no kind yet (docs/labelling-relations.md says how they got it); no text stands in them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from bench.corpora import (
    ARCHIVE,
    CASUALTIES,
    FIVE_COUNTRIES,
    NEW_YORK_TIMES,
    Row,
    gathered,
    name_of,
    rows_of,
    sum_of,
    text_of,
)
from bench.rendered import said_once
from bench.weighing.relations import LABELS, Read
from bench.weighing.relations_fit import TRAINING_US, TRAINING_WARS, compared, renderings
from onrecord.domain.passages import Act
from onrecord.domain.relations import Said
from onrecord.reading.reader import TaggerReader
from onrecord.weighing.relations.candidates import NEIGHBOURS, Index
from onrecord.weighing.relations.counts import Standing
from onrecord.weighing.relations.evidence import Evidence
from onrecord.weighing.relations.finding import WINDOW, in_order
from onrecord.weighing.relations.sides import Side

SEED: Final = 20261128
GROUPS: Final = {"Ukraine": (FIVE_COUNTRIES, NEW_YORK_TIMES), "Syria": (CASUALTIES,), "US": (ARCHIVE,)}
SHARE: Final = 25
"""Pairs of each group that are drawn from all candidates, and that are drawn from those that differ."""
MORE: Final = {"Ukraine": 50}
"""Pairs of a group that are drawn from those that differ, where that is not `SHARE`."""
READ: Final = {CASUALTIES: 200, ARCHIVE: 150}
"""Reports of a corpus that are read, at most."""
ARCHIVE_DAYS: Final = 8
"""Days of the archive that are read: pairs need reports near each other in time."""
HEAVY: Final = 5.0
"""Mass of the things that the passages of the second half share, without names and senses."""
SOON: Final = 3.0
"""Days between the reports of the second half, at most."""
OFTEN: Final = 3
"""Pairs that one report stands in, at most, by each way of drawing."""
SAME: Final = 0.7
"""Likeness from which two passages are one printed twice."""
FACED: Final = {"Ukraine": 15, "Syria": 5, "US": 20}
"""Pairs of each group of two named speakers who face each other in one report."""
COMMON: Final = 4.0
"""Mass that these share."""
AT_LARGE, OPPOSED, FACING = "at large", "opposed", "faced"
Place = tuple[str, str, str]
"""Corpus, id and day of a report."""
Pair = tuple[Said, Said]


def used() -> set[tuple[str, str]]:
    """The reports that labels name already, by corpus and id."""
    files = (LABELS, TRAINING_US, TRAINING_WARS)
    return {(row[f"corpus_{side}"], row[f"report_{side}"]) for file in files for row in rows_of(file) for side in "ab"}


def unused(corpora: Path, corpus: str, rng: random.Random) -> list[Row]:
    """Reports of one corpus that no label names, by id with text and day; ids that two of them have are left out."""
    rows = []
    if corpus == CASUALTIES:
        for row in rows_of(corpora / corpus, errors="replace"):
            day = datetime.strptime(row["date"], "%m/%d/%Y").replace(tzinfo=UTC).date().isoformat()
            rows.append({"id": f"syria-{row['unit_id']}", "text": row["article_content"], "published": day})
    else:
        for row in rows_of(corpora / corpus):
            day = (row.get("published") or row.get("date") or "")[:10]
            rows.append({"id": name_of(row), "text": text_of(row), "published": day})
    held, named = used(), Counter(row["id"] for row in rows)
    left = [row for row in rows if row["published"] and named[row["id"]] == 1 and (corpus, row["id"]) not in held]
    if corpus == ARCHIVE:
        left = of_some_days(left, rng)
    return rng.sample(left, min(len(left), READ.get(corpus, len(left))))


def of_some_days(rows: Sequence[Row], rng: random.Random) -> list[Row]:
    """The rows of some days on end."""
    first = date.fromisoformat(rng.choice(sorted(row["published"] for row in rows)))
    days = {(first + timedelta(days=more)).isoformat() for more in range(ARCHIVE_DAYS)}
    return [row for row in rows if row["published"] in days]


def passages(corpora: Path, group: str) -> tuple[dict[str, tuple[Place, str]], list[Said]]:
    """The passages of a group's reports, and by the report's id where it stands and the sum of its text."""
    rng, reader = random.Random(f"{SEED} {group}"), TaggerReader()
    where: dict[str, tuple[Place, str]] = {}
    said = []
    for corpus in GROUPS[group]:
        rows = unused(corpora, corpus, rng)
        days = {row["id"]: row["published"] for row in rows}
        for name, report in gathered([{"id": row["id"], "text": row["text"]} for row in rows]):
            where[report.id] = (corpus, name, days[name]), sum_of(report.text)
            read = Read(report, tuple(reader.read_report(report)))
            said += [said_once(one) for one in renderings(read, days[name])]
    return where, said


def asked(said: Sequence[Said]) -> Iterator[tuple[Pair, tuple[str, ...]]]:
    """The pairs that `relations` would look at, with the ways in which they differ, where they share heavy words.

    Left out are passages of one statement, those of which one holds the other, and what is one text printed twice.
    """
    index = Index(said)
    places = {one.utterance: place for place, one in enumerate(said)}
    for one in said:
        for other in index.candidates(one, WINDOW):
            if places[other.utterance] < places[one.utterance] and other.fullest.statement != one.fullest.statement:
                pair = in_order(one, other)
                a, b, found = compared(pair[0].fullest, pair[1].fullest)
                if found.likeness < SAME and found.gap != 0:
                    yield pair, tuple(differences(a, b, found))


def differences(a: Side, b: Side, found: Evidence) -> Iterator[str]:
    """In what the two passages of one report or a few days differ."""
    no = a.says_no != b.says_no or ("denies" in a.cues) != ("denies" in b.cues)
    if no and found.gap is not None and found.gap <= NEIGHBOURS and found.other_actor and found.common >= COMMON:
        yield FACING
    if found.things < HEAVY or (found.gap is None and (found.days is None or found.days > SOON)):
        return
    if (a.act is Act.DENIAL) != (b.act is Act.DENIAL) or ("denies" in a.cues) != ("denies" in b.cues):
        yield "a denial"
    if a.says_no != b.says_no:
        yield "polarity"
    if found.opposed:
        yield "senses"
    if found.standing(Standing.APART) is not None and found.standing(Standing.SAME) is None:
        yield "a figure"


def drawn(pairs: Sequence[Pair], wanted: int, often: Counter[str], rng: random.Random) -> list[Pair]:
    """Some of the pairs by lot, no report in more than `OFTEN` of them; `often` is counted on."""
    chosen: list[Pair] = []
    for pair in rng.sample(pairs, len(pairs)):
        reports = {one.fullest.report for one in pair}
        if len(chosen) < wanted and all(often[report] < OFTEN for report in reports):
            often.update(reports)
            chosen.append(pair)
    return chosen


def chosen(said: Sequence[Said], wanted: int, faced: int, rng: random.Random) -> Iterator[tuple[str, Pair]]:
    """The pairs of a group, each with the way in which it was drawn; one that differs in several ways comes once."""
    found = list(asked(said))
    for pair in drawn([pair for pair, _ in found], SHARE, Counter(), rng):
        yield AT_LARGE, pair
    often: Counter[str] = Counter()
    had: list[Pair] = []
    ways = sorted({way for _, differing in found for way in differing} - {FACING})
    for place, way in enumerate(ways):
        left = [pair for pair, differing in found if way in differing and pair not in had]
        had += drawn(left, (wanted - len(had)) // (len(ways) - place), often, rng)
    for pair in had:
        yield OPPOSED, pair
    left = [pair for pair, differing in found if FACING in differing and pair not in had]
    for pair in drawn(left, faced, Counter(), rng):
        yield FACING, pair


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/")
    corpora = parser.parse_args().corpora
    for group in GROUPS:
        where, said = passages(corpora, group)
        for way, pair in chosen(said, MORE.get(group, SHARE), FACED[group], random.Random(SEED)):
            row: Row = {}
            for side, one in zip("ab", pair, strict=True):
                (corpus, name, day), digest = where[one.fullest.report]
                row |= {
                    f"corpus_{side}": corpus,
                    f"report_{side}": name,
                    f"sha256_{side}": digest,
                    f"start_{side}": one.fullest.span.start,
                    f"end_{side}": one.fullest.span.end,
                    f"speaker_{side}": one.fullest.speaker,
                    f"published_{side}": day,
                }
            print(json.dumps(row | {"split": "fresh", "drawn": way}), flush=True)


if __name__ == "__main__":
    main()
