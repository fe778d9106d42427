"""Words, beginnings of words and phrases, as definitions write them, looked for in the words of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.language.words import plain_words, stem

LONGEST_PHRASE: Final = 12
"""Words of a phrase."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a pattern: a stem, or where `beginning` is set the letters that a word begins with."""

    word: str
    beginning: bool = False

    def fits(self, plain: str) -> bool:
        """Whether a folded, unstemmed word is meant."""
        return plain.startswith(self.word) if self.beginning else stem(plain) == self.word


@lru_cache(maxsize=4_096)
def tokens(pattern: str) -> tuple[Token, ...]:
    """The words of a pattern in order; none where it has neither letter nor digit.

    >>> tokens("pulling withdraw*")
    (Token(word='pull', beginning=False), Token(word='withdraw', beginning=True))
    """
    found: list[Token] = []
    for part in pattern.split():
        plain = plain_words(part)
        found += [Token(stem(word)) for word in plain]
        if plain and part.endswith("*"):
            found[-1] = Token(plain[-1], beginning=True)
    return tuple(found)


def found_in(pattern: str, plain: Sequence[str]) -> str | None:
    """The first words of a text that the pattern means, as they stand there, or None; `plain` is from `plain_words`.

    >>> found_in("withdraw*", ["they", "withdrew", "a", "withdrawal"])
    'withdrawal'
    """
    wanted = tokens(pattern)
    if not wanted:
        return None
    first, *others = wanted
    for start in range(len(plain) - len(others)):
        if first.fits(plain[start]) and all(token.fits(plain[start + at]) for at, token in enumerate(others, start=1)):
            return " ".join(plain[start : start + len(wanted)])
    return None
