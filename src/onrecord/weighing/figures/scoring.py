"""How sure it is that two figures count one thing, from 0 to 1: a pure function of the two.

A logistic sum of what speaks for it (names and words in common, near values, one day) and against it (other places,
other days of a toll, far values). Tolls have weights of their own (`weights.py`): the same monitor counts the dead of
many attacks, so that who says it tells little, and the day much.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import Final

from onrecord.domain.figures import Counted
from onrecord.language.words import plain_words, rarity
from onrecord.weighing.figures.profiles import Profile, is_open
from onrecord.weighing.figures.vocabulary import CONTRASTED, GENERAL, STOCKS, TOLLS, UPDATED
from onrecord.weighing.figures.weights import OF_OTHERS, OF_TOLLS

WINDOW: Final = 45
"""Days between two publications above which figures are compared only where both name one day."""

TOLL_DAYS: Final = 7
"""Days between the days of two tolls above which they are not compared."""

MONEY: Final = frozenset("usd eur gbp jpy uah rub inr ils try aud cad nzd hkd sgd pln byn cny chf".split())
MEASURED_ALIKE: Final = 1.5
"""The most by which two lengths or weights of one thing may differ, as a ratio."""
_MOST_WORDS = 12.0
_USUAL = 0.3
_COMMON = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against, each a number that its weight is multiplied by."""

    numbers: tuple[tuple[str, float], ...]
    toll: bool = False

    @property
    def score(self) -> float:
        """The logistic of the weighed sum, rounded so that no processor decides."""
        weights = OF_TOLLS if self.toll else OF_OTHERS
        total = weights["base"] + sum(weights.get(name, 0.0) * number for name, number in self.numbers)
        return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 6)


def likeness(a: Profile, b: Profile) -> float:
    """How sure it is that two figures of one block count one thing; 0 where that cannot be."""
    if a.strand != b.strand or a.counted.block != b.counted.block or are_far(a, b):
        return 0.0
    if _is_measure(a) and not _about_equal(a, b):
        return 0.0
    if is_open(a) and not _tied(a, b):
        return 0.0
    return evidence(a, b).score


def are_far(a: Profile, b: Profile) -> bool:
    """Whether two figures are too far apart in time to be compared: tolls of other days, or reports of other months."""
    days = gap(a, b)
    if a.counted.block in TOLLS and days > TOLL_DAYS:
        return True
    return _apart(a, b) > WINDOW and (days > 0 or not (a.counted.dated and b.counted.dated))


def evidence(a: Profile, b: Profile) -> Evidence:
    """The numbers of two figures of one block, whatever their strands; the order of the two is no matter."""
    one, other = a.counted, b.counted
    toll = one.block in TOLLS
    found = _sources(a, b) | _places(a, b) | _values(a, b)
    shared = sorted(a.words & b.words)
    found["words"] = min(_MOST_WORDS, sum(rarity(word) - 2.0 for word in shared))
    found["meaning"] = a.meaning.cosine(b.meaning) - _USUAL
    mass = min(a.mass, b.mass)
    found["share of words"] = sum(rarity(word) for word in shared) / mass if mass else 0.0
    if a.qualifiers and b.qualifiers and not toll:
        found["qualifiers" if a.qualifiers & b.qualifiers else "other qualifiers"] = 1.0
    found["days apart"] = float(min(_apart(a, b), WINDOW))
    days = gap(a, b)
    if toll:
        if one.dated and other.dated:
            found["same day" if days == 0 else "next day" if days == 1 else "other day"] = 1.0
        if a.means and b.means:
            found["means" if a.means & b.means else "other means"] = 1.0
        if a.summed or b.summed:
            found["summed" if a.summed and b.summed else "one summed"] = 1.0
        found["days between"] = float(min(days, 7))
    elif one.block not in GENERAL:
        found["noun"] = max(0.0, min(5.0, (rarity(one.noun) + rarity(other.noun)) / 2) - _COMMON)
        if one.figure.unit is None and one.dated and other.dated:
            found["series"] = float(a.first == a.last and b.first == b.last and days >= 1)
            found["same day"] = float(days == 0)
        if "far value" in found and days:
            found["far value"] /= 2
    if not toll:
        found["role"] = float(a.strand == b.strand and a.strand.role != "")
    return Evidence(tuple(sorted((name, number) for name, number in found.items() if number)), toll)


def _sources(a: Profile, b: Profile) -> dict[str, float]:
    found: dict[str, float] = {}
    one, other = a.counted, b.counted
    actors = speaker_of(a.counted), speaker_of(b.counted)
    if None not in actors:
        found["same speaker" if actors[0] == actors[1] else "other speaker"] = 1.0
    if one.rendering.passage == other.rendering.passage and one.block in TOLLS:
        found["one passage"] = 1.0
    elif one.rendering.report == other.rendering.report:
        found["one report"] = 1.0
        found["one report, other value"] = float(a.middle != b.middle and one.block in TOLLS)
    found["one utterance"] = float(one.utterance is not None and one.utterance == other.utterance)
    return found


def _contrasted(one: Counted, other: Counted) -> bool:
    """Whether words between two numbers of a passage set one against the other: "112, up from 70"."""
    first, last = sorted((one.figure.span, other.figure.span))
    start = one.rendering.span.start
    return not CONTRASTED.isdisjoint(plain_words(one.rendering.words[first.end - start : last.start - start]))


def _places(a: Profile, b: Profile) -> dict[str, float]:
    found: dict[str, float] = {}
    shared = a.places & b.places
    if shared:
        found["names"] = float(min(3, len(shared)))
    elif a.places and b.places:
        found["far names" if (a.places & b.far or b.places & a.far) else "other names"] = 1.0
    elif (a.places | a.far) & (b.places | b.far):
        found["far names"] = 1.0
    if a.broad and b.broad:
        found["broad names" if a.broad & b.broad else "other broad names"] = 1.0
    if a.kinds and b.kinds:
        found["kinds" if a.kinds & b.kinds else "other kinds"] = 1.0
    return found


def _values(a: Profile, b: Profile) -> dict[str, float]:
    x, y = a.middle, b.middle
    if x is None or y is None:
        return {}
    if x == y:
        both = a.counted.dated and b.counted.dated and a.first == b.first and a.last == b.last
        return {"same value": 1.0 if x < 10 else 1.5, "same value and day": float(both and x >= 10)}
    if can_both_hold(a, b):
        return {"near value": 1.5}
    if min(x, y) <= 0:
        return {"far value": 1.0}
    ratio = abs(log(x) - log(y))
    return {"near value": 1 - ratio / log(2)} if ratio < log(2) else {"far value": min(6.0, ratio / log(2))}


def told_apart(a: Profile, b: Profile) -> bool:
    """Whether what is said of the two holds them apart, so that nothing may join them.

    Tolls: one report gives other numbers of one speaker and sets none against the other. Within a passage the speaker
    is one; an earlier toll told beside the new one is not told apart. What is there: other numbers for other kinds of
    places, as a river and a district.
    """
    one, other = a.counted, b.counted
    if a.middle == b.middle:
        return False
    if one.block in STOCKS:
        return bool(a.kinds and b.kinds) and not (a.kinds & b.kinds or a.places & b.places)
    if one.block not in TOLLS or one.rendering.report != other.rendering.report:
        return False
    if one.rendering.passage == other.rendering.passage:
        return not _contrasted(one, other)
    if speaker_of(a.counted) is None or speaker_of(a.counted) != speaker_of(b.counted):
        return False
    return all(UPDATED.isdisjoint(plain_words(side.rendering.words)) for side in (one, other))


def can_both_hold(a: Profile, b: Profile) -> bool:
    """Whether some number is allowed by both figures."""
    least = [one for one in (a.least, b.least) if one is not None]
    most = [one for one in (a.most, b.most) if one is not None]
    return not least or not most or max(least) <= min(most)


def speaker_of(counted: Counted) -> str | None:
    """Who says the figure: the actor's id, else the name in the report."""
    return counted.rendering.actor or counted.rendering.speaker


def gap(a: Profile, b: Profile) -> int:
    """Days between the days that two figures hold for; 0 where they share one or a day is not known."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return 0
    return max(0, (b.first - a.last).days, (a.first - b.last).days)


def _apart(a: Profile, b: Profile) -> int:
    """Days between two publications, 0 where one is not known."""
    x, y = a.counted.rendering.published, b.counted.rendering.published
    return 0 if x is None or y is None else abs((x - y).days)


def _is_measure(profile: Profile) -> bool:
    """Whether a length, a weight or the like is given: one thing's measure hardly changes."""
    unit = profile.counted.figure.unit
    return (
        unit is not None
        and unit not in ("%", "share", "percentage point")
        and not unit.startswith("per ")
        and unit.split(" ")[0] not in MONEY
    )


def _about_equal(a: Profile, b: Profile) -> bool:
    x, y = a.middle, b.middle
    return x is None or y is None or x == y or (min(x, y) > 0 and max(x, y) / min(x, y) < MEASURED_ALIKE)


def _tied(a: Profile, b: Profile) -> bool:
    """Whether two figures of which nothing tells what they count can be compared at all."""
    if a.counted.utterance is not None and a.counted.utterance == b.counted.utterance:
        return True
    if a.counted.rendering.passage == b.counted.rendering.passage:
        return True
    return a.middle == b.middle and speaker_of(a.counted) is not None and speaker_of(a.counted) == speaker_of(b.counted)
