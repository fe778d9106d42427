"""Names held against each other, and where a surname stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.spans import Span
from onrecord.reading.people import key, whole_words

_LETTERS = st.text("Oder _-’2é\u0301\n", max_size=40)


@pytest.mark.parametrize(
    ("text", "word", "places"),
    [
        ("Oder, Oderbruch and Oder’s", "Oder", [0, 20]),
        ("OderOder Oder", "Oder", [9]),
        ("Lenz-Oder_Oder Oder2 (Oder)", "Oder", [22]),
        ("a.a.a", "a.a", [0]),
        ("", "Oder", []),
    ],
)
def test_a_word_is_found_where_it_is_whole(text: str, word: str, places: list[int]) -> None:
    assert list(whole_words(text, word, Span(0, max(1, len(text))))) == places


@given(_LETTERS, st.text("Oder-é", min_size=1, max_size=5), st.integers(0, 20), st.integers(1, 40))
def test_words_are_found_as_a_pattern_finds_them(text: str, word: str, start: int, length: int) -> None:
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    found = [match.start() for match in pattern.finditer(text, start, start + length)]
    assert list(whole_words(text, word, Span(start, start + length))) == found


@pytest.mark.parametrize(
    ("name", "wanted"), [("Oder’s", "oder"), ("Andrés", "andres"), ("Mr.", "mr"), ("LENZ'", "lenz")]
)
def test_names_are_compared_without_case_accents_and_ends(name: str, wanted: str) -> None:
    assert key(name) == wanted
