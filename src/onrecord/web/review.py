"""The page of what should be looked at, one thing at a time."""

from __future__ import annotations

from contextlib import suppress

from fastapi import FastAPI, Request
from fastapi.responses import Response

from onrecord.assessing import queue, suggestion
from onrecord.domain.doubts import DoubtKind
from onrecord.errors import NotOnRecord
from onrecord.ledger.review_view import ReviewView
from onrecord.publishing.judged import judging
from onrecord.publishing.review import review_page
from onrecord.web.asking import METHODS, asked_page, values
from onrecord.web.rendering import page
from onrecord.web.taking_up import TakingUp


def add_review_page(app: FastAPI, view: ReviewView, taking_up: TakingUp) -> None:
    """Adds the route."""

    @app.api_route("/review", methods=METHODS)
    def review(request: Request) -> Response:
        number, now = asked_page(request), view.today()
        waiting = queue(view, now)
        place = min(number, len(waiting))
        suggested = None
        if waiting and waiting[place - 1].kind is DoubtKind.DOCKET:
            suggested = suggestion(view.docket_entry(waiting[place - 1].id), now)
        told = None
        if judgement := values(request).get("told"):
            with suppress(NotOnRecord):
                one = view.judgement(judgement)
                told = judging(view, (), [one.a]).entry(one.id)
        return page(
            "review.html",
            shown=review_page(view, waiting, number, now, suggested),
            told=told,
            progress=taking_up.progress.name,
        )
