"""The search over the whole record: its page, its feed, and what it finds as a file."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import FastAPI, Request
from fastapi.responses import Response

from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.exports import json_lines
from onrecord.publishing.searching.feed import MEDIA_TYPE, atom, search_title
from onrecord.publishing.searching.form import SearchForm, read_search
from onrecord.publishing.searching.pages import search_page
from onrecord.publishing.searching.rows import found_csv, found_rows
from onrecord.web.asking import METHODS, asked_page, values
from onrecord.web.downloads import attachment, unusable
from onrecord.web.rendering import page

MOST_ROWS = 10_000
"""Rows of a file at most; a shell gives all of them."""


def add_search_pages(app: FastAPI, view: WeighedView) -> None:
    """Adds the routes."""

    def asked(request: Request) -> SearchForm:
        return read_search(values(request), view.story_id)

    @app.api_route("/search", methods=METHODS)
    def search(request: Request) -> Response:
        shown = search_page(view, asked(request), asked_page(request))
        status = 422 if shown.form.problems else 200 if shown.paging.exists else 404
        return page("search.html", status, shown=shown, title=search_title(shown.form), most_rows=MOST_ROWS)

    @app.api_route("/search.atom", methods=METHODS)
    def feed(request: Request) -> Response:
        form = asked(request)
        if form.problems:
            return unusable(form.problems)
        # The guard has seen that the host is this machine.
        site = str(request.base_url).rstrip("/")
        return Response(atom(view.search(form.sought), form, site), media_type=MEDIA_TYPE)

    @app.api_route("/search.jsonl", methods=METHODS)
    def lines(request: Request) -> Response:
        form = asked(request)
        rows = found_rows(view.search(form.sought), form.place, limit=MOST_ROWS, order=form.order)
        return _file(request, form, "search.jsonl", "application/jsonl; charset=utf-8", json_lines(rows))

    @app.api_route("/search.csv", methods=METHODS)
    def table(request: Request) -> Response:
        form = asked(request)
        rows = found_rows(view.search(form.sought), form.place, limit=MOST_ROWS, order=form.order)
        return _file(request, form, "search.csv", "text/csv; charset=utf-8", found_csv(rows, form.place))


def _file(request: Request, form: SearchForm, name: str, media_type: str, lines: Iterator[str]) -> Response:
    if form.problems:
        return unusable(form.problems)
    # What is found is looked up before the answer starts, so that a ledger in trouble is a 503 and not half a file.
    return attachment("" if request.method == "HEAD" else "".join(lines), name, media_type)
