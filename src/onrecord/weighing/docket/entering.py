"""From an utterance to a docket entry: a pure function of the utterance, whatever the order of its renderings.

The fullest wording decides; where it binds nobody, the others are asked, earliest published first. A due day may be
stated by one rendering alone ("by March 14") and is taken from it; where they differ, most of them decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from onrecord.domain.docket import Entry
from onrecord.domain.relations import Said
from onrecord.domain.utterances import Rendering, ordered
from onrecord.weighing.docket.ahead import Ahead, ahead
from onrecord.weighing.docket.due import Due, due, last_day
from onrecord.weighing.docket.terms import bound, condition, rule

MOST: Final = 50
"""Renderings of one utterance that are looked at; what is told more often than that says nothing new."""


def entry(said: Said) -> Entry | None:
    """The utterance as an entry of the docket, None where it binds nobody and foretells nothing.

    An utterance without a day of publication can be entered, but never has a due day.
    """
    others = [one for one in ordered(said.renderings) if one.passage != said.fullest.passage]
    for one in (said.fullest, *others[:MOST]):
        made = ahead(one, due(one))
        if made is not None:
            return _entry(said, one, made, (said.fullest, *others[:MOST]))
    return None


def _entry(said: Said, one: Rendering, made: Ahead, others: Sequence[Rendering]) -> Entry:
    when, reason = _day([one, *(other for other in others if other.passage != one.passage)])
    hangs_on = condition(one)
    party = bound(one, made.act, said.name or one.speaker)
    reasons = [made.reason, reason]
    if hangs_on is not None:
        reasons.append("hangs on a condition")
    return Entry(
        utterance=said.utterance,
        passage=one.passage,
        act=made.act,
        actor=said.actor,
        bound=party,
        rule=rule(one, made.act, party, when, hangs_on),
        start=when.start if when is not None else None,
        end=when.end if when is not None else None,
        due_words=when.words if when is not None else None,
        condition=hangs_on,
        reasons=tuple(reasons),
    )


def _day(renderings: Sequence[Rendering]) -> tuple[Due | None, str]:
    """The due day that most renderings state, of as many the one published first, and a word on it."""
    stated = [when for when in map(due, ordered(renderings)) if when is not None]
    if not stated:
        return None, "no day is stated"
    votes = Counter(_last(when) for when in stated)
    first = max(stated, key=lambda when: votes[_last(when)])
    if len(votes) > 1:
        return first, f"due “{first.words}”; other wordings state other days"
    return first, f"due “{first.words}”"


def _last(when: Due) -> date | None:
    return last_day(when.start, when.end).date() if when.end is not None else None
