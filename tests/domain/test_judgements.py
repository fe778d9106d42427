from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.judgements import Judgement, Subject, Verdict, latest, span_fault, spans_in, spans_text, taken_back
from onrecord.domain.spans import Span

START = datetime(2031, 3, 3, tzinfo=UTC)


def judged(name: str, a: str, b: str, minute: int, subject: Subject = Subject.REPORT) -> Judgement:
    return Judgement(name, subject, a, b, Verdict.SAME, "", "ida", START + timedelta(minutes=minute))


def test_the_latest_on_each_pair_counts_in_whatever_order_they_come() -> None:
    told = [
        judged("1", "a", "b", 1),
        judged("2", "b", "a", 3),
        judged("3", "a", "c", 2),
        judged("4", "a", "c", 2),
        judged("5", "a", "b", 9, Subject.ACTOR),
        judged("6", "c", "c", 9),
    ]
    for order in permutations(told):
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


@pytest.mark.parametrize(
    ("subject", "a", "b", "verdict", "fault"),
    [
        (Subject.SPEAKER, "a", "", "Ida Holm", None),
        (Subject.SPEAKER, "a", "person:ida-holm", "Ida Holm", None),
        (Subject.SPEAKER, "a", "", "unnamed", None),
        (Subject.SPEAKER, "a", "person:ida-holm", "unnamed", "names an actor"),
        (Subject.SPEAKER, "", "", "Ida Holm", "judges nothing"),
        (Subject.SPEAKER, "a", "", "", "names nobody"),
        (Subject.SPEAKER, "a", "", " Ida Holm", "white space"),
        (Subject.SPEAKER, "a", "", "x" * 200, None),
        (Subject.SPEAKER, "a", "", "x" * 201, "more than 200"),
        (Subject.SPEAKER, "a", "", "Ida\nHolm", "cannot be printed"),
        (Subject.SPEAKER, "a", "", "\u202eIda", "cannot be printed"),
        (Subject.SPAN, "a", "content", "0-5", None),
        (Subject.SPAN, "a", "content", "0-5;5-9", None),
        (Subject.SPAN, "a", "source", "", None),
        (Subject.SPAN, "a", "content", "", "not written START-END"),
        (Subject.SPAN, "a", "", "0-5", "is about the part"),
        (Subject.SPAN, "a", "cue", "0-5", "is about the part"),
        (Subject.SPAN, "a", "content", "5-5", "does not lie behind"),
        (Subject.SPAN, "a", "content", "0-5;4-9", "overlap"),
        (Subject.SPAN, "a", "content", "4-9;0-3", "overlap"),
        (Subject.SPAN, "a", "content", "00-5", "not written START-END"),
        (Subject.SPAN, "a", "content", "-1-5", "not written START-END"),
        (Subject.SPAN, "a", "content", "0-1000000000", "not written START-END"),
        (Subject.SPAN, "a", "content", ";".join(f"{n}-{n + 1}" for n in range(40)), None),
        (Subject.SPAN, "a", "content", ";".join(f"{n}-{n + 1}" for n in range(41)), "not written START-END"),
        (Subject.STATEMENT, "a", "", "is no statement", None),
        (Subject.STATEMENT, "a", "", "perhaps", "cannot have"),
        (Subject.STATEMENT, "a", "b", "is a statement", "one thing where there should be two"),
        (Subject.UNDONE, "a", "", "undone", None),
        (Subject.UNDONE, "a", "b", "undone", "one thing where there should be two"),
    ],
)
def test_what_can_be_said_of_a_statement_or_a_judgement(
    subject: Subject, a: str, b: str, verdict: str, fault: str | None
) -> None:
    found = Judgement("x", subject, a, b, verdict, "", "ida", START).fault()
    assert (found is None) if fault is None else (found is not None and fault in found)


@pytest.mark.parametrize(("why", "b"), [("call them", ""), ("call them", "b"), (" ", "")])
def test_a_note_has_words(why: str, b: str) -> None:
    found = Judgement("x", Subject.NOTE, "a", b, "note", why, "ida", START).fault()
    assert (found is None) == bool(why.strip())


def test_what_was_taken_back_does_not_count_in_whatever_order_they_come() -> None:
    early = judged("1", "a", "b", 1)
    late = judged("2", "a", "b", 2)
    undone = Judgement("3", Subject.UNDONE, "2", "", "undone", "", "ida", START)
    for order in permutations([early, late, undone]):
        assert latest(order, Subject.REPORT) == {("a", "b"): early}
        assert taken_back(order) == {"2": undone}
    assert latest([late, undone], Subject.REPORT) == {}


def test_a_statement_has_one_speaker_whoever_that_is() -> None:
    first = Judgement("1", Subject.SPEAKER, "s", "person:x", "X", "", "ida", START)
    then = Judgement("2", Subject.SPEAKER, "s", "person:y", "Y", "", "ida", START + timedelta(minutes=1))
    assert list(latest([first, then], Subject.SPEAKER).values()) == [then]


spans = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 50)), min_size=1, max_size=40)


@given(spans)
def test_spans_are_read_back_as_they_were_written(gaps: list[tuple[int, int]]) -> None:
    found, place = [], 0
    for gap, length in gaps:
        found.append(Span(place + gap, place + gap + length))
        place = found[-1].end
    assert spans_in(spans_text(found)) == tuple(found)
    assert span_fault("content", spans_text(found)) is None
