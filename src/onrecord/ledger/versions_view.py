"""Reading which reports are texts of one page: versions in order, what changed since, and changes that are not told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, select

from onrecord.domain.versions import changed, gone_at
from onrecord.ledger.chain import last_at
from onrecord.ledger.page_history import Edit, Gone, PageHistory, Sighting, page_history
from onrecord.ledger.parts import rows_with
from onrecord.ledger.rows import time_of
from onrecord.ledger.schema import capture, entry, given, report
from onrecord.ledger.shown import RecordedReport, head_in, report_in
from onrecord.ledger.versions import is_shared
from onrecord.ledger.versions_schema import page_changed, page_gone, page_text
from onrecord.ledger.view import View
from onrecord.settings import Settings

MOST_TEXTS: Final = 200
"""Reports of one page that are looked at, those that came on the record last: no page has so many versions, but an
address that many reports state as theirs may."""
EDITS_LOOKED_AT: Final = 100
"""Pages with a change that are looked at for `edits`, those of which a text came on the record last."""
MOST_STEPS: Final = 3
"""Changes of one page that `edits` tells of, the newest."""
MOST_COMPARED: Final = 300
"""Changes that are kept in memory: comparing texts is what takes time, and texts on the record never change."""


class VersionsView(View):
    """A view that also tells versions of one page.

    A report that has no address is of a page of its own, of which nothing is told.
    """

    def __init__(self, path: Path | str, settings: Settings = Settings(), *, as_of: datetime | None = None) -> None:
        super().__init__(path, settings, as_of=as_of)
        self._compared: dict[tuple[str, str], Edit] = {}

    def history(self, report_id: str) -> PageHistory | None:
        """All texts of the page that a report, by its whole id, is of; None where it has no address."""
        with self._reading() as connection:
            page = connection.execute(self._page_of(report_id)).scalar()
            return None if page is None else self._history(connection, page)

    def versions_of(self, report_id: str) -> list[RecordedReport]:
        """One report for each version of the page, in the order in which they were seen; of one without an address,
        itself alone."""
        found = self.history(report_id)
        return [self.report(one.head.id) for one in found.versions] if found else [self.report(report_id)]

    def changed_pages(self, reports: Collection[str]) -> dict[str, PageHistory]:
        """The histories of those reports, by their whole ids, whose pages were found in more than one version."""
        changed_too = select(page_changed.c.page).where(page_changed.c.page == page_text.c.page).exists()
        found = self._histories(reports, changed_too)
        return {id_: history for id_, history in found.items() if len(history.versions) > 1}

    def shared_pages(self, reports: Collection[str]) -> dict[str, PageHistory]:
        """The histories of those reports, by their whole ids, that are not the only ones of their page."""
        return self._histories(reports, is_shared())

    def _histories(self, reports: Collection[str], wanted: ColumnElement[bool]) -> dict[str, PageHistory]:
        query = select(report.c.id, page_text.c.page).join(page_text, page_text.c.report == report.c.seq)
        query = query.where(wanted, *self._ask.upto(report))
        with self._reading() as connection:
            pages = {row["id"]: row["page"] for row in rows_with(connection, query, report.c.id, reports)}
            histories = {page: self._history(connection, page) for page in sorted(set(pages.values()))}
        return {id_: histories[page] for id_, page in sorted(pages.items())}

    def edits(
        self, since: datetime | None = None, *, most: int | None = None, pages: int = EDITS_LOOKED_AT
    ) -> list[Edit]:
        """Changes of pages that are known since a time, the latest seen first: the last few of the newest `pages`.

        Known since then is a change of which either text came on the record since.
        """
        found: list[Edit] = []
        with self._reading() as connection:
            last = 0 if since is None else last_at(connection, since)
            for page in connection.execute(self._changed_since(last).limit(pages)).scalars().all():
                history = self._history(connection, page)
                numbers = self._numbers(connection, page)
                for one, other in pairwise(history.steps[-MOST_STEPS - 1 :]):
                    if max(numbers[one.sighting.report], numbers[other.sighting.report]) > last:
                        found.append(self._edit(connection, one.sighting.report, other.sighting))
        found.sort(key=lambda edit: edit.sighting.place, reverse=True)
        return found[:most]

    def count_changed(self, since: datetime | None = None) -> int:
        """How many pages were found in more than one wording, of which a text came on the record since a time."""
        with self._reading() as connection:
            query = self._changed_since(0 if since is None else last_at(connection, since)).limit(None).order_by(None)
            return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())

    def _page_of(self, report_id: str) -> Select[Any]:
        query = select(page_text.c.page).join(report, report.c.seq == page_text.c.report)
        return query.where(report.c.id == report_id, *self._ask.upto(report))

    def _changed_since(self, last: int) -> Select[Any]:
        query = select(page_text.c.page).join(page_changed, page_changed.c.page == page_text.c.page)
        query = query.where(page_text.c.report > last)
        if self._ask.until is not None:
            query = query.where(page_text.c.report <= self._ask.until)
        return query.group_by(page_text.c.page).order_by(func.max(page_text.c.report).desc()).limit(EDITS_LOOKED_AT)

    def _texts_of(self, page: str) -> Select[Any]:
        query = select(page_text.c.report).where(page_text.c.page == page)
        if self._ask.until is not None:
            query = query.where(page_text.c.report <= self._ask.until)
        return query

    def _numbers(self, connection: Connection, page: str) -> dict[str, int]:
        newest = self._texts_of(page).order_by(page_text.c.report.desc()).limit(MOST_TEXTS)
        rows = connection.execute(select(report.c.id, report.c.seq).where(report.c.seq.in_(newest))).mappings()
        return {row["id"]: row["seq"] for row in rows}

    def _history(self, connection: Connection, page: str) -> PageHistory:
        newest = self._texts_of(page).order_by(page_text.c.report.desc()).limit(MOST_TEXTS)
        every = connection.execute(select(func.count()).select_from(self._texts_of(page).subquery())).scalar_one()
        columns = (report.c.seq, report.c.capture, page_text.c.wording, entry.c.recorded)
        query = self._ask.heads(*columns).join(page_text, page_text.c.report == report.c.seq)
        query = query.join(entry, entry.c.seq == report.c.seq).where(report.c.seq.in_(newest))
        rows = list(connection.execute(query).mappings())
        heads = [head_in(row) for row in rows]
        seen = self._seen(connection, [head.id for head in heads])
        sightings: list[Sighting] = []
        for row, head in zip(rows, heads, strict=True):
            its = seen.get(head.id) or [Sighting(head.id, time_of(row["recorded"]), False, row["seq"])]
            sightings += its
        return page_history(
            page,
            heads,
            [(head.id, row["wording"], row["capture"]) for row, head in zip(rows, heads, strict=True)],
            sightings,
            self._gone(connection, page),
            int(every) - len(rows),
        )

    def _seen(self, connection: Connection, reports: Sequence[str]) -> dict[str, list[Sighting]]:
        """When captures that say so found the texts of some reports."""
        query = select(given.c.report, given.c.seq, capture.c.retrieved).join(capture, capture.c.id == given.c.capture)
        query = query.where(capture.c.retrieved.is_not(None), *self._ask.upto(given))
        found: dict[str, list[Sighting]] = {}
        for row in rows_with(connection, query, given.c.report, reports):
            one = Sighting(row["report"], time_of(row["retrieved"]), True, row["seq"])
            found.setdefault(row["report"], []).append(one)
        return found

    def _gone(self, connection: Connection, page: str) -> Iterator[Gone]:
        query = select(given.c.detail, entry.c.recorded).join(page_gone, page_gone.c.input == given.c.seq)
        query = query.join(entry, entry.c.seq == given.c.seq).where(page_gone.c.page == page, *self._ask.upto(given))
        for detail, recorded in connection.execute(query):
            yield Gone(gone_at(detail) or time_of(recorded), detail)

    def _edit(self, connection: Connection, old_id: str, sighting: Sighting) -> Edit:
        """The change of a page from one report to another; what was compared lately is not compared again."""
        pair = old_id, sighting.report
        kept = self._compared.get(pair)
        if kept is None:
            old, new = (self._one_report(connection, one) for one in pair)
            kept = edit_between(old, new, sighting)
            while len(self._compared) >= MOST_COMPARED:
                self._compared.pop(next(iter(self._compared)), None)
            self._compared[pair] = kept
        return replace(kept, sighting=sighting)

    def _one_report(self, connection: Connection, report_id: str) -> RecordedReport:
        query = self._ask.heads(report, entry.c.recorded).join(entry, entry.c.seq == report.c.seq)
        return report_in(connection.execute(query.where(report.c.id == report_id)).mappings().one())


def edit_between(old: RecordedReport, new: RecordedReport, sighting: Sighting) -> Edit:
    """The change of a page from one report to another."""
    alike = old.report.extractor == new.report.extractor
    return Edit(old, new, sighting, changed(old.report.text, new.report.text, taken_alike=alike))
