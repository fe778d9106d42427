"""What a rendering is compared by: its words with their rarity, their order, its figures, and the days it speaks of.

A profile is a pure function of one rendering. All masses are sums of rarities, in natural units of information.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from onrecord.domain.passages import Act, TimeKind
from onrecord.domain.utterances import Rendering
from onrecord.language.words import rarity, words_of

DAY: Final = 86_400.0
LONGEST: Final = 400
"""Words of a passage that are compared; what comes after them is not looked at."""
TELLING: Final = 2.5
"""Rarity from which a word tells something about what is said: it stands in one report of twelve, or fewer."""
HEAVIEST: Final = 9.0
"""No word weighs more: misspelt words are rare too."""
_AMERICA: Final = re.compile(r"\b(?:U\.S\.(?:A\.)?|USA?\b)")
"""The one state that outlets spell in letters as often as in words; folded, it is a pronoun."""
_SMALL_NUMBER: Final = 3.0
_NUMBER_WORDS: Final = frozenset(
    words_of(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion"
    )
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One rendering as it is compared.

    `actor` is who speaks, None also where nothing but a surname is known, which may be anybody's of that name.
    `order` are its words in order, `weights` each of them once with its rarity, and `#` with its value for a figure in
    place of the words of its number, `mass` their sum. `triples` are three
    words in a row. `figures` are the values and edges of its figures, `days` the stretches of time that it names, as
    seconds of the epoch; `published` is in seconds too.
    """

    rendering: Rendering
    actor: str | None
    order: tuple[str, ...]
    weights: Mapping[str, float]
    mass: float
    triples: frozenset[tuple[str, str, str]]
    figures: frozenset[float]
    days: tuple[tuple[float, float], ...]
    published: float | None
    around: Mapping[str, float]
    """The words of the statement's content that the passage lacks."""


def profile_of(rendering: Rendering) -> Profile:
    """How a rendering is compared."""
    order = words_of(_AMERICA.sub("United States", rendering.words))[:LONGEST]
    weights = weights_of(order)
    _count_figures(rendering, weights)
    around: dict[str, float] = {}
    if len(rendering.context) > len(rendering.words):
        around = {
            word: weight
            for word, weight in weights_of(words_of(rendering.context)[:LONGEST]).items()
            if word not in weights and weight >= TELLING
        }
    published = rendering.published
    return Profile(
        rendering=rendering,
        actor=None if _is_surname_alone(rendering) else rendering.actor,
        order=order,
        weights=weights,
        mass=sum(weights.values()),
        triples=frozenset(zip(order, order[1:], order[2:], strict=False)),
        figures=_values(rendering),
        days=_stretches(rendering),
        published=None if published is None else _seconds(published),
        around=around,
    )


def _is_surname_alone(rendering: Rendering) -> bool:
    local = rendering.actor is not None and rendering.actor.startswith("local:")
    return local and len((rendering.speaker or "").split()) < 2


def weights_of(words: Sequence[str]) -> dict[str, float]:
    """Each word once, with its rarity, none above the heaviest."""
    return {word: min(HEAVIEST, rarity(word)) for word in dict.fromkeys(words)}


def pairs_in_row(profile: Profile) -> list[tuple[str, str]]:
    """Telling words beside each other, common words and numbers between them left out."""
    return list(pairwise(word for word in profile.order if profile.weights.get(word, 0.0) >= TELLING))


def is_question(profile: Profile) -> bool:
    """Whether it asks."""
    return profile.rendering.act is Act.QUESTION


def _count_figures(rendering: Rendering, weights: dict[str, float]) -> None:
    """Let a figure stand for the words of its number: "95,000", "95 thousand" and "ninety-five thousand" are one."""
    for figure in rendering.figures:
        value = figure.value if figure.value is not None else figure.low if figure.low is not None else figure.high
        start, end = figure.span.start - rendering.span.start, figure.span.end - rendering.span.start
        if value is None or start < 0:
            continue
        for word in words_of(rendering.words[start:end]):
            if word[0].isdigit() or word in _NUMBER_WORDS:
                weights.pop(word, None)
        weights[f"#{value:.10g}"] = _SMALL_NUMBER if value <= 12 else HEAVIEST - 2


def _values(rendering: Rendering) -> frozenset[float]:
    found: set[float] = set()
    for figure in rendering.figures:
        found.update(value for value in (figure.value, figure.low, figure.high) if value is not None)
    return frozenset(found)


def _stretches(rendering: Rendering) -> tuple[tuple[float, float], ...]:
    return tuple(
        (_seconds(time.start), _seconds(time.end))
        for time in rendering.times
        if time.kind in (TimeKind.DATE, TimeKind.TIME) and time.start is not None and time.end is not None
    )


def _seconds(when: datetime) -> float:
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
