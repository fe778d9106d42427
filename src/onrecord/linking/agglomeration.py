"""Groups out of the scores of pairs: average-link agglomeration, the same in any order of arrival.

Two groups join when the mean score over all their pairs reaches a bar, the highest mean first; a pair without a score
counts as 0, so that a chain of single pairs glues nothing together. What a person judged the same is joined before
that, what a person judged different is never joined. Scores are added as whole numbers, so that no sum depends on the
order of its parts, and ties go to the least names.

After Sokal and Michener (1958), group averages; with the must-link and cannot-link of Wagstaff et al. (2001).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from onrecord.domain.judgements import Judgement, Verdict

Pair = tuple[str, str]


class Join(NamedTuple):
    """Two groups that became one: their least members, all members of both, and their mean score, below zero.

    What a person joined has no mean.
    """

    first: str
    second: str
    members: tuple[str, ...]
    rank: float | None


@dataclass(frozen=True, slots=True)
class Agglomeration:
    """Groups by their members, sorted, and all joins that led to them."""

    groups: list[tuple[str, ...]]
    joins: frozenset[Join]


def agglomeration(
    things: Iterable[str],
    scores: Mapping[Pair, float],
    judged: Mapping[Pair, Judgement],
    *,
    bar: Callable[[int], float],
    scale: int,
    same_is_one: bool = False,
) -> Agglomeration:
    """Groups of things and how they came about.

    Scores and judgements on what is not among `things` are left out. Judgements are heeded in the order in which they
    are given, as far as those before leave room. `bar` is the least mean, above 0, for a group that would count so many
    members; `scale` is the whole number that a score of 1 is added as. With `same_is_one` what is judged the same
    counts as one member, and is as like another as the part of it that is most so.
    """
    groups = _Groups(things, bar, scale)
    groups.score(scores)
    groups.judge(judged, same_is_one=same_is_one)
    groups.merge()
    return Agglomeration(sorted(tuple(sorted(members)) for members in groups.members.values()), frozenset(groups.joins))


class _Groups:
    """Groups of things, each called by its least member, with the added scores and the bans between them."""

    def __init__(self, things: Iterable[str], bar: Callable[[int], float], scale: int) -> None:
        self.members: dict[str, list[str]] = {one: [one] for one in things}
        self._bar = bar
        self._scale = scale
        self._counted = dict.fromkeys(self.members, 1)
        self._group = {one: one for one in self.members}
        self._sums: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        self.joins: list[Join] = []

    def score(self, scores: Mapping[Pair, float]) -> None:
        for (a, b), score in scores.items():
            if a != b and a in self.members and b in self.members:
                self._sums[a][b] = self._sums[b][a] = round(score * self._scale)

    def judge(self, judged: Mapping[Pair, Judgement], *, same_is_one: bool) -> None:
        for (first, second), judgement in judged.items():
            if first not in self._group or second not in self._group:
                continue
            a, b = self._group[first], self._group[second]
            if a == b or b in self._apart[a]:
                continue
            if judgement.verdict == Verdict.SAME:
                self._join(a, b, as_one=same_is_one)
            else:
                self._hold_apart(a, b)

    def merge(self) -> None:
        """Join groups while the mean of any two reaches the bar."""
        waiting = [entry for one in self.members for entry in self._entries(one) if one < entry[2]]
        heapify(waiting)
        while waiting:
            rank, a, b = heappop(waiting)
            # Either may be gone or have grown since: then what it came to was put in the queue anew.
            if a in self.members and b in self.members and self._rank(a, b) == rank:
                for entry in self._entries(self._join(a, b, rank)):
                    heappush(waiting, entry)

    def _entries(self, one: str) -> Iterator[tuple[float, str, str]]:
        for other in self._sums.get(one, ()):
            rank = self._rank(one, other)
            if rank is not None:
                yield rank, min(one, other), max(one, other)

    def _rank(self, a: str, b: str) -> float | None:
        """The mean score over all pairs of two groups, below zero; None where the two may not join."""
        many, more = self._counted[a], self._counted[b]
        mean = self._sums[a].get(b, 0) / (self._scale * many * more)
        return -mean if mean >= self._bar(many + more) and b not in self._apart.get(a, ()) else None

    def _hold_apart(self, a: str, b: str) -> None:
        self._apart[a].add(b)
        self._apart[b].add(a)

    def _join(self, a: str, b: str, rank: float | None = None, *, as_one: bool = False) -> str:
        """Make one group of two and give its name."""
        name, gone = min(a, b), max(a, b)
        moved = self.members.pop(gone)
        self.joins.append(Join(name, gone, (*self.members[name], *moved), rank))
        self.members[name] += moved
        self._group.update(dict.fromkeys(moved, name))
        if not as_one:
            self._counted[name] += self._counted[gone]
        sums = self._sums[name]
        for other, total in self._sums.pop(gone, {}).items():
            del self._sums[other][gone]
            if other != name:
                here = sums.get(other, 0)
                sums[other] = self._sums[other][name] = max(here, total) if as_one else here + total
        for other in self._apart.pop(gone, ()):
            self._apart[other].discard(gone)
            self._hold_apart(other, name)
        return name
