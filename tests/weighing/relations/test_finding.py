"""All relations of some utterances: the same ones in any order, in any parts, and none that a pair alone would not have."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind, Said
from onrecord.weighing.relations import WINDOW, relation, relations
from onrecord.weighing.relations.candidates import Index
from onrecord.weighing.relations.evidence import Evidence, evidence
from onrecord.weighing.relations.finding import in_order
from onrecord.weighing.relations.sides import side_of
from tests.weighing.relations.invented import said

CRISIS = [
    said("Harvenia has begun to withdraw troops from its border with Olmira", by="ministry", report="a"),
    said("patrols had seen no sign of a withdrawal of troops", by="belvedy", negated=True, report="a", at=400),
    said("Harvenia had massed about 80,000 soldiers within 60 km of the river", report="a", at=700),
    said("there were no more than 60,000 soldiers in its western district", by="ministry", report="a", at=800),
    said("about 95,000 soldiers are within 60 km of the river", days=7, report="b"),
    said("We have not seen a single battalion leave", days=2, negated=True, report="e", at=200),
    said("Why should anybody believe you?", by=None, act=Act.QUESTION, days=7, report="b", at=400),
    said("I said could", days=7, report="b", at=440),
    said("The depot was shelled by the Harvenian army from the eastern bank", by="drenko", days=8, report="c"),
    said("any involvement", by="reshko", act=Act.DENIAL, days=8, report="c", at=200),
    said("the price of bread rose again in Tolvesk", by="haszek", days=8, report="d"),
]


def test_the_relations_of_the_crisis() -> None:
    words = {one.utterance: one.fullest.words.split()[0] for one in CRISIS}
    found = {(one.kind, words[one.a], words[one.b]) for one in relations(CRISIS)}
    assert {
        (RelationKind.CONTRADICTS, "patrols", "Harvenia"),
        (RelationKind.CONTRADICTS, "We", "Harvenia"),
        (RelationKind.ANSWERS, "I", "Why"),
        (RelationKind.DENIES, "any", "The"),
        (RelationKind.REVISES, "about", "Harvenia"),
    } <= found
    assert not any("the" in (a, b) for _, a, b in found)


def evidence_of_all() -> list[Evidence]:
    return [evidence(side_of(a.fullest), side_of(b.fullest), 0.5) for a, b in combinations(CRISIS, 2)]


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_order_of_a_set_changes_nothing(seed: int) -> None:
    asked = (
        "from tests.weighing.relations.test_finding import *; print([(e.common, e.things) for e in evidence_of_all()])"
    )
    there = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | {"PYTHONHASHSEED": str(seed)},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == str([(one.common, one.things) for one in evidence_of_all()])


@pytest.mark.parametrize(("days", "shown"), [(0, True), (3, True), (4, False), (30, False), (None, False)])
def test_what_nobody_saw_stands_against_the_claims_of_those_days(days: float | None, shown: bool) -> None:
    claim = said("Harvenia has begun to withdraw troops from its border with Olmira", by="ministry", report="a")
    unseen = said("We have not seen a single battalion leave", days=days, negated=True, report="b")
    assert any(one.kind is RelationKind.CONTRADICTS for one in relations([claim, unseen])) is shown


@settings(max_examples=20, deadline=None)
@given(st.permutations(CRISIS), st.integers(0, len(CRISIS)))
def test_order_and_parts_are_no_matter(shuffled: list[Said], cut: int) -> None:
    whole = set(relations(CRISIS))
    known, new = shuffled[:cut], shuffled[cut:]
    parts = [*relations(known), *relations(new, known)]
    assert set(parts) == whole
    assert len(parts) == len(whole)
    across = [*relations(known), *relations(new, known, within=False), *relations(new)]
    assert set(across) == whole
    assert len(across) == len(whole)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from(CRISIS)), st.sets(st.sampled_from(CRISIS))), max_size=6))
def test_an_index_that_goes_on_finds_what_one_made_anew_does(steps: list[tuple[set[Said], set[Said]]]) -> None:
    index = Index()
    held: dict[str, Said] = {}
    for more, fewer in steps:
        index.keep({one.utterance for one in held.values()} - {one.utterance for one in fewer})
        held = {name: one for name, one in held.items() if one not in fewer}
        index.add(more)
        held |= {one.utterance: one for one in more}
        assert {one.utterance: one for one in index} == held
        assert index.without(one.utterance for one in CRISIS) == {one.utterance for one in CRISIS} - held.keys()
        anew = Index(held.values())
        for one in CRISIS:
            found = [other.utterance for other in index.candidates(one, WINDOW)]
            assert len(found) == len(set(found))
            assert set(found) == {other.utterance for other in anew.candidates(one, WINDOW)}


def test_what_is_filed_again_stands_as_it_is_now() -> None:
    index = Index(CRISIS)
    other = replace(CRISIS[4], fullest=CRISIS[-1].fullest, renderings=CRISIS[-1].renderings)
    assert CRISIS[4] in list(index.candidates(CRISIS[2], WINDOW))
    index.add([other])
    assert CRISIS[4] not in list(index)
    assert not {CRISIS[4].utterance} & {one.utterance for one in index.candidates(CRISIS[2], WINDOW)}


@pytest.mark.parametrize("within", [True, False])
def test_an_index_knows_the_new_ones_the_next_time(within: bool) -> None:
    index = Index(CRISIS[:6])
    first = list(relations(CRISIS[6:9], index, within=within))
    assert set(first) == set(relations(CRISIS[6:9], CRISIS[:6], within=within))
    assert set(relations(CRISIS[9:], index)) == set(relations(CRISIS[9:], CRISIS[:9]))


def test_every_relation_is_that_of_the_pair_alone() -> None:
    alone = {}
    for one, other in combinations(CRISIS, 2):
        found = relation(*in_order(one, other))
        if found is not None:
            alone[frozenset((found.a, found.b))] = found
    given = list(relations(CRISIS))
    assert given
    for each in given:
        assert each == alone[frozenset((each.a, each.b))]


@pytest.mark.parametrize(("days", "wanted"), [(WINDOW - 1.0, 1), (WINDOW + 1.0, 0), (None, 1)])
def test_the_window_is_kept_and_a_missing_date_forbids_nothing(days: float | None, wanted: int) -> None:
    early = said("about 80,000 soldiers are within 60 km of the river Ardra")
    late = said("there are still about 80,000 soldiers within 60 km of the river Ardra", days=days)
    assert len(list(relations([late], [early]))) == wanted


def test_being_a_candidate_is_mutual() -> None:
    index = Index(CRISIS)
    pairs = {(one.utterance, other.utterance) for one in CRISIS for other in index.candidates(one, WINDOW)}
    assert pairs
    assert pairs == {(b, a) for a, b in pairs}


@pytest.mark.parametrize(
    "words",
    ["", " ", "no " * 5_000, "not " * 5_000 + "seen", "to " * 4_000 + "leave", "\ud800", "“" * 9_000, "has " * 9_000],
)
def test_hostile_words_do_no_harm(words: str) -> None:
    list(relations([said(words or "x", by="mallory", report="m"), *CRISIS]))
