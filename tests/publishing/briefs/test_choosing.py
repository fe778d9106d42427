"""Which words may stand in a brief on their own, and which are held to be told already."""

from __future__ import annotations

import pytest

from onrecord.publishing.briefs.citing import alike, tells
from tests.ledger.material import cited


@pytest.mark.parametrize(
    ("lead", "text", "whole"),
    [
        ("", "We will bury our dead first", True),
        ("", "the bridge is the target at night", True),
        ("", "Nothing has moved", False),
        ("", "59,000", False),
        ("", "the same hour in the same room", False),
        ("", "had been turned back at the bridge by armed men", False),
        ("", "whether anybody had inspected the waterworks", False),
        ("asked ", "whether anybody had inspected the waterworks", True),
        ("denied ", "any involvement", True),
        ("did not say ", "whose", False),
        ("", "", False),
        ("", "… – “”", False),
    ],
)
def test_what_stands_on_its_own(lead: str, text: str, whole: bool) -> None:
    assert tells(cited(1, lead=lead, text=text)) is whole


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The ferry sails at noon tomorrow", "the ferry will sail at noon tomorrow", True),
        (
            "The ferry sails at noon tomorrow",
            "The ferry sails at noon tomorrow and the bridge stays shut all week",
            True,
        ),
        ("No lorry came", "No lorry came and none will before the bridge is open", False),
        ("The ferry sails at noon tomorrow", "The bridge stays shut all week", False),
    ],
)
def test_what_is_told_already(one: str, other: str, same: bool) -> None:
    a, b = cited(1, text=one), cited(2, text=other)
    assert alike(a, b) is alike(b, a) is same
