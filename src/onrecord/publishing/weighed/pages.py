"""Pages about one relation, one docket entry and the grades, and the lists of relations, figures and entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from onrecord.domain.docket import Status
from onrecord.ledger.opposed import Opposed
from onrecord.ledger.weighed import DocketRow, Grade, ShownEntry, ShownRelation
from onrecord.publishing.filters import FilterForm
from onrecord.publishing.linked.entries import ActorEntry, UtteranceEntry, actor_entry
from onrecord.publishing.lists import Paging
from onrecord.publishing.weighed.calendar import Calendar
from onrecord.publishing.weighed.entries import (
    DocketEntry,
    LineageEntry,
    PassageEntry,
    RelationEntry,
    WordEntry,
    docket_entry,
    passage_entry,
    relation_entry,
    word_entries,
    word_entry,
)
from onrecord.publishing.weighed.folding import RelationGroup
from onrecord.publishing.weighed_exports import grade_words
from onrecord.publishing.wording import When, day_words, shortened, when


@dataclass(frozen=True, slots=True)
class OpposedEntry:
    """How often what two actors say stands against each other."""

    one: ActorEntry
    other: ActorEntry
    contradictions: int


@dataclass(frozen=True, slots=True)
class RelationList:
    """One page of relations; `kind`, `utterance` and `actor` are what was asked for, `every` that nothing is folded.

    `opposed` tells on the first page of all contradictions who stands against whom.
    """

    form: FilterForm
    kind: str
    utterance: UtteranceEntry | None
    every: bool
    paging: Paging
    relations: tuple[RelationGroup, ...]
    opposed: tuple[OpposedEntry, ...] = ()
    actor: ActorEntry | None = None

    @property
    def given(self) -> dict[str, str]:
        """The values of the query that asks for the same."""
        values = {**self.form.given, "relation": self.kind, "every": "yes" if self.every else ""}
        values["utterance"] = "" if self.utterance is None else self.utterance.id
        values["actor"] = "" if self.actor is None else self.actor.id
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class LineageList:
    """One page of figures followed."""

    form: FilterForm
    paging: Paging
    lineages: tuple[LineageEntry, ...]


@dataclass(frozen=True, slots=True)
class DocketDay:
    """Entries that fall due together."""

    due: str
    passed: bool
    entries: tuple[DocketEntry, ...]


@dataclass(frozen=True, slots=True)
class DocketList:
    """One page of the docket, as of a day.

    `passed` counts the entries whose day has passed, and `next_page` is the page on which the next falls due. The first
    page has the calendar.
    """

    form: FilterForm
    paging: Paging
    days: tuple[DocketDay, ...]
    as_of: When
    passed: int = 0
    next_page: int | None = None
    calendar: Calendar | None = None

    @property
    def order(self) -> str:
        """Which entries stand in the list, and how."""
        day = self.form.due_day
        return "those with a day first" if day is None else f"due on {day_words(day)}"


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """What a passage says for a docket entry."""

    bearing: str
    passage: PassageEntry
    reasons: tuple[str, ...]
    judged: WordEntry | None


@dataclass(frozen=True, slots=True)
class DocketPage:
    """A docket entry with its evidence and history; `suggested` is what the program would say, a person decides."""

    entry: DocketEntry
    bound: str
    rule: str
    due_words: str | None
    condition: str | None
    evidence: tuple[EvidenceEntry, ...]
    history: tuple[WordEntry, ...]
    suggested: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GradeEntry:
    """A grade that counts, with those before it."""

    grade: str
    means: str
    source: str | None
    passage: PassageEntry | None
    word: WordEntry
    earlier: tuple[WordEntry, ...]


def opposed_entries(rows: Iterable[Opposed]) -> tuple[OpposedEntry, ...]:
    """Who stands against whom, in their order."""
    return tuple(OpposedEntry(actor_entry(row.one), actor_entry(row.other), row.contradictions) for row in rows)


def relation_page(shown: ShownRelation) -> RelationEntry:
    """The page of a relation: both sides whole."""
    return relation_entry(shown, longest=4_000)


def docket_days(rows: Iterable[DocketRow], now: datetime) -> tuple[DocketDay, ...]:
    """Docket entries in order, put together by the day on which they fall due."""
    entries = (docket_entry(row, now) for row in rows)
    days = groupby(entries, key=lambda one: (one.due, one.passed))
    return tuple(DocketDay(due, passed, tuple(its)) for (due, passed), its in days)


def docket_page(shown: ShownEntry, now: datetime, suggested: tuple[Status, tuple[str, ...]]) -> DocketPage:
    """The page of a docket entry as of `now`."""
    entry = shown.row.entry
    status, reasons = suggested
    return DocketPage(
        entry=docket_entry(shown.row, now),
        bound=shortened(entry.bound or "not stated", 200),
        rule=shortened(entry.rule, 600),
        due_words=None if entry.due_words is None else shortened(entry.due_words, 120),
        condition=None if entry.condition is None else shortened(entry.condition, 300),
        evidence=tuple(
            EvidenceEntry(
                one.bearing,
                passage_entry(one.passage),
                tuple(shortened(reason, 200) for reason in one.reasons),
                None if one.judgement is None else word_entry(one.judgement),
            )
            for one in shown.evidence
        ),
        history=word_entries(shown.history),
        suggested=None if shown.row.status is not None or status in (Status.OPEN, Status.DUE) else status.value,
        reasons=tuple(shortened(reason, 200) for reason in reasons),
    )


def grade_entry(one: Grade) -> GradeEntry:
    """The entry of a grade."""
    return GradeEntry(
        grade=one.judgement.verdict,
        means=grade_words(one.judgement),
        source=None if one.passage is not None else shortened(one.judgement.a, 120),
        passage=None if one.passage is None else passage_entry(one.passage),
        word=word_entry(one.judgement),
        earlier=tuple(map(word_entry, one.earlier)),
    )


def as_of_words(now: datetime) -> When:
    """The day as of which the docket is told."""
    return when(now, is_day=True)
