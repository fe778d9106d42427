"""Whether a passage is something that somebody is bound to, or that is foretold, after the day it is said.

Log-linear: each sign of the passage (`signs`) has a weight that was fitted and can be read (`weights`); nothing else
counts. Which act it is comes from the reader, who has seen the cue ("demanded", "promised"), and where the reader took
it for no such act, from the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import exp, fsum
from typing import Final

from onrecord.domain.docket import FORWARD
from onrecord.domain.passages import Act
from onrecord.domain.utterances import Rendering
from onrecord.weighing.docket.due import Due
from onrecord.weighing.docket.signs import clause_of, main_future, signs
from onrecord.weighing.docket.vocabulary import INFINITIVE, OBLIGED, RISK, UNDERTAKEN, plain
from onrecord.weighing.docket.weights import BASE, SURE, WEIGHTS

_WORD: Final = re.compile(r"[\w'.-]+")
_OWN_SUBJECT: Final = re.compile(r"^\W*(?:i|we|our|my|i'll|we'll|i'm|we're|will|would|won't|shall)\b")

LEAST: Final = 2
"""Words that an entry has: nobody can be held to one word."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What act a passage of the future is, how surely from 0 to 1, and why in words."""

    act: Act
    sure: float
    reason: str


def ahead(one: Rendering, when: Due | None) -> Ahead | None:
    """What the passage binds somebody to or foretells; `when` is the day that it states, if any.

    Whoever sets a last day ("by Monday") has said when it can be told, so such an act with one is always entered.
    """
    words = plain(one.words)
    if one.act is Act.QUESTION or len(_WORD.findall(words)) < LEAST or words.rstrip(" \"'").endswith("?"):
        return None
    sure = chance(one, when is not None)
    if one.act in FORWARD and when is not None and when.start is None:
        sure = max(sure, SURE)
    if sure < SURE:
        return None
    act, reason = _act(one, words)
    return Ahead(act, sure, reason)


def chance(one: Rendering, dated: bool) -> float:
    """How likely the passage is an entry of the docket, from 0 to 1; `dated` tells that it states a day to come."""
    counted = [WEIGHTS.get(name, 0.0) for name, holds in signs(one, dated).items() if holds]
    total = BASE + fsum(counted)
    return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 6)


def _act(one: Rendering, words: str) -> tuple[Act, str]:
    """Which act it is, and the words for why."""
    if one.act in FORWARD:
        return one.act, f"said as a {one.act.value}"
    future = main_future(words)
    if OBLIGED.search(words) and future is None:
        return Act.DEMAND, "says what must be done"
    if future is not None:
        own = _OWN_SUBJECT.match(clause_of(words)) or UNDERTAKEN.search(words)
        return (Act.COMMITMENT if own else Act.PREDICTION), f"speaks of what is to come, “{future}”"
    if INFINITIVE.match(words) or UNDERTAKEN.search(words):
        return Act.COMMITMENT, "tells what is planned"
    if RISK.search(words):
        return Act.WARNING, "speaks of a danger to come"
    return Act.PREDICTION, "looks ahead"
