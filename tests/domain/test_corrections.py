"""What people's judgements make of a statement, and of the passages in it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.corrections import corrected, correction, fitted
from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.passages import Act, Figure, Passage, Time, TimeKind
from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Basis, Kind, Speaker, Statement

START = datetime(2031, 3, 3, tzinfo=UTC)
FIRST = Passage(Span(11, 40), Act.DENIAL, figures=(Figure(Span(12, 14), 3.0, counted=Span(15, 20)),))
SECOND = Passage(Span(44, 60), Act.COMMITMENT)
READ = Statement(
    "s",
    "r",
    (Span(0, 5),),
    (Span(6, 9),),
    (Span(10, 61),),
    Kind.DIRECT,
    Speaker("Joren Halvik", Basis.NAMED, Span(0, 5)),
    0.8,
    passages=(FIRST, SECOND),
)


def said(subject: Subject, verdict: str, b: str = "") -> Judgement:
    return Judgement(f"{subject}{b}{verdict}", subject, "s", b, verdict, "", "ida", START)


def test_each_part_is_corrected_by_itself() -> None:
    by = correction(
        [
            said(Subject.SPEAKER, "Ida Holm"),
            said(Subject.SPAN, "10-40", "content"),
            said(Subject.SPAN, "", "source"),
            said(Subject.STATEMENT, "is a statement"),
        ]
    )
    now = corrected(READ, by)
    assert now.speaker == Speaker("Ida Holm", Basis.JUDGED)
    assert (now.content, now.source, now.cue, now.id) == ((Span(10, 40),), (), READ.cue, READ.id)
    assert now.passages == (FIRST,)
    assert not by.dismissed
    assert len(by.judgements) == 4


def test_nothing_judged_changes_nothing() -> None:
    assert corrected(READ, correction([])) == READ
    assert corrected(READ, correction([said(Subject.SPEAKER, "unnamed")])).speaker == UNNAMED
    assert correction([said(Subject.STATEMENT, "is no statement")]).dismissed


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # As it was read: the marks at the edges belong to no passage.
        ([(10, 61)], [(11, 40), (44, 60)]),
        ([(10, 40)], [(11, 40)]),
        # Cut in the middle of a passage, and drawn out to where the content now begins and ends.
        ([(10, 30)], [(11, 30)]),
        ([(2, 90)], [(2, 40), (44, 90)]),
        ([(10, 41), (70, 80)], [(11, 40), (70, 80)]),
        # Where no passage stood there is one now.
        ([(70, 80)], [(70, 80)]),
    ],
)
def test_passages_fill_the_content(content: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    found = fitted(READ.passages, [Span(*one) for one in content])
    assert [(one.span.start, one.span.end) for one in found] == expected


def test_figures_and_times_outside_are_left_out() -> None:
    time = Time(Span(30, 36), TimeKind.DATE, "2031-03-03")
    whole = Passage(Span(11, 40), Act.CLAIM, figures=FIRST.figures, times=(time,))
    (cut,) = fitted([whole], [Span(11, 18)])
    assert cut.times == ()
    # The number stands; what it counts is cut off.
    assert [(one.value, one.counted) for one in cut.figures] == [(3.0, None)]
    assert fitted([whole], [Span(11, 40)]) == (whole,)


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=1, max_size=6)


def laid(gaps: list[tuple[int, int]]) -> list[Span]:
    found, place = [], 0
    for gap, length in gaps:
        found.append(Span(place + gap, place + gap + length))
        place = found[-1].end
    return found


@given(spans, spans)
def test_every_passage_lies_in_the_content_and_every_part_has_one(
    read: list[tuple[int, int]], said_: list[tuple[int, int]]
) -> None:
    content = laid(said_)
    found = fitted([Passage(one, Act.CLAIM) for one in laid(read)], content)
    assert all(any(part.covers(one.span) for part in content) for one in found)
    assert all(any(part.covers(one.span) for one in found) for part in content)
    assert all(not a.span.overlaps(b.span) for a, b in pairwise(found))
