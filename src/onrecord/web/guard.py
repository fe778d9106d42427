"""What stands between the network and the pages: a check of the Host header, the same headers on every response,
and no traceback on any.

The Host check stops another site from reading the record through a name that it points at 127.0.0.1 (DNS rebinding).
The policy allows no inline script or style, nothing from elsewhere, and no frame around the pages.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

LOCAL_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

WRONG_HOST = (
    "These pages answer only to the names 127.0.0.1, localhost and [::1].\n"
    "Open the address that onrecord printed when it was started.\n"
)


class Guard:
    """ASGI middleware around the whole application; `failed` makes the page for an error that nobody foresaw."""

    def __init__(self, app: ASGIApp, failed: Callable[[Request], Response]) -> None:
        self.app = app
        self.failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            # There are no web sockets here; the server answers an early close with 403.
            await send({"type": "websocket.close", "code": 1008})
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or not LOCAL_HOST.fullmatch(hosts[0]):
            await PlainTextResponse(WRONG_HOST, status_code=421)(scope, receive, send_guarded)
            return
        try:
            await self.app(scope, receive, send_guarded)
        except Exception:
            log.exception("a page could not be made")
            # Half a response cannot be taken back: the server breaks it off, which the other side can see.
            if started:
                raise
            await self.failed(Request(scope))(scope, receive, send_guarded)
