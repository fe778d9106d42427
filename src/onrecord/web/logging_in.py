"""The pages for logging in and out.

A log-in gets a cookie that nobody has seen before, so that one which somebody else put into the browser is worth
nothing; it is for this host alone (`__Host-`), for https alone, and out of reach of any script.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from onrecord.desk import Desk
from onrecord.desk.passwords import AT_ONCE
from onrecord.desk.sessions import WHOLE, log_in, log_out
from onrecord.domain.people import Role
from onrecord.web.acting import acting, asking, hand, received, sent
from onrecord.web.asking import METHODS, typed_name, values
from onrecord.web.entrance import COOKIE, LOG_IN, VISIT, local
from onrecord.web.rendering import page

T = TypeVar("T")
_HASHING: Final = CapacityLimiter(AT_ONCE)

WRONG = "There is nobody of this name with this password."


def add_log_in(app: FastAPI, desk: Desk) -> None:
    """Adds the routes."""

    @app.api_route(LOG_IN, methods=METHODS)
    def log_in_page(request: Request) -> Response:
        onward = local(values(request).get("next", "/"))
        if acting() is not None:
            return RedirectResponse(onward, status_code=303)
        return _form(onward)

    @app.post(LOG_IN)
    async def log_in_sent(request: Request) -> Response:
        given = await received(request)
        onward = local(given.get("next", "/"))
        name = typed_name(given)
        answer = await hashing(partial(log_in, desk, name, given.get("password", ""), asking().address))
        if answer.cookie is None:
            if not answer.wait:
                return _form(onward, 401, WRONG, name)
            refused = _form(onward, 429, f"That was too often. Try again in {_words(answer.wait)}.", name)
            refused.headers["Retry-After"] = str(answer.wait)
            return refused
        before = asking().session
        if before is not None:
            await run_in_threadpool(log_out, desk, before, hand())
        response = RedirectResponse(onward, status_code=303)
        _give(response, COOKIE, answer.cookie, int(WHOLE.total_seconds()))
        _take(response, VISIT)
        return _never_kept(response)

    @app.api_route("/log-out", methods=METHODS)
    def log_out_page() -> Response:
        return page("log-out.html")

    @app.post("/log-out")
    async def log_out_sent(request: Request) -> Response:
        await sent(request, Role.READER)
        session = asking().session
        if session is not None:
            await run_in_threadpool(log_out, desk, session, hand())
        return logged_out()


async def hashing(work: Callable[[], T]) -> T:
    """Does what checks or makes a password; who waits for that keeps no thread from those who read."""
    return await to_thread.run_sync(work, limiter=_HASHING)


def logged_out() -> Response:
    """Back to the log-in page, with nothing left in the browser."""
    response = RedirectResponse(LOG_IN, status_code=303)
    _take(response, COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return _never_kept(response)


def _form(onward: str, status: int = 200, problem: str = "", name: str = "") -> Response:
    response = page("log-in.html", status, onward=onward, problem=problem, name=name)
    if asking().visit:
        _give(response, VISIT, asking().visit, None)
    return _never_kept(response)


def _give(response: Response, cookie: str, value: str, seconds: int | None) -> None:
    response.set_cookie(cookie, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")


def _take(response: Response, cookie: str) -> None:
    response.delete_cookie(cookie, path="/", secure=True, httponly=True, samesite="lax")


def _never_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _words(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 100 else f"{-(-seconds // 60)} minutes"
