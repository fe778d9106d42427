"""Names and kinds of places in a passage, made alike where a state and its people are meant by one stem."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.language.words import plain_words, rarity, stem, without_accents
from onrecord.weighing.figures.vocabulary import HOLLOW, LOCATIVE, PLACE_KINDS

_NAME: Final = re.compile(r"[A-ZÀ-Þ][\w'’]*(?:[ -][A-ZÀ-Þ][\w'’]*){0,3}")
_WHERE: Final = re.compile(
    r"\b(?:within|in|at|near|along|on|around|across|inside|outside|throughout)\s+"
    r"(?:(?!and\b|but\b|who\b|which\b|that\b|since\b|after\b|while\b|when\b|on\b|are\b|is\b|was\b|were\b|had\b|has\b)"
    r"[\w’'-]+\s*){1,7}"
)
_ENDINGS: Final = ("ians", "ian", "ans", "an", "ese", "ia", "ns", "n", "as", "a", "es", "e", "is", "i", "s")
_LEAST: Final = 4
_BONES: Final = 3
BROAD: Final = 4.0
"""Rarity under which a name is one of a state or a great city, which many happenings share."""
_COMPASS: Final = {
    "western": "west", "eastern": "east", "northern": "north", "southern": "south",
}  # fmt: skip
_ARTICLES: Final = frozenset("al el ad ar as az an ash de la".split())
_BETWEEN: Final = frozenset("western eastern northern southern central small".split())
_LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised run of words and the keys that it is compared by; `broad` are those that news is full of."""

    words: str
    keys: frozenset[str]
    broad: frozenset[str] = frozenset()


def names_of(text: str, speaker: str | None = None) -> tuple[Name, ...]:
    """The capitalised names of a text in order, without the speaker's own; a lone word that opens a sentence is none.

    >>> [name.words for name in names_of("The Olmiran town of Zelvin was hit on Friday", "Pavla Drenko")]
    ['Olmiran', 'Zelvin']
    """
    return _names(text[:_LONGEST], speaker)


@lru_cache(maxsize=50_000)
def _names(text: str, speaker: str | None) -> tuple[Name, ...]:
    own = {name_key(word) for word in (speaker or "").split()}
    found = []
    for match in _NAME.finditer(text):
        opens = match.start() == 0 or text[: match.start()].rstrip(" \"“‘'«(")[-1:] in ("", ".", "!", "?", "\n")
        words = match.group().split()
        if opens and (len(words) == 1 or stem(words[0].casefold()) in HOLLOW):
            words = words[1:] if stem(words[0].casefold()) in HOLLOW else words
            if len(words) == 1 and opens and not _looks_like_a_name(words[0]):
                continue
        keys: set[str] = set()
        broad: set[str] = set()
        for word in re.split(r"[ -]", " ".join(words)):
            plain = stem(re.sub(r"['’]s?$", "", without_accents(word).casefold()))
            if len(word) > 1 and plain not in HOLLOW and plain not in _ARTICLES and name_key(word) not in own:
                (keys if rarity(plain) >= BROAD else broad).add(name_key(word))
        if keys or broad:
            found.append(Name(" ".join(words), frozenset(keys), frozenset(broad)))
    return tuple(found)


def located(text: str, speaker: str | None = None) -> tuple[Name, ...]:
    """The names that stand behind a preposition of place.

    >>> [name.words for name in located("The mission saw 60 tanks near the town of Zelvin")]
    ['Zelvin']
    """
    found = []
    for one in names_of(text, speaker):
        at = text.find(one.words)
        before = plain_words(text[max(0, at - 40) : at])[-4:]
        while before and (before[-1] == "the" or stem(before[-1]) in PLACE_KINDS or before[-1] in _BETWEEN):
            before.pop()
        if before and before[-1] in LOCATIVE:
            found.append(one)
    return tuple(found)


def where(text: str, behind: int = 0) -> str | None:
    """The first phrase of place behind an offset, with its preposition, as the text words it; None where there is none.

    >>> where("Harvenia had massed about 80,000 soldiers within 60 km of the river")
    'within 60 km of the river'
    """
    for match in _WHERE.finditer(text[:_LONGEST], behind):
        phrase = match.group()
        if kinds_of(phrase) or names_of(phrase.replace(phrase.split()[0], "at", 1)):
            return " ".join(phrase.split())
    return None


def _looks_like_a_name(word: str) -> bool:
    return rarity(stem(without_accents(word).casefold())) >= 4.0


def name_key(word: str) -> str:
    """What a name is compared by: the same for a land, its people and their adjective.

    >>> name_key("Olmira") == name_key("Olmiran") == name_key("Olmirans")
    True
    >>> name_key("Syria") == name_key("Syrian"), name_key("Western")
    (True, 'wst')
    >>> name_key("Hasakeh") == name_key("Hassakah")
    True
    """
    return _skeleton(_bare(word))


def _skeleton(key: str) -> str:
    """The consonants of a name, in which spellings of one name from another script agree; a short one is left whole."""
    rest = [letter for letter in key[1:] if letter not in "aeiouhyw"]
    bones = key[:1] + "".join(rest)
    bones = "".join(letter for at, letter in enumerate(bones) if at == 0 or letter != bones[at - 1]).replace("q", "k")
    return bones if len(bones) >= _BONES else key


def _bare(word: str) -> str:
    key = without_accents(word).casefold().replace("’", "'").removesuffix("'s").strip("'")
    if key in _COMPASS:
        return _COMPASS[key]
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= _LEAST:
            return key[: -len(ending)]
    return key


def kinds_of(text: str) -> frozenset[str]:
    """The kinds of places that a text names.

    >>> sorted(kinds_of("in the whole of its western district"))
    ['district', 'west']
    """
    found = set()
    for word in plain_words(text[:_LONGEST]):
        if word in _COMPASS or word in _COMPASS.values():
            found.add(_COMPASS.get(word, word))
        elif stem(word) in PLACE_KINDS:
            found.add(stem(word))
    return frozenset(found)
