"""Full text search in SQLite (FTS5): the index of words, and conditions under which it finds a row.

PostgreSQL's will be another module with these names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    Table,
    TableClause,
    column,
    func,
    literal_column,
    select,
    table,
    text,
    union,
)

from onrecord.ledger.schema import NUMBER
from onrecord.ledger.search import Term, Wanted, askable, folded

SearchTable = Literal["statement_search", "report_search"]

# Contentless: the words are in the typed tables, and only the index is kept here. Porter's stems let "withdraw" find
# "withdrawing" and "withdrawal"; accents are dropped, so "Erdogan" finds "Erdoğan".
_SEARCH: Final[dict[SearchTable, str]] = {
    "statement_search": "content, speaker, title",
    "report_search": "title, text",
}
_TOKENS: Final = "porter unicode61 remove_diacritics 2"


def create_search(connection: Connection) -> None:
    """The search index, empty, in place of any that is there; derived data that takes no part in the chain."""
    for name, columns in _SEARCH.items():
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
        connection.execute(text(f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='', tokenize='{_TOKENS}')"))


def add_to_search(connection: Connection, name: SearchTable, rows: list[dict[str, Any]]) -> None:
    """Puts rows in the index: their `seq` and the index's columns."""
    if rows:
        columns = _SEARCH[name]
        places = ", ".join(f":{column}" for column in columns.split(", "))
        connection.execute(text(f"INSERT INTO {name} (rowid, {columns}) VALUES (:seq, {places})"), rows)


def search_size(connection: Connection, name: SearchTable) -> int:
    """How many rows the index has."""
    return int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one())


def found(name: SearchTable, wanted: Wanted, seq: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """The conditions under which the row numbered `seq` is what a search wants."""
    if wanted.nothing:
        return [literal_column("0") == 1]
    conditions: list[ColumnElement[bool]] = (
        [seq.in_(_matching(name, wanted.required, " AND "))] if wanted.required else []
    )
    if wanted.excluded:
        conditions.append(seq.not_in(_matching(name, wanted.excluded, " OR ")))
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
    required = [_terms(asked.required, " AND ")] if asked.required else []
    required += [f"speaker : ({_terms(name.required, ' AND ')})"] if name.required else []
    query: Select[Any] = select(literal_column("rowid").label("rowid")).select_from(table("statement_search"))
    if asked.nothing or name.nothing:
        query = query.where(literal_column("0") == 1)
    elif required:
        match = " AND ".join(f"({one})" for one in required)
        match += f" NOT ({_terms(asked.excluded, ' OR ')})" if asked.excluded else ""
        query = query.where(literal_column("statement_search").op("MATCH")(match))
    else:
        query = query.where(literal_column("rowid").not_in(_matching("statement_search", asked.excluded, " OR ")))
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
        return [literal_column("0") == 1]
    # The index finds candidates quickly but knows stems only, for which Keating and Keat may be one.
    candidates = _matching("statement_search", wanted.required, " AND ", column="speaker").union(judged)
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
    query = f"({within} : ({' OR '.join(map(_string, any_of))}))"
    if required:
        query = f"({query} AND {' AND '.join(map(_string, required))})"
    for terms, joined in ((but.excluded, " OR "), (but.required, " AND ")):
        if terms:
            query = f"({query}) NOT ({joined.join(map(_string, terms))})"
    return literal_column(name).op("MATCH", is_comparison=True)(query)


def named_so(name: str, seq: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that a word of a statement's speaker or source begins as the last word of `name` does."""
    wanted = Wanted.words(name)
    if wanted.nothing:
        return literal_column("0") == 1
    begun = tuple(Term(one.words, beginning=one.words[-1:].isalnum()) for one in wanted.required)
    return seq.in_(_matching("statement_search", begun, " AND ", column="speaker"))


def one_of(values: Sequence[str] | Sequence[int]) -> Select[Any]:
    """Any number of values to compare with: a database takes only so many one by one."""
    return select(literal_column("value")).select_from(func.json_each(json.dumps(list(values))))


def place_of(its: Table) -> ColumnElement[int]:
    """The number that a row of a table was given when it came: greater than that of every row that was there."""
    return literal_column(f"{its.name}.rowid", NUMBER)


def in_one(query: Select[Any]) -> Select[Any]:
    """The rows of a select, in its order, as one JSON array of values or of arrays.

    Between two rows other threads may take their turn; under many readers so many rows wait long for each other.
    """
    its = query.subquery().c
    one = its[0] if len(its) == 1 else func.json_array(*its)
    return select(func.json_group_array(one))


def name_contains(column: Any, words: str) -> ColumnElement[bool]:
    """The condition that a name has `words` somewhere in it, without regard to case or accents."""
    return func.instr(func.onrecord_folded(column), folded(askable(words))) > 0


def _string(term: Term) -> str:
    # Every term is a string of FTS5, in which only the quotation mark means anything; `Term` never holds one.
    return f'"{term.words}"' + ("*" if term.beginning else "")


def _matching(name: SearchTable, terms: tuple[Term, ...], joined: str, *, column: str | None = None) -> Any:
    query = _terms(terms, joined)
    if column is not None:
        query = f"{column} : ({query})"
    return _rows(name, query)


def _rows(name: SearchTable, query: str) -> Select[Any]:
    return select(literal_column("rowid")).select_from(table(name)).where(literal_column(name).op("MATCH")(query))


def _terms(terms: tuple[Term, ...], joined: str) -> str:
    return joined.join(map(_string, terms))
