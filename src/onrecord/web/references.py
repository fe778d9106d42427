"""How to cite a statement or a report: a page with each form, and each form to download."""

from __future__ import annotations

import json
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.ledger.view import View
from onrecord.publishing.references import Reference, report_reference, statement_reference
from onrecord.web.asking import METHODS
from onrecord.web.downloads import attachment
from onrecord.web.rendering import page, report_path, statement_path


def add_references(app: FastAPI, view: View) -> None:
    """Adds the routes."""
    _add(app, view, "/statements", "statement_id", statement_reference, statement_path)
    _add(app, view, "/reports", "report_id", report_reference, report_path)


def _add(
    app: FastAPI,
    view: View,
    place: str,
    name: str,
    reference: Callable[[View, str], Reference],
    path: Callable[[str], str],
) -> None:
    def asked(request: Request) -> Reference:
        return reference(view, request.path_params[name])

    @app.api_route(f"{place}/{{{name}}}/cite", methods=METHODS)
    def cite(request: Request) -> Response:
        found = asked(request)
        if found.id != request.path_params[name]:
            return RedirectResponse(f"{path(found.id)}/cite", status_code=307)
        return page("cite.html", shown=found, section=place, back=path(found.id), csl=_csl(found))

    @app.api_route(f"{place}/{{{name}}}/cite.bib", methods=METHODS)
    def bibtex(request: Request) -> Response:
        found = asked(request)
        return attachment(found.bibtex, f"{found.id[:12]}.bib", "application/x-bibtex; charset=utf-8")

    @app.api_route(f"{place}/{{{name}}}/cite.json", methods=METHODS)
    def csl(request: Request) -> Response:
        found = asked(request)
        return attachment(
            _csl(found), f"{found.id[:12]}.json", "application/vnd.citationstyles.csl+json; charset=utf-8"
        )


def _csl(found: Reference) -> str:
    return json.dumps([found.csl], ensure_ascii=False, indent=2) + "\n"
