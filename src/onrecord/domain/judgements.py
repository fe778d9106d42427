"""Judgements: what a person says about things of the record; never edited, only superseded by a later one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from onrecord.domain.docket import Bearing, Status
from onrecord.domain.grades import Credibility, Reliability
from onrecord.domain.ids import content_id
from onrecord.domain.relations import RelationKind


class Subject(StrEnum):
    """What is judged."""

    PASSAGE = "passage"
    """Whether two passages are one act of speech."""
    ACTOR = "actor"
    """Whether two actors are one."""
    REPORT = "report"
    """Whether two reports tell one story."""
    RELATION = "relation"
    """How passage `a` stands to passage `b`."""
    STATUS = "status"
    """How the docket entry of passage `a` stands."""
    EVIDENCE = "evidence"
    """What passage `b` says for the docket entry of passage `a`."""
    SOURCE = "source"
    """How reliable the outlet or actor named `a` is."""
    ITEM = "item"
    """How credible what passage `a` says is."""


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"


UNRELATED: Final = "unrelated"
"""The verdict that two passages stand in no relation."""

NOT_EVIDENCE: Final = "says nothing"
"""The verdict that a passage says nothing for a docket entry."""

SAMENESS: Final = frozenset({Subject.PASSAGE, Subject.ACTOR, Subject.REPORT})
"""Subjects whose two things are alike in rank: the lesser id is `a`."""

VERDICTS: Final[Mapping[Subject, tuple[str, ...]]] = {
    Subject.PASSAGE: tuple(Verdict),
    Subject.ACTOR: tuple(Verdict),
    Subject.REPORT: tuple(Verdict),
    Subject.RELATION: (*RelationKind, UNRELATED),
    Subject.STATUS: tuple(one for one in Status if one is not Status.DUE),
    Subject.EVIDENCE: (*Bearing, NOT_EVIDENCE),
    Subject.SOURCE: tuple(Reliability),
    Subject.ITEM: tuple(Credibility),
}
"""What can be said of each subject."""

ALONE: Final = frozenset({Subject.STATUS, Subject.SOURCE, Subject.ITEM})
"""Subjects that are one thing alone: `b` is empty."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on one thing or on two; `verdict` is one of `VERDICTS` of its subject.

    Of two things that are or are not the same `a` is the lesser id; of a relation and of evidence the order tells which
    stands to which. The latest judgement on a thing or a pair counts and overrides what a model holds.
    """

    id: str
    subject: Subject
    a: str
    b: str
    verdict: str
    why: str
    by: str
    made: datetime

    def fault(self) -> str | None:
        """What is wrong with it, in words; None when nothing is."""
        if self.verdict not in VERDICTS[self.subject]:
            return f"has the verdict {self.verdict!r}, which a {self.subject.value} cannot have"
        if (self.subject in ALONE) != (self.b == ""):
            return "judges one thing where there should be two, or two where there should be one"
        if self.a == self.b or (self.subject in SAMENESS and self.a > self.b):
            return "has a pair that is out of order"
        return None


def judgement_id(subject: Subject, a: str, b: str, verdict: str, why: str, by: str, made: datetime) -> str:
    """The id of a judgement: a hash of all that it says, and by whom and when."""
    return content_id("judgement", subject.value, a, b, str(verdict), why, by, made.isoformat())


def latest(judgements: Iterable[Judgement], subject: Subject) -> dict[tuple[str, str], Judgement]:
    """The judgement that counts for each pair of such things, the lesser id first: the latest; newest first.

    Of a relation and of evidence too, whichever of the two was named first: one pair has one judgement that counts.
    The result does not depend on the order of `judgements`.
    """
    found: dict[tuple[str, str], Judgement] = {}
    for one in sorted(judgements, key=lambda one: (one.made, one.id), reverse=True):
        if one.subject is subject and one.a != one.b:
            found.setdefault((min(one.a, one.b), max(one.a, one.b)), one)
    return found
