"""Actors: persons, organisations, states and groups that speak or are spoken of, and who a mention of one means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onrecord.domain.ids import content_id
from onrecord.domain.statements import Basis


class ActorKind(StrEnum):
    """What sort of actor one is; a government and its seat are the state's."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person holds, from `start` until the day before `end`; None where no day is known."""

    title: str
    of: str | None = None
    """The id of the state or organisation whose office it is."""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that speaks or is spoken of.

    `local` marks one that is in no table: it was made for a name that some reports give.
    """

    id: str
    name: str
    kind: ActorKind | None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    wikidata: str | None = None
    local: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One statement's speaker as its report tells it: what an actor is looked up by.

    `name` is the fullest name in the report, None when it names nobody. `source` are the words that stand by the
    statement, in reading order, empty for a quotation that goes on. `published` is the day the offices are asked for.
    """

    statement: str
    report: str
    name: str | None
    source: str
    basis: Basis
    outlet: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a mention may mean, how likely from 0 to 1, and why in words."""

    actor: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identification:
    """Who a mention means: `actor` where that is safe, else None; `candidates` best first, also where it is not."""

    mention: Mention
    actor: str | None
    candidates: tuple[Candidate, ...] = ()


def local_actor_id(name: str) -> str:
    """The id of an actor made for a name that no table has; the same name is the same actor until a person says no."""
    return "local:" + content_id("actor", name)[:16]
