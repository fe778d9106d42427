"""How a figure stands to an earlier one, and that the reasons are words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.figures import Counted, Lineage, Standing
from onrecord.weighing.figures import lineages, ties
from onrecord.weighing.figures.standing import scope, tie
from onrecord.weighing.figures.tying import MOST_SOURCES
from tests.weighing.figures.invented import figure, figures
from tests.weighing.figures.test_grouping import MANY

FORCE = "There are 95,000 soldiers on the river today"
TOLL = "At least seven people were killed in Zelvin on Friday"


@pytest.mark.parametrize(
    ("earlier", "later", "standing"),
    [
        (figure(TOLL, day=4), figure(TOLL, day=5, report="b"), Standing.SAME),
        (figure(TOLL, day=4), figure("Nine people were killed in Zelvin on Friday", day=5, report="b"), "revision"),
        (
            figure("Seven people were killed in Zelvin on Friday", day=4),
            figure("Nine people were killed in Zelvin on Friday", day=5, report="b", speaker="Gavril Osteny"),
            Standing.DISPUTE,
        ),
        (
            figure("The mission recorded 41 violations on Sunday", day=0),
            figure("The mission recorded 58 violations on Tuesday", day=2, report="b"),
            Standing.LATER,
        ),
        (
            figure("The mission recorded 41 violations on Sunday", day=0),
            figure("There were 63 violations on Sunday", day=1, report="b", speaker="Gavril Osteny"),
            Standing.DISPUTE,
        ),
        (MANY[0], MANY[1], Standing.REVISION),
        (
            figure("There are 95,000 soldiers on the river today", speaker="Halvik"),
            figure("The force on the river rose from 80,000 to 95,000 soldiers", speaker="Lyss", report="b"),
            Standing.LATER,
        ),
        (
            figure("There are about 95,000 soldiers on the river today", speaker="Halvik"),
            figure("There are 96,000 soldiers on the river today", speaker="Lyss", day=0.1, report="b"),
            Standing.SAME,
        ),
        # A number that the passage itself calls a former one disputes nobody's number of today.
        *(
            (figure(FORCE, speaker="Halvik"), figure(words, speaker="Lyss", day=1, report="b"), standing)
            for words, standing in (
                ("They put the 80 thousand of the past week in the shade", Standing.LATER),
                ("There were 80,000 soldiers on the river a week earlier", Standing.LATER),
                ("An earlier estimate of 80,000 soldiers was too low", Standing.LATER),
                ("The force on the river is up from 80,000 soldiers", Standing.LATER),
                ("First it was 80,000, now 95,000 soldiers", Standing.LATER),
                ("There are 80,000 soldiers on the river", Standing.DISPUTE),
                ("There are 80,000 soldiers of the last class on the river", Standing.DISPUTE),
            )
        ),
        # Who comes back to an earlier day's number takes nothing back.
        (
            figure("We think of 105,000 soldiers on the river", day=4, speaker="Halvik"),
            figure("There were 95,000 soldiers on the river on Wednesday", day=5, report="b", speaker="Halvik"),
            Standing.LATER,
        ),
        # An earlier toll is one of the same dead.
        (
            figure("Nine people were killed in Zelvin on Friday", day=4),
            figure("An earlier toll of seven people killed in Zelvin on Friday", day=5, report="b"),
            Standing.REVISION,
        ),
    ],
)
def test_the_standing_in_a_lineage(earlier: Counted, later: Counted, standing: str) -> None:
    made = tie(later, earlier)
    assert (made.standing, made.a, made.b) == (standing, later.id, earlier.id)
    assert made.reasons
    assert 0 < made.score <= 1


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (MANY[0], MANY[3], "within 60 km of the river Ardra, against in its western district"),
        (MANY[5], MANY[3], "those that left, against those that are there"),
        (MANY[4], MANY[5], "what is yet to come, against what is said to be so already"),
    ],
)
def test_another_scope_is_worded(a: Counted, b: Counted, reason: str) -> None:
    made = scope(a, b)
    assert made is not None
    assert made.standing is Standing.SCOPE
    assert reason in made.reasons


def test_other_blocks_are_never_set_side_by_side() -> None:
    assert scope(MANY[9], MANY[10]) is None


def test_each_figure_meets_the_one_before_it_by_its_speaker_and_the_newest_of_the_others() -> None:
    first = figure("The mission recorded 41 violations on Sunday", day=0, report="a", speaker="Lyss")
    second = figure("The mission recorded 58 violations on Tuesday", day=2, report="b", speaker="Lyss")
    other = figure("There were 60 violations on Tuesday", day=2.5, report="c", speaker="Osteny")
    third = figure("The mission recorded 63 violations on Wednesday", day=3, report="d", speaker="Lyss")
    every = [first, second, other, third]
    found = list(ties(every, lineages(every)))
    assert {(one.a, one.b) for one in found} == {
        (second.id, first.id),
        (other.id, second.id),
        (third.id, second.id),
        (third.id, other.id),
    }


@given(st.lists(st.sampled_from(MANY), unique_by=lambda one: one.id), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_ties_keep_to_lineages_whatever_the_order(chosen: list[Counted], order: random.Random) -> None:
    groups = lineages(chosen)
    found = list(ties(chosen, groups))
    of = {one: group.id for group in groups for one in group.figures}
    when = {one.id: one.rendering.published for one in chosen}
    for one in found:
        assert (of[one.a] == of[one.b]) is (one.standing is not Standing.SCOPE)
        assert when[one.b] <= when[one.a]  # type: ignore[operator]
    shuffled = list(chosen)
    order.shuffle(shuffled)
    assert list(ties(shuffled, groups[::-1])) == found


def test_the_newest_number_of_a_source_is_not_its_former_one() -> None:
    before, after = figures("The force on the river rose from 80,000 to 95,000 soldiers", speaker="Halvik")
    anew = figure("There are 105,000 soldiers on the river", day=2, report="b", speaker="Halvik")
    lineage = Lineage("one", "soldiers", None, None, tuple(one.id for one in (before, after, anew)))
    made = [(one.b, one.standing) for one in ties([before, after, anew], [lineage]) if one.a == anew.id]
    assert made == [(after.id, Standing.REVISION)]


def test_one_is_set_against_so_many_sources_and_no_more() -> None:
    many = [figure(TOLL, day=4 + n / 100, report=f"r{n:03}", speaker=f"Speaker {n}") for n in range(MOST_SOURCES + 20)]
    lineage = Lineage("one", "people", None, None, tuple(one.id for one in many))
    last = [one for one in ties(many, [lineage]) if one.a == many[-1].id]
    assert [one.b for one in last] == [one.id for one in many[-2 : -2 - MOST_SOURCES : -1]]
