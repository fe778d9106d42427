"""Cutting a text at the parts of its statements: nothing is lost, nothing is moved, every cover is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.reports import Mark, MarkKind
from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Kind, Statement
from onrecord.publishing.segments import Cover, Role, paragraph_gaps, paragraphs, parts, segments, snippet

TEXTS = st.text(alphabet="ab é\n\t“”.\u202e😀", max_size=120)


def statement(
    name: str, content: list[tuple[int, int]], source: list[tuple[int, int]] = (), cue: list[tuple[int, int]] = ()
) -> Statement:
    def spans(pairs: list[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(Span(*pair) for pair in pairs)

    return Statement(name, "report", spans(source), spans(cue), spans(content), Kind.DIRECT, UNNAMED, 0.5)


@st.composite
def read_texts(draw: st.DrawFn) -> tuple[str, list[Statement], list[Mark]]:
    """A text with statements and marks anywhere, overlapping, nested and even past its end."""
    text = draw(TEXTS)
    pairs = st.tuples(st.integers(0, len(text) + 3), st.integers(1, 30)).map(lambda pair: (pair[0], sum(pair)))
    spans = st.tuples(st.lists(pairs, min_size=1, max_size=3), st.lists(pairs, max_size=2), st.lists(pairs, max_size=2))
    found = [statement(f"s{number}", *draw(spans)) for number in range(draw(st.integers(0, 4)))]
    marks = [Mark(Span(*pair), draw(st.sampled_from(MarkKind))) for pair in draw(st.lists(pairs, max_size=2))]
    return text, found, marks


@given(read_texts())
def test_joined_segments_are_the_text_and_covers_are_right(read: tuple[str, list[Statement], list[Mark]]) -> None:
    text, found, marks = read
    cut = segments(text, found, marks)
    assert "".join(segment.text for segment in cut) == text
    position = 0
    for segment in cut:
        assert (segment.start, segment.text) == (position, text[segment.start : segment.end])
        assert segment.text
        position = segment.end
        around = Span(segment.start, segment.end)
        expected = {
            Cover(one.id, role, part) for one in found for role, part, span in parts(one) if span.overlaps(around)
        }
        assert set(segment.covers) == expected
        kinds = {mark.kind for mark in marks if mark.span.overlaps(around)}
        assert (segment.mark in kinds) if kinds else segment.mark is None
    assert position == len(text)


@given(read_texts())
def test_joined_paragraphs_are_the_text_and_gaps_are_white(read: tuple[str, list[Statement], list[Mark]]) -> None:
    text, found, marks = read
    made = paragraphs(text, found, marks)
    assert "".join(one.text for paragraph in made for one in (*paragraph.segments, *paragraph.gap)) == text
    for paragraph in made:
        assert "".join(one.text for one in paragraph.gap).strip() == ""


@given(read_texts(), st.integers(0, 40), st.integers(1, 60))
def test_a_snippet_is_a_stretch_of_the_text_with_the_content_in_it(
    read: tuple[str, list[Statement], list[Mark]], around: int, longest: int
) -> None:
    text, found, _ = read
    for one in found:
        if max(span.end for _, _, span in parts(one)) > len(text):
            continue
        shown = snippet(text, one, around=around, longest=longest)
        joined = "".join(segment.text for segment in shown.segments)
        first = min(span.start for span in one.content)
        assert shown.segments[0].start <= first < shown.segments[-1].end
        assert text[shown.segments[0].start : shown.segments[-1].end] == joined


def test_a_snippet_cut_short_still_shows_what_was_said() -> None:
    text = "The committee of the harbour said after a long night that it was late."
    one = statement("one", [(53, 69)], source=[(0, 28)], cue=[(29, 33)])
    shown = snippet(text, one, around=60, longest=10)
    assert shown.segments[-1].end > 53


def test_the_innermost_part_comes_last() -> None:
    text = "Officials said that she said it would open."
    outer = statement("outer", [(15, 42)], source=[(0, 9)], cue=[(10, 14)])
    inner = statement("inner", [(29, 42)], source=[(20, 23)], cue=[(24, 28)])
    by_text = {segment.text: segment.covers for segment in segments(text, [inner, outer])}
    assert by_text["it would open"] == (Cover("outer", Role.CONTENT, 0), Cover("inner", Role.CONTENT, 0))
    assert by_text["she"] == (Cover("outer", Role.CONTENT, 0), Cover("inner", Role.SOURCE, 0))
    assert by_text["."] == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("one line", []),
        ("one\ntwo\nthree", ["\n", "\n"]),
        ("a line\nand its end\n\nanother", ["\n\n"]),
        ("one\n \t\n\n  two", ["\n \t\n\n  "]),
        ("one\n", ["\n"]),
    ],
)
def test_paragraphs_stand_between_blank_lines_or_else_lines(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paragraph_gaps(text)] == expected


@pytest.mark.parametrize(
    ("around", "longest", "expected"),
    [
        (9, 100, ("morning. ", "“We left,”", " he said", True, True)),
        (100, 100, ("It was early in the morning. ", "“We left,”", " he said and went.", False, False)),
        (2, 100, ("", "“We left,”", "", True, True)),
        (100, 5, ("It was early in the morning. ", "“We", "", False, True)),
    ],
)
def test_a_snippet_is_cut_between_words_and_within_its_paragraph(
    around: int, longest: int, expected: tuple[str, str, str, bool, bool]
) -> None:
    text = "Before.\n\nIt was early in the morning. “We left,” he said and went.\n\nAfter."
    start = text.index("“We")
    shown = snippet(text, statement("s", [(start, start + 10)]), around=around, longest=longest)
    covered = [bool(segment.covers) for segment in shown.segments]
    before = "".join(s.text for s in shown.segments[: covered.index(True)])
    content = "".join(s.text for s in shown.segments if s.covers)
    after = "".join(s.text for s in shown.segments[covered.index(True) + 1 :])
    assert (before, content, after, shown.cut_before, shown.cut_after) == expected


def test_a_paragraph_is_marked_only_when_all_of_its_words_are() -> None:
    text = "Read me. Advertisement\n\nAll furniture here"
    marks = [Mark(Span(9, 22), MarkKind.BOILERPLATE), Mark(Span(24, len(text)), MarkKind.CAPTION)]
    assert [paragraph.mark for paragraph in paragraphs(text, [], marks)] == [None, MarkKind.CAPTION]
