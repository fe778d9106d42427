"""The pages that say what is wrong, for errors that end a request."""

from __future__ import annotations

import logging

from fastapi import Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from onrecord.api.problems import problem
from onrecord.errors import (
    DeskError,
    ExtraMissing,
    LedgerBusy,
    LedgerError,
    NotOnRecord,
    RefusedCorrection,
    RefusedGrade,
    SettingsError,
)
from onrecord.publishing.weighed.entries import upper_first
from onrecord.web.entrance import API
from onrecord.web.rendering import error_page

log = logging.getLogger(__name__)

_TITLES = {
    401: "Log in first",
    403: "This is refused",
    413: "This is too long",
    415: "This cannot be taken",
}


def http_error(request: Request, error: Exception) -> Response:
    """For what a page refuses, and for an address or a method that there is not."""
    number = error.status_code if isinstance(error, HTTPException) else 500
    if request.scope["path"].startswith(f"{API}/"):
        # An address with a line feed in it is not taken for one of the interface, and a program still asked.
        return problem(number, "There is no such address here; see openapi.json.")
    words = {
        404: ("There is no such page", "The address may be mistyped, or the page has never been here."),
        405: ("This page is only read", "Nothing can be sent to it."),
    }
    title = _TITLES.get(number, "This address cannot be used")
    title, explanation = words.get(number, (title, str(getattr(error, "detail", ""))))
    return error_page(number, title, explanation)


def onrecord_error(_request: Request, error: Exception) -> Response:
    """For what onrecord raises."""
    if isinstance(error, NotOnRecord):
        return error_page(404, "This is not on the record", _sentence(error))
    if isinstance(error, RefusedCorrection | RefusedGrade):
        return error_page(422, "This was not put on the record", _sentence(error))
    if isinstance(error, LedgerBusy):
        return error_page(503, "Somebody else is writing on the record now", _sentence(error))
    if isinstance(error, LedgerError):
        log.warning("%s", error)
        return error_page(503, "The record cannot be read now", _sentence(error))
    if isinstance(error, DeskError):
        log.warning("%s", error)
        return error_page(503, "The desk cannot be used now", "The window it was started from says more.")
    if isinstance(error, ExtraMissing):
        return error_page(501, "This needs a library that is not installed here", _sentence(error))
    if isinstance(error, SettingsError):
        # It begins with the name of a file, which is told as it is written.
        return error_page(500, "A file of this desk cannot be used", str(error))
    return error_page(422, "This cannot be looked up", _sentence(error))


def _sentence(error: Exception) -> str:
    # Errors are worded to stand behind "error: " in a terminal.
    return upper_first(str(error))


def failed(_request: Request) -> Response:
    """For what nobody foresaw."""
    told = "Something went wrong inside onrecord; the window it was started from says more."
    return error_page(500, "This page could not be made", told)
