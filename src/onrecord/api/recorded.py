"""The routes of what stands in the chain: reports, statements, briefs, and the record as a whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import Annotated

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import Response

from onrecord.api.answers import Listing, Row, address, answered, etag, listed
from onrecord.api.queries import Part, Reports, Statements
from onrecord.api.routing import asked_id, reads
from onrecord.domain.briefs import Brief
from onrecord.ledger.brief_rows import brief_json
from onrecord.ledger.view import RecordedReport
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.briefs.changes import changes
from onrecord.publishing.exports import statement_row
from onrecord.publishing.filters import LONGEST_VALUE
from onrecord.publishing.linked_exports import report_row
from onrecord.publishing.versions.exports import page_row, versions_row
from onrecord.publishing.wording import iso_time

ReportId = Annotated[str, Path(alias="id", description="A report's id, six digits or more of it, or an input's name.")]
Against = Annotated[
    str | None,
    Query(max_length=LONGEST_VALUE, description="Another text of the same page; what it reads now unless told."),
]
StatementId = Annotated[str, Path(alias="id", description="A statement's id, or six digits or more of it.")]
BriefId = Annotated[str, Path(alias="id", description="A brief's id, or six digits or more of it.")]


def add_recorded(api: FastAPI, view: WeighedView) -> None:
    """Adds the routes."""

    @reads(api, "/reports", "reports", "Reports, newest published first", each=True)
    def reports(request: Request, asked: Annotated[Reports, Query()]) -> Response:
        form = asked.form().filter
        rows = partial(view.reports, text=form.text, outlet=form.outlet, speaker=form.speaker)
        listing = Listing(
            partial(view.count_reports, text=form.text, outlet=form.outlet, speaker=form.speaker),
            lambda limit, offset: map(report_row, rows(limit=limit, offset=offset)),
        )
        return listed(request, view, asked, listing)

    @reads(api, "/reports/{id}", "report", "One report with its text")
    def report(request: Request, report_id: ReportId) -> Response:
        tag = etag(view)
        found = view.report(asked_id(report_id))
        return answered(request, tag, lambda: _whole_report(view, found), place=address(request, found.head.id))

    @reads(api, "/reports/{id}/versions", "versions", "The texts of the page that a report is of, and a change")
    def versions(request: Request, report_id: ReportId, against: Against = None) -> Response:
        tag = etag(view)
        asked = asked_id(report_id)
        other = None if against is None else asked_id(against)
        return answered(request, tag, lambda: versions_row(view, asked, other))

    @reads(api, "/statements", "statements", "Statements, newest report first", each=True)
    def statements(request: Request, asked: Annotated[Statements, Query()]) -> Response:
        chosen = asked.form().filter
        listing = Listing(
            partial(view.count, chosen),
            lambda limit, offset: map(statement_row, view.statements(chosen, limit=limit, offset=offset)),
        )
        return listed(request, view, asked, listing)

    @reads(api, "/statements/{id}", "statements", "One statement")
    def statement(request: Request, statement_id: StatementId) -> Response:
        tag = etag(view)
        found = view.statement(asked_id(statement_id))
        return answered(request, tag, lambda: statement_row(found), place=address(request, found.statement.id))

    @reads(api, "/record", "record", "What the record holds")
    def record(request: Request) -> Response:
        def body() -> Row:
            return {**asdict(view.totals()), "head": view.head(), "digest": view.digest()}

        return answered(request, etag(view), body)

    _add_briefs(api, view)


def _add_briefs(api: FastAPI, view: WeighedView) -> None:
    @reads(api, "/briefs", "briefs", "Briefs, the newest first", each=True)
    def briefs(request: Request, asked: Annotated[Part, Query()]) -> Response:
        def rows(limit: int, offset: int) -> list[Row]:
            return [_brief_row(view, id_, brief) for id_, brief in view.briefs(limit=limit, offset=offset)]

        return listed(request, view, asked, Listing(view.count_briefs, rows))

    @reads(api, "/briefs/{id}", "brief", "One brief")
    def brief(request: Request, brief_id: BriefId) -> Response:
        tag = etag(view)
        id_, found = view.brief(asked_id(brief_id))
        return answered(request, tag, lambda: {"id": id_, **json.loads(brief_json(found))}, place=address(request, id_))


def _whole_report(view: WeighedView, found: RecordedReport) -> Row:
    """A report as in a list, with its text and what else is known of it behind."""
    report = found.report
    return {
        **report_row(found.head),
        "author": report.author,
        "url": report.url,
        "language": report.language,
        "retrieved": iso_time(found.head.retrieved),
        "recorded": iso_time(found.recorded),
        "capture": found.capture_sha256,
        "text": report.text,
        **page_row(view.history(found.head.id), found.head.id),
    }


def _brief_row(view: WeighedView, id_: str, brief: Brief) -> Row:
    """A brief in a list, as `onrecord briefs --format jsonl` prints it."""
    return {
        "id": id_,
        "title": brief.title,
        "made": brief.made.isoformat(),
        "by": brief.by,
        "changed": list(changes(view, brief)),
    }
