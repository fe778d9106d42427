"""Errors as problem details after RFC 9457: one shape, `application/problem+json`, for all that goes wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel, Field
from starlette.responses import Response

from onrecord.errors import OnrecordError
from onrecord.publishing.wording import printable, shortened

MEDIA_TYPE: Final = "application/problem+json"
MOST_FAULTS: Final = 20
"""Faults that one problem tells at most; a query may hold any number."""


class Fault(BaseModel):
    """What is wrong with one value of the query or of the body."""

    parameter: str = Field(description="The name of the value.", examples=["since"])
    detail: str = Field(description="Why it cannot be used.", examples=["This is not a date."])


class Problem(BaseModel):
    """A problem after RFC 9457; `type` is "about:blank", so `title` is what HTTP calls the status."""

    type: str = Field(default="about:blank", description="Always about:blank: the status says it all.")
    title: str = Field(description="What HTTP calls the status.", examples=["Unprocessable Content"])
    status: int = Field(description="The status of the response.", examples=[422])
    detail: str = Field(description="What is wrong, in a sentence.")
    errors: list[Fault] = Field(default=[], description="The values that cannot be used.")


class UnusableValue(OnrecordError):
    """Values of a query that cannot be used: `faults` says why, by the name of each."""

    of = "query"

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in faults.items()))
        self.faults = faults


class UnusableBody(UnusableValue):
    """The same of a body."""

    of = "body"


def problem(
    status: int, detail: str, faults: Sequence[tuple[str, str]] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """The response that tells a problem."""
    told = Problem(
        title=_TITLES.get(status) or HTTPStatus(status).phrase,
        status=status,
        detail=printable(shortened(detail[:1].upper() + detail[1:], 600)),
        errors=[
            Fault(parameter=printable(shortened(name, 60)), detail=printable(shortened(why, 300)))
            for name, why in faults[:MOST_FAULTS]
        ],
    )
    # Every name and every reason may be a stranger's, a lone surrogate in it too: ASCII holds them all.
    body = json.dumps(told.model_dump()).encode("ascii")
    return Response(body, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of these statuses."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {one: {"description": _MEANINGS[one], "content": {MEDIA_TYPE: {"schema": schema}}} for one in statuses}


def schemas() -> dict[str, Any]:
    """The schemas that `documented` refers to."""
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**made.pop("$defs"), "Problem": made}


# Pythons differ in what they call it: RFC 9110 gave it a new name.
_TITLES: Final = {422: "Unprocessable Content"}

_MEANINGS: Final = {
    304: "Nothing has changed since the answer with the ETag that If-None-Match names.",
    401: "No token that holds was sent, and this address takes one.",
    403: "The token does not go so far, or it was sent from a page of another address.",
    404: "It is not on the record.",
    413: "The body is too long.",
    415: "The body is no JSON.",
    422: "A value cannot be used.",
    429: "Too many at once; Retry-After says when to ask again.",
    503: "The record cannot be read now.",
}
