"""One search over the record: what it finds among statements, utterances, reports and actors, and why.

What has the words comes first, the newest before others, then what is near to them in meaning, the nearest before
others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Connection, func, select

from onrecord.ledger import fulltext
from onrecord.ledger import linked_schema as tables
from onrecord.ledger import search_queries as queries
from onrecord.ledger.corrections import recorded
from onrecord.ledger.finding import Conditions, Finding
from onrecord.ledger.linked import UtteranceHead
from onrecord.ledger.linked_queries import utterance_heads
from onrecord.ledger.linked_reading import actor_head, utterance_in
from onrecord.ledger.rows import time_of
from onrecord.ledger.schema import entry, report, statement
from onrecord.ledger.searched import (
    By,
    Found,
    FoundActor,
    FoundStatement,
    Order,
    Place,
    Why,
    why_words,
)
from onrecord.ledger.shown import RecordedStatement, ReportHead, head_in, time_in


class Search(Finding):
    """What a search finds; every call sees the record as it then is, but what a search is for is found once.

    That is, the statements that have the words, and what is near in meaning.

    Lists show `limit` things from `offset` on, or all.
    """

    def of(self, actor: str | None) -> Search:
        """The same search among what one actor said, or among what those said who were not identified."""
        near = [one for one in self._near if one.actor == actor]
        return Search(self._reading, self._ask, self._surnames, self.sought, (actor, near))

    def count(self, place: Place) -> int:
        """How many things of one kind are found."""
        if place is Place.ACTORS:
            return len(self._called) + len(self._spoken)
        with self._reading() as connection:
            return self._count(connection, *self._asked(connection, place))

    def by_meaning(self, place: Place) -> int:
        """How many of them are found by their meaning alone; of actors none are told apart."""
        if place is Place.ACTORS:
            return 0
        with self._reading() as connection:
            return len(self._near_only(connection, *self._asked(connection, place)))

    def looked_at(self, place: Place) -> int | None:
        """How many statements with the words were looked at, where there may be more; None where all were."""
        if self._wanted is None or place in (Place.REPORTS, Place.ACTORS):
            return None
        with self._reading() as connection:
            most = queries.most_worded(self._base)
            hits = self._hits.subquery()
            there = int(connection.execute(select(func.count()).select_from(hits)).scalar_one())
        return most if there >= most else None

    def days(self, place: Place) -> list[tuple[date, int]]:
        """On which days how many things that are found were published, utterances for the first time; in order."""
        with self._reading() as connection:
            kind, worded = self._asked(connection, place)
            moment = tables.utterance.c.first if place is Place.UTTERANCES else kind.date
            day = func.substr(moment, 1, 10)
            query = kind.bare.with_only_columns(day, func.count()).where(
                self._either(connection, kind, worded, kind.least), moment.is_not(None)
            )
            rows = connection.execute(query.group_by(day).order_by(day))
            return [(date.fromisoformat(one), int(count)) for one, count in rows]

    def statements(
        self, *, limit: int | None = None, offset: int = 0, order: Order = Order.BEST
    ) -> list[Found[FoundStatement]]:
        """The statements that are found."""
        with self._reading() as connection:
            found = self._listed(connection, *self._asked(connection, Place.STATEMENTS), limit, offset, order)
            rows = recorded(connection, [row for row, _ in found], self._ask.until)
            pairs = zip(rows, (why for _, why in found), strict=True)
            return self._with_utterances(connection, [Found(one, why) for one, why in pairs])

    def recorded(self, limit: int) -> list[Found[FoundStatement]]:
        """The statements that are found, the last to come on the record first."""
        with self._reading() as connection:
            kind, worded = self._asked(connection, Place.STATEMENTS)
            near = self._near_only(connection, kind, worded)
            query = kind.rows.where(self._either(connection, kind, worded, kind.key))
            rows = connection.execute(query.order_by(statement.c.seq.desc()).limit(limit)).mappings().all()
            return self._with_utterances(
                connection,
                [
                    Found(one, self._why(near.get(row["seq"])))
                    for one, row in zip(recorded(connection, rows, self._ask.until), rows, strict=True)
                ],
            )

    def recorded_reports(self, limit: int) -> list[tuple[Found[ReportHead], datetime]]:
        """The reports that are found, the last to come on the record first, and when they did."""
        with self._reading() as connection:
            kind, worded = self._asked(connection, Place.REPORTS)
            near = self._near_only(connection, kind, worded)
            query = self._ask.heads(entry.c.recorded).join(entry, entry.c.seq == report.c.seq)
            query = query.where(self._either(connection, kind, worded, kind.key))
            query = query.order_by(report.c.seq.desc()).limit(limit)
            return [
                (Found(head_in(row), self._why(near.get(row["report_id"]))), time_of(row["recorded"]))
                for row in connection.execute(query).mappings()
            ]

    def newest(self) -> datetime:
        """When the record was last written to, as far as the search sees it."""
        with self._reading() as connection:
            query = select(func.max(entry.c.recorded)).where(*self._ask.upto(entry))
            return time_of(str(connection.execute(query).scalar_one()))

    def utterances(
        self, *, limit: int | None = None, offset: int = 0, order: Order = Order.BEST
    ) -> list[Found[UtteranceHead]]:
        """The utterances that are found; their date is that on which they were last told."""
        with self._reading() as connection:
            found = self._listed(connection, *self._asked(connection, Place.UTTERANCES), limit, offset, order)
            return [Found(utterance_in(row), why) for row, why in found]

    def reports(
        self, *, limit: int | None = None, offset: int = 0, order: Order = Order.BEST
    ) -> list[Found[ReportHead]]:
        """The reports that have the words in title or text, then those in which something near is said."""
        with self._reading() as connection:
            found = self._listed(connection, *self._asked(connection, Place.REPORTS), limit, offset, order)
            return [Found(head_in(row), why) for row, why in found]

    def actors(self, *, limit: int | None = None, offset: int = 0) -> list[Found[FoundActor]]:
        """The actors whose name has the words, then those who said what is found, most statements first."""
        said = Why(By.MEANING) if self._near else why_words(self._wanted)
        every = [Found(one, Why(By.NAME)) for one in self._called]
        every += [Found(one, said) for one in self._spoken if one.actor is not None]
        return every[offset:][:limit]

    def count_speakers(self) -> int:
        """How many actors said what is found, those who were not identified counted as one."""
        return len(self._speakers)

    def speakers(self, *, limit: int | None = None, offset: int = 0) -> list[FoundActor]:
        """Who said what is found, most statements first, and those who were not identified last and as one."""
        return self._speakers[offset:][:limit]

    @cached_property
    def _speakers(self) -> list[FoundActor]:
        with self._reading() as connection:
            kind, worded = self._asked(connection, Place.STATEMENTS)
            return self._speaking(connection, [self._either(connection, kind, worded, kind.key)])

    @cached_property
    def _called(self) -> list[FoundActor]:
        """The actors whose name has the words, with how many of their statements are found."""
        words = () if self._wanted is None else self._wanted.required
        if not words:
            return []
        with self._reading() as connection:
            name = " ".join(one.words for one in words)
            its = queries.said_by_any(list(connection.execute(queries.actors_called(name)).scalars()))
            called = self._speaking(connection, [*self._base, its])
        found = {one.actor: one.statements for one in self._speakers}
        counted = [replace(one, statements=found.get(one.actor, 0)) for one in called if one.actor is not None]
        return sorted(counted, key=_most_first)

    @cached_property
    def _spoken(self) -> list[FoundActor]:
        """The actors who said what is found, without those who are called so."""
        called = {one.actor for one in self._called}
        return [one for one in self._speakers if one.actor is not None and one.actor not in called]

    def _speaking(self, connection: Connection, conditions: Conditions) -> list[FoundActor]:
        rows = connection.execute(queries.speaking(self._ask, conditions)).mappings()
        found = (
            FoundActor(actor_head(row), row["statements"], time_in(row["first"]), time_in(row["last"])) for row in rows
        )
        return sorted(found, key=_most_first)

    def _with_utterances(
        self, connection: Connection, found: Sequence[Found[RecordedStatement]]
    ) -> list[Found[FoundStatement]]:
        its: dict[str, list[UtteranceHead]] = {}
        rendering = tables.rendering.c
        told = (
            select(rendering.statement, rendering.utterance, func.min(rendering.begin).label("place"))
            .where(
                fulltext.among(rendering.report, [one.what.report.id for one in found]),
                fulltext.among(rendering.statement, [one.what.statement.id for one in found]),
            )
            .group_by(rendering.statement, rendering.utterance)
            .subquery()
        )
        query = utterance_heads().add_columns(told.c.statement.label("told_in"))
        query = query.join(told, told.c.utterance == tables.utterance.c.id).order_by(told.c.place)
        for row in connection.execute(query).mappings():
            its.setdefault(row["told_in"], []).append(utterance_in(row))
        return [Found(FoundStatement(one.what, tuple(its.get(one.what.statement.id, ()))), one.why) for one in found]


def _most_first(one: FoundActor) -> tuple[bool, int, str, str]:
    head = one.actor
    return head is None, -one.statements, "" if head is None else head.name, "" if head is None else head.id
