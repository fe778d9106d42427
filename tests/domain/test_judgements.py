from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

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
