"""How well it is told who a mention means: `python -m bench.linking.actors --corpora DIR`.

actors.jsonl holds mentions of speakers as ids and offsets into the corpora, each with the names that are right for it
(docs/labelling.md has the rules). Linked is what the reader gave for it: the name and the words of the source. An
answer is right where the name or another name of the actor is one of those. It is wrong also where nobody is named,
and where the reader gave another name. Prints, by part:

- of the mentions that somebody is meant by, how many are answered, and the same of those alone whose name the reader
  found at all: the words of the source are then all there is to go by;
- how many of the answers are right; the same without answers that are coarser and not foolish (`wider` in the labels);
- the same for a lookup of the exact name in the table, and for each name as an actor of its own.

`--mistakes` lists the wrong and missing answers of part "tuning"; of "kept back" only the score is looked at. Without
`--corpora` the sources' words are left out, and the rest is linked by the names alone.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.corpora import moment, rows_of, texts
from onrecord.domain.actors import Actor, Mention
from onrecord.domain.statements import Basis
from onrecord.linking.actors import actor_of, identify
from onrecord.linking.actors.spelling import folded
from onrecord.linking.actors.table import load

LABELS = Path(__file__).parent / "actors.jsonl"
PARTS = ("tuning", "kept back")
Answer = Callable[[Mention], tuple[str, ...]]
"""The names of the actor that a mention is answered with; none where it is not answered."""


@dataclass(frozen=True, slots=True)
class Label:
    """A mention and the names that are right for it; none where nobody is named."""

    part: str
    mention: Mention
    accept: frozenset[str]
    wider: frozenset[str]
    reader: str


@dataclass(slots=True)
class Tally:
    """Counts over the mentions of one part."""

    named: int = 0
    answered: int = 0
    findable: int = 0
    found: int = 0
    answers: int = 0
    right: int = 0
    wider: int = 0

    def row(self) -> str:
        shares = (
            (self.answered, self.named),
            (self.found, self.findable),
            (self.right, self.answers),
            (self.right, self.answers - self.wider),
        )
        cells = (f"{100 * a / b:5.1f} ({a}/{b})" if b else "-" for a, b in shares)
        return "".join(f"{cell:>18}" for cell in cells)


def labels(corpora: Path | None) -> list[Label]:
    """All labels, with the words of the sources where the corpora are there."""
    rows = list(rows_of(LABELS))
    known = texts(corpora, {(row["corpus"], row["report"], row["sha256"]) for row in rows}) if corpora else {}
    found = []
    for number, row in enumerate(rows):
        published = moment(row["published"])
        source = known.get(row["sha256"], "")[row["start"] : row["end"]]
        mention = Mention(
            str(number), row["report"], row["name"], source, Basis(row["basis"]), row["outlet"], published
        )
        accept, wider = (frozenset(map(folded, row.get(key) or ())) for key in ("accept", "wider"))
        found.append(Label(row["split"], mention, accept, wider, row["reader"]))
    return found


def linked(mention: Mention) -> tuple[str, ...]:
    """What `identify` answers."""
    actor = actor_of(next(identify([mention])))
    return _names(actor) if actor else ()


def exact(mention: Mention) -> tuple[str, ...]:
    """A lookup of the very name in the table."""
    found = load().named(mention.name) if mention.name else ()
    return _names(found[0]) if len(found) == 1 else ()


def apart(mention: Mention) -> tuple[str, ...]:
    """Each name an actor of its own."""
    return (mention.name,) if mention.name else ()


ANSWERS: dict[str, Answer] = {"onrecord": linked, "exact name": exact, "name as is": apart}


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def right(names: tuple[str, ...], accepted: frozenset[str]) -> bool:
    return not accepted.isdisjoint(map(folded, names))


def tallied(found: list[Label], answer: Answer) -> dict[str, Tally]:
    """Counts by part."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for label in found:
        names, tally = answer(label.mention), tallies[label.part]
        tally.named += bool(label.accept)
        tally.findable += bool(label.accept) and label.mention.name is not None
        tally.answered += bool(label.accept and names)
        tally.found += bool(label.accept and names) and label.mention.name is not None
        tally.answers += bool(names)
        if names and right(names, label.accept):
            tally.right += 1
        elif names and right(names, label.wider):
            tally.wider += 1
    return tallies


def measured(corpora: Path | None = None) -> dict[str, float]:
    """Shares in percent by name, "actors, kept back: right"."""
    tallies = tallied(labels(corpora), linked)
    numbers = {}
    for part, tally in tallies.items():
        numbers[f"actors, {part}: answered"] = 100 * tally.answered / tally.named
        numbers[f"actors, {part}: answered where the reader found a name"] = 100 * tally.found / tally.findable
        numbers[f"actors, {part}: right"] = 100 * tally.right / tally.answers
    return numbers


def speed(found: list[Label], repeats: int = 100) -> float:
    """Mentions a second of processor time, the table loaded, each name met for the first time or again as it comes."""
    mentions = [label.mention for label in found] * repeats
    start = time.process_time()
    sum(1 for _ in identify(mentions))
    return len(mentions) / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds reports/ and stories/")
    parser.add_argument("--mistakes", action="store_true", help="list what is wrong in part tuning")
    args = parser.parse_args()
    start = time.process_time()
    load()
    loading = time.process_time() - start
    found = labels(args.corpora)
    heads = ("answered %", "of names found %", "right %", "right but wider %")
    print(" " * 26 + "".join(f"{head:>18}" for head in heads))
    for part in PARTS:
        print(f"{part}, {sum(label.part == part for label in found)} mentions")
        for name, answer in ANSWERS.items():
            print(f"  {name:24}{tallied(found, answer)[part].row()}")
    print(f"loading the table {loading:.2f} s, {speed(found):,.0f} mentions a second of processor time")
    for label in found if args.mistakes else ():
        names = linked(label.mention)
        missing = label.accept and not names
        if label.part == "tuning" and (missing or (names and not right(names, label.accept))):
            words = f"{label.mention.source[:60]!r} named {label.mention.name!r} ({label.reader})"
            print(f"{words}: wanted {sorted(label.accept)[:2]}, given {names[:1]}")


if __name__ == "__main__":
    main()
