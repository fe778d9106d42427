"""Links between reports → stories: average-link clustering that no order of arrival changes.

A chain of single links glues nothing together, and the larger the group the more it takes. Reports that no chain of
links of at least `SAME` joins never share a story.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log2
from typing import Final

from onrecord.domain.judgements import Judgement, Subject, Verdict, latest
from onrecord.linking.agglomeration import Agglomeration, Pair, agglomeration
from onrecord.linking.stories.comparing import Likeness

SAME: Final = 0.3
"""How alike on average two reports, or small groups, must be to tell one story."""
_START: Final = 0.2
_GROWTH: Final = 0.1
_WHOLE: Final = 10_000


def clusters(
    reports: Iterable[str], links: Iterable[Likeness], judgements: Iterable[Judgement] = ()
) -> list[tuple[str, ...]]:
    """Every report in exactly one cluster, ids in order, the clusters by their first id.

    A link whose report is not among `reports` is left out. Judgements on reports override: what a person calls the
    same is one cluster from the start, also through others, unless that would join two that are called different.
    """
    best: dict[Pair, float] = {}
    for link in links:
        best[link.a, link.b] = max(link.score, best.get((link.a, link.b), 0.0))
    return grouped(reports, best, judgements)


def grouped(
    reports: Iterable[str], scores: Mapping[Pair, float], judgements: Iterable[Judgement] = ()
) -> list[tuple[str, ...]]:
    """The same out of the scores of pairs."""
    return followed(reports, scores, judgements).groups


def followed(
    reports: Iterable[str], scores: Mapping[Pair, float], judgements: Iterable[Judgement] = ()
) -> Agglomeration:
    """The same, with how the clusters came about."""
    # "Different" first, whenever it was said: no chain of "same" joins two that are called different.
    judged = sorted(latest(judgements, Subject.REPORT).items(), key=lambda item: item[1].verdict == Verdict.SAME)
    return agglomeration(reports, scores, dict(judged), bar=needed, scale=_WHOLE)


def is_strong(score: float) -> bool:
    """Whether groups may join of which no two reports are more alike."""
    return round(score * _WHOLE) >= SAME * _WHOLE


def needed(reports: int) -> float:
    """How alike on average two groups must be to become one of so many reports.

    A topic goes on and gathers reports, a happening does not: so the larger a story would be, the more it has to show.
    """
    return max(SAME, _START + _GROWTH * log2(reports / 2))
