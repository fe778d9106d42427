"""What a watch put on a record, without the times at which it did."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def record_of(ledger: Path) -> set[tuple[object, ...]]:
    """Reports, statements, and what became of each input."""
    connection = sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)
    rows = [("report", *row) for row in connection.execute("SELECT id, capture FROM report")]
    rows += [("statement", *row) for row in connection.execute("SELECT id FROM statement")]
    rows += [("input", *row) for row in connection.execute("SELECT place, report, outcome, reason FROM input")]
    connection.close()
    return set(rows)
