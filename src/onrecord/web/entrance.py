"""Who is let in on an address that others reach: people with a session, programs with a token, or everybody to read.

Nothing but the log-in page and the style of the pages is shown to who is not let in, not even whether an address
exists.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from typing import Final
from urllib.parse import quote, urlencode

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Scope

from onrecord.api.problems import problem
from onrecord.desk import Desk, Hand
from onrecord.desk.attempts import Kind, neighbourhood, tried
from onrecord.desk.audit import DONE, noted
from onrecord.desk.sessions import session
from onrecord.desk.tokens import token
from onrecord.errors import DeskError
from onrecord.web.acting import Asking, Entrance
from onrecord.web.pace import Pace
from onrecord.web.reaching import Reach
from onrecord.web.rendering import error_page

API: Final = "/api/v1"
LOG_IN: Final = "/log-in"
COOKIE: Final = "__Host-onrecord"
VISIT: Final = "__Host-onrecord-visit"
"""The cookie of a browser at the log-in page: so that no other site can log it in under a name of its choice."""
READ: Final = ("GET", "HEAD")
READS: Final = 600
"""Requests that a program, or an address where all is public, gets in a minute."""
WRITES: Final = 60
"""Judgements that a program gets in a minute."""
LONGEST_NEXT: Final = 2_000

log = logging.getLogger(__name__)


def entrance(reach: Reach) -> Entrance:
    """The entrance to pages that are reached so."""
    return PublicEntrance() if reach.desk is None else DeskEntrance(reach.desk)


class PublicEntrance:
    """Lets everybody read and nobody send."""

    def __init__(self) -> None:
        self._reads = Pace(READS)

    async def asked(self, scope: Scope) -> Asking | ASGIApp:
        request = Request(scope)
        if request.method not in READ:
            return _refusal(request, 405, "These pages are only read", "Nothing can be sent to them.")
        address = address_of(request)
        if not _is_style(request) and (wait := self._reads.wait(neighbourhood(address))):
            return _too_fast(request, wait)
        return Asking(None, address=address)

    async def answered(self, scope: Scope, asking: Asking, status: int) -> None:
        """Nothing is kept of who reads."""


class DeskEntrance:
    """Lets in who has logged in, and to the interface for programs who sends a token."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._reads, self._writes = Pace(READS), Pace(WRITES)

    async def asked(self, scope: Scope) -> Asking | ASGIApp:
        request = Request(scope)
        if _is_style(request):
            return Asking(None, address=address_of(request))
        try:
            return await run_in_threadpool(self._asked, request)
        except DeskError as error:
            log.warning("%s", error)
            return _refusal(request, 503, "Nobody can be let in now", "The window it was started from says more.")

    async def answered(self, scope: Scope, asking: Asking, status: int) -> None:
        """Logs what somebody sent, or was refused to send; what changes the desk is logged with the change."""
        path = scope["path"]
        if scope["method"] in READ or asking.person is None or (_of_the_desk(path) and status < 400):
            return
        outcome = DONE if status < 400 else f"refused, {status}"
        hand = Hand(asking.person.name, asking.address)
        try:
            await run_in_threadpool(noted, self.desk, hand, f"{scope['method']} {path}", outcome)
        except DeskError as error:
            log.warning("%s", error)

    def form_token(self, cookie: str) -> str:
        """What the forms of a browser with this cookie send back."""
        return hmac.new(self.desk.key, b"form " + cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def _asked(self, request: Request) -> Asking | Response:
        address = address_of(request)
        program = _is_program(request)
        if program and "authorization" in request.headers:
            return self._by_token(request, address)
        cookie = request.cookies.get(COOKIE, "")
        found = session(self.desk, cookie) if cookie else None
        if found is not None:
            if program and (wait := self._reads.wait(found.id)):
                return _too_fast(request, wait)
            return Asking(found.member.person, self.form_token(cookie), address, found)
        if request.scope["path"] == LOG_IN:
            visit = request.cookies.get(VISIT, "")
            new = "" if visit else secrets.token_urlsafe(32)
            return Asking(None, self.form_token("visit " + (visit or new)), address, visit=new)
        if program:
            return problem(401, "Send a token: Authorization: Bearer …", headers={"WWW-Authenticate": "Bearer"})
        if request.method in READ:
            asked = request.scope["query_string"].decode("latin-1")
            onward = local(quote(request.scope["path"]) + (f"?{asked}" if asked else ""))
            query = "" if onward == "/" else "?" + urlencode({"next": onward})
            return RedirectResponse(LOG_IN + query, status_code=303)
        return _refusal(request, 401, "Log in first", "What was sent has not been taken.")

    def _by_token(self, request: Request, address: str) -> Asking | Response:
        scheme, _, given = request.headers["authorization"].partition(" ")
        found = token(self.desk, given.strip()) if scheme.casefold() == "bearer" else None
        if found is None:
            if wait := tried(self.desk, [(Kind.TOKEN, neighbourhood(address))]):
                return _too_fast(request, wait)
            challenge = 'Bearer error="invalid_token"'
            return problem(401, "There is no such token, or it has ended.", headers={"WWW-Authenticate": challenge})
        pace = self._reads if request.method in READ else self._writes
        if wait := pace.wait(str(found.number)):
            return _too_fast(request, wait)
        return Asking(found.person, address=address)


def local(given: str, otherwise: str = "/") -> str:
    """The address to go on to from a form: one of these pages, `otherwise` for whatever else was given.

    >>> local("/docket?page=2"), local("https://elsewhere.example"), local("//elsewhere.example"), local("/log-out")
    ('/docket?page=2', '/', '/', '/')
    """
    plain = given.isascii() and given.isprintable() and len(given) <= LONGEST_NEXT and not set(given) & set(' \\<>"')
    path = given.partition("?")[0].partition("#")[0]
    if not plain or not given.startswith("/") or "//" in path or path.startswith((LOG_IN, "/log-out")):
        return otherwise
    return given


def address_of(request: Request) -> str:
    """The address that a request came from."""
    return request.client.host if request.client else ""


def _is_style(request: Request) -> bool:
    return bool(request.scope["path"].startswith("/static/"))


def _is_program(request: Request) -> bool:
    return bool(f"{request.scope['path']}/".startswith(API + "/"))


def _of_the_desk(path: str) -> bool:
    return path in ("/me", "/people", LOG_IN, "/log-out") or path.startswith(("/me/", "/people/"))


def _too_fast(request: Request, wait: int) -> Response:
    refused = _refusal(request, 429, "Too many at once", f"Ask again in {wait} seconds.")
    refused.headers["Retry-After"] = str(wait)
    return refused


def _refusal(request: Request, number: int, title: str, explanation: str) -> Response:
    if _is_program(request):
        return problem(number, explanation)
    return error_page(number, title, explanation)
