"""The page of who has logged in: password, tokens, sessions, searches that are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from onrecord.desk import Desk, passwords
from onrecord.desk.people import Member, give_password
from onrecord.desk.searches import drop_search, keep_search, searches
from onrecord.desk.sessions import Session, known, log_out_everywhere, sessions_of
from onrecord.desk.tokens import USUAL_DAYS, make_token, tokens_of, withdraw_token
from onrecord.domain.people import Role
from onrecord.errors import RefusedAtDesk
from onrecord.publishing.filters import whole_number
from onrecord.publishing.weighed.entries import upper_first
from onrecord.web.acting import asking, hand, sent
from onrecord.web.asking import METHODS, numbered, typed_name
from onrecord.web.logging_in import hashing, logged_out
from onrecord.web.rendering import page


def add_own_page(app: FastAPI, desk: Desk) -> None:
    """Adds the routes."""

    @app.api_route("/me", methods=METHODS)
    def me() -> Response:
        return _shown(desk)

    @app.post("/me/password")
    async def password(request: Request) -> Response:
        _, given = await sent(request, Role.READER)
        return await hashing(partial(_change_password, desk, given))

    @app.post("/me/tokens")
    async def tokens(request: Request) -> Response:
        _, given = await sent(request, Role.READER)
        return await run_in_threadpool(_make_token, desk, given)

    @app.post("/me/tokens/{number}/withdraw")
    async def withdraw(request: Request, number: str) -> Response:
        await sent(request, Role.READER)
        return await run_in_threadpool(_done, desk, lambda: withdraw_token(desk, _me(), numbered(number), hand()))

    @app.post("/me/searches")
    async def keep(request: Request) -> Response:
        person, given = await sent(request, Role.READER)
        name, query = typed_name(given), given.get("query", "")
        return await run_in_threadpool(_done, desk, lambda: keep_search(desk, person.name, name, query))

    @app.post("/me/searches/{number}/drop")
    async def drop(request: Request, number: str) -> Response:
        person, _ = await sent(request, Role.READER)
        return await run_in_threadpool(_done, desk, lambda: drop_search(desk, person.name, numbered(number)))

    @app.post("/me/log-out-everywhere")
    async def everywhere(request: Request) -> Response:
        await sent(request, Role.READER)
        await run_in_threadpool(log_out_everywhere, desk, _me(), hand())
        return logged_out()


def _session() -> Session:
    session = asking().session
    if session is None:
        raise HTTPException(401, "Log in first; only people with a name here have this page.")
    return session


def _me() -> Member:
    return _session().member


def _change_password(desk: Desk, given: dict[str, str]) -> Response:
    new = given.get("new", "")
    if passwords.normal(new) != passwords.normal(given.get("again", "")):
        return _shown(desk, "The new password was typed in two ways; nothing was changed.", "password")
    # Counted as a log-in is: who finds a browser that is logged in can guess no faster.
    someone, wait = known(desk, _me().name, given.get("old", ""), hand().address)
    if someone is None:
        told = f"That was too often; try again in {wait} seconds." if wait else "The old password is another one."
        return _shown(desk, told, "password", 429 if wait else 422)
    try:
        give_password(desk, someone.number, new, hand())
    except RefusedAtDesk as error:
        return _shown(desk, f"{upper_first(str(error))}.", "password")
    return logged_out()


def _make_token(desk: Desk, given: dict[str, str]) -> Response:
    try:
        role = Role(given.get("role", Role.READER.value))
        days = whole_number(given.get("days", "").strip() or str(USUAL_DAYS)) or 0
        made = make_token(desk, _me(), typed_name(given), role, days, hand())
    except ValueError:
        return _shown(desk, "There is no such role.", "tokens")
    except RefusedAtDesk as error:
        return _shown(desk, f"{upper_first(str(error))}.", "tokens")
    return _shown(desk, made=made)


def _done(desk: Desk, change: Callable[[], None]) -> Response:
    try:
        change()
    except RefusedAtDesk as error:
        return _shown(desk, f"{upper_first(str(error))}.")
    return RedirectResponse("/me", status_code=303)


def _shown(desk: Desk, problem: str = "", where: str = "", status: int = 0, made: str = "") -> Response:
    session = _session()
    response = page(
        "me.html",
        status or (422 if problem else 200),
        me=session.member,
        session=session,
        sessions=sessions_of(desk, session.member),
        tokens=tokens_of(desk, session.member),
        searches=searches(desk, session.member.name),
        shortest=passwords.SHORTEST,
        days=USUAL_DAYS,
        problem=problem,
        where=where,
        made=made,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
