"""How the relations of the example stand to its gold: `python -m bench.weighing.relations_example`.

Two ways in: "passages of the gold" (perfect reading and linking: the gold's passages, acts, speakers and utterances;
figures and times are what the reader makes of the characters), and "as read" (a ledger made of the example's reports,
read and linked as `onrecord read` does). A gold relation is found where a relation of its kind is given for its two
utterances. Relations whose two passages are one utterance are counted apart: an utterance shows what its renderings
have in common and where they differ.

The gold follows the crisis and does not claim to name every pair: what is given and is not in it is listed (`--list`)
and read by a person, and precision against the gold alone is a lower bound.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpora import Row, rows_of
from bench.linking.scores import Score
from bench.linking.utterance_example import Groups, completed, example
from bench.quality.example import EXAMPLE, gold, located, reports
from onrecord.domain.passages import Act
from onrecord.domain.relations import Relation, RelationKind, Said
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering, ordered
from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.links import LinkStore
from onrecord.linking.utterances.differences import fullest
from onrecord.pipeline import Ledger
from onrecord.weighing.relations import relations


@dataclass(frozen=True, slots=True)
class Wanted:
    """A relation of the gold: the ids of its two passages, and why."""

    kind: RelationKind
    a: str
    b: str
    why: str


def said_of(renderings: Iterable[Rendering], utterance: str | None = None) -> Said:
    """An utterance of these renderings."""
    earliest_first = tuple(ordered(renderings))
    dates = [one.published for one in earliest_first if one.published is not None]
    full = fullest(earliest_first)
    known = next((one for one in earliest_first if one.actor is not None), full)
    return Said(
        utterance=utterance or f"u:{earliest_first[0].passage}",
        fullest=full,
        renderings=earliest_first,
        actor=known.actor,
        name=known.speaker,
        groups=tuple((one,) for one in sorted({one.report for one in earliest_first})),
        first=min(dates, default=None),
        last=max(dates, default=None),
    )


def gold_passages() -> tuple[dict[str, Rendering], Groups]:
    """The gold's passages with the gold's acts and negation, and its utterances."""
    acts = {}
    for rows in gold().values():
        for row in rows:
            for part in row["passages"]:  # type: ignore[attr-defined]
                acts[str(row["id"]), str(part["exact"])] = Act(part["act"]), bool(part.get("negated"))
    passages, groups = example()
    held = {}
    for one in passages:
        act, negated = acts[one.statement, one.words]
        held[one.passage] = replace(one, act=act, negated=negated)
    return held, completed(held.values(), groups)


def wanted() -> list[Wanted]:
    """The gold's relations between its passages."""
    texts = dict(reports())
    places: dict[tuple[str, str], str] = {}
    for name, rows in gold().items():
        for row in rows:
            for part in row["passages"]:  # type: ignore[attr-defined]
                (span,) = located(texts[name].text, [part])
                places[str(row["id"]), part["exact"]] = f"{row['id']}:{span.start}"

    def placed(row: Row, side: str) -> str:
        return places[row[side]["statement"], row[side]["exact"]]

    return [
        Wanted(RelationKind(row["kind"]), placed(row, "a"), placed(row, "b"), row["why"])
        for row in rows_of(EXAMPLE / "gold" / "relations.jsonl")
    ]


@cache
def gold_said() -> tuple[list[Said], dict[str, str]]:
    """The gold's utterances, and the utterance of each gold passage."""
    held, groups = gold_passages()
    said = [said_of(held[one] for one in group) for group in groups]
    return said, {rendering.passage: one.utterance for one in said for rendering in one.renderings}


def said_on_record(ledger: Path) -> list[Said]:
    """The utterances of a linked ledger."""
    found = []
    with LinkedView(ledger) as view, LinkStore(ledger) as store, store.step() as step:
        for shown in view.whole_utterances(view.utterances()):
            renderings = step.renderings([one.passage for one in shown.renderings]).values()
            found.append(
                replace(
                    said_of(renderings, shown.head.id),
                    actor=shown.head.actor.id if shown.head.actor else None,
                    name=shown.head.actor.name if shown.head.actor else shown.head.speaker,
                    groups=shown.groups,
                )
            )
    return found


@cache
def read_said() -> tuple[list[Said], dict[str, str]]:
    """The utterances of the example as read and linked, and the utterance of each gold passage that was read.

    A gold passage is the read one that it shares most characters with, if that is half of the lesser of the two.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "example.ledger"
        with Ledger(path) as ledger:
            ledger.add(EXAMPLE / "reports")
            ledger.link()
        said = said_on_record(path)
        with LinkedView(path) as view:
            names = {row.id: row.input for row in view.reports(limit=None)}
    by_report: dict[str, list[tuple[Rendering, str]]] = defaultdict(list)
    for one in said:
        for rendering in one.renderings:
            by_report[names[rendering.report]].append((rendering, one.utterance))
    placed = {}
    held, _ = gold_passages()
    for passage, rendering in held.items():
        near = max(by_report[rendering.report], key=lambda one: (_shared(one[0].span, rendering.span), one[0].passage))
        if _shared(near[0].span, rendering.span) >= 0.5:
            placed[passage] = near[1]
    return said, placed


def _shared(a: Span, b: Span) -> float:
    both = max(0, min(a.end, b.end) - max(a.start, b.start))
    return both / min(a.end - a.start, b.end - b.start)


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of one way in: the relations given, those of the gold that are between utterances, and the rest.

    `within` are gold relations whose two passages are one utterance, `unread` those of which a passage was not read.
    """

    said: dict[str, Said]
    given: dict[frozenset[str], Relation]
    wanted: dict[frozenset[str], set[RelationKind]]
    within: Counter[RelationKind]
    unread: Counter[RelationKind]


def found(said: Sequence[Said], placed: Mapping[str, str], gold: Sequence[Wanted]) -> Found:
    """The relations of some utterances beside those of the gold; `placed` is the utterance of each gold passage."""
    between: dict[frozenset[str], set[RelationKind]] = defaultdict(set)
    within: Counter[RelationKind] = Counter()
    unread: Counter[RelationKind] = Counter()
    for one in gold:
        a, b = placed.get(one.a), placed.get(one.b)
        if a is None or b is None:
            unread[one.kind] += 1
        elif a == b:
            within[one.kind] += 1
        else:
            between[frozenset((a, b))].add(one.kind)
    given = {frozenset((one.a, one.b)): one for one in relations(said)}
    return Found({one.utterance: one for one in said}, given, dict(between), within, unread)


def score(result: Found, kind: RelationKind) -> Score:
    """How one kind does against the gold alone; a relation that the gold does not have counts as wrong here."""
    given = [pair for pair, one in result.given.items() if one.kind is kind]
    right = sum(kind in result.wanted.get(pair, ()) for pair in given)
    return Score(len(given), right, sum(kind in kinds for kinds in result.wanted.values()))


def measured() -> dict[str, float]:
    """Percentages by way in and kind: "as read, contradicts recall"."""
    out = {}
    for way, result in ways():
        for kind in RelationKind:
            counts = score(result, kind)
            out[f"{way}, {kind.value} recall"] = counts.recall
            out[f"{way}, {kind.value} precision against the gold alone"] = counts.precision
    return out


def ways() -> Iterator[tuple[str, Found]]:
    """The two ways in."""
    gold_relations = wanted()
    yield "passages of the gold", found(*gold_said(), gold_relations)
    yield "as read", found(*read_said(), gold_relations)


def listed(result: Found, kind: RelationKind) -> Iterator[str]:
    """The relations of one kind that are given and not in the gold, and those of the gold that are not given."""

    def told(pair: frozenset[str]) -> str:
        return "".join(f"\n    [{result.said[one].name}] {result.said[one].fullest.words}" for one in sorted(pair))

    for pair, one in sorted(result.given.items(), key=lambda item: (-item[1].score, sorted(item[0]))):
        if one.kind is kind and kind not in result.wanted.get(pair, ()):
            yield f"not in the gold, {one.score:.2f}: {'; '.join(one.reasons)}{told(pair)}"
    for pair, kinds in result.wanted.items():
        given = result.given.get(pair)
        if kind in kinds and (given is None or given.kind is not kind):
            yield f"not found, given {'nothing' if given is None else given.kind.value}{told(pair)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", choices=[kind.value for kind in RelationKind], help="list what differs of one kind")
    args = parser.parse_args()
    for way, result in ways():
        print(f"\n{way}: {len(result.said)} utterances, {len(result.given)} relations")
        print(f"{'kind':14} {'gold':>5} {'within':>7} {'unread':>7} {'given':>6} {'right':>6} {'recall':>7}")
        for kind in RelationKind:
            counts = score(result, kind)
            print(
                f"{kind.value:14} {counts.asked:5} {result.within[kind]:7} {result.unread[kind]:7} "
                f"{counts.found:6} {counts.right:6} {counts.recall:7.1f}"
            )
        for line in listed(result, RelationKind(args.list)) if args.list else ():
            print(line)


if __name__ == "__main__":
    main()
