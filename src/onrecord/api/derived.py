"""The routes of what linking and weighing derived: utterances, actors, stories, relations, figures, the docket."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import Response

from onrecord.api.answers import Listing, Row, address, answered, etag, listed
from onrecord.api.problems import UnusableValue
from onrecord.api.queries import Actors, Docket, Figures, Relations, Stories, Utterances
from onrecord.api.routing import asked_id, reads
from onrecord.errors import NotOnRecord
from onrecord.ledger.weighed import ShownLineage
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.linked_exports import actor_row, story_row, utterance_row
from onrecord.publishing.weighed.beginning import passed
from onrecord.publishing.weighed_exports import docket_row, figure_row, relation_row

UtteranceId = Annotated[str, Path(alias="id", description="Its id, or that of a passage or statement of it.")]
ActorId = Annotated[str, Path(alias="id", description="An actor's id or name.")]
StoryId = Annotated[str, Path(alias="id", description="A story's id, or that of a report in it.")]
RelationId = Annotated[str, Path(alias="id", description="A relation's id, or six digits or more of it.")]
LineageId = Annotated[str, Path(alias="id", description="A lineage's id, or that of a figure in it.")]
EntryId = Annotated[str, Path(alias="id", description="The id of the entry's utterance, or of a passage of it.")]


def add_derived(api: FastAPI, view: WeighedView) -> None:
    """Adds the routes."""
    _add_linked(api, view)
    _add_relations(api, view)
    _add_figures(api, view)
    _add_docket(api, view)


def _add_linked(api: FastAPI, view: WeighedView) -> None:
    @reads(api, "/utterances", "utterances", "Utterances, most independent origins first", each=True)
    def utterances(request: Request, asked: Annotated[Utterances, Query()]) -> Response:
        text = asked.form().filter.text
        actor = _known("actor", asked.actor, view.actor_id)
        story = _known("story", asked.story, lambda given: view.story(given, utterances=0).head.id)
        least = {"reports": asked.reports, "origins": asked.origins}
        heads = partial(view.utterances, actor=actor, text=text, story=story, **least)
        listing = Listing(
            partial(view.count_utterances, actor=actor, text=text, story=story, **least),
            lambda limit, offset: map(utterance_row, view.whole_utterances(heads(limit=limit, offset=offset))),
        )
        return listed(request, view, asked, listing)

    @reads(api, "/utterances/{id}", "utterances", "One utterance")
    def utterance(request: Request, utterance_id: UtteranceId) -> Response:
        tag = etag(view)
        found = view.utterance(asked_id(utterance_id))
        return answered(request, tag, lambda: utterance_row(found), place=address(request, found.head.id))

    @reads(api, "/actors", "actors", "Actors, most statements first", each=True)
    def actors(request: Request, asked: Annotated[Actors, Query()]) -> Response:
        text = asked.form().filter.text
        listing = Listing(
            partial(view.count_actors, text=text),
            lambda limit, offset: map(actor_row, view.actors(text=text, limit=limit, offset=offset)),
        )
        return listed(request, view, asked, listing)

    @reads(api, "/actors/{id}", "actors", "One actor")
    def actor(request: Request, actor_id: ActorId) -> Response:
        tag = etag(view)
        found = view.actor(asked_id(actor_id), utterances=0).row
        return answered(request, tag, lambda: actor_row(found), place=address(request, found.actor.id))

    @reads(api, "/stories", "stories", "Stories, newest first", each=True)
    def stories(request: Request, asked: Annotated[Stories, Query()]) -> Response:
        text, reports = asked.form().filter.text, asked.reports
        heads = partial(view.stories, text=text, reports=reports)
        listing = Listing(
            partial(view.count_stories, text=text, reports=reports),
            lambda limit, offset: map(story_row, view.whole_stories(heads(limit=limit, offset=offset))),
        )
        return listed(request, view, asked, listing)

    @reads(api, "/stories/{id}", "stories", "One story")
    def story(request: Request, story_id: StoryId) -> Response:
        tag = etag(view)
        found = view.story(asked_id(story_id), utterances=0)
        return answered(request, tag, lambda: story_row(found), place=address(request, found.head.id))


def _add_relations(api: FastAPI, view: WeighedView) -> None:
    @reads(api, "/relations", "relations", "Relations, the newest first", each=True)
    def relations(request: Request, asked: Annotated[Relations, Query()]) -> Response:
        text, kind = asked.form().filter.text, asked.kind or None
        actor = _known("actor", asked.actor, view.actor_id)
        utterance = _known("utterance", asked.utterance, lambda given: view.utterance(given).head.id)
        found = partial(view.relations, kind=kind, actor=actor, utterance=utterance, text=text)
        listing = Listing(
            partial(view.count_relations, kind=kind, actor=actor, utterance=utterance, text=text),
            lambda limit, offset: map(relation_row, found(limit=limit, offset=offset)),
        )
        return listed(request, view, asked, listing)

    @reads(api, "/relations/{id}", "relations", "One relation")
    def relation(request: Request, relation_id: RelationId) -> Response:
        tag = etag(view)
        found = view.relation(asked_id(relation_id))
        return answered(request, tag, lambda: relation_row(found), place=address(request, found.id))


def _add_figures(api: FastAPI, view: WeighedView) -> None:
    @reads(api, "/figures", "figures", "Figures followed through time, those with disputes first", each=True)
    def figures(request: Request, asked: Annotated[Figures, Query()]) -> Response:
        text, least = asked.form().filter.text, asked.figures
        heads = partial(view.lineages, text=text, figures=least)
        listing = Listing(
            partial(view.count_lineages, text=text, figures=least),
            lambda limit, offset: map(_lineage_row, view.whole_lineages(heads(limit=limit, offset=offset))),
        )
        return listed(request, view, asked, listing)

    @reads(api, "/figures/{id}", "figures", "One figure through time")
    def figure(request: Request, lineage_id: LineageId) -> Response:
        tag = etag(view)
        found = view.lineage(asked_id(lineage_id))
        return answered(request, tag, lambda: _lineage_row(found), place=address(request, found.head.id))


def _add_docket(api: FastAPI, view: WeighedView) -> None:
    # Whether an entry is open or due hangs on the clock, so the ETag stands for how many have passed, too.
    @reads(api, "/docket", "docket", "Docket entries, by the day on which they fall due", each=True)
    def docket(request: Request, asked: Annotated[Docket, Query()]) -> Response:
        form, now = asked.form().filter, view.today()
        act = None if form.act is None else form.act.value
        actor = _known("actor", asked.actor, view.actor_id)
        rows = partial(view.docket, actor=actor, act=act, text=form.text)
        listing = Listing(
            partial(view.count_docket, actor=actor, act=act, text=form.text),
            lambda limit, offset: (
                docket_row(one, now) for one in view.whole_entries(rows(limit=limit, offset=offset))
            ),
        )
        return listed(request, view, asked, listing, more=str(passed(view, now)))

    @reads(api, "/docket/{id}", "docket", "One docket entry")
    def entry(request: Request, entry_id: EntryId) -> Response:
        now = view.today()
        tag = etag(view, str(passed(view, now)))
        found = view.docket_entry(asked_id(entry_id))
        place = address(request, found.row.entry.utterance)
        return answered(request, tag, lambda: docket_row(found, now), place=place)


def _lineage_row(shown: ShownLineage) -> Row:
    """A lineage, as `onrecord figure --json` prints it."""
    return {"id": shown.head.id, "figures": list(map(figure_row, shown.figures))}


def _known(parameter: str, given: str, find: Callable[[str], str]) -> str | None:
    """The whole id of what a value of the query names, None where none is given.

    Raises:
        UnusableValue: when there is no such thing, or more than one.
    """
    if not given.strip():
        return None
    try:
        return find(given.strip())
    except NotOnRecord as error:
        raise UnusableValue({parameter: str(error)}) from error
