"""Groups come out as their definition says, whatever is kept in between to come to them sooner."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.weighing.figures.joining import Groups, Pair

WHOLE = 100
SURE = 90
BAR = 0.3
IDS = [f"figure {n:02}" for n in range(12)]
PAIRS = list(combinations(IDS, 2))


def by_definition(ids: list[str], scores: dict[Pair, int], apart: set[Pair]) -> set[frozenset[str]]:
    """The groups, found by comparing all of them again before each join."""
    groups = [{one} for one in ids]

    def score(a: str, b: str) -> int:
        return scores.get((min(a, b), max(a, b)), 0)

    def banned(one: set[str], other: set[str]) -> bool:
        return any((min(a, b), max(a, b)) in apart for a in one for b in other)

    def likeness(one: set[str], other: set[str]) -> float:
        total = sum(max(score(a, b) for b in other) for a in one) + sum(max(score(a, b) for a in one) for b in other)
        return total / (WHOLE * (len(one) + len(other)))

    for _, (a, b) in sorted((-score, pair) for pair, score in scores.items() if score >= SURE):
        one, other = (next(group for group in groups if side in group) for side in (a, b))
        if one is not other and not banned(one, other):
            groups.remove(other)
            one |= other
    while True:
        best = min(
            (
                (-likeness(one, other), *sorted((min(one), min(other))))
                for one, other in combinations(groups, 2)
                if not banned(one, other) and likeness(one, other) >= BAR
            ),
            default=None,
        )
        if best is None:
            return {frozenset(group) for group in groups}
        one, other = (next(group for group in groups if least in group) for least in best[1:])
        groups.remove(other)
        one |= other


@given(
    st.lists(st.sampled_from(IDS), unique=True),
    # Few different scores, so that there are ties.
    st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([20, 40, 60, 60, 80, 95, 100])),
    st.sets(st.sampled_from(PAIRS), max_size=4),
)
def test_groups_are_those_of_the_definition(ids: list[str], scores: dict[Pair, int], apart: set[Pair]) -> None:
    scores = {pair: score for pair, score in scores.items() if pair not in apart and {*pair} <= {*ids}}
    apart = {pair for pair in apart if {*pair} <= {*ids}}
    groups = Groups(ids, scores, apart, WHOLE)
    groups.join_sure(SURE)
    groups.join_alike(BAR)
    found = groups.groups()
    assert {frozenset(group) for group in found} == by_definition(ids, scores, apart)
    assert sorted(one for group in found for one in group) == sorted(ids)
