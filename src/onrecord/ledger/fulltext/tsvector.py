"""The index of words in PostgreSQL: a `tsvector` of stems for each row, under GIN, and beside it the stems in order.

The stems are FTS5's (`stems`), so that a search finds the same in both databases. A lexeme's position in the vector
says only in which of the index's columns it stands, with that column's weight: real positions end at 16,383, which a
long report passes. So words next to each other are looked for in the stems in order, among the rows that have them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    and_,
    cast,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from onrecord.ledger.fulltext.asked import COLUMNS, Asked, Either, Every, Has, SearchTable, Without
from onrecord.ledger.fulltext.stems import stems, stems_of

_WEIGHTS: Final = "ABCD"
_LONGEST: Final = 500
"""Letters of a stem that stand in the vector, which takes 2,046 bytes; what is longer is compared in the stems."""
_MOST: Final = 900_000
"""Bytes of stems in one vector, which takes a million and a little more; a text with more is none of words."""
_OVERHEAD: Final = 16


def create_search(connection: Connection) -> None:
    """The search index, empty, in place of any that is there."""
    for name, columns in COLUMNS.items():
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
        its = ", ".join(f'{column} text COLLATE "C" NOT NULL' for column in columns)
        connection.execute(text(f"CREATE TABLE {name} (rowid bigint PRIMARY KEY, words tsvector NOT NULL, {its})"))
        connection.execute(text(f"CREATE INDEX {name}_words ON {name} USING gin (words)"))


def add_to_search(connection: Connection, name: SearchTable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Puts rows in the index: their `seq` and the index's columns."""
    from onrecord.ledger.postgres_texts import copied_in

    copied_in(
        connection,
        name,
        ("rowid", "words", *COLUMNS[name]),
        (
            (row["seq"], _vector(found), *(f" {' '.join(its)} " if its else "" for its in found.values()))
            for row, found in zip(rows, stems_of(name, rows), strict=True)
        ),
    )


def matches(name: SearchTable, asked: Asked) -> ColumnElement[bool]:
    """The condition on the index that a row has what is asked."""
    simple = _simple(asked)
    return false() if simple is None else _condition(name, simple)


def _vector(found: Mapping[str, Sequence[str]]) -> str:
    places: dict[str, list[str]] = {}
    for number, its in enumerate(found.values()):
        for stem in dict.fromkeys(its):
            places.setdefault(stem[:_LONGEST], []).append(f"{number + 1}{_WEIGHTS[number]}")
    size, parts = 0, []
    for stem, where in places.items():
        size += len(stem.encode("utf-8")) + _OVERHEAD
        if size > _MOST:
            break
        parts.append(f"{_quoted(stem)}:{','.join(dict.fromkeys(where))}")
    return " ".join(parts)


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def _simple(asked: Asked) -> Asked | None:
    """What is asked without terms that have no word, which no row has; None where nothing is left that one can have."""
    match asked:
        case Has(term):
            return asked if stems(term.words) else None
        case Every(parts):
            its = [_simple(one) for one in parts]
            left = tuple(one for one in its if one is not None)
            return Every(left) if len(left) == len(its) else None
        case Either(parts):
            left = tuple(one for one in map(_simple, parts) if one is not None)
            return Either(left) if left else None
        case Without(what, but):
            its_what, its_but = _simple(what), _simple(but)
            return its_what if its_what is None or its_but is None else Without(its_what, its_but)


def _condition(name: SearchTable, asked: Asked) -> ColumnElement[bool]:
    query = _query(name, asked)
    if query is not None:
        return _has(name, query)
    match asked:
        case Has():
            return _in_a_row(name, asked)
        case Every(parts):
            return and_(*(_condition(name, one) for one in parts))
        case Either(parts):
            return or_(*(_condition(name, one) for one in parts))
        case Without(what, but):
            return and_(_condition(name, what), not_(_condition(name, but)))


def _has(name: SearchTable, query: str) -> ColumnElement[bool]:
    return literal_column(f"{name}.words").op("@@", is_comparison=True)(cast(literal(query, Text), TSQUERY))


def _in_a_row(name: SearchTable, asked: Has) -> ColumnElement[bool]:
    its = stems(asked.term.words)
    *before, last = its
    each = [_lexeme(name, stem, asked.within) for stem in before]
    each.append(_lexeme(name, last, asked.within, beginning=asked.term.beginning))
    row = f" {' '.join(its)}" + ("" if asked.term.beginning else " ")
    columns = COLUMNS[name] if asked.within is None else (asked.within,)
    stands = or_(*(func.strpos(literal_column(f"{name}.{column}", Text), row) > 0 for column in columns))
    return and_(_has(name, " & ".join(each)), stands)


def _query(name: SearchTable, asked: Asked) -> str | None:
    """What is asked as a query of PostgreSQL; None where words are to stand next to each other."""
    match asked:
        case Has(term, within):
            its = stems(term.words)
            if len(its) > 1 or len(its[0]) > _LONGEST:
                return None
            return _lexeme(name, its[0], within, beginning=term.beginning)
        case Every(parts) | Either(parts):
            queries = [_query(name, one) for one in parts]
            known = [one for one in queries if one is not None]
            joined = " & " if isinstance(asked, Every) else " | "
            return f"({joined.join(known)})" if len(known) == len(queries) else None
        case Without(what, but):
            left, right = _query(name, what), _query(name, but)
            return None if left is None or right is None else f"({left} & !{right})"


def _lexeme(name: SearchTable, stem: str, within: str | None, *, beginning: bool = False) -> str:
    weight = "" if within is None else _WEIGHTS[COLUMNS[name].index(within)]
    marks = ("*" if beginning else "") + weight
    return _quoted(stem[:_LONGEST]) + (f":{marks}" if marks else "")
