"""What was weighed of an utterance, of what an actor said, or of a story, beside the page of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from onrecord.domain.docket import Status
from onrecord.ledger.weighed import LineageHead, ShownFigure
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.weighed.entries import DocketEntry, LineageEntry, docket_entry, lineage_entry
from onrecord.publishing.weighed.folding import RelationGroup, groups
from onrecord.publishing.weighed_exports import status_of
from onrecord.publishing.wording import counted

MOST = 8
"""Relations, figures and docket entries beside one page, each."""
CONSIDERED = 40
"""Relations that are folded into the few that are shown."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The first few of each, and how many there are."""

    relations: tuple[RelationGroup, ...]
    all_relations: int
    lineages: tuple[LineageEntry, ...]
    all_lineages: int
    entries: tuple[DocketEntry, ...]
    all_entries: int
    statuses: str | None = None
    """Of an actor: how many entries stand how, in words."""


def beside_utterance(view: WeighedView, utterance: str, now: datetime) -> Beside:
    """What was weighed of an utterance."""
    return _beside(view, now, utterance=utterance)


def beside_story(view: WeighedView, story: str, now: datetime) -> Beside:
    """What was weighed of what was said in a story."""
    return _beside(view, now, story=story, figures=2)


def beside_actor(view: WeighedView, actor: str, now: datetime) -> Beside:
    """What was weighed of what an actor said, with the counts of its docket: never a score."""
    counts = Counter(status_of(row, now) for row in view.docket(actor=actor))
    return replace(_beside(view, now, actor=actor, figures=2), statuses=status_words(counts))


def status_words(counts: Mapping[Status, int]) -> str | None:
    """How many docket entries stand how.

    >>> status_words({Status.MET: 2, Status.DUE: 1})
    '3 entries: 1 due and not decided, 2 met'
    """
    if not counts:
        return None
    told = [
        f"{counts[one]} {'due and not decided' if one is Status.DUE else one.value}" for one in Status if one in counts
    ]
    return f"{counted(sum(counts.values()), 'entry', 'entries')}: {', '.join(told)}"


def lineage_entries(view: WeighedView, heads: Sequence[LineageHead]) -> tuple[LineageEntry, ...]:
    """The entries of some figures with their values by speaker."""
    figures: dict[str, list[ShownFigure]] = {head.id: [] for head in heads}
    for one in view.figures(figures):
        if one.lineage is not None:
            figures[one.lineage].append(one)
    return tuple(lineage_entry(head, figures[head.id]) for head in heads)


def _beside(
    view: WeighedView,
    now: datetime,
    *,
    utterance: str | None = None,
    actor: str | None = None,
    story: str | None = None,
    figures: int = 1,
) -> Beside:
    relations = partial(view.relations, utterance=utterance, actor=actor, story=story)
    lineages = partial(view.lineages, utterance=utterance, actor=actor, story=story, figures=figures)
    docket = partial(view.docket, utterance=utterance, actor=actor, story=story)
    return Beside(
        relations=groups(view, relations(limit=MOST if utterance else CONSIDERED), fold=not utterance, most=MOST),
        all_relations=view.count_relations(utterance=utterance, actor=actor, story=story),
        lineages=lineage_entries(view, lineages(limit=MOST)),
        all_lineages=view.count_lineages(utterance=utterance, actor=actor, story=story, figures=figures),
        entries=tuple(docket_entry(row, now) for row in docket(limit=MOST)),
        all_entries=view.count_docket(utterance=utterance, actor=actor, story=story),
    )
