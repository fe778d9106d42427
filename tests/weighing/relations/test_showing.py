"""Which relations are shown for pairs that nobody chose: tables of invented pairs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind, Said
from onrecord.weighing.relations import relation, relations
from onrecord.weighing.relations.sides import side_of
from tests.weighing.relations.invented import said

ANNOUNCED = "Harvenia has begun to withdraw troops from its border with Olmira"


def shown(*of: Said) -> list[RelationKind]:
    return [one.kind for one in relations(of)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            said("patrols had seen no sign of a withdrawal of troops", by="belvedy", negated=True, report="r", at=400),
            said(ANNOUNCED, by="ministry", report="r"),
        ),
        (
            said("We have not seen a single battalion leave", negated=True, days=2),
            said(ANNOUNCED, by="ministry"),
        ),
        (
            said(
                "monitors who inspected the waterworks found no sign of saboteurs", by="mission", negated=True, days=5
            ),
            said("a group of saboteurs has crossed the river to the waterworks", by="bureau"),
        ),
    ],
)
def test_a_clear_contradiction_is_shown(a: Said, b: Said) -> None:
    assert shown(a, b) == [RelationKind.CONTRADICTS]


NOT_SHOWN = [
    # What ought not to be is not absent.
    (
        said("an attack with gas on Zelvin cannot be tolerated", by="holm", negated=True, days=1),
        said("the attack on Zelvin was carried out with gas by aircraft", by="drenko"),
    ),
    # Two tolls of two places.
    (
        said("four people were killed by a bomb in Ustrel", by="hospital", report="r", at=2_500),
        said("ten people were killed in an air strike east of Zelvin", by="drenko", report="r"),
    ),
    # What was not even tried is no absence of what another did.
    (
        said("the army did not attempt to shoot down the missile over Olmira", by="rohm", negated=True, days=1),
        said("the missile that was fired from Harvenia flew over Olmira", by="haszek"),
    ),
    # Two numbers that are one number rounded.
    (
        said("about 59,400 soldiers are within 60 km of the river", by="courier", days=1),
        said("there are 60,000 soldiers within 60 km of the river", by="ministry"),
    ),
    # One number is the sum of the other's.
    (
        said("the names of all 18 people who were killed in Zelvin are known", by="council", report="r", at=200),
        said("15 people were killed in Zelvin but three more people died of their wounds", by="drenko", report="r"),
    ),
    # "Not far from" says that something is so.
    (
        said("the shelling was heard in Ustrel, not far from the bridge of Zelvin", by="holm", negated=True, days=1),
        said("the bridge of Zelvin was hit in the shelling", by="drenko"),
    ),
]


@pytest.mark.parametrize(("a", "b"), NOT_SHOWN)
def test_what_only_looks_like_a_contradiction_is_not_shown(a: Said, b: Said) -> None:
    assert RelationKind.CONTRADICTS not in shown(a, b)


def test_what_is_shown_is_a_part_of_what_is_told_of_a_pair() -> None:
    for a, b in NOT_SHOWN:
        told = relation(a, b)
        assert shown(a, b) in ([], [] if told is None else [told.kind])


@pytest.mark.parametrize(
    ("cue", "wanted"),
    [
        ("has denied", {"denies"}),
        ("declined to say", {"declines"}),
        ("repeated", {"repeats"}),
        ("asked", {"asks"}),
        ("shot back", {"replies"}),
        ("later clarified", {"mends"}),
        ("said", set()),
        ("", set()),
    ],
)
def test_what_a_cue_tells(cue: str, wanted: set[str]) -> None:
    rendering = replace(said(ANNOUNCED).fullest, cue=cue)
    assert side_of(rendering).cues == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("no unit had opened fire and rebels had shelled the depot", {"@open", "@attack"}),
        ("there was no sign of a withdrawal, but the shelling went on", {"@leave"}),
        ("the brigades have left and nobody was killed", {"@kill"}),
    ],
)
def test_a_negation_reaches_as_far_as_its_clause(words: str, wanted: set[str]) -> None:
    assert side_of(said(words, act=Act.CLAIM, negated=True).fullest).negated == wanted
