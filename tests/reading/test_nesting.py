"""Statements inside statements: found, placed in the right one, bounded, and safe on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.spans import Span, hull
from onrecord.domain.statements import Kind
from onrecord.reading.nesting import Inner, clauses, inner_statements, reach
from onrecord.reading.nesting_edges import trimmed_inside
from onrecord.reading.nesting_words import is_report, is_somebody_else, stands_alone
from onrecord.reading.reader import TaggerReader
from onrecord.reading.speakers import Unresolved


@pytest.fixture(scope="module")
def reader() -> TaggerReader:
    return TaggerReader()


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("Minister Ana Lenz said on Monday that Harvenia had promised to leave the valley.", "Lenz", "Harvenia"),
        ("Mayor Ida Holm said that the ministry had denied any part in the attack.", "Holm", "ministry"),
    ],
)
def test_a_statement_inside_a_statement_is_found(reader: TaggerReader, text: str, outer: str, inner: str) -> None:
    found = list(reader.read(text))
    holder = next(s for s in found if s.nested_in is None and outer in s.source[0].of(text))
    held = [s for s in found if s.nested_in == holder.id]
    assert [s for s in held if inner in s.source[0].of(text)]
    assert found.index(holder) < found.index(held[0])


def test_what_somebody_says_of_themselves_is_not_nested(reader: TaggerReader) -> None:
    text = '"I think we want a bridge, and we hope for it," Mayor Ida Holm said on Friday.'
    assert all(s.nested_in is None for s in reader.read(text))


def test_what_follows_what_somebody_has_said_is_not_theirs() -> None:
    text = "Despite what Harvenia has said, we have seen no sign of it"
    source, cue, content = Span(13, 21), Span(22, 30), Span(32, len(text))
    outer = Unresolved((), (), (Span(0, len(text)),), Kind.INDIRECT)
    said = Inner(Unresolved((source,), (cue,), (content,), Kind.INDIRECT), 0.9)
    assert inner_statements(text, [outer], lambda _: iter([said])) == []
    joined = "She spoke of what Harvenia has called a withdrawal of troops"
    at = joined.index("Harvenia")
    parts = (Span(at, at + 8), Span(at + 9, at + 19), Span(at + 20, len(joined)))
    called = Inner(Unresolved((parts[0],), (parts[1],), (parts[2],), Kind.INDIRECT), 0.9)
    whole = Unresolved((), (), (Span(0, len(joined)),), Kind.INDIRECT)
    assert len(inner_statements(joined, [whole], lambda _: iter([called]))) == 1


@pytest.mark.parametrize(
    ("cue", "expected"),
    [("had warned", True), ("to support", False), ("must promise", False), ("waged", False), ("intends to", True)],
)
def test_cues(cue: str, expected: bool) -> None:
    assert is_report(cue) is expected


def test_sources_and_nouns() -> None:
    assert is_somebody_else("Harvenia")
    assert not is_somebody_else("We")
    assert stands_alone("the allegations that")
    assert not stands_alone("said")


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        (
            "although Olmira claims that it is ready, it waits",
            "claims",
            "that it is ready, it waits",
            "that it is ready",
        ),
        ("Olmira fears a war. He is sad", "fears", "a war. He is sad", "a war"),
        (
            "the ministers agreed to pay, and the rest will follow",
            "agreed",
            "to pay, and the rest will follow",
            "to pay",
        ),
        ("Olmira calls “a game” to hide it", "calls", "“a game” to hide it", "“a game”"),
        ("he hopes it would be Saturday,’", "hopes", "it would be Saturday,’", "it would be Saturday"),
    ],
)
def test_contents_end_where_the_outer_speaker_goes_on(text: str, cue: str, content: str, expected: str) -> None:
    def place(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    before = text[: text.index(cue)].split()
    one = Unresolved((place(before[-1]),), (place(cue),), (place(content),), Kind.INDIRECT)
    assert trimmed_inside(text, one).content[0].of(text) == expected


def test_clauses_begin_before_the_source() -> None:
    text = "that the rain was heavy, and Olmira claims that it is ready"
    assert [c.of(text) for c in clauses(text, Span(0, len(text)))] == ["Olmira claims that it is ready"]


def test_what_is_read_again_is_bounded() -> None:
    text = "he said it " * 4000
    read: list[Span] = []
    whole = Unresolved((), (), (Span(0, len(text)),), Kind.INDIRECT)

    def remember(span: Span):  # type: ignore[no-untyped-def]
        read.append(span)
        return iter(())

    inner_statements(text, [whole], remember)
    assert sum(span.end - span.start for span in read) <= max(2000, len(text) // 2)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from('said that he told "“”’, .!?0123456789 Ünïcode\n'), max_size=200))
def test_any_text_is_read(text: str) -> None:
    for content in [Span(0, len(text))] if text else []:
        assert all(content.covers(clause) for clause in clauses(text, content))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from("Lenz said that Holm told “ ” , . he 12 !! claims".split()), max_size=40))
def test_every_nested_statement_lies_in_its_holder(words: list[str]) -> None:
    reader, text = TaggerReader(), " ".join(words)
    found = list(reader.read(text))
    by_id = {s.id: s for s in found}
    for s in found:
        assert hull([*s.content]).end <= len(text)
        if s.nested_in is not None:
            assert any(span.covers(reach(s)) for span in by_id[s.nested_in].content)
