"""Utterances out of links: average-link agglomeration inside connected components, the same in any order of arrival.

Two groups join when the mean score over all their pairs reaches a threshold, a pair without a link counting as 0: so a
chain of weak links cannot glue two utterances together, while the pieces of an answer join the reports that print it
whole as soon as those are in the majority. What a person judged the same is joined first, what a person judged
different is never joined; where judgements contradict each other through a third passage, the latest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from typing import Final

from onrecord.domain.judgements import Judgement, Subject, Verdict
from onrecord.domain.utterances import Link, Rendering

JOINED: Final = 0.5
"""Mean score from which two groups are one utterance."""
_SCALE: Final = 1_000_000
"""Scores are summed as integers, so that no sum depends on the order of its parts."""

Pair = tuple[str, str]


def clusters(
    passages: Iterable[Rendering],
    links: Iterable[Link],
    judgements: Iterable[Judgement] = (),
    *,
    threshold: float = JOINED,
) -> list[tuple[str, ...]]:
    """Every passage in exactly one group; a group by its ids, groups by their first id.

    Links and judgements that name a passage which is not among `passages` are left out.
    """
    known = dict.fromkeys(sorted(one.passage for one in passages))
    latest = _latest(judgements, known)
    scores = {
        _pair(link.a, link.b): round(link.score * _SCALE) for link in links if link.a in known and link.b in known
    }
    scores.update((pair, _SCALE * (one.verdict is Verdict.SAME)) for pair, one in latest.items())
    groups: list[tuple[str, ...]] = []
    for members, pairs in _components(known, (pair for pair, score in scores.items() if score > 0)):
        if len(members) == 1:
            groups.append(members)
            continue
        inside = set(members)
        judged = [(pair, one) for pair, one in latest.items() if pair[0] in inside and pair[1] in inside]
        groups += _agglomerated(members, {pair: scores[pair] for pair in pairs}, judged, threshold)
    return sorted(groups)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _latest(judgements: Iterable[Judgement], known: Mapping[str, None]) -> dict[Pair, Judgement]:
    """The judgement that counts for each pair of passages, latest first."""
    ordered = sorted(judgements, key=lambda one: (one.made, one.id), reverse=True)
    found: dict[Pair, Judgement] = {}
    for one in ordered:
        if one.subject is Subject.PASSAGE and one.a != one.b and one.a in known and one.b in known:
            found.setdefault(_pair(one.a, one.b), one)
    return found


def _components(known: Mapping[str, None], pairs: Iterable[Pair]) -> list[tuple[tuple[str, ...], list[Pair]]]:
    """The passages that any chain of pairs connects, with those pairs."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while (above := parent.get(one, one)) != one:
            parent[one] = parent.get(above, above)
            one = above
        return one

    kept = sorted(pairs)
    for a, b in kept:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    members: dict[str, list[str]] = {}
    inside: dict[str, list[Pair]] = {}
    for one in known:
        members.setdefault(root(one), []).append(one)
    for pair in kept:
        inside.setdefault(root(pair[0]), []).append(pair)
    return [(tuple(group), inside.get(name, [])) for name, group in members.items()]


class _Groups:
    """The groups of one component, each named by its least member."""

    def __init__(self, members: Iterable[str], scores: Mapping[Pair, int]) -> None:
        self.members: dict[str, tuple[str, ...]] = {one: (one,) for one in members}
        self.sums: dict[str, dict[str, int]] = {one: {} for one in self.members}
        self._counted: dict[str, int] = dict.fromkeys(self.members, 1)
        self._apart: dict[str, set[str]] = {one: set() for one in self.members}
        self._name: dict[str, str] = {one: one for one in self.members}
        for (a, b), score in scores.items():
            self.sums[a][b] = self.sums[b][a] = score

    def of(self, passage: str) -> str:
        """The name of the group that a passage is in."""
        return self._name[passage]

    def mean(self, a: str, b: str) -> float:
        """The mean score over all pairs of two groups."""
        return self.sums[a].get(b, 0) / (_SCALE * self._counted[a] * self._counted[b])

    def are_apart(self, a: str, b: str) -> bool:
        """Whether a person holds something of the one to be different from something of the other."""
        return b in self._apart[a]

    def hold_apart(self, a: str, b: str) -> None:
        """Never join the two."""
        self._apart[a].add(b)
        self._apart[b].add(a)

    def join(self, a: str, b: str, *, judged: bool = False) -> str:
        """Make one group of two, under the lesser name.

        What a person `judged` the same counts as one passage, and is as like another as the part of it that is most
        so: or else bringing a passage into an utterance could drive out those that are there for its words.
        """
        name, gone = _pair(a, b)
        if not judged:
            self._counted[name] += self._counted[gone]
        for one in self.members[gone]:
            self._name[one] = name
        self.members[name] += self.members.pop(gone)
        for other, total in self.sums.pop(gone).items():
            del self.sums[other][gone]
            if other != name:
                here = self.sums[name].get(other, 0)
                self.sums[name][other] = self.sums[other][name] = max(here, total) if judged else here + total
        for other in self._apart.pop(gone):
            self._apart[other].discard(gone)
            self.hold_apart(other, name)
        return name


def _agglomerated(
    members: Iterable[str],
    scores: Mapping[Pair, int],
    judged: Iterable[tuple[Pair, Judgement]],
    threshold: float,
) -> list[tuple[str, ...]]:
    groups = _Groups(members, scores)
    for (first, second), one in judged:
        a, b = groups.of(first), groups.of(second)
        if one.verdict is Verdict.SAME and a != b and not groups.are_apart(a, b):
            groups.join(a, b, judged=True)
        elif one.verdict is Verdict.DIFFERENT and a != b:
            groups.hold_apart(a, b)
    waiting = [(-groups.mean(a, b), a, b) for a in groups.sums for b in groups.sums[a] if a < b]
    heapify(waiting)
    while waiting:
        rank, a, b = heappop(waiting)
        if -rank < threshold:
            break
        # What lies in the heap may be out of date: a group is gone, or has grown since.
        stale = a not in groups.members or b not in groups.members or -groups.mean(a, b) != rank
        if stale or groups.are_apart(a, b):
            continue
        name = groups.join(a, b)
        for other in groups.sums[name]:
            heappush(waiting, (-groups.mean(name, other), *_pair(name, other)))
    return [tuple(sorted(group)) for group in groups.members.values()]
