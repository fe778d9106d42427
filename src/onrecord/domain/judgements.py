"""Judgements: what a person says about things of the record; never edited, only superseded by a later one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from onrecord.domain.docket import Bearing, Status
from onrecord.domain.grades import Credibility, Reliability
from onrecord.domain.ids import content_id
from onrecord.domain.relations import RelationKind
from onrecord.domain.spans import Span


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
    SPEAKER = "speaker"
    """Who says statement `a`: a name, or `NOBODY_NAMED`; `b` is the id of the actor of that name, where it was told."""
    SPAN = "span"
    """Which characters are the part `b` (`PARTS`) of statement `a`."""
    STATEMENT = "statement"
    """Whether `a`, which the reader took for a statement, is one."""
    NOTE = "note"
    """Words, in `why`, on `a`, or on how `a` and `b` stand to each other; every note counts."""
    UNDONE = "undone"
    """That judgement `a` is taken back; the one before it counts again."""


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"


UNRELATED: Final = "unrelated"
"""The verdict that two passages stand in no relation."""

NOT_EVIDENCE: Final = "says nothing"
"""The verdict that a passage says nothing for a docket entry."""

NOBODY_NAMED: Final = "unnamed"
"""The verdict that it is not safe to say who speaks."""

IS_STATEMENT: Final = "is a statement"
NO_STATEMENT: Final = "is no statement"

PARTS: Final = ("content", "source")
"""The parts of a statement whose characters a person can tell."""

LONGEST_NAME: Final = 200
MOST_SPANS: Final = 40

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
    Subject.STATEMENT: (IS_STATEMENT, NO_STATEMENT),
    Subject.NOTE: ("note",),
    Subject.UNDONE: ("undone",),
}
"""What can be said of each subject; of a speaker and a span it is told by `name_fault` and `span_fault`."""

ALONE: Final = frozenset({Subject.STATUS, Subject.SOURCE, Subject.ITEM, Subject.STATEMENT, Subject.UNDONE})
"""Subjects that are one thing alone: `b` is empty."""

EITHER: Final = frozenset({Subject.SPEAKER, Subject.NOTE})
"""Subjects whose `b` may be empty or not."""

OF_STATEMENTS: Final = frozenset({Subject.SPEAKER, Subject.SPAN, Subject.STATEMENT})
"""Subjects whose `a` is a statement."""

LINKED: Final = SAMENESS | OF_STATEMENTS | {Subject.UNDONE}
"""Subjects after which the record is linked again, where they touch it."""

WEIGHED: Final = LINKED | {Subject.RELATION, Subject.STATUS, Subject.EVIDENCE}
"""Subjects after which it is weighed again."""

_SPANS: Final = re.compile(r"(?:0|[1-9][0-9]{0,8})-[1-9][0-9]{0,8}(?:;(?:0|[1-9][0-9]{0,8})-[1-9][0-9]{0,8})*")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on one thing or on two; `verdict` is one of `VERDICTS` of its subject, or what it may say freely.

    Of two things that are or are not the same `a` is the lesser id; of a relation and of evidence the order tells which
    stands to which. The latest judgement on a thing or a pair that nobody took back counts and overrides what a model
    holds.
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
        match self.subject:
            case Subject.SPEAKER:
                fault = name_fault(self.verdict)
            case Subject.SPAN:
                fault = span_fault(self.b, self.verdict)
            case _ if self.verdict not in VERDICTS[self.subject]:
                fault = f"has the verdict {self.verdict!r}, which a {self.subject.value} cannot have"
            case _:
                fault = None
        if fault is not None:
            return fault
        if self.subject is Subject.NOTE and not self.why.strip():
            return "is a note without words"
        if not self.a:
            return "judges nothing"
        if self.subject is Subject.SPEAKER and self.b and self.verdict == NOBODY_NAMED:
            return "says that nobody is named, and names an actor"
        if self.subject not in EITHER and (self.subject in ALONE) != (self.b == ""):
            return "judges one thing where there should be two, or two where there should be one"
        if self.a == self.b or (self.subject in SAMENESS and self.a > self.b):
            return "has a pair that is out of order"
        return None


def name_fault(name: str) -> str | None:
    """What keeps words from being the name of a speaker; None when nothing does."""
    if not name.strip() or name != name.strip():
        return "names nobody, or has white space around the name"
    if len(name) > LONGEST_NAME:
        return f"has a name of more than {LONGEST_NAME} characters"
    return None if name.isprintable() else "has a name with line breaks or other characters that cannot be printed"


def span_fault(part: str, spans: str) -> str | None:
    """What keeps words from being the characters of a part of a statement; None when nothing does."""
    if part not in PARTS:
        return f"is about the part {part!r}, where there are {' and '.join(PARTS)}"
    if spans == "" and part == "source":
        return None
    if not _SPANS.fullmatch(spans) or spans.count(";") >= MOST_SPANS:
        return f"has the span {spans!r}, which is not written START-END, with ; between several"
    found = [tuple(map(int, one.split("-"))) for one in spans.split(";")]
    if any(start >= end for start, end in found):
        return f"has the span {spans!r}, whose end does not lie behind its start"
    if any(before[1] > after[0] for before, after in pairwise(found)):
        return f"has the span {spans!r}, whose parts overlap or stand out of order"
    return None


def spans_in(verdict: str) -> tuple[Span, ...]:
    """The characters that the verdict on a span names.

    >>> spans_in("12-30;44-51")
    (Span(start=12, end=30), Span(start=44, end=51))

    Raises:
        ValueError: when it names none that there can be.
    """
    pairs = (one.split("-") for one in verdict.split(";") if one)
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def spans_text(spans: Iterable[Span]) -> str:
    """Spans as the verdict on them is written."""
    return ";".join(f"{one.start}-{one.end}" for one in spans)


def judgement_id(subject: Subject, a: str, b: str, verdict: str, why: str, by: str, made: datetime) -> str:
    """The id of a judgement: a hash of all that it says, and by whom and when."""
    return content_id("judgement", subject.value, a, b, str(verdict), why, by, made.isoformat())


def taken_back(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """The judgements among these that were taken back, by their ids: each with the word that first did so."""
    found: dict[str, Judgement] = {}
    for one in sorted(judgements, key=lambda one: (one.made, one.id)):
        if one.subject is Subject.UNDONE:
            found.setdefault(one.a, one)
    return found


def latest(judgements: Iterable[Judgement], subject: Subject) -> dict[tuple[str, str], Judgement]:
    """The judgement that counts for each pair of such things, the lesser id first: the latest that was not taken back.

    Newest first. Of a relation and of evidence too, whichever of the two was named first: one pair has one judgement
    that counts. A statement has one speaker, whoever that is: the pair is the statement and "". The result does not
    depend on the order of `judgements`.
    """
    given = list(judgements)
    gone = taken_back(given)
    found: dict[tuple[str, str], Judgement] = {}
    for one in sorted(given, key=lambda one: (one.made, one.id), reverse=True):
        if one.subject is subject and one.a != one.b and one.id not in gone:
            b = "" if subject is Subject.SPEAKER else one.b
            found.setdefault((min(one.a, b), max(one.a, b)), one)
    return found
