"""The page that shows what was changed between two texts of a page, and what became of the statements in it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.domain.spans import Span
from onrecord.domain.text_changes import rests_on_changed, text_change
from onrecord.domain.versions import folded
from onrecord.errors import NotOnRecord
from onrecord.ledger.page_history import PageHistory, Step, Version
from onrecord.ledger.versions_view import VersionsView, edit_between
from onrecord.ledger.view import RecordedReport, RecordedStatement, StatementFilter
from onrecord.publishing.entries import ReportEntry, StatementEntry, report_entry, statement_entry
from onrecord.publishing.versions.fates import Fates, fates
from onrecord.publishing.versions.history import PageEntry, page_entry, seen, told_words
from onrecord.publishing.versions.marked import MarkedParagraph, TextPiece, in_line, marked_paragraphs
from onrecord.publishing.wording import When, shortened

LONGEST = 320


@dataclass(frozen=True, slots=True)
class SideEntry:
    """One of the two texts: its report, which version of the page it is, and when it was seen."""

    report: ReportEntry
    version: int
    since: When


@dataclass(frozen=True, slots=True)
class FateEntry:
    """A statement of the earlier text and what stands in its place in the later."""

    old: StatementEntry
    new: StatementEntry


@dataclass(frozen=True, slots=True)
class FatesEntry:
    """What became of the statements; `around` are those of the same words with another source or cue."""

    changed: tuple[FateEntry, ...]
    gone: tuple[StatementEntry, ...]
    new: tuple[StatementEntry, ...]
    around: tuple[FateEntry, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Two texts of a page against each other, the earlier first; `title` is empty where the titles are the same.

    `whole` tells that all words were compared. `alike` tells that one program took both texts out of their captures.
    """

    history: PageEntry
    old: SideEntry
    new: SideEntry
    told: str
    notices: tuple[str, ...]
    title: tuple[TextPiece, ...]
    paragraphs: tuple[MarkedParagraph, ...]
    changed: int
    whole: bool
    alike: bool
    fates: FatesEntry


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of a page, the earlier first, with when each was seen."""

    history: PageHistory
    old: RecordedReport
    new: RecordedReport
    steps: tuple[Step, Step]


def pair(view: VersionsView, report: str, against: str | None = None) -> Pair | None:
    """A report and another text of its page, the earlier first; both by an id or the beginning of one.

    Without `against`: what the page reads now, where that is another text, else the text before. None where the page
    was found with one text alone.

    Raises:
        NotOnRecord: when there is no such report, or `against` is no text of the same page.
    """
    one = view.report(report)
    history = view.history(one.head.id)
    other = None if against is None else view.report(against)
    own = None if history is None else history.version_of(one.head.id)
    if other is not None and (history is None or history.version_of(other.head.id) is None):
        raise NotOnRecord(f"report {other.head.id[:12]} is no text of the page that report {one.head.id[:12]} is of")
    if history is None or own is None or len(history.steps) < 2:
        return None
    if other is None:
        there = history.steps[-1] if history.changed_after(one.head.id) is not None else history.steps[-2]
        other = view.report(there.sighting.report)
    version = history.version_of(other.head.id)
    assert version is not None
    texts = (one, _first(history, own)), (other, _first(history, version))
    (old, first), (new, second) = sorted(texts, key=lambda item: item[1].sighting.place)
    return Pair(history, old, new, (first, second))


def changes_page(view: VersionsView, report: str, against: str | None = None) -> ChangesPage | None:
    """The page of what was changed, as for `pair`."""
    found = pair(view, report, against)
    history = None if found is None else page_entry(view, found.old.head.id)
    if found is None or history is None:
        return None
    old, new = found.old.report, found.new.report
    change = text_change(old.text, new.text, old.marks, new.marks)
    edit = edit_between(found.old, found.new, found.steps[1].sighting)
    title = in_line(old.title or "", new.title or "", text_change(old.title or "", new.title or ""))
    paragraphs = marked_paragraphs(old.text, new.text, change, old.marks, new.marks)
    return ChangesPage(
        history=history,
        old=_side(found.old, found.steps[0]),
        new=_side(found.new, found.steps[1]),
        told=told_words(edit.changed),
        notices=tuple(shortened(one, 400) for one in edit.changed.notices[:5]),
        title=title if folded(old.title or "") != folded(new.title or "") else (),
        paragraphs=paragraphs,
        changed=sum(one.changed for one in paragraphs),
        whole=change.whole,
        alike=old.extractor == new.extractor,
        fates=_fates_entry(found, found_fates(view, found)),
    )


def found_fates(view: VersionsView, found: Pair) -> Fates:
    """What became of the statements of the earlier text in the later."""
    both = (
        list(view.statements(StatementFilter(report=one.head.id), order="reading")) for one in (found.old, found.new)
    )
    return fates(*both)


def stands_in_changed(found: Pair, one: RecordedStatement) -> bool:
    """Whether a statement of the earlier text rests on words that the later has otherwise."""
    old, new = found.old.report, found.new.report
    spans: tuple[Span, ...] = (*one.statement.source, *one.statement.cue, *one.statement.content)
    return rests_on_changed(old.text, new.text, spans, old.marks, new.marks)


def _first(history: PageHistory, version: Version) -> Step:
    return next(step for step in history.steps if step.version == version.number)


def _side(one: RecordedReport, step: Step) -> SideEntry:
    return SideEntry(report_entry(one.head), step.version, seen(step.sighting))


def _fates_entry(found: Pair, told: Fates) -> FatesEntry:
    def entry(one: RecordedStatement) -> StatementEntry:
        return statement_entry(one, longest=LONGEST)

    around = [both for both in told.kept if stands_in_changed(found, both[0])]
    return FatesEntry(
        changed=tuple(FateEntry(entry(one), entry(other)) for one, other in told.changed),
        gone=tuple(map(entry, told.gone)),
        new=tuple(map(entry, told.new)),
        around=tuple(FateEntry(entry(one), entry(other)) for one, other in around),
        kept=len(told.kept) - len(around),
    )
