"""What is new since somebody last looked, when they say that they have looked.

Who has logged in finds it from every browser; on this computer alone the browser remembers it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from onrecord.assessing import indicators_in, watched
from onrecord.desk import Desk
from onrecord.desk.searches import last_looked, look
from onrecord.domain.people import Role
from onrecord.ledger.news_view import NewsView
from onrecord.publishing.filters import read_moment
from onrecord.publishing.today import ChangedIndicator, since_when, today
from onrecord.settings import Settings
from onrecord.web.acting import acting, sent
from onrecord.web.asking import METHODS, values
from onrecord.web.rendering import page

LOOKED = "onrecord-looked"
REMEMBERED = timedelta(days=365)
NO_MOMENT = "This is not a date; write it like 2022-02-17, or 2022-02-17T14:05 for a time in UTC."


def add_today(app: FastAPI, view: NewsView, settings: Settings, desk: Desk | None = None) -> None:
    """Adds the routes; with a desk, it keeps until when somebody has looked."""

    def last(request: Request) -> datetime | None:
        person = acting()
        if desk is None or person is None:
            return _read(request.cookies.get(LOOKED, ""))
        return last_looked(desk, person.name)

    @app.api_route("/today", methods=METHODS)
    def news(request: Request) -> Response:
        typed = values(request).get("since", "").strip()
        asked = _read(typed) if typed else last(request)
        problem = NO_MOMENT if typed and asked is None else ""
        since = since_when(view, asked)
        shown = today(view, since, () if problem else _changed(view, settings, since))
        return page("today.html", 422 if problem else 200, shown=shown, typed=typed, problem=problem)

    @app.post("/today/looked")
    async def looked(request: Request) -> Response:
        person, form = await sent(request, Role.READER)
        moment = _read(form.get("until", ""))
        if moment is None:
            raise HTTPException(422, "Until when you have looked is not told; open the page again.")
        answer = RedirectResponse("/today", status_code=303)
        if desk is not None:
            await run_in_threadpool(look, desk, person.name, moment)
            return answer
        answer.set_cookie(
            LOOKED, moment.strftime("%Y-%m-%dT%H:%M"), max_age=int(REMEMBERED.total_seconds()), httponly=True,
            samesite="lax", path="/today", secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer


def _read(value: str) -> datetime | None:
    try:
        return read_moment(value)
    except ValueError:
        return None


def _changed(view: NewsView, settings: Settings, since: datetime) -> tuple[ChangedIndicator, ...]:
    if settings.indicators is None:
        return ()
    found = []
    for one in watched(view, indicators_in(settings.indicators)):
        told = zip(one.shifts, one.sentences, strict=True)
        sentences = tuple(sentence for shift, sentence in told if shift.known >= since.date())
        if sentences:
            found.append(ChangedIndicator(one.series.indicator.name, sentences))
    return tuple(found)
