"""How the interface answers: one line of JSON, with an ETag under which it need not be sent again.

The ETag stands for the state of the whole record and of what was derived from it, so it is the same on every part of a
list that was read from one state: a program that walks a list knows by it whether something changed on the way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from onrecord import __version__
from onrecord.api.cursors import cursor, offset_of
from onrecord.api.problems import UnusableValue
from onrecord.api.queries import Part
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.exports import json_lines

Row = dict[str, object]
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that was asked for: how many there are, and the rows from `offset` on, `limit` at most."""

    total: Callable[[], int]
    rows: Callable[[int, int], Iterable[Row]]


def listing(
    count: Callable[..., int], shown: Callable[..., Iterable[Shown]], row: Callable[[Shown], Row], **wanted: object
) -> Listing:
    """The list of what a view counts and shows under the same conditions."""
    return Listing(
        partial(count, **wanted), lambda limit, offset: map(row, shown(**wanted, limit=limit, offset=offset))
    )


def etag(view: WeighedView, more: str = "") -> str:
    """The strong ETag of all that can be shown now; `more` is what else an answer depends on.

    It is made of the head of the chain and of what every commit changes (`View.touched`): what linking and weighing
    derive takes no part in the chain. So it may change where nothing that is shown did, and stays where nothing was
    written. Ask for it before the rows: a writer in between
    then costs one more answer, and never leaves an old one standing.
    """
    state = "\x1f".join((__version__, view.head(), view.touched(), more))
    return f'"{hashlib.sha256(state.encode("utf-8")).hexdigest()[:32]}"'


def answered(request: Request, tag: str, body: Callable[[], Row], *, place: str | None = None) -> Response:
    """The answer with this ETag, which is made only for who does not have it; `place` is the address of the thing."""
    headers = {"ETag": tag}
    if place is not None:
        headers["Content-Location"] = place
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response("".join(json_lines([body()])), headers=headers, media_type="application/json")


def listed(request: Request, view: WeighedView, asked: Part, listing: Listing, *, more: str = "") -> Response:
    """The part of a list that was asked for.

    Raises:
        UnusableValue: when the cursor is none of this question.
    """
    question = f"{request.url.path} {asked.question}"
    offset = 0
    if asked.cursor is not None:
        try:
            offset = offset_of(question, asked.cursor)
        except ValueError as error:
            why = "This is no cursor of this list and these values; take the next of an answer to the same question."
            raise UnusableValue({"cursor": why}) from error

    def body() -> Row:
        total = listing.total()
        items = list(listing.rows(asked.limit, offset))
        end = offset + asked.limit
        return {"items": items, "next": cursor(question, end) if end < total else None, "total": total}

    return answered(request, etag(view, more), body)


def address(request: Request, id_: str) -> str:
    """Where the thing with this whole id stands, when a part of the id or another name may have been asked."""
    return f"{request.url.path.rsplit('/', 1)[0]}/{quote(id_, safe='')}"


def _has(request: Request, tag: str) -> bool:
    """Whether If-None-Match names the ETag, compared weakly as RFC 9110 has it."""
    given = ",".join(request.headers.getlist("if-none-match"))
    names = {name.strip().removeprefix("W/") for name in given.split(",")}
    return tag in names or "*" in names
