"""The web application: addresses to page objects to templates.

Reading is GET and HEAD; what is sent is a form, with POST. A query value that is no use is explained beside its field
(422), what is not on the record is a page that says so (404), and a ledger that cannot be read now is another (503).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from onrecord.api import create_api
from onrecord.desk.people import login_name
from onrecord.errors import OnrecordError
from onrecord.ledger.news_view import NewsView
from onrecord.ledger.view import RecordedStatement, View
from onrecord.ledger.weighed_view import WeighedView
from onrecord.places import Place
from onrecord.publishing.entries import report_entry
from onrecord.publishing.exports import csv_lines, jsonl
from onrecord.publishing.judging_pages import judging_report, judging_statement
from onrecord.publishing.linked.entries import (
    actor_entry,
    candidate_entries,
    story_entry,
    utterance_entry,
)
from onrecord.publishing.lists import front_page, record_page, report_list, speaker_list, statement_list
from onrecord.publishing.pages import report_page, speaker_page, statement_page
from onrecord.publishing.versions.changes_page import changes_page
from onrecord.publishing.versions.flags import Flags, changed_in
from onrecord.publishing.versions.history import page_entry, version_words
from onrecord.publishing.weighed.beginning import beginning
from onrecord.settings import Settings
from onrecord.web.acting import Door, sent_by_program
from onrecord.web.asking import METHODS, asked_form, asked_page, status, values
from onrecord.web.briefs import add_brief_pages
from onrecord.web.downloads import attached, attachment, unusable
from onrecord.web.earlier import Stood
from onrecord.web.entrance import API, entrance
from onrecord.web.failing import failed, http_error, onrecord_error
from onrecord.web.guard import Guard
from onrecord.web.judging import add_judging
from onrecord.web.linked import add_linked_pages
from onrecord.web.logging_in import add_log_in
from onrecord.web.one_state import OneStateEach
from onrecord.web.own_page import add_own_page
from onrecord.web.people import add_people_pages
from onrecord.web.reaching import Arrival, Reach
from onrecord.web.references import add_references
from onrecord.web.rendering import article, changes_path, highlights, page, report_path, statement_path
from onrecord.web.review import add_review_page
from onrecord.web.searching import add_search_pages
from onrecord.web.taking_up import PATIENCE, TakingUp
from onrecord.web.today import add_today
from onrecord.web.weighed import add_weighed_pages

CHUNK = 64_000
CARRIED = 4
"""Utterances on the front page."""


def create_app(
    ledger_path: Place | str,
    settings: Settings | None = None,
    *,
    by: str | None = None,
    reach: Reach | None = None,
    apart: bool = False,
) -> FastAPI:
    """The application over one ledger, which stays open until the application shuts down, and the desk in `reach` too.

    Without `reach` it is for this computer alone: what is put on the record from its pages is signed with the name
    `by`, the login name unless told. With it, others reach it, and whoever logs in signs. With `apart` what is judged
    is linked and weighed in a process of its own.

    Raises:
        LedgerError: when the ledger cannot be read.
        SettingsError: when nobody is named `by` and the login name cannot be told.
    """
    settings = settings or Settings()
    signer = by or login_name() if reach is None else None
    view = NewsView(ledger_path, settings)
    desk = None if reach is None else reach.desk
    taking_up = TakingUp(ledger_path, settings, PATIENCE, apart=apart)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        taking_up.close()
        view.close()
        if desk is not None:
            desk.close()

    app = FastAPI(
        title="onrecord", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan
    )
    app.add_middleware(OneStateEach, view=view)
    if reach is None:
        app.add_middleware(Door, name=signer)
        app.add_middleware(Guard, failed=failed)
    else:
        app.add_middleware(Door, entrance=entrance(reach))
        app.add_middleware(Arrival, reach=reach)
        app.add_middleware(Guard, failed=failed, names=reach.names, secure=reach.secure)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(OnrecordError, onrecord_error)
    stood = Stood(view, settings)
    _add_pages(app, view, stood)
    add_linked_pages(app, view, stood)
    add_weighed_pages(app, view, settings, stood)
    add_brief_pages(app, ledger_path, view, settings)
    add_review_page(app, view, taking_up)
    add_judging(app, ledger_path, view, settings, taking_up)
    add_today(app, view, settings, desk)
    add_references(app, view)
    add_search_pages(app, view)
    if desk is not None:
        add_log_in(app, desk)
        add_own_page(app, desk)
        add_people_pages(app, desk)
    _add_downloads(app, view)
    app.mount(API, create_api(view, settings, sent_by_program))
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    return app


def _add_pages(app: FastAPI, view: WeighedView, stood: Stood) -> None:
    @app.api_route("/", methods=METHODS)
    def front() -> Response:
        carried = tuple(map(utterance_entry, view.utterances(reports=2, limit=CARRIED)))
        begun = beginning(view, view.today())
        return page("front.html", shown=front_page(view), carried=carried, weighed_now=begun)

    @app.api_route("/statements", methods=METHODS)
    def statements(request: Request) -> Response:
        shown = statement_list(view, asked_form(request), asked_page(request))
        return page("statements.html", status(shown.paging, shown.form), shown=shown)

    @app.api_route("/statements/{statement_id}", methods=METHODS)
    def statement(statement_id: str, request: Request) -> Response:
        shown = statement_page(view, statement_id)
        if shown.statement.id != statement_id:
            return RedirectResponse(statement_path(shown.statement.id), status_code=307)
        told = view.utterances_of(shown.statement.id)
        with stood(request, *view.whole_utterances(told)) as (then, days):
            told = told if then is view else then.utterances_of(shown.statement.id)
        speaker, candidates = view.speaker_of(shown.statement.id)
        actor = None if speaker is None else actor_entry(speaker)
        offered = candidate_entries(candidates, view.actor_names([one.actor for one in candidates]))
        changed = Flags(view).of_statement(view.statement(shown.statement.id))
        return page(
            "statement.html",
            shown=shown,
            days=days,
            told=tuple(map(utterance_entry, told)),
            actor=actor,
            offered=[] if actor else offered,
            judge=judging_statement(view, shown.statement.id, offered) if then is view else None,
            changed=changed,
        )

    @app.api_route("/reports", methods=METHODS)
    def reports(request: Request) -> Response:
        shown = report_list(view, asked_form(request), asked_page(request))
        versions = version_words(view, [entry.id for entry in shown.reports])
        return page("reports.html", status(shown.paging, shown.form), shown=shown, versions=versions)

    @app.api_route("/reports/{report_id}/highlights.css", methods=METHODS)
    def report_highlights(report_id: str) -> Response:
        return PlainTextResponse("".join(highlights(report_page(view, report_id))), media_type="text/css")

    @app.api_route("/reports/{report_id}", methods=METHODS)
    def report(report_id: str) -> Response:
        shown = report_page(view, report_id)
        # A few digits of an id or the name of an input will do to find a report; its address is the whole id.
        if shown.report.id != report_id:
            return RedirectResponse(report_path(shown.report.id), status_code=307)
        story = view.story_of(shown.report.id)
        told = None if story is None else story_entry(story)
        judge = judging_report(view, shown.report.id)
        history = page_entry(view, shown.report.id)
        changed = changed_in(view, shown.report.id) if history is not None and history.changed else {}
        return page(
            "report.html",
            shown=shown,
            article=article(shown),
            story=told,
            judge=judge,
            history=history,
            changed=changed,
        )

    @app.api_route("/reports/{report_id}/changes", methods=METHODS)
    def report_changes(request: Request, report_id: str) -> Response:
        against = values(request).get("against") or None
        head = view.report(report_id).head
        if head.id != report_id:
            return RedirectResponse(changes_path(head.id, against), status_code=307)
        return page("changes.html", shown=changes_page(view, report_id, against), report=report_entry(head))

    @app.api_route("/speakers", methods=METHODS)
    def speakers(request: Request) -> Response:
        shown = speaker_list(view, asked_form(request), asked_page(request))
        return page("speakers.html", status(shown.paging, shown.form), shown=shown)

    @app.api_route("/speakers/{name:path}", methods=METHODS)
    def speaker(request: Request, name: str) -> Response:
        if not name:
            return RedirectResponse("/speakers", status_code=307)
        shown = speaker_page(view, name, asked_page(request))
        return page("speaker.html", status(shown.paging), shown=shown)

    @app.api_route("/record", methods=METHODS)
    def record(request: Request) -> Response:
        asked = values(request)
        reason = asked.get("reason") or None
        shown = record_page(view, reason, asked_page(request), digest=bool(asked.get("digest")))
        return page("record.html", status(shown.skipped.paging), shown=shown)

    @app.api_route("/healthz", methods=METHODS)
    def health() -> Response:
        view.head()
        return PlainTextResponse("ok\n")


def _add_downloads(app: FastAPI, view: View) -> None:
    def download(
        request: Request, name: str, media_type: str, lines: Callable[[Iterable[RecordedStatement]], Iterator[str]]
    ) -> Response:
        form = asked_form(request)
        if form.problems:
            return unusable(form.problems)
        if request.method == "HEAD":
            return attachment("", name, media_type)
        chunks = _begun(_chunks(lines(view.statements(form.filter))))
        return StreamingResponse(chunks, media_type=media_type, headers=attached(name))

    @app.api_route("/statements.jsonl", methods=METHODS)
    def statements_jsonl(request: Request) -> Response:
        return download(request, "statements.jsonl", "application/jsonl; charset=utf-8", jsonl)

    @app.api_route("/statements.csv", methods=METHODS)
    def statements_csv(request: Request) -> Response:
        return download(request, "statements.csv", "text/csv; charset=utf-8", csv_lines)


def _chunks(lines: Iterable[str]) -> Iterator[bytes]:
    gathered: list[str] = []
    size = 0
    for line in lines:
        gathered.append(line)
        size += len(line)
        if size >= CHUNK:
            yield "".join(gathered).encode("utf-8")
            gathered, size = [], 0
    yield "".join(gathered).encode("utf-8")


def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    # The first chunk is made before the response starts, so that a ledger in trouble is a 503 and not half a file.
    first = next(chunks, b"")
    return chain([first], chunks)
