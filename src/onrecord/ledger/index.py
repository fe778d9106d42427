"""What the search index holds of each row, and building it and the tables of lists and pages again from the record.

They are derived: they take no part in the hash chain, and losing them loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from onrecord.ledger import databases, fulltext
from onrecord.ledger.dialects import dialect_of
from onrecord.ledger.listing import list_again
from onrecord.ledger.rows import Row, Value, quoted_spans
from onrecord.ledger.schema import reading, report, statement
from onrecord.ledger.versions import versions_again
from onrecord.places import Place, place_of
from onrecord.settings import Settings

_AT_ONCE = 1_000


def statement_words(row: Mapping[str, Value], title: Value) -> Row:
    """What a statement is found by: its content, its speaker with the words of its source, and its report's title."""
    name, source = str(row["speaker"] or ""), " ".join(text for _, text in quoted_spans(row["source"]))
    return {
        "seq": row["seq"],
        "content": "\n".join(text for _, text in quoted_spans(row["content"])),
        "speaker": f"{name}\n{source}",
        "title": title or "",
    }


def report_words(row: Mapping[str, Value]) -> Row:
    """What a report is found by: its title and its text."""
    return {"seq": row["seq"], "title": row["title"] or "", "text": row["text"]}


def rebuild_search(path: Place | str, settings: Settings = Settings()) -> int:
    """Builds the search index and the tables of lists and pages again, in one transaction; how many rows it now has.

    Raises:
        LedgerError: as for writing; LedgerUnreadable when the record itself is damaged.
    """
    path = place_of(path)
    engine = databases.opened(path, settings, "write")
    try:
        with databases.translated(path, "write"), engine.execution_options(**databases.WRITING).begin() as connection:
            versions_again(connection)
            list_again(connection)
            return index_words(connection)
    finally:
        engine.dispose()


def index_words(connection: Connection) -> int:
    """Builds the search index again; how many rows it now has."""
    fulltext.create_search(connection)
    built = 0
    statements = (
        select(statement.c.seq, statement.c.speaker, statement.c.source, statement.c.content, report.c.title)
        .join_from(statement, reading, statement.c.reading == reading.c.id)
        .join(report, reading.c.report == report.c.id)
        .order_by(statement.c.seq)
    )
    texts = select(report.c.seq, report.c.title, report.c.text).order_by(report.c.seq)
    options = {"yield_per": _AT_ONCE}
    for part in connection.execute(statements, execution_options=options).mappings().partitions():
        words = [statement_words(dict(row), row["title"]) for row in part]
        fulltext.add_to_search(connection, "statement_search", words)
        built += len(part)
    for part in connection.execute(texts, execution_options=options).mappings().partitions():
        fulltext.add_to_search(connection, "report_search", [report_words(dict(row)) for row in part])
        built += len(part)
    dialect_of(connection).look_over(connection)
    return built
