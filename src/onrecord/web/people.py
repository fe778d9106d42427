"""The pages on which an admin lets people in and shuts them out, and reads what was done."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from onrecord.desk import Desk, passwords
from onrecord.desk.audit import count_deeds, deeds
from onrecord.desk.people import Member, give_password, give_role, let_in, members, shut_out
from onrecord.domain.people import Role
from onrecord.errors import RefusedAtDesk
from onrecord.publishing.lists import Paging
from onrecord.publishing.weighed.entries import upper_first
from onrecord.web.acting import hand, may, sent
from onrecord.web.asking import METHODS, asked_page, numbered, typed_name
from onrecord.web.rendering import page

PER_PAGE = 100
"""Rows of the log on a page."""


def add_people_pages(app: FastAPI, desk: Desk) -> None:
    """Adds the routes."""

    @app.api_route("/people", methods=METHODS)
    def people() -> Response:
        may(Role.ADMIN)
        return _shown(desk)

    @app.post("/people")
    async def add(request: Request) -> Response:
        _, given = await sent(request, Role.ADMIN)
        name = typed_name(given)

        def change(password: str) -> Member:
            return let_in(desk, name, _role(given), password, hand())

        return await run_in_threadpool(_with_password, desk, change)

    @app.post("/people/{number}/role")
    async def role(request: Request, number: str) -> Response:
        _, given = await sent(request, Role.ADMIN)
        return await run_in_threadpool(_done, desk, lambda: give_role(desk, numbered(number), _role(given), hand()))

    @app.post("/people/{number}/password")
    async def password(request: Request, number: str) -> Response:
        await sent(request, Role.ADMIN)

        def change(password: str) -> Member:
            return give_password(desk, numbered(number), password, hand())

        return await run_in_threadpool(_with_password, desk, change)

    @app.post("/people/{number}/shut-out")
    async def shut(request: Request, number: str) -> Response:
        await sent(request, Role.ADMIN)
        return await run_in_threadpool(_done, desk, lambda: shut_out(desk, numbered(number), hand()))

    @app.api_route("/people/audit", methods=METHODS)
    def audit(request: Request) -> Response:
        may(Role.ADMIN)
        paging = Paging(asked_page(request), count_deeds(desk), PER_PAGE)
        rows = deeds(desk, limit=paging.size, offset=paging.offset) if paging.exists else []
        return page("audit.html", 200 if paging.exists else 404, paging=paging, rows=rows)


def _role(given: dict[str, str]) -> Role:
    try:
        return Role(given.get("role", ""))
    except ValueError as error:
        raise RefusedAtDesk(f"there is no such role; there are {', '.join(Role)}") from error


def _with_password(desk: Desk, change: Callable[[str], Member]) -> Response:
    made = passwords.invented()
    try:
        someone = change(made)
    except RefusedAtDesk as error:
        return _shown(desk, f"{upper_first(str(error))}.")
    return _shown(desk, someone=someone, made=made)


def _done(desk: Desk, change: Callable[[], Member]) -> Response:
    try:
        change()
    except RefusedAtDesk as error:
        return _shown(desk, f"{upper_first(str(error))}.")
    return RedirectResponse("/people", status_code=303)


def _shown(desk: Desk, problem: str = "", someone: Member | None = None, made: str = "") -> Response:
    response = page(
        "people.html", 422 if problem else 200, people=members(desk), problem=problem, someone=someone, made=made
    )
    response.headers["Cache-Control"] = "no-store"
    return response
