"""Which words are taken for near to others, and which are left alone."""

from __future__ import annotations

import pytest

from onrecord.language.neighbours import LEAST, MOST, is_common, is_known, neighbours
from onrecord.language.words import placed_words, plain_words, stem


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("withdrawal", {"withdrew", "retreat", "pull out", "pull back"}),
        ("pulled back", {"withdrew", "withdrawal", "retreat"}),
        ("truce", {"ceasefire", "armistice"}),
        ("casualties", {"killed", "dead", "fatalities"}),
        ("hospital", {"medical", "clinic"}),
        ("anti-aircraft", {"air defence"}),
    ],
)
def test_words_near_to_others(text: str, near: set[str]) -> None:
    assert near <= {one.words for one in neighbours(text)[0]}


@pytest.mark.parametrize("text", ["", "   ", "Harvenia", "¿?", "x" * 5_000, "\ud800", "\u202e"])
def test_what_has_no_meaning_has_no_neighbours(text: str) -> None:
    assert neighbours(text) == ((),)


def test_neighbours_are_ordered_apart_and_few() -> None:
    (found,) = neighbours("soldiers")
    assert [one.nearness for one in found] == sorted((one.nearness for one in found), reverse=True)
    assert all(LEAST <= one.nearness <= 1 for one in found)
    stems = [tuple(map(stem, plain_words(one.words))) for one in found]
    assert len(stems) == len(set(stems)) < 2 * MOST
    assert ("soldier",) not in stems
    assert neighbours("bread", "soldiers")[1] == found


@pytest.mark.parametrize(("word", "known"), [("troops", True), ("the", True), ("halvik", False), ("zelvin", False)])
def test_names_are_not_known(word: str, known: bool) -> None:
    assert is_known(word) == known


@pytest.mark.parametrize(("word", "common"), [("the", True), ("have", True), ("troops", False), ("zelvin", False)])
def test_common_words(word: str, common: bool) -> None:
    assert is_common(word) == common


@pytest.mark.parametrize("text", ["Erdoğan’s 95,000 ﬁles isn't", "a\u0301b c", "cafe\u0301 o", "", "x.y-z"])
def test_words_stand_where_they_are_placed(text: str) -> None:
    placed = list(placed_words(text))
    assert [word for _, _, word in placed] == plain_words(text)
    for start, end, word in placed:
        assert plain_words(text[start:end]) == [word]
