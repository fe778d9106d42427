"""Links between reports → stories: average-link clustering that no order of arrival changes.

Two groups become one while their reports are alike on average, the most alike first; a pair without a link counts as
nothing alike, so a chain of single links glues nothing together, and the larger the group the more it takes. Scores
are added as whole numbers and ties go by the least ids, so the same links in any order give the same clusters. Reports
that no chain of links of at least `SAME` joins never share a story: so a new report changes only the clusters of its
`component`.

After Sokal and Michener (1958), group averages; with the must-link and cannot-link of Wagstaff et al. (2001).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from math import log2
from typing import Final

from onrecord.domain.judgements import Judgement, Subject, Verdict
from onrecord.linking.stories.comparing import Likeness

SAME: Final = 0.3
"""How alike on average two reports, or small groups, must be to tell one story."""
_START: Final = 0.2
_GROWTH: Final = 0.1
_WHOLE: Final = 10_000
Pair = tuple[str, str]


def clusters(
    reports: Iterable[str], links: Iterable[Likeness], judgements: Iterable[Judgement] = ()
) -> list[tuple[str, ...]]:
    """Every report in exactly one cluster, ids in order, the clusters by their first id.

    A link whose report is not among `reports` is left out. Judgements on reports override: what a person calls the
    same is one cluster from the start, also through others, unless that would join two that are called different.
    """
    groups = _Groups(reports)
    groups.judge(judgements)
    groups.link(links)
    groups.merge()
    return sorted(tuple(sorted(members)) for members in groups.members.values())


def component(
    start: Iterable[str],
    links_of: Callable[[str], Iterable[Likeness]],
    judgements: Iterable[Judgement] = (),
) -> set[str]:
    """All reports whose cluster may depend on those of `start`: what to cluster again when they are new."""
    joined: dict[str, set[str]] = defaultdict(set)
    for (a, b), verdict in latest(judgements).items():
        if verdict is Verdict.SAME:
            joined[a].add(b)
            joined[b].add(a)
    found = set(start)
    open_ends = list(found)
    while open_ends:
        one = open_ends.pop()
        near = {link.b if link.a == one else link.a for link in links_of(one) if link.score >= SAME}
        fresh = (near | joined[one]) - found
        found |= fresh
        open_ends.extend(fresh)
    return found


def needed(reports: int) -> float:
    """How alike on average two groups must be to become one of so many reports.

    A topic goes on and gathers reports, a happening does not: so the larger a story would be, the more it has to show.
    """
    return max(SAME, _START + _GROWTH * log2(reports / 2))


def latest(judgements: Iterable[Judgement]) -> dict[Pair, Verdict]:
    """What counts of the judgements on two reports: the latest on each pair, newest first."""
    verdicts: dict[Pair, Verdict] = {}
    for one in sorted(judgements, key=lambda one: (one.made, one.id), reverse=True):
        if one.subject is Subject.REPORT and one.a != one.b:
            verdicts.setdefault((min(one.a, one.b), max(one.a, one.b)), one.verdict)
    return verdicts


class _Groups:
    """Groups of reports, each called by its least id, with the added scores and the bans between them."""

    def __init__(self, reports: Iterable[str]) -> None:
        self.members: dict[str, list[str]] = {one: [one] for one in reports}
        self.group = {one: one for one in self.members}
        self.scores: dict[str, dict[str, int]] = defaultdict(dict)
        self.banned: dict[str, set[str]] = defaultdict(set)
        self.apart: set[Pair] = set()

    def judge(self, judgements: Iterable[Judgement]) -> None:
        verdicts = latest(judgements)
        for (a, b), verdict in verdicts.items():
            if verdict is Verdict.DIFFERENT and a in self.members and b in self.members:
                self.apart.add((a, b))
                self.banned[a].add(b)
                self.banned[b].add(a)
        for (a, b), verdict in verdicts.items():
            if verdict is Verdict.SAME and a in self.group and b in self.group:
                one, other = self.group[a], self.group[b]
                if one != other and other not in self.banned[one]:
                    self._join(one, other)

    def link(self, links: Iterable[Likeness]) -> None:
        best: dict[Pair, int] = {}
        for link in links:
            if link.a in self.group and link.b in self.group and (link.a, link.b) not in self.apart:
                best[link.a, link.b] = max(round(link.score * _WHOLE), best.get((link.a, link.b), 0))
        for (a, b), score in best.items():
            one, other = self.group[a], self.group[b]
            if one != other:
                self.scores[one][other] = self.scores[other][one] = self.scores[one].get(other, 0) + score

    def merge(self) -> None:
        waiting = [entry for one in self.members for entry in self._entries(one) if one < entry[2]]
        heapify(waiting)
        while waiting:
            negative, one, other = heappop(waiting)
            # Either may have grown since: then what it came to was put in the queue anew.
            if one in self.members and other in self.members and self._priority(one, other) == negative:
                for entry in self._entries(self._join(one, other)):
                    heappush(waiting, entry)

    def _entries(self, one: str) -> Iterator[tuple[float, str, str]]:
        for other in self.scores.get(one, ()):
            priority = self._priority(one, other)
            if priority is not None:
                yield priority, min(one, other), max(one, other)

    def _priority(self, one: str, other: str) -> float | None:
        """The average of two groups below zero, None where they may not become one."""
        average = self._average(one, other)
        enough = average >= needed(len(self.members[one]) + len(self.members[other]))
        return -average if enough and other not in self.banned.get(one, ()) else None

    def _average(self, one: str, other: str) -> float:
        total = self.scores.get(one, {}).get(other, 0)
        return total / (_WHOLE * len(self.members[one]) * len(self.members[other]))

    def _join(self, one: str, other: str) -> str:
        kept, gone = min(one, other), max(one, other)
        moved = self.members.pop(gone)
        self.members[kept] += moved
        for report in moved:
            self.group[report] = kept
        mine = self.scores[kept]
        mine.pop(gone, None)
        for third, score in self.scores.pop(gone, {}).items():
            if third != kept:
                del self.scores[third][gone]
                mine[third] = self.scores[third][kept] = mine.get(third, 0) + score
        for third in self.banned.pop(gone, ()):
            self.banned[third].discard(gone)
            self.banned[third].add(kept)
            self.banned[kept].add(third)
        return kept
