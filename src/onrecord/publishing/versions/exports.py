"""The texts of a page and what was changed between two of them, for programs and for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.domain.text_changes import Place, text_change
from onrecord.ledger.page_history import PageHistory
from onrecord.ledger.versions_view import VersionsView, edit_between
from onrecord.ledger.view import RecordedStatement
from onrecord.publishing.versions.changes_page import (
    ChangesPage,
    Pair,
    changes_page,
    found_fates,
    pair,
    stands_in_changed,
)
from onrecord.publishing.versions.history import PageEntry
from onrecord.publishing.versions.marked import PieceKind, TextPiece
from onrecord.publishing.wording import counted, iso_time, printable, shortened

Styled = tuple[str, str]
"""Words, and how a terminal may print them: "removed", "added", or "" for as they are."""

_MARKS: Final = {PieceKind.REMOVED: ("[-", "-]", "removed"), PieceKind.ADDED: ("{+", "+}", "added")}


def versions_row(view: VersionsView, report: str, against: str | None = None) -> dict[str, object]:
    """The texts of the page that a report is of, and the change between two of them, as one object for JSON.

    Every `start` and `end` of the change counts characters of the text of the report that stands beside it.

    Raises:
        NotOnRecord: as for `changes_page.pair`.
    """
    head = view.report(report).head
    history = view.history(head.id)
    found = pair(view, head.id, against)
    return {
        "report": head.id,
        **page_row(history, head.id),
        "versions": [] if history is None else _version_rows(history),
        "gone": [] if history is None else [{"at": iso_time(one.at), "detail": one.detail} for one in history.gone],
        "change": None if found is None else _change_row(view, found),
    }


def page_row(history: PageHistory | None, report: str) -> dict[str, object]:
    """Where a report stands among the texts of its page."""
    own = None if history is None else history.version_of(report)
    if history is None or own is None:
        return {"page": None, "version": None, "superseded_by": None, "changed": None, "gone_since": None}
    after, gone = history.changed_after(report), history.gone_now
    return {
        "page": history.page,
        "version": own.number,
        "superseded_by": None if after is None else history.current.head.id,
        "changed": None if after is None else iso_time(after.sighting.at),
        "gone_since": None if gone is None else iso_time(gone.at),
    }


def _version_rows(history: PageHistory) -> list[dict[str, object]]:
    return [
        {
            "version": one.number,
            "reports": [head.id for head in one.reports],
            "title": one.head.title,
            "first_seen": iso_time(one.first.at),
            "last_seen": iso_time(one.last.at),
            "seen_by": "capture" if one.first.known else "recording",
        }
        for one in history.versions
    ]


def _change_row(view: VersionsView, found: Pair) -> dict[str, object]:
    old, new = found.old.report, found.new.report
    change = text_change(old.text, new.text, old.marks, new.marks)
    edit = edit_between(found.old, found.new, found.steps[1].sighting)
    told = found_fates(view, found)

    def pairs(both: Sequence[tuple[RecordedStatement, RecordedStatement]]) -> list[dict[str, str]]:
        return [{"old": one.statement.id, "new": other.statement.id} for one, other in both]

    def place(of: Place, text: str) -> dict[str, object]:
        return {"start": of.start, "end": of.end, "text": of.of(text)}

    around = [both for both in told.kept if stands_in_changed(found, both[0])]
    return {
        "old": found.old.head.id,
        "new": found.new.head.id,
        "told": edit.changed.telling.value,
        "notices": list(edit.changed.notices),
        "title": None if old.title == new.title else {"old": old.title, "new": new.title},
        "whole": change.whole,
        "edits": [{"old": place(one.old, old.text), "new": place(one.new, new.text)} for one in change.edits],
        "statements": {
            "kept": len(told.kept) - len(around),
            "changed": pairs(told.changed),
            "told_otherwise": pairs(around),
            "gone": [one.statement.id for one in told.gone],
            "new": [one.statement.id for one in told.new],
        },
    }


def versions_lines(view: VersionsView, report: str, against: str | None = None) -> Iterator[list[Styled]]:
    """The same for a terminal: words that were taken out stand in `[-…-]` and those put in in `{+…+}`.

    Raises:
        NotOnRecord: as for `changes_page.pair`.
    """
    shown = changes_page(view, report, against)
    if shown is None:
        yield from _alone(view, report)
        return
    yield from _history(shown.history)
    yield []
    sides = (f"version {one.version} {one.report.id[:12]}" for one in (shown.old, shown.new))
    yield [(f"{' against '.join(sides)}: {shown.told}", "")]
    if not shown.alike:
        yield [("two programs took these texts out of their captures; some of what differs may be theirs", "")]
    if not shown.whole:
        yield [("not all of it was compared word by word: the texts are too long or too much alike", "")]
    if shown.title:
        yield []
        yield [("headline: ", ""), *_pieces(shown.title)]
    for paragraph in shown.paragraphs:
        yield []
        left_out = counted(paragraph.left_out, "paragraph", "paragraphs")
        yield [(f"… {left_out} unchanged …", "")] if paragraph.left_out else list(_pieces(paragraph.pieces))
    yield []
    yield from _fates(shown)


def _pieces(pieces: Sequence[TextPiece]) -> Iterator[Styled]:
    for one in pieces:
        begin, end, style = _MARKS.get(one.kind, ("", "", ""))
        yield printable(f"{begin}{' '.join(one.text.split()) if style else one.text}{end}"), style


def _alone(view: VersionsView, report: str) -> Iterator[list[Styled]]:
    head = view.report(report).head
    history = view.history(head.id)
    if history is None:
        yield [(f"report {head.id[:12]} states no address of a page, so no other text of it is known", "")]
        return
    yield [(printable(history.page), "")]
    yield [(f"1 version: report {head.id[:12]}; no other text of the page is on the record", "")]
    for one in history.gone:
        yield [(printable(f"gone: {one.detail or iso_time(one.at)}"), "")]


def _history(entry: PageEntry) -> Iterator[list[Styled]]:
    yield [(printable(f"{entry.page}: {counted(entry.versions, 'version', 'versions')}"), "")]
    for one in entry.steps:
        told = f", {one.told}" if one.told else ""
        yield [(f"  {one.version}  {one.since.words}{told}  {one.report[:12]}", "")]
        for notice in one.notices:
            yield [(printable(f"     “{notice}”"), "")]
    for gone in entry.gone:
        yield [(printable(f"  {gone}"), "")]


def _fates(shown: ChangesPage) -> Iterator[list[Styled]]:
    told = shown.fates
    yield [(f"statements: {told.kept} as they were", "")]
    for name, pairs in (("in other words", told.changed), ("told otherwise", told.around)):
        for both in pairs:
            yield [(printable(f"  {name}: {both.new.speaker}"), "")]
            for sign, one in (("-", both.old), ("+", both.new)):
                yield [(printable(f"    {sign} {shortened(one.quotation, 160)}  {one.id[:12]}"), "")]
    for name, alone in (("gone", told.gone), ("new", told.new)):
        for one in alone:
            yield [(printable(f"  {name}: {one.speaker}"), "")]
            yield [(printable(f"    {shortened(one.quotation, 160)}  {one.id[:12]}"), "")]
