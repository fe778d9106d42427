"""The pages of briefs: those on the record, a form that writes one, and each as a file and with its proof."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from onrecord.domain.briefs import BriefFormat
from onrecord.domain.people import Person, Role
from onrecord.errors import NotOnRecord
from onrecord.ledger.weighed_view import WeighedView
from onrecord.ledger.writer import Writer, utc_now
from onrecord.places import Place
from onrecord.proof import write
from onrecord.publishing.briefs import Asked, composed
from onrecord.publishing.briefs.formats import MEDIA_TYPES, written
from onrecord.publishing.briefs.pages import brief_list, brief_page
from onrecord.publishing.weighed.entries import upper_first
from onrecord.settings import Settings
from onrecord.web.acting import sent
from onrecord.web.asking import METHODS, values
from onrecord.web.downloads import attachment
from onrecord.web.rendering import page

FIELDS: Final = ("story", "actor", "text", "since", "until")
LONGEST: Final = 300


def add_brief_pages(app: FastAPI, path: Place | str, view: WeighedView, settings: Settings) -> None:
    """Adds the routes."""

    @app.api_route("/briefs", methods=METHODS)
    def briefs(request: Request) -> Response:
        asked = values(request)
        return _listed({name: asked.get(name, "") for name in FIELDS})

    @app.post("/briefs")
    async def make(request: Request) -> Response:
        person, given = await sent(request, Role.EDITOR)
        return await run_in_threadpool(_made, person, {name: given.get(name, "").strip() for name in FIELDS})

    @app.api_route("/briefs/{brief_id}", methods=METHODS)
    def brief(brief_id: str) -> Response:
        id_, found = view.brief(brief_id)
        # A few digits will do to find a brief; its address is the whole id.
        if id_ != brief_id:
            return RedirectResponse(f"/briefs/{id_}", status_code=307)
        return page("brief.html", shown=brief_page(view, id_, found), formats=tuple(BriefFormat))

    @app.api_route("/briefs/{brief_id}/proof.zip", methods=METHODS)
    def proof(brief_id: str) -> Response:
        with tempfile.TemporaryDirectory() as folder:
            made = write(path, brief_id, Path(folder) / "proof.zip", settings)
            return attachment(made.place.read_bytes(), f"proof-{made.brief[:12]}.zip", "application/zip")

    @app.api_route("/briefs/{brief_id}/{name}", methods=METHODS)
    def written_as(brief_id: str, name: str) -> Response:
        stem, _, ending = name.partition(".")
        if stem != "brief" or ending not in tuple(BriefFormat):
            raise HTTPException(404)
        id_, found = view.brief(brief_id)
        kind = BriefFormat(ending)
        return attachment(written(found, id_, kind), f"brief-{id_[:12]}.{ending}", MEDIA_TYPES[kind])

    def _listed(given: Mapping[str, str], problem: str = "") -> Response:
        return page("briefs.html", 422 if problem else 200, shown=brief_list(view), given=given, problem=problem)

    def _made(person: Person, given: Mapping[str, str]) -> Response:
        if not any(given[name] for name in ("story", "actor", "text")):
            return _listed(given, "Say what it is about: a story, an actor, or words.")
        if any(len(value) > LONGEST for value in given.values()):
            return _listed(given, f"A value is longer than {LONGEST} characters.")
        try:
            since, until = (date.fromisoformat(given[name]) if given[name] else None for name in ("since", "until"))
        except ValueError:
            return _listed(given, "A day is written like 2022-02-17.")
        story, actor, text = (given[name] or None for name in ("story", "actor", "text"))
        try:
            made = composed(view, Asked(story, actor, text, since, until), by=person.name, made=utc_now())
        except NotOnRecord as error:
            return _listed(given, f"{upper_first(str(error))}.")
        with Writer(path, settings) as writer:
            named = writer.record_brief(made)
        return RedirectResponse(f"/briefs/{named}", status_code=303)
