"""Relations: how one utterance stands to another, and what of an utterance weighing works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onrecord.domain.ids import content_id
from onrecord.domain.utterances import Rendering


class RelationKind(StrEnum):
    """How `a` stands to `b`; in that direction, and the later of the two is `a` unless the words say otherwise."""

    REPEATS = "repeats"
    """Says what another utterance said already, citing or taking over; it adds no witness."""
    CORROBORATES = "corroborates"
    """Says the same of the world from knowledge of its own: another speaker, and neither takes it from the other."""
    CONTRADICTS = "contradicts"
    """Both cannot be so, or a reported absence stands against what is claimed."""
    REVISES = "revises"
    """The same speaker, or the same count, with another value or another word than before."""
    NARROWS = "narrows"
    """Limits the scope, certainty or meaning of the other without disputing it."""
    ANSWERS = "answers"
    """Replies to a question, a demand or a proposal."""
    DENIES = "denies"
    """Says that what the other accuses or claims is not so, or that its speaker did not do it."""


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance as weighing compares it: a pure function of the two is all that a relation rests on.

    `renderings` are all its passages, earliest published first; `fullest` is the one that gives most of its words.
    `actor` is the id of who said it and `name` what that one is called, None where nobody is known. `reports` are the
    ids of the reports that have it, one group an independent origin; the page of a report that has other texts stands
    beside it. `first` and `last` are published times.
    """

    utterance: str
    fullest: Rendering
    renderings: tuple[Rendering, ...]
    actor: str | None = None
    name: str | None = None
    groups: tuple[tuple[str, ...], ...] = ()
    first: datetime | None = None
    last: datetime | None = None

    @property
    def reports(self) -> frozenset[str]:
        return frozenset(one for group in self.groups for one in group)


def of_one_page(a: Said, b: Said, pages: Mapping[str, str]) -> bool:
    """Whether nothing but different texts of one page has two utterances; `pages` are those of reports, by their ids.

    How they stand to each other is then the outlet's doing, and nobody has said the one and the other.
    """
    ours, theirs = ({pages.get(one.report) for one in side.renderings} for side in (a, b))
    if len(ours) != 1 or ours != theirs or None in ours:
        return False
    return {one.report for one in a.renderings}.isdisjoint(one.report for one in b.renderings)


@dataclass(frozen=True, slots=True)
class Relation:
    """`a` stands to `b` as `kind` says: how sure from 0 to 1, and why in words that a reader of a page understands.

    `a` and `b` are ids of utterances, `passages` those of the two passages that show it, in the same order.
    """

    kind: RelationKind
    a: str
    b: str
    passages: tuple[str, str]
    score: float
    reasons: tuple[str, ...]


def relation_id(a: str, b: str) -> str:
    """The id under which a pair of utterances is shown, whatever its relation; the order of the two is no matter."""
    return content_id("relation", *sorted((a, b)))
