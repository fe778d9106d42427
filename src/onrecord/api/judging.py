"""The route by which a program puts a judgement on the record, in the name of the person whose token it has."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Final, Literal

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from onrecord.api.problems import UnusableBody, documented
from onrecord.assessing import judged
from onrecord.domain.judgements import VERDICTS, Judgement, Subject
from onrecord.domain.people import Person, Role
from onrecord.errors import NotOnRecord
from onrecord.ledger.weighed_view import WeighedView
from onrecord.pipeline import take_up
from onrecord.publishing.exports import json_lines
from onrecord.publishing.filters import LONGEST_VALUE
from onrecord.publishing.weighed_exports import judgement_row
from onrecord.settings import Settings

Received = Callable[[Request, Role], Awaitable[tuple[Person, bytes]]]
"""Who sends the body of a request, and its bytes, where they may do what the role may."""

LONGEST_WHY: Final = 2_000
WORDS: Final = tuple(
    dict.fromkeys(
        word
        for subject in (Subject.PASSAGE, Subject.RELATION, Subject.STATUS, Subject.EVIDENCE)
        for word in map(str, VERDICTS[subject])
    )
)
"""The verdicts that can be sent."""

_ONE_AFTER_ANOTHER: Final = CapacityLimiter(1)
"""Each is linked and weighed before the next, as with `onrecord judge`; who waits keeps no thread from readers."""


def _told(text: str) -> str:
    if not text.strip():
        raise ValueError("say why; it stays on the record")
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in text):
        raise ValueError("there are control characters in it")
    return text.strip()


class Said(BaseModel):
    """A judgement as it is sent."""

    model_config = ConfigDict(extra="forbid", strict=True)

    verdict: Literal[WORDS] = Field(description="Your word, as of `onrecord judge`.")  # type: ignore[valid-type]
    a: str = Field(max_length=LONGEST_VALUE, description="A passage, statement, utterance, actor or report, by its id.")
    b: str | None = Field(default=None, max_length=LONGEST_VALUE, description="Another, where two are judged.")
    why: Annotated[str, AfterValidator(_told)] = Field(max_length=LONGEST_WHY, description="The reason; it stays.")


def add_judging(api: FastAPI, view: WeighedView, settings: Settings, received: Received) -> None:
    """Adds the route."""

    @api.post(
        "/judgements",
        summary="Put a judgement on the record",
        operation_id="judge",
        description="It carries the name of the person whose token is sent, whose role has to be editor, and overrides "
        "what the program holds. It is never erased: to take it back, judge again; the latest counts.",
        status_code=201,
        response_class=Response,
        responses={
            201: {
                "description": "It is on the record, and what comes of it too.",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            **documented(401, 403, 404, 413, 415, 422, 429, 503),
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": Said.model_json_schema(), "example": _EXAMPLE}},
            }
        },
    )
    async def judge(request: Request) -> Response:
        person, body = await received(request, Role.EDITOR)
        put = partial(_put, view, settings, _said(body), person)
        made = await to_thread.run_sync(put, limiter=_ONE_AFTER_ANOTHER)
        row = {"id": made.id, "subject": made.subject.value, "a": made.a, "b": made.b or None, **judgement_row(made)}
        return Response("".join(json_lines([row])), 201, media_type="application/json")


_EXAMPLE: Final = {"verdict": "contradicts", "a": "3f09c2", "b": "77ab10", "why": "both speak of the same night"}


def _said(body: bytes) -> Said:
    try:
        return Said.model_validate_json(body)
    except ValidationError as error:
        faults = {str(one["loc"][-1]) if one["loc"] else "body": str(one["msg"]) for one in error.errors()}
        raise UnusableBody(faults) from error


def _put(view: WeighedView, settings: Settings, said: Said, person: Person) -> Judgement:
    for name, given in (("a", said.a), ("b", said.b)):
        if given is not None and not given.strip():
            raise NotOnRecord(f"{name} names nothing; give the id of what is judged")
    made = judged(view.path, said.verdict, said.a, said.b, why=said.why, by=person.name, settings=settings)
    take_up(view.path, {made.subject}, settings)
    return made
