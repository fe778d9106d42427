"""What a person has judged about actors: which ids are one actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.domain.judgements import Judgement, Subject, Verdict, latest


def merged(actors: Iterable[str], judgements: Iterable[Judgement]) -> Mapping[str, str]:
    """Each actor's id → the id that stands for all that a person holds to be the same actor.

    The latest judgement on a pair counts. "Same" joins, and so do chains of it, but never so that two that are held to
    be different end up as one: such a link is left out, the earliest made first served. An id of the table stands for
    those that are not, else the least. The result does not depend on the order of either argument.
    """
    judged = latest(judgements, Subject.ACTOR)
    ids = set(actors).union(*judged)
    members = {one: {one} for one in ids}
    apart: dict[str, set[str]] = {one: set() for one in ids}
    for (a, b), one in judged.items():
        if one.verdict == Verdict.DIFFERENT:
            apart[a].add(b)
            apart[b].add(a)
    for pair, one in reversed(judged.items()):
        if one.verdict != Verdict.SAME:
            continue
        left, right = (members[one] for one in pair)
        if left is right or any(apart[one] & right for one in left):
            continue
        left |= right
        members.update(dict.fromkeys(right, left))
    return {one: _representative(members[one]) for one in sorted(ids)}


def together(judgements: Iterable[Judgement]) -> Mapping[str, frozenset[str]]:
    """The actors that no table has and that a person holds to be one, by the id that stands for them."""
    found: dict[str, set[str]] = {}
    for one, stands in merged((), judgements).items():
        if stands.startswith("local:"):
            found.setdefault(stands, set()).add(one)
    return {stands: frozenset(ids) for stands, ids in found.items() if len(ids) > 1}


def fullest_name(names: Mapping[str, str]) -> str:
    """The id of the one whose name says most, by the number of its words and then of its letters.

    >>> fullest_name({"local:1": "Halvik", "local:2": "Joren Halvik"})
    'local:2'
    """
    return min(names, key=lambda one: (-len(names[one].split()), -len(names[one]), one))


def _representative(ids: set[str]) -> str:
    return min(ids, key=lambda one: (one.startswith("local:"), one))
