"""Pages about one thing: a report with its statements marked in the text, a statement, a speaker.

Whatever is not on the record raises `NotOnRecord`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from onrecord.domain.reports import MarkKind
from onrecord.domain.statements import Kind
from onrecord.errors import NotOnRecord
from onrecord.ledger.view import LocatedSpan, RecordedStatement, SpeakerRow, StatementFilter, View
from onrecord.publishing.entries import ReportEntry, StatementEntry, report_entry, statement_entry
from onrecord.publishing.lists import Paging, SpeakerEntry, speaker_entry, with_snippets
from onrecord.publishing.passages import PassageEntry, passage_entries
from onrecord.publishing.segments import Paragraph, Role, Segment, Snippet, paragraphs, snippet
from onrecord.publishing.wording import KIND_WORDS, When, shortened, when

OUTLETS_COUNTED_OVER = 500


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A kind that occurs in a report, and how often."""

    kind: Kind
    words: str
    statements: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as an article: the joined segments of its paragraphs are its text to the character.

    `statements` are in reading order and numbered from 1; `numbers` gives the number for each id. `unread` names the
    marks that occur.
    """

    report: ReportEntry
    language: str | None
    capture: str
    recorded: When
    length: int
    paragraphs: tuple[Paragraph, ...]
    statements: tuple[StatementEntry, ...]
    numbers: dict[str, int]
    legend: tuple[LegendEntry, ...]
    unread: tuple[MarkKind, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The whole text, cut at every boundary."""
        return tuple(one for paragraph in self.paragraphs for one in (*paragraph.segments, *paragraph.gap))


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One span of a statement: its role, where it stands, and its characters to the letter."""

    role: Role
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement with all that backs it: where its parts stand, in which capture, and who read it."""

    statement: StatementEntry
    quotation: tuple[str, ...]
    context: Snippet
    places: tuple[PlaceRow, ...]
    passages: tuple[PassageEntry, ...]
    capture: str
    recorded: When
    reader: str
    weights: str | None
    outer: StatementEntry | None
    inner: tuple[StatementEntry, ...]


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """A named speaker's statements, newest first, and the outlets that carry them, counted over the newest."""

    speaker: SpeakerEntry
    paging: Paging
    statements: tuple[StatementEntry, ...]
    outlets: tuple[tuple[str, int], ...]


def report_page(view: View, report_id: str) -> ReportPage:
    """The page of one report.

    Raises:
        NotOnRecord: when no report has that id.
    """
    recorded = view.report(report_id)
    text = recorded.report.text
    found = list(view.statements(StatementFilter(report=recorded.head.id), order="reading"))
    statements = [one.statement for one in found]
    kinds = Counter(statement.kind for statement in statements)
    marked = {mark.kind for mark in recorded.report.marks}
    return ReportPage(
        report=report_entry(recorded.head),
        language=recorded.report.language,
        capture=recorded.capture_sha256,
        recorded=when(recorded.recorded),
        length=len(text),
        paragraphs=paragraphs(text, statements, recorded.report.marks),
        statements=tuple(statement_entry(one, number=number, longest=320) for number, one in enumerate(found, 1)),
        numbers={statement.id: number for number, statement in enumerate(statements, 1)},
        legend=tuple(LegendEntry(kind, KIND_WORDS[kind], kinds[kind]) for kind in Kind if kinds[kind]),
        unread=tuple(kind for kind in MarkKind if kind in marked),
    )


def statement_page(view: View, statement_id: str) -> StatementPage:
    """The page of one statement.

    Raises:
        NotOnRecord: when no statement has that id.
    """
    recorded = view.statement(statement_id)
    report = view.report(recorded.report.id)
    beside = {
        one.statement.id: statement_entry(one, number=number)
        for number, one in enumerate(view.statements(StatementFilter(report=report.head.id), order="reading"), 1)
    }
    known = beside.get(recorded.statement.id)
    return StatementPage(
        statement=statement_entry(recorded, number=known.number if known else None),
        quotation=tuple(span.text for span in recorded.content),
        context=snippet(report.report.text, recorded.statement, around=320, longest=4000),
        places=_places(recorded),
        passages=passage_entries(recorded.passages, recorded.report.page_starts),
        capture=report.capture_sha256,
        recorded=when(recorded.recorded),
        reader=f"{recorded.reader.name} {recorded.reader.version}",
        weights=recorded.reader.weights,
        outer=beside.get(recorded.statement.nested_in or ""),
        inner=tuple(entry for entry in beside.values() if entry.nested_in == recorded.statement.id),
    )


def speaker_page(view: View, name: str, page: int = 1) -> SpeakerPage:
    """The page of the speaker with exactly this name.

    Raises:
        NotOnRecord: when nobody of that name speaks in any report.
    """
    row = _speaker_row(view, name)
    paging = Paging(page, row.statements)
    # The filter also finds longer names that hold this one, so those are passed over here.
    found = (one for one in view.statements(StatementFilter(speaker=name)) if one.statement.speaker.name == name)
    newest = list(islice(found, max(OUTLETS_COUNTED_OVER, paging.offset + paging.size))) if paging.exists else []
    found.close()
    shown = newest[paging.offset : paging.offset + paging.size]
    return SpeakerPage(speaker_entry(row), paging, with_snippets(view, shown), _outlets(newest))


def _speaker_row(view: View, name: str) -> SpeakerRow:
    for row in view.speakers(text=name, limit=None):
        if row.name == name:
            return row
    raise NotOnRecord(f"nobody called “{shortened(name, 80)}” speaks in any report; look through the speakers")


def _outlets(found: Sequence[RecordedStatement]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(one.report.outlet for one in found if one.report.outlet).most_common())


def _places(recorded: RecordedStatement) -> tuple[PlaceRow, ...]:
    def rows(role: Role, spans: Sequence[LocatedSpan]) -> list[PlaceRow]:
        return [PlaceRow(role, span.start, span.end, span.text) for span in spans]

    found = rows(Role.SOURCE, recorded.source) + rows(Role.CUE, recorded.cue) + rows(Role.CONTENT, recorded.content)
    return tuple(sorted(found, key=lambda row: (row.start, row.end)))
