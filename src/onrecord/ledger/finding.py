"""What a search finds: how each kind of thing is looked up, what has the words, and what is near to them in meaning.

For the near the index gives the newest statements that have a word near to one that was typed
(`onrecord.ledger.meaning`), so that no more is compared in a large ledger than in a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
from onrecord.ledger.queries import Questions, page
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


class Finding:
    """What is asked, and what was found near to it, which is found once."""

    def __init__(
        self, reading: Reading, ask: Questions, sought: Sought, among: tuple[str | None, list[_Near]] | None = None
    ) -> None:
        self._reading = reading
        self._ask = ask
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
            base = self._base
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

    @cached_property
    def _base(self) -> list[ColumnElement[bool]]:
        """What the filters ask of a statement."""
        with self._reading() as connection:
            conditions = queries.filters(self._ask, connection, self.sought)
        if self._among is not None:
            actor = self._among[0]
            conditions.append(queries.said_by_nobody() if actor is None else queries.said_by_any([actor]))
        return conditions

    def _uttered(self) -> list[ColumnElement[bool]]:
        conditions = queries.carried(self.sought)
        if self._among is None and queries.of_utterances_alone(self.sought):
            return conditions
        its = self._worded_utterances
        if its is None:
            renderings = queries.worded_renderings(self._ask, self._base, self._wanted, self.sought)
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
            query = queries.worded_renderings(self._ask, self._base, self._wanted, self.sought)
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
            base = self._base
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
            return kind, self._uttered()
        its = report.c
        rows, bare = self._ask.heads(), select(its.id).select_from(report)
        kind = _Kind(place, its.id, "report_id", rows, bare, its.published, (its.seq,), lambda one: one.report)
        base = self._base
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
