"""Which characters of a text stand in quotation marks: what two reports both quote is no copy of one from the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

LONGEST: Final = 4_000
"""Characters of one quotation that are looked at for its closing mark."""

_CLOSING: Final = {"“": "”", "«": "»", "„": "“”", '"': '"', "‟": "”"}
_OPENING: Final = re.compile("[“«„‟\"‘']")
_SINGLE_OPENS_AFTER: Final = frozenset(' \t\n([—–-“"')
_SINGLE_CLOSES: Final = {
    # Behind a mark of punctuation, or before a gap: else it is an apostrophe.
    "‘": re.compile(r"(?<=[.,!?;:…])’|’(?=[\s.,;:!?)]|$)"),
    "'": re.compile(r"(?<=[.,!?…])'(?!\w)"),
}


def quoted(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` in quotation marks, marks included, in order and apart from each other.

    A quotation ends at its own closing mark or, where that is missing, with its paragraph.

    >>> quoted('He said “we go” and left.')
    [(8, 15)]
    """
    found: list[tuple[int, int]] = []
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        start, mark = opening.span()[0], opening.group()
        at = start + 1
        paragraph = text.find("\n", at, start + LONGEST)
        limit = paragraph if paragraph >= 0 else min(len(text), start + LONGEST)
        if mark == '"' and text[at : at + 1].isspace():
            # A closing mark whose opening one is missing.
            continue
        if mark in _SINGLE_CLOSES:
            if start and text[start - 1] not in _SINGLE_OPENS_AFTER:
                continue
            closing = _SINGLE_CLOSES[mark].search(text, at, limit)
            if closing is None:
                continue
            end = closing.end()
        else:
            ends = [place for one in _CLOSING[mark] if (place := text.find(one, at, limit)) >= 0]
            end = min(ends) + 1 if ends else limit
        if end > start:
            found.append((start, end))
            at = end
    return found


class Quotations:
    """Asks whether a place of one text stands in quotation marks."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str) -> None:
        stretches = quoted(text)
        self._starts = [start for start, _ in stretches]
        self._ends = [end for _, end in stretches]

    def __contains__(self, place: int) -> bool:
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]
