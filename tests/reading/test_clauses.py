"""A statement's content is cut into the sentences and clauses that can be weighed alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.spans import Span
from onrecord.reading.clauses import passages


def cut(text: str) -> list[str]:
    return [span.of(text) for span in passages(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("that the ferry had sunk.", ["the ferry had sunk"]),
        ('"We will stay. Nobody leaves,"', ["We will stay", "Nobody leaves"]),
        ("“Why should we go?”", ["Why should we go?"]),
        (
            "the harbour was closed on Monday and would open again at noon",
            ["the harbour was closed on Monday", "would open again at noon"],
        ),
        (
            "the mayor had seen the list, and that nobody from the council had signed it",
            ["the mayor had seen the list", "nobody from the council had signed it"],
        ),
        ("bread, milk and the eggs they need for the morning", ["bread, milk and the eggs they need for the morning"]),
        ("we publish what we know so that it does not happen", ["we publish what we know so that it does not happen"]),
        ("either it is a bluff, and then it fails by itself", ["either it is a bluff, and then it fails by itself"]),
        ("Mr. Holm met Dr. Ilves in the U.S. Senate", ["Mr. Holm met Dr. Ilves in the U.S. Senate"]),
        ("any involvement", ["any involvement"]),
        ('she had called it "a game of numbers"', ['she had called it "a game of numbers"']),
        ("the gate is shut.The guard went home", ["the gate is shut", "The guard went home"]),
        ("prices rose by 3.5 per cent in Ostwick", ["prices rose by 3.5 per cent in Ostwick"]),
        (
            "the road is blocked; the bridge has been closed too",
            ["the road is blocked", "the bridge has been closed too"],
        ),
        ("...,,,", []),
    ],
)
def test_contents_are_cut(content: str, expected: list[str]) -> None:
    assert cut(content) == expected


def test_source_and_cue_inside_the_content_are_left_out() -> None:
    text = "The boats, he said, are lost."
    assert [s.of(text) for s in passages(text, [Span(0, len(text))], [Span(11, 13), Span(14, 18)])] == [
        "The boats",
        "are lost",
    ]


def test_no_passage_crosses_the_parts_of_a_content() -> None:
    text = '"We know," she said. "We wait."'
    assert [s.of(text) for s in passages(text, [Span(0, 10), Span(21, 31)])] == ["We know", "We wait"]


ALPHABET = st.text(alphabet=st.sampled_from("abI .,;?!\"'“”‘’«»-—\n0123andwillthe"), max_size=400)


@given(st.one_of(st.text(max_size=300), ALPHABET, st.text(alphabet="0123456789", max_size=300)), st.data())
def test_passages_are_in_order_inside_the_content_and_outside_the_others(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    part = Span(start, data.draw(st.integers(start + 1, len(text))))
    other = Span(part.start, data.draw(st.integers(part.start + 1, part.end)))
    found = passages(text, [part], [other])
    assert all(part.covers(span) and not span.overlaps(other) for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(span.of(text) == span.of(text).strip() for span in found)


@pytest.mark.parametrize(
    "text", ["and " * 5000, "." * 20000, "“" * 20000, "we are and we are " * 1000, "a; " * 5000, " " * 20000]
)
def test_long_hostile_texts_are_cut_without_a_fault(text: str) -> None:
    assert all(span.end <= len(text) for span in passages(text, [Span(0, len(text))]))
