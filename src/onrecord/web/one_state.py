"""Each page shows one state of the record, however many questions it asks."""

from __future__ import annotations

from typing import Final

import anyio
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.ledger.view import View

_READING: Final = ("GET", "HEAD")


class OneStateEach:
    """ASGI middleware under which whoever reads sees one state; who sends something goes on to see what came of it."""

    def __init__(self, app: ASGIApp, view: View) -> None:
        self.app = app
        self.view = view

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _READING:
            await self.app(scope, receive, send)
            return
        state = self.view.one_state()
        try:
            await self.app(scope, receive, send)
        finally:
            if state.has_begun:
                # What is left is a way to the server, and others are answered meanwhile.
                with anyio.CancelScope(shield=True):
                    await anyio.to_thread.run_sync(state.let_go)
            state.close()
