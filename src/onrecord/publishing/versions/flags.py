"""Which statements and passages rest on words that the outlet has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from onrecord.domain.spans import Span
from onrecord.domain.text_changes import rests_on_changed
from onrecord.ledger.linked import ShownRendering
from onrecord.ledger.page_history import PageHistory
from onrecord.ledger.versions_view import VersionsView
from onrecord.ledger.view import RecordedReport, RecordedStatement, StatementFilter
from onrecord.ledger.weighed import ShownPassage
from onrecord.publishing.wording import When, when

MOST_STEPS: Final = 12
"""Later texts of a page that are looked at for the first in which words read otherwise."""

CHANGED: Final = "The outlet has changed these words since"
OTHERWISE: Final = "These words stand otherwise in a later text of the page, which another program took out of it"


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """That words of a report stand otherwise in a later text of its page, `against`, which is shown beside it.

    `since` is when that was first seen, `recorded` when that text came on the record.
    """

    report: str
    against: str
    since: When
    words: str
    recorded: datetime


class Flags:
    """Looks up changed words; keeps what it read, for one page or one list."""

    def __init__(self, view: VersionsView) -> None:
        self._view = view
        self._histories: dict[str, PageHistory | None] = {}
        self._reports: dict[str, RecordedReport] = {}

    def look(self, reports: Iterable[str]) -> None:
        """Looks at once which of some reports are of pages that were changed."""
        new = {one for one in reports if one not in self._histories}
        found = self._view.changed_pages(new) if new else {}
        self._histories.update({one: found.get(one) for one in new})

    def of(self, report: str, spans: Sequence[Span]) -> ChangedWords | None:
        """What became of some characters of a report, None where the page still reads so."""
        self.look([report])
        history = self._histories[report]
        after = None if history is None else history.changed_after(report)
        if history is None or after is None or not self._is_changed(report, history.steps[-1].sighting.report, spans):
            return None
        later = history.steps[history.steps.index(after) :]
        now = later[-1]
        first = next((one for one in later[:MOST_STEPS] if self._is_changed(report, one.sighting.report, spans)), now)
        against = first.sighting.report
        later_text = self._report(against)
        alike = self._report(report).report.extractor == later_text.report.extractor
        unknown = "" if first.sighting.known else "put on the record "
        since = when(first.sighting.at)
        words = CHANGED if alike else OTHERWISE
        return ChangedWords(report, against, When(since.iso, f"{unknown}{since.words}"), words, later_text.recorded)

    def of_statement(self, one: RecordedStatement) -> ChangedWords | None:
        """What became of the words of a statement: its source, cue or content."""
        return self.of(one.report.id, (*one.statement.source, *one.statement.cue, *one.statement.content))

    def _is_changed(self, old: str, new: str, spans: Sequence[Span]) -> bool:
        before, after = self._report(old).report, self._report(new).report
        return rests_on_changed(before.text, after.text, spans, before.marks, after.marks)

    def _report(self, id_: str) -> RecordedReport:
        if id_ not in self._reports:
            self._reports[id_] = self._view.report(id_)
        return self._reports[id_]


def changed_in(view: VersionsView, report: str) -> dict[str, ChangedWords]:
    """Which statements of a report rest on words that were changed since, by their ids."""
    flags = Flags(view)
    told = ((one.statement.id, flags.of_statement(one)) for one in view.statements(StatementFilter(report=report)))
    return {id_: one for id_, one in told if one is not None}


def place_key(report: str, start: int, end: int) -> str:
    """What a page looks a passage up by."""
    return f"{report}:{start}:{end}"


def located(one: ShownPassage | ShownRendering) -> tuple[str, int, int]:
    """Where a passage stands, as `flagged` is asked."""
    return one.report.id, one.span.start, one.span.end


def flagged(view: VersionsView, places: Iterable[tuple[str, int, int]]) -> Mapping[str, ChangedWords]:
    """What became of those passages, each (report, start, end), that no longer read so, by `place_key`."""
    asked = list(dict.fromkeys(places))
    flags = Flags(view)
    flags.look({report for report, _, _ in asked})
    told = ((place, flags.of(place[0], (Span(place[1], place[2]),))) for place in asked)
    return {place_key(*place): one for place, one in told if one is not None}
