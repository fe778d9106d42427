"""The pages of what linking found: utterances, actors, stories."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.ledger.linked_view import LinkedView
from onrecord.publishing.filters import FilterForm
from onrecord.publishing.linked.entries import judgement_entries
from onrecord.publishing.linked.lists import actor_list, story_list, utterance_list
from onrecord.publishing.linked.pages import actor_page, story_page, utterance_page
from onrecord.publishing.lists import Paging
from onrecord.web.rendering import page

METHODS = ["GET", "HEAD"]
MOST_UTTERANCES = 30
"""Utterances that the page of an actor or of a story shows at most."""

ReadForm = Callable[[Request], tuple[FilterForm, int]]


def add_linked_pages(app: FastAPI, view: LinkedView, read: ReadForm) -> None:
    """Adds the routes; `read` takes the form and the number of the page out of a request."""

    @app.api_route("/utterances", methods=METHODS)
    def utterances(request: Request) -> Response:
        form, number = read(request)
        text = form.filter.text
        paging = Paging(number, 0 if form.problems else view.count_utterances(text=text))
        heads = () if form.problems else view.utterances(text=text, limit=paging.size, offset=paging.offset)
        shown = utterance_list(form, paging, heads)
        return page("utterances.html", _status(form, paging), shown=shown)

    @app.api_route("/utterances/{utterance_id}", methods=METHODS)
    def utterance(utterance_id: str) -> Response:
        found = view.utterance(utterance_id)
        # A passage or a few digits will do to find an utterance; its address is the whole id.
        if found.head.id != utterance_id:
            return _moved("/utterances/", found.head.id)
        judged = judgement_entries(view.judgements({one.passage for one in found.renderings}))
        return page("utterance.html", shown=utterance_page(found), judged=judged)

    @app.api_route("/actors", methods=METHODS)
    def actors(request: Request) -> Response:
        form, number = read(request)
        text = form.filter.text
        paging = Paging(number, 0 if form.problems else view.count_actors(text=text))
        rows = [] if form.problems else view.actors(text=text, limit=paging.size, offset=paging.offset)
        return page("actors.html", _status(form, paging), shown=actor_list(form, paging, rows))

    @app.api_route("/actors/{actor_id}", methods=METHODS)
    def actor(actor_id: str) -> Response:
        found = view.actor(actor_id, utterances=MOST_UTTERANCES)
        if found.row.actor.id != actor_id:
            return _moved("/actors/", found.row.actor.id)
        held = {office.of for office in found.offices if office.of is not None}
        return page("actor.html", shown=actor_page(found, view.actor_names(held)))

    @app.api_route("/stories", methods=METHODS)
    def stories(request: Request) -> Response:
        form, number = read(request)
        text = form.filter.text
        paging = Paging(number, 0 if form.problems else view.count_stories(text=text))
        heads = [] if form.problems else view.stories(text=text, limit=paging.size, offset=paging.offset)
        return page("stories.html", _status(form, paging), shown=story_list(form, paging, heads))

    @app.api_route("/stories/{story_id}", methods=METHODS)
    def story(story_id: str) -> Response:
        found = view.story(story_id, utterances=MOST_UTTERANCES)
        if found.head.id != story_id:
            return _moved("/stories/", found.head.id)
        return page("story.html", shown=story_page(found))


def _moved(place: str, id_: str) -> Response:
    return RedirectResponse(place + quote(id_, safe=""), status_code=307)


def _status(form: FilterForm, paging: Paging) -> int:
    if form.problems:
        return 422
    return 200 if paging.exists else 404
