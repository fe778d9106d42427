"""The pages of briefs."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import RedirectResponse, Response

from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.briefs.pages import brief_list, brief_page
from onrecord.web.asking import METHODS
from onrecord.web.rendering import page


def add_brief_pages(app: FastAPI, view: WeighedView) -> None:
    """Adds the routes."""

    @app.api_route("/briefs", methods=METHODS)
    def briefs() -> Response:
        return page("briefs.html", shown=brief_list(view))

    @app.api_route("/briefs/{brief_id}", methods=METHODS)
    def brief(brief_id: str) -> Response:
        id_, found = view.brief(brief_id)
        # A few digits will do to find a brief; its address is the whole id.
        if id_ != brief_id:
            return RedirectResponse(f"/briefs/{id_}", status_code=307)
        return page("brief.html", shown=brief_page(view, id_, found))
