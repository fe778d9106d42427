"""Pages that list utterances, actors and stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.ledger.linked import ActorRow, StoryHead, UtteranceHead
from onrecord.publishing.filters import FilterForm
from onrecord.publishing.linked.entries import (
    ActorLine,
    StoryEntry,
    UtteranceEntry,
    actor_line,
    story_entry,
    utterance_entry,
)
from onrecord.publishing.lists import Paging


@dataclass(frozen=True, slots=True)
class UtteranceList:
    """The utterances that a form asks for, those with most independent origins first."""

    form: FilterForm
    paging: Paging
    utterances: tuple[UtteranceEntry, ...]


@dataclass(frozen=True, slots=True)
class ActorList:
    """The actors whose name or alias holds the text of a form, the most quoted first."""

    form: FilterForm
    paging: Paging
    actors: tuple[ActorLine, ...]


@dataclass(frozen=True, slots=True)
class StoryList:
    """The stories that a form asks for, the newest first."""

    form: FilterForm
    paging: Paging
    stories: tuple[StoryEntry, ...]


def utterance_list(form: FilterForm, paging: Paging, heads: Iterable[UtteranceHead]) -> UtteranceList:
    """One page of utterances."""
    return UtteranceList(form, paging, tuple(map(utterance_entry, heads)))


def actor_list(form: FilterForm, paging: Paging, rows: Iterable[ActorRow]) -> ActorList:
    """One page of actors."""
    return ActorList(form, paging, tuple(map(actor_line, rows)))


def story_list(form: FilterForm, paging: Paging, heads: Iterable[StoryHead]) -> StoryList:
    """One page of stories."""
    return StoryList(form, paging, tuple(map(story_entry, heads)))
