"""How quotations stand to what was said: verbatim, cut, joined, changed, not found, and which words differ."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.spans import Span
from onrecord.linking.quotations import Fidelity, PieceKind, Spoken, set_beside

FIRST = (
    "We have said it before. We will not withdraw our forces from the harbour before the spring, whatever others demand. "
    "The pilots were asked in January and they agreed to all of it."
)
SECOND = (
    "Nobody will be sent away from the northern pier. That is our promise, and it stands for the whole of the year."
)
TEXT = f"{FIRST} {SECOND}"
SPOKEN = Spoken(TEXT, [[Span(0, len(FIRST))], [Span(len(FIRST) + 1, len(TEXT))]])

V, C, J, X, N = Fidelity.VERBATIM, Fidelity.CUT, Fidelity.JOINED, Fidelity.CHANGED, Fidelity.NOT_FOUND


@pytest.mark.parametrize(
    ("quotation", "mark", "also", "differs"),
    [
        ("We will not withdraw our forces from the harbour", V, (), []),
        ("“we will NOT withdraw, our forces from the harbor,”", V, (), []),
        ("northern pier", V, (), []),
        ("the whole of the year", V, (), []),
        ("We will not withdraw … before the spring", C, (), [("cut", None, "our forces from the harbour")]),
        ("We will not withdraw before the spring", C, (), [("cut", None, "our forces from the harbour")]),
        ("We will not withdraw [from Eskmouth] before the spring", C, (), [("cut", None, "our forces from the harbour")]),
        ("our promise … stands for the whole of the year", C, (), [("cut", None, "and it")]),
        ("Nobody will be sent away from the northern pier. We will not withdraw our forces", J, (), [("joined", None, None)]),
        ("The pilots were asked in January … nobody will be sent away from the northern pier", J, (),
         [("joined", None, None)]),
        ("We will never withdraw our troops from the harbour before the spring", X, (),
         [("changed", "never", "not"), ("changed", "troops", "forces")]),
        ("We will surely not withdraw our forces from the harbour", X, (), [("added", "surely", None)]),
        ("We shall not withdraw our forces before the spring", X, (C,),
         [("changed", "shall", "will"), ("cut", None, "from the harbour")]),
        ("we will not withdraw our forces from the pier", X, (), [("changed", "pier", "harbour")]),
        ("The talks in Geneva failed because the envoys of both sides had nothing new to say", N, (), []),
        ("heavy price", N, (), []),
        ("of the", N, (), []),
        ("", N, (), []),
        ("…!", N, (), []),
    ],
)  # fmt: skip
def test_marks_and_the_words_that_differ(
    quotation: str, mark: Fidelity, also: tuple[Fidelity, ...], differs: list[tuple[str, str | None, str | None]]
) -> None:
    found = set_beside(quotation, SPOKEN)
    assert (found.fidelity, found.also) == (mark, also)
    told = [
        (piece.kind.value, piece.quoted and piece.quoted.of(quotation), piece.spoken and piece.spoken.of(TEXT))
        for piece in found.pieces
        if piece.kind is not PieceKind.SAME
    ]
    assert told == differs


def test_where_the_words_stand_a_stretch_for_each_place() -> None:
    found = set_beside("Nobody will be sent away from the northern pier. We will not withdraw our forces", SPOKEN)
    assert [span.of(TEXT) for span in found.spoken] == [
        "Nobody will be sent away from the northern pier",
        "We will not withdraw our forces",
    ]


def test_words_of_two_turns_in_a_row_are_joined_and_none_of_nobody_is_found() -> None:
    assert set_beside("they agreed to all of it. Nobody will be sent away", SPOKEN).fidelity is J
    assert set_beside("Nobody will be sent away", Spoken("", [])).fidelity is N


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_is_set_beside_any_other(quotation: str, text: str) -> None:
    spoken = Spoken(text, [[Span(0, len(text))]] if text else [])
    found = set_beside(quotation, spoken)
    assert found.fidelity in Fidelity
    for piece in found.pieces:
        assert piece.quoted is None or piece.quoted.end <= len(quotation)
        assert piece.spoken is None or piece.spoken.end <= len(text)


WORDS = st.lists(st.sampled_from("we will not leave the pier before spring nobody asked pilots".split()), max_size=40)


@given(WORDS, WORDS)
def test_the_pieces_are_in_order_and_cover_the_words_that_are_found(mine: list[str], theirs: list[str]) -> None:
    quotation, text = " ".join(mine), " ".join(theirs)
    found = set_beside(quotation, Spoken(text, [[Span(0, len(text))]] if text else []))
    places = [piece.quoted for piece in found.pieces if piece.quoted is not None]
    assert all(a.end <= b.start for a, b in itertools.pairwise(places))
    if found.fidelity is not N:
        assert sum(len(place.of(quotation).split()) for place in places) == len(mine)
    if found.fidelity is V:
        assert quotation in text
