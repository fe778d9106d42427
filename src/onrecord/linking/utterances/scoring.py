"""How sure it is that two renderings are one act of speech, and why in words: a pure function of the two.

One utterance is one speaker's: two known speakers are held apart, unless a long quotation is word for word the same
(then one of the reports names the wrong one). An unknown speaker forbids nothing.
"""

from __future__ import annotations

from math import exp
from typing import Final

from onrecord.domain.utterances import Link, Rendering
from onrecord.language.words import plain_words, stem
from onrecord.linking.utterances.evidence import NAMES, Evidence, evidence
from onrecord.linking.utterances.profiles import TELLING, Profile, profile_of
from onrecord.linking.utterances.weights import (
    BASE_BY_WORDS,
    BASE_WITH_MEANING,
    BY_WORDS,
    SET_BY_HAND,
    WITH_MEANING,
)

LONG_QUOTATION: Final = 30.0
"""Mass of words (some eight content words) above which nobody says the same by chance."""
WORD_FOR_WORD: Final = 0.9
_BY_WORDS: Final = tuple(BY_WORDS.get(name, 0.0) + SET_BY_HAND.get(name, 0.0) for name in NAMES)
_WITH_MEANING: Final = tuple(WITH_MEANING.get(name, 0.0) + SET_BY_HAND.get(name, 0.0) for name in NAMES)


def pair_score(a: Rendering, b: Rendering, cosine: float | None = None) -> Link:
    """How sure it is that the two are one act of speech; `cosine` is that of their vectors, where there are any."""
    first, second = sorted((profile_of(a), profile_of(b)), key=lambda one: one.rendering.passage)
    found = evidence(first, second, cosine)
    score = score_of(first, second, found)
    return Link(first.rendering.passage, second.rendering.passage, round(score, 6), reasons(first, second, found))


def score_of(a: Profile, b: Profile, found: Evidence) -> float:
    """The score of some evidence, from 0 to 1."""
    if never(a.rendering, b.rendering) or (other_speaker(a, b) and not is_long_quotation(found)):
        return 0.0
    if found.cosine is None:
        return _score(BASE_BY_WORDS, _BY_WORDS, found)
    return _score(BASE_WITH_MEANING, _WITH_MEANING, found)


def never(a: Rendering, b: Rendering) -> bool:
    """Whether the two cannot be two renderings: parts of one statement, or characters within each other."""
    return a.statement == b.statement or (a.report == b.report and a.span.overlaps(b.span))


def other_speaker(a: Profile, b: Profile) -> bool:
    """Whether both speakers are known, and not the same."""
    one, other = a.actor, b.actor
    return one is not None and other is not None and one != other


def is_long_quotation(found: Evidence) -> bool:
    """Whether the lesser of the two is long and stands in the other word for word."""
    return found.lesser_mass >= LONG_QUOTATION and found.in_a_row >= WORD_FOR_WORD


def reasons(a: Profile, b: Profile, found: Evidence) -> tuple[str, ...]:
    """What speaks for it and then what speaks against it, in words."""
    return (*_for(a, b, found), *_against(a, b, found))


def _for(a: Profile, b: Profile, found: Evidence) -> list[str]:
    said = []
    if found.speakers_known == 2 and not other_speaker(a, b):
        said.append(f"same speaker, {a.rendering.speaker or b.rendering.speaker or a.rendering.actor}")
    if a.order == b.order:
        said.append("the same words")
    else:
        if found.run >= 4:
            said.append(f"{found.run} words in a row are the same")
        rare = _rare(a, found)
        if rare:
            said.append(f"shares the rare word{'s' * (len(rare) > 1)} " + ", ".join(f"“{word}”" for word in rare))
        if found.containment >= 0.8 and found.likeness < 0.6:
            said.append("one is a piece of the other")
    if found.cosine is not None and found.cosine >= 0.6:
        said.append(f"means much the same (vectors {found.cosine:.2f})")
    if found.same_figures:
        said.append("same figure, " + _figures(found.same_figures))
    if found.around >= 0.3:
        said.append("what stands around them is alike")
    return said


def _against(a: Profile, b: Profile, found: Evidence) -> list[str]:
    said = []
    if other_speaker(a, b):
        names = [one.rendering.speaker or one.rendering.actor for one in (a, b)]
        said.append(f"against: one has it from {names[0]} and the other from {names[1]}")
    elif found.speakers_known < 2:
        said.append("against: " + ("one speaker is" if found.speakers_known else "the speakers are") + " not known")
    if found.other_figures:
        here, there = (_figures(sorted(one.figures - other.figures)) for one, other in ((a, b), (b, a)))
        said.append(f"against: one says {here} and the other {there}")
    if found.other_days:
        said.append("against: they speak of different days")
    if found.negation:
        said.append("against: one says that it is not so")
    if found.question:
        said.append("against: one asks and the other does not")
    if found.days is not None and found.days >= 2:
        said.append(f"against: published {found.days:.0f} days apart")
    return said


def _rare(a: Profile, found: Evidence, count: int = 3) -> list[str]:
    """The rarest shared words as `a` has them, rarest first."""
    telling = [word for word in found.shared if a.weights[word] >= TELLING and word[0].isalpha()]
    stems = sorted(telling, key=lambda word: (-a.weights[word], word))[:count]
    forms = {stem(word): word for word in reversed(plain_words(a.rendering.words))}
    return [forms.get(one, one) for one in stems]


def _figures(values: tuple[float, ...] | list[float]) -> str:
    return " and ".join(f"{value:,.10g}" for value in values[:3])


def _score(base: float, weights: tuple[float, ...], found: Evidence) -> float:
    total = base + sum(weight * number for weight, number in zip(weights, found.numbers(), strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
