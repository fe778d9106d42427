"""Statements: who is reported to have said what, at which characters of a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.domain.ids import Field, content_id
from onrecord.domain.passages import Act, Passage
from onrecord.domain.spans import Span


class Kind(StrEnum):
    """How the words are rendered: all, none or some of the content stands in quotation marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Basis(StrEnum):
    """How a statement's speaker was found."""

    NAMED = "named"
    """The source names the speaker."""
    SHORTENED = "shortened"
    """The source shortens a name that the report gives in full."""
    PRONOUN = "pronoun"
    DESCRIPTION = "description"
    CONTINUED = "continued"
    """No source stands by this quotation; it goes on from the speaker before it."""
    UNNAMED = "unnamed"
    """Somebody speaks whom the report does not name, or whom it was not safe to name."""
    JUDGED = "judged"
    """A person said who speaks; no reader gives this."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as the report tells.

    `name` is the fullest form of the name in the report, or None when unnamed. `mention` is where that form stands.
    """

    name: str | None
    basis: Basis
    mention: Span | None = None


UNNAMED = Speaker(None, Basis.UNNAMED)


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution in one report.

    `source`, `cue` and `content` are in reading order; `source` and `cue` may be empty, `content` never is.
    `confidence` is the reader's probability that content and source are right, from 0 to 1.
    `nested_in` is the id of the statement whose content holds this one. `passages` are the sentences and clauses of
    the content, in order; a reader that does not take contents apart leaves them out.
    """

    id: str
    report: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    speaker: Speaker
    confidence: float
    nested_in: str | None = None
    passages: tuple[Passage, ...] = ()

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts of its passages, each once, in order of their first passage."""
        return tuple(dict.fromkeys(passage.act for passage in self.passages))


def statement_id(
    report: str, text: str, source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]
) -> str:
    """The id of a statement: a hash of its report, its offsets and the characters that stand there."""

    def located(spans: tuple[Span, ...]) -> Field:
        return tuple((span.start, span.end, span.of(text)) for span in spans)

    return content_id("statement", report, located(source), located(cue), located(content))


@dataclass(frozen=True, slots=True)
class ReaderIdentity:
    """Which reader made a statement: it stands on every row it wrote."""

    name: str
    version: str
    weights: str | None
    """SHA-256 of the weights, or None for a reader that has none."""
