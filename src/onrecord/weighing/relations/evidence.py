"""What speaks for and against two passages standing in some relation: a pure function of the two.

`a` is the one that was published later or, in one report, stands later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from math import fsum
from typing import Final

from onrecord.domain.passages import Act
from onrecord.weighing.relations import senses, vocabulary
from onrecord.weighing.relations.counts import Count, Standing, compared
from onrecord.weighing.relations.parties import of_one_name
from onrecord.weighing.relations.sides import NAME_MASS, SENSE_MASS, Side

DAY: Final = 86_400.0
NEAR: Final = 420
"""Characters between two passages of one report that can speak of each other without naming what they speak of."""
TOGETHER: Final = 900
"""Characters within which a bare number is one of what was counted before."""
BESIDE: Final = 180
"""Characters between a question and its answer, or an accusation and "That is untrue"."""
EXACT: Final = 9
"""Decimals of a mass; what is left of a sum that cancels out would else decide at a threshold, by a set's order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two sides share, where they differ, and how near they stand.

    `shared` is what both are about, `common` the mass of it, `containment` its share of the lesser one's mass, and
    `likeness` its share of both together. `gap` is the number of characters between them in one report, None where they
    are of two; `days` how far apart they were published. `addressed` tells that one of them speaks of who says the
    other. `opposed` are senses of which both cannot be so. `counts` are the figures that count one thing.
    """

    shared: frozenset[str]
    weights: Mapping[str, float]
    common: float
    rarest: float
    containment: float
    likeness: float
    events: frozenset[str]
    names: frozenset[str]
    opposed: frozenset[str]
    same_actor: bool
    other_actor: bool
    same_side: bool
    """One actor, one party or one name: their words are one's own."""
    other_place: bool
    """Both name places, or other names, and no one of them is the same."""
    addressed: bool
    gap: int | None
    days: float | None
    other_days: bool
    counts: tuple[tuple[Count, Count, Standing], ...]
    cosine: float

    @property
    def rare(self) -> float:
        """The mass of what both are about, without senses of what happens."""
        happening = self.events | {one for one in self.shared if one.startswith("@")}
        return round(self.common - SENSE_MASS * len(happening), EXACT)

    @property
    def things(self) -> float:
        """The mass of what both are about, without senses and names."""
        return round(self.rare - self._named, EXACT)

    @property
    def substance(self) -> float:
        """The mass of what both are about, without names."""
        return round(self.common - self._named, EXACT)

    @property
    def _named(self) -> float:
        return fsum(min(NAME_MASS, self.weights[one]) for one in self.names & self.shared)

    @property
    def near(self) -> bool:
        return self.gap is not None and self.gap <= NEAR

    def standing(self, standing: Standing) -> tuple[Count, Count] | None:
        """The first two figures of one thing that stand so to each other."""
        return next(((one, other) for one, other, found in self.counts if found is standing), None)


def evidence(a: Side, b: Side, cosine: float) -> Evidence:
    """What speaks for and against a relation of `a` to `b`; `cosine` is that of their meanings."""
    shared = frozenset(a.weights.keys() & b.weights.keys())
    events = a.happenings & b.happenings
    common = fsum(min(a.weights[one], b.weights[one]) for one in shared) + SENSE_MASS * len(events - shared)
    gap = _gap(a, b)
    loose = (gap is not None and gap <= TOGETHER) or (a.actor is not None and a.actor == b.actor)
    lesser = min(a.mass, b.mass)
    both = a.mass + b.mass - common
    return Evidence(
        shared=shared,
        weights={one: min(a.weights[one], b.weights[one]) for one in shared},
        common=common,
        rarest=max((a.weights[one] for one in shared if one not in a.names), default=0.0),
        containment=common / lesser if lesser else 0.0,
        likeness=common / both if both else 0.0,
        events=events,
        names=a.names & b.names,
        opposed=_opposed(a, b),
        same_actor=a.actor is not None and a.actor == b.actor,
        other_actor=a.actor is not None and b.actor is not None and a.actor != b.actor,
        same_side=_same_side(a, b),
        other_place=_other_place(a, b),
        addressed=_is_named(b, a) or _is_named(a, b),
        gap=gap,
        days=None if a.published is None or b.published is None else abs(a.published - b.published) / DAY,
        other_days=_other_days(a, b),
        counts=_counts(a, b, loose=loose),
        cosine=cosine,
    )


def is_open(side: Side) -> bool:
    """Whether it asks or demands: such an act is answered, never contradicted."""
    return side.act in (Act.QUESTION, Act.DEMAND)


def is_told(side: Side) -> bool:
    """Whether it says how things are or were."""
    return side.act in (Act.CLAIM, Act.OPINION, Act.DENIAL) and not side.rendering.conditional


def is_told_of(side: Side) -> bool:
    """Whether it says how things are or were, or will surely be: what a reported absence can stand against."""
    return not is_open(side) and (is_told(side) or not side.has(vocabulary.FUTURE))


def _same_side(a: Side, b: Side) -> bool:
    if a.actor is not None and a.actor == b.actor:
        return True
    if a.party is not None and b.party is not None:
        return a.party == b.party
    return of_one_name(a.rendering.speaker, b.rendering.speaker)


def _other_place(a: Side, b: Side) -> bool:
    return bool(a.places and b.places) and not a.places & b.places


def _opposed(a: Side, b: Side) -> frozenset[str]:
    """Senses of `a` whose opposite `b` has, where neither has both."""
    found = set()
    for here, there in _OPPOSITES:
        if here in a.happened and there in b.happened and there not in a.events and here not in b.events:
            found.add(here)
    return frozenset(found)


_OPPOSITES: Final = tuple(
    (f"@{here}", f"@{there}") for pair in senses.OPPOSITES for here, there in permutations(sorted(pair))
)


def _is_named(speaker: Side, other: Side) -> bool:
    """Whether `other` speaks of who says `speaker`."""
    return speaker.called is not None and speaker.called in other.names


def _gap(a: Side, b: Side) -> int | None:
    if a.rendering.report != b.rendering.report:
        return None
    one, other = a.rendering.span, b.rendering.span
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def _other_days(a: Side, b: Side) -> bool:
    """Whether both name days, and no stretch of one overlaps one of the other."""
    if not a.days or not b.days:
        return False
    return all(x[0] >= y[1] or y[0] >= x[1] for x in a.days for y in b.days)


def _counts(a: Side, b: Side, *, loose: bool) -> tuple[tuple[Count, Count, Standing], ...]:
    """Figures that count one thing, each of `a` with the one of `b` that it fits best."""
    order = {Standing.SAME: 0, Standing.APART: 1, Standing.LOOSER: 2}
    found = []
    for one in a.counts:
        fits = [
            (order[standing], place, other, standing)
            for place, other in enumerate(b.counts)
            if (standing := compared(one, other, loose=loose)) is not None
        ]
        if fits:
            _, _, other, standing = min(fits, key=lambda fit: fit[:2])
            found.append((one, other, standing))
    return tuple(found)
