"""Words and their stems as FTS5 finds them, for a database that has no FTS5.

SQLite itself cuts the texts, in memory, so that a search finds the same wherever a ledger is.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from onrecord.ledger.fulltext.asked import COLUMNS, TOKENS, SearchTable

_OF_THREAD = threading.local()


def stems_of(name: SearchTable, rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, list[str]]]:
    """The stems in each column of some rows, in the order of the rows and of the text."""
    columns = COLUMNS[name]
    cutter = _cutter()
    places = ", ".join("?" * (len(columns) + 1))
    cutter.execute("BEGIN")
    try:
        cutter.executemany(
            f"INSERT INTO {name} (rowid, {', '.join(columns)}) VALUES ({places})",
            ((number, *(row[column] for column in columns)) for number, row in enumerate(rows)),
        )
        found: list[dict[str, list[str]]] = [{column: [] for column in columns} for _ in rows]
        for number, column, stem in cutter.execute(
            f"SELECT doc, col, term FROM {name}_stems ORDER BY doc, col, offset"
        ):
            found[number][column].append(stem)
    finally:
        cutter.execute("ROLLBACK")
    yield from found


@lru_cache(maxsize=10_000)
def stems(words: str) -> tuple[str, ...]:
    """The stems of some words."""
    ((found),) = stems_of("report_search", [{"title": "", "text": words}])
    return tuple(found["text"])


def _cutter() -> sqlite3.Connection:
    found: sqlite3.Connection | None = getattr(_OF_THREAD, "cutter", None)
    if found is None:
        found = sqlite3.connect(":memory:", isolation_level=None)
        for name, columns in COLUMNS.items():
            found.execute(
                f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, content='', tokenize='{TOKENS}')"
            )
            found.execute(f"CREATE VIRTUAL TABLE {name}_stems USING fts5vocab({name}, 'instance')")
        _OF_THREAD.cutter = found
    return found
