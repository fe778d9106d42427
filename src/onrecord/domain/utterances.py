"""Utterances: passages of different statements that render one act of speech, and how their wordings differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onrecord.domain.ids import content_id
from onrecord.domain.passages import Act, Figure, Time
from onrecord.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Rendering:
    """One passage as one report words it, with what linking compares it by.

    `words` are the characters of the passage. `speaker` is the name in the report and `actor` the id of whom it means,
    None where that is not known. `quoted` tells that the passage stands in quotation marks. `figures` and `times` are
    those of the passage; their spans are of the report's text. `context` is the whole content of the statement, and
    `cue` the words that say that it was said ("has denied").
    """

    passage: str
    statement: str
    report: str
    span: Span
    words: str
    act: Act
    negated: bool = False
    conditional: bool = False
    quoted: bool = False
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    speaker: str | None = None
    actor: str | None = None
    outlet: str | None = None
    published: datetime | None = None
    context: str = ""
    cue: str = ""

    def __hash__(self) -> int:
        # What is worked out of a rendering is looked up by it millions of times, and its passage tells it apart.
        return hash(self.passage)


@dataclass(frozen=True, slots=True)
class Link:
    """Two passages held to render one act of speech: how sure from 0 to 1, and why in words.

    `a` is the lesser of the two ids, so that a pair is one link whichever came first.
    """

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


class Change(StrEnum):
    """What became of some words between two renderings."""

    DROPPED = "dropped"
    ADDED = "added"
    CHANGED = "changed"


class Material(StrEnum):
    """Why a change of words is one of substance."""

    FIGURE = "figure"
    NEGATION = "negation"
    CONDITION = "condition"
    MODAL = "modal"
    ACTOR = "actor"


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch in which a rendering differs from the fullest one.

    `fullest` and `rendering` are spans of the two wordings themselves (from 0), None where one has no such words.
    """

    change: Change
    fullest: Span | None
    rendering: Span | None
    material: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How the wording of passage `rendering` differs from that of passage `fullest`, in the order of the words."""

    fullest: str
    rendering: str
    edits: tuple[Edit, ...]

    @property
    def material(self) -> tuple[Material, ...]:
        """The kinds of substance that differ, each once."""
        return tuple(dict.fromkeys(kind for edit in self.edits for kind in edit.material))


def utterance_id(first: str) -> str:
    """The id of an utterance: a hash of the id of its first passage (earliest published, then the lesser id).

    It stays when later renderings come, and changes only when an earlier one does.
    """
    return content_id("utterance", first)


def ordered(renderings: Iterable[Rendering]) -> list[Rendering]:
    """Renderings earliest published first, those without a date last, then by the passage's id."""

    def place(one: Rendering) -> tuple[bool, float, str]:
        when = one.published
        return when is None, 0.0 if when is None else when.timestamp(), one.passage

    return sorted(renderings, key=place)
