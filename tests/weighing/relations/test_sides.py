"""What of a passage is compared: its stance, its topic, its parties, its counts."""

from __future__ import annotations

import re
from typing import cast

import pytest

from onrecord.domain.passages import Act
from onrecord.weighing.relations.counts import Standing, compared
from onrecord.weighing.relations.parties import of_one_name, party_of
from onrecord.weighing.relations.sides import Stance, side_of
from tests.weighing.relations.invented import said


@pytest.mark.parametrize(
    ("words", "act", "negated", "wanted"),
    [
        ("there was no sign of a withdrawal", Act.CLAIM, True, Stance.ABSENT),
        ("we haven’t seen any signs of withdrawal", Act.CLAIM, True, Stance.ABSENT),
        ("Nothing has moved except the snow", Act.CLAIM, True, Stance.ABSENT),
        ("none of its members had reported troops leaving", Act.CLAIM, True, Stance.ABSENT),
        ("the withdrawal has not happened", Act.CLAIM, False, Stance.ABSENT),
        ("it could not confirm any movement", Act.CLAIM, True, Stance.UNSURE),
        ("the mission has not been able to verify the report", Act.CLAIM, True, Stance.UNSURE),
        ("it was too early to say who had fired them", Act.CLAIM, True, Stance.UNSURE),
        ("any involvement", Act.DENIAL, False, Stance.DENIED),
        ("the guns will not stay", Act.COMMITMENT, True, Stance.NEGATED),
        ("it has no more than 60,000 servicemen", Act.CLAIM, False, Stance.SAID),
        ("Harvenia has begun to withdraw", Act.CLAIM, False, Stance.SAID),
    ],
)
def test_stance(words: str, act: Act, negated: bool, wanted: Stance) -> None:
    assert side_of(said(words, act=act, negated=negated).fullest).stance is wanted


@pytest.mark.parametrize(
    ("words", "happened"),
    [
        ("the brigades have left the river", True),
        ("the brigades had begun to withdraw", True),
        ("they pulled their guns back on Monday", True),
        ("the brigades will leave on Monday", False),
        ("he ordered the brigades to leave", False),
        ("the shelling was meant to stop a withdrawal", False),
    ],
)
def test_what_is_said_to_have_come_about(words: str, happened: bool) -> None:
    assert ("@leave" in side_of(said(words).fullest).happened) is happened


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ("seven people were killed", "nine people were killed", Standing.APART),
        ("at least seven people were killed", "nine people were killed", Standing.LOOSER),
        ("nine people were killed", "9 people died", Standing.SAME),
        ("about 95,000 soldiers", "no more than 60,000 servicemen", Standing.APART),
        ("about 95,000 soldiers", "about 97,000 soldiers", Standing.SAME),
        ("nine people were killed", "nine people were wounded", None),
        ("12 soldiers have left", "12 trains have left", None),
        ("20 percent of the grain", "20 ships", None),
    ],
)
def test_how_two_counts_stand(a: str, b: str, wanted: Standing | None) -> None:
    (one,), (other,) = side_of(said(a).fullest).counts[:1], side_of(said(b).fullest).counts[:1]
    assert compared(one, other) is wanted
    assert compared(other, one) is wanted


@pytest.mark.parametrize(
    ("actor", "name", "wanted"),
    [
        ("state:ru", "the Kremlin", "ru"),
        ("organisation:de-economy-ministry", "Economy Ministry", "de"),
        (None, "a White House official", "us"),
        (None, "Harvenia’s foreign ministry", "harvenia"),
        (None, "the Syrian opposition", None),
        (None, "the war monitor", "monitor"),
        (None, "Ida Holm", None),
        (None, None, None),
    ],
)
def test_party(actor: str | None, name: str | None, wanted: str | None) -> None:
    assert party_of(actor, name) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Ceasefire Observation Mission", "the Observation Mission", True),
        ("Halvik", "Joren Halvik", True),
        ("Joren Halvik", "Joren Holm", False),
        ("the minister", "the spokesman", False),
        (None, "Halvik", False),
    ],
)
def test_names_of_one_speaker(one: str | None, other: str | None, wanted: bool) -> None:
    assert of_one_name(one, other) is wanted


def test_a_pattern_is_looked_for_once_in_a_passage() -> None:
    looked: list[str] = []

    class Counted:
        pattern = "a pattern of this test"

        def search(self, text: str) -> object:
            looked.append(text)
            return text

    side = side_of(said("the brigades have left the bridge").fullest)
    assert [side.has(cast("re.Pattern[str]", Counted())) for _ in range(3)] == [True] * 3
    assert looked == ["the brigades have left the bridge"]
