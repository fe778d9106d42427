"""Captures, reports and what became of each input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from onrecord.domain.ids import content_id, sha256
from onrecord.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes as they were fetched or handed in; never changed afterwards.

    `place` is the address or file they came from, with `#L12` behind it for line 12 of a JSONL file. `retrieved` is
    when they were fetched, in UTC, or None where nobody knows: a file on a disk does not say.
    """

    content: bytes = field(repr=False)
    place: str
    media_type: str
    retrieved: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return sha256(self.content)


class MarkKind(StrEnum):
    """Why a stretch of a report's text is not read."""

    BOILERPLATE = "boilerplate"
    CAPTION = "caption"
    TITLE = "title"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of a report's text that stays in the text but is not read."""

    span: Span
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Report:
    """The text taken from one capture.

    `published` is what the outlet says; `retrieved` belongs to the capture, and neither stands in for the other.
    A naive time never occurs; a published day without a time is midnight UTC with `published_is_day` set. `extra`
    keeps, as JSON text, whatever keys an input had that onrecord has no field for, and of a PDF where its pages begin
    (`domain/paging.py`).
    """

    capture: str
    text: str = field(repr=False)
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: datetime | None = None
    published_is_day: bool = False
    language: str | None = None
    marks: tuple[Mark, ...] = ()
    extractor: str = "text"
    extra: str | None = None

    @property
    def id(self) -> str:
        """Hash of what the report says and where it stood; the capture takes no part.

        So the same page captured twice is one report, and the same words in two outlets are two.
        """
        when = self.published.isoformat() if self.published else None
        return content_id("report", self.outlet, self.title, self.author, self.url, when, self.text)


class Outcome(StrEnum):
    """What became of one input."""

    READ = "read"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that was handed in: a file, a line of a JSONL file, standard input.

    `name` is what people call it (a file's name or a JSONL id) and what exports print. `place` is where it was found.
    Exactly one of `capture` with `report`, or `reason`, is set: a skipped input has a reason and may have a capture.
    """

    name: str
    place: str
    capture: Capture | None = None
    report: Report | None = None
    reason: str | None = None
    detail: str = ""
