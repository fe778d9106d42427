"""What is held to be one act of speech, and the reasons given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.passages import Act
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Link, Rendering
from onrecord.language.vectors import shipped_vectors
from onrecord.linking.utterances.linking import links
from onrecord.linking.utterances.scoring import pair_score
from onrecord.linking.utterances.weights import ACCEPTED
from tests.linking.utterances.invented import said

BATTALION = "We have not seen a single battalion leave the barracks at Kortach"
COUNT = "The alliance now believes that about 95,000 soldiers stand within an hour of the river Ardra"


def linked(a: Rendering, b: Rendering) -> Link:
    """The pair with the meaning of its words, as linking weighs it."""
    one, other = shipped_vectors().vectors([a.words, b.words])
    return pair_score(a, b, float(one @ other))


SAME = {
    "the same words": (said(BATTALION, report="x"), said(BATTALION, report="y", days=1)),
    "house style": (
        said("“We’ll not leave the ports of Olmira,” she wrote", report="x"),
        said('"We\'ll not leave the ports of Olmira" she wrote', report="y"),
    ),
    "a piece": (
        said(BATTALION + ", and on the contrary more artillery is arriving every night by train"),
        said("more artillery is arriving every night by train"),
    ),
    "a slip in a figure": (said(COUNT), said(COUNT.replace("95,000", "59,000"), days=1)),
    "a figure in words": (
        said("there are 95,000 soldiers on the river"),
        said("95 thousand soldiers stand on the river"),
    ),
    "other order": (
        said("To the barracks not a single battalion has returned from Kortach"),
        said("Not a single battalion has returned to the barracks from Kortach"),
    ),
    "no speaker in one": (said(BATTALION, report="x"), said(BATTALION, report="y", actor=None)),
    "no speaker at all": (said(BATTALION, report="x", actor=None), said(BATTALION, report="y", actor=None)),
    "long quotation, other name": (
        said(COUNT + ", and " + BATTALION, report="x"),
        said(COUNT + ", and " + BATTALION, report="y", actor="drenko"),
    ),
}
OTHER = {
    "nothing shared": (said(BATTALION), said("The harvest of plums was poor and bread is dearer")),
    "a short piece": (
        said("to the region"),
        said("He said that ambassadors would return to the region after the elections in spring"),
    ),
    "one template, other day": (
        said("The mission recorded 41 violations on Monday"),
        said("The mission recorded 97 violations on Friday", days=4),
    ),
    "other figures, days later": (
        said("We counted 80,000 soldiers within an hour of the river"),
        said("We counted 95,000 soldiers within an hour of the river", days=3),
    ),
    "two speakers": (said("We will bury our dead", report="x"), said("We will bury our dead", actor="oreshan")),
    "a word": (said("it", report="x"), said("it", report="y")),
    "parts of one statement": (
        said(BATTALION, passage="1", statement="s", report="r"),
        said(BATTALION, passage="2", statement="s", report="r"),
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_one_act_of_speech(name: str) -> None:
    assert linked(*SAME[name]).score >= ACCEPTED, linked(*SAME[name])


@pytest.mark.parametrize("name", OTHER)
def test_two_acts_of_speech(name: str) -> None:
    assert linked(*OTHER[name]).score < ACCEPTED, linked(*OTHER[name])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("the same words", "same speaker, Halvik"),
        ("the same words", "the same words"),
        ("a piece", "one is a piece of the other"),
        ("a slip in a figure", "against: one says 59,000 and the other 95,000"),
        ("a figure in words", "same figure, 95,000"),
        ("other order", "shares the rare words “kortach”, “barracks”, “battalion”"),
        ("no speaker in one", "against: one speaker is not known"),
        ("no speaker at all", "against: the speakers are not known"),
        ("long quotation, other name", "against: one has it from Halvik and the other from Drenko"),
    ],
)
def test_reasons(name: str, reason: str) -> None:
    found = linked(*SAME[name]).reasons
    assert reason in found


def test_a_question_is_less_likely_the_claim() -> None:
    claim = said("The battalions have left Kortach for the barracks")
    question = said("Have the battalions left Kortach for the barracks?", act=Act.QUESTION)
    assert linked(claim, question).score < linked(claim, replace(question, act=Act.CLAIM)).score


def test_reasons_against() -> None:
    a = said("They will come before Monday with the artillery", negated=True)
    b = said("Will they come before Monday with the artillery?", act=Act.QUESTION, days=5)
    assert {
        "against: one says that it is not so",
        "against: one asks and the other does not",
        "against: published 5 days apart",
    } <= set(pair_score(a, b).reasons)


def test_what_stands_around_helps() -> None:
    bare = [said("I said could", report="x"), said("I said could", report="y")]
    around = "Asked about his February warning, he laughed: I said could. I would be happy to be wrong every month"
    assert linked(*bare).score < linked(*(replace(one, context=around) for one in bare)).score


def test_characters_inside_each_other_are_never_two_renderings() -> None:
    outer = said(BATTALION, passage="1", report="r", statement="s")
    inner = replace(said(BATTALION[:40], passage="2", report="r", statement="t"), span=Span(0, 40))
    assert linked(outer, inner).score == 0.0


texts = st.one_of(
    st.text(max_size=80),
    st.text("0123456789.,% ", max_size=60),
    st.text("“”\"'’«».,;:!?-–— ", max_size=60),
    st.lists(st.sampled_from(BATTALION.split() + COUNT.split()), max_size=25).map(" ".join),
)


@given(texts, texts, st.sampled_from([None, "halvik", "drenko"]), st.sampled_from([None, 0.0, 3.0, 40.0]))
def test_any_text_either_way_round(one: str, other: str, actor: str | None, days: float | None) -> None:
    a, b = said(one, passage="a", report="x"), said(other, passage="b", report="y", actor=actor, days=days)
    found = linked(a, b)
    assert found == linked(b, a)
    assert (found.a, found.b) == ("a", "b")
    assert 0.0 <= found.score <= 1.0
    assert list(links([a, b])) == list(links([b, a]))
