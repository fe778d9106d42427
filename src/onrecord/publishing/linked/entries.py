"""Utterances, actors and stories as lists show them: words ready to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.domain.actors import ActorKind, Candidate
from onrecord.ledger.linked import ActorHead, ActorRow, StoryHead, UtteranceHead
from onrecord.publishing.wording import When, counted, shortened, when

ACTOR_KIND_WORDS: dict[ActorKind | None, str] = {
    ActorKind.PERSON: "person",
    ActorKind.ORGANISATION: "organisation",
    ActorKind.STATE: "state",
    ActorKind.GROUP: "group",
    None: "actor",
}
LONGEST_WORDS = 280


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """Somebody who speaks; `local` tells that only the reports know the name."""

    id: str
    name: str
    kind: str
    local: bool


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor in a list with how much is on the record."""

    actor: ActorEntry
    statements: int
    utterances: int
    reports: int
    outlets: int
    first: When
    last: When


@dataclass(frozen=True, slots=True)
class CandidateEntry:
    """Somebody whom a statement's speaker may be, and why."""

    id: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UtteranceEntry:
    """An utterance in a list: the words of its fullest rendering, who said it and how far it was carried."""

    id: str
    words: str
    actor: ActorEntry | None
    speaker: str
    first: When
    last: When
    carried: str
    reports: int


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """A story in a list."""

    id: str
    title: str
    first: When
    last: When
    carried: str
    origins: int
    reports: int


def actor_entry(head: ActorHead) -> ActorEntry:
    """The entry of an actor."""
    return ActorEntry(head.id, shortened(head.name, 160) or "without a name", ACTOR_KIND_WORDS[head.kind], head.local)


def actor_line(row: ActorRow) -> ActorLine:
    """The line of an actor; its times are days."""
    return ActorLine(
        actor=actor_entry(row.actor),
        statements=row.statements,
        utterances=row.utterances,
        reports=row.reports,
        outlets=row.outlets,
        first=when(row.first, is_day=True),
        last=when(row.last, is_day=True),
    )


def utterance_entry(head: UtteranceHead, longest: int = LONGEST_WORDS) -> UtteranceEntry:
    """The entry of an utterance."""
    return UtteranceEntry(
        id=head.id,
        words=shortened(head.fullest.text, longest),
        actor=actor_entry(head.actor) if head.actor is not None else None,
        speaker=named(head.speaker),
        first=when(head.first, is_day=True),
        last=when(head.last, is_day=True),
        carried=carried_words(head.origins, head.reports, head.outlets),
        reports=head.reports,
    )


def story_entry(head: StoryHead) -> StoryEntry:
    """The entry of a story."""
    return StoryEntry(
        id=head.id,
        title=shortened(head.title, 180) or "untitled",
        first=when(head.first, is_day=True),
        last=when(head.last, is_day=True),
        carried=carried_words(head.origins, head.reports, head.outlets),
        origins=head.origins,
        reports=head.reports,
    )


def named(speaker: str | None) -> str:
    """The name that a report gives a speaker, if it gives one."""
    return shortened(speaker or "", 160) or "unnamed"


def carried_words(origins: int, reports: int, outlets: int) -> str:
    """How far something was carried: independent origins first, then the copies behind them.

    >>> carried_words(3, 5, 4)
    '3 independent origins, 5 reports of 4 outlets'
    """
    told = counted(origins, "independent origin", "independent origins")
    return f"{told}, {counted(reports, 'report', 'reports')}" + (
        f" of {counted(outlets, 'outlet', 'outlets')}" if outlets else ""
    )


def candidate_entries(candidates: Iterable[Candidate], names: Mapping[str, str]) -> list[CandidateEntry]:
    """Whom a speaker may be, the likeliest first; those whose name is not known are left out."""
    return [
        CandidateEntry(one.actor, shortened(names[one.actor], 100), one.reasons)
        for one in candidates
        if one.actor in names
    ]
