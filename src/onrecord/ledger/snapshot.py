"""Reading all of a ledger, one thing at a time and all of it in one state: what exports are written from."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from onrecord.domain.actors import Actor
from onrecord.domain.reports import Capture
from onrecord.domain.statements import ReaderIdentity
from onrecord.ledger import linked_schema as linked
from onrecord.ledger import weighed_schema as weighed
from onrecord.ledger.linked import ActorHead, ActorRow, ShownRendering, ShownStory, UtteranceHead
from onrecord.ledger.linked_queries import STORIES_IN_ORDER, actor_columns, counted_actors
from onrecord.ledger.linked_reading import actor_head, actor_in, rendering_in, story_in
from onrecord.ledger.linked_rows import actor_of
from onrecord.ledger.page_history import PageHistory
from onrecord.ledger.parts import IN_ONE_QUESTION, in_parts
from onrecord.ledger.rows import time_of
from onrecord.ledger.schema import capture, entry, given, reading, report
from onrecord.ledger.shown import RecordedReport, RecordedStatement, report_in, time_in
from onrecord.ledger.weighed import ShownEntry, ShownRelation
from onrecord.ledger.weighed_reading import ENTRIES_IN_ORDER, RELATIONS_IN_ORDER, relations_wanted
from onrecord.ledger.weighed_view import WeighedView
from onrecord.places import Place
from onrecord.settings import Settings


@dataclass(frozen=True, slots=True)
class KeptCapture:
    """A capture without its bytes, of which there are `size`."""

    sha256: str
    place: str
    media_type: str
    retrieved: datetime | None
    size: int


@dataclass(frozen=True, slots=True)
class HeldCapture:
    """A capture with its bytes, a report that was taken from it, and when it came on the record."""

    report: str
    capture: Capture
    recorded: datetime


@dataclass(frozen=True, slots=True)
class State:
    """Which state of the record is seen: the number, the hash and the time of the newest entry."""

    entries: int
    head: str
    recorded: datetime


@dataclass(frozen=True, slots=True)
class TakenReport:
    """A report with what its first capture is and who read it last; `story` is the id of the one it tells.

    `version` is which version of its page it is, `version_of` the page's first report where that is another, and
    `superseded_by` the report of what the page reads now, where that is another version.
    """

    recorded: RecordedReport
    media_type: str
    size: int
    reading: str
    reader: ReaderIdentity
    read: datetime
    story: str | None
    version: int = 1
    version_of: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class LinkedStatement:
    """A statement with the actor who was identified as its speaker, and the utterance of each linked passage by id.

    `origins` are the independent origins that each of these utterances has.
    """

    recorded: RecordedStatement
    actor: ActorHead | None
    utterances: Mapping[str, str]
    origins: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ToldUtterance:
    """An utterance with all its renderings, earliest first."""

    head: UtteranceHead
    renderings: tuple[ShownRendering, ...]


class Snapshot(WeighedView):
    """A view in which all calls see one state: the record as it stood at the first of them. For one thread.

    What is named `every…` streams: it holds a few hundred rows at a time, however large the record is. It goes in the
    order of the list of that name.
    """

    def __init__(self, path: Place | str, settings: Settings = Settings()) -> None:
        super().__init__(path, settings)
        self._one: Connection | None = None

    def close(self) -> None:
        """Closes the file; what still streams from it ends with an error."""
        if self._one is not None:
            self._one.close()
        super().close()

    def every_capture(self) -> Iterator[KeptCapture]:
        """All captures, those of skipped inputs too, in the order of recording; without their bytes."""
        kept = capture.c
        query = select(kept.id, kept.place, kept.media_type, kept.retrieved, kept.size).order_by(kept.seq)
        with self._reading() as connection:
            for rows in self._parts(connection, query):
                for row in rows:
                    retrieved = time_in(row["retrieved"])
                    yield KeptCapture(row["id"], row["place"], row["media_type"], retrieved, row["size"])

    def captures_of(self, reports: Collection[str]) -> Iterator[HeldCapture]:
        """All captures that some reports were taken from, with their bytes, in the order of recording."""
        query = select(
            given.c.report,
            capture.c.seq,
            capture.c.id,
            capture.c.place,
            capture.c.media_type,
            capture.c.retrieved,
            capture.c.headers,
            capture.c.content,
            entry.c.recorded,
        ).distinct()
        query = query.join(capture, capture.c.id == given.c.capture).join(entry, entry.c.seq == capture.c.seq)
        for part in in_parts(sorted(reports)):
            wanted = query.where(given.c.report.in_(part)).order_by(capture.c.seq, given.c.report)
            with self._reading() as connection:
                for rows in self._parts(connection, wanted):
                    yield from map(_held_in, rows)

    def state(self) -> State | None:
        """Which state is seen; None for a record with nothing on it."""
        query = select(entry.c.seq, entry.c.hash, entry.c.recorded).order_by(entry.c.seq.desc()).limit(1)
        with self._reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
            return None if row is None else State(row["seq"], row["hash"], time_of(row["recorded"]))

    def every_report(self) -> Iterator[TakenReport]:
        """All reports, the newest published first."""
        read = entry.alias("read_entry")
        query = (
            self._ask.heads(
                report,
                entry.c.recorded,
                capture.c.media_type,
                capture.c.size,
                reading.c.id.label("reading_id"),
                reading.c.reader,
                reading.c.version,
                reading.c.weights,
                read.c.recorded.label("read_recorded"),
                linked.told.c.story,
            )
            .join(entry, entry.c.seq == report.c.seq)
            .join(read, read.c.seq == reading.c.seq)
            .join(linked.told, linked.told.c.report == report.c.id, isouter=True)
            .order_by(report.c.published.desc().nulls_last(), report.c.seq)
        )
        with self._reading() as connection:
            for rows in self._parts(connection, query):
                taken = [_taken_in(row) for row in rows]
                shared = self.shared_pages([one.recorded.head.id for one in taken])
                yield from (_placed(one, shared.get(one.recorded.head.id)) for one in taken)

    def every_utterance(self) -> Iterator[ToldUtterance]:
        """All utterances with their renderings, most independent origins first."""
        rendering = linked.rendering.c
        heads = self.utterances()
        while part := list(islice(heads, IN_ONE_QUESTION)):
            query = select(linked.rendering).where(rendering.utterance.in_([head.id for head in part]))
            query = query.order_by(rendering.published.asc().nulls_last(), rendering.passage)
            told: dict[str, list[RowMapping]] = {}
            with self._reading() as connection:
                for row in connection.execute(query).mappings():
                    told.setdefault(row["utterance"], []).append(row)
                reports = self._heads(connection, {row["report"] for rows in told.values() for row in rows})
            for head in part:
                rows = told.get(head.id, ())
                yield ToldUtterance(head, tuple(rendering_in(row, reports[row["report"]]) for row in rows))

    def every_actor(self) -> Iterator[tuple[Actor, ActorRow]]:
        """All actors who speak, most statements first."""
        with self._reading() as connection:
            for rows in self._parts(connection, counted_actors()):
                wanted = select(linked.actor).where(linked.actor.c.id.in_([row["actor_id"] for row in rows]))
                whole = {row["id"]: actor_of(row) for row in connection.execute(wanted).mappings()}
                for row in rows:
                    yield whole[row["actor_id"]], actor_in(row)

    def every_story(self) -> Iterator[ShownStory]:
        """All stories with their reports, the newest first."""
        with self._reading() as connection:
            for rows in self._parts(connection, select(linked.story).order_by(*STORIES_IN_ORDER)):
                yield from self.whole_stories(map(story_in, rows))

    def every_relation(self) -> Iterator[ShownRelation]:
        """All relations, the newest first, without those that a person overturned."""
        query = select(weighed.relation).where(*relations_wanted()).order_by(*RELATIONS_IN_ORDER)
        with self._reading() as connection:
            for rows in self._parts(connection, query):
                yield from self._related(connection, rows)

    def every_entry(self) -> Iterator[ShownEntry]:
        """All docket entries with what bears on them, by the day on which they fall due."""
        with self._reading() as connection:
            for rows in self._parts(connection, self._entries().order_by(*ENTRIES_IN_ORDER)):
                yield from self.whole_entries(self._docket(connection, rows))

    def every_statement(self) -> Iterator[LinkedStatement]:
        """All statements with what linking tells of them, in the order of their reports."""
        found = self.statements()
        while part := list(islice(found, IN_ONE_QUESTION)):
            ids = [one.statement.id for one in part]
            spoken, rendered = self._spoken_by(ids), self._rendered_in(ids)
            for one in part:
                its = rendered.get(one.statement.id, {})
                utterances = {passage: utterance for passage, (utterance, _) in its.items()}
                yield LinkedStatement(one, spoken.get(one.statement.id), utterances, dict(its.values()))

    def _spoken_by(self, statements: Sequence[str]) -> dict[str, ActorHead]:
        spoken = linked.spoken.c
        query = select(spoken.statement, *actor_columns()).where(spoken.statement.in_(statements))
        query = query.join(linked.actor, linked.actor.c.id == spoken.actor)
        with self._reading() as connection:
            rows = connection.execute(query).mappings()
            return {row["statement"]: head for row in rows if (head := actor_head(row)) is not None}

    def _rendered_in(self, statements: Sequence[str]) -> dict[str, dict[str, tuple[str, int]]]:
        """For each statement its linked passages, with the utterance of each and the origins that it has."""
        rendering, utterance = linked.rendering.c, linked.utterance.c
        query = select(rendering.statement, rendering.passage, utterance.id, utterance.origins)
        query = query.join(linked.utterance, utterance.id == rendering.utterance)
        query = query.where(rendering.statement.in_(statements))
        found: dict[str, dict[str, tuple[str, int]]] = {}
        with self._reading() as connection:
            for statement, passage, id_, origins in connection.execute(
                query.where(rendering.statement.in_(statements))
            ):
                found.setdefault(statement, {})[passage] = (id_, origins)
        return found

    def _parts(self, connection: Connection, query: Select[Any]) -> Iterator[list[RowMapping]]:
        rows = connection.execute(query, execution_options={"yield_per": IN_ONE_QUESTION})
        for part in rows.mappings().partitions():
            yield list(part)

    def _connected(self) -> AbstractContextManager[Connection]:
        # A transaction of SQLite sees one state from its first question on, so all questions go through one.
        if self._one is None:
            self._one = self._engine.connect()
        return nullcontext(self._one)


def _held_in(row: RowMapping) -> HeldCapture:
    content = zlib.decompress(row["content"])
    retrieved = time_in(row["retrieved"])
    found = Capture(content, row["place"], row["media_type"], retrieved, json.loads(row["headers"]))
    return HeldCapture(row["report"], found, time_of(row["recorded"]))


def _placed(one: TakenReport, history: PageHistory | None) -> TakenReport:
    """A report with its place among the texts of its page."""
    own = None if history is None else history.version_of(one.recorded.head.id)
    if history is None or own is None:
        return one
    first = history.versions[0].head.id
    return replace(
        one,
        version=own.number,
        version_of=None if first == one.recorded.head.id else first,
        superseded_by=None if own is history.current else history.current.head.id,
    )


def _taken_in(row: RowMapping) -> TakenReport:
    return TakenReport(
        recorded=report_in(row),
        media_type=row["media_type"],
        size=row["size"],
        reading=row["reading_id"],
        reader=ReaderIdentity(row["reader"], row["version"], row["weights"]),
        read=time_of(row["read_recorded"]),
        story=row["story"],
    )
