"""Groups of figures by their best matches: sure pairs first, then the two groups that are most alike, again and again.

Two groups are as alike as their figures are to their nearest in the other group, on average. Those best matches are
kept for each figure and each group beside it, and added up for each two groups, so that a join looks at what the
smaller of the two touches and not at all members of what grows: a percentage is told twenty thousand times in seven
years. Scores are whole numbers, so that no sum depends on the order of its parts.

After the constrained clustering of Wagstaff et al. (2001), with the average of best matches for the mean of all pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

Pair = tuple[str, str]


class _Waiting(NamedTuple):
    """Two groups that may be joined, the most alike first, ties to the least members; and how many they hold."""

    distance: float
    least: int
    other_least: int
    a: int
    b: int
    many: int
    other_many: int


class Groups:
    """Groups of figures, with the scores of pairs, above 0 and up to `whole`, and pairs that no group may hold.

    Inside, a figure is its place in the order of ids, and a group is called by one of its figures.
    """

    def __init__(self, ids: Iterable[str], scores: Mapping[Pair, int], apart: Iterable[Pair], whole: int) -> None:
        self._ids = sorted(ids)
        self._whole = whole
        place = {one: at for at, one in enumerate(self._ids)}
        self._group = list(range(len(self._ids)))
        self._members = {one: [one] for one in self._group}
        self._least = {one: one for one in self._group}
        self._best: list[dict[int, int]] = [{} for _ in self._ids]
        """Of each figure, its best match in each other group where it has one."""
        for (one, other), score in scores.items():
            a, b = place[one], place[other]
            self._best[a][b] = self._best[b][a] = score
        self._near: list[Sequence[int]] = [tuple(best) for best in self._best]
        self._touching = {one: len(near) for one, near in enumerate(self._near)}
        self._sums = {one: dict(best) for one, best in enumerate(self._best)}
        """Of each group, what its figures' best matches in each other group come to together."""
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self._apart[place[one]].add(place[other])
            self._apart[place[other]].add(place[one])
        self._newest: dict[tuple[int, int], _Waiting] = {}

    def groups(self) -> list[list[str]]:
        """The ids of the figures of each group."""
        return [[self._ids[one] for one in members] for members in self._members.values()]

    def join_sure(self, least: int) -> None:
        """Joins the groups of every pair with a score of `least` or more, the surest first, as far as no ban forbids.

        It has to come before other joins, while every figure stands alone.
        """
        sure = [
            (-score, one, other)
            for one, best in enumerate(self._best)
            for other, score in best.items()
            if one < other and score >= least
        ]
        for _, one, other in sorted(sure):
            a, b = self._group[one], self._group[other]
            if a != b and b not in self._apart[a]:
                self._join(a, b)

    def join_alike(self, bar: float) -> None:
        """Joins the two groups that are most alike while their likeness, from 0 to 1, reaches the bar."""
        waiting = [made for a in self._members for b in self._sums[a] if a < b and (made := self._waiting(a, b, bar))]
        heapify(waiting)
        while waiting:
            first = heappop(waiting)
            a, b = first.a, first.b
            if self._newest.get((a, b)) is not first:
                continue
            del self._newest[a, b]
            if (first.many, first.other_many) == (len(self._members[a]), len(self._members[b])):
                group, changed = self._join(a, b)
                again = [self._waiting(group, other, bar) for other in changed]
            else:
                # Either grew by figures that have nothing to do with the other: they are less alike than they were.
                again = [self._waiting(a, b, bar)]
            for made in again:
                if made is not None:
                    heappush(waiting, made)

    def _waiting(self, a: int, b: int, bar: float) -> _Waiting | None:
        """Two groups as they wait to be joined; None where they may not be, or are not alike enough."""
        a, b = min(a, b), max(a, b)
        self._newest.pop((a, b), None)
        many, more = len(self._members[a]), len(self._members[b])
        likeness = (self._sums[a][b] + self._sums[b][a]) / (self._whole * (many + more))
        if likeness < bar or b in self._apart[a]:
            return None
        least, other = sorted((self._least[a], self._least[b]))
        made = self._newest[a, b] = _Waiting(-likeness, least, other, a, b, many, more)
        return made

    def _join(self, a: int, b: int) -> tuple[int, list[int]]:
        """Makes one group of two: what it is called, and the groups beside it that may be more alike to it by that."""
        kept, gone = (a, b) if self._touching[a] >= self._touching[b] else (b, a)
        moved = self._members.pop(gone)
        for one in moved:
            self._best[one].pop(kept, None)
            for other in self._near[one]:
                self._moved(other, gone, kept)
        sums, beside = self._sums[kept], self._sums.pop(gone)
        for group, total in beside.items():
            del self._sums[group][gone]
            self._newest.pop((min(group, gone), max(group, gone)), None)
            if group != kept:
                sums[group] = sums.get(group, 0) + total
        for group in self._apart.pop(gone, ()):
            self._apart[group].discard(gone)
            self._apart[group].add(kept)
            self._apart[kept].add(group)
        self._members[kept] += moved
        for one in moved:
            self._group[one] = kept
        self._touching[kept] += self._touching.pop(gone)
        least = self._least.pop(gone)
        if least > self._least[kept]:
            return kept, [group for group in beside if group != kept]
        # Ties go to the least members, so all that waits to be joined with it waits in another place now.
        self._least[kept] = least
        return kept, list(sums)

    def _moved(self, one: int, gone: int, kept: int) -> None:
        """Lets the best match of a figure in a group that is no more be one in the group that took it up."""
        group, best = self._group[one], self._best[one]
        if group == gone or gone not in best:
            return
        score = best.pop(gone)
        if group != kept:
            gain = score - best.get(kept, 0)
            if gain > 0:
                best[kept] = score
                self._sums[group][kept] = self._sums[group].get(kept, 0) + gain
