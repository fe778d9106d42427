"""Pages that list: the front page, statements, reports, speakers, skipped inputs, and what the record holds.

Each page object holds everything its template prints. Building one reads the view a few times; between two reads a
writer may add to the ledger, so a count can be one ahead of a list, never the other way about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from onrecord.domain.reports import Outcome
from onrecord.ledger.view import (
    Found,
    InputRow,
    RecordedStatement,
    ReportHead,
    SpeakerRow,
    Totals,
    View,
)
from onrecord.publishing.entries import ReportEntry, StatementEntry, report_entry, statement_entry
from onrecord.publishing.filters import FilterForm
from onrecord.publishing.segments import snippet
from onrecord.publishing.wording import When, shortened, when

T_co = TypeVar("T_co", covariant=True)
PAGE_SIZE = 25
OUTLETS_OFFERED = 200
CONSIDERED = 100
RECKONED_UNASKED = 100_000
"""Entries of a record whose digest a page reckons without being asked to."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a list a page stands; pages are counted from 1 and an empty list has one page."""

    page: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def first(self) -> int:
        """The number of the first row on this page, 0 when there is none."""
        return min(self.offset + 1, self.total) if self.exists else 0

    @property
    def last(self) -> int:
        """The number of the last row on this page, 0 when there is none."""
        return min(self.offset + self.size, self.total) if self.exists else 0

    @property
    def exists(self) -> bool:
        """Whether the list has such a page."""
        return self.page <= self.pages

    @property
    def previous(self) -> int | None:
        return min(self.page - 1, self.pages) if self.page > 1 else None

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A named speaker in a list; `name` is the name to the letter and `shown` what to print of it."""

    name: str
    shown: str
    statements: int
    reports: int
    outlets: int
    first: When
    last: When


@dataclass(frozen=True, slots=True)
class Story:
    """A report with the statements in it that the reader is surest of, in reading order."""

    report: ReportEntry
    statements: tuple[StatementEntry, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What a newcomer sees: how much there is, the newest reports, who is quoted most, which outlets were read."""

    totals: Totals
    newest: tuple[Story, ...]
    speakers: tuple[SpeakerEntry, ...]
    outlets: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class StatementList:
    """The statements that a form asks for, newest first; nothing is looked up while the form has problems."""

    form: FilterForm
    paging: Paging
    statements: tuple[StatementEntry, ...]
    outlets: tuple[tuple[str, int], ...]
    looked_through: int | None = None
    """How many hits were looked at, where there were more."""


@dataclass(frozen=True, slots=True)
class ReportList:
    """Reports, newest first, as far as words of their text or title, an outlet and a speaker choose them."""

    form: FilterForm
    paging: Paging
    reports: tuple[ReportEntry, ...]
    outlets: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SpeakerList:
    """Named speakers, the most quoted first."""

    form: FilterForm
    paging: Paging
    speakers: tuple[SpeakerEntry, ...]


@dataclass(frozen=True, slots=True)
class InputEntry:
    """What became of one input, in words."""

    name: str
    place: str
    detail: str
    recorded: When


@dataclass(frozen=True, slots=True)
class SkippedList:
    """Why inputs were skipped, with counts, and the inputs of one reason or of all."""

    reasons: tuple[tuple[str, int], ...]
    reason: str | None
    paging: Paging
    inputs: tuple[tuple[str, InputEntry], ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What was read and what was not, the digest of what the record says if it was reckoned, and the chain's end."""

    totals: Totals
    skipped: SkippedList
    digest: str | None
    head: str
    reader: str | None
    weights: str | None


class Rows(Protocol[T_co]):
    """The rows of a list from an offset on."""

    def __call__(self, *, limit: int, offset: int) -> Iterable[T_co]: ...


def paged(
    form: FilterForm, page: int, count: Callable[[], int], rows: Rows[T_co], size: int = PAGE_SIZE
) -> tuple[Paging, Iterable[T_co]]:
    """One page of a list; nothing is looked up while the form has problems, no rows where there is no such page."""
    paging = Paging(page, 0 if form.problems else count(), size)
    if not paging.total or not paging.exists:
        return paging, ()
    return paging, rows(limit=paging.size, offset=paging.offset)


def front_page(view: View) -> FrontPage:
    """The front page of a record."""
    return FrontPage(
        totals=view.totals(),
        newest=stories(view, view.reports(limit=5)),
        speakers=tuple(speaker_entry(row) for row in view.speakers(limit=12)),
        outlets=tuple(view.outlets()[:12]),
    )


def stories(view: View, heads: Sequence[ReportHead]) -> tuple[Story, ...]:
    """Reports with two surest statements of each, named speakers first; of a long report only the beginning counts."""
    surest = view.surest([head.id for head in heads], 2, among=CONSIDERED)
    told: dict[str, list[StatementEntry]] = {head.id: [] for head in heads}
    for one, entry in zip(surest, with_snippets(view, surest), strict=True):
        told[one.report.id].append(entry)
    return tuple(Story(report_entry(head), tuple(told[head.id])) for head in heads)


def statement_list(view: View, form: FilterForm, page: int = 1) -> StatementList:
    """One page of the statements that `form` asks for."""
    there = Found(0) if form.problems else view.found(form.filter)
    paging, found = paged(form, page, lambda: there.total, partial(view.statements, form.filter))
    outlets = tuple(view.outlets()[:OUTLETS_OFFERED])
    return StatementList(form, paging, with_snippets(view, found), outlets, there.looked_at)


def report_list(view: View, form: FilterForm, page: int = 1) -> ReportList:
    """One page of the reports that the text, outlet and speaker of `form` choose."""
    text, outlet, speaker = form.filter.text, form.filter.outlet, form.filter.speaker
    count = partial(view.count_reports, text=text, outlet=outlet, speaker=speaker)
    paging, found = paged(form, page, count, partial(view.reports, text=text, outlet=outlet, speaker=speaker))
    return ReportList(form, paging, tuple(map(report_entry, found)), tuple(view.outlets()[:OUTLETS_OFFERED]))


def speaker_list(view: View, form: FilterForm, page: int = 1) -> SpeakerList:
    """One page of the speakers whose name holds the text of `form`."""
    text = form.filter.text
    paging, found = paged(form, page, partial(view.count_speakers, text=text), partial(view.speakers, text=text), 50)
    return SpeakerList(form, paging, tuple(map(speaker_entry, found)))


def skipped_list(view: View, reason: str | None = None, page: int = 1) -> SkippedList:
    """One page of the inputs that were skipped, for one reason or for any."""
    reasons = tuple(view.skipped())
    total = sum(count for known, count in reasons if reason is None or known == reason)
    paging = Paging(page, total, size=50)
    rows: list[InputRow] = []
    if total and paging.exists:
        rows = view.inputs(outcome=Outcome.SKIPPED, reason=reason, limit=paging.size, offset=paging.offset)
    inputs = tuple((row.reason or "", input_entry(row)) for row in rows)
    return SkippedList(reasons, reason, paging, inputs)


def record_page(view: View, reason: str | None = None, page: int = 1, *, digest: bool = False) -> RecordPage:
    """What the record holds; the digest, which reads all of a large record, only where it is asked for."""
    newest = next(iter(view.statements(limit=1)), None)
    return RecordPage(
        totals=view.totals(),
        skipped=skipped_list(view, reason, page),
        digest=view.digest() if digest or view.length() <= RECKONED_UNASKED else None,
        head=view.head(),
        reader=f"{newest.reader.name} {newest.reader.version}" if newest else None,
        weights=newest.reader.weights if newest else None,
    )


def speaker_entry(row: SpeakerRow) -> SpeakerEntry:
    """The entry of a speaker; the times are days, as reports of one day are of one age here."""
    return SpeakerEntry(
        name=row.name,
        shown=shortened(row.name, 120),
        statements=row.statements,
        reports=row.reports,
        outlets=row.outlets,
        first=when(row.first, True),
        last=when(row.last, True),
    )


def input_entry(row: InputRow) -> InputEntry:
    """The entry of an input."""
    return InputEntry(
        shortened(row.name, 160), shortened(row.place, 240), shortened(row.detail, 300), when(row.recorded)
    )


def with_snippets(view: View, found: Iterable[RecordedStatement]) -> tuple[StatementEntry, ...]:
    """Entries with the words around each statement; the text of each report is read once."""
    every = list(found)
    texts = view.texts({one.report.id for one in every})
    return tuple(statement_entry(one, snippet=snippet(texts[one.report.id], one.statement)) for one in every)
