"""Words made to be slow do not hold a check up."""

from __future__ import annotations

import time

import pytest

from onrecord.domain.spans import Span
from onrecord.linking.quotations import Spoken, set_beside


@pytest.mark.parametrize(
    ("quoted", "said"), [("a ", "a "), ("boat pier pier boat ", "pier boat "), ("we go ", "go we we ")]
)
def test_words_that_stand_everywhere_are_no_trap(quoted: str, said: str) -> None:
    text = said * 10_000
    spoken = Spoken(text, [[Span(0, len(text))]])
    began = time.process_time()
    set_beside(quoted * 500, spoken)
    assert time.process_time() - began < 20
