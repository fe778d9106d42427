"""How likely two reports tell of one happening, and why in words.

The score is a logistic function of the square root of the cosine of their gists and of the days between them, fitted
on half the events of bench/linking/stories.py and on labelled pairs of two crowded months. More evidence (names apart
from other words, titles, first sentences, numbers, weekdays named) was tried there and made nothing better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log1p, sqrt
from typing import Final

from onrecord.linking.stories.gist import Gist

FLOOR: Final = 0.05
"""The least score worth keeping: below it a pair counts as nothing alike."""
WINDOW: Final = 60.0
"""Days beyond which two reports are never compared: a happening is a matter of days, its aftermath of some weeks."""
LEAST_ALIKE: Final = 0.08
_ALIKE: Final = 9.07
_APART: Final = -1.21
_OFFSET: Final = -3.18
_FAR: Final = 14.0
"""Days from which on more of them tell nothing more. A report without a date counts as this far from all others, so
that nothing but strong evidence links it."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two reports held to tell of one happening: how likely from 0 to 1, and why in words; `a` is the lesser id."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


def likeness(one: Gist, other: Gist) -> Likeness | None:
    """How alike two reports are, the same whichever comes first; None where it is not worth keeping."""
    a, b = (one, other) if one.report < other.report else (other, one)
    return compared(a, dict(zip(a.words, a.weights, strict=True)), b)


def compared(one: Gist, weights: Mapping[str, float], other: Gist) -> Likeness | None:
    """As `likeness`, with the words and weights of `one` looked up before: for one report against many."""
    days = days_apart(one, other)
    if one.report == other.report or (days is not None and days > WINDOW):
        return None
    a, b = (one, other) if one.report < other.report else (other, one)
    shared = [
        (weights[word] * weight, word)
        for word, weight in zip(other.words, other.weights, strict=True)
        if word in weights
    ]
    # Sorted, so that the sum does not depend on which of the two was looked up.
    alike = sum(sorted(product for product, _ in shared))
    if alike < LEAST_ALIKE:
        return None
    far = _FAR if days is None else min(days, _FAR)
    score = 1.0 / (1.0 + exp(-(_ALIKE * sqrt(alike) + _APART * log1p(far) + _OFFSET)))
    if score < FLOOR:
        return None
    return Likeness(a.report, b.report, score, (*_in_common(a, b, shared), _apart(days)))


def days_apart(one: Gist, other: Gist) -> float | None:
    """Days between two reports, None where either has no date."""
    return None if one.day is None or other.day is None else abs(one.day - other.day)


def _in_common(a: Gist, b: Gist, shared: list[tuple[float, str]]) -> list[str]:
    names: list[str] = []
    numbers: list[str] = []
    words: list[str] = []
    places = {word: place for place, word in enumerate(a.words)}
    named = {word for word, is_name in zip(b.words, b.named, strict=True) if is_name}
    for _, word in sorted(shared, key=lambda pair: (-pair[0], pair[1]))[:8]:
        place = places[word]
        kind = numbers if word[0].isdigit() else names if a.named[place] and word in named else words
        kind.append(a.shown[place])
    reasons = []
    if names:
        reasons.append(f"both name {_listed(names[:4])}")
    if numbers:
        reasons.append(f"both give the number{'s' * (len(numbers) > 1)} {_listed(numbers[:3])}")
    if words:
        quoted = [f"“{word}”" for word in words[:4]]
        reasons.append(f"share the rare word{'s' * (len(quoted) > 1)} {_listed(quoted)}")
    return reasons


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _apart(days: float | None) -> str:
    if days is None:
        return "when one of them was published is not known"
    whole = round(days)
    if not whole:
        return "within a day of each other"
    return f"{_NUMBERS[whole] if whole < len(_NUMBERS) else whole} day{'s' * (whole > 1)} apart"
