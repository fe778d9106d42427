"""Figures through time: which numbers count one thing, which revise one another and which are in dispute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onrecord.domain.ids import content_id
from onrecord.domain.passages import Bound, Figure
from onrecord.domain.utterances import Rendering


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure of one passage: what is counted, where, as of when, and by whom it is said.

    `block` names the figures that it can share a lineage with: figures of other blocks are never compared. `words` and
    `place` are what is counted and where, in the words of the record; `noun` is the head of `words`, stemmed. `start`
    and `end` are the half-open interval in UTC that the figure holds for, from the passage or else the day of
    publication; `dated` tells that the passage itself says it.
    """

    id: str
    rendering: Rendering
    figure: Figure
    block: str
    noun: str
    words: str
    place: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    dated: bool = False
    utterance: str | None = None

    @property
    def low(self) -> float | None:
        """The least number that the figure allows, None where it sets none."""
        figure = self.figure
        if figure.low is not None or figure.bound in (Bound.AT_MOST, Bound.LESS_THAN):
            return figure.low
        return figure.value

    @property
    def high(self) -> float | None:
        """The greatest number that the figure allows, None where it sets none."""
        figure = self.figure
        if figure.high is not None or figure.bound in (Bound.AT_LEAST, Bound.MORE_THAN):
            return figure.high
        return figure.value


class Standing(StrEnum):
    """How one figure of a lineage stands to an earlier one."""

    SAME = "same"
    REVISION = "revision"
    """Of the same speaker or the same source, later, with another value for the same thing and day."""
    LATER = "later"
    """Another day's or another moment's number in one series; both may be right."""
    DISPUTE = "dispute"
    """Of different speakers, for the same thing and day, and both cannot be right."""
    SCOPE = "other scope"
    """Not the same thing counted: another place, part, unit or definition. Never within one lineage."""


@dataclass(frozen=True, slots=True)
class FigureTie:
    """How figure `a` stands to figure `b`, which was published earlier (or at once), and why in words."""

    a: str
    b: str
    standing: Standing
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """Figures that count one thing, earliest published first."""

    id: str
    counted: str
    place: str | None
    unit: str | None
    figures: tuple[str, ...]


def figure_id(passage: str, start: int, end: int) -> str:
    """The id of a figure: a hash of its passage and where the number stands in the report."""
    return content_id("figure", passage, start, end)


def lineage_id(first: str) -> str:
    """The id of a lineage: a hash of the id of its first figure."""
    return content_id("lineage", first)
