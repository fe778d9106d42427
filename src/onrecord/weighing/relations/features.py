"""What speaks for each kind of relation, as numbers: what a log-linear model weighs.

Every number is between -1 and about 2, so that the weights can be read beside each other. None of them is a word of a
certain happening: they tell of likeness, of how the two passages stand to what they speak of, of the two speakers, of
numbers, days, places and of how near the passages stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log1p
from typing import Final

from onrecord.domain.passages import Act
from onrecord.weighing.relations import cues, vocabulary
from onrecord.weighing.relations.counts import Standing
from onrecord.weighing.relations.evidence import NEAR, Evidence
from onrecord.weighing.relations.sides import Side, Stance

_BESIDE: Final = 60
_SAME_DAY: Final = 0.75


def features(a: Side, b: Side, found: Evidence) -> Mapping[str, float]:
    """The numbers by name, those of nought left out; `a` is the later one."""
    held = _likeness(found) | _stances(a, b, found) | _speakers(a, b, found) | _figures(found) | _places(found)
    held |= _words(a, b, found) | _cues(a, b, found)
    return {name: float(value) for name, value in held.items() if value}


def _link(found: Evidence) -> float:
    """How much the two speak of one thing, by words and by meaning."""
    return min(1.0, found.common / 12) + max(0.0, found.cosine)


def _likeness(found: Evidence) -> dict[str, float]:
    return {
        "meaning": found.cosine,
        "likeness": found.likeness,
        "containment": found.containment,
        "shared mass": min(2.0, found.common / 10),
        "shared things": min(1.5, max(0.0, found.things) / 10),
        "shared events": min(2.0, len(found.events)) / 2,
        "shared names": min(3.0, len(found.names)) / 3,
        "opposite senses": bool(found.opposed),
    }


def _stances(a: Side, b: Side, found: Evidence) -> dict[str, float]:
    one, other = a.says_no, b.says_no
    said, turned = (b, a) if one else (a, b)
    apart = one != other and Stance.UNSURE not in (a.stance, b.stance)
    hit = bool(turned.absent & (said.weights.keys() | said.happened))
    return {
        "one says no": apart,
        "one says no of the same": apart * _link(found),
        "one says no of a thing that the other has": apart and hit,
        "one says no of what the other says happened": apart and bool(turned.happenings & said.happened),
        "both say no": one and other,
        "the later says it is absent": a.stance is Stance.ABSENT,
        "the later says not": a.stance is Stance.NEGATED,
        "the later is a denial": a.act is Act.DENIAL,
        "the earlier says no": other,
        "the later is unsure": a.stance is Stance.UNSURE,
        "the later is unsure of the same": (a.stance is Stance.UNSURE) * _link(found),
        "the earlier is unsure": b.stance is Stance.UNSURE,
        "the earlier asks": b.act is Act.QUESTION,
        "the later asks": a.act is Act.QUESTION,
        "the earlier asks beside it": b.act is Act.QUESTION and found.gap is not None and found.gap <= _BESIDE,
        "the earlier demands": b.act is Act.DEMAND or b.has(vocabulary.REQUEST),
        "the earlier binds itself": b.act is Act.COMMITMENT,
        "a reply to a demand": (b.act is Act.DEMAND or b.has(vocabulary.REQUEST))
        and (a.has(vocabulary.REFUSAL) or a.has(vocabulary.ASSENT)),
    }


def _speakers(a: Side, b: Side, found: Evidence) -> dict[str, float]:
    other = found.other_actor and not found.same_side
    accused = a.party is not None and a.party in b.parties and a.party != b.party
    return {
        "same speaker": found.same_actor,
        "same side": found.same_side,
        "same side, the same": found.same_side * _link(found),
        "same side, one says no": found.same_side and (a.says_no) != (b.says_no),
        "other side": other,
        "other side, the same": other * _link(found),
        "two known parties": a.party is not None and b.party is not None and a.party != b.party,
        "of the side spoken of": accused,
        "no, of the side spoken of": accused and a.says_no,
        "a speaker is not known": a.actor is None or b.actor is None,
        "one speaks of the other": found.addressed,
    }


def _figures(found: Evidence) -> dict[str, float]:
    same = found.standing(Standing.SAME) is not None
    apart = not same and found.standing(Standing.APART) is not None
    looser = not same and not apart and found.standing(Standing.LOOSER) is not None
    return {
        "same number": same,
        "same number, same side": same and found.same_side,
        "numbers apart, same side": apart and found.same_side,
        "numbers apart, other side": apart and not found.same_side,
        "other numbers, same side": looser and found.same_side,
        "other numbers, other side": looser and not found.same_side,
    }


def _places(found: Evidence) -> dict[str, float]:
    return {
        "one report": found.gap is not None,
        "beside each other": found.gap is not None and found.gap <= _BESIDE,
        "near each other": found.gap is not None and found.gap <= NEAR,
        "days apart": log1p(found.days or 0.0) / 3,
        "one day": (found.days or 0.0) < _SAME_DAY,
        "other place": found.other_place,
        "other days": found.other_days,
    }


def _words(a: Side, b: Side, found: Evidence) -> dict[str, float]:
    blamed = a.has(vocabulary.BLAME) and b.has(vocabulary.BLAME)
    return {
        "calls it false": a.has(vocabulary.FALSE),
        "speaks of a claim": a.has(vocabulary.CLAIMED),
        "words of denying": a.has(vocabulary.DENIAL),
        "no, where the other accuses": b.has(vocabulary.ACCUSATION) and a.says_no,
        "contrast": a.has(vocabulary.CONTRAST),
        "hedge": a.has(vocabulary.HEDGE),
        "hedge, same side": a.has(vocabulary.HEDGE) and found.same_side,
        "meant": a.has(vocabulary.MEANT),
        "was wrong": a.has(vocabulary.WRONG),
        "counts on": a.has(vocabulary.NUMBERED),
        "own knowledge": a.has(vocabulary.WITNESS),
        "own knowledge of both": a.has(vocabulary.WITNESS) and b.has(vocabulary.WITNESS),
        "cites": a.has(vocabulary.CITING),
        "doing of one's own": a.has(vocabulary.ITSELF) or b.has(vocabulary.ITSELF),
        "both blame, others": blamed and bool(a.parties and b.parties) and not a.parties & b.parties,
        "both blame, the same": blamed and bool(a.parties & b.parties),
        "both blame": blamed,
        "those without a state in one": ("@rebels" in a.weights) != ("@rebels" in b.weights),
        "short": a.telling <= 2,
    }


def _cues(a: Side, b: Side, found: Evidence) -> dict[str, float]:
    held: dict[str, float] = {}
    for name in cues.CUES:
        held[f"the later’s cue {name}"] = name in a.cues
        held[f"the earlier’s cue {name}"] = name in b.cues
    denial = (a.act is Act.DENIAL) != (b.act is Act.DENIAL)
    denying, accusing = (a, b) if a.act is Act.DENIAL else (b, a)
    once = ("denies" in a.cues) != ("denies" in b.cues)
    declined = ("declines" in a.cues) != ("declines" in b.cues)
    held |= {
        "the earlier is a denial": b.act is Act.DENIAL,
        "one is a denial": denial,
        "one is a denial of the same": denial * _link(found),
        "one is a denial beside it": denial and found.near,
        "one is a denial, of the side spoken of": denial and denying.party in accusing.parties,
        "one is a denial of an accusation": denial and accusing.has(vocabulary.ACCUSATION),
        "one cue denies": once,
        "one cue denies the same": once * _link(found),
        "one cue denies beside it": once and found.gap is not None and found.gap <= NEAR,
        "one cue denies, of the side spoken of": once and a.party is not None and a.party in b.parties,
        "one cue denies, other side": once and found.other_actor and not found.same_side,
        "one cue denies, both say no": once and a.says_no and b.says_no,
        "one cue declines": declined,
        "one cue declines the same": declined * _link(found),
        "one cue declines beside it": declined and found.gap is not None and found.gap <= NEAR,
        "confirms the same, other side": ("confirms" in a.cues) * _link(found) * (not found.same_side),
        "repeats the same, same side": ("repeats" in a.cues) * _link(found) * found.same_side,
        "replies beside it": "replies" in a.cues and found.gap is not None and found.gap <= NEAR,
        "asked beside it": "asks" in b.cues and found.gap is not None and found.gap <= NEAR,
    }
    return held
