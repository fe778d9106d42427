"""Figures of one thing are one lineage, whatever the order; figures of other things never are."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.figures import Counted
from onrecord.weighing.figures import grouping, lineages
from onrecord.weighing.figures.grouping import MOST_BESIDE
from onrecord.weighing.figures.profiles import Profile, profile_of
from onrecord.weighing.figures.scoring import evidence, likeness
from tests.weighing.figures.invented import figure, figures

MANY = [
    figure("Harvenia had massed about 80,000 soldiers within 60 km of the river Ardra", report="a", speaker="Halvik"),
    figure("About 95,000 soldiers are within 60 km of the river Ardra", report="b", day=2, speaker="Halvik"),
    figure("There are 48,000 servicemen in the western district", report="c", day=5, speaker="Elzbet Tormann"),
    figure("There are no more than 60,000 servicemen in its western district", report="a", speaker="Katya Velsing"),
    figure("Will have 12,000 soldiers back in their barracks by Sunday", report="a", speaker="the ministry"),
    figure("Some 9,500 servicemen had already returned", report="c", day=5, speaker="Ruslav Dmerin"),
    *figures("The mission counted 58 violations on Tuesday after 44 on Monday", report="b", day=2, speaker="Lyss"),
    figure("The mission recorded 97 violations on Thursday", report="d", day=4, speaker="Lyss"),
    *figures("At least seven people were killed and 25 wounded when shells hit Zelvin on Friday", report="d", day=4),
    figure("Nine people were killed in Zelvin on Friday when shells hit the depot", report="e", day=4, speaker=None),
    figure("Six people were killed in Dolny Vesk on Tuesday when a bus crashed", report="f", day=2, speaker=None),
    figure("There were 48,000", report="g", day=6, speaker="Elzbet Tormann"),
]


def together(found: list[Counted]) -> bool:
    return len(lineages(found)) == 1


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (MANY[0], MANY[1], True),
        (MANY[2], MANY[3], True),
        (MANY[0], MANY[3], False),
        (MANY[4], MANY[5], False),
        (MANY[6], MANY[7], True),
        (MANY[7], MANY[8], True),
        (MANY[9], MANY[11], True),
        (MANY[11], MANY[12], False),
        (MANY[9], MANY[10], False),
    ],
)
def test_what_counts_one_thing(a: Counted, b: Counted, same: bool) -> None:
    assert together([a, b]) is same


@pytest.mark.parametrize(
    "words",
    [
        "At least 15 civilians were killed in the north of Zelvin while six others were killed in Ustrel",
        "The strike killed 18 people including five children",
        "Among the dead were 20 children and nine women",
    ],
)
def test_a_passage_tells_its_numbers_apart(words: str) -> None:
    found = [one for one in figures(words) if one.block == "dead"]
    assert len(found) == 2
    assert not together(found)


def test_tolls_of_different_days_in_one_town_stay_apart_even_if_the_number_is_one() -> None:
    first = figure("Seven people were killed in Zelvin on Friday when shells hit the depot", report="a", day=4)
    later = figure("Seven people were killed in Zelvin on Tuesday when shells hit the market", report="b", day=8)
    assert not together([first, later])


def test_a_chain_through_a_third_does_not_join_what_a_report_tells_apart() -> None:
    apart = figures("At least 15 civilians were killed in Zelvin on Friday while six others were killed in Ustrel")
    bridge = figure("Some 15 civilians were killed in Zelvin and Ustrel on Friday", report="b", day=0)
    groups = lineages([*apart, bridge])
    of = {one: group.id for group in groups for one in group.figures}
    assert of[apart[0].id] != of[apart[1].id]


def test_a_lineage_is_named_by_its_first_figure_and_says_what_it_counts() -> None:
    (lineage,) = lineages([MANY[1], MANY[0]])
    assert lineage.figures == (MANY[0].id, MANY[1].id)
    assert lineage.counted == "soldiers"
    assert lineage.unit is None


def test_nothing_given_gives_nothing() -> None:
    assert lineages([]) == []


@given(st.lists(st.sampled_from(MANY)), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_order_and_repetition_gives_the_same_lineages(chosen: list[Counted], order: random.Random) -> None:
    shuffled = [*chosen, *chosen[: len(chosen) // 2]]
    order.shuffle(shuffled)
    assert lineages(shuffled) == lineages(chosen)


@given(st.lists(st.sampled_from(MANY), unique_by=lambda one: one.id))
@settings(max_examples=60, deadline=None)
def test_every_figure_is_in_one_lineage_and_its_figures_stand_in_order(chosen: list[Counted]) -> None:
    found = lineages(chosen)
    assert sorted(one for group in found for one in group.figures) == sorted(one.id for one in chosen)
    when = {one.id: one.rendering.published for one in chosen}
    for group in found:
        assert all(when[a] <= when[b] for a, b in pairwise(group.figures))  # type: ignore[operator]


@given(st.lists(st.sampled_from(MANY), unique_by=lambda one: one.id))
@settings(max_examples=60, deadline=None)
def test_blocks_do_not_touch_each_other(chosen: list[Counted]) -> None:
    blocks = {one.block for one in chosen}
    alone = [group for block in blocks for group in lineages([one for one in chosen if one.block == block])]
    assert {group.figures for group in alone} == {group.figures for group in lineages(chosen)}


@given(st.sampled_from(MANY), st.sampled_from(MANY))
def test_a_pair_is_judged_the_same_from_either_side(a: Counted, b: Counted) -> None:
    one, other = profile_of(a), profile_of(b)
    assert likeness(one, other) == likeness(other, one)
    assert a.block != b.block or evidence(one, other) == evidence(other, one)
    assert 0 <= likeness(one, other) <= 1


def test_a_toll_told_often_is_one_lineage_and_not_all_pairs_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [
        figure(f"{n % 7 + 20} people were killed in Zelvin on Friday", day=4 + n / 100, report=f"r{n}", speaker=f"S{n}")
        for n in range(MOST_BESIDE * 3)
    ]
    asked = 0

    def counting(a: Profile, b: Profile) -> float:
        nonlocal asked
        asked += 1
        return likeness(a, b)

    monkeypatch.setattr(grouping, "likeness", counting)
    assert together(many)
    # Those of one day and place are told in one order; those of one number add a few.
    assert asked < len(many) * MOST_BESIDE * 1.1 < len(many) * (len(many) - 1) / 2
