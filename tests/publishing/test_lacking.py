"""What is missing is told where it is missing, and only there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.lacking import lacking_relation, lacking_utterance
from tests.publishing.weighed.example import weighed_ledger


@pytest.fixture(scope="module")
def view() -> Iterator[WeighedView]:
    with WeighedView(weighed_ledger()) as opened:
        yield opened


def test_what_an_utterance_lacks(view: WeighedView) -> None:
    seen = set()
    for shown in view.whole_utterances(view.utterances()):
        told = [one.partition(":")[0] for one in lacking_utterance(view, shown)]
        head = shown.head
        assert ("who said it" in told) == (head.actor is None and head.speaker is None)
        assert ("a second independent origin" in told) == (head.origins < 2)
        assert ("the words themselves" in told) == (not any(one.quoted for one in shown.renderings))
        against = sum(view.count_relations(kind=k, utterance=head.id) for k in ("answers", "denies", "contradicts"))
        assert ("another side" in told) == (against == 0)
        seen |= {("another side" in told), ("corroboration" in told)}
    assert seen == {True, False}


def test_what_a_relation_lacks(view: WeighedView) -> None:
    rows = view.relations()
    for row in rows:
        told = lacking_relation(row)
        unnamed = [side.actor is None and side.speaker is None for side in (row.a, row.b)]
        assert [f"who says the {place}: no name is given" in told for place in ("first", "second")] == unnamed
        assert sum("origin" in one for one in told) == sum(side.origins < 2 for side in (row.a, row.b))
        assert ("a person’s word: nobody has judged how the two stand" in told) == (row.judgement is None)
    assert any(row.a.origins > 1 for row in rows)
