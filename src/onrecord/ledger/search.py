"""What people type into a search box, taken apart so that nothing of it reaches the database as a command.

    withdraw troops        both words, anywhere
    "heavy price"          these words next to each other
    withdr*                words (strictly: stems of words) that begin so
    -exercise              not this word; -"heavy price" not this phrase

Words are compared by their stem, without regard to case or accents. Everything else (brackets, colons, AND, OR) is
taken for text. No input raises: what has neither letters nor digits is passed over, and what lies beyond the first
32 terms or 1,000 characters is not looked at.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Self

from onrecord.language.words import plain_words, stem

MAX_CHARACTERS: Final = 1_000
MAX_TERMS: Final = 32
BEGINNING: Final = 2
"""Letters that a word and its stem share but for a few ("dying"): words that begin otherwise need not be stemmed."""

_TERM: Final = re.compile(r'(?P<no>-?)(?:["“”„](?P<phrase>[^"“”„]*)(?:["“”„]|$)|(?P<word>[^\s"“”„]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found next to each other; holds no quotation mark and no NUL. `beginning` opens the last word.

    `exact` tells that it stood in quotation marks or was opened: only these words were meant.
    """

    words: str
    beginning: bool = False
    exact: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search taken apart: every term of `required` and none of `excluded`; `nothing` can match when it is set."""

    required: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    nothing: bool = False

    @classmethod
    def parse(cls, typed: str) -> Self | None:
        """The search that was typed, or None when only white space was.

        >>> Wanted.parse('talks "heavy price" withdr* -exercise').excluded
        (Term(words='exercise', beginning=False),)
        """
        if not typed.strip():
            return None
        required: list[Term] = []
        excluded: list[Term] = []
        for match in _TERM.finditer(_searched(typed)):
            written = match["word"] if match["phrase"] is None else match["phrase"]
            words = written.rstrip("*")
            if not any(map(_is_searched, words)) or len(required) + len(excluded) == MAX_TERMS:
                continue
            into = excluded if match["no"] else required
            # The star must stand right after a letter or digit: FTS5 would drop other marks and open the word before.
            opened = words != written and _is_searched(words[-1])
            into.append(Term(words, beginning=opened, exact=opened or match["phrase"] is not None))
        return cls(tuple(required), tuple(excluded), nothing=not required and not excluded)

    @classmethod
    def words(cls, name: str) -> Self:
        """A search for a name: its words next to each other."""
        words = _searched(name).translate({ord(mark): " " for mark in '"“”„'})
        known = any(map(_is_searched, words))
        return cls((Term(words),) if known else (), nothing=not known)

    @classmethod
    def beginning(cls, text: str) -> Self | None:
        """A search for the words of a text next to each other, the last perhaps only begun; None where it has none."""
        whole = cls.words(text)
        if whole.nothing or not _is_searched(text.rstrip()[-1:]):
            return None if whole.nothing else whole
        return cls(tuple(Term(one.words, beginning=True) for one in whole.required))


def askable(typed: str) -> str:
    """A text without lone surrogates, for which a database cannot be asked."""
    return typed.encode("utf-8", "replace").decode("utf-8")


def folded(value: str) -> str:
    """A text for comparison: case and accents dropped, white space made single.

    >>> folded("Recep  Tayyip ERDOĞAN")
    'recep tayyip erdogan'
    """
    apart = unicodedata.normalize("NFKD", value.casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())


def stands_in(speaker: object, source: object, name: object) -> int:
    """1 when `name` is the speaker's name or whole words of it, or of an unnamed speaker's source (JSON), else 0."""
    if speaker is not None:
        return _stands_in(str(speaker), str(name))
    try:
        words = " ".join(str(text) for _, _, text in json.loads(str(source)))
    except (ValueError, TypeError, RecursionError):
        return 0
    return _stands_in(words, str(name))


@lru_cache(maxsize=10_000)
def _stands_in(words: str, name: str) -> int:
    wanted = re.escape(folded(name))
    return int(bool(wanted) and re.search(rf"(?<!\w){wanted}(?!\w)", folded(words)) is not None)


@dataclass(frozen=True, slots=True)
class Sounding:
    """Words in a row as they are compared in a text: stems, the last of them only a beginning where `open` says so."""

    stems: tuple[str, ...]
    open: bool = False

    @classmethod
    def of(cls, term: Term) -> Self:
        """How a term is compared; of a beginning the letters are left as they are."""
        plain = plain_words(term.words)
        last = [plain[-1] if term.beginning else stem(plain[-1])] if plain else []
        return cls((*map(stem, plain[:-1]), *last), term.beginning)

    def places(self, plain: Sequence[str]) -> Iterator[int]:
        """Where among the plain words of a text these words begin."""
        for place in range(len(plain) - len(self.stems) + 1 if self.stems else 0):
            row = plain[place : place + len(self.stems)]
            if row[0].startswith(self.stems[0][:BEGINNING]) and self._fits(row):
                yield place

    def _fits(self, row: Sequence[str]) -> bool:
        if self.open:
            return row[-1].startswith(self.stems[-1]) and tuple(map(stem, row[:-1])) == self.stems[:-1]
        return tuple(map(stem, row)) == self.stems


def holds(text: str, terms: Sequence[Sounding]) -> bool:
    """Whether a text has the words of one term at least."""
    plain = plain_words(text)
    return any(next(one.places(plain), None) is not None for one in terms)


def _searched(typed: str) -> str:
    # A NUL would end the query early.
    return askable(typed[:MAX_CHARACTERS]).replace("\0", " ")


def _is_searched(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LN"
