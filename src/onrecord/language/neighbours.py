"""Words that mean nearly what other words mean, for a search that should find "withdrawal" where "pull back" is typed.

Nearness is the cosine of two vectors of `onrecord.language.vectors`, among the whole words of their vocabulary that
news uses, and at least `KIN` among words that news uses for one thing. No text is looked at but the one asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.language.vectors import shipped_vectors, whole_words
from onrecord.language.words import rarity, stem, words_of

KIN: Final = 0.65
"""How near words of one line of `_KIN` are at least."""
LEAST: Final = 0.4
"""The cosine below which a word is no neighbour: what lies lower shares a field, not a meaning."""
MOST: Final = 24
"""Neighbours of one text at most, forms of one word counted once."""
TOO_COMMON: Final = 1.2
"""The rarity below which a word says little of what a text is about: "the", "have", "back"."""
_UNHEARD: Final = rarity("")
"""The rarity of a word that no news has."""
_SHORTEST: Final = 3
_LOOKED_AT: Final = 8 * MOST

# What news says in several ways whose vectors lie apart, most often since one of them is two words or has two senses.
_KIN: Final = """
withdraw, withdrawal, retreat, pull out, pull back, pullout, fall back, go home, leave
troops, soldiers, servicemen, forces, army, battalion, brigade
guns, artillery, cannon, howitzers
shelling, shells, bombardment, mortar, rounds, gunfire
missile, rocket
air defence, anti aircraft
attack, assault, invasion, invade, incursion, offensive
retaliate, shoot back, strike back, hit back, respond
ceasefire, truce, armistice, cease fire
violation, breach, infringement
talks, negotiations, dialogue, meeting, summit
agreement, accord, deal, pact, treaty
void, cancel, annul, scrap, revoke
casualties, killed, dead, died, deaths, fatalities, victims
funeral, bury, burial
injured, wounded, hurt
flee, fled, evacuate, displaced, refugees
saboteurs, terrorists, militants, infiltrators
provocation, staged, false flag, hoax
poison, toxic, chemical, chlorine, gas
evidence, proof
deny, reject, dismiss, untrue
mistake, error, wrong
promise, pledge, vow
resign, step down, quit
sanctions, embargo, penalties
hostage, captive, abducted, kidnapped
prisoner, detainee, inmate
election, vote, ballot, poll
blackout, power cut, outage
satellite, imagery, from space
inspect, visit, examine
railway, train, rail
harbour, port
costs, prices, dearer, inflation
"""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A word, or two in a row, and how near it is to what was asked, from `LEAST` to 1."""

    words: str
    nearness: float


@lru_cache(maxsize=1_000)
def neighbours(text: str, *more: str) -> tuple[tuple[Neighbour, ...], ...]:
    """For each text of a few words the words nearest in meaning, nearest first, none that the text has itself.

    Several texts at once cost little more than one.

    >>> (found,) = neighbours("withdrawal")
    >>> {"withdrew", "retreat", "pull out"} <= {one.words for one in found}
    True
    >>> "withdrew" in [one.words for one in neighbours("troops", "pulled back")[1]]
    True
    """
    words, directions = _known()
    texts = text, *more
    cosines = directions @ shipped_vectors().vectors(texts).T
    return tuple(_nearest(one, words, cosines[:, place]) for place, one in enumerate(texts))


def _nearest(text: str, words: Sequence[str], cosines: NDArray[np.float32]) -> tuple[Neighbour, ...]:
    own = words_of(text)
    found = {words_of(one): Neighbour(one, KIN) for one in _kin(text)}
    room = MOST + len(found)
    highest = np.argpartition(-cosines, _LOOKED_AT)[:_LOOKED_AT]
    # In single precision processors differ in the 7th digit.
    ordered = sorted((-round(float(cosines[place]), 4), place) for place in highest.tolist())
    for negative, place in ordered:
        if -negative < LEAST or len(found) >= room:
            break
        key = (stem(words[place]),)
        if key[0] in own or not TOO_COMMON <= rarity(key[0]) < _UNHEARD:
            continue
        if key not in found or -negative > found[key].nearness:
            found[key] = Neighbour(words[place], -negative)
    return tuple(sorted(found.values(), key=lambda one: (-one.nearness, one.words)))


def is_common(word: str) -> bool:
    """Whether a folded word says little of what a text is about."""
    return rarity(stem(word)) < TOO_COMMON


@lru_cache(maxsize=10_000)
def is_known(word: str) -> bool:
    """Whether a folded word has a meaning here; names of people and places that news seldom has do not."""
    return word in _whole() or is_common(word) or _kin(word) != ()


def _kin(text: str) -> tuple[str, ...]:
    """The other words of the lines that a text is on."""
    key = words_of(text)
    lines = _lines().get(key, ())
    return tuple(dict.fromkeys(one for line in lines for one in line if words_of(one) != key))


@cache
def _lines() -> dict[tuple[str, ...], list[Sequence[str]]]:
    found: dict[tuple[str, ...], list[Sequence[str]]] = {}
    for line in _KIN.strip().splitlines():
        words = line.split(", ")
        for key in {words_of(word) for word in words}:
            found.setdefault(key, []).append(words)
    return found


@cache
def _whole() -> frozenset[str]:
    return frozenset(_known()[0])


@cache
def _known() -> tuple[list[str], NDArray[np.float32]]:
    """The words that may be neighbours, and a row of unit length for each."""
    words = [word for word in whole_words() if len(word) >= _SHORTEST and word.isascii() and word.isalpha()]
    return words, shipped_vectors().rows_of(words)
