from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from onrecord.domain.judgements import Judgement, Subject, Verdict, latest

START = datetime(2031, 3, 3, tzinfo=UTC)


def judged(name: str, a: str, b: str, minute: int, subject: Subject = Subject.REPORT) -> Judgement:
    return Judgement(name, subject, a, b, Verdict.SAME, "", "ida", START + timedelta(minutes=minute))


def test_the_latest_on_each_pair_counts_in_whatever_order_they_come() -> None:
    given = [
        judged("1", "a", "b", 1),
        judged("2", "b", "a", 3),
        judged("3", "a", "c", 2),
        judged("4", "a", "c", 2),
        judged("5", "a", "b", 9, Subject.ACTOR),
        judged("6", "c", "c", 9),
    ]
    for order in permutations(given):
        found = latest(order, Subject.REPORT)
        # Newest first, and of two that were made at once the one with the greater id.
        assert [(pair, one.id) for pair, one in found.items()] == [(("a", "b"), "2"), (("a", "c"), "4")]


def test_nothing_judged() -> None:
    assert latest([], Subject.PASSAGE) == {}


@pytest.mark.parametrize(
    ("subject", "a", "b", "verdict", "fault"),
    [
        (Subject.PASSAGE, "a", "b", "same", None),
        (Subject.PASSAGE, "b", "a", "same", "out of order"),
        (Subject.PASSAGE, "a", "b", "contradicts", "cannot have"),
        (Subject.RELATION, "b", "a", "contradicts", None),
        (Subject.RELATION, "a", "b", "unrelated", None),
        (Subject.RELATION, "a", "a", "repeats", "out of order"),
        (Subject.RELATION, "a", "", "repeats", "one thing where there should be two"),
        (Subject.STATUS, "a", "", "not met", None),
        (Subject.STATUS, "a", "", "due", "cannot have"),
        (Subject.STATUS, "a", "b", "met", "one thing where there should be two"),
        (Subject.EVIDENCE, "b", "a", "says nothing", None),
        (Subject.SOURCE, "The Courier", "", "F", None),
        (Subject.SOURCE, "The Courier", "", "6", "cannot have"),
        (Subject.ITEM, "a", "", "1", None),
    ],
)
def test_what_can_be_said_of_what(subject: Subject, a: str, b: str, verdict: str, fault: str | None) -> None:
    found = Judgement("x", subject, a, b, verdict, "", "ida", START).fault()
    assert (found is None) if fault is None else (found is not None and fault in found)


def test_the_latest_word_on_a_relation_counts_whichever_side_was_named_first() -> None:
    early = Judgement("1", Subject.RELATION, "b", "a", "contradicts", "", "ida", START)
    late = Judgement("2", Subject.RELATION, "a", "b", "unrelated", "", "ida", START + timedelta(minutes=1))
    assert latest([late, early], Subject.RELATION) == {("a", "b"): late}
