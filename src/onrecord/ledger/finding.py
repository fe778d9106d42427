"""What a search finds: how each kind of thing is looked up, what has the words, and what is near to them in meaning.

For the near the index gives the newest statements that have a word near to one that was typed
(`onrecord.ledger.meaning`), so that no more is compared in a large ledger than in a small one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select, true

from onrecord.language.words import plain_words
from onrecord.ledger import fulltext
from onrecord.ledger import linked_schema as tables
from onrecord.ledger import search_queries as queries
from onrecord.ledger.linked_queries import utterance_heads
from onrecord.ledger.listed_schema import listed
from onrecord.ledger.meaning import NEAR_ENOUGH, OF_NEAREST, Likeness, Meaning
from onrecord.ledger.parts import in_parts
from onrecord.ledger.queries import Questions, page, part_of
from onrecord.ledger.schema import report, statement
from onrecord.ledger.search import Sounding, Wanted, holds
from onrecord.ledger.searched import (
    Order,
    Place,
    Sought,
    Why,
    why_near,
    why_words,
)
from onrecord.ledger.surnames import Surnames

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

    `bare` selects the same things, by the column `least`, with no more than what conditions ask of them, to be counted.
    """

    place: Place
    key: ColumnElement[Any]
    least: ColumnElement[Any]
    name: str
    rows: Select[Any]
    bare: Select[Any]
    date: ColumnElement[Any]
    then: tuple[ColumnElement[Any], ...]
    of: Callable[[_Near], Any]


class Finding:
    """What is asked, and what was found near to it, which is found once."""

    def __init__(
        self,
        reading: Reading,
        ask: Questions,
        surnames: Surnames,
        sought: Sought,
        among: tuple[str | None, list[_Near]] | None = None,
    ) -> None:
        self._reading = reading
        self._ask = ask
        self._surnames = surnames
        self.sought = sought
        self._among = among
        self._only: dict[Place, dict[Any, _Near]] = {}
        self._wanted = None if sought.words is None else Wanted.parse(sought.words)

    @cached_property
    def _meaning(self) -> Meaning | None:
        if self._wanted is None or not self.sought.meaning:
            return None
        words = [word for one in self._wanted.required for word in plain_words(one.words)]
        with self._reading() as connection:
            surnames = self._surnames.among(connection, words)
        return Meaning.of(self._wanted, surnames)

    @cached_property
    def _near(self) -> list[_Near]:
        """The passages that are near to what was meant, of statements without all the words; the nearest first."""
        if self._among is not None:
            return self._among[1]
        if self._meaning is None or self._wanted is None:
            return []
        rows: dict[tuple[int, str], Sequence[Any]] = {}
        with self._reading() as connection:
            base = self._base
            for close in (True, False):
                query = queries.compared(self._ask, base, self._meaning, self._wanted, self.sought, close=close)
                if query is not None and len({seq for seq, _ in rows}) < queries.COMPARED:
                    found = json.loads(connection.execute(fulltext.in_one(query)).scalar_one())
                    rows.update(((seq, words), row) for row in found for seq, _, words, *_ in [row])
        near = [
            _Near(seq, utterance, report_id, actor, self._meaning.likeness(words))
            for seq, utterance, words, actor, report_id in rows.values()
        ]
        nearest = max((one.likeness.nearness for one in near), default=0.0)
        least = max(NEAR_ENOUGH, OF_NEAREST * nearest)
        near = [one for one in near if one.likeness.nearness >= least]
        return sorted(near, key=lambda one: (-one.likeness.nearness, -one.seq, one.utterance))

    @cached_property
    def _base(self) -> list[ColumnElement[bool]]:
        """What the filters ask of a statement, of one with the words or near to them where words are asked."""
        return self._filters(of_few=self._wanted is not None)

    def _filters(self, *, of_few: bool) -> list[ColumnElement[bool]]:
        with self._reading() as connection:
            conditions = queries.filters(self._ask, connection, self.sought, of_few=of_few)
        if self._among is not None:
            actor = self._among[0]
            conditions.append(queries.said_by_nobody() if actor is None else queries.said_by_any([actor]))
        return conditions

    @cached_property
    def _hits(self) -> Select[Any]:
        """The numbers of the statements with the words that are looked at: those that came on the record last."""
        found = fulltext.newest(self._wanted, queries.most_worded(self._base))
        if self._base:
            return found
        # Few enough to be looked up once and handed on.
        with self._reading() as connection:
            return fulltext.numbers(json.loads(connection.execute(fulltext.in_one(found)).scalar_one()))

    @cached_property
    def _worded(self) -> list[int] | None:
        """The numbers of the statements that have the words, those published last first; None where no words are asked.

        They are looked up once for all that is told of them.
        """
        if self._wanted is None:
            return None
        kind = self._of_statements
        query = _in_order(kind, Order.BEST).where(kind.least.in_(self._hits), *self._base)
        with self._reading() as connection:
            return list(json.loads(connection.execute(fulltext.in_one(query)).scalar_one()))

    def _uttered(self) -> list[ColumnElement[bool]]:
        conditions = queries.carried(self.sought)
        if self._among is None and queries.of_utterances_alone(self.sought):
            return conditions
        its = self._worded_utterances
        if its is None:
            told = self._worded_renderings().with_only_columns(tables.rendering.c.utterance).correlate(None)
            return [tables.utterance.c.id.in_(told), *conditions]
        return [fulltext.among(tables.utterance.c.id, its), *conditions]

    @cached_property
    def _worded_utterances(self) -> list[str] | None:
        """The utterances that a statement with the words renders by a passage that has one of them.

        Where the words are only those of who speaks, or of the title, every passage will do. None where so many
        statements have the words that every passage of them is taken.
        """
        terms = [] if self._wanted is None else [Sounding.of(one) for one in self._wanted.required]
        with self._reading() as connection:
            query = self._worded_renderings().limit(MOST_HELD + 1)
            rows = connection.execute(query).all() if terms else []
        if not terms or len(rows) > MOST_HELD:
            return None
        held = (one for one, words, content in rows if holds(words, terms) or not holds(content, terms))
        return list(dict.fromkeys(held))

    def _worded_renderings(self) -> Select[Any]:
        conditions = self._base if self._worded is None else [fulltext.among(statement.c.seq, self._worded)]
        return queries.worded_renderings(self._ask, conditions, self.sought)

    @cached_property
    def _of_statements(self) -> _Kind:
        key = statement.c.seq
        rows = self._ask.recorded_statements(self._ask.latest())
        bare, least = queries.numbers(self._ask, self._base)
        if least is key:
            published: ColumnElement[Any] = report.c.published
            order: tuple[ColumnElement[Any], ...] = report.c.seq, statement.c.position, key
        else:
            published = func.nullif(listed.c.published, "")
            order = listed.c.report, listed.c.position, listed.c.seq
        return _Kind(Place.STATEMENTS, key, least, "seq", rows, bare, published, order, lambda one: one.seq)

    def _asked(self, connection: Connection, place: Place) -> tuple[_Kind, Conditions]:
        """How things of one kind are looked up, and under which conditions one has the words."""
        if place is Place.STATEMENTS:
            kind = self._of_statements
            return kind, self._base if self._worded is None else [fulltext.among(kind.least, self._worded)]
        if place is Place.UTTERANCES:
            its = tables.utterance.c
            rows, bare = utterance_heads(), select(its.id).select_from(tables.utterance)
            kind = _Kind(place, its.id, its.id, "id", rows, bare, its.last, (its.id,), lambda one: one.utterance)
            return kind, self._uttered()
        its = report.c
        rows, bare = self._ask.heads(), select(its.id).select_from(report)
        kind = _Kind(place, its.id, its.id, "report_id", rows, bare, its.published, (its.seq,), lambda one: one.report)
        # A report may have the words where none of its statements has them.
        base = self._filters(of_few=False) if queries.of_statements(self.sought) else []
        return kind, queries.in_reports(self._ask, connection, base, self._wanted, self.sought)

    def _having(self, kind: _Kind) -> list[int] | None:
        """The keys of what has the words, in order, where they are in hand."""
        return self._worded if kind.place is Place.STATEMENTS else None

    def _either(
        self, connection: Connection, kind: _Kind, worded: Conditions, key: ColumnElement[Any]
    ) -> ColumnElement[bool]:
        """The condition that what has this key has the words or is near to them."""
        near = list(self._near_only(connection, kind, worded))
        having = self._having(kind)
        if having is not None:
            return fulltext.among(key, [*having, *near])
        if not near:
            every: ColumnElement[bool] = and_(true(), *worded)
            return every
        keys = kind.bare.with_only_columns(kind.least).where(*worded).correlate(None)
        return or_(key.in_(keys), fulltext.among(key, near))

    def _count(self, connection: Connection, kind: _Kind, worded: Conditions) -> int:
        return self._count_worded(connection, kind, worded) + len(self._near_only(connection, kind, worded))

    def _count_worded(self, connection: Connection, kind: _Kind, worded: Conditions) -> int:
        having = self._having(kind)
        if having is not None:
            return len(having)
        return int(connection.execute(kind.bare.with_only_columns(func.count()).where(*worded)).scalar_one())

    def _near_only(self, connection: Connection, kind: _Kind, worded: Conditions) -> dict[Any, _Near]:
        """What is found by its meaning alone, the nearest first."""
        if kind.place not in self._only:
            near: dict[Any, _Near] = {}
            for one in self._near:
                near.setdefault(kind.of(one), one)
            if kind.place is Place.UTTERANCES and near:
                # Of a statement's passages one may be carried as far as was asked, and another may not.
                carried = [fulltext.among(kind.key, list(near)), *queries.carried(self.sought)]
                its = set(connection.execute(select(kind.key).where(*carried)).scalars())
                near = {key: one for key, one in near.items() if key in its}
            worded_too = self._those(connection, kind, worded, list(near))
            only = [(key, one) for key, one in near.items() if key not in worded_too]
            self._only[kind.place] = dict(only[:MOST_NEAR])
        return self._only[kind.place]

    def _those(self, connection: Connection, kind: _Kind, worded: Conditions, keys: list[Any]) -> set[Any]:
        """Which of these have the words."""
        having = self._having(kind)
        if having is not None:
            return set(having).intersection(keys)
        if not keys:
            return set()
        query = kind.bare.with_only_columns(kind.least).where(fulltext.among(kind.least, keys), *worded)
        return set(connection.execute(query).scalars())

    def _listed(
        self, connection: Connection, kind: _Kind, worded: Conditions, limit: int | None, offset: int, order: Order
    ) -> list[tuple[Row, Why]]:
        near = self._near_only(connection, kind, worded)

        def keys(*conditions: ColumnElement[bool]) -> list[Any]:
            query = _in_order(kind, order).where(*conditions)
            return list(connection.execute(page(query, limit, offset)).scalars())

        def rows(wanted: Sequence[Any]) -> dict[Any, Row]:
            # Of all that is found only the page has to be read whole.
            found: dict[Any, Row] = {}
            for part in in_parts(wanted):
                its = kind.rows.where(kind.key.in_(part))
                found.update((row[kind.name], row) for row in connection.execute(its).mappings())
            return found

        if order is not Order.BEST:
            wanted = keys(self._either(connection, kind, worded, kind.least))
            there = rows(wanted)
            return [(there[key], self._why(near.get(key))) for key in wanted]
        having = self._having(kind)
        first = keys(*worded) if having is None else part_of(having, limit, offset)
        chosen: list[Any] = []
        if near and (limit is None or len(first) < limit):
            before = offset + len(first)
            if offset and not first:
                before = self._count_worded(connection, kind, worded)
            start = max(0, offset - before)
            chosen = list(near)[start:] if limit is None else list(near)[start : start + limit - len(first)]
        there = rows([*first, *chosen])
        found = [(there[key], self._why(None)) for key in first]
        return found + [(there[key], self._why(near[key])) for key in chosen if key in there]

    def _why(self, near: _Near | None) -> Why:
        if near is None:
            return why_words(self._wanted)
        required = self._meaning.required if self._meaning is not None else ()
        return why_near(near.likeness.nearness, near.likeness.words, required)


def _in_order(kind: _Kind, order: Order) -> Select[Any]:
    by_date = (kind.date.asc() if order is Order.OLDEST else kind.date.desc()).nulls_last()
    return kind.bare.with_only_columns(kind.least).order_by(by_date, *kind.then)
