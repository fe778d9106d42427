"""The index of words in SQLite: FTS5.

Contentless: the words are in the typed tables, and only the index is kept here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal_column, text

from onrecord.ledger.fulltext.asked import COLUMNS, TOKENS, Asked, Either, Every, Has, SearchTable, Without


def create_search(connection: Connection) -> None:
    """The search index, empty, in place of any that is there."""
    for name, columns in COLUMNS.items():
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
        connection.execute(
            text(f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, content='', tokenize='{TOKENS}')")
        )


def add_to_search(connection: Connection, name: SearchTable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Puts rows in the index: their `seq` and the index's columns."""
    columns = COLUMNS[name]
    places = ", ".join(f":{column}" for column in columns)
    connection.execute(text(f"INSERT INTO {name} (rowid, {', '.join(columns)}) VALUES (:seq, {places})"), rows)


def matches(name: SearchTable, asked: Asked) -> ColumnElement[bool]:
    """The condition on the index that a row has what is asked."""
    return literal_column(name).op("MATCH", is_comparison=True)(written(asked))


def written(asked: Asked) -> str:
    """What is asked, as FTS5 has it.

    >>> from onrecord.ledger.search import Term
    >>> price, talks = Has(Term("heavy price")), Has(Term("talk", beginning=True), "title")
    >>> written(Without(Every((price, talks)), Has(Term("exercise"))))
    '(("heavy price") AND (title : "talk"*)) NOT ("exercise")'
    """
    match asked:
        case Has(term, within):
            # Every term is a string of FTS5, in which only the quotation mark means anything; `Term` never holds one.
            string = f'"{term.words}"' + ("*" if term.beginning else "")
            return string if within is None else f"{within} : {string}"
        case Every(parts):
            return " AND ".join(f"({written(one)})" for one in parts)
        case Either(parts):
            return " OR ".join(f"({written(one)})" for one in parts)
        case Without(what, but):
            return f"({written(what)}) NOT ({written(but)})"
