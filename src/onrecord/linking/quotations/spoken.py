"""The words of a transcript with an index of their pairs, and the words of a quotation.

Case, accents, punctuation, quotation marks and the two spellings of English make no difference; every other difference
between words does, "isn't" for "is not" and "ten" for "10" included.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.domain.spans import Span
from onrecord.linking.utterances.differences_words import folded, spelled

LONGEST: Final = 2_000
"""Words of a quotation that are looked at, at most."""

_WORD = re.compile(r"[^\W_]+(?:[.,](?=\d)[^\W_]+)*(?:['’ʼ][^\W_]+)*")
_INSERTED = re.compile(r"\[[^\[\]]{0,200}\]")
_STRAIGHT = str.maketrans("’ʼ", "''")


@dataclass(frozen=True, slots=True)
class Said:
    """One word: what it is compared by, its characters, and the number of the turn it stands in."""

    key: str
    span: Span
    turn: int = 0


def words_in(text: str, span: Span, turn: int = 0) -> list[Said]:
    """The words of a stretch of text."""
    return [
        Said(spelled(folded(found.group().translate(_STRAIGHT)).replace(",", "")), Span(*found.span()), turn)
        for found in _WORD.finditer(text, span.start, span.end)
    ]


def quoted_words(quotation: str) -> list[Said]:
    """The words of a quotation; what stands in square brackets is the reporter's and left out."""
    inserted = [found.span() for found in _INSERTED.finditer(quotation)]
    whole = words_in(quotation, Span(0, max(1, len(quotation))))
    own = [one for one in whole if not any(start <= one.span.start < end for start, end in inserted)]
    return own[:LONGEST]


class Spoken:
    """What somebody said in a transcript: the words of some of its turns, and where each pair of words stands."""

    def __init__(self, text: str, turns: Iterable[Sequence[Span]]) -> None:
        self.text = text
        self.words: list[Said] = []
        for number, turn in enumerate(turns):
            for span in turn:
                self.words += words_in(text, span, number)
        self.pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.alone: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            self.alone[word.key].append(place)
            if place:
                self.pairs[self.words[place - 1].key, word.key].append(place - 1)

    def span(self, start: int, end: int) -> Span | None:
        """The characters of words `[start, end)`."""
        return Span(self.words[start].span.start, self.words[end - 1].span.end) if start < end else None

    def back(self, start: int, most: int) -> int:
        """Where so many words before one begin, in its turn."""
        begin = max(0, start - most)
        while self.words[begin].turn != self.words[start].turn:
            begin += 1
        return begin

    def onward(self, end: int, most: int) -> int:
        """Where so many words from `end` on are over, in the turn of the word before them."""
        stop = min(len(self.words), end + most)
        while self.words[stop - 1].turn != self.words[end - 1].turn:
            stop -= 1
        return stop
