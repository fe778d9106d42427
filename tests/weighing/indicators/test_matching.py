"""Which utterances and figures an indicator counts, and what it says of why."""

from __future__ import annotations

import pytest

from onrecord.domain.figures import Counted
from onrecord.domain.indicators import Indicator, Unit
from onrecord.domain.passages import Act, Bound
from onrecord.domain.relations import Said
from onrecord.weighing.indicators import matches
from onrecord.weighing.indicators.matching import counts
from tests.weighing.indicators.invented import figure, rendering, said

HALVIK = said(
    rendering("Harvenia began the withdrawal of its brigades from the Ardra", speaker="Joren Halvik", act=Act.WARNING),
    actor="actor:halvik",
    name="Joren Halvik",
)


@pytest.mark.parametrize(
    ("indicator", "why"),
    [
        (Indicator("a", words=("withdraw*",)), "says “withdrawal”"),
        (Indicator("a", words=("withdrew",)), None),
        (Indicator("a", words=("withdrawals",)), "says “withdrawal”"),
        (Indicator("a", words=("draw*",)), None),
        (Indicator("a", words=("army", "its brigade")), "says “its brigades”"),
        (Indicator("a", words=("brigades its",)), None),
        (Indicator("a", words=("BRIGADES",)), "says “brigades”"),
        (Indicator("a", acts=(Act.WARNING,)), "is a warning"),
        (Indicator("a", acts=(Act.CLAIM,)), None),
        (Indicator("a", actors=("Halvik",)), "said by Joren Halvik"),
        (Indicator("a", actors=("actor:halvik",)), "said by Joren Halvik"),
        (Indicator("a", actors=("Halvik Joren",)), None),
        (Indicator("a", places=("Ardra",)), "names Ardra"),
        (Indicator("a", places=("Zelvin",)), None),
        (
            Indicator("a", words=("withdraw*",), acts=(Act.WARNING,), actors=("Halvik",), places=("Ardra",)),
            "says “withdrawal”; names Ardra; is a warning; said by Joren Halvik",
        ),
        (Indicator("a", words=("withdraw*",), actors=("Tormann",)), None),
        (Indicator("a", words=("withdraw*",), acts=(Act.DENIAL,)), None),
    ],
)
def test_all_that_is_asked_must_be_there(indicator: Indicator, why: str | None) -> None:
    assert matches(indicator, HALVIK) == why


def test_a_shorter_wording_counts_where_the_fullest_does_not() -> None:
    told = said(rendering("they are going back over the river to where they came from"), rendering("they withdraw"))
    assert matches(Indicator("a", words=("withdraw*",)), told) == "says “withdraw”"


def test_conditions_of_one_wording_are_not_filled_by_another() -> None:
    told = said(
        rendering("the army will withdraw soon, he said", act=Act.COMMITMENT), rendering("Zelvin stays", act=Act.CLAIM)
    )
    assert matches(Indicator("a", words=("withdraw*",), places=("Zelvin",)), told) is None


def test_where_speakers_are_asked_for_an_unknown_one_is_not_counted() -> None:
    assert matches(Indicator("a", words=("withdraw*",), actors=("Halvik",)), said(rendering("they withdraw"))) is None


MEANING = Indicator("a", examples=("The soldiers are going home from the border.",), likeness=0.6)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            "The army is pulling back from the border",
            "means about the same as “The soldiers are going home from the border.”",
        ),
        ("Bread is dearer in the capital.", None),
        ("", None),
    ],
)
def test_what_means_about_the_same_counts(words: str, why: str | None) -> None:
    assert matches(MEANING, said(rendering(words))) == why


def test_words_or_meaning_is_enough() -> None:
    either = Indicator("a", words=("bread",), examples=MEANING.examples, likeness=0.6)
    assert matches(either, said(rendering("Bread is dearer in the capital."))) == "says “bread”"
    assert matches(either, said(rendering("The army is pulling back from the border"))) is not None


def test_order_of_wordings_is_no_matter() -> None:
    one, two = rendering("a withdrawal", at=1, report="r1"), rendering("withdrawn", at=1, report="r2")
    a = Said("u", one, (one, two))
    b = Said("u", one, (two, one))
    assert matches(Indicator("a", words=("withdraw*",)), a) == matches(Indicator("a", words=("withdraw*",)), b)


VIOLATIONS = Indicator("v", Unit.FIGURE, counted=("violation*",))
BARE = Indicator("v", Unit.FIGURE, counted=("violation*",), actors=("mission",), bare=True)


@pytest.mark.parametrize(
    ("indicator", "given", "counted"),
    [
        (VIOLATIONS, figure(41, 0), True),
        (VIOLATIONS, figure(41, 0, words="ceasefire violations"), True),
        (VIOLATIONS, figure(41, 0, words="explosions"), False),
        (VIOLATIONS, figure(41, 0, bound=Bound.ABOUT), True),
        (VIOLATIONS, figure(41, 0, bound=Bound.AT_LEAST), False),
        (VIOLATIONS, figure(None, 0, bound=Bound.BETWEEN), False),
        (VIOLATIONS, figure(200, 9, act=Act.PREDICTION), False),
        (VIOLATIONS, figure(200, 9, conditional=True), False),
        (
            Indicator("v", Unit.FIGURE, counted=("violation*",), acts=(Act.PREDICTION,)),
            figure(200, 9, act=Act.PREDICTION),
            True,
        ),
        (Indicator("v", Unit.FIGURE, counted=("violation*",), actors=("mission",)), figure(41, 0), True),
        (Indicator("v", Unit.FIGURE, counted=("violation*",), actors=("mission",)), figure(41, 0, speaker=None), False),
        (
            Indicator("v", Unit.FIGURE, counted=("violation*",), places=("Zelvin",)),
            figure(41, 0, place="near Zelvin"),
            True,
        ),
        (
            Indicator("v", Unit.FIGURE, counted=("violation*",), places=("Zelvin",)),
            figure(41, 0, place="Dolny Vesk"),
            False,
        ),
        (VIOLATIONS, figure(41, 0, words=""), False),
        (BARE, figure(41, 0, words=""), True),
        (BARE, figure(41, 0, words="explosions"), False),
        (BARE, figure(41, 0, words="", speaker="Anton Reshko"), False),
    ],
)
def test_a_figure_counts_when_it_is_a_number_of_what_was_counted(
    indicator: Indicator, given: Counted, counted: bool
) -> None:
    assert counts(indicator, given) is counted
