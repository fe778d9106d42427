"""How much a later utterance speaks of the same thing as an entry: a pure function of the two.

Words are weighed by how rare they are in news, names above others; what stands around a passage in its statement counts
for less than the passage itself. Meaning (vectors of passages) joins in where other words are used for one thing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from onrecord.domain.relations import Said
from onrecord.language.vectors import cosine
from onrecord.language.words import rarity, words_of
from onrecord.weighing.docket.concepts import concepts

COMMON: Final = 2.2
"""Stems that every ninth report or more has say nothing of what is spoken of."""
AROUND: Final = 0.5
"""What a word counts that stands beside the passage, not in it."""
LONGEST: Final = 1_000
"""Characters of a text whose words are looked at."""
PLACE: Final = 0.4
"""What a shared name counts: much that happens in one place has nothing to do with each other."""
EVEN: Final = 6.0
"""Added to the weight of the lesser utterance, so that one shared word of few does not make two things one."""
RENDERINGS: Final = 8
"""Wordings of an utterance whose words count."""


_DATING: Final = re.compile(
    r"[0-9]{1,2}|(?:19|20)[0-9]{2}|januari|februari|march|april|june|juli|august|septemb|octob|novemb|decemb"
    r"|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|yesterday"
)
"""Stems of days and small numbers: that two things have a day in common says little."""
_CAPITAL: Final = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'’-]{2,30}")


@dataclass(frozen=True, slots=True)
class Topic:
    """What an utterance speaks of: its telling stems with their weights, those that only stand around it, the rows of
    `concepts` it names, its figures, and the text that its meaning is taken from. `places` are stems of names."""

    own: Mapping[str, float]
    around: Mapping[str, float]
    places: frozenset[str]
    rows: frozenset[str]
    figures: frozenset[float]
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two utterances speak of one thing: `words` and `meaning` from 0 to 1 (a cosine, 0 and less for nothing in
    common), and the figures that both have."""

    words: float
    meaning: float
    figures: tuple[float, ...]

    @property
    def score(self) -> float:
        """From 0 to 1."""
        return min(1.0, 0.75 * self.words + 0.5 * max(0.0, self.meaning - 0.15) + 0.1 * bool(self.figures))


def topic(said: Said) -> Topic:
    """What an utterance speaks of."""
    own: dict[str, float] = {}
    around: dict[str, float] = {}
    figures: set[float] = set()
    names: set[str] = set()
    rows: frozenset[str] = frozenset()
    for one in {one.passage: one for one in (said.fullest, *said.renderings[:RENDERINGS])}.values():
        own |= telling(one.words[:LONGEST])
        around |= telling(one.context[:LONGEST])
        rows |= _rows(one.words[:LONGEST])
        names |= _names(one.words[:LONGEST]) | _names(one.context[:LONGEST])
        figures.update(figure.value for figure in one.figures if figure.value is not None and figure.value > 1)
    beside = {word: weight for word, weight in around.items() if word not in own}
    return Topic(own, beside, frozenset(names), rows, frozenset(figures), said.fullest.words[:LONGEST])


@lru_cache(maxsize=20_000)
def telling(text: str) -> Mapping[str, float]:
    """The stems of a text that tell what it speaks of, with their weights: how rare each is in news."""
    weights = {word: rarity(word) for word in words_of(text) if len(word) > 2 and not _DATING.fullmatch(word)}
    return MappingProxyType({word: weight for word, weight in weights.items() if weight >= COMMON})


@lru_cache(maxsize=20_000)
def _rows(text: str) -> frozenset[str]:
    return concepts(words_of(text))


@lru_cache(maxsize=20_000)
def _names(text: str) -> frozenset[str]:
    return frozenset(stem for found in _CAPITAL.finditer(text) for stem in words_of(found.group()))


def likeness(entry: Topic, later: Topic) -> Likeness:
    """How far `later` speaks of what `entry` speaks of."""

    def counted(word: str, weight: float) -> float:
        return PLACE * weight if word in entry.places else weight

    both = sum(counted(word, weight) for word, weight in later.own.items() if word in entry.own)
    both += AROUND * sum(counted(word, weight) for word, weight in later.own.items() if word in entry.around)
    both += AROUND * sum(counted(word, weight) for word, weight in later.around.items() if word in entry.own)
    least = min(sum(entry.own.values()), sum(later.own.values()))
    words = min(1.0, both / (least + EVEN)) if least else 0.0
    return Likeness(words, cosine(entry.text, later.text), tuple(sorted(entry.figures & later.figures)))
