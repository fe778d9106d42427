"""What of weighing stands on the front page: the newest disputes, what falls due next, and figures in dispute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onrecord.domain.relations import RelationKind
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.weighed.beside import lineage_entries
from onrecord.publishing.weighed.entries import DocketEntry, LineageEntry, docket_entry
from onrecord.publishing.weighed.folding import RelationGroup, contradictions

MOST = 3


@dataclass(frozen=True, slots=True)
class Beginning:
    """A few of each, and how many there are."""

    disputed: tuple[RelationGroup, ...]
    all_disputed: int
    due: tuple[DocketEntry, ...]
    all_entries: int
    figures: tuple[LineageEntry, ...]


def beginning(view: WeighedView, now: datetime) -> Beginning:
    """What of weighing stands on the front page as of `now`; empty where nothing was weighed."""
    rows = view.docket(limit=MOST, offset=passed(view, now))
    heads = [head for head in view.lineages(figures=2, limit=MOST) if head.disputes]
    return Beginning(
        disputed=contradictions(view, MOST),
        all_disputed=view.count_relations(kind=RelationKind.CONTRADICTS.value),
        due=tuple(docket_entry(row, now) for row in rows if row.entry.end is not None),
        all_entries=view.count_docket(),
        figures=lineage_entries(view, heads),
    )


def passed(view: WeighedView, now: datetime) -> int:
    """How many docket entries' days have passed: so many stand in the docket before the one that falls due next."""
    return view.count_docket(ended=now)
