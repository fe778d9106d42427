"""The pages of what linking found: utterances, actors, stories."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.judging_pages import judging_actor, judging_story, judging_utterance
from onrecord.publishing.lacking import lacking_utterance
from onrecord.publishing.linked.lists import ActorList, StoryList, UtteranceList, actor_list, story_list, utterance_list
from onrecord.publishing.linked.pages import actor_page, story_page, utterance_page
from onrecord.publishing.lists import paged
from onrecord.publishing.versions.flags import flagged, located
from onrecord.publishing.weighed.beside import beside_actor, beside_story, beside_utterance
from onrecord.web.asking import METHODS, asked_form, asked_page, status
from onrecord.web.earlier import Stood
from onrecord.web.rendering import actor_path, page, story_path, utterance_path

MOST_UTTERANCES = 30
"""Utterances that the page of an actor or of a story shows at most."""


def add_linked_pages(app: FastAPI, view: WeighedView, stood: Stood) -> None:
    """Adds the routes."""

    @app.api_route("/utterances", methods=METHODS)
    def utterances(request: Request) -> Response:
        form = asked_form(request)
        count = partial(view.count_utterances, text=form.filter.text)
        rows = partial(view.utterances, text=form.filter.text)
        return _listed("utterances.html", utterance_list(form, *paged(form, asked_page(request), count, rows)))

    @app.api_route("/utterances/{utterance_id}", methods=METHODS)
    def utterance(utterance_id: str, request: Request) -> Response:
        found = view.utterance(utterance_id)
        # A passage or a few digits will do to find an utterance; its address is the whole id.
        if found.head.id != utterance_id:
            return RedirectResponse(utterance_path(found.head.id), status_code=307)
        with stood(request, found) as (then, days):
            found = found if then is view else then.utterance(found.head.id)
            beside = beside_utterance(then, found.head.id, then.today())
            lacking = lacking_utterance(then, found)
        judge = judging_utterance(view, found) if then is view else None
        changed = flagged(view, map(located, found.renderings))
        shown = utterance_page(found)
        return page(
            "utterance.html", shown=shown, days=days, judge=judge, beside=beside, lacking=lacking, changed=changed
        )

    @app.api_route("/actors", methods=METHODS)
    def actors(request: Request) -> Response:
        form = asked_form(request)
        count = partial(view.count_actors, text=form.filter.text)
        rows = partial(view.actors, text=form.filter.text)
        return _listed("actors.html", actor_list(form, *paged(form, asked_page(request), count, rows)))

    @app.api_route("/actors/{actor_id}", methods=METHODS)
    def actor(actor_id: str, request: Request) -> Response:
        found = view.actor(actor_id, utterances=MOST_UTTERANCES)
        if found.row.actor.id != actor_id:
            return RedirectResponse(actor_path(found.row.actor.id), status_code=307)
        held = {office.of for office in found.offices if office.of is not None}
        with stood(request, found) as (then, days):
            found = found if then is view else then.actor(found.row.actor.id, utterances=MOST_UTTERANCES)
            beside = beside_actor(then, found.row.actor.id, then.today())
        judge = judging_actor(view, found.row.actor) if then is view else None
        shown = actor_page(found, view.actor_names(held))
        return page("actor.html", shown=shown, days=days, beside=beside, judge=judge)

    @app.api_route("/stories", methods=METHODS)
    def stories(request: Request) -> Response:
        form = asked_form(request)
        count = partial(view.count_stories, text=form.filter.text)
        rows = partial(view.stories, text=form.filter.text)
        return _listed("stories.html", story_list(form, *paged(form, asked_page(request), count, rows)))

    @app.api_route("/stories/{story_id}", methods=METHODS)
    def story(story_id: str, request: Request) -> Response:
        found = view.story(story_id, utterances=MOST_UTTERANCES)
        if found.head.id != story_id:
            return RedirectResponse(story_path(found.head.id), status_code=307)
        with stood(request, found) as (then, days):
            found = found if then is view else then.story(found.head.id, utterances=MOST_UTTERANCES)
            said = then.count_utterances(story=found.head.id)
            beside = beside_story(then, found.head.id, then.today())
        judge = judging_story(view, found) if then is view else None
        return page("story.html", shown=story_page(found), days=days, utterances=said, beside=beside, judge=judge)


def _listed(template: str, shown: UtteranceList | ActorList | StoryList) -> Response:
    return page(template, status(shown.paging, shown.form), shown=shown)
