"""The sentences that a form offers in place of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.publishing.judging import MOST_SENTENCES, NEAR, sentences_near

TOLD = (
    "First came the story. “We saw eleven cylinders, all of them,” he said. “Then 3.5 km of road!” Nobody asked why.\n"
    "A new line without an end\n"
    "It ended there."
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "First came",
            ["First came the story.", "“We saw eleven cylinders, all of them,” he said.", "“Then 3.5 km of road!”"],
        ),
        ("It ended there", ["Nobody asked why.", "A new line without an end", "It ended there."]),
    ],
)
def test_sentences_around_a_statement(words: str, expected: list[str]) -> None:
    start = TOLD.index(words)
    found = sentences_near(TOLD, start, start + len(words))
    assert [one.words for one in found] == expected
    for one in found:
        first, last = map(int, one.value.split("-"))
        assert TOLD[first:last] == one.words


def test_what_the_edges_cut_is_not_offered() -> None:
    text = f"{'a' * NEAR * 2}. Here it is. {'b' * NEAR * 2}."
    start = text.index("Here")
    assert [one.words for one in sentences_near(text, start, start + 4)] == ["Here it is."]
    assert sentences_near("a" * NEAR * 3, NEAR, NEAR + 5) == ()


@given(st.text(alphabet="ab .!?\n”“", max_size=80), st.integers(0, 79), st.integers(1, 80))
def test_offered_are_characters_of_the_text_in_order(text: str, start: int, length: int) -> None:
    found = sentences_near(text, start, start + length)
    assert len(found) <= MOST_SENTENCES
    places = [tuple(map(int, one.value.split("-"))) for one in found]
    assert all(0 <= first < last <= len(text) for first, last in places)
    assert places == sorted(places)
