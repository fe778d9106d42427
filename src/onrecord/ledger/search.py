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
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

MAX_CHARACTERS: Final = 1_000
MAX_TERMS: Final = 32

_TERM: Final = re.compile(r'(?P<no>-?)(?:["“”„](?P<phrase>[^"“”„]*)(?:["“”„]|$)|(?P<word>[^\s"“”„]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found next to each other; holds no quotation mark and no NUL. `beginning` opens the last word."""

    words: str
    beginning: bool = False


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
            into.append(Term(words, beginning=words != written and _is_searched(words[-1])))
        return cls(tuple(required), tuple(excluded), nothing=not required and not excluded)

    @classmethod
    def words(cls, name: str) -> Self:
        """A search for a name: its words next to each other."""
        words = _searched(name).translate({ord(mark): " " for mark in '"“”„'})
        known = any(map(_is_searched, words))
        return cls((Term(words),) if known else (), nothing=not known)


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


def _searched(typed: str) -> str:
    # A NUL would end the query early.
    return askable(typed[:MAX_CHARACTERS]).replace("\0", " ")


def _is_searched(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LN"
