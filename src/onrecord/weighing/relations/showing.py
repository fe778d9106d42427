"""Which relations are sure enough to be shown for a pair that nobody chose.

Of the pairs of a window only a few in a hundred stand in any relation, so that what is likeliest for a pair that a
reader chose is mostly wrong there. A contradiction is shown where a rule can say what stands against what, and where
the two passages speak of one event by more than the words that all passages of a crisis share. What is left out is
not denied: `relation` still tells it of a pair that somebody asks about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind
from onrecord.weighing.relations import rules, vocabulary
from onrecord.weighing.relations.counts import GREAT, Standing, ratio
from onrecord.weighing.relations.evidence import BESIDE, NEAR, Evidence, is_told
from onrecord.weighing.relations.sides import Side, Stance

SHOWN: Final[Mapping[RelationKind, float]] = {
    RelationKind.REPEATS: 0.6,
    RelationKind.CORROBORATES: 0.75,
    RelationKind.CONTRADICTS: 0.55,
    RelationKind.REVISES: 0.8,
    RelationKind.NARROWS: 0.8,
    RelationKind.ANSWERS: 0.7,
    RelationKind.DENIES: 0.85,
}
"""Probability from which a relation is shown."""
ALL_BUT_CERTAIN: Final = 0.95
"""Probability from which a denial is shown that does not stand beside what a rule finds it to deny."""
BY_RULE: Final = frozenset({RelationKind.CONTRADICTS, RelationKind.NARROWS, RelationKind.REVISES})
OF_THE_DAY: Final = frozenset({RelationKind.DENIES, RelationKind.NARROWS})
SOON: Final = 5
"""Days after which a denial, or what is left open, is hardly aimed at a claim that it does not stand beside."""
MUCH_ALIKE: Final = 0.5
"""Cosine of the meanings of two passages of two reports from which a relation that no rule finds is shown."""
ALIKE: Final = 0.4
"""Cosine from which two numbers, or an act and its absence, are of one event where they stand near each other."""
OF_ONE_KIND: Final = 0.15
"""Cosine from which what somebody did not see may be what the other speaks of."""
A_WEEK: Final = 8
"""Days between a claim and what another report holds against it, at most."""
PEOPLE: Final = "@people"
FEW_DAYS: Final = 3
"""Days between them, at most, where they share no more than what all reports of a crisis speak of."""
OWN_THINGS: Final = 5.0
"""Mass of the things that two passages share from which they are of one event a week apart."""
ONE_SUBJECT: Final = 0.5
"""Share of the lesser passage's mass that the other holds too from which they are of one event days apart."""
FEW_TIMES: Final = 2.0
"""How many times the lesser of two great numbers of two reports the greater is, at most."""


def is_shown(rule: str | None, kind: RelationKind, score: float, a: Side, b: Side, found: Evidence) -> bool:
    """Whether a relation of `a` to `b` is shown; `rule` is the name of the one that finds it, None where none does."""
    if score < SHOWN[kind] or (kind in BY_RULE and rule is None):
        return False
    if kind is RelationKind.CONTRADICTS:
        return _is_clear(rule, a, b, found)
    if kind is RelationKind.DENIES and not _is_clear_denial(rule, score, a, b, found):
        return False
    if kind is RelationKind.CORROBORATES and not (is_told(a) and is_told(b)):
        return False
    if kind is RelationKind.ANSWERS and (found.gap is None or found.gap > BESIDE):
        return False
    if kind in OF_THE_DAY and found.days is not None and found.days > SOON:
        return False
    return found.gap is not None or rule is not None or found.cosine >= MUCH_ALIKE


def _is_clear_denial(rule: str | None, score: float, a: Side, b: Side, found: Evidence) -> bool:
    if Act.OPINION in (a.act, b.act) or (rule is None and not found.near):
        return False
    return score >= ALL_BUT_CERTAIN or (rule is not None and found.near)


def _is_clear(rule: str | None, a: Side, b: Side, found: Evidence) -> bool:
    if Act.DENIAL in (a.act, b.act) or (found.gap is None and (found.days is None or found.days > A_WEEK)):
        return False
    if rule == rules.absences.__name__:
        return _is_reported_absence(a, b, found)
    if rule == rules.disputes.__name__:
        return _is_one_count(found)
    if rule == rules.own_doing.__name__:
        return any(vocabulary.OWN_SIDE.search(vocabulary.BLOWN_UP.sub(" ", one.text)) for one in (a, b))
    if rule == rules.opposites.__name__:
        return found.cosine >= MUCH_ALIKE and (found.days or 0.0) < 1
    return True


def _is_reported_absence(a: Side, b: Side, found: Evidence) -> bool:
    """Somebody looked and saw none of what the other says, or says of the very side that the other names that not."""
    one, other = (a, b) if a.stance in (Stance.ABSENT, Stance.NEGATED) else (b, a)
    if one.is_of_a_claim:
        return found.gap is not None and found.gap <= BESIDE and one.has(vocabulary.LOOKED)
    if one.has(vocabulary.LOOKED):
        return found.cosine >= OF_ONE_KIND and (found.gap is not None or _is_of_one_event(found))
    own = one.party is not None and one.party in one.subjects & other.parties
    return own and found.cosine >= MUCH_ALIKE and not one.has(vocabulary.TRIED)


def _is_of_one_event(found: Evidence) -> bool:
    if found.things >= OWN_THINGS:
        return True
    return found.days is not None and found.days <= FEW_DAYS and found.containment >= ONE_SUBJECT


def _is_one_count(found: Evidence) -> bool:
    apart = found.standing(Standing.APART)
    if apart is None:
        return True
    if any(one.figure.unit for one in apart):
        return False  # a sum or a share says what it is of too seldom
    if found.gap is not None:
        return found.gap <= NEAR and found.cosine >= ALIKE
    if found.days is not None and PEOPLE in {one.noun for one in apart} and found.things < OWN_THINGS:
        return False
    great = min(abs(one.value or 0.0) for one in apart) >= GREAT
    return (found.cosine >= rules.ALIKE and bool(found.names)) or (great and ratio(*apart) <= FEW_TIMES)
