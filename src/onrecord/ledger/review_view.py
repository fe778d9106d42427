"""Asking a weighed ledger what a person should look at: only what nobody has judged, the least sure of each sort."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal_column, or_, select

from onrecord.domain.doubts import Doubt, DoubtKind
from onrecord.domain.judgements import Subject
from onrecord.domain.relations import RelationKind
from onrecord.ledger import linked_schema, weighed_schema
from onrecord.ledger.counting import counts
from onrecord.ledger.listed_schema import listed
from onrecord.ledger.parts import IN_ONE_QUESTION, in_parts
from onrecord.ledger.rows import time_text
from onrecord.ledger.schema import judgement, statement
from onrecord.ledger.weighed_reading import relations_counted
from onrecord.ledger.weighed_view import WeighedView


class ReviewView(WeighedView):
    """A view that also tells what is in doubt. Each list is of the least sure, at most `most`."""

    def unsure_statements(self, below: float, most: int) -> list[Doubt]:
        """Statements that the reader gives less than `below` of confidence, and that no person looked at."""
        rendering, utterance = linked_schema.rendering.c, linked_schema.utterance.c
        query = (
            select(
                rendering.statement,
                func.max(statement.c.confidence).label("sure"),
                func.max(utterance.origins).label("origins"),
                func.min(rendering.utterance).label("utterance"),
            )
            .join_from(linked_schema.rendering, statement, statement.c.id == rendering.statement)
            # As the latest reading of its report has it: an earlier reader may have been less sure of it.
            .join(listed, listed.c.seq == statement.c.seq)
            .join(linked_schema.utterance, utterance.id == rendering.utterance)
            .where(
                statement.c.confidence < below,
                ~_judged(rendering.statement, Subject.STATEMENT, Subject.SPAN, Subject.SPEAKER),
            )
            .group_by(rendering.statement)
            .order_by(literal_column("sure"), rendering.statement)
            .limit(most)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
            resting = _resting(connection, [row.utterance for row in rows])
        return [
            Doubt(DoubtKind.STATEMENT, row.statement, "", 1 - row.sure, row.origins, resting[row.utterance])
            for row in rows
        ]

    def open_speakers(self, most: int) -> list[Doubt]:
        """Statements whose speaker was not identified, though there are candidates, with the most origins first."""
        spoken, rendering, utterance = linked_schema.spoken.c, linked_schema.rendering.c, linked_schema.utterance.c
        query = (
            select(
                spoken.statement,
                spoken.candidates,
                func.max(utterance.origins).label("origins"),
                func.min(rendering.utterance).label("utterance"),
            )
            .join_from(linked_schema.spoken, linked_schema.rendering, rendering.statement == spoken.statement)
            .join(linked_schema.utterance, utterance.id == rendering.utterance)
            .where(spoken.actor.is_(None), spoken.candidates != "[]", ~_judged(spoken.statement, Subject.SPEAKER))
            .group_by(spoken.statement, spoken.candidates)
            .order_by(literal_column("origins").desc(), spoken.statement)
            .limit(most)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
            resting = _resting(connection, [row.utterance for row in rows])
        return [
            Doubt(
                DoubtKind.SPEAKER,
                row.statement,
                "",
                1 - max(one["score"] for one in json.loads(row.candidates)),
                row.origins,
                resting[row.utterance],
            )
            for row in rows
        ]

    def weak_merges(self, least: float, below: float, most: int) -> list[Doubt]:
        """Passages that hold on to their utterance by no link of a score of `below`; `least` is that of any link."""
        link, utterance = linked_schema.link.c, linked_schema.utterance.c
        here, there = linked_schema.rendering.alias("here"), linked_schema.rendering.alias("there")
        weak = (
            select(link.a, link.b, link.score, utterance.id, utterance.origins)
            .join_from(linked_schema.link, here, here.c.passage == link.a)
            .join(there, (there.c.passage == link.b) & (there.c.utterance == here.c.utterance))
            .join(linked_schema.utterance, utterance.id == here.c.utterance)
            .where(link.kind == "passage", link.score < below, ~_judged_pair(Subject.PASSAGE, link.a, link.b))
            .order_by(link.score, link.a, link.b)
        )
        found: dict[str, Doubt] = {}
        with self._reading() as connection:
            # Most weak links are not the best of either passage: they are passed over until there are enough others.
            links = connection.execute(weak, execution_options={"yield_per": IN_ONE_QUESTION})
            for rows in links.partitions():
                best = _best_links(connection, {one for row in rows for one in (row.a, row.b)})
                resting = _resting(connection, [row.id for row in rows])
                for row in rows:
                    one, other = (row.a, row.b) if best[row.a] <= row.score else (row.b, row.a)
                    if best[one] <= row.score:
                        doubt = min(max(0.0, (below - row.score) / (below - least)), 1.0)
                        held = Doubt(DoubtKind.MERGE, one, other, doubt, row.origins, resting[row.id])
                        found.setdefault(row.id, held)
                if len(found) >= most:
                    break
        return list(found.values())[:most]

    def contradictions_unjudged(self, most: int) -> list[Doubt]:
        """Contradictions that nobody judged, between the most origins first; half in doubt until a person looks."""
        relation, utterance = weighed_schema.relation.c, linked_schema.utterance
        a, b = utterance.alias("side_a"), utterance.alias("side_b")
        query = (
            select(relation.id, relation.score, a.c.origins.label("of_a"), b.c.origins.label("of_b"))
            .join_from(weighed_schema.relation, a, a.c.id == relation.a)
            .join(b, b.c.id == relation.b)
            .where(
                relation.kind == RelationKind.CONTRADICTS.value,
                relation.judgement.is_(None),
                ~_judged_pair(Subject.RELATION, relation.passage_a, relation.passage_b),
            )
            .order_by((a.c.origins + b.c.origins).desc(), relation.score, relation.id)
            .limit(most)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [Doubt(DoubtKind.RELATION, row.id, "", 1 - row.score / 2, row.of_a + row.of_b, 0) for row in rows]

    def undecided(self, now: datetime, most: int) -> list[Doubt]:
        """Docket entries whose day has passed by `now` and that nobody decided, the most origins first."""
        entry, utterance = weighed_schema.entry.c, linked_schema.utterance.c
        query = (
            select(entry.utterance, utterance.origins)
            .join_from(weighed_schema.entry, linked_schema.utterance, utterance.id == entry.utterance)
            .where(entry.status.is_(None), entry.ends <= time_text(now), ~_judged(entry.passage, Subject.STATUS))
            .order_by(utterance.origins.desc(), entry.ends.asc().nulls_first(), entry.utterance)
            .limit(most)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
            resting = _resting(connection, [row.utterance for row in rows])
        return [Doubt(DoubtKind.DOCKET, row.utterance, "", 1.0, row.origins, resting[row.utterance]) for row in rows]


def _judged(thing: ColumnElement[Any], *subjects: Subject) -> ColumnElement[bool]:
    told = judgement.alias("told")
    sorts = told.c.subject.in_([one.value for one in subjects])
    return select(told.c.seq).where(sorts, told.c.a == thing, counts(told=told)).exists()


def _judged_pair(subject: Subject, a: ColumnElement[Any], b: ColumnElement[Any]) -> ColumnElement[bool]:
    told = judgement.alias("told")
    pair = (told.c.a == a) & (told.c.b == b)
    its = select(told.c.seq).where(told.c.subject == subject.value, pair, counts(told=told))
    return its.exists()


def _resting(connection: Connection, utterances: Collection[str]) -> Counter[str]:
    """How many relations there are of some utterances."""
    found: Counter[str] = Counter()
    for (_kind, one), count in relations_counted(connection, utterances).items():
        found[one] += count
    return found


def _best_links(connection: Connection, passages: Iterable[str]) -> dict[str, float]:
    """The score of the best link of some passages within their utterances."""
    found: dict[str, float] = {}
    link = linked_schema.link.c
    here, there = linked_schema.rendering.alias("here"), linked_schema.rendering.alias("there")
    ids: Sequence[str] = sorted(set(passages))
    for part in in_parts(ids):
        query = (
            select(link.a, link.b, link.score)
            .join_from(linked_schema.link, here, here.c.passage == link.a)
            .join(there, (there.c.passage == link.b) & (there.c.utterance == here.c.utterance))
            .where(link.kind == "passage", or_(link.a.in_(part), link.b.in_(part)))
        )
        for a, b, score in connection.execute(query):
            for one in (a, b):
                found[one] = max(found.get(one, 0.0), score)
    return found
