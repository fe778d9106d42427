"""What stands between the network and the pages: a check of the Host header, the same headers on every response,
and no traceback on any.

The Host check stops another site from reading the record through a name that it points at 127.0.0.1 (DNS rebinding).
Pages that others reach answer to the names that were told, and to no other.
The policy allows no inline script or style, nothing from elsewhere, and no frame around the pages.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")


def host_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """What a Host header may be: one of the names, with a port or without."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?::[0-9]{{1,5}})?", re.IGNORECASE)


LOCAL_HOST = host_pattern(LOCAL_NAMES)

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
WRONG_NAME = "These pages do not answer to this name.\n"

ONLY_TLS = {"Strict-Transport-Security": "max-age=31536000"}


class Guard:
    """ASGI middleware around the whole application; `failed` makes the page for an error that nobody foresaw.

    Without `names` it answers to those of this computer; with `secure` browsers are told to come over TLS only.
    """

    def __init__(
        self,
        app: ASGIApp,
        failed: Callable[[Request], Response],
        names: Iterable[str] = LOCAL_NAMES,
        secure: bool = False,
    ) -> None:
        self.app = app
        self.failed = failed
        self.hosts = host_pattern(names)
        self.wrong_host = WRONG_HOST if tuple(names) == LOCAL_NAMES else WRONG_NAME
        self.headers = HEADERS | (ONLY_TLS if secure else {})

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
                headers.update(self.headers)
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or not self.hosts.fullmatch(hosts[0]):
            await PlainTextResponse(self.wrong_host, status_code=421)(scope, receive, send_guarded)
            return
        try:
            await self.app(scope, receive, send_guarded)
        except Exception:
            log.exception("a page could not be made")
            # Half a response cannot be taken back: the server breaks it off, which the other side can see.
            if started:
                raise
            await self.failed(Request(scope))(scope, receive, send_guarded)
