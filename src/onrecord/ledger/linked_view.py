"""Reading actors, utterances and stories from a ledger that has been linked.

What linking derives is kept as it stands now: a view as of an earlier time has none of it. Lists are in an order that
is the same for every call.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from onrecord.domain.actors import Candidate
from onrecord.domain.judgements import Subject
from onrecord.errors import NotOnRecord
from onrecord.ledger import fulltext
from onrecord.ledger import linked_schema as tables
from onrecord.ledger.judged_view import JudgedView
from onrecord.ledger.linked import (
    ActorHead,
    ActorRow,
    ShownActor,
    ShownStory,
    ShownUtterance,
    StoryHead,
    UtteranceHead,
)
from onrecord.ledger.linked_queries import (
    STORIES_IN_ORDER,
    UTTERANCES_IN_ORDER,
    actor_columns,
    called,
    counted_actors,
    utterance_heads,
    wanted_stories,
    wanted_utterances,
)
from onrecord.ledger.linked_reading import (
    actor_head,
    actor_in,
    actor_names,
    ids_in,
    links_among,
    not_one,
    origins_of,
    rendering_in,
    story_in,
    utterance_in,
)
from onrecord.ledger.linked_rows import actor_of, groups_of, ties_of
from onrecord.ledger.parts import IN_ONE_QUESTION, rows_with
from onrecord.ledger.queries import SHORTEST_PREFIX, page
from onrecord.ledger.schema import report
from onrecord.ledger.search import askable
from onrecord.ledger.shown import ReportHead, head_in


class LinkedView(JudgedView):
    """A view that also shows what linking derived; empty lists where nothing was linked."""

    def utterances(
        self,
        *,
        actor: str | None = None,
        text: str | None = None,
        story: str | None = None,
        reports: int = 1,
        origins: int = 1,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[UtteranceHead]:
        """Utterances, most independent origins first, then most reports, then the newest, then by id.

        `actor` is an id; `text` must stand in one of the renderings, without regard to case; `story` is an id;
        `reports` and `origins` are the fewest that an utterance must have.
        """
        query = utterance_heads().where(*wanted_utterances(actor, text, story, reports, origins))
        query = query.where(*self._published_by_then(tables.utterance.c.first)).order_by(*UTTERANCES_IN_ORDER)
        with self._reading() as connection:
            rows = connection.execute(page(query, limit, offset), execution_options={"yield_per": IN_ONE_QUESTION})
            for row in rows.mappings():
                yield utterance_in(row)

    def count_utterances(
        self,
        *,
        actor: str | None = None,
        text: str | None = None,
        story: str | None = None,
        reports: int = 1,
        origins: int = 1,
    ) -> int:
        """How many utterances `utterances` would show without a limit."""
        query = select(func.count()).select_from(tables.utterance)
        query = query.where(*wanted_utterances(actor, text, story, reports, origins))
        query = query.where(*self._published_by_then(tables.utterance.c.first))
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    def utterance(self, id_or_prefix: str) -> ShownUtterance:
        """The utterance with this id, or the one that a passage or a statement of this id renders.

        The beginning of an id will do, of six digits or more.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            return self._shown(connection, self._named_utterance(connection, id_or_prefix))

    def utterance_id(self, id_or_prefix: str) -> str:
        """The id of the utterance with this id, as for `utterance`.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            return self._named_utterance(connection, id_or_prefix)

    def utterances_of(self, statement_id: str) -> list[UtteranceHead]:
        """The utterances that the passages of a statement render, in the order of the passages."""
        rendering = tables.rendering.c
        places = (
            select(rendering.utterance, func.min(rendering.begin).label("place"))
            .where(rendering.statement == askable(statement_id))
            .group_by(rendering.utterance)
            .subquery()
        )
        query = utterance_heads().join(places, places.c.utterance == tables.utterance.c.id).order_by(places.c.place)
        with self._reading() as connection:
            return [utterance_in(row) for row in connection.execute(query).mappings()]

    def whole_utterances(self, heads: Iterable[UtteranceHead]) -> Iterator[ShownUtterance]:
        """These utterances with all their renderings."""
        with self._reading() as connection:
            for head in heads:
                yield self._shown(connection, head.id)

    def judged(self, id_or_prefix: str) -> tuple[Subject, str]:
        """What somebody who names this id judges: a passage, an actor, or a report.

        The id of an utterance or of a statement with one passage stands for its fullest or only passage, that of a
        story for its first report; an actor's id has a colon in it; an input's name will do for a report, and what is
        none of these may be the whole name of an actor.

        Raises:
            NotOnRecord: when there is no such thing, or more than one.
        """
        asked = askable(id_or_prefix)
        if ":" in asked:
            return Subject.ACTOR, self.actor_id(asked)
        with self._reading() as connection:
            rendering, utterance, story = tables.rendering, tables.utterance, tables.story
            passages = (
                ids_in(connection, rendering, rendering.c.passage, asked)
                or ids_in(connection, rendering, rendering.c.statement, asked, wanted=rendering.c.passage)
                or ids_in(connection, utterance, utterance.c.id, asked, wanted=utterance.c.fullest)
            )
            if len(passages) > 1:
                raise NotOnRecord(not_one("passage", asked, passages))
            if passages:
                return Subject.PASSAGE, passages[0]
            stories = ids_in(connection, story, story.c.id, asked)
            if not stories:
                return self._judged_by_name(connection, asked)
            if len(stories) > 1:
                raise NotOnRecord(not_one("story", asked, stories))
            return Subject.REPORT, self._shown_story(connection, stories[0]).reports[0].id

    def _judged_by_name(self, connection: Connection, asked: str) -> tuple[Subject, str]:
        try:
            return Subject.REPORT, self._ask.resolved(connection, report, asked, named=True)
        except NotOnRecord:
            with suppress(NotOnRecord):
                row = self._named_actor(connection, asked)
                # A part of a name finds an actor to look at, but says too little of whom somebody judges.
                if row["name"].casefold() == asked.casefold():
                    return Subject.ACTOR, str(row["id"])
            raise

    def actors(self, *, text: str | None = None, limit: int | None = None, offset: int = 0) -> list[ActorRow]:
        """Actors whose name, or a name that a report gives them, has `text` in it; most statements first."""
        with self._reading() as connection:
            rows = connection.execute(page(counted_actors(*called(text)), limit, offset)).mappings()
            return [actor_in(row) for row in rows]

    def count_actors(self, *, text: str | None = None) -> int:
        """How many actors `actors` would show without a limit."""
        query = select(func.count()).select_from(tables.voice)
        with self._reading() as connection:
            return int(connection.execute(query.where(*called(text))).scalar_one())

    def actor(self, id_or_name: str, *, utterances: int = 50) -> ShownActor:
        """The actor with this id or name, and the most carried of its utterances.

        Of an id the kind, the colon and six characters behind it will do.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            whole = actor_of(self._named_actor(connection, id_or_name))
            counted = connection.execute(counted_actors(tables.actor.c.id == whole.id)).mappings().first()
            names = connection.execute(
                select(tables.called.c.name, tables.called.c.statements)
                .where(tables.called.c.actor == whole.id, tables.called.c.statements > 0)
                .order_by(tables.called.c.statements.desc(), tables.called.c.name)
            ).all()
            day = func.substr(report.c.published, 1, 10)
            days = connection.execute(
                select(day, func.count())
                .join_from(tables.spoken, report, report.c.id == tables.spoken.c.report)
                .where(tables.spoken.c.actor == whole.id, report.c.published.is_not(None))
                .group_by(day)
                .order_by(day)
            ).all()
        head = ActorHead(whole.id, whole.name, whole.kind, whole.local)
        return ShownActor(
            row=ActorRow(head, 0, 0, 0, 0, None, None) if counted is None else actor_in(counted),
            aliases=whole.aliases,
            offices=whole.offices,
            wikidata=whole.wikidata,
            names=tuple((str(name), int(count)) for name, count in names),
            by_day=tuple((date.fromisoformat(one), int(count)) for one, count in days),
            utterances=tuple(self.utterances(actor=whole.id, limit=utterances)),
        )

    def actor_id(self, id_or_name: str) -> str:
        """The id of the actor with this id or name, as for `actor`.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            return str(self._named_actor(connection, id_or_name)["id"])

    def actor_names(self, ids: Collection[str]) -> dict[str, str]:
        """The names of some actors, as far as they were linked to."""
        with self._reading() as connection:
            return actor_names(connection, ids)

    def speaker_of(self, statement_id: str) -> tuple[ActorHead | None, tuple[Candidate, ...]]:
        """Who was identified as the speaker of a statement, and who else it may be."""
        with self._reading() as connection:
            row = (
                connection.execute(
                    select(tables.spoken.c.candidates, *actor_columns())
                    .join(tables.actor, tables.actor.c.id == tables.spoken.c.actor, isouter=True)
                    .where(tables.spoken.c.statement == statement_id)
                )
                .mappings()
                .first()
            )
        if row is None:
            return None, ()
        candidates = tuple(
            Candidate(one["actor"], one["score"], tuple(one["reasons"])) for one in json.loads(row["candidates"])
        )
        return actor_head(row), candidates

    def stories(
        self, *, text: str | None = None, reports: int = 1, limit: int | None = None, offset: int = 0
    ) -> list[StoryHead]:
        """Stories, newest first and those without a date last; `text` must stand in the title."""
        query = select(tables.story).where(*wanted_stories(text, reports))
        query = query.order_by(*STORIES_IN_ORDER)
        with self._reading() as connection:
            return [story_in(row) for row in connection.execute(page(query, limit, offset)).mappings()]

    def count_stories(self, *, text: str | None = None, reports: int = 1) -> int:
        """How many stories `stories` would show without a limit."""
        query = select(func.count()).select_from(tables.story).where(*wanted_stories(text, reports))
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    def story(self, id_or_prefix: str, *, utterances: int = 50) -> ShownStory:
        """The story with this id, or the one that a report of this id or name tells.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            shown = self._shown_story(connection, self._named_story(connection, id_or_prefix))
        return replace(shown, utterances=tuple(self.utterances(story=shown.head.id, limit=utterances)))

    def story_id(self, id_or_prefix: str) -> str:
        """The id of the story with this id, as for `story`.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            return self._named_story(connection, id_or_prefix)

    def whole_stories(self, heads: Iterable[StoryHead]) -> Iterator[ShownStory]:
        """These stories with their reports, without what was said in them."""
        with self._reading() as connection:
            for head in heads:
                yield self._shown_story(connection, head.id)

    def story_of(self, report_id: str) -> StoryHead | None:
        """The story that a report tells."""
        query = (
            select(tables.story)
            .join(tables.told, tables.told.c.story == tables.story.c.id)
            .where(tables.told.c.report == report_id)
        )
        with self._reading() as connection:
            row = connection.execute(query).mappings().first()
            return None if row is None else story_in(row)

    def _named_story(self, connection: Connection, id_or_prefix: str) -> str:
        asked = askable(id_or_prefix)
        found = ids_in(connection, tables.story, tables.story.c.id, asked)
        if not found:
            with suppress(NotOnRecord):
                wanted = self._ask.resolved(connection, report, asked, named=True)
                of_report = select(tables.told.c.story).where(tables.told.c.report == wanted)
                found = [one for one in connection.execute(of_report).scalars() if one is not None]
        if len(found) != 1:
            raise NotOnRecord(not_one("story", asked, found))
        return found[0]

    def _named_utterance(self, connection: Connection, id_or_prefix: str) -> str:
        asked = askable(id_or_prefix)
        found = ids_in(connection, tables.utterance, tables.utterance.c.id, asked)
        for column in (tables.rendering.c.passage, tables.rendering.c.statement):
            if not found:
                found = ids_in(connection, tables.rendering, column, asked, wanted=tables.rendering.c.utterance)
        if len(found) != 1:
            raise NotOnRecord(not_one("utterance", asked, found))
        return found[0]

    def _shown(self, connection: Connection, id_: str) -> ShownUtterance:
        row = connection.execute(utterance_heads().where(tables.utterance.c.id == id_)).mappings().one()
        rows = list(
            connection.execute(
                select(tables.rendering)
                .where(tables.rendering.c.utterance == id_)
                .order_by(tables.rendering.c.published.asc().nulls_last(), tables.rendering.c.passage)
            ).mappings()
        )
        heads = self._heads(connection, {one["report"] for one in rows})
        passages = {one["passage"] for one in rows}
        return ShownUtterance(
            head=utterance_in(row),
            renderings=tuple(rendering_in(one, heads[one["report"]]) for one in rows),
            groups=groups_of(row["groups"]),
            ties=ties_of(row["ties"]),
            origins=origins_of(connection, heads),
            links=links_among(connection, "passage", passages),
        )

    def _shown_story(self, connection: Connection, id_: str) -> ShownStory:
        row = connection.execute(select(tables.story).where(tables.story.c.id == id_)).mappings().one()
        earliest = tables.told.c.published.asc().nulls_last(), tables.told.c.report
        members = list(
            connection.execute(
                select(tables.told.c.report).where(tables.told.c.story == id_).order_by(*earliest)
            ).scalars()
        )
        heads = self._heads(connection, members)
        return ShownStory(
            head=story_in(row),
            reports=tuple(heads[one] for one in members),
            groups=groups_of(row["groups"]),
            ties=ties_of(row["ties"]),
            origins=origins_of(connection, heads),
            links=links_among(connection, "story", members),
            utterances=(),
        )

    def _heads(self, connection: Connection, reports: Collection[str]) -> dict[str, ReportHead]:
        rows = rows_with(connection, self._ask.heads(), report.c.id, reports)
        return {row["report_id"]: head_in(row) for row in rows}

    def _named_actor(self, connection: Connection, id_or_name: str) -> RowMapping:
        asked = askable(id_or_name)
        kind, colon, rest = asked.partition(":")
        ways: list[tuple[ColumnElement[bool], ...]] = [(tables.actor.c.id == asked,)]
        if colon and len(rest) >= SHORTEST_PREFIX:
            ways.append((tables.actor.c.id >= asked, tables.actor.c.id < f"{kind}:{rest}\uffff"))
        ways.append((fulltext.name_contains(tables.actor.c.name, asked),))
        found: list[RowMapping] = []
        for way in ways:
            if not found:
                query = select(tables.actor).where(*way).order_by(tables.actor.c.id)
                found = list(connection.execute(query).mappings())
        exact = [row for row in found if row["name"].casefold() == asked.casefold()]
        if len(exact or found) != 1:
            raise NotOnRecord(not_one("actor", asked, [f"{row['name']} ({row['id']})" for row in exact or found]))
        return (exact or found)[0]
