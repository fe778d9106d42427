"""Who is asking, and what they send.

On this computer alone nobody logs in: whoever opens the pages is the one whose login name signs. A page that sends
something holds a form token, which another site can neither read nor guess; a request that sends without it, from
another origin, or more than a form can hold, is refused before anything of it is looked at.
"""

from __future__ import annotations

import getpass
import hmac
import secrets
from contextvars import ContextVar
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.domain.people import Person, Role

TOKEN_FIELD: Final = "form_token"
LARGEST_FORM: Final = 64_000
"""Bytes of a form that is sent."""
MOST_FIELDS: Final = 200
FORM: Final = "application/x-www-form-urlencoded"

_acting: ContextVar[tuple[Person, str] | None] = ContextVar("onrecord-acting", default=None)


class Door:
    """ASGI middleware that says who is asking; on this computer alone it is who started the pages."""

    def __init__(self, app: ASGIApp, name: str | None = None) -> None:
        self.app = app
        self.person = Person(name or getpass.getuser(), Role.ADMIN)
        self.token = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reset = _acting.set((self.person, self.token))
        try:
            await self.app(scope, receive, send)
        finally:
            _acting.reset(reset)


def acting() -> Person | None:
    """Who is asking; None where nobody has logged in."""
    found = _acting.get()
    return None if found is None else found[0]


def form_token() -> str:
    """What a form of this page has to send back in `TOKEN_FIELD`; empty where nobody can send anything."""
    found = _acting.get()
    return "" if found is None else found[1]


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
        HTTPException: 401 and 403 as `may`; 403 when it comes from elsewhere or without this page's token, 413 when it
            is too large, 415 when it is no form, 422 when it has too many fields.
    """
    person = may(role)
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2].casefold() != request.headers["host"].casefold():
        raise HTTPException(403, "This was sent from a page of another address.")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "This was sent from a page of another address.")
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != FORM:
        raise HTTPException(415, "Only the forms of these pages can be sent here.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            raise HTTPException(413, f"This is more than {LARGEST_FORM:,} bytes; write less.")
    try:
        pairs = parse_qsl(
            body.decode("ascii", "replace"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise HTTPException(422, f"This has more than {MOST_FIELDS} fields.") from error
    values = dict(pairs)
    given = values.pop(TOKEN_FIELD, "")
    if not hmac.compare_digest(given.encode("utf-8"), form_token().encode("utf-8")):
        told = "The page that this was sent from is too old: onrecord was started anew since. Open it again and resend."
        raise HTTPException(403, told)
    return person, values
