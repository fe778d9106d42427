"""How one utterance stands to another: tables of invented pairs."""

from __future__ import annotations

import pytest

from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind, Said
from onrecord.weighing.relations import relation
from tests.weighing.relations.invented import moved, said, told

ANNOUNCED = "Harvenia has begun to withdraw troops from its border with Olmira"
NO_SIGN = "patrols on the border had seen no sign of a withdrawal of Harvenian troops"


def kind(a: Said, b: Said) -> RelationKind | None:
    found = relation(a, b)
    return None if found is None else found.kind


CONTRADICTS = [
    (said(NO_SIGN, by="belvedy", negated=True, report="r", at=500), said(ANNOUNCED, by="ministry", report="r")),
    (said("We have not seen a single battalion leave", negated=True, days=2), said(ANNOUNCED, by="ministry")),
    (
        said("about 95,000 soldiers are within 60 km of the river", days=1),
        said("there were no more than 60,000 soldiers in its western district", by="ministry"),
    ),
    (
        said("monitors who inspected the waterworks found no sign of saboteurs", by="mission", negated=True, days=5),
        said("a group of saboteurs has crossed the river to the waterworks", by="bureau"),
    ),
    (
        said("Olmira shelled the bus depot in Zelvin itself", by="reshko"),
        said("the shells that hit the bus depot in Zelvin came from the eastern bank", by="drenko"),
    ),
]


@pytest.mark.parametrize(("a", "b"), CONTRADICTS)
def test_a_contradiction_is_found(a: Said, b: Said) -> None:
    assert kind(a, b) is RelationKind.CONTRADICTS


NO_CONTRADICTION = [
    # A demand can be answered; it is not contradicted.
    (said("Harvenia must withdraw its troops from the border", act=Act.DEMAND), said(ANNOUNCED, by="ministry")),
    (said("why Harvenia has not withdrawn its troops", act=Act.QUESTION), said(ANNOUNCED, by="ministry")),
    # Two days of one count.
    (
        said("the mission recorded 97 violations on Thursday", by="mission", days=4),
        said("the monitors recorded 41 violations on Sunday", by="lyss"),
    ),
    # A bound leaves room for the other number.
    (
        said("nine people were killed in the shelling of Zelvin", by="hospital"),
        said("at least seven people were killed in the shelling of Zelvin", by="drenko"),
    ),
    # Another place.
    (
        said("12 people were killed in an air strike on Ustrel", by="hospital"),
        said("30 people were killed in an air strike on Zelvin", by="drenko"),
    ),
    # One speaker's later number is a revision.
    (
        said("about 95,000 soldiers are within 60 km of the river", days=7),
        said("about 80,000 soldiers are within 60 km of the river"),
    ),
    # Both say no.
    (
        said("there was no sign of a withdrawal of Harvenian troops", by="oreshan", negated=True, days=1),
        said(NO_SIGN, by="belvedy", negated=True),
    ),
    (said("the bridge at Ustrel will be closed for repairs", by="drenko"), said(ANNOUNCED, by="ministry")),
]


@pytest.mark.parametrize(("a", "b"), NO_CONTRADICTION)
def test_what_can_both_be_so_is_no_contradiction(a: Said, b: Said) -> None:
    assert kind(a, b) is not RelationKind.CONTRADICTS


OTHERS = [
    (
        RelationKind.REVISES,
        said("about 95,000 soldiers are within 60 km of the river", days=7),
        said("about 80,000 soldiers are within 60 km of the river"),
    ),
    (
        RelationKind.REVISES,
        said("the figure of 80,000 soldiers had been too low", days=7),
        said("about 80,000 soldiers are within 60 km of the river"),
    ),
    (
        RelationKind.DENIES,
        said("That is untrue", by="rohm", act=Act.DENIAL, report="r", at=95),
        said("two mortar rounds were fired at them from the western bank on Friday night", by="council", report="r"),
    ),
    (
        RelationKind.DENIES,
        said("Not one Harvenian gun fired", by="reshko", act=Act.DENIAL, negated=True, report="r", at=300),
        said("The rounds were fired by the Harvenian army from the eastern bank", by="drenko", report="r"),
    ),
    (
        RelationKind.DENIES,
        said("any involvement", by="reshko", act=Act.DENIAL, report="r", at=300),
        said("The depot was shelled by the Harvenian army from the eastern bank", by="drenko", report="r"),
    ),
    (
        RelationKind.ANSWERS,
        said("I said could", report="r", at=40),
        said("Why should anybody believe you?", by=None, act=Act.QUESTION, report="r"),
    ),
    (
        RelationKind.NARROWS,
        said("it could not confirm any movement of Harvenian troops at the border", by="mission", negated=True),
        said(ANNOUNCED, by="ministry"),
    ),
    (
        RelationKind.REPEATS,
        said("Harvenia had begun to withdraw its troops from the border with Olmira", by="ministry", days=1),
        said(ANNOUNCED, by="ministry"),
    ),
]


@pytest.mark.parametrize(("wanted", "a", "b"), OTHERS)
def test_other_relations_are_found(wanted: RelationKind, a: Said, b: Said) -> None:
    found = relation(a, b)
    assert found is not None
    assert found.kind is wanted
    assert (found.a, found.b) == (a.utterance, b.utterance)
    assert found.passages == (a.fullest.passage, b.fullest.passage)


@pytest.mark.parametrize(("a", "b"), [*CONTRADICTS, *((a, b) for _, a, b in OTHERS)])
def test_a_relation_is_scored_and_said_in_plain_words(a: Said, b: Said) -> None:
    found = relation(a, b)
    assert found is not None
    assert 0.0 < found.score <= 1.0
    assert found.reasons
    for reason in found.reasons:
        assert "@" not in reason
        assert "score" not in reason
        assert "true" not in reason.replace("untrue", "")


def test_a_reason_quotes_what_stands_against_what() -> None:
    a, b = CONTRADICTS[0]
    found = relation(a, b)
    assert found is not None
    assert found.reasons == (f"“{NO_SIGN}”, against “{ANNOUNCED}”",)


def test_a_revision_says_both_numbers() -> None:
    _, a, b = OTHERS[0]
    found = relation(a, b)
    assert found is not None
    assert found.reasons == ("Halvik says about 95,000 soldiers where it was about 80,000 soldiers before",)


def test_who_denies_is_a_whichever_stands_first() -> None:
    accused = said("The rounds were fired by the Harvenian army from the eastern bank", by="drenko", report="r", at=200)
    denial = said("Not one Harvenian gun fired", by="reshko", act=Act.DENIAL, negated=True, report="r")
    found = relation(accused, denial)
    assert found is not None
    assert found.kind is RelationKind.DENIES
    assert (found.a, found.b) == (denial.utterance, accused.utterance)


def test_the_passages_of_one_report_are_set_beside_each_other() -> None:
    accused = told(
        [
            said(
                "two mortar rounds were fired at them from the western bank", by="council", days=1, report=name
            ).fullest
            for name in ("q", "r")
        ]
    )
    denial = said("That is untrue", by="rohm", act=Act.DENIAL, days=1, report="r", at=70)
    found = relation(denial, accused)
    assert found is not None
    assert found.kind is RelationKind.DENIES
    here = next(one for one in accused.renderings if one.report == "r")
    assert found.passages == (denial.fullest.passage, here.passage)


def test_figures_are_found_wherever_the_passage_stands() -> None:
    a = said("about 95,000 soldiers are within 60 km of the river", days=7)
    b = told([moved(said("about 80,000 soldiers are within 60 km of the river").fullest, 1234)])
    assert kind(a, b) is RelationKind.REVISES
