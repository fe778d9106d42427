"""Reports and statements as lists, notes and headings show them: words ready to be printed, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.domain.judgements import NO_STATEMENT, Judgement, Subject
from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind
from onrecord.ledger.view import RecordedStatement, ReportHead
from onrecord.publishing.exports import joined
from onrecord.publishing.segments import Snippet
from onrecord.publishing.wording import (
    BASIS_WORDS,
    KIND_WORDS,
    When,
    confidence_words,
    shortened,
    speaker_words,
    web_address,
    when,
)

LONGEST_TITLE = 180
LONGEST_QUOTATION = 600


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report in a list or above its text.

    `title` falls back on the name of the input; `link` is the address when it is safe to follow and `address` is
    the same to read, or the words of an address that is not.
    """

    id: str
    title: str
    outlet: str | None
    author: str | None
    published: When
    retrieved: When
    link: str | None
    address: str | None
    input: str
    statements: int


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """What a person said of a statement in place of what the program read, which is `read`; empty where it is said."""

    what: str
    by: str
    made: When
    why: str
    read: str


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A statement in a list or in the notes beside a report; `number` is its place in the report, counted from 1.

    `corrections` tell what people put in place of what was read; `dismissed` is one that a person holds to be no
    statement.
    """

    id: str
    number: int | None
    kind: Kind
    kind_words: str
    speaker: str
    named: bool
    name: str | None
    basis_words: str
    source: str
    cue: str
    quotation: str
    confidence: float
    confidence_words: str
    nested_in: str | None
    acts: tuple[Act, ...]
    report: ReportEntry
    snippet: Snippet | None = None
    corrections: tuple[CorrectionEntry, ...] = ()
    dismissed: bool = False


def report_entry(head: ReportHead) -> ReportEntry:
    """The entry of a report."""
    return ReportEntry(
        id=head.id,
        title=shortened(head.title or "", LONGEST_TITLE) or shortened(head.input, LONGEST_TITLE) or "untitled",
        outlet=shortened(head.outlet, 100) if head.outlet else None,
        author=shortened(head.author, 200) if head.author else None,
        published=when(head.published, head.published_is_day),
        retrieved=when(head.retrieved, unknown="not stated"),
        link=web_address(head.url),
        address=shortened(head.url, 120) if head.url else None,
        input=shortened(head.input, 160),
        statements=head.statements,
    )


def statement_entry(
    recorded: RecordedStatement,
    *,
    number: int | None = None,
    snippet: Snippet | None = None,
    longest: int = LONGEST_QUOTATION,
) -> StatementEntry:
    """The entry of a statement; its quotation is cut at about `longest` characters."""
    statement, source = recorded.statement, joined(recorded.source)
    return StatementEntry(
        id=statement.id,
        number=number,
        kind=statement.kind,
        kind_words=KIND_WORDS[statement.kind],
        speaker=speaker_words(statement.speaker, source),
        named=statement.speaker.name is not None,
        name=statement.speaker.name,
        basis_words=BASIS_WORDS[statement.speaker.basis],
        source=shortened(source, 200),
        cue=shortened(joined(recorded.cue), 120),
        quotation=shortened(joined(recorded.content), longest),
        confidence=statement.confidence,
        confidence_words=confidence_words(statement.confidence),
        nested_in=statement.nested_in,
        acts=statement.acts,
        report=report_entry(recorded.report),
        snippet=snippet,
        corrections=tuple(_correction_entry(recorded, one) for one in recorded.correction.judgements),
        dismissed=recorded.correction.dismissed,
    )


def _correction_entry(recorded: RecordedStatement, one: Judgement) -> CorrectionEntry:
    match one.subject:
        case Subject.SPEAKER:
            what = "speaker corrected"
            read = speaker_words(recorded.as_read.speaker, joined(recorded.source_as_read))
        case Subject.SPAN:
            what = f"{one.b} corrected"
            spans = recorded.content_as_read if one.b == "content" else recorded.source_as_read
            read = shortened(joined(spans), 200) or "none"
        case _:
            what = "held to be no statement" if one.verdict == NO_STATEMENT else "held to be a statement"
            read = ""
    return CorrectionEntry(what, shortened(one.by, 80), when(one.made), shortened(one.why, 300), read)
