"""Who is asking, and what they send.

On this computer alone nobody logs in: whoever opens the pages is the one whose login name signs. On any other address
an `Entrance` says who is asking. A page that sends something holds a form token, which another site can neither read
nor guess; a request that sends without it, from another origin, or more than a form can hold, is refused before
anything of it is looked at.
"""

from __future__ import annotations

import hmac
import secrets
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.desk import Hand
from onrecord.desk.sessions import Session
from onrecord.domain.people import Person, Role

TOKEN_FIELD: Final = "form_token"
LARGEST_FORM: Final = 64_000
"""Bytes of a form that is sent."""
MOST_FIELDS: Final = 200
FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
HERE: Final = "this computer"
"""The address of whoever asks from this computer alone."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who asks for a page; `person` is None where nobody has logged in.

    `token` is what their forms send back, empty where nothing can be sent; `session` is set for who has logged in with
    a browser, and `visit` is the cookie that a browser at the log-in page is to be given.
    """

    person: Person | None
    token: str = ""
    address: str = HERE
    session: Session | None = None
    visit: str = ""


class Entrance(Protocol):
    """Says who is asking on an address that others than this computer reach."""

    async def asked(self, scope: Scope) -> Asking | ASGIApp:
        """Who is asking; or the response for whom it does not let in."""

    async def answered(self, scope: Scope, asking: Asking, status: int) -> None:
        """Is told how a request was answered, before the answer is sent."""


_acting: ContextVar[Asking | None] = ContextVar("onrecord-acting", default=None)


class Door:
    """ASGI middleware that says who is asking; on this computer, without an entrance, it is always `name`."""

    def __init__(self, app: ASGIApp, name: str | None = None, entrance: Entrance | None = None) -> None:
        self.app = app
        self.entrance = entrance
        self.person = None if name is None else Person(name, Role.ADMIN)
        self.token = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.entrance is None or scope["type"] != "http":
            await self._as(Asking(self.person, self.token), scope, receive, send)
            return
        asking = await self.entrance.asked(scope)
        if not isinstance(asking, Asking):
            await asking(scope, receive, send)
            return

        async def send_noted(message: Message) -> None:
            if message["type"] == "http.response.start" and self.entrance is not None:
                await self.entrance.answered(scope, asking, message["status"])
            await send(message)

        await self._as(asking, scope, receive, send_noted)

    async def _as(self, asking: Asking, scope: Scope, receive: Receive, send: Send) -> None:
        reset = _acting.set(asking)
        try:
            await self.app(scope, receive, send)
        finally:
            _acting.reset(reset)


def asking() -> Asking:
    """The request that is being answered, as far as who is asking goes."""
    return _acting.get() or Asking(None)


def acting() -> Person | None:
    """Who is asking; None where nobody has logged in."""
    return asking().person


def hand() -> Hand:
    """Who is asking and from where, for the log."""
    found = asking()
    return Hand("nobody" if found.person is None else found.person.name, found.address)


def form_token() -> str:
    """What a form of this page has to send back in `TOKEN_FIELD`; empty where nobody can send anything."""
    return asking().token


def may(role: Role) -> Person:
    """Who is asking, when they may do what this role may.

    Raises:
        HTTPException: 401 when nobody has logged in, 403 when their role does not go so far.
    """
    person = acting()
    if person is None:
        raise HTTPException(401, "Log in first; only people with a name here can do this.")
    if not person.role.covers(role):
        raise HTTPException(403, f"This takes the role of {role.value}; {person.name} has that of {person.role.value}.")
    return person


async def sent(request: Request, role: Role = Role.EDITOR) -> tuple[Person, dict[str, str]]:
    """Who sends a form, and its values: of a field given twice the last, without the form token.

    Raises:
        HTTPException: 401 and 403 as `may`; the others as `received`.
    """
    person = may(role)
    return person, await received(request)


async def received(request: Request) -> dict[str, str]:
    """The values of a form that is sent, whoever sends it, as of `sent`.

    Raises:
        HTTPException: 403 when it comes from elsewhere or without this page's token, 413 when it is too large, 415 when
            it is no form, 422 when it has too many fields.
    """
    body = await _body(request, FORM, "Only the forms of these pages can be sent here.")
    try:
        pairs = parse_qsl(
            body.decode("ascii", "replace"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise HTTPException(422, f"This has more than {MOST_FIELDS} fields.") from error
    values = dict(pairs)
    given, expected = values.pop(TOKEN_FIELD, ""), form_token()
    if not expected or not hmac.compare_digest(given.encode("utf-8"), expected.encode("utf-8")):
        told = "The page that this was sent from is too old: onrecord was started anew, or you logged in again, since."
        raise HTTPException(403, f"{told} Open it again and resend.")
    return values


async def sent_by_program(request: Request, role: Role = Role.EDITOR) -> tuple[Person, bytes]:
    """Who sends JSON to the interface for programs, and its bytes.

    A browser that has logged in cannot: its cookie goes along with whatever it is led to send, a token does not.

    Raises:
        HTTPException: 401 and 403 as `may`; 403 when it comes from another page or with a cookie, 413 when it is too
            large, 415 when it is no JSON.
    """
    person = may(role)
    if asking().session is not None:
        raise HTTPException(403, "This takes a token, not a browser that has logged in; make one on your page.")
    return person, await _body(request, JSON, f"Only {JSON} can be sent here.")


async def _body(request: Request, media_type: str, otherwise: str) -> bytes:
    origin = request.headers.get("origin")
    here = f"{request.url.scheme}://{request.headers['host']}"
    elsewhere = origin is not None and origin.casefold() != here.casefold()
    if elsewhere or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "This was sent from a page of another address.")
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != media_type:
        raise HTTPException(415, otherwise)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            raise HTTPException(413, f"This is more than {LARGEST_FORM:,} bytes; write less.")
    return bytes(body)
