"""People: one whom a report names, and how forms of a name are held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.domain.spans import Span
from onrecord.reading.vocabulary import HE_ROLES, KEPT, SHE_ROLES, bare, first_names, without_accents

_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])


@dataclass(slots=True)
class Person:
    """Somebody the report names: the fullest form, its first place, and what is said of them.

    `likely` is whether more than capital letters speaks for a person: a title, a known first name, a description
    behind it, the surname on its own; `evidence` weighs these. `spoke` is whether the name was the source of a
    statement.
    """

    name: str
    place: Span
    roles: set[str] = field(default_factory=set)
    context: set[str] = field(default_factory=set)
    gender: str | None = None
    likely: bool = False
    spoke: bool = False
    evidence: int = 0
    places: list[int] = field(default_factory=list)
    """Where the surname stands, in order."""

    @property
    def surname(self) -> str:
        """The last word of the name with the particles before it left out, and a "Jr." behind it."""
        words = self.name.split()
        return words[-2] if len(words) > 2 and words[-1].casefold() in _SUFFIXES else words[-1]

    @property
    def known_first(self) -> bool:
        """Whether the name begins with a known given name."""
        words = self.name.split()
        return len(words) > 1 and key(words[0]) in first_names()


def roles(word: str) -> set[str]:
    """A word and the parts of a hyphenated one: "secretary-general" is a secretary and a general."""
    return {word.lower(), *word.lower().split("-")}


def roles_in(words: Iterable[str]) -> set[str]:
    """The words and the parts of the hyphenated ones."""
    return {part for word in words for part in roles(word)}


def one_letter_apart(a: str, b: str) -> bool:
    """Whether one letter more, less or changed makes one word of the other; the first letter has to be the same."""
    if a == b or abs(len(a) - len(b)) > 1 or a[:1] != b[:1]:
        return False
    k = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[k:] == b[k + 1 :] or a[k + 1 :] == b[k:] or a[k + 1 :] == b[k + 1 :]


@lru_cache(maxsize=KEPT)
def key(name: str) -> str:
    """A name as it is compared: without case, accents, a possessive or a full stop at its end."""
    return without_accents(bare(name).casefold())


def gender(words: Iterable[str]) -> str | None:
    """The pronoun that titles and roles go with, None where they go with either."""
    found = set(words)
    if found & HE_ROLES:
        return "he"
    return "she" if found & SHE_ROLES else None


def whole_words(text: str, word: str, within: Span) -> Iterator[int]:
    """Where a word stands in a stretch of a text and is no part of a longer one, in order.

    What stands before the stretch counts as beside it, what stands behind it does not, as in the searches of `re`.
    """
    limit = min(within.end, len(text))
    at = text.find(word, within.start, limit)
    while at >= 0:
        end = at + len(word)
        whole = not (at and _goes_on(text[at - 1])) and not (end < limit and _goes_on(text[end]))
        if whole:
            yield at
        at = text.find(word, end if whole else at + 1, limit)


def _goes_on(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
