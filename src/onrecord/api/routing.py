"""How a route is added: for GET and HEAD, with what OpenAPI says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, TypeVar

from fastapi import FastAPI
from starlette.responses import Response

from onrecord.api.problems import documented
from onrecord.errors import NotOnRecord
from onrecord.publishing.filters import LONGEST_VALUE

Handler = TypeVar("Handler", bound=Callable[..., Response])

ROWS: Final = {
    "reports": "A report as far as a list shows it: which, from whom, published when.",
    "report": "A report with its text, in which every span of the record points at characters `[start, end)`.",
    "versions": "The versions of a page, when each was seen, when it was gone, and the change between two of them.",
    "statements": "A statement: its spans with their characters, kind, speaker, confidence, report and passages.",
    "utterances": "An utterance: every passage that renders it, how each differs from the fullest, its origins.",
    "actors": "An actor, and how much is on the record of what it said.",
    "stories": "A story: its reports, and which of them have one origin.",
    "relations": "How passage `a` stands to passage `b`, with the reasons, and who judged.",
    "figures": "A lineage: figures that count one thing, each with its passage, earliest published first.",
    "docket": "A docket entry: who is bound, what would count as met, by when, what bears on it, what people decided.",
    "briefs": "A brief in a list: `changed` says in words what no longer stands as the brief has it.",
    "brief": "A brief: sections of sentences that cite, by number, the characters they rest on.",
    "search": "What is found: the row of its kind with `found` behind it, which tells by what: words, meaning or name.",
    "record": "How much is on the record, the hash of its newest entry (head), and its digest.",
}
"""What a row is, by the name of its example."""


def reads(api: FastAPI, path: str, row: str, summary: str, *, each: bool = False) -> Callable[[Handler], Handler]:
    """Adds a route that is only read; `row` names what it answers with, or what `each` item of its list is."""

    def add(handler: Handler) -> Handler:
        statuses = (304, 422, 503) if each else (304, 404, 422, 503) if "{" in path else (304, 503)
        answer = {
            "description": ("A part of the list. " if each else "") + ROWS[row],
            "headers": {"ETag": {"description": "The state of the record.", "schema": {"type": "string"}}},
            "content": {"application/json": {"schema": _schema(row, each)}},
        }
        api.add_api_route(
            path,
            handler,
            methods=["GET"],
            summary=summary,
            operation_id=path.strip("/").replace("/{id}", "_by_id").replace("/", "_"),
            responses={200: answer, **documented(*statuses)},
        )
        api.add_api_route(path, handler, methods=["HEAD"], include_in_schema=False)
        _examples_of(api)[path] = {"items": [_rows()[row]], "next": None, "total": 1} if each else _rows()[row]
        return handler

    return add


def give_examples(api: FastAPI, document: dict[str, Any]) -> None:
    """Puts the examples into an OpenAPI document; FastAPI would drop what is null in them."""
    for path, example in _examples_of(api).items():
        document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["example"] = example


def _examples_of(api: FastAPI) -> dict[str, Any]:
    if not hasattr(api.state, "examples"):
        api.state.examples = {}
    found: dict[str, Any] = api.state.examples
    return found


def asked_id(given: str) -> str:
    """An id as it was asked for.

    Raises:
        NotOnRecord: when it is too long for anything's id or name.
    """
    if len(given) > LONGEST_VALUE:
        raise NotOnRecord(f"nothing whose id or name is longer than {LONGEST_VALUE} characters is looked for")
    return given


def _schema(row: str, each: bool) -> dict[str, Any]:
    of = {"type": "object", "description": ROWS[row]}
    if not each:
        return of
    return {
        "type": "object",
        "required": ["items", "next", "total"],
        "properties": {
            "items": {"type": "array", "items": of},
            "next": {
                "type": ["string", "null"],
                "description": "The cursor of the part behind this one; null when this is the last.",
            },
            "total": {"type": "integer", "description": "How many items the whole list has."},
        },
    }


@lru_cache(maxsize=1)
def _rows() -> dict[str, Any]:
    """A row of each sort, as the invented crisis in examples/ gives it; long lists are cut to their first item."""
    found: dict[str, Any] = json.loads(files("onrecord.api").joinpath("examples.json").read_text(encoding="utf-8"))
    return found
