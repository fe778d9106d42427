"""What a view shows: frozen rows, with every span carrying the characters it points at.

Times are UTC and aware. `onrecord.ledger.view` exports these names. The functions read rows back into them, and raise
ValueError, TypeError or KeyError on what no writer of ours wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onrecord.domain.corrections import Correction, corrected
from onrecord.domain.paging import EXTRACTOR, page_starts
from onrecord.domain.passages import Act, Figure, Passage, Time, passage_id
from onrecord.domain.reports import Outcome, Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind, ReaderIdentity, Statement
from onrecord.ledger.passage_rows import quoted_in
from onrecord.ledger.rows import report_of, statement_of, time_of


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements to show; a field that is None does not restrict.

    `speaker` is compared without regard to case or accents and matches the whole name or whole words of it; where no
    speaker is named it is compared with the words of the source. `outlet` is compared whole, without regard to case
    or accents. `since` and `until` bound the report's published time, `until` itself excluded; a report without a
    date is left out when either is given. `act` chooses statements with a passage of that act. `text` is a full text
    search (see `onrecord.ledger.search`). `report` is the id of one report.
    """

    speaker: str | None = None
    outlet: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    kind: Kind | None = None
    act: Act | None = None
    text: str | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class LocatedSpan:
    """Characters `[start, end)` of a report's text, and those characters; `input` is what people call the report."""

    report: str
    input: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report without its text; `input` is the name of the first input that held it.

    `statements` counts the statements of its latest reading. `retrieved` is when its first capture was fetched.
    `page_starts` are the characters at which the pages of one that was printed begin (`domain/paging.py`).
    """

    id: str
    input: str
    outlet: str | None
    title: str | None
    author: str | None
    url: str | None
    published: datetime | None
    published_is_day: bool
    retrieved: datetime | None
    statements: int
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LocatedFigure:
    """A figure, its characters, and those of what it counts and of the place."""

    figure: Figure
    span: LocatedSpan
    counted: LocatedSpan | None
    place: LocatedSpan | None
    as_of: LocatedSpan | None


@dataclass(frozen=True, slots=True)
class LocatedTime:
    """A time and its characters."""

    time: Time
    span: LocatedSpan


@dataclass(frozen=True, slots=True)
class LocatedPassage:
    """A passage, its characters, and those of its figures and times."""

    id: str
    passage: Passage
    span: LocatedSpan
    figures: tuple[LocatedFigure, ...]
    times: tuple[LocatedTime, ...]


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """A statement, the report it stands in, its spans with their characters, and who put it on the record when.

    Where people corrected it, `statement` and its spans are as they say, `correction` holds their judgements, and
    `as_read` is what the reader found, with its source and content as `source_as_read` and `content_as_read`.
    """

    statement: Statement
    report: ReportHead
    source: tuple[LocatedSpan, ...]
    cue: tuple[LocatedSpan, ...]
    content: tuple[LocatedSpan, ...]
    passages: tuple[LocatedPassage, ...]
    recorded: datetime
    reader: ReaderIdentity
    as_read: Statement
    source_as_read: tuple[LocatedSpan, ...]
    content_as_read: tuple[LocatedSpan, ...]
    correction: Correction


@dataclass(frozen=True, slots=True)
class RecordedReport:
    """A report with its text, and the first capture it was taken from."""

    head: ReportHead
    report: Report
    recorded: datetime
    capture_sha256: str


@dataclass(frozen=True, slots=True)
class InputRow:
    """What became of one input; `capture` is the SHA-256 of its bytes and `report` the id of its report."""

    name: str
    place: str
    capture: str | None
    report: str | None
    outcome: Outcome
    reason: str | None
    detail: str
    recorded: datetime


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A named speaker; `first` and `last` are the published times of the first and last reports with a date."""

    name: str
    statements: int
    reports: int
    outlets: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is on the record; `inputs` is the sum of `read`, `duplicate` and `skipped`."""

    inputs: int
    read: int
    duplicate: int
    skipped: int
    reports: int
    statements: int
    speakers: int
    outlets: int


def time_in(text: str | None) -> datetime | None:
    """The time a column holds, if any."""
    return None if text is None else time_of(text)


def head_in(row: Mapping[Any, Any]) -> ReportHead:
    """The report in a row of `queries.Questions.heads`."""
    return ReportHead(
        id=row["report_id"],
        input=row["input"],
        outlet=row["report_outlet"],
        title=row["report_title"],
        author=row["report_author"],
        url=row["report_url"],
        published=time_in(row["report_published"]),
        published_is_day=bool(row["report_published_is_day"]),
        retrieved=time_in(row["report_retrieved"]),
        statements=row["report_statements"],
        page_starts=page_starts(EXTRACTOR, row["report_pages"]),
    )


def report_in(row: Mapping[Any, Any]) -> RecordedReport:
    """The report in a row of `queries.Questions.heads` that has all its columns and the time of its entry."""
    return RecordedReport(
        head=head_in(row),
        report=report_of(dict(row)),
        recorded=time_of(row["recorded"]),
        capture_sha256=row["capture"],
    )


def recorded_in(
    row: Mapping[Any, Any], correction: Correction | None = None, text: str | None = None
) -> RecordedStatement:
    """The statement in a row of `queries.Questions.recorded_statements`, as people corrected it.

    `text` is that of its report, which is needed where a person told other characters than the row holds.
    """
    head = head_in(row)
    read, words = statement_of(row, head.id)
    # The characters stand beside every span in the row, so mostly no text of a report has to be fetched.
    known = dict(quoted_in(row["passages"]))
    known.update(pair for its in words.values() for pair in its)
    found = read if correction is None else corrected(read, correction)

    def there(span: Span) -> LocatedSpan:
        characters = known[span] if span in known or text is None else span.of(text)
        return LocatedSpan(head.id, head.input, span.start, span.end, characters)

    def located_passage(passage: Passage) -> LocatedPassage:
        span = there(passage.span)
        return LocatedPassage(
            id=passage_id(head.id, span.text, passage.span),
            passage=passage,
            span=span,
            figures=tuple(
                LocatedFigure(
                    figure,
                    there(figure.span),
                    None if figure.counted is None else there(figure.counted),
                    None if figure.place is None else there(figure.place),
                    None if figure.as_of is None else there(figure.as_of.span),
                )
                for figure in passage.figures
            ),
            times=tuple(LocatedTime(time, there(time.span)) for time in passage.times),
        )

    return RecordedStatement(
        statement=found,
        report=head,
        source=tuple(map(there, found.source)),
        cue=tuple(map(there, found.cue)),
        content=tuple(map(there, found.content)),
        passages=tuple(located_passage(passage) for passage in found.passages),
        recorded=time_of(row["recorded"]),
        reader=ReaderIdentity(row["reader"], row["version"], row["weights"]),
        as_read=read,
        source_as_read=tuple(map(there, read.source)),
        content_as_read=tuple(map(there, read.content)),
        correction=Correction() if correction is None else correction,
    )


def speaker_in(row: Mapping[Any, Any]) -> SpeakerRow:
    """The speaker in a row with these columns."""
    return SpeakerRow(
        name=row["name"],
        statements=row["statements"],
        reports=row["reports"],
        outlets=row["outlets"],
        first=time_in(row["first"]),
        last=time_in(row["last"]),
    )


def input_in(row: Mapping[Any, Any]) -> InputRow:
    """The input in a row of its table, with the time of its entry."""
    return InputRow(
        name=row["name"],
        place=row["place"],
        capture=row["capture"],
        report=row["report"],
        outcome=Outcome(row["outcome"]),
        reason=row["reason"],
        detail=row["detail"],
        recorded=time_of(row["recorded"]),
    )
