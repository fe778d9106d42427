"""Transcripts to check quotations against: reports on the record that were read as such, and files at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Final

from onrecord.domain.paging import page_starts
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.errors import NotOnRecord, SettingsError
from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.view import StatementFilter
from onrecord.linking.quotations import Spoken
from onrecord.reading.transcripts import TranscriptReader, is_transcript
from onrecord.reading.windows import paragraphs
from onrecord.settings import Settings
from onrecord.sources import gather

READER: Final = TranscriptReader.identity.name


@dataclass(frozen=True)
class Transcript:
    """A text with its turns: who takes each, and which stretches of the text it is.

    `id` is that of its report on the record, or None for a file. `actors` are the ids of the actors that linking found
    for the names.
    """

    id: str | None
    name: str
    report: Report
    turns: tuple[tuple[str | None, tuple[Span, ...]], ...]
    actors: dict[str, str]

    @property
    def published(self) -> datetime | None:
        return self.report.published

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Those who speak by name, in order."""
        return tuple(dict.fromkeys(name for name, _ in self.turns if name is not None))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where the pages of a printed transcript begin."""
        return page_starts(self.report.extractor, self.report.extra)

    def said_by(self, name: str) -> Spoken:
        """The words of one speaker."""
        return Spoken(self.report.text, [spans for own, spans in self.turns if own == name])

    def speaker_at(self, at: int) -> str | None:
        """Who says a character of the text."""
        return next((name for name, spans in self.turns if any(one.start <= at < one.end for one in spans)), None)


def transcripts_on_record(view: LinkedView) -> list[Transcript]:
    """Every report that was read as a transcript, the newest first."""
    return [transcript_on_record(view, head.id) for head in view.reports_read_by(READER)]


def transcript_on_record(view: LinkedView, report: str, speaker: str | None = None) -> Transcript:
    """The transcript on the record with this id, or of the input of this name.

    Raises:
        NotOnRecord: when there is none, or it was not read as a transcript and nobody said who speaks in it.
    """
    recorded = view.report(report)
    found = list(view.statements(StatementFilter(report=recorded.head.id)))
    name = recorded.head.title or recorded.head.input
    if speaker is not None:
        return _speech(recorded.head.id, name, recorded.report, speaker)
    if not found or found[0].reader.name != READER:
        raise NotOnRecord(
            f"{name!r} was not read as a transcript: tell who speaks in it by --speaker, or read it again with "
            "--reader transcript"
        )
    actors: dict[str, str] = {}
    for one in found:
        spoken = one.statement.speaker.name
        if spoken is not None and spoken not in actors and (actor := view.speaker_of(one.statement.id)[0]) is not None:
            actors[spoken] = actor.id
    return Transcript(recorded.head.id, name, recorded.report, _turns([one.statement for one in found]), actors)


def transcript_file(path: Path, settings: Settings, speaker: str | None = None) -> Transcript:
    """The transcript in a file of any format that is read; with `speaker`, all of its text is said by that one.

    Raises:
        SettingsError: when the file holds no report, several, or no transcript.
    """
    given = list(gather([path], settings))
    if len(given) != 1 or given[0].report is None:
        why = given[0].reason if len(given) == 1 else f"it holds {len(given)} reports"
        raise SettingsError(f"{path} cannot be read as a transcript: {why}")
    report = given[0].report
    name = report.title or given[0].name
    if speaker is not None:
        return _speech(None, name, report, speaker)
    if not is_transcript(report):
        raise SettingsError(
            f"{path} is no transcript: its turns have to begin with who speaks (“Ida Holm: …”); of a speech, tell who "
            "holds it by --speaker"
        )
    return Transcript(None, name, report, _turns(TranscriptReader().read_report(report)), {})


def _speech(id_: str | None, name: str, report: Report, speaker: str) -> Transcript:
    spans = tuple(paragraphs(report.text, [mark.span for mark in report.marks]))
    return Transcript(id_, name, report, ((speaker, spans),), {})


def _turns(statements: Sequence[Statement]) -> tuple[tuple[str | None, tuple[Span, ...]], ...]:
    """The statements of one label in a row are one turn."""
    return tuple(
        (part[0].speaker.name, tuple(span for one in part for span in one.content))
        for _, found in groupby(statements, key=lambda one: one.source)
        if (part := list(found))
    )
