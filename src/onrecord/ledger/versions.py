"""Keeping the tables of pages in the transaction that adds to the record, and making them again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, select

from onrecord.domain.addresses import canonical
from onrecord.domain.reports import Mark, MarkKind
from onrecord.domain.spans import Span
from onrecord.domain.versions import GONE, wording
from onrecord.ledger.linked_schema import told
from onrecord.ledger.parts import IN_ONE_QUESTION, in_parts, put_in, rows_with
from onrecord.ledger.schema import capture, given, report
from onrecord.ledger.versions_schema import DERIVED, page_changed, page_gone, page_text

Row = Mapping[str, Any]

_NEEDED: Final = (report.c.seq, report.c.id, report.c.url, report.c.title, report.c.marks, report.c.text)


def keep_versions(connection: Connection, reports: Sequence[Row], inputs: Sequence[Row]) -> list[int]:
    """Takes in new reports and inputs, as rows; the numbers of the reports that were there and are of another page now.

    A report that states no address is a text of the page that its captures come from: by the least of their addresses,
    so that it does not matter which came first. One that is of another page now is linked again.
    """
    new = {str(row["id"]): row for row in reports}
    seen = {str(row["report"]) for row in inputs if row["report"] is not None}
    more = select(*_NEEDED).where(report.c.url.is_(None))
    rows: list[Row] = [*new.values(), *map(dict, rows_with(connection, more, report.c.id, seen - new.keys()))]
    places = _places(connection, [str(row["id"]) for row in rows if row["url"] is None])
    found = []
    for row in rows:
        ways = map(canonical, [row["url"]] if row["url"] is not None else places.get(str(row["id"]), ()))
        page = min((way for way in ways if way is not None), default=None)
        if page is not None:
            found.append({"report": row["seq"], "page": page, "wording": _wording(row)})
    before: dict[int, str] = {}
    for part in in_parts([row["report"] for row in found]):
        its = page_text.c.report.in_(part)
        before.update((row.report, row.page) for row in connection.execute(select(page_text).where(its)))
        connection.execute(page_text.delete().where(its))
    put_in(connection, page_text, found)
    known = {row["seq"]: str(row["id"]) for row in rows[len(new) :]}
    moved = [row["report"] for row in found if row["report"] in known and before.get(row["report"]) != row["page"]]
    for part in in_parts([known[one] for one in moved]):
        connection.execute(told.update().where(told.c.report.in_(part)).values(reading=""))
    _note_changed(connection, {row["page"] for row in found})
    gone = ((row["seq"], canonical(str(row["place"]))) for row in inputs if row["reason"] == GONE)
    put_in(connection, page_gone, [{"input": seq, "page": page} for seq, page in gone if page is not None])
    return moved


def versions_again(connection: Connection) -> None:
    """Makes the tables anew from all of the record."""
    for table in reversed(DERIVED):
        connection.execute(table.delete())
    rows = connection.execute(select(*_NEEDED).order_by(report.c.seq), execution_options={"yield_per": IN_ONE_QUESTION})
    for part in rows.mappings().partitions():
        keep_versions(connection, [dict(row) for row in part], ())
    lost = select(given.c.seq, given.c.place, given.c.report, given.c.reason).where(given.c.reason == GONE)
    keep_versions(connection, (), [dict(row) for row in connection.execute(lost).mappings()])


def any_shared(connection: Connection) -> bool:
    """Whether there is any page with more than one text."""
    return connection.execute(_shared_by_reports().limit(1)).first() is not None


def link_versions_again(connection: Connection) -> None:
    """Lets reports of one page be linked again, which were linked as if each were of a page of its own."""
    shared = _shared_by_reports()
    ids = select(report.c.id).join(page_text, page_text.c.report == report.c.seq).where(page_text.c.page.in_(shared))
    connection.execute(told.update().where(told.c.report.in_(ids)).values(reading=""))


def _shared_by_reports() -> Select[Any]:
    return select(page_text.c.page).group_by(page_text.c.page).having(func.count() > 1)


def is_shared() -> ColumnElement[bool]:
    """That a row of `page_text` is not the only one of its page."""
    other = page_text.alias("other_text")
    same = (other.c.page == page_text.c.page) & (other.c.report != page_text.c.report)
    return select(other.c.report).where(same).exists()


def shared_pages(connection: Connection, reports: Iterable[str]) -> dict[str, str]:
    """The pages of those reports, by their ids, that are not the only texts of their page."""
    query = select(report.c.id, page_text.c.page).join(page_text, page_text.c.report == report.c.seq)
    return {row["id"]: row["page"] for row in rows_with(connection, query.where(is_shared()), report.c.id, reports)}


def counted_as() -> ColumnElement[str]:
    """What tells reports apart where they are counted: the page of each, so that two texts of one are one report.

    The question joins `page_text` to `report`, and keeps reports that are of no page.
    """
    return func.coalesce(page_text.c.page, report.c.id)


def reports_counted(connection: Connection, reports: Iterable[str]) -> dict[str, str]:
    """What reports are `counted_as`, by their ids."""
    query = select(report.c.id, counted_as().label("page"))
    query = query.join(page_text, page_text.c.report == report.c.seq, isouter=True)
    return {row["id"]: row["page"] for row in rows_with(connection, query, report.c.id, reports)}


def _places(connection: Connection, reports: Iterable[str]) -> dict[str, list[str]]:
    """From where the captures of some reports come."""
    found: dict[str, list[str]] = {}
    query = select(given.c.report, capture.c.place).join(capture, capture.c.id == given.c.capture)
    for row in rows_with(connection, query, given.c.report, reports):
        found.setdefault(row["report"], []).append(row["place"])
    return found


def _note_changed(connection: Connection, pages: set[str]) -> None:
    its = page_text.c
    known = {row["page"] for row in rows_with(connection, select(page_changed), page_changed.c.page, pages)}
    for part in in_parts(sorted(pages - known)):
        query = select(its.page).where(its.page.in_(part)).group_by(its.page)
        query = query.having(func.min(its.wording) != func.max(its.wording))
        put_in(connection, page_changed, [{"page": page} for page in connection.execute(query).scalars().all()])


def _wording(row: Row) -> str:
    marks = [Mark(Span(start, end), MarkKind(kind)) for start, end, kind in json.loads(row["marks"])]
    return wording(row["text"], marks, row["title"])
