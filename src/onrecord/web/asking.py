"""What a request asks for, and how a list answers."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

from onrecord.publishing.filters import FilterForm, read_form, read_page
from onrecord.publishing.lists import Paging

METHODS = ["GET", "HEAD"]


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
    if (number := whole_number(given)) is None:
        raise HTTPException(404)
    return number


def whole_number(given: str) -> int | None:
    """A whole number as it was typed; None for anything else, and for one so long that nothing has it.

    >>> whole_number("90"), whole_number("-1"), whole_number("1" * 10), whole_number("²")
    (90, None, None, None)
    """
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def status(paging: Paging, form: FilterForm | None = None) -> int:
    """How a list answers: that a value is no use, that there is no such page, or that all is well."""
    if form is not None and form.problems:
        return 422
    return 200 if paging.exists else 404
