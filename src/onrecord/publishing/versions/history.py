"""The texts of a page in words: which version a report is, when each was seen, what each says of the change."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from onrecord.domain.versions import Changed
from onrecord.ledger.page_history import Edit, Gone, PageHistory, Sighting, Step
from onrecord.ledger.versions_view import VersionsView, edit_between
from onrecord.publishing.wording import When, shortened, when

MOST_STEPS: Final = 20
"""Texts of a page that its history shows, the latest."""


@dataclass(frozen=True, slots=True)
class StepEntry:
    """One text of a page; `before` is the report of the text before it, None for the first that is shown.

    `since` says in words whether that is when it was seen or when it came on the record. `told` is how it stands to the
    text before it.
    """

    version: int
    report: str
    since: When
    own: bool
    before: str | None
    told: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """The history of a page, as one of its reports tells it; `changed` is that it no longer reads as that report.

    `earlier` counts the texts before those that are shown.
    """

    page: str
    report: str
    number: int
    versions: int
    changed: StepEntry | None
    steps: tuple[StepEntry, ...]
    earlier: int
    gone: tuple[str, ...]

    @property
    def worth_showing(self) -> bool:
        """Whether there is more to tell than that the page was seen."""
        return self.versions > 1 or bool(self.gone)


def page_entry(view: VersionsView, report: str) -> PageEntry | None:
    """The history of the page of a report, by its whole id; None where it has no address."""
    history = view.history(report)
    own = None if history is None else history.version_of(report)
    if history is None or own is None:
        return None
    shown = history.steps[-MOST_STEPS:]
    texts = {step.sighting.report: view.report(step.sighting.report) for step in shown} if len(shown) > 1 else {}
    edits: list[Edit | None] = [None]
    edits += [
        edit_between(texts[one.sighting.report], texts[other.sighting.report], other.sighting)
        for one, other in pairwise(shown)
    ]
    steps = tuple(_step(step, edit, step.version == own.number) for step, edit in zip(shown, edits, strict=True))
    after = history.changed_after(report)
    return PageEntry(
        page=shortened(history.page, 160),
        report=report,
        number=own.number,
        versions=len(history.versions) + history.left_out,
        changed=None if after is None or after not in shown else steps[shown.index(after)],
        steps=steps,
        earlier=len(history.steps) - len(shown) + history.left_out,
        gone=tuple(_gone_words(history, one) for one in history.gone[-MOST_STEPS:]),
    )


def version_words(view: VersionsView, reports: Collection[str]) -> dict[str, str]:
    """Which version of its page each of some reports is, of those whose pages were found in more than one."""
    found = {}
    for id_, history in view.changed_pages(reports).items():
        own = history.version_of(id_)
        if own is not None:
            now = "" if own is not history.current else ", the last seen"
            found[id_] = f"version {own.number} of {len(history.versions) + history.left_out}{now}"
    return found


def told_words(changed: Changed) -> str:
    """How a text stands to the one before it, in words."""
    return changed.telling.value


def seen(sighting: Sighting) -> When:
    """When a text was seen; where no capture says so, when it came on the record, which the words then say."""
    moment = when(sighting.at)
    return When(moment.iso, f"{'seen' if sighting.known else 'put on record'} {moment.words}")


def _step(step: Step, edit: Edit | None, own: bool) -> StepEntry:
    return StepEntry(
        version=step.version,
        report=step.sighting.report,
        since=seen(step.sighting),
        own=own,
        before=None if edit is None else edit.old.head.id,
        told="" if edit is None else told_words(edit.changed),
        notices=() if edit is None else tuple(shortened(one, 300) for one in edit.changed.notices[:3]),
    )


def _gone_words(history: PageHistory, gone: Gone) -> str:
    """That a page was gone, and when it was there again."""
    answered = re.match(r"(\d{3}) on ", gone.detail)
    why = f"it answered {answered[1]}" if answered else shortened(gone.detail, 120)
    told = f"This page was gone on {when(gone.at).words}" + (f": {why}" if why else "")
    again = [one.sighting for one in history.steps if one.sighting.at > gone.at]
    last = [one.last for one in history.versions if one.last.at > gone.at]
    later = min(again + last, key=lambda one: one.at, default=None)
    return f"{told}." if later is None else f"{told}. It was there again, {seen(later).words}."
