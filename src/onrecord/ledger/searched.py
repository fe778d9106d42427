"""What a search over the whole record asks for and what it shows: frozen rows, each with the reason it was found.

`onrecord.ledger.searching` finds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind
from onrecord.ledger.linked import ActorHead, UtteranceHead
from onrecord.ledger.search import Sounding, Term, Wanted
from onrecord.ledger.shown import RecordedStatement

T = TypeVar("T")


class Place(StrEnum):
    """Among which things a search looks."""

    STATEMENTS = "statements"
    UTTERANCES = "utterances"
    REPORTS = "reports"
    ACTORS = "actors"


class Order(StrEnum):
    """In which order things are shown: the best first, or by publication; what has no date stands last."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Sought:
    """What to search for; a field that is None does not restrict.

    `words` are as `onrecord.ledger.search` reads them; with `meaning` passages near to them in meaning are found
    behind those that have them. `actor` is an id, or a part of a name of who speaks. `country` is the name of a state,
    or the two letters of its code: what the state, its offices' holders and its bodies said, and those whom a report
    calls after it. `story` is an id. `outlet`, `act`, `kind`, `since` and `until` are as in `shown.StatementFilter`;
    `said_since` and `said_until` bound the day on which the utterance was first told, and `origins` is the fewest
    independent origins of it: both leave out what was never linked.
    """

    words: str | None = None
    meaning: bool = True
    actor: str | None = None
    outlet: str | None = None
    country: str | None = None
    act: Act | None = None
    kind: Kind | None = None
    story: str | None = None
    origins: int = 1
    said_since: datetime | None = None
    said_until: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None


class By(StrEnum):
    """What something was found by."""

    WORDS = "words"
    MEANING = "meaning"
    NAME = "name"
    FILTERS = "filters"


@dataclass(frozen=True, slots=True)
class Why:
    """Why something was found: the words asked for, or those near to them in meaning and how near it comes in all.

    `marks` are what to look for in its text to show it.
    """

    by: By
    words: tuple[str, ...] = ()
    nearness: float | None = None
    marks: tuple[Sounding, ...] = ()


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Something that was found, and why."""

    what: T
    why: Why


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A statement that was found, and the utterances that its passages render."""

    recorded: RecordedStatement
    utterances: tuple[UtteranceHead, ...]


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An actor, or None for those who were not identified, with the statements of it that were found."""

    actor: ActorHead | None
    statements: int
    first: datetime | None
    last: datetime | None


def why_words(wanted: Wanted | None) -> Why:
    """The reason of what has all the words, or passes the filters where there are none."""
    if wanted is None or not wanted.required:
        return Why(By.FILTERS)
    terms = tuple(dict.fromkeys(one.words + ("*" if one.beginning else "") for one in wanted.required))
    return Why(By.WORDS, terms, marks=tuple(Sounding.of(one) for one in wanted.required))


def why_near(nearness: float, words: tuple[str, ...], required: tuple[Term, ...]) -> Why:
    """The reason of what is near in meaning; what was asked to the letter stands in it, too."""
    near = tuple(Sounding.of(Term(one)) for one in words)
    return Why(By.MEANING, words, nearness, (*near, *(Sounding.of(one) for one in required)))
