"""Explicit rules for how two passages stand to each other, each with a score and its reasons in words.

A rule that finds its relation is a sign among others (`deciding` weighs it); its reasons are what a reader is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind
from onrecord.weighing.relations import reasons, vocabulary
from onrecord.weighing.relations.counts import GREAT, GROWING, Count, Standing, ratio
from onrecord.weighing.relations.evidence import Evidence, is_open, is_told, is_told_of
from onrecord.weighing.relations.parties import parties_in
from onrecord.weighing.relations.sides import Side, Stance

DOUBTED: Final = 20
"""The least number whose repetition shows that it is the one that is meant."""
LATER: Final = 1.4
"""How many times a number a later one must be to stand against it; a lesser change may be what came since."""
_MOVEMENTS: Final = frozenset({"@leave", "@arrive", "@gather"})
ALIKE: Final = 0.6
"""Cosine from which two counts of two reports are of one thing without a name that both have."""
NEARLY: Final = 0.05
"""How far apart, as a share of the greater, two great numbers are that are one number rounded."""
FRAGMENT: Final = 3
"""Words that a claim has at least."""
LEAST: Final = 0.5
"""Score from which a relation is given."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation that a rule finds; `turned` where it is `b` that stands so to `a`."""

    kind: RelationKind
    score: float
    reasons: tuple[str, ...]
    turned: bool = False
    rule: str | None = None
    """The name of the rule that found it."""


Rule = Callable[[Side, Side, Evidence], Iterator[Finding]]


def finding(a: Side, b: Side, found: Evidence) -> Finding | None:
    """What the surest of the rules finds for `a`, the later one, and `b`; None where none finds anything."""
    findings = [replace(one, rule=rule.__name__) for rule in RULES for one in rule(a, b, found)]
    best = max(findings, key=lambda one: one.score, default=None)
    return best if best is not None and best.score >= LEAST else None


def answers(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """A reply behind a question, or what one side does about the other's demand or proposal."""
    if found.same_actor:
        return
    for one, other, turned in ((a, b, False), (b, a, True)):
        if is_open(one):
            continue
        beside = found.gap is not None and found.gap <= 60
        if other.act is Act.QUESTION and beside and one.rendering.span.start >= other.rendering.span.end:
            yield Finding(RelationKind.ANSWERS, 0.9, (reasons.reply(one, other),), turned)
        if turned or not (one.has(vocabulary.REFUSAL) or one.has(vocabulary.ASSENT) or found.opposed):
            continue
        if other.act is Act.DEMAND or other.has(vocabulary.REQUEST):
            weight = found.common + 3.0 * len(found.opposed) + (2.0 if found.near else 0.0)
            if weight >= 6:
                score = 0.55 + 0.02 * min(10.0, weight - 6)
                yield Finding(RelationKind.ANSWERS, score, (reasons.reply_to_demand(a, b),))


def denies(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """A denial beside what it denies, or one that speaks of the same."""
    for one, other, turned in ((a, b, False), (b, a, True)):
        if found.same_actor or other.stance is not Stance.SAID or is_open(other):
            continue
        false = one.has(vocabulary.FALSE) and one.act is not Act.QUESTION
        if one.act is not Act.DENIAL and not false and not _is_accused(one, other):
            continue
        behind = found.gap is not None and one.rendering.span.start >= other.rendering.span.end
        gap = found.gap if found.gap is not None else 10**9
        accused = other.has(vocabulary.ACCUSATION) or bool(other.counts)
        score = 0.0
        if (_is_bare(one) or (false and one.telling <= 6)) and behind:
            reach = 500 if one.has(vocabulary.INVOLVED) else 300 if false else 120
            if gap <= 30 or (gap <= reach and accused):
                score = 0.85 if gap <= 30 else 0.7
        elif one.happenings & other.happened and gap <= 1500 and one.act is Act.DENIAL:
            score = 0.75
        weight = found.common + (3.0 if found.addressed else 0.0) + 6.0 * max(0.0, found.cosine - 0.3)
        if _is_accused(one, other):
            weight += 3.0
        if weight >= (6.0 if _is_accused(one, other) else 6.5) and (
            found.events or found.things >= 5 or false or _is_accused(one, other)
        ):
            score = max(score, min(0.9, 0.58 + 0.02 * weight))
        if score:
            yield Finding(RelationKind.DENIES, score, (reasons.denial(one, other),), turned)


def _is_accused(one: Side, other: Side) -> bool:
    """Whether the one says "we did not", and the other accuses that side."""
    if one.party is None or not one.says_no:
        return False
    named = one.party in other.parties or not other.parties
    return named and other.party != one.party and other.has(vocabulary.ACCUSATION)


def absences(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """What one says is or was, and the other did not see or says is not so."""
    for one, other in ((a, b), (b, a)):
        if one.stance not in (Stance.ABSENT, Stance.NEGATED) or other.stance is not Stance.SAID:
            continue
        if found.same_side or not is_told(one) or not is_told_of(other) or other.act is Act.DENIAL or found.other_days:
            continue
        if one.has(vocabulary.FALSE) or _is_fragment(other) or (one.subjects and not one.subjects & other.parties):
            continue
        if one.stance is Stance.NEGATED and not vocabulary.NEGATION.search(vocabulary.NO_NEGATION.sub(" ", one.text)):
            continue
        if other.act is Act.OPINION or other.has(vocabulary.FALSE):
            continue
        if one.has(vocabulary.ITSELF) and other.has(vocabulary.ITSELF):
            continue
        if other.has(vocabulary.PURPOSE) or (one.stance is Stance.NEGATED and one.has(vocabulary.NORM)):
            continue
        of_a_claim = one.is_of_a_claim
        if of_a_claim and found.gap is not None and found.gap <= 60 and one.has(vocabulary.ABSENCE):
            yield Finding(RelationKind.CONTRADICTS, 0.6, (reasons.absence(one, other),))
        same = 3.0 if found.standing(Standing.SAME) else 0.0
        things = found.things + same
        if not one.negated & other.happened and (things < 5 or (found.rarest < 6 and not same)):
            continue
        if one.absent and not one.absent & (other.weights.keys() | other.happened):
            continue
        if not one.absent and found.gap is None and found.things < 1 and not found.names:
            continue
        if one.has(vocabulary.DEICTIC) and (found.gap or 10**9) > 600 and things < 5:
            continue
        weight = found.common + same + (3.0 if found.gap is not None else 0.0) + 6.0 * max(0.0, found.cosine - 0.3)
        least = 5.5 if one.stance is Stance.ABSENT else 8.0
        if weight >= least:
            score = 0.55 + min(0.4, 0.03 * (weight - least))
            yield Finding(RelationKind.CONTRADICTS, score, (reasons.absence(one, other),))


def own_doing(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """One says that they did it themselves, and the other that it came from elsewhere."""
    for one, other in ((a, b), (b, a)):
        if other.has(vocabulary.ITSELF):
            continue
        if one.has(vocabulary.ITSELF) and other.has(vocabulary.ORIGIN) and "@attack" in found.events:
            near = not found.other_days and (found.days is None or found.days <= 5)
            if near and not found.same_actor and is_told(one) and is_told(other) and other.stance is Stance.SAID:
                yield Finding(RelationKind.CONTRADICTS, 0.65, (reasons.own_doing(other),))


def other_doers(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """One says that those without a state did it or kept it, and the other that those of a state did."""
    if found.same_side or not is_told(a) or not is_told(b) or found.other_days or found.days is None or found.days > 7:
        return
    for one, other in ((a, b), (b, a)):
        if (
            not vocabulary.REBELS.search(vocabulary.HELD.sub(" ", one.text))
            or "@rebels" in other.weights
            or not other.has(vocabulary.STATES_OWN)
        ):
            continue
        if one.stance is not Stance.SAID or other.stance is not Stance.SAID:
            continue
        if "@poison" in found.shared or ("@attack" in found.events and found.things >= 6):
            yield Finding(RelationKind.CONTRADICTS, 0.6, (reasons.other_doers(one, other),))


def opposites(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """Words of opposite sense about one thing."""
    if not found.opposed or found.same_side or is_open(a) or is_open(b) or found.other_days:
        return
    forces = "@troops" in found.shared and bool(found.opposed & _MOVEMENTS) and (found.days is None or found.days <= 5)
    if a.has(vocabulary.BEFORE_THAT) or b.has(vocabulary.BEFORE_THAT):
        return
    if (
        a.stance is Stance.SAID
        and b.stance is Stance.SAID
        and ((found.things >= 8 and found.likeness >= 0.3) or forces)
    ):
        yield Finding(RelationKind.CONTRADICTS, 0.6, (reasons.opposite(a, b),))


def disputes(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """Numbers of one thing of which both cannot be so, or that one speaker gives anew."""
    if not is_told(a) or not is_told(b) or found.other_days or found.standing(Standing.SAME) is not None:
        return
    apart = found.standing(Standing.APART) or found.standing(Standing.LOOSER)
    if apart is None:
        return
    one, other = apart
    if found.other_place and one.state is not None:
        return
    if found.same_side:
        of_one = one.state is None or found.cosine >= ALIKE or bool(_places(found.names))
        if ratio(one, other) <= 3 and found.gap is None and of_one and (found.same_actor or found.common >= 3):
            yield Finding(RelationKind.REVISES, 0.8, (reasons.revision(a, one, other),))
        return
    if ratio(one, other) > 4 or one.state in GROWING or found.standing(Standing.APART) is None:
        return
    if found.days is None or found.days > 7 or _is_nearly(one, other) or _adds_up(a, b) or _adds_up(b, a):
        return
    great = min(abs(one.value or 0), abs(other.value or 0)) >= GREAT
    if found.gap is None and not great and found.cosine < ALIKE and not _places(found.names):
        return
    since = found.days >= 0.75
    if since and ratio(one, other) < LATER:
        return
    topic = found.common + 8.0 * max(0.0, found.cosine - 0.4)
    beside = found.gap is not None and found.gap <= 300 and great
    if topic >= 6 or beside or ((found.gap is not None or great) and topic >= 3):
        yield Finding(RelationKind.CONTRADICTS, 0.6 + 0.01 * min(20.0, topic), (reasons.dispute(a, b, one, other),))


def doubts(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """The very number of the other is called too high, too low or badly founded."""
    same = found.standing(Standing.SAME)
    if found.same_actor or not a.has(vocabulary.CRITICISM) or same is None or abs(same[0].value or 0) < DOUBTED:
        return
    yield Finding(RelationKind.CONTRADICTS, 0.65, (reasons.doubt(a, b),))


def corrections(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """The same speaker takes back or mends what was said."""
    if not found.same_actor or is_open(a) or is_open(b):
        return
    if a.has(vocabulary.WRONG) and (found.common >= 3 or b.act is Act.PREDICTION or found.standing(Standing.SAME)):
        yield Finding(RelationKind.REVISES, 0.75, (reasons.correction(a, b),))


def narrowings(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """What leaves open, limits or explains the other without disputing it."""
    if is_open(a) or is_open(b):
        return
    about = found.common + (3.0 if found.near else 0.0) + 6.0 * max(0.0, found.cosine - 0.3)
    linked = found.events or found.things >= 1.5 or found.names or found.cosine >= 0.5
    if a.stance is Stance.UNSURE and b.stance is not Stance.UNSURE and linked and about >= 6:
        yield Finding(RelationKind.NARROWS, 0.7, (reasons.unsure(a),))
    elif a.has(vocabulary.MEANT) and (found.addressed or (found.same_actor and (found.common >= 3 or found.near))):
        yield Finding(RelationKind.NARROWS, 0.65, (reasons.limit(a),))
    elif a.has(vocabulary.LIMIT) and about >= 9 and found.things >= 5:
        yield Finding(RelationKind.NARROWS, 0.55, (reasons.limit(a),))


def trends(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """Two who count for themselves see the same come about on the same days."""
    if not found.other_actor or not is_told(a) or not is_told(b) or found.other_days:
        return
    if not (a.has(vocabulary.WITNESS) and b.has(vocabulary.WITNESS)):
        return
    rise = a.rises is not None and a.rises == b.rises and bool(set(a.days) & set(b.days))
    if rise and a.stance is Stance.SAID and b.stance is Stance.SAID:
        yield Finding(RelationKind.CORROBORATES, 0.7, (reasons.trend(a, b),))


def likenesses(a: Side, b: Side, found: Evidence) -> Iterator[Finding]:
    """The same again: by the same side or taken from the other, or from knowledge of one's own."""
    if is_open(a) != is_open(b) or a.says_no != b.says_no or found.other_days:
        return
    same = found.standing(Standing.SAME)
    if found.standing(Standing.APART) is not None or (found.other_place and same is not None):
        return
    if a.stance is Stance.UNSURE or b.stance is Stance.UNSURE or found.opposed:
        return
    if "@attack" in found.events and a.has(vocabulary.ITSELF) != b.has(vocabulary.ITSELF):
        return
    if found.standing(Standing.LOOSER) is not None and same is None:
        return
    if found.same_side and found.gap is not None and found.likeness < 0.9:
        return
    if found.events & (a.happened ^ b.happened):
        return
    alike = found.likeness + 0.6 * found.cosine + (0.25 if same else 0.0) + 0.03 * max(0.0, found.things)
    least = 0.55 if found.same_side else 0.75 if found.things >= 7 else 0.85
    if (found.common < 4.5 and found.cosine < 0.8) or alike < least:
        return
    score = min(0.95, 0.5 + 0.3 * (alike - least))
    own = found.other_actor and not found.same_side and found.likeness < 0.6 and not a.has(vocabulary.CITING)
    if own:
        yield Finding(RelationKind.CORROBORATES, score, (reasons.support(a),))
    else:
        yield Finding(RelationKind.REPEATS, score, (reasons.repetition(a, b, found.same_actor),))


RULES: Final[tuple[Rule, ...]] = (
    answers, denies, absences, own_doing, other_doers, opposites, disputes, doubts, corrections, narrowings, trends,
    likenesses,
)  # fmt: skip


def _is_fragment(side: Side) -> bool:
    """Whether it says by itself of nothing that it is so ("troops leaving", "to poison the waterworks")."""
    words = side.text.split()
    return len(words) < FRAGMENT or words[0] == "to"


def _is_nearly(one: Count, other: Count) -> bool:
    values = abs(one.value or 0.0), abs(other.value or 0.0)
    return min(values) >= GREAT and max(values) - min(values) <= NEARLY * max(values)


def _adds_up(one: Side, other: Side) -> bool:
    """Whether a number of the one is the sum of two of the other: "18" beside "15, but three more died"."""
    values = [count.value or 0.0 for count in other.counts]
    sums = {x + y for place, x in enumerate(values) for y in values[:place]}
    return any(count.value in sums for count in one.counts)


def _places(names: frozenset[str]) -> frozenset[str]:
    """Names that are no state's: those of places and people."""
    return frozenset(name for name in names if not parties_in(frozenset({name})))


def _is_bare(side: Side) -> bool:
    """Whether it denies without saying again what."""
    return side.telling <= 1 or (side.telling <= 4 and vocabulary.ANAPHORIC.search(side.text) is not None)
