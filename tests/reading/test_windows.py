"""Windows: every word of a text is read once, at its own offsets, however the text is laid out."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.spans import Span
from onrecord.reading.encoder import Encoder
from onrecord.reading.windows import Windower, is_hard_wrapped, paragraphs, sentences


@pytest.fixture(scope="module")
def windower() -> Windower:
    return Encoder().windower


@given(st.text("ab. \n\r\t“”", max_size=80))
def test_paragraphs_hold_every_character_but_white_space(text: str) -> None:
    found = list(paragraphs(text))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_what_is_marked_is_in_no_paragraph() -> None:
    text = "One stands.\n\nRead more\n\nTwo stands. Source link"
    skip = [Span(13, 22), Span(36, 47)]
    assert [s.of(text) for s in paragraphs(text, skip)] == ["One stands.", "Two stands."]


def test_lines_wrapped_by_a_wire_are_one_paragraph() -> None:
    lines = ["The ministry said on Monday that the bridge over the", "river would stay closed until the spring because the",
             "piers had been damaged by ice and nobody could say", "how long the repair of the northern span would take,",
             "the minister told parliament."]  # fmt: skip
    wrapped = "\n".join(lines) + "\n\n" + "\n".join(lines)
    assert is_hard_wrapped(wrapped)
    assert len(list(paragraphs(wrapped))) == 2
    assert not is_hard_wrapped("One.\nTwo.\n\nThree.\nFour.\nFive.")


def test_sentences_end_where_a_new_one_can_begin() -> None:
    text = "He left. “Why?” she asked. The U.S. sent 3.5 tons."
    assert next(s.of(text).strip() for s in sentences(text, Span(0, len(text)))) == "He left."


@settings(max_examples=40, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(["word", "said.", "“Yes,”", "naïve", "\n", "\n\n", "x" * 30, "日本", "e\u0301"]), max_size=400
    ).map(" ".join)
)
def test_every_word_is_in_exactly_one_window(windower: Windower, text: str) -> None:
    seen: list[tuple[int, int]] = []
    for window in windower.windows(text):
        assert len(window.pieces) <= windower.width
        assert len(window.pieces) == len(window.starts) == len(window.ends) == len(window.heads)
        inside = window.starts >= 0
        assert (window.starts[inside] <= window.ends[inside]).all()
        seen += list(zip(window.starts[inside].tolist(), window.ends[inside].tolist(), strict=True))
    assert seen == sorted(seen)
    covered = set()
    for start, end in seen:
        covered.update(range(start, end))
    assert all(k in covered for k, c in enumerate(text) if c.isalnum())


def test_a_paragraph_longer_than_a_window_is_cut_at_sentences(windower: Windower) -> None:
    text = " ".join(f"The mayor of town number {n} said that the road was closed." for n in range(60))
    windows = list(windower.windows(text))
    assert len(windows) > 1
    for window in windows[:-1]:
        last = window.ends[window.starts >= 0].max()
        assert text[last - 1] == "."
