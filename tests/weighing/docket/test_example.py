"""The docket of the example, by its gold: all of it found, and nothing suggested that the gold has otherwise."""

from __future__ import annotations

import pytest

from bench.weighing.docket_example import Outcome, as_read, gold_said, outcomes
from onrecord.domain.docket import Status

KNOWN_TO_MISS = {"s029", "s052", "s220", "s310"}
"""Whose day stands in another sentence, or was said on another day than the report's."""


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    return outcomes(*gold_said())


def test_every_entry_of_the_gold_is_found(found: list[Outcome]) -> None:
    assert [one.row["exact"] for one in found if one.entry is None] == []


def test_every_day_that_the_words_state_is_right(found: list[Outcome]) -> None:
    wrong = {one.row["statement"] for one in found if not one.due_right}
    assert wrong <= KNOWN_TO_MISS


def test_nothing_is_suggested_that_the_gold_has_otherwise(found: list[Outcome]) -> None:
    assert any(_is_decided(one) for one in found)
    assert _decided_otherwise(found) == []


def test_nothing_is_suggested_that_the_gold_has_otherwise_as_read() -> None:
    found = outcomes(*as_read())
    # The evidence that is read decides none of them today; it could lead to a wrong suggestion all the same.
    assert any(one.evidence for one in found)
    assert _decided_otherwise(found) == []


def _decided_otherwise(found: list[Outcome]) -> list[tuple[str, Status | None]]:
    return [(one.row["exact"], one.status) for one in found if _is_decided(one) and not one.status_right]


def _is_decided(one: Outcome) -> bool:
    return one.status not in (None, Status.OPEN, Status.CANNOT_BE_TOLD)
