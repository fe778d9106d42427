"""Whether an utterance, or a figure, is what an indicator counts, and why in words.

A function of the indicator and the one thing alone. An utterance whose speaker is not known is not counted where the
definition asks for speakers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.domain.figures import Counted
from onrecord.domain.indicators import Indicator
from onrecord.domain.passages import Act, Bound
from onrecord.domain.relations import Said
from onrecord.domain.utterances import Rendering, ordered
from onrecord.language.vectors import shipped_vectors
from onrecord.language.words import plain_words
from onrecord.weighing.indicators.patterns import found_in

_LONGEST: Final = 10_000
"""Characters of a passage that are looked at."""
_NOT_AS_COUNTED: Final = (Act.PREDICTION, Act.DEMAND, Act.COMMITMENT, Act.WARNING, Act.QUESTION)
"""Acts whose figures are of what may come, not of what was counted."""
_EXAMPLE_SHOWN: Final = 60


def matches(indicator: Indicator, said: Said) -> str | None:
    """Why an utterance counts, in words, or None where it does not; the fullest wording is looked at first."""
    wordings = [said.fullest, *(one for one in ordered(said.renderings) if one.passage != said.fullest.passage)]
    reasons = []
    if indicator.actors:
        names = [said.name, *(one.speaker for one in wordings)]
        who = _actor(indicator.actors, [said.actor, *(one.actor for one in wordings)], names)
        if who is None:
            return None
        reasons.append(f"said by {who}")
    for wording in wordings:
        why = _wording(indicator, wording)
        if why is not None:
            return "; ".join([*why, *reasons])
    return None


def counts(indicator: Indicator, figure: Counted) -> bool:
    """Whether a figure is one that the indicator follows: a number, of what was counted, for a day."""
    rendering = figure.rendering
    number = figure.figure
    if number.value is None or number.bound not in (Bound.EXACT, Bound.ABOUT):
        return False
    if indicator.acts:
        if rendering.act not in indicator.acts:
            return False
    elif rendering.act in _NOT_AS_COUNTED or rendering.conditional:
        return False
    if _named(indicator.counted, figure.words) is None and not (indicator.bare and not figure.words.strip()):
        return False
    if indicator.actors and _actor(indicator.actors, [rendering.actor], [rendering.speaker]) is None:
        return False
    if indicator.places and _named(indicator.places, f"{figure.place or ''} {rendering.words[:_LONGEST]}") is None:
        return False
    return not indicator.words or _named(indicator.words, rendering.words[:_LONGEST]) is not None


def _wording(indicator: Indicator, wording: Rendering) -> list[str] | None:
    """Why one wording counts, whoever said it."""
    reasons = []
    words = wording.words[:_LONGEST]
    if indicator.acts and wording.act not in indicator.acts:
        return None
    plain = plain_words(words) if indicator.words or indicator.places else []
    if indicator.words or indicator.examples:
        why = _says(indicator.words, plain) or _means(indicator, words)
        if why is None:
            return None
        reasons.append(why)
    if indicator.places:
        place = _first(indicator.places, plain)
        if place is None:
            return None
        reasons.append(f"names {place}")
    if indicator.acts:
        reasons.append(f"is a {wording.act.value}" if wording.act is not Act.OPINION else "is an opinion")
    return reasons


def _says(patterns: Iterable[str], plain: Sequence[str]) -> str | None:
    for pattern in patterns:
        found = found_in(pattern, plain)
        if found is not None:
            return f"says “{found}”"
    return None


def _means(indicator: Indicator, words: str) -> str | None:
    """The first of the examples that the words are near enough to."""
    if not indicator.examples:
        return None
    # Processors differ in the seventh digit of a product in single precision.
    near = np.round(_example_vectors(indicator.examples) @ shipped_vectors().vectors([words])[0], 4)
    for example, cosine in zip(indicator.examples, near.tolist(), strict=True):
        if cosine >= indicator.likeness:
            shown = example if len(example) <= _EXAMPLE_SHOWN else f"{example[:_EXAMPLE_SHOWN].rstrip()}…"
            return f"means about the same as “{shown}”"
    return None


@lru_cache(maxsize=256)
def _example_vectors(examples: tuple[str, ...]) -> NDArray[np.float32]:
    return shipped_vectors().vectors(examples)


def _actor(wanted: Sequence[str], ids: Sequence[str | None], names: Sequence[str | None]) -> str | None:
    """Who of those wanted it is, by id or by words that stand together in the name."""
    for one in wanted:
        if one in ids:
            return next((name for name in names if name), one)
        for name in names:
            if name and found_in(one, plain_words(name)) is not None:
                return name
    return None


def _named(patterns: Sequence[str], text: str) -> str | None:
    return _first(patterns, plain_words(text))


def _first(patterns: Sequence[str], plain: Sequence[str]) -> str | None:
    return next((pattern for pattern in patterns if found_in(pattern, plain) is not None), None)
