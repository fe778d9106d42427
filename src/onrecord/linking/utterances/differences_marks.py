"""What makes a difference of wording one of substance: figures, negations, conditions, modals and names.

Each is found with the words that it stands on, so that a difference can be shown where it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.domain.passages import TimeKind
from onrecord.domain.utterances import Rendering
from onrecord.language.words import rarity
from onrecord.linking.utterances.differences_vocabulary import (
    ASKING,
    BOUNDS,
    CONDITION_PHRASES,
    CONDITIONS,
    DENYING,
    INVERTED,
    MODAL_PHRASES,
    MODALS,
    NATIONS,
    NEGATING_BEFORE_TO,
    NO_ACTORS,
    NO_NEGATED_UN,
    PRONOUNS,
    STATES,
    STRONG_NEGATIONS,
    VAGUE_NUMBERS,
    WEAK_NEGATIONS,
)
from onrecord.linking.utterances.differences_words import Word, folded, spelled, words

MOST: Final = 60
"""So many marks of a kind are compared; no sentence has more."""
UNHEARD_OF: Final = 8.5
"""A word as rare as this in news, written with a capital at the beginning of a sentence, is taken for a name."""

_CAPITALS: Final = re.compile(r"(?<=[\w,] )[^\W\d_a-z]\w{2,30}")
_DURATION: Final = re.compile(r"P(?:T(?=[0-9]))?([0-9]{1,9}(?:\.[0-9]{1,9})?)([YMWDHS])\Z")
_EDGES: Final = ("more", "less", "fewer", "later", "earlier", "sooner")
_HOURS: Final = {"Y": 8760.0, "M": 730.0, "W": 168.0, "D": 24.0, "H": 1.0, "S": 1 / 3600}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure: its value, how it is bound, the root of the word it counts, and the place of its number."""

    value: float
    bound: str
    counted: str | None
    place: int


@dataclass(frozen=True, slots=True)
class Timed:
    """A time with a number in it: a length in hours or a day of the calendar, and the place of its first word."""

    length: float | None
    day: str | None
    place: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A negation, condition, modal or name: what it comes to, the place of its word, and of those it governs."""

    value: str
    place: int
    governs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """A rendering taken apart for comparison."""

    rendering: Rendering
    words: tuple[Word, ...]
    keys: frozenset[str]
    roots: frozenset[str]
    figures: tuple[Counted, ...]
    times: tuple[Timed, ...]
    negations: tuple[Mark, ...]
    stand_ins: int
    """How many words there are that can stand for a negation."""
    denies: bool
    """Whether a word that denies, refuses or prevents is among them."""
    conditions: tuple[Mark, ...]
    asks: bool
    """Whether a "whether", or an "if" that asks, stands in it."""
    modals: tuple[Mark, ...]
    names: tuple[Mark, ...]


def wording(rendering: Rendering) -> Wording:
    """What the rendering holds that can make a difference of substance."""
    found = words(rendering.words)
    times, timed = _times(rendering, found)
    asked = rendering.words.rstrip(' \n"”’»').endswith("?")
    conditions, asks = _conditions(found, asked)
    return Wording(
        rendering=rendering,
        words=found,
        keys=frozenset(word.key for word in found),
        roots=frozenset(word.root for word in found),
        figures=_figures(found, timed),
        times=times[:MOST],
        negations=_negations(found)[:MOST],
        stand_ins=sum(_stands_in(found, place) for place in range(len(found))),
        denies=any(word.key in DENYING and _stands_in(found, place) for place, word in enumerate(found)),
        conditions=conditions[:MOST],
        asks=asks,
        modals=_modals(found, asked)[:MOST],
        names=_names(found, rendering)[:MOST],
    )


def _at(found: Sequence[Word], place: int, phrase: Sequence[str]) -> bool:
    if place < 0 or place + len(phrase) > len(found) or found[place].key != phrase[0]:
        return False
    return all(found[place + step].key == key for step, key in enumerate(phrase))


def _governed(found: Sequence[Word], place: int) -> tuple[int, ...]:
    """The places of the next two words with content."""
    return tuple(one for one in range(place + 1, min(place + 6, len(found))) if found[one].content)[:2]


def _times(rendering: Rendering, found: Sequence[Word]) -> tuple[tuple[Timed, ...], frozenset[int]]:
    """The times with a number or a day, and the places of all words that belong to a time."""
    times: list[Timed] = []
    timed: set[int] = set()
    for one in rendering.times:
        start, end = one.span.start - rendering.span.start, one.span.end - rendering.span.start
        places = [place for place, word in enumerate(found) if start <= word.start and word.end <= end]
        if not places:
            continue
        timed.update(places)
        numbered = any(found[place].number is not None for place in places)
        length = _DURATION.match(one.value) if one.kind is TimeKind.DURATION and numbered else None
        if length is not None:
            # "P2M" are months, "PT2M" minutes.
            hours = 1 / 60 if length[2] == "M" and one.value.startswith("PT") else _HOURS[length[2]]
            times.append(Timed(float(length[1]) * hours, None, places[0]))
        elif one.kind in (TimeKind.DATE, TimeKind.TIME) and _DAY.match(one.value):
            times.append(Timed(None, one.value[:10], places[0]))
    return tuple(times), frozenset(timed)


def _figures(found: Sequence[Word], timed: frozenset[int]) -> tuple[Counted, ...]:
    figures: list[Counted] = []
    for place, word in enumerate(found):
        value = word.number if word.number is not None else VAGUE_NUMBERS.get(word.key)
        if value is None or place in timed:
            continue
        if len(figures) == MOST:
            break
        counted = next(
            (other.root for other in found[place + 1 : place + 6] if other.content and other.number is None), None
        )
        bound = "vague" if word.number is None else _bound(found, place)
        figures.append(Counted(value, bound, counted, place))
    return tuple(figures)


def _bound(found: Sequence[Word], place: int) -> str:
    for phrase, bound in BOUNDS:
        behind = phrase[0] == "or"
        first = place + 1 if behind else place - len(phrase)
        if any(_at(found, first + step, phrase) for step in ((0, 1) if behind else (0, -1))):
            between = found[first + len(phrase) : place] if not behind else ()
            if all(not word.content and word.number is None for word in between):
                return bound
    return "exact"


def _negations(found: Sequence[Word]) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for place, word in enumerate(found):
        if word.key in NEGATING_BEFORE_TO and _at(found, place + 1, ("to",)):
            marks.append(Mark("not", place, _governed(found, place)))
            continue
        if word.key not in STRONG_NEGATIONS:
            continue
        if word.key in ("no", "not") and any(_at(found, place + 1, (edge, "than")) for edge in _EDGES):
            continue
        if word.key == "not" and _at(found, place + 1, ("only",)):
            continue
        marks.append(Mark("not", place, _governed(found, place)))
    return tuple(marks)


def _stands_in(found: Sequence[Word], place: int) -> bool:
    word = found[place]
    if word.key in NEGATING_BEFORE_TO and _at(found, place + 1, ("to",)):
        return False
    if word.key in WEAK_NEGATIONS or word.key in DENYING:
        return True
    return word.key.startswith("un") and len(word.key) > 5 and word.key not in NO_NEGATED_UN


def _conditions(found: Sequence[Word], asked: bool) -> tuple[tuple[Mark, ...], bool]:
    marks: list[Mark] = []
    asks = False
    for place, word in enumerate(found):
        if word.key == "whether" or (word.key == "if" and _asking(found, place)):
            asks = True
        elif _sets_condition(found, place, asked):
            value = "unless" if word.key in ("unless", "lest") else "if"
            marks.append(Mark(value, place, _governed(found, place)))
    return tuple(marks), asks


def _asking(found: Sequence[Word], place: int) -> bool:
    return any(word.key in ASKING for word in found[max(0, place - 2) : place])


def _sets_condition(found: Sequence[Word], place: int, asked: bool) -> bool:
    word = found[place]
    if word.key in CONDITIONS:
        return word.key not in ("provided", "providing") or _provided(found, place)
    if word.key in INVERTED and word.opens and word.capital:
        return not asked
    return any(_at(found, place, phrase) for phrase in CONDITION_PHRASES)


def _provided(found: Sequence[Word], place: int) -> bool:
    """Whether "provided" sets a condition: "provided that", "provided they leave", not "provided arms"."""
    following = found[place + 1].key if place + 1 < len(found) else ""
    before = found[place - 1].key if place else ""
    return following == "that" or (following in PRONOUNS and before not in ("has", "have", "had", "be", "was", "were"))


def _modals(found: Sequence[Word], asked: bool) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for place, word in enumerate(found):
        value = MODALS.get(word.key)
        if value is None:
            phrase = next((one for one in MODAL_PHRASES if _at(found, place, one)), None)
            if phrase is None:
                continue
            value = MODAL_PHRASES[phrase]
        if word.key == "may" and word.capital and (not word.opens or _beside_number(found, place)):
            continue
        if word.key == "should" and word.opens and word.capital and not asked:
            continue
        marks.append(Mark(value, place, _verb(found, place)))
    return tuple(marks)


def _verb(found: Sequence[Word], place: int) -> tuple[int, ...]:
    """The place of the next word with content that is no adverb in -ly."""
    following = range(place + 1, min(place + 6, len(found)))
    return tuple(one for one in following if found[one].content and not found[one].key.endswith("ly"))[:1]


def _beside_number(found: Sequence[Word], place: int) -> bool:
    return any(word.number is not None for word in found[max(0, place - 1) : place + 2])


def _names(found: Sequence[Word], rendering: Rendering) -> tuple[Mark, ...]:
    """Names by their capitals; at the beginning of a sentence only those known from elsewhere in the report's words."""
    elsewhere = {spelled(folded(name)) for name in _CAPITALS.findall(rendering.context[:4000])}
    marks: list[Mark] = []
    for place, word in enumerate(found):
        if word.number is not None or not word.content or word.key in NO_ACTORS or word.key in PRONOUNS:
            continue
        if word.key in NATIONS and (word.capital or len(word.key) > 6):
            marks.append(Mark(NATIONS[word.key], place))
            continue
        if _bracketed(rendering.words, word):
            continue
        shape = rendering.words[word.start : word.end]
        if not word.capital or (len(word.key) < 3 and not shape.isupper()):
            continue
        known = word.key in elsewhere or word.key in STATES or (shape.isupper() and len(shape) > 1)
        if word.opens and not known and rarity(word.root) < UNHEARD_OF:
            continue
        marks.append(Mark(word.key, place))
    return tuple(marks)


def _bracketed(text: str, word: Word) -> bool:
    """Whether it stands in square brackets: the reporter's word for who is meant, not another actor."""
    opened = text.rfind("[", max(0, word.start - 60), word.start)
    return opened >= 0 and text.find("]", opened, word.start) < 0
