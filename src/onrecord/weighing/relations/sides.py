"""One side of a pair: what of a passage is compared, worked out once for each passage.

A side is a pure function of one rendering. Masses are rarities in natural units of information.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from onrecord.domain.passages import Act, Time, TimeKind
from onrecord.domain.utterances import Rendering
from onrecord.language.words import plain_words, rarity, stem, without_accents
from onrecord.weighing.relations import cues, senses, vocabulary
from onrecord.weighing.relations.counts import Count, counts_of
from onrecord.weighing.relations.parties import parties_in, party_of

LOOKED_AT: Final = 600
"""Characters of a passage that are looked at."""
HEAVIEST: Final = 9.0
SENSE_MASS: Final = 3.0
"""What a sense weighs; the words of one sense are of many rarities."""
NAME_MASS: Final = 3.0
"""What a name weighs at most: in a crisis every passage has the names of its sides."""
RARE_NAME: Final = 5.0
"""Rarity from which the first word of a sentence is held to be a name."""
LEAST: Final = 1.0
_NAME: Final = re.compile(r"(?<![\w’'])[A-Z][\w’'-]{2,30}")
_WORD: Final = re.compile(r"[a-z]+")
_SHORT_NAME: Final = 5
_SPELLINGS: Final[Mapping[str, str]] = {
    "chinese": """china", "turkish": "turkey", "turks": "turkey", "french": "france", "british": "britain", "uk":
        "britain""",
    "polish": """poland", "spanish": "spain", "kiev": "kyiv", "danish": "denmark", "swedish": "sweden", "finnish":
        "finland""",
    "irish": "ireland", "greek": "greece", "german": "germany", "germans": "germany", "czech": "czechia",
    "ukrainian": "ukraine", "ukrainians": "ukraine", "iranian": "iran", "iranians": "iran", "israeli": "israel",
    "israelis": "israel", "iraqi": "iraq", "iraqis": "iraq", "afghan": "afghanistan", "pakistani": "pakistan",
    "canadian": "canada", "brazilian": "brazil", "egyptian": "egypt", "italian": "italy", "belarusian": "belarus",
    "jordanian": "jordan", "lebanese": "lebanon", "palestinians": "palestinian", "yemeni": "yemen", "saudis": "saudi",
    "trump's": "trump", "american": "america", "americans": "america", "iran": "iran",
}  # fmt: skip
"""Peoples whose name does not begin as that of their country does."""


class Stance(StrEnum):
    """How a passage stands to what it speaks of."""

    SAID = "said"
    DENIED = "denied"
    ABSENT = "absent"
    """Not seen, not found, not there, not one of them."""
    NEGATED = "negated"
    UNSURE = "unsure"
    """It can neither be confirmed nor denied."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one passage is compared by; `weights` are its topic: words and senses with their mass.

    `events` are the senses of what happens, `names` the beginnings of capitalised words. `days` are the stretches of
    time it names and `published` when, in seconds of the epoch. `telling` is how many words of substance it has.
    """

    rendering: Rendering
    actor: str | None
    party: str | None
    parties: frozenset[str]
    """The parties that the passage speaks of."""
    text: str
    weights: Mapping[str, float]
    mass: float
    events: frozenset[str]
    happened: frozenset[str]
    """Events that are said to have come about: not hindered, ordered or to come."""
    happenings: frozenset[str]
    """`events`, with `@leave` and `@arrive` for a movement that is not told closer."""
    names: frozenset[str]
    absent: frozenset[str]
    """What an absence or a negation is said of, as far as the words right behind it tell."""
    stance: Stance
    counts: tuple[Count, ...]
    days: tuple[tuple[float, float], ...]
    published: float | None
    negated: frozenset[str]
    """Senses of what happens in the clauses that hold a negation, as `happenings` has them."""
    subjects: frozenset[str]
    """The parties of whom a negation is said, as far as the words before it tell."""
    cues: frozenset[str]
    """What the words that say that it was said tell of it, by the names of `cues.CUES`."""
    called: str | None
    """The last word of its speaker's name, as `names` has names."""
    places: frozenset[str]
    """Names that are no party's."""
    _turns: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """Which patterns were looked for, and whether they were found: a side meets many others."""

    @property
    def telling(self) -> int:
        return len(self.weights)

    @property
    def rises(self) -> bool | None:
        """Whether the first of two numbers that are set beside each other is the greater; None where none are."""
        values = [one.value for one in self.counts if one.value is not None]
        if len(values) < 2 or values[0] == values[1] or vocabulary.SERIES.search(self.text) is None:
            return None
        return values[0] > values[1]

    @property
    def says_no(self) -> bool:
        """Whether it says that something is not so, was not seen or is denied."""
        return self.stance in (Stance.ABSENT, Stance.NEGATED, Stance.DENIED)

    @property
    def is_of_a_claim(self) -> bool:
        """Whether it says hardly more than that there was nothing of a claim: "there was no evidence of that"."""
        return self.telling == 0 or (self.telling <= 2 and self.has(vocabulary.CLAIMED))

    @property
    def act(self) -> Act:
        return self.rendering.act

    def has(self, words: re.Pattern[str]) -> bool:
        """Whether such words stand in the passage."""
        known = self._turns.get(words.pattern)
        if known is None:
            known = self._turns[words.pattern] = words.search(self.text) is not None
        return known


@lru_cache(maxsize=65_536)
def side_of(rendering: Rendering) -> Side:
    """How a rendering is compared."""
    words = _phrased(rendering.words)
    text = _lower(words)
    weights, names = _topic(words)
    party = party_of(rendering.actor, rendering.speaker)
    published = rendering.published
    return Side(
        rendering=rendering,
        actor=rendering.actor,
        party=party,
        parties=parties_in(names),
        text=text,
        weights=weights,
        mass=sum(weights.values()),
        events=frozenset(weights.keys() & senses.EVENTS),
        happened=frozenset() if rendering.act in (Act.QUESTION, Act.DEMAND) else _happened(text),
        happenings=_widened(frozenset(weights.keys() & senses.EVENTS)),
        names=names,
        absent=_absent(text),
        stance=_stance(rendering, text),
        counts=counts_of(rendering),
        days=tuple(
            (_seconds(time.start), _seconds(time.end))
            for time in rendering.times
            if not _is_pointing(rendering, time)
            and time.kind in (TimeKind.DATE, TimeKind.TIME)
            and time.start is not None
            and time.end is not None
        ),
        published=None if published is None else _seconds(published),
        negated=_negated(words),
        subjects=_subjects(words, text, party),
        cues=_cues(_lower(rendering.cue)),
        called=_called(rendering.speaker),
        places=frozenset(name for name in names if not parties_in(frozenset({name}))),
    )


def _called(speaker: str | None) -> str | None:
    words = plain_words(speaker or "")
    return name_of(words[-1]) if words else None


def _negated(words: str) -> frozenset[str]:
    """What happens in the clauses that hold a negation; a passage whose negation stands elsewhere has all of it."""
    clauses = [part for part in vocabulary.CLAUSE.split(_lower(words)) if vocabulary.NEGATION.search(part)]
    found = {senses.SENSES.get(stem(word)) for part in clauses or [words] for word in plain_words(part)}
    return _widened(frozenset(one for one in found if one in senses.EVENTS))


def _subjects(words: str, text: str, party: str | None) -> frozenset[str]:
    negation = vocabulary.NEGATION.search(text)
    if negation is None:
        return frozenset()
    named = parties_in(_topic(words[: negation.start()])[1])
    if not named and party is not None and vocabulary.OWN.search(text):
        return frozenset({party})
    return named


def _cues(cue: str) -> frozenset[str]:
    return frozenset(name for name, words in cues.CUES.items() if words.search(cue))


def _phrased(words: str) -> str:
    """The words, phrases that mean what one word means put into that word."""
    shown = words[:LOOKED_AT].translate(_STRAIGHT)
    for phrase, word in senses.PHRASES:
        shown = phrase.sub(word, shown)
    return shown


def _lower(words: str) -> str:
    return " ".join(words[:LOOKED_AT].translate(_STRAIGHT).lower().split())


_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"'})


def _topic(words: str) -> tuple[dict[str, float], frozenset[str]]:
    """The words and senses that a passage is about, with their mass, and the names in it."""
    shown = words[:LOOKED_AT].translate(_STRAIGHT)
    capitalised = {
        _folded(match.group()) for match in _NAME.finditer(shown) if match.start() > 1 or _is_rare(match.group())
    }
    weights: dict[str, float] = {}
    names = set()
    for word in plain_words(shown):
        stemmed = stem(word)
        if stemmed in senses.SMALL or word[0].isdigit() or len(word) < 2:
            continue
        sense = senses.SENSES.get(stemmed)
        if sense is not None:
            weights[sense] = SENSE_MASS
            if stemmed in senses.TELLING:
                weights[stemmed] = min(HEAVIEST, rarity(stemmed))
        elif word in capitalised:
            name = name_of(word)
            names.add(name)
            weights[name] = max(LEAST, min(NAME_MASS, rarity(stemmed)))
        else:
            mass = min(HEAVIEST, rarity(stemmed))
            if mass >= LEAST:
                weights[stemmed] = mass
    return weights, frozenset(names)


def _folded(name: str) -> str:
    return without_accents(name).casefold().removesuffix("'s")


def _is_rare(name: str) -> bool:
    """Whether a capitalised word is a name even where a sentence begins with it."""
    folded = _folded(name)
    return folded in _SPELLINGS or rarity(stem(folded)) >= RARE_NAME or bool(parties_in(frozenset({name_of(folded)})))


def name_of(word: str) -> str:
    """A folded name by its stem, that of a people by the name of its country."""
    known = _SPELLINGS.get(word)
    if known is not None:
        return stem(known)
    singular = word.removesuffix("s") if word.endswith("ans") else word
    return singular[:-1] if singular.endswith("an") and len(singular) > _SHORT_NAME else stem(word)


def _widened(events: frozenset[str]) -> frozenset[str]:
    return events | {"@leave", "@arrive"} if "@move" in events else events


def _happened(text: str) -> frozenset[str]:
    """Senses of words that no hindering, ordering or foreseeing word governs."""
    found = set()
    for match in _WORD.finditer(text):
        sense = senses.SENSES.get(stem(match.group()))
        if sense in senses.EVENTS:
            before = vocabulary.COMING_ABOUT.sub(" ", text[max(0, match.start() - 60) : match.start()])
            if not vocabulary.HINDERED.search(before):
                found.add(sense)
    return frozenset(found)


def _absent(text: str) -> frozenset[str]:
    found: set[str] = set()
    for match in vocabulary.ABSENT_THING.finditer(text):
        for word in plain_words(match.group(1)):
            stemmed = stem(word)
            sense = senses.SENSES.get(stemmed)
            if stemmed not in vocabulary.EMPTY_THINGS and (sense is not None or stemmed not in senses.SMALL):
                found.add(sense or stemmed)
    return frozenset(found)


def _is_pointing(rendering: Rendering, time: Time) -> bool:
    """Whether it is "that night" or "the same day": a day that another passage names."""
    words = rendering.words[max(0, time.span.start - rendering.span.start) :][:9].lower()
    return words.startswith(("that ", "the same", "those "))


def _stance(rendering: Rendering, text: str) -> Stance:
    if vocabulary.UNSURE.search(text):
        return Stance.UNSURE
    if rendering.act is Act.DENIAL:
        return Stance.DENIED
    if vocabulary.ABSENCE.search(text):
        return Stance.ABSENT
    return Stance.NEGATED if rendering.negated else Stance.SAID


def _seconds(when: datetime) -> float:
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
