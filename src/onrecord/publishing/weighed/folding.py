"""Relations in lists, so that one utterance does not fill a page: each is shown once for each kind of relation.

Eight reports of one story stand against one denial in eight pairs, and a list of pairs tells the same eight times. Of
the relations of one kind that share an utterance the first of the list is shown, with how many more there are of either
side and where. What a person judged is always shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from onrecord.domain.relations import RelationKind
from onrecord.ledger.weighed import ShownRelation
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.weighed.entries import RelationEntry, relation_entry


@dataclass(frozen=True, slots=True)
class More:
    """How many more relations of one kind an utterance has, and whose it is."""

    utterance: str
    kind: str
    called: str
    count: int


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """A relation with what is folded under it."""

    entry: RelationEntry
    more: tuple[More, ...] = ()


def folded(rows: Iterable[ShownRelation]) -> Iterator[ShownRelation]:
    """The relations that are shown of `rows`, in their order: no utterance twice for one kind."""
    taken: set[tuple[str, str]] = set()
    for row in rows:
        sides = {(row.kind, row.a.utterance), (row.kind, row.b.utterance)}
        if row.judgement is None and sides & taken:
            continue
        taken |= sides
        yield row


def groups(
    view: WeighedView,
    rows: Iterable[ShownRelation],
    *,
    fold: bool = True,
    longest: int = 400,
    most: int | None = None,
) -> tuple[RelationGroup, ...]:
    """What is shown of `rows`, at most `most`, each with how many more there are of its two sides.

    Without `fold` all of them are shown, and none is counted.
    """
    if not fold:
        return tuple(RelationGroup(relation_entry(row, longest)) for row in islice(rows, most))
    entries = [relation_entry(row, longest) for row in islice(folded(rows), most)]
    counts = view.count_relations_of({side.utterance for entry in entries for side in (entry.a, entry.b)})

    def more(entry: RelationEntry) -> Iterator[More]:
        for side in (entry.a, entry.b):
            if (others := counts[entry.kind, side.utterance] - 1) > 0:
                yield More(side.utterance, entry.kind, side.called, others)

    return tuple(RelationGroup(entry, tuple(more(entry))) for entry in entries)


def contradictions(view: WeighedView, most: int, considered: int = 60) -> tuple[RelationGroup, ...]:
    """The newest contradictions, at most `most`, no two of one report as long as there are others."""
    rows = list(folded(view.relations(kind=RelationKind.CONTRADICTS.value, limit=considered)))
    reports: set[str] = set()
    apart: list[ShownRelation] = []
    rest: list[ShownRelation] = []
    for row in rows:
        its = {row.a.report.id, row.b.report.id}
        (rest if its & reports else apart).append(row)
        reports |= its
    return groups(view, [*apart, *rest], longest=200, most=most)
