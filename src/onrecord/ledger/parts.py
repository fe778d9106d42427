"""As many things at a time as may be asked for in one question: finding, taking out and putting in many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table

from onrecord.ledger.dialects import dialect_of

Item = TypeVar("Item")

IN_ONE_QUESTION: Final = 500
"""Ids looked up at once; every SQLite takes at least 999 values in a statement."""


def in_parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items, as many at a time as may be asked for in one question."""
    for start in range(0, len(items), IN_ONE_QUESTION):
        yield items[start : start + IN_ONE_QUESTION]


def rows_with(
    connection: Connection, query: Select[*tuple[Any, ...]], column: ColumnElement[Any], wanted: Iterable[str]
) -> Iterator[RowMapping]:
    """The rows of a query with one of so many values in a column, a part of the values after the other."""
    for part in in_parts(sorted(set(wanted))):
        yield from connection.execute(query.where(column.in_(part))).mappings()


def take_out(
    connection: Connection,
    table: Table,
    column: ColumnElement[Any],
    unwanted: Iterable[str],
    *more: ColumnElement[bool],
) -> None:
    """Deletes the rows of a table with one of so many values in a column for which `more` holds too."""
    for part in in_parts(sorted(set(unwanted))):
        connection.execute(table.delete().where(column.in_(part), *more))


def put_in(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows that all have the same columns, if there are any."""
    if rows:
        dialect_of(connection).put_in(connection, table, rows)
