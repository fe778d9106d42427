"""Which utterances are entries, who is bound, on what condition, and what would count as met."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.docket import FORWARD
from onrecord.domain.passages import Act
from onrecord.domain.relations import Said
from onrecord.weighing.docket import entry
from onrecord.weighing.docket.ahead import chance
from onrecord.weighing.docket.cues import cue_signs
from tests.weighing.docket.invented import rendering, said, told

ENTERED = [
    ("Four air defence batteries would be in Olmira by March 14", Act.PREDICTION, Act.PREDICTION),
    ("The last ferry will leave on Sunday", Act.CLAIM, Act.PREDICTION),
    ("We will publish the proof not later than 12 March", Act.CLAIM, Act.COMMITMENT),
    ("to keep two boats running to Tolvesk", Act.COMMITMENT, Act.COMMITMENT),
    ("Olmira withdraw its guns from the bank within seventy-two hours", Act.DEMAND, Act.DEMAND),
    ("If Harvenia crosses the river, it will find the ports closed", Act.WARNING, Act.WARNING),
    ("the number of dead will rise", Act.PREDICTION, Act.PREDICTION),
]
NOT_ENTERED = [
    ("The ferry left on Sunday", Act.CLAIM),
    ("Harvenia has never attacked anyone", Act.DENIAL),
    ("Will the ferry leave on Sunday?", Act.QUESTION),
    ("The army would have crossed the river last year", Act.CLAIM),
    ("I would be happy to be wrong every month", Act.OPINION),
    ("When I was a child we would often swim here", Act.CLAIM),
    ("We could see the bridges from the tower", Act.CLAIM),
    ("nothing", Act.COMMITMENT),
    ("", Act.PREDICTION),
]


@pytest.mark.parametrize(("words", "read", "act"), ENTERED, ids=[row[0] for row in ENTERED])
def test_what_binds_or_foretells_is_entered(words: str, read: Act, act: Act) -> None:
    made = entry(told(words, read))
    assert made is not None
    assert made.act is act
    assert words.rstrip(".") in made.rule or (made.condition is not None and made.condition in words)


@pytest.mark.parametrize(("words", "read"), NOT_ENTERED, ids=[row[0] or "no words" for row in NOT_ENTERED])
def test_what_is_told_asked_or_wished_is_not(words: str, read: Act) -> None:
    assert entry(told(words, read)) is None


@pytest.mark.parametrize(
    ("words", "bears", "bears_not"),
    [
        ("to keep two boats running to Tolvesk", "promised", "refused"),
        ("an end to the shelling of Sorvat", "demanded", "praised"),
        ("the last ferry would leave", "predicted", "denied"),
        ("to leave the bank of the Ardra", "called on Harvenia", "is said to have wanted"),
    ],
)
def test_the_cue_decides_where_the_words_do_not(words: str, bears: str, bears_not: str) -> None:
    assert chance(rendering(words, cue=bears), False) > 0.2 + chance(rendering(words, cue=bears_not), False)


@pytest.mark.parametrize(
    ("cue", "kinds"),
    [
        ("has promised", {"undertakes"}),
        ("called on", {"demands"}),
        ("called", {"judges"}),
        ("declined", {"refuses"}),
        ("has not denied", {"denies", "negated"}),
        ("asked for", {"demands"}),
        ("asked", {"asks"}),
        ("Warned", {"warns"}),
        ("", set()),
    ],
)
def test_the_kinds_of_a_cue(cue: str, kinds: set[str]) -> None:
    told_of = {name for name, holds in cue_signs(cue, infinitive=False, no_verb=False).items() if holds}
    assert told_of == {f"cue {kind}" for kind in kinds}


@pytest.mark.parametrize(
    ("words", "act", "bound"),
    [
        ("Harvenia to let observers count the trains", Act.DEMAND, "Harvenia"),
        ("We call on Harvenia to take back its guns", Act.DEMAND, "Harvenia"),
        ("Olmira must declare the treaty void by Monday", Act.DEMAND, "Olmira"),
        ("the government declare the treaty void by Monday", Act.DEMAND, "the government"),
        ("to leave the bank by Monday", Act.DEMAND, None),
        ("Four batteries will be in Olmira by March 14", Act.COMMITMENT, "Halvik"),
        ("I will be there on the 14th", Act.COMMITMENT, "Halvik"),
        ("The water will pass the mark by Monday", Act.PREDICTION, "The water"),
        ("They will cross the river before Monday", Act.PREDICTION, None),
        ("she feared the water would pass the mark by Monday", Act.PREDICTION, "the water"),
        ("If the lorries come, the people of Sorvat will guard the plant", Act.WARNING, "the people of Sorvat"),
    ],
)
def test_who_is_bound(words: str, act: Act, bound: str | None) -> None:
    made = entry(told(words, act))
    assert made is not None
    assert made.bound == bound


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("If Harvenia crosses the river, it will find the ports closed", "If Harvenia crosses the river"),
        ("there would be an answer if the shelling went on", "if the shelling went on"),
        ("it will pass 200 by the weekend unless clear orders are given", "unless clear orders are given"),
        ("the last ferry will leave on Sunday", None),
    ],
)
def test_the_condition_is_the_words_of_the_if(words: str, condition: str | None) -> None:
    made = entry(told(words, Act.WARNING))
    assert made is not None
    assert made.condition == condition
    assert (condition is None) != ("Counts only" in made.rule)


def test_a_condition_beside_the_passage_is_found_in_what_stands_around() -> None:
    whole = "If the guns fire again, we will close the ports on Monday"
    passage = rendering("we will close the ports on Monday", Act.COMMITMENT, conditional=True, context=whole)
    made = entry(said(passage))
    assert made is not None
    assert made.condition == "If the guns fire again"


def test_the_rule_quotes_the_passage_and_says_the_day() -> None:
    made = entry(told("Four batteries will be in Olmira by March 14", Act.COMMITMENT))
    assert made is not None
    assert made.rule == ("Met when this comes about: “Four batteries will be in Olmira by March 14”, by 14 March 2031.")


def test_the_rule_of_a_promise_not_to_do_something_is_that_it_held() -> None:
    made = entry(said(rendering("we will not shoot back tonight", Act.COMMITMENT, negated=True)))
    assert made is not None
    assert made.rule == "Met when this has held: “we will not shoot back tonight”, by 5 March 2031."


def test_another_wording_is_asked_where_the_fullest_binds_nobody() -> None:
    bare = rendering("the withdrawal of the brigade from the river Ardra", Act.CLAIM)
    promise = rendering("The brigade will withdraw by Sunday", Act.COMMITMENT, days=1)
    made = entry(said(bare, promise))
    assert made is not None
    assert made.passage == promise.passage
    assert made.utterance == f"u:{bare.passage}"


def test_most_wordings_decide_on_the_day() -> None:
    machine = rendering("to publish the whole of the proof before of the 12 of March", Act.COMMITMENT)
    others = [
        rendering("we will publish it not later than 12 March", Act.COMMITMENT),
        rendering("they would publish it by Wednesday 12 March", Act.COMMITMENT, days=1),
    ]
    made = entry(said(machine, *others))
    assert made is not None
    assert made.end is not None
    assert (made.end.month, made.end.day) == (3, 13)
    assert "other wordings state other days" in " ".join(made.reasons)


WORDS = st.lists(
    st.sampled_from(
        "we they Harvenia will would must not withdraw send by before Sunday Monday March 14 if unless the guns , to "
        "within 72 hours “ ” have been every called on".split()
    ),
    max_size=25,
).map(" ".join)


@given(st.lists(st.tuples(WORDS, st.sampled_from(list(Act))), min_size=1, max_size=4, unique=True), st.randoms())
def test_the_order_of_the_other_wordings_is_no_matter(wordings: list[tuple[str, Act]], random: Random) -> None:
    made = [rendering(words, act, days=number) for number, (words, act) in enumerate(wordings)]
    shuffled = list(made)
    random.shuffle(shuffled)
    first = said(*made)
    second = Said(first.utterance, first.fullest, tuple(shuffled), first.actor, first.name, (), first.first, first.last)
    assert entry(first) == entry(second) == entry(first)


@given(st.text(max_size=300), st.sampled_from(list(Act)))
def test_any_text_can_be_asked(words: str, act: Act) -> None:
    made = entry(told(words, act))
    if made is not None:
        assert made.act in FORWARD
        assert made.rule.startswith("Met when")
        assert made.start is None or made.end is None or made.start < made.end
