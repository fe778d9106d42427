"""One search over the record: what it finds among statements, utterances, reports and actors, and why.

What has the words comes first, the newest before others, then what is near to them in meaning, the nearest before
others. For the second part the index gives the newest statements that have a word near to one that was typed
(`onrecord.ledger.meaning`), so that no more is compared in a large ledger than in a small one.

It is longer than other modules: lists, counts, days and speakers of one search all rest on what was found near once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select, true

from onrecord.language.words import plain_words
from onrecord.ledger import fulltext
from onrecord.ledger import linked_schema as tables
from onrecord.ledger import search_queries as queries
from onrecord.ledger.corrections import recorded
from onrecord.ledger.linked import UtteranceHead
from onrecord.ledger.linked_queries import utterance_heads
from onrecord.ledger.linked_reading import actor_head, utterance_in
from onrecord.ledger.listed_schema import listed
from onrecord.ledger.meaning import NEAR_ENOUGH, OF_NEAREST, Likeness, Meaning
from onrecord.ledger.parts import in_parts
from onrecord.ledger.queries import Questions, page
from onrecord.ledger.rows import time_of
from onrecord.ledger.schema import entry, report, statement
from onrecord.ledger.search import Sounding, Wanted, holds
from onrecord.ledger.searched import (
    By,
    Found,
    FoundActor,
    FoundStatement,
    Order,
    Place,
    Sought,
    Why,
    why_near,
    why_words,
)
from onrecord.ledger.shown import RecordedStatement, ReportHead, head_in, time_in

MOST_NEAR: Final = 200
"""Things of one kind that are found by their meaning alone, at most."""
MOST_HELD: Final = 5_000
"""Passages that are looked into for the words of their statement."""

Conditions = Sequence[ColumnElement[bool]]
Reading = Callable[[], AbstractContextManager[Connection]]
Row = RowMapping


@dataclass(frozen=True, slots=True)
class _Near:
    """A passage that is near to what was meant, and whose it is."""

    seq: int
    utterance: str
    report: str
    actor: str | None
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of thing is looked up: a select of rows, in which the column `name` is the key.

    `bare` selects the same things with no more than what conditions ask of them, to be counted.
    """

    place: Place
    key: ColumnElement[Any]
    name: str
    rows: Select[Any]
    bare: Select[Any]
    date: ColumnElement[Any]
    then: tuple[ColumnElement[Any], ...]
    of: Callable[[_Near], Any]


class Search:
    """What a search finds; every call sees the record as it then is, but what is near in meaning is found once.

    Lists show `limit` things from `offset` on, or all.
    """

    def __init__(
        self, reading: Reading, ask: Questions, sought: Sought, among: tuple[str | None, list[_Near]] | None = None
    ) -> None:
        self._reading = reading
        self._ask = ask
        self.sought = sought
        self._among = among
        self._only: dict[Place, dict[Any, _Near]] = {}
        self._wanted = None if sought.words is None else Wanted.parse(sought.words)

    def of(self, actor: str | None) -> Search:
        """The same search among what one actor said, or among what those said who were not identified."""
        return Search(self._reading, self._ask, self.sought, (actor, [one for one in self._near if one.actor == actor]))

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
            most = queries.most_worded(self._base(connection))
            hits = fulltext.newest(self._wanted, most).subquery()
            there = int(connection.execute(select(func.count()).select_from(hits)).scalar_one())
        return most if there >= most else None

    def days(self, place: Place) -> list[tuple[date, int]]:
        """On which days how many things that are found were published, utterances for the first time; in order."""
        with self._reading() as connection:
            kind, worded = self._asked(connection, place)
            moment = tables.utterance.c.first if place is Place.UTTERANCES else kind.date
            day = func.substr(moment, 1, 10)
            query = kind.bare.with_only_columns(day, func.count()).where(
                self._either(connection, kind, worded), moment.is_not(None)
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
            query = kind.rows.where(self._either(connection, kind, worded))
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
            query = query.where(self._either(connection, kind, worded)).order_by(report.c.seq.desc()).limit(limit)
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
            near = list(self._near_only(connection, *self._asked(connection, Place.STATEMENTS)))
            base = self._base(connection)
            return self._speaking(connection, [*base, *queries.found_of(self._wanted, near, queries.most_worded(base))])

    @cached_property
    def _called(self) -> list[FoundActor]:
        """The actors whose name has the words, with how many of their statements are found."""
        words = () if self._wanted is None else self._wanted.required
        if not words:
            return []
        with self._reading() as connection:
            name = " ".join(one.words for one in words)
            its = queries.said_by_any(list(connection.execute(queries.actors_called(name)).scalars()))
            called = self._speaking(connection, [*self._base(connection), its])
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

    @cached_property
    def _meaning(self) -> Meaning | None:
        if self._wanted is None or not self.sought.meaning:
            return None
        words = [word for one in self._wanted.required for word in plain_words(one.words)]
        with self._reading() as connection:
            surnames = queries.surnames(connection, words)
        return Meaning.of(self._wanted, surnames)

    @cached_property
    def _near(self) -> list[_Near]:
        """The passages that are near to what was meant, of statements without all the words; the nearest first."""
        if self._among is not None:
            return self._among[1]
        if self._meaning is None or self._wanted is None:
            return []
        rows: dict[tuple[int, str], Row] = {}
        with self._reading() as connection:
            base = self._base(connection)
            for close in (True, False):
                query = queries.compared(self._ask, base, self._meaning, self._wanted, self.sought, close=close)
                if query is not None and len({seq for seq, _ in rows}) < queries.COMPARED:
                    rows.update(((row["seq"], row["words"]), row) for row in connection.execute(query).mappings())
        near = [
            _Near(row["seq"], row["utterance"], row["report_id"], row["actor"], self._meaning.likeness(row["words"]))
            for row in rows.values()
        ]
        nearest = max((one.likeness.nearness for one in near), default=0.0)
        least = max(NEAR_ENOUGH, OF_NEAREST * nearest)
        near = [one for one in near if one.likeness.nearness >= least]
        return sorted(near, key=lambda one: (-one.likeness.nearness, -one.seq, one.utterance))

    def _base(self, connection: Connection) -> list[ColumnElement[bool]]:
        """What the filters ask of a statement."""
        conditions = queries.filters(self._ask, connection, self.sought)
        if self._among is not None:
            actor = self._among[0]
            conditions.append(queries.said_by_nobody() if actor is None else queries.said_by_any([actor]))
        return conditions

    def _uttered(self, connection: Connection) -> list[ColumnElement[bool]]:
        conditions = queries.carried(self.sought)
        if self._among is None and queries.of_utterances_alone(self.sought):
            return conditions
        its = self._worded_utterances
        if its is None:
            renderings = queries.worded_renderings(self._ask, self._base(connection), self._wanted, self.sought)
            told = renderings.with_only_columns(tables.rendering.c.utterance).correlate(None)
            return [tables.utterance.c.id.in_(told), *conditions]
        return [tables.utterance.c.id.in_(fulltext.one_of(its)), *conditions]

    @cached_property
    def _worded_utterances(self) -> list[str] | None:
        """The utterances that a statement with the words renders by a passage that has one of them.

        Where the words are only those of who speaks, or of the title, every passage will do. None where so many
        statements have the words that every passage of them is taken.
        """
        terms = [] if self._wanted is None else [Sounding.of(one) for one in self._wanted.required]
        with self._reading() as connection:
            query = queries.worded_renderings(self._ask, self._base(connection), self._wanted, self.sought)
            rows = connection.execute(query.limit(MOST_HELD + 1)).all() if terms else []
        if not terms or len(rows) > MOST_HELD:
            return None
        held = (one for one, words, content in rows if holds(words, terms) or not holds(content, terms))
        return list(dict.fromkeys(held))

    def _asked(self, connection: Connection, place: Place) -> tuple[_Kind, Conditions]:
        """How things of one kind are looked up, and under which conditions one has the words."""
        if place is Place.STATEMENTS:
            key = statement.c.seq
            rows, bare = self._ask.recorded_statements(self._ask.latest()), self._ask.statements(key)
            published: ColumnElement[Any] = report.c.published
            order: tuple[ColumnElement[Any], ...] = report.c.seq, statement.c.position, key
            base = self._base(connection)
            if not base and self._ask.until is None:
                # Lists have the latest readings in hand; a filter asks for what only the record has.
                bare = select(key).join_from(listed, statement, statement.c.seq == listed.c.seq)
                published = func.nullif(listed.c.published, "")
                order = listed.c.report, listed.c.position, listed.c.seq
            kind = _Kind(place, key, "seq", rows, bare, published, order, lambda one: one.seq)
            return kind, [*base, *queries.worded(self._wanted, queries.most_worded(base))]
        if place is Place.UTTERANCES:
            its = tables.utterance.c
            rows, bare = utterance_heads(), select(its.id).select_from(tables.utterance)
            kind = _Kind(place, its.id, "id", rows, bare, its.last, (its.id,), lambda one: one.utterance)
            return kind, self._uttered(connection)
        its = report.c
        rows, bare = self._ask.heads(), select(its.id).select_from(report)
        kind = _Kind(place, its.id, "report_id", rows, bare, its.published, (its.seq,), lambda one: one.report)
        base = self._base(connection)
        return kind, queries.in_reports(self._ask, connection, base, self._wanted, self.sought)

    def _either(self, connection: Connection, kind: _Kind, worded: Conditions) -> ColumnElement[bool]:
        """The condition that something has the words or is near to them."""
        near = list(self._near_only(connection, kind, worded))
        if not near:
            every: ColumnElement[bool] = and_(true(), *worded)
            return every
        keys = kind.bare.with_only_columns(kind.key).where(*worded).correlate(None)
        return or_(kind.key.in_(keys), kind.key.in_(fulltext.one_of(near)))

    def _count(self, connection: Connection, kind: _Kind, worded: Conditions) -> int:
        query = kind.bare.with_only_columns(func.count()).where(*worded)
        return int(connection.execute(query).scalar_one()) + len(self._near_only(connection, kind, worded))

    def _near_only(self, connection: Connection, kind: _Kind, worded: Conditions) -> dict[Any, _Near]:
        """What is found by its meaning alone, the nearest first."""
        if kind.place not in self._only:
            near: dict[Any, _Near] = {}
            for one in self._near:
                near.setdefault(kind.of(one), one)
            if kind.place is Place.UTTERANCES and near:
                # Of a statement's passages one may be carried as far as was asked, and another may not.
                carried = [kind.key.in_(fulltext.one_of(list(near))), *queries.carried(self.sought)]
                its = set(connection.execute(select(kind.key).where(*carried)).scalars())
                near = {key: one for key, one in near.items() if key in its}
            worded_too = self._those(connection, kind, worded, list(near))
            only = [(key, one) for key, one in near.items() if key not in worded_too]
            self._only[kind.place] = dict(only[:MOST_NEAR])
        return self._only[kind.place]

    def _those(self, connection: Connection, kind: _Kind, worded: Conditions, keys: list[Any]) -> set[Any]:
        """Which of these have the words."""
        if not keys:
            return set()
        query = kind.bare.with_only_columns(kind.key).where(kind.key.in_(fulltext.one_of(keys)), *worded)
        return set(connection.execute(query).scalars())

    def _listed(
        self, connection: Connection, kind: _Kind, worded: Conditions, limit: int | None, offset: int, order: Order
    ) -> list[tuple[Row, Why]]:
        near = self._near_only(connection, kind, worded)
        by_date = (kind.date.asc() if order is Order.OLDEST else kind.date.desc()).nulls_last()
        keys = kind.bare.with_only_columns(kind.key).order_by(by_date, *kind.then)

        def rows(condition: Iterable[ColumnElement[bool]], limit: int | None, offset: int) -> list[Row]:
            # The keys first, so that of all that is found only the page has to be read whole.
            wanted = list(connection.execute(page(keys.where(*condition), limit, offset)).scalars())
            found: dict[Any, Row] = {}
            for part in in_parts(wanted):
                its = kind.rows.where(kind.key.in_(part))
                found.update((row[kind.name], row) for row in connection.execute(its).mappings())
            return [found[key] for key in wanted]

        if order is not Order.BEST:
            either = self._either(connection, kind, worded)
            return [(row, self._why(near.get(row[kind.name]))) for row in rows([either], limit, offset)]
        first = rows(worded, limit, offset)
        found = [(row, self._why(None)) for row in first]
        if not near or (limit is not None and len(found) >= limit):
            return found
        having = offset + len(first)
        if offset and not first:
            query = kind.bare.with_only_columns(func.count()).where(*worded)
            having = int(connection.execute(query).scalar_one())
        start = max(0, offset - having)
        chosen = list(near)[start:] if limit is None else list(near)[start : start + limit - len(found)]
        behind = {row[kind.name]: row for row in rows([kind.key.in_(fulltext.one_of(chosen))], None, 0)}
        return found + [(behind[key], self._why(near[key])) for key in chosen if key in behind]

    def _why(self, near: _Near | None) -> Why:
        if near is None:
            return why_words(self._wanted)
        required = self._meaning.required if self._meaning is not None else ()
        return why_near(near.likeness.nearness, near.likeness.words, required)

    def _with_utterances(
        self, connection: Connection, found: Sequence[Found[RecordedStatement]]
    ) -> list[Found[FoundStatement]]:
        its: dict[str, list[UtteranceHead]] = {}
        rendering = tables.rendering.c
        told = (
            select(rendering.statement, rendering.utterance, func.min(rendering.begin).label("place"))
            .where(
                rendering.report.in_(fulltext.one_of([one.what.report.id for one in found])),
                rendering.statement.in_(fulltext.one_of([one.what.statement.id for one in found])),
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
