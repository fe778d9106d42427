"""Damaging a text carries its gold along: a span points at the same words, less what was taken from them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quality.damage import KINDS, Edit, damaged
from onrecord.domain.spans import Span

TEXT = 'He said: “The road is open,” and left.\n\nThe mayor said a bridge is shut. "No," she said.\n\nIt rained.'


def test_spans_follow_what_is_taken_out_put_in_and_exchanged() -> None:
    text = "one two three"
    new, follow = damaged(text, [Edit(0, 4, ""), Edit(7, 7, "!!"), Edit(8, 13, "3")])
    assert new == "two!! 3"
    assert follow(Span(4, 7)) == Span(0, 3)
    assert follow(Span(8, 13)) is not None
    assert follow(Span(0, 3)) is None


@pytest.mark.parametrize("name", sorted(KINDS))
@given(seed=st.integers(0, 50))
def test_the_words_of_a_span_stay_its_words(name: str, seed: int) -> None:
    edits = list(KINDS[name](TEXT, random.Random(seed)))
    new, follow = damaged(TEXT, edits)
    for words in ("road is open", "bridge is shut", "It rained"):
        at = TEXT.index(words)
        there = follow(Span(at, at + len(words)))
        assert there is not None
        assert there.of(new).replace(" ", "") == words.replace(" ", "")


def test_every_kind_but_none_damages() -> None:
    for name, kind in KINDS.items():
        changed = any(damaged(TEXT, list(kind(TEXT, random.Random(seed))))[0] != TEXT for seed in range(30))
        assert changed == (name != "none")
