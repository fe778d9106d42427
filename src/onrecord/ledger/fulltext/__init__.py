"""Full text search: the index of words, and conditions under which it finds a row, the same in every database.

`fts5` and `tsvector` have what one database has, under the same names. A condition holds both forms, and which one is
asked is told when it is put into words for a database; so who asks need not know which one there is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    Table,
    TableClause,
    Text,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    union,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from onrecord.ledger.fulltext import fts5, tsvector
from onrecord.ledger.fulltext.asked import Asked, Every, SearchTable, Without, either, every
from onrecord.ledger.fulltext.forms import EachValue, by_database
from onrecord.ledger.schema import NUMBER
from onrecord.ledger.search import Term, Wanted, askable, folded

__all__ = [
    "SearchTable",
    "add_to_search",
    "among",
    "create_search",
    "found",
    "hits",
    "in_one",
    "index_of",
    "is_called",
    "matching_any",
    "name_contains",
    "named_so",
    "newest",
    "numbers",
    "place_of",
    "search_size",
    "spoken_by",
    "stands_in_text",
]


def create_search(connection: Connection) -> None:
    """The search index, empty, in place of any that is there; derived data that takes no part in the chain."""
    _index_in(connection).create_search(connection)


def add_to_search(connection: Connection, name: SearchTable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Puts rows in the index: their `seq` and the index's columns."""
    if rows:
        _index_in(connection).add_to_search(connection, name, rows)


def search_size(connection: Connection, name: SearchTable) -> int:
    """How many rows the index has."""
    return int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one())


def found(name: SearchTable, wanted: Wanted, seq: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """The conditions under which the row numbered `seq` is what a search wants."""
    if wanted.nothing:
        return [false()]
    conditions: list[ColumnElement[bool]] = []
    if wanted.required:
        conditions.append(seq.in_(_rows(name, every(wanted.required))))
    if wanted.excluded:
        conditions.append(seq.not_in(_rows(name, either(wanted.excluded))))
    return conditions


def hits(wanted: Wanted | None, speaker: str | None, most: int | None, judged: Select[Any]) -> Subquery:
    """The numbers (`rowid`) of statements that a search finds and whose speaker may be called `speaker`.

    At most `most` of them, those that came on the record last. `judged` selects the numbers of those whose speaker a
    person told, which the index knows by what the reader found: where a speaker is asked for, they may be it too.
    """
    found = newest(wanted, most, speaker=speaker)
    if speaker is None:
        return found.subquery("hits")
    also = judged if wanted is None else judged.where(judged.selected_columns[0].in_(newest(wanted, None)))
    return union(select(found.subquery().c.rowid), also).subquery("hits")


def newest(wanted: Wanted | None, most: int | None, *, speaker: str | None = None) -> Select[Any]:
    """The `seq` of the statements that a search finds, at most `most`: those that came on the record last."""
    asked = Wanted() if wanted is None else wanted
    name = Wanted() if speaker is None else Wanted.words(speaker)
    required: list[Asked] = [every(asked.required)] if asked.required else []
    required += [every(name.required, "speaker")] if name.required else []
    query: Select[Any] = select(literal_column("rowid", NUMBER).label("rowid")).select_from(table("statement_search"))
    if asked.nothing or name.nothing:
        query = query.where(false())
    elif required:
        whole: Asked = Every(tuple(required))
        query = query.where(
            _matches("statement_search", Without(whole, either(asked.excluded)) if asked.excluded else whole)
        )
    else:
        query = query.where(literal_column("rowid").not_in(_rows("statement_search", either(asked.excluded))))
    return query.order_by(literal_column("rowid").desc()).limit(most)


def is_called(speaker: Any, source: Any, name: str) -> ColumnElement[bool]:
    """The condition that a speaker, or the source of an unnamed one, is called `name`."""
    return func.onrecord_called(speaker, source, askable(name)) == 1


def spoken_by(name: str, seq: ColumnElement[int], speaker: Any, source: Any, judged: Any) -> list[ColumnElement[bool]]:
    """The conditions under which a statement's speaker, or the source of an unnamed one, is called `name`.

    `judged` selects the rows whose speaker a person told, which the index knows by what the reader found.
    """
    wanted = Wanted.words(name)
    if wanted.nothing:
        return [false()]
    # The index finds candidates quickly but knows stems only, for which Keating and Keat may be one.
    candidates = _rows("statement_search", every(wanted.required, "speaker")).union(judged)
    return [seq.in_(candidates), is_called(speaker, source, name)]


def index_of(name: SearchTable) -> TableClause:
    """The index as something to select from; `rowid` is the `seq` of what it found."""
    return table(name, column("rowid", NUMBER))


def matching_any(
    name: SearchTable, any_of: Sequence[Term], required: Sequence[Term], but: Wanted, *, within: str
) -> ColumnElement[bool]:
    """The condition on an index that a row has one term at least in the column `within`, and all that are required.

    What the search `but` excludes must not be in it, nor may it have all that this one wants.
    """
    asked: Asked = either(any_of, within)
    if required:
        asked = Every((asked, every(required)))
    if but.excluded:
        asked = Without(asked, either(but.excluded))
    if but.required:
        asked = Without(asked, every(but.required))
    return _matches(name, asked)


def named_so(name: str, seq: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that a word of a statement's speaker or source begins as the last word of `name` does."""
    wanted = Wanted.words(name)
    if wanted.nothing:
        return false()
    begun = tuple(Term(one.words, beginning=one.words[-1:].isalnum()) for one in wanted.required)
    return seq.in_(_rows("statement_search", every(begun, "speaker")))


def among(column: ColumnElement[Any], values: Sequence[str] | Sequence[int]) -> ColumnElement[bool]:
    """The condition that a column has one of any number of values: a database takes only so many one by one."""
    return column.in_(_each(values, NUMBER if isinstance(column.type, Integer) else Text()))


def numbers(values: Sequence[int]) -> Select[Any]:
    """Any number of numbers to compare with."""
    return _each(values, NUMBER)


def _each(values: Sequence[str] | Sequence[int], kind: TypeEngine[Any]) -> Select[Any]:
    given = list(values)
    each: EachValue = EachValue(func.json_each(json.dumps(given)), func.unnest(literal(given, postgresql.ARRAY(kind))))
    return select(literal_column("value", kind)).select_from(each)


def place_of(its: Table) -> ColumnElement[int]:
    """The number that a row of a table was given when it came: greater than that of every row that was there."""
    return literal_column(f"{its.name}.rowid", NUMBER)


def in_one(query: Select[Any]) -> Select[Any]:
    """The rows of a select, in its order, as one JSON array of values or of arrays.

    Between two rows other threads may take their turn; under many readers so many rows wait long for each other.
    """
    its = query.subquery().c
    alone = its[0] if len(its) == 1 else None
    sqlites = func.json_group_array(func.json_array(*its) if alone is None else alone)
    gathered = func.json_agg(func.json_build_array(*its) if alone is None else alone)
    return select(by_database(sqlites, func.coalesce(cast(gathered, Text), "[]")))


def stands_in_text(words: str, column: Any) -> ColumnElement[bool]:
    """The condition that a text has `words` somewhere in it, letter for letter."""
    return by_database(func.instr(column, words) > 0, func.strpos(column, words) > 0)


def name_contains(column: Any, words: str) -> ColumnElement[bool]:
    """The condition that a name has `words` somewhere in it, without regard to case or accents."""
    return stands_in_text(folded(askable(words)), func.onrecord_folded(column))


def _index_in(connection: Connection) -> ModuleType:
    return fts5 if connection.dialect.name == "sqlite" else tsvector


def _rows(name: SearchTable, asked: Asked) -> Select[Any]:
    return select(literal_column("rowid", NUMBER)).select_from(table(name)).where(_matches(name, asked))


def _matches(name: SearchTable, asked: Asked) -> ColumnElement[bool]:
    return by_database(fts5.matches(name, asked), tsvector.matches(name, asked))
