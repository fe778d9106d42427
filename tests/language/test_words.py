"""Words in their plainest letters."""

from __future__ import annotations

import unicodedata

import pytest

from onrecord.language.words import without_accents


@pytest.mark.parametrize("place", [range(0x80, 0x3000), range(0x3000, 0x11000), range(0x11000, 0x20000)], ids=str)
def test_no_accent_is_left_whatever_stands_beside_it(place: range) -> None:
    for one in map(chr, place):
        text = f"“a{one}b”"
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
        assert without_accents(text) == plain, hex(ord(one))
