"""The routes of what linking and weighing derived: utterances, actors, stories, relations, figures, the docket."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import Response

from onrecord.api.answers import Row, address, answered, etag, listed, listing
from onrecord.api.problems import UnusableValue
from onrecord.api.queries import Actors, Docket, Figures, Relations, Stories, Utterances
from onrecord.api.routing import asked_id, reads
from onrecord.errors import NotOnRecord
from onrecord.ledger.linked import ShownStory, ShownUtterance
from onrecord.ledger.weighed import ShownEntry, ShownLineage
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
        story = _known("story", asked.story, view.story_id)
        wanted = {"actor": actor, "text": text, "story": story, "reports": asked.reports, "origins": asked.origins}

        def shown(**part: Any) -> Iterable[ShownUtterance]:
            return view.whole_utterances(view.utterances(**part))

        return listed(request, view, asked, listing(view.count_utterances, shown, utterance_row, **wanted))

    @reads(api, "/utterances/{id}", "utterances", "One utterance")
    def utterance(request: Request, utterance_id: UtteranceId) -> Response:
        tag = etag(view)
        found = view.utterance(asked_id(utterance_id))
        return answered(request, tag, lambda: utterance_row(found), place=address(request, found.head.id))

    @reads(api, "/actors", "actors", "Actors, most statements first", each=True)
    def actors(request: Request, asked: Annotated[Actors, Query()]) -> Response:
        text = asked.form().filter.text
        return listed(request, view, asked, listing(view.count_actors, view.actors, actor_row, text=text))

    @reads(api, "/actors/{id}", "actors", "One actor")
    def actor(request: Request, actor_id: ActorId) -> Response:
        tag = etag(view)
        found = view.actor(asked_id(actor_id), utterances=0).row
        return answered(request, tag, lambda: actor_row(found), place=address(request, found.actor.id))

    @reads(api, "/stories", "stories", "Stories, newest first", each=True)
    def stories(request: Request, asked: Annotated[Stories, Query()]) -> Response:
        wanted = {"text": asked.form().filter.text, "reports": asked.reports}

        def shown(**part: Any) -> Iterable[ShownStory]:
            return view.whole_stories(view.stories(**part))

        return listed(request, view, asked, listing(view.count_stories, shown, story_row, **wanted))

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
        utterance = _known("utterance", asked.utterance, view.utterance_id)
        wanted = {"kind": kind, "actor": actor, "utterance": utterance, "text": text}
        return listed(request, view, asked, listing(view.count_relations, view.relations, relation_row, **wanted))

    @reads(api, "/relations/{id}", "relations", "One relation")
    def relation(request: Request, relation_id: RelationId) -> Response:
        tag = etag(view)
        found = view.relation(asked_id(relation_id))
        return answered(request, tag, lambda: relation_row(found), place=address(request, found.id))


def _add_figures(api: FastAPI, view: WeighedView) -> None:
    @reads(api, "/figures", "figures", "Figures followed through time, those with disputes first", each=True)
    def figures(request: Request, asked: Annotated[Figures, Query()]) -> Response:
        wanted = {"text": asked.form().filter.text, "figures": asked.figures}

        def shown(**part: Any) -> Iterable[ShownLineage]:
            return view.whole_lineages(view.lineages(**part))

        return listed(request, view, asked, listing(view.count_lineages, shown, _lineage_row, **wanted))

    @reads(api, "/figures/{id}", "figures", "One figure through time")
    def figure(request: Request, lineage_id: LineageId) -> Response:
        tag = etag(view)
        found = view.lineage(asked_id(lineage_id))
        return answered(request, tag, lambda: _lineage_row(found), place=address(request, found.head.id))


def _add_docket(api: FastAPI, view: WeighedView) -> None:
    # Whether an entry is open or due hangs on the clock, so the ETag stands for how many have passed, too.
    @reads(api, "/docket", "docket", "Docket entries, by the day on which they fall due", each=True)
    def docket(request: Request, asked: Annotated[Docket, Query()]) -> Response:
        form, now = asked.form(), view.today()
        act = None if form.filter.act is None else form.filter.act.value
        actor = _known("actor", asked.actor, view.actor_id)
        wanted = {"actor": actor, "act": act, "text": form.filter.text, "due": form.due_day}

        def shown(**part: Any) -> Iterable[ShownEntry]:
            return view.whole_entries(view.docket(**part))

        entries = listing(view.count_docket, shown, partial(docket_row, now=now), **wanted)
        return listed(request, view, asked, entries, more=str(passed(view, now)))

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
