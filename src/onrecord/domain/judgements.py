"""Judgements: what a person says about two things of the record; never edited, only superseded by a later one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onrecord.domain.ids import content_id


class Subject(StrEnum):
    """What is judged: two passages (one act of speech?), two actors (one actor?), two reports (one story?)."""

    PASSAGE = "passage"
    ACTOR = "actor"
    REPORT = "report"


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word that two things are, or are not, the same; `a` is the lesser of the two ids.

    The latest judgement on a pair counts and overrides what a model holds.
    """

    id: str
    subject: Subject
    a: str
    b: str
    verdict: Verdict
    why: str
    by: str
    made: datetime


def judgement_id(subject: Subject, a: str, b: str, verdict: Verdict, why: str, by: str, made: datetime) -> str:
    """The id of a judgement: a hash of all that it says, and by whom and when."""
    return content_id("judgement", subject.value, a, b, verdict.value, why, by, made.isoformat())


def latest(judgements: Iterable[Judgement], subject: Subject) -> dict[tuple[str, str], Judgement]:
    """The judgement that counts for each pair of such things, the lesser id first: the latest; newest first.

    The result does not depend on the order of `judgements`.
    """
    found: dict[tuple[str, str], Judgement] = {}
    for one in sorted(judgements, key=lambda one: (one.made, one.id), reverse=True):
        if one.subject is subject and one.a != one.b:
            found.setdefault((min(one.a, one.b), max(one.a, one.b)), one)
    return found
