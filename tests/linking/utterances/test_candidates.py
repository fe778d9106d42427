"""Which pairs are looked at: the index finds what the condition on two says."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.utterances import Rendering
from onrecord.linking.utterances.candidates import (
    LEAST,
    LEAST_SHARE,
    LONG,
    LONG_SHARE,
    WINDOW,
    filed_words,
    rare_keys,
)
from onrecord.linking.utterances.linking import candidate_pairs, links
from onrecord.linking.utterances.profiles import DAY, Profile, profile_of
from onrecord.linking.utterances.scoring import never, other_speaker
from tests.linking.utterances.invented import said

BRIDGES = "They have the bridges, the fuel and the battalions they need to cross"


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        (said(BRIDGES), said(BRIDGES, days=9), True),
        (said(BRIDGES), said(BRIDGES, days=11), False),
        (said(BRIDGES), said(BRIDGES, days=None, report="y"), True),
        (said(BRIDGES), said("Their battalion stands by the water"), True),
        (said(BRIDGES), said("Their battalion stands by the water", actor=None), True),
        (said(BRIDGES), said(BRIDGES, actor="drenko"), True),
        (said(BRIDGES), said("Their battalion stands by the water", actor="drenko"), False),
        (said("I said could"), said("I said could", report="y"), True),
        (said("He did not say who would be there", actor=None), said("They would be there", actor=None), False),
        (said(BRIDGES), said("Bread is dearer"), False),
        (said(""), said("", report="y"), False),
        (said("impeachment"), said("impeachment", report="y"), False),
        (said("him a measure"), said("a measure", report="y"), False),
        (said("a measure of chlorine"), said("a measure of chlorine", report="y"), True),
        (said(BRIDGES, statement="s", passage="1"), said(BRIDGES, statement="s", passage="2"), False),
    ],
)
def test_condition(a: Rendering, b: Rendering, wanted: bool) -> None:
    assert bool(list(candidate_pairs([a, b]))) is wanted
    assert bool(list(candidate_pairs([b, a]))) is wanted
    assert is_candidate(profile_of(a), profile_of(b)) is wanted
    assert is_candidate(profile_of(b), profile_of(a)) is wanted


def is_candidate(a: Profile, b: Profile) -> bool:
    """The condition on two, without an index."""
    first, second = filed_words(a), filed_words(b)
    shared = sum(weight for word, weight in first.items() if word in second)
    least = min(sum(first.values()), sum(second.values()))
    near = a.published is None or b.published is None or abs(a.published - b.published) <= WINDOW * DAY
    if not near or shared < max(LEAST, LEAST_SHARE * least) or never(a.rendering, b.rendering):
        return False
    by_key = not rare_keys(a).isdisjoint(rare_keys(b))
    if a.actor is None or b.actor is None:
        return by_key
    return not other_speaker(a, b) or (by_key and least >= LONG and shared >= LONG_SHARE * least)


def test_keys() -> None:
    keys = rare_keys(profile_of(said(BRIDGES)))
    assert "battalion" in keys
    assert rare_keys(profile_of(said(BRIDGES, actor=None))) == keys
    assert rare_keys(profile_of(said("", actor=None))) == frozenset()


WORDS = "we have seen no sign of the battalions bridges fuel barracks chlorine Marrech 95,000 41 Friday and".split()
renderings = st.lists(
    st.builds(
        lambda words, actor, days, statement: (" ".join(words), actor, days, statement),
        st.lists(st.sampled_from(WORDS), max_size=12),
        st.sampled_from([None, None, "halvik", "drenko"]),
        st.sampled_from([None, 0.0, 1.0, 9.0, 10.0, 11.0, 25.0]),
        st.integers(0, 6),
    ),
    max_size=9,
).map(
    lambda rows: [
        said(words, actor=actor, days=days, statement=f"s{statement}", passage=f"p{at}", report=f"r{at}")
        for at, (words, actor, days, statement) in enumerate(rows)
    ]
)


@given(renderings)
def test_the_index_finds_exactly_the_condition(given_: list[Rendering]) -> None:
    wanted = {(a.passage, b.passage) for a, b in combinations(given_, 2) if is_candidate(profile_of(a), profile_of(b))}
    found = [(a.rendering.passage, b.rendering.passage) for a, b in candidate_pairs(given_)]
    assert sorted(found) == sorted(wanted)


@given(renderings)
def test_candidates_share_a_speaker_or_a_key_and_the_window(given_: list[Rendering]) -> None:
    for one, other in candidate_pairs(given_):
        a, b = one.rendering, other.rendering
        assert (one.actor is not None and one.actor == other.actor) or rare_keys(one) & rare_keys(other)
        if a.published and b.published:
            assert abs((a.published - b.published).total_seconds()) <= WINDOW * 86_400


@given(renderings, st.randoms(use_true_random=False), st.integers(0, 9))
def test_links_are_the_same_in_any_order_and_in_any_parts(given_: list[Rendering], random: object, cut: int) -> None:
    shuffled = list(given_)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    at_once = set(links(given_))
    assert set(links(shuffled)) == at_once
    first, then = shuffled[:cut], shuffled[cut:]
    assert set(links(first)) | set(links(then, first)) == at_once
    assert not set(links(first)) & set(links(then, first))


def test_known_ones_are_not_linked_among_themselves() -> None:
    known = [said(BRIDGES, report="x"), said(BRIDGES, report="y")]
    assert list(links([], known)) == []
    assert len(list(links([said(BRIDGES, report="z")], known))) == 2


def test_known_ones_may_come_in_parts() -> None:
    known = [said(BRIDGES, report="x"), said(BRIDGES, report="y", days=1)]
    new = [said(BRIDGES, report="z"), said(BRIDGES, report="w")]
    parts = [*links(new), *links(new, known[:1], within=False), *links(new, known[1:], within=False)]
    assert len(parts) == len(set(parts)) == 5
    assert set(parts) == set(links(new, known))
