"""Which relation two passages stand in, and how sure that is: a log-linear model over what speaks for each kind.

The model is a multinomial logistic regression over `features` and what the rules find, with readable weights in the
package (`weights`). Directed kinds say which of the two stands so to the other.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp
from typing import Final

from onrecord.domain.judgements import UNRELATED
from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind
from onrecord.weighing.relations import reasons
from onrecord.weighing.relations.evidence import Evidence, is_open
from onrecord.weighing.relations.features import features
from onrecord.weighing.relations.rules import Finding, finding
from onrecord.weighing.relations.sides import Side
from onrecord.weighing.relations.weights import BASE, WEIGHTS

KINDS: Final = (*RelationKind, UNRELATED)
"""The answers, in the order of the weights."""
LINKED: Final = 4.5
"""Mass that two passages share from which they are held to speak of one thing, where no rule says so."""
SUBSTANCE: Final = 3.0
"""Mass of that which is no name; in a crisis every passage has the names of its sides."""
ALIKE: Final = 0.55
"""Cosine of their meanings from which they are."""


def decided(a: Side, b: Side, found: Evidence) -> Finding | None:
    """The likeliest relation of `a` to `b`, None where the likeliest is none; its score is its probability."""
    ruled = finding(a, b, found)
    chances = probabilities(a, b, found, ruled)
    if not _can_contradict(a, b, found):
        chances[RelationKind.CONTRADICTS] = 0.0
    best = max(KINDS, key=lambda kind: chances[kind])
    if best == UNRELATED:
        return None
    kind = RelationKind(best)
    if ruled is not None and ruled.kind is kind:
        return replace(ruled, score=chances[best])
    turned = reasons.is_turned(kind, a, b)
    one, other = (b, a) if turned else (a, b)
    return Finding(kind, chances[best], (reasons.in_short(kind, one, other, found),), turned)


def _can_contradict(a: Side, b: Side, found: Evidence) -> bool:
    """Whether the acts and the days leave room: a demand is answered, and another day's number is another number."""
    return not (is_open(a) or is_open(b) or (found.other_days and a.counts and b.counts))


def is_linked(a: Side, b: Side, found: Evidence) -> bool:
    """Whether the two are worth asking about: they share words or meaning enough, or a rule finds something.

    Most of what the model was fitted on are pairs that a reader chose, so asked about any two passages it would find
    relations everywhere.
    """
    if (found.common >= LINKED and found.substance >= SUBSTANCE) or found.cosine >= ALIKE:
        return True
    return finding(a, b, found) is not None


def probabilities(a: Side, b: Side, found: Evidence, ruled: Finding | None) -> dict[str, float]:
    """How likely each kind and "unrelated" is; they add up to 1."""
    logits = list(BASE)
    for name, value in weighed(a, b, found, ruled).items():
        for place, weight in enumerate(WEIGHTS.get(name, ())):
            logits[place] += weight * value
    most = max(logits)
    masses = [exp(one - most) for one in logits]
    total = sum(masses)
    return {str(kind): mass / total for kind, mass in zip(KINDS, masses, strict=True)}


def weighed(a: Side, b: Side, found: Evidence, ruled: Finding | None) -> dict[str, float]:
    """All numbers that the model weighs, by name: the features, and which relation a rule finds.

    A denial is set against what it denies, whichever of the two stands first.
    """
    turned = b.act is Act.DENIAL and a.act is not Act.DENIAL
    numbers = dict(features(b, a, found) if turned else features(a, b, found))
    if ruled is not None:
        numbers[f"a rule finds {ruled.kind.value}"] = 1.0
    return numbers
