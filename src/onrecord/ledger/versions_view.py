"""Reading which reports are texts of one page: versions in order, what changed since, and changes that are not told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from threading import Lock
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from onrecord.domain.versions import Changed, changed, gone_at
from onrecord.ledger.chain import last_at
from onrecord.ledger.page_history import Edit, Gone, PageHistory, Sighting, page_history
from onrecord.ledger.parts import rows_with
from onrecord.ledger.rows import time_of
from onrecord.ledger.schema import capture, entry, given, report
from onrecord.ledger.shown import RecordedReport, head_in, report_in
from onrecord.ledger.versions import is_shared
from onrecord.ledger.versions_schema import page_changed, page_gone, page_text
from onrecord.ledger.view import View
from onrecord.places import Place
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

    def __init__(self, path: Place | str, settings: Settings = Settings(), *, as_of: datetime | None = None) -> None:
        super().__init__(path, settings, as_of=as_of)
        self._compared: dict[tuple[str, str], Changed] = {}
        # To let go of the oldest while another thread adds one would fail.
        self._comparing = Lock()

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
        found: list[tuple[str, Sighting]] = []
        with self._reading() as connection:
            last = 0 if since is None else last_at(connection, since)
            for page in connection.execute(self._changed_since(last).limit(pages)).scalars().all():
                texts = self._texts(connection, page)
                numbers = {row["report_id"]: row["seq"] for row in texts}
                history = self._told(connection, page, texts)
                for one, other in pairwise(history.steps[-MOST_STEPS - 1 :]):
                    if max(numbers[one.sighting.report], numbers[other.sighting.report]) > last:
                        found.append((one.sighting.report, other.sighting))
            found.sort(key=lambda change: change[1].place, reverse=True)
            return self._edits(connection, found[:most])

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

    def _history(self, connection: Connection, page: str) -> PageHistory:
        return self._told(connection, page, self._texts(connection, page))

    def _texts(self, connection: Connection, page: str) -> Sequence[RowMapping]:
        newest = self._texts_of(page).order_by(page_text.c.report.desc()).limit(MOST_TEXTS)
        columns = (report.c.seq, report.c.capture, page_text.c.wording, entry.c.recorded)
        query = self._ask.heads(*columns).join(page_text, page_text.c.report == report.c.seq)
        query = query.join(entry, entry.c.seq == report.c.seq).where(report.c.seq.in_(newest))
        return connection.execute(query).mappings().all()

    def _told(self, connection: Connection, page: str, rows: Sequence[RowMapping]) -> PageHistory:
        """The history that the rows of `_texts` tell."""
        every = connection.execute(select(func.count()).select_from(self._texts_of(page).subquery())).scalar_one()
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

    def _edits(self, connection: Connection, changes: Sequence[tuple[str, Sighting]]) -> list[Edit]:
        """The changes of pages, each from one report to that of a sighting."""
        query = self._ask.heads(report, entry.c.recorded).join(entry, entry.c.seq == report.c.seq)
        wanted = {one for old, sighting in changes for one in (old, sighting.report)}
        reports = {row["id"]: report_in(row) for row in rows_with(connection, query, report.c.id, wanted)}
        pairs = ((reports[old], reports[sighting.report], sighting) for old, sighting in changes)
        return [Edit(old, new, sighting, self._changed(old, new)) for old, new, sighting in pairs]

    def _changed(self, old: RecordedReport, new: RecordedReport) -> Changed:
        """What the later report says of its change; what was compared lately is not compared again."""
        pair = old.head.id, new.head.id
        with self._comparing:
            kept = self._compared.get(pair)
        if kept is None:
            kept = _compared(old, new)
            with self._comparing:
                while len(self._compared) >= MOST_COMPARED:
                    del self._compared[next(iter(self._compared))]
                self._compared[pair] = kept
        return kept


def edit_between(old: RecordedReport, new: RecordedReport, sighting: Sighting) -> Edit:
    """The change of a page from one report to another."""
    return Edit(old, new, sighting, _compared(old, new))


def _compared(old: RecordedReport, new: RecordedReport) -> Changed:
    alike = old.report.extractor == new.report.extractor
    return changed(old.report.text, new.report.text, taken_alike=alike)
