"""What a request asks for, and how a list answers."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

from onrecord.publishing.filters import FilterForm, read_form, read_page, whole_number
from onrecord.publishing.lists import Paging

METHODS = ["GET", "HEAD"]
LARGEST_NUMBER = 999_999_999
"""In an address; nothing at a desk is counted so far."""


def values(request: Request) -> dict[str, str]:
    """The values of the query."""
    # Starlette refuses nothing here; of a name given twice the last value counts, as in a form filled in again.
    return dict(parse_qsl(request.url.query, errors="replace", max_num_fields=None))


def asked_form(request: Request) -> FilterForm:
    """The form that the query fills in."""
    return read_form(values(request))


def asked_page(request: Request) -> int:
    """The number of the page of a list.

    Raises:
        HTTPException: when it is no such number.
    """
    number = read_page(values(request))
    if number is None:
        raise HTTPException(422, "The number of a page is a whole number from 1 on.")
    return number


def typed_name(given: Mapping[str, str]) -> str:
    """The name in a form that was sent, with white space as names have it."""
    return " ".join(given.get("name", "").split())


def numbered(given: str) -> int:
    """The number in an address.

    Raises:
        HTTPException: when there is none.
    """
    if (number := whole_number(given, LARGEST_NUMBER)) is None:
        raise HTTPException(404)
    return number


def status(paging: Paging, form: FilterForm | None = None) -> int:
    """How a list answers: that a value is no use, that there is no such page, or that all is well."""
    if form is not None and form.problems:
        return 422
    return 200 if paging.exists else 404
