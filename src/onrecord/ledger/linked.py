"""What a linked view shows: actors, utterances and stories as frozen rows, every passage with its characters.

`onrecord.ledger.linked_view` reads them. Counts of origins are of independent ones: reports that nothing shows to be
independent of each other count once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from onrecord.domain.actors import ActorKind, Office
from onrecord.domain.origins import Independence, Origin
from onrecord.domain.passages import Act
from onrecord.domain.utterances import Difference, Link
from onrecord.ledger.shown import LocatedSpan, ReportHead


@dataclass(frozen=True, slots=True)
class ActorHead:
    """An actor; `local` marks one that is in no table and was made for a name in the reports."""

    id: str
    name: str
    kind: ActorKind | None
    local: bool


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor in a list: how much is on the record of what it said; times are those of publication."""

    actor: ActorHead
    statements: int
    reports: int
    outlets: int
    utterances: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class UtteranceHead:
    """An utterance in a list.

    `actor` is who said it, where that is known; `speaker` the name in the fullest rendering. `fullest` is the passage
    that gives most of its words. `first` and `last` are the published times of its first and last reports with one.
    """

    id: str
    actor: ActorHead | None
    speaker: str | None
    fullest: LocatedSpan
    first: datetime | None
    last: datetime | None
    passages: int
    reports: int
    outlets: int
    origins: int


@dataclass(frozen=True, slots=True)
class ShownRendering:
    """One rendering: its passage and report, the speaker in that report, and how it differs from the fullest one.

    `difference` is None for the fullest itself.
    """

    passage: str
    span: LocatedSpan
    report: ReportHead
    statement: str
    speaker: str | None
    act: Act
    quoted: bool
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class ShownUtterance:
    """An utterance with all its renderings, earliest first.

    `groups` are the ids of its reports, one group an independent origin. `ties` tell for pairs of its reports what
    keeps them from being shown independent; `links` why its passages are held to be one utterance.
    """

    head: UtteranceHead
    renderings: tuple[ShownRendering, ...]
    groups: tuple[tuple[str, ...], ...]
    ties: tuple[Independence, ...]
    origins: tuple[Origin, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ShownActor:
    """An actor with names, offices, what it said, and on how many days how many statements were published."""

    row: ActorRow
    aliases: tuple[str, ...]
    offices: tuple[Office, ...]
    wikidata: str | None
    names: tuple[tuple[str, int], ...]
    """The names that reports give it, with how many statements each, most first."""
    by_day: tuple[tuple[date, int], ...]
    utterances: tuple[UtteranceHead, ...]


@dataclass(frozen=True, slots=True)
class StoryHead:
    """A story in a list; `first` and `last` are the published times of its first and last reports with one."""

    id: str
    title: str
    first: datetime | None
    last: datetime | None
    reports: int
    outlets: int
    origins: int


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A story with its reports, earliest first, where they come from, and what was said in it, most origins first."""

    head: StoryHead
    reports: tuple[ReportHead, ...]
    groups: tuple[tuple[str, ...], ...]
    ties: tuple[Independence, ...]
    origins: tuple[Origin, ...]
    links: tuple[Link, ...]
    utterances: tuple[UtteranceHead, ...]
