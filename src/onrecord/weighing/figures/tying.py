"""Which figures are set against which: each against the nearest earlier ones, not all against all.

Within a lineage that is the figure before it by the same source and the newest of every other, a former number only
where a source gives no other; across lineages of one block the newest figure before it of each lineage near enough to
be taken for its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from onrecord.domain.figures import Counted, FigureTie, Lineage
from onrecord.weighing.figures.grouping import rank
from onrecord.weighing.figures.scoring import WINDOW, speaker_of
from onrecord.weighing.figures.standing import is_former, scope, tie

MOST_SOURCES: Final = 60
"""Sources of one lineage whose newest figures one is set against, the newest first."""
MOST_SCOPES: Final = 3
"""Other scopes that one figure is shown beside, the nearest first."""
MOST_LINEAGES: Final = 200
"""Lineages that one figure is compared with, the newest first."""


def ties(figures: Sequence[Counted], lineages: Sequence[Lineage]) -> Iterator[FigureTie]:
    """How each figure stands to the nearest earlier ones, in the order of the figures.

    The order of `figures` and `lineages` does not matter. Figures of a lineage that are not among `figures` are left
    out.
    """
    by_id = {one.id: one for one in figures}
    of = {figure: lineage.id for lineage in lineages for figure in lineage.figures}
    before: defaultdict[str, dict[object, Counted]] = defaultdict(dict)
    newest: defaultdict[str, dict[str, Counted]] = defaultdict(dict)
    for one in sorted(by_id.values(), key=rank):
        mine = of.get(one.id)
        if mine is None:
            continue
        yield from (tie(one, other) for other in _nearest(before[mine].values()))
        yield from _scopes(one, [other for lineage, other in newest[one.block].items() if lineage != mine])
        _keep_newest(before[mine], one)
        newest[one.block].pop(mine, None)
        newest[one.block][mine] = one


def _keep_newest(before: dict[object, Counted], one: Counted) -> None:
    """Puts a figure in the place of the one before it by the same speaker, or outlet where nobody is named.

    Of "from 80,000 to 95,000" the newest is 95,000.
    """
    source = speaker_of(one) or ("outlet", one.rendering.outlet)
    if source not in before or is_former(before[source]) or not is_former(one):
        before[source] = one


def _nearest(before: Iterable[Counted]) -> list[Counted]:
    """The newest earlier figures of so many sources, newest first."""
    return sorted(before, key=rank, reverse=True)[:MOST_SOURCES]


def _scopes(one: Counted, others: Sequence[Counted]) -> list[FigureTie]:
    found = []
    for other in list(reversed(others))[:MOST_LINEAGES]:
        x, y = one.rendering.published, other.rendering.published
        if x is not None and y is not None and abs((x - y).days) > WINDOW:
            break
        made = scope(one, other)
        if made is not None:
            found.append(made)
    return sorted(found, key=lambda made: (-made.score, made.b))[:MOST_SCOPES]
