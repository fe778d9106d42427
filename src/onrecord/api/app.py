"""The application of the interface: routes over one view, problems in place of error pages, and its OpenAPI document.

All is read but judgements, which are sent. It is mounted by `onrecord.web`, whose guard checks the Host header and puts
its headers on every response and whose door says who is asking; no header lets another site's script read anything (no
CORS).
"""

from __future__ import annotations

import logging
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord import __version__
from onrecord.api.derived import add_derived
from onrecord.api.judging import Received, add_judging
from onrecord.api.problems import UnusableValue, problem, schemas
from onrecord.api.recorded import add_recorded
from onrecord.api.routing import give_examples
from onrecord.api.searching import add_search
from onrecord.errors import LedgerError, NotOnRecord, OnrecordError
from onrecord.ledger.weighed_view import WeighedView
from onrecord.settings import Settings

ABOUT: Final = """Who said what, when, as reported by whom, and what stands against what.

Lists answer with a part of them; ask for the next with its cursor. Answers carry an ETag for the state of the record:
send it back as If-None-Match, and nothing is sent again while nothing has changed. What goes wrong is told as a problem
after RFC 9457. On this computer alone nobody logs in; elsewhere send a token. Later versions only add keys behind the
last one."""

log = logging.getLogger(__name__)


def create_api(view: WeighedView, settings: Settings, received: Received) -> FastAPI:
    """The application over a view, which whoever opened it closes; `received` says who sends what, or refuses it."""
    api = _Api(
        title="onrecord",
        version=__version__,
        description=ABOUT,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    api.add_middleware(_Unforeseen)
    api.add_exception_handler(HTTPException, _http_problem)
    api.add_exception_handler(RequestValidationError, _query_problem)
    api.add_exception_handler(OnrecordError, _onrecord_problem)
    add_recorded(api, view)
    add_derived(api, view)
    add_search(api, view)
    add_judging(api, view, settings, received)
    return api


class _Api(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The document, with the schemas of problems, to which the routes refer, and the examples."""
        if not self.openapi_schema:
            made = super().openapi()
            made.setdefault("components", {}).setdefault("schemas", {}).update(schemas())
            give_examples(self, made)
            made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            # Either: where nobody logs in no token is needed.
            made["security"] = [{}, {"token": []}]
        return super().openapi()


class _Unforeseen:
    """ASGI middleware that makes a problem of an error that nobody foresaw; every answer is whole before it starts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except Exception:
            log.exception("an answer could not be made")
            told = "Something went wrong inside onrecord; the window it was started from says more."
            await problem(500, told)(scope, receive, send)


def _http_problem(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return problem(500, str(error))
    words = {404: "There is no such address here; see openapi.json.", 405: "Nothing like this is taken here."}
    return problem(error.status_code, words.get(error.status_code, str(error.detail)), headers=error.headers)


def _query_problem(_request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    faults = [(str(one["loc"][-1]), _SIMPLER.get(one["type"], str(one["msg"]))) for one in found]
    return _unusable(faults)


def _onrecord_problem(_request: Request, error: Exception) -> Response:
    if isinstance(error, NotOnRecord):
        return problem(404, str(error))
    if isinstance(error, UnusableValue):
        return _unusable(list(error.faults.items()), error.of)
    if isinstance(error, LedgerError):
        log.warning("%s", error)
        return problem(503, str(error))
    return problem(422, str(error))


def _unusable(faults: list[tuple[str, str]], of: str = UnusableValue.of) -> Response:
    return problem(422, f"Values of the {of} cannot be used; see errors.", faults)


_SIMPLER: Final = {"extra_forbidden": "There is no such value here; openapi.json lists those that there are."}
