"""What later passages say of an entry."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.docket import Bearing, Entry, Evidence
from onrecord.domain.passages import Act
from onrecord.domain.relations import Said
from onrecord.weighing.docket import Later, best, entry, evidence
from onrecord.weighing.docket.gathering import OWN, OWN_WORD, PART, UNKNOWN, bearing
from tests.weighing.docket.invented import told

WITHDRAWAL = told("Harvenia will withdraw its brigades from the river Ardra by Sunday", Act.COMMITMENT)
FORECAST = told("The brigades will cross the Ardra before Monday", Act.PREDICTION, actor="belvedy")
BATTERIES = told("Four air defence batteries will be in Olmira by March 14", Act.COMMITMENT)
SILENCE = told("We will not fire on the villages across the Ardra", Act.COMMITMENT)


def entered(its: Said) -> Entry:
    made = entry(its)
    assert made is not None
    return made


def of(its: Said, *later: Said) -> list[Evidence]:
    return list(evidence(entered(its), its, Later(later)))


@pytest.mark.parametrize(
    ("its", "words", "act", "actor", "bearing"),
    [
        (
            WITHDRAWAL,
            "the withdrawal of the brigades from the Ardra has been completed",
            Act.CLAIM,
            "lyss",
            Bearing.FOR,
        ),
        (WITHDRAWAL, "The order has been carried out to the last man", Act.CLAIM, "halvik", Bearing.FOR),
        (WITHDRAWAL, "there was no sign of a withdrawal from the Ardra", Act.CLAIM, "lyss", Bearing.AGAINST),
        (WITHDRAWAL, "not one of the brigades has left the Ardra", Act.CLAIM, "lyss", Bearing.AGAINST),
        (WITHDRAWAL, "the withdrawal of the brigades was put off", Act.CLAIM, "lyss", Bearing.WITHDRAWS),
        (WITHDRAWAL, "our brigades will stay on the river Ardra", Act.COMMITMENT, "halvik", Bearing.AGAINST),
        (FORECAST, "I was wrong about the day", Act.OPINION, "belvedy", Bearing.WITHDRAWS),
        (BATTERIES, "Two of four air defence batteries became operational in Olmira", Act.CLAIM, "lyss", Bearing.FOR),
        (SILENCE, "two rounds were fired on the villages across the Ardra", Act.CLAIM, "lyss", Bearing.AGAINST),
        (SILENCE, "there was no fire on the villages across the Ardra", Act.CLAIM, "lyss", Bearing.FOR),
    ],
)
def test_done_not_done_and_taken_back(its: Said, words: str, act: Act, actor: str, bearing: Bearing) -> None:
    (found,) = of(its, told(words, act, days=8, actor=actor))
    assert found.bearing is bearing
    assert found.entry == its.utterance


@pytest.mark.parametrize(
    ("its", "words", "act", "actor"),
    [
        (WITHDRAWAL, "the bread has become dearer in Strell", Act.CLAIM, "lyss"),
        (WITHDRAWAL, "The order has been carried out to the last man", Act.CLAIM, "drenko"),
        (WITHDRAWAL, "she could not confirm a withdrawal of brigades from the Ardra", Act.CLAIM, "lyss"),
        (WITHDRAWAL, "the brigades will be withdrawn from the Ardra", Act.CLAIM, "lyss"),
        (WITHDRAWAL, "has the withdrawal of the brigades been completed?", Act.QUESTION, "lyss"),
        (FORECAST, "I was wrong about the day", Act.OPINION, "halvik"),
        (BATTERIES, "A market was opened in Olmira", Act.CLAIM, "lyss"),
    ],
)
def test_what_says_nothing_of_it_is_no_evidence(its: Said, words: str, act: Act, actor: str) -> None:
    assert of(its, told(words, act, days=8, actor=actor)) == []


def test_what_somebody_says_of_his_own_promise_counts_for_less() -> None:
    words = "the withdrawal of the brigades from the river Ardra has been completed"
    (own,) = of(WITHDRAWAL, told(words, days=8))
    (other,) = of(WITHDRAWAL, told(words, days=8, actor="lyss"))
    assert own.score <= OWN_WORD < other.score
    assert OWN in own.reasons
    assert OWN not in other.reasons


@pytest.mark.parametrize(("promised", "teller"), [("halvik", None), (None, "lyss"), (None, None)])
def test_who_is_not_known_is_not_shown_to_be_another(promised: str | None, teller: str | None) -> None:
    its = told("Harvenia will withdraw its brigades from the river Ardra by Sunday", Act.COMMITMENT, actor=promised)
    (found,) = of(its, told("the withdrawal of the brigades has been completed", days=8, actor=teller))
    assert found.score <= OWN_WORD
    assert UNKNOWN in found.reasons


@pytest.mark.parametrize(
    ("bound", "teller", "own"),
    [("Harvenia", "harvenia", True), ("Harvenia", "harvenia's ministry", True), ("Harvenia", "lyss", False)],
)
def test_of_a_demand_the_one_addressed_is_bound(bound: str, teller: str, own: bool) -> None:
    its = told(f"{bound} must withdraw its brigades from the river Ardra by Sunday", Act.DEMAND)
    (found,) = of(its, told("the withdrawal of the brigades has been completed", days=8, actor=teller))
    assert (OWN in found.reasons) is own


def test_a_part_is_told_to_be_one() -> None:
    (found,) = of(
        BATTERIES, told("Two of four air defence batteries became operational in Olmira", days=6, actor="lyss")
    )
    assert PART in found.reasons


def test_that_it_is_not_done_says_less_before_the_day() -> None:
    words = "there was no sign of a withdrawal of brigades from the Ardra"
    (early,) = of(WITHDRAWAL, told(words, days=1, actor="lyss"))
    (late,) = of(WITHDRAWAL, told(words, days=8, actor="lyss"))
    assert early.score < late.score


@pytest.mark.parametrize("days", [None, -1.0, 0.0])
def test_what_was_said_no_later_is_no_evidence(days: float | None) -> None:
    assert of(WITHDRAWAL, told("there was no sign of a withdrawal from the Ardra", days=days, actor="lyss")) == []


def test_an_entry_of_no_day_has_no_evidence() -> None:
    its = told("Harvenia will withdraw its brigades from the river Ardra", Act.COMMITMENT, days=None)
    assert of(its, told("there was no sign of a withdrawal from the Ardra", days=8, actor="lyss")) == []


LATER = st.lists(
    st.builds(
        told,
        st.sampled_from(
            [
                "the withdrawal of the brigades from the Ardra has been completed",
                "there was no sign of a withdrawal from the Ardra",
                "I was wrong about the day",
                "the brigades have left the river Ardra",
                "our brigades will stay on the river Ardra",
                "the bread has become dearer",
            ]
        ),
        st.sampled_from([Act.CLAIM, Act.OPINION, Act.COMMITMENT]),
        days=st.sampled_from([None, -3.0, 0.0, 0.5, 2.0, 9.0]),
        actor=st.sampled_from(["halvik", "lyss", None]),
    ),
    max_size=8,
    unique_by=lambda one: one.utterance,
)


@given(LATER, st.randoms(), st.integers(0, 8))
def test_neither_order_nor_parts_make_a_difference(later: list[Said], random: Random, cut: int) -> None:
    made = entered(WITHDRAWAL)
    whole = list(evidence(made, WITHDRAWAL, Later(later)))
    shuffled = list(later)
    random.shuffle(shuffled)
    assert list(evidence(made, WITHDRAWAL, Later(shuffled))) == whole
    parts = [*evidence(made, WITHDRAWAL, Later(later[:cut])), *evidence(made, WITHDRAWAL, Later(later[cut:]))]
    assert best(parts, len(later)) == whole
    dates = {one.utterance: one.first for one in later}
    for one in whole:
        first = dates[one.utterance]
        assert first is not None
        assert WITHDRAWAL.first is not None
        assert first > WITHDRAWAL.first
        assert 0 < one.score <= 1


@given(st.lists(st.tuples(LATER, st.sets(st.integers(0, 7))), max_size=5))
def test_what_goes_on_finds_what_is_made_anew(steps: list[tuple[list[Said], set[int]]]) -> None:
    later = Later()
    held: dict[str, Said] = {}
    for more, fewer in steps:
        held = {name: one for place, (name, one) in enumerate(held.items()) if place not in fewer}
        later.keep(held.keys())
        later.add(more)
        held |= {one.utterance: one for one in more}
        for its in (WITHDRAWAL, FORECAST, BATTERIES, SILENCE):
            made = entered(its)
            assert list(evidence(made, its, later)) == list(evidence(made, its, Later(held.values())))


def test_what_is_filed_again_is_no_longer_what_it_was() -> None:
    done = told("the withdrawal of the brigades from the Ardra has been completed", Act.CLAIM, days=8, actor="lyss")
    other = told("the harvest festival was well attended", Act.CLAIM, days=8, actor="lyss")
    later = Later([done])
    assert list(evidence(entered(WITHDRAWAL), WITHDRAWAL, later))
    later.add([replace(done, fullest=other.fullest, renderings=other.renderings)])
    assert not list(evidence(entered(WITHDRAWAL), WITHDRAWAL, later))


@pytest.mark.parametrize("its", [WITHDRAWAL, FORECAST, BATTERIES, SILENCE])
@given(LATER)
def test_whatever_bears_on_an_entry_is_found(its: Said, later: list[Said]) -> None:
    made = entered(its)
    each = {
        one.utterance: found
        for one in later
        if one.first is not None and its.first is not None and one.first > its.first
        if (found := bearing(made, its, one)) is not None
    }
    assert {one.utterance: one for one in evidence(made, its, Later(later))} == each
