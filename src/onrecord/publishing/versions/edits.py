"""Changes of pages in lists: those that the outlet says nothing of first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from onrecord.domain.text_changes import TextChange, text_change
from onrecord.domain.versions import Telling, folded
from onrecord.ledger.page_history import Edit
from onrecord.ledger.versions_view import EDITS_LOOKED_AT, VersionsView
from onrecord.publishing.entries import ReportEntry, report_entry
from onrecord.publishing.versions.history import seen
from onrecord.publishing.wording import When, counted, shortened

LONGEST: Final = 140
LEAST_LOOKED_AT: Final = 25


@dataclass(frozen=True, slots=True)
class EditEntry:
    """One change of a page: the report before, the one after, when it was seen, how much it is, and its first words.

    `was` and `now` are the first words that were changed; either may be empty.
    """

    old: str
    new: ReportEntry
    since: When
    told: str
    size: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class EditList:
    """Changes that are known since a time: `silent` those of which the later text says nothing, at most so many.

    `said` counts those that the later text tells of itself, `otherwise` those that may come from how texts were taken.
    Of very many changed `pages` only the newest are `looked_at`.
    """

    silent: tuple[EditEntry, ...]
    all_silent: int
    said: int
    otherwise: int
    pages: int
    looked_at: int


def edit_list(view: VersionsView, since: datetime, most: int) -> EditList:
    """The changes since a time for a list; the latest seen come first."""
    looked_at = min(max(LEAST_LOOKED_AT, 3 * most), EDITS_LOOKED_AT)
    edits = view.edits(since, pages=looked_at)
    pages = view.count_changed(since)
    silent = [edit for edit in edits if edit.changed.telling is Telling.SILENT]
    return EditList(
        silent=tuple(map(edit_entry, silent[:most])),
        all_silent=len(silent),
        said=sum(edit.changed.telling is Telling.SAID for edit in edits),
        otherwise=sum(edit.changed.telling is Telling.OTHERWISE for edit in edits),
        pages=pages,
        looked_at=min(pages, looked_at),
    )


def edit_entry(edit: Edit) -> EditEntry:
    """The entry of a change."""
    old, new = edit.old.report, edit.new.report
    change = text_change(old.text, new.text, old.marks, new.marks)
    titles = text_change(old.title or "", new.title or "")
    retitled = folded(old.title or "") != folded(new.title or "")
    was, now = _first(old.title or "", new.title or "", titles) if retitled else _first(old.text, new.text, change)
    return EditEntry(
        old=edit.old.head.id,
        new=report_entry(edit.new.head),
        since=seen(edit.sighting),
        told=edit.changed.telling.value,
        size=_size(change, retitled),
        was=was,
        now=now,
    )


def _first(old: str, new: str, change: TextChange) -> tuple[str, str]:
    if not change.edits:
        return "", ""
    first = change.edits[0]
    return shortened(first.old.of(old), LONGEST), shortened(first.new.of(new), LONGEST)


def _size(change: TextChange, retitled: bool) -> str:
    paragraphs = sum(bool(stretch.edits) for stretch in change.stretches)
    told = ["the headline"] if retitled else []
    if paragraphs:
        told.append(counted(paragraphs, "paragraph", "paragraphs"))
    return " and ".join(told)
