"""What of a figure its comparison with others rests on: a function of the figure alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.domain.figures import Counted
from onrecord.domain.passages import Act, Bound
from onrecord.language.vectors import shipped_vectors
from onrecord.language.words import plain_words, rarity, stem
from onrecord.weighing.figures.counting import UNKNOWN, around, is_part_of, words_at
from onrecord.weighing.figures.places import kinds_of, located, name_key, names_of
from onrecord.weighing.figures.vocabulary import (
    ANYBODY,
    BEFELL,
    CHILDREN,
    CLASSES,
    CUMULATIVE,
    EXCLUDING,
    GENERAL,
    HOLLOW,
    MEANS,
    PEOPLE,
    PLANNED,
    ROLES,
    STAFF,
    TOLLS,
    UNDER_WAY,
)

TELLING: Final = 2.0
"""Rarity from which a word tells something of what is counted."""
ROUGHLY: Final = 0.08
"""The share that a number said to be "about" so much may be off, either way."""
_FORWARD = frozenset({Act.COMMITMENT, Act.PREDICTION, Act.DEMAND})
_BEFORE, _BEHIND = 8, 10
_ROLE_REACH = 9


@dataclass(frozen=True, slots=True)
class Strand:
    """What two figures of one block must have in common to count one thing.

    `who` is the part of all people that is counted ("child"), `role` what happened to the things ("left"), `planned`
    that it has not happened yet, `part` that they are some of those just counted, `without` that something is left out,
    `rate` what the number is given for.
    """

    who: str = ""
    role: str = ""
    planned: bool = False
    part: bool = False
    without: bool = False
    rate: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What a text means, as a vector of unit length; two are compared by `cosine`."""

    vector: NDArray[np.float64]

    def cosine(self, other: Meaning) -> float:
        """The cosine of the two, rounded so that no processor decides."""
        return round(float(self.vector @ other.vector), 3)


@dataclass(frozen=True, slots=True)
class Profile:
    """One figure as it is compared.

    `qualifiers` are the stems that describe what is counted. `places` are the keys of names in its place or behind a
    preposition in its passage, `broad` those of states and great cities, `kinds` the kinds of places named there, `far`
    the other names of passage and content. `words` are the telling stems of both and `mass` the sum of how rare they
    are, `means` by what people came to harm, `meaning` the content's vector, `summed` that several happenings are added
    up. `first` and `last` are the days that the figure holds for, `least` and `most` the numbers that it allows,
    None where nothing is set.
    """

    counted: Counted
    strand: Strand
    qualifiers: frozenset[str]
    places: frozenset[str]
    broad: frozenset[str]
    kinds: frozenset[str]
    far: frozenset[str]
    words: frozenset[str]
    mass: float
    means: frozenset[str]
    meaning: Meaning
    summed: bool
    first: date | None
    last: date | None
    least: float | None
    most: float | None

    @property
    def middle(self) -> float | None:
        """One number that stands for the figure."""
        figure = self.counted.figure
        if figure.value is not None:
            return figure.value
        if self.least is not None and self.most is not None:
            return (self.least + self.most) / 2
        return self.least if self.least is not None else self.most


@lru_cache(maxsize=100_000)
def profile_of(counted: Counted) -> Profile:
    """The profile of a figure."""
    rendering, figure = counted.rendering, counted.figure
    place = words_at(rendering, figure.place) or ""
    named = names_of(rendering.words, rendering.speaker)
    own = names_of(f"at {place}", rendering.speaker) if place else ()
    own = own if any(one.keys for one in own) else located(rendering.words, rendering.speaker) or own
    context = names_of(rendering.context, rendering.speaker)
    places = frozenset(key for one in own for key in one.keys)
    phrase = plain_words(words_at(rendering, figure.counted) or "")
    qualifiers = {name_key(word.capitalize()) for word in phrase[:-1] if stem(word) not in HOLLOW}
    if (
        phrase
        and CLASSES.get(stem(phrase[-1]), "") not in (counted.block, PEOPLE)
        and stem(phrase[-1]) not in (*BEFELL, counted.noun)
    ):
        qualifiers.add(stem(phrase[-1]))
    text = rendering.context if rendering.words in rendering.context else f"{rendering.words} {rendering.context}"
    words = _telling(rendering.words, rendering.context)
    least, most = _range(counted)
    first, last = _days(counted)
    return Profile(
        counted=counted,
        strand=_strand(counted),
        qualifiers=frozenset(qualifiers),
        places=places,
        broad=frozenset(key for one in (*own, *named) for key in one.broad),
        kinds=kinds_of(place) or kinds_of(rendering.words),
        far=frozenset(key for one in (*named, *context) for key in one.keys) - places,
        words=words,
        mass=sum(rarity(word) for word in sorted(words)),
        means=frozenset(MEANS[one] for one in map(stem, plain_words(text[:4_000])) if one in MEANS),
        meaning=_meaning(text),
        summed=CUMULATIVE.search(rendering.words[:4_000]) is not None,
        first=first,
        last=last,
        least=least,
        most=most,
    )


@lru_cache(maxsize=50_000)
def _meaning(text: str) -> Meaning:
    """The vector of a text, at unit length."""
    return Meaning(shipped_vectors().vectors([text])[0].astype(np.float64))


def _telling(words: str, context: str) -> frozenset[str]:
    stems = {stem(word) for word in plain_words(f"{words} {context}"[:6_000])}
    return frozenset(one for one in stems if one not in HOLLOW and one[0].isalpha() and rarity(one) >= TELLING)


def _range(counted: Counted) -> tuple[float | None, float | None]:
    low, high = counted.low, counted.high
    if counted.figure.bound is Bound.ABOUT:
        low = None if low is None else low * (1 - ROUGHLY)
        high = None if high is None else high * (1 + ROUGHLY)
    return low, high


def _days(counted: Counted) -> tuple[date | None, date | None]:
    if counted.start is None or counted.end is None:
        return None, None
    last = max(counted.start, counted.end - timedelta(microseconds=1))
    return counted.start.date(), last.date()


def _strand(counted: Counted) -> Strand:
    rendering, figure = counted.rendering, counted.figure
    unit = figure.unit or ""
    if unit and not unit.startswith("per "):
        return Strand()
    before_text, behind_text = around(rendering, figure, 90)
    before, behind = plain_words(before_text)[-_BEFORE:], plain_words(behind_text)[:_BEHIND]
    near = [*before, *behind]
    toll = counted.block in TOLLS
    part = toll and is_part_of(before, behind)
    who = _who(counted, part=part) if toll else ""
    return Strand(
        who=who,
        role="" if toll else _role(before, behind),
        planned=not PLANNED.isdisjoint(before[-3:]) if toll else _is_planned(counted, before, behind, near),
        part=part and not who,
        without=not EXCLUDING.isdisjoint(near),
        rate=unit,
    )


def _who(counted: Counted, *, part: bool) -> str:
    """The class of those whom something befell, empty where nothing narrows it."""
    words = words_at(counted.rendering, counted.figure.counted)
    found = words.split() if words else []
    if not found or found[-1][0].isupper():
        return ""
    stems = [stem(word) for word in plain_words(words or "")]
    if not stems or stems[-1] in ANYBODY:
        return "civilian" if part and "civilian" in stems else ""
    if stems[-1] in CHILDREN:
        return "child"
    if stems[-1] in STAFF:
        return "staff"
    known = CLASSES.get(stems[-1], stems[-1])
    return "" if known in TOLLS else stems[-1] if known in GENERAL else known


def _role(before: list[str], behind: list[str]) -> str:
    # "rose to 58", "arrived to 58": the verb is that of the number.
    for words in (behind[:_ROLE_REACH], [] if before[-1:] == ["to"] else before[::-1][:3]):
        for word in words:
            role = ROLES.get(stem(word)) or ROLES.get(word)
            if role is not None:
                return role
    return ""


def _is_planned(counted: Counted, before: list[str], behind: list[str], near: list[str]) -> bool:
    if not PLANNED.isdisjoint(before[-6:]) or not PLANNED.isdisjoint(behind[:5]):
        return True
    if any(tuple(near[at : at + len(run)]) == run for run in UNDER_WAY for at in range(len(near))):
        return True
    opens = plain_words(counted.rendering.words[:20])[:1] == ["to"]
    return opens or counted.rendering.act in _FORWARD


def is_open(profile: Profile) -> bool:
    """Whether nothing tells what the figure counts."""
    return profile.counted.block == UNKNOWN
