"""Renderings with their differences marked: nothing of them is lost, and each mark says what it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.passages import Act
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Change, Difference, Edit, Material, Rendering
from onrecord.linking.utterances.differences import difference
from onrecord.publishing.linked.marked import Mark, Marked, marked


def rendering(text: str, name: str) -> Rendering:
    return Rendering(name, "s", "r", Span(0, max(1, len(text))), text, Act.CLAIM)


def compared(a: str, b: str) -> Marked:
    return marked(a, b, difference(rendering(a, "a"), rendering(b, "b")))


def told(one: Marked) -> str:
    signs = {Mark.KEPT: "{0}", Mark.DROPPED: "[-{0}]", Mark.ADDED: "[+{0}]", Mark.CHANGED: "[{1}>{0}]"}
    return "".join(
        piece.lead + signs[piece.mark].format(piece.text, piece.before) + piece.trail for piece in one.pieces
    )


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("We will bury our dead first", "We will bury our dead", "We will bury our dead [-first]"),
        ("First the gates, then the dam broke", "the gates, then the dam broke", "[-First] the gates, then the dam broke"),
        ("Seven old houses stood by the weir", "Nine old houses stood by the weir", "[Seven>Nine] old houses stood by the weir"),
        ("The weir held", "The old weir held", "The [+old] weir held"),
        ("95,000 men, seen on Monday, left by train", "95 thousand men left by train", "95 thousand men [-seen on Monday] left by train"),
        ("The weir held", "the weir held!", "the weir held!"),
    ],
)  # fmt: skip
def test_pieces(a: str, b: str, expected: str) -> None:
    assert told(compared(a, b)) == expected


def test_flags_say_what_differs_and_with_which_words() -> None:
    flags = compared("At least 7 boats sank near the weir", "Nine boats sank near the weir").flags
    assert [(flag.words, flag.fullest, flag.rendering) for flag in flags] == [
        ("figure differs", "At least 7", "Nine"),
    ]


def test_a_paraphrase_is_not_struck_through() -> None:
    one = compared("Forty houses stand in the water since dawn", "The flood has reached our village this morning")
    assert one.throughout
    assert [piece.mark for piece in one.pieces] == [Mark.KEPT]


def test_edits_that_overlap_lose_nothing() -> None:
    edits = (
        Edit(Change.CHANGED, Span(0, 5), Span(0, 6), (Material.ACTOR,)),
        Edit(Change.CHANGED, Span(4, 9), Span(3, 9)),
        Edit(Change.DROPPED, Span(9, 11), None),
    )
    text = "the weir held"
    one = marked("a weir is held up", text, Difference("a", "b", edits))
    assert "".join(piece.text for piece in one.pieces if piece.mark is not Mark.DROPPED) == text


WORDS = st.lists(
    st.sampled_from("the not 95,000 95 thousand weir held if May will Quell don’t , . “gates” isn't at least".split()),
    max_size=25,
).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=80)), st.one_of(WORDS, st.text(max_size=80)))
@settings(max_examples=300, deadline=None)
def test_the_characters_of_a_rendering_stay_complete(a: str, b: str) -> None:
    one = compared(a, b)
    assert "".join(piece.text for piece in one.pieces if piece.mark is not Mark.DROPPED) == b
