"""The new rows of one transaction of a `Writer`, numbered, hashed and chained to the newest entry on the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select

from onrecord.domain.reports import Outcome
from onrecord.ledger import fulltext, schema
from onrecord.ledger.index import report_words, statement_words
from onrecord.ledger.listing import list_judged, list_moved, list_readings
from onrecord.ledger.parts import put_in, rows_with
from onrecord.ledger.rows import Row, body, entry_hash, finding_id
from onrecord.ledger.versions import keep_versions


@dataclass(frozen=True, slots=True)
class Waiting:
    """The rows of one input, made when it was given. Only some of them may turn out to be new."""

    given: Row
    capture: Row | None = None
    report: Row | None = None
    reading: Row | None = None
    statements: list[Row] = field(default_factory=list)


class Batch:
    """The new rows of one transaction, numbered, hashed and chained to the newest entry on the record."""

    def __init__(self, connection: Connection, waiting: Sequence[Waiting], recorded: str, recorded_by: str) -> None:
        self._connection = connection
        entry = schema.entry.c
        newest = connection.execute(
            select(entry.seq, entry.hash, entry.recorded).order_by(entry.seq.desc()).limit(1)
        ).first()
        self._seq: int = 0 if newest is None else newest.seq
        self._hash: str = schema.NO_HASH if newest is None else newest.hash
        latest = "" if newest is None else newest.recorded
        self._recorded = max(recorded, latest)
        self._recorded_by = recorded_by
        self._entries: list[Row] = []
        self._search: dict[fulltext.SearchTable, list[dict[str, Any]]] = {"statement_search": [], "report_search": []}
        self.rows: dict[Table, list[Row]] = {table: [] for table in schema.CHAINED.values()}
        self.outcomes: list[Outcome] = []
        self._known = {
            table: self._already(table, [row["id"] for row in rows if row is not None])
            for table, rows in (
                (schema.capture, [one.capture for one in waiting]),
                (schema.report, [one.report for one in waiting]),
                (schema.reading, [one.reading for one in waiting]),
                (schema.given, [one.given for one in waiting]),
            )
        }
        self._known |= {schema.judgement: set(), schema.brief: set()}

    def add(self, one: Waiting) -> None:
        """Adds what is new of one input. An input that was read meanwhile by the same reader is a duplicate."""
        for table, row in ((schema.capture, one.capture), (schema.report, one.report)):
            if row is not None and self._add(table, row) and table is schema.report:
                self._search["report_search"].append(report_words(self.rows[table][-1]))
        given, outcome = one.given, Outcome(str(one.given["outcome"]))
        if one.reading is not None and one.report is not None:
            if self._add(schema.reading, one.reading):
                for row in one.statements:
                    self._append(schema.statement, row, finding_id(str(one.reading["id"]), str(row["id"])))
                    words = statement_words(self.rows[schema.statement][-1], one.report["title"])
                    self._search["statement_search"].append(words)
                self.outcomes.append(outcome)
            else:
                outcome, given = Outcome.DUPLICATE, {**given, "outcome": str(Outcome.DUPLICATE)}
        if self._add(schema.given, given) and outcome is not Outcome.READ:
            self.outcomes.append(outcome)

    def say(self, table: Table, row: Row) -> None:
        """Adds a judgement or a brief, unless the very same one is on the record."""
        self._known[table] |= self._already(table, [row["id"]])
        self._add(table, row)

    def write(self) -> None:
        """Writes the rows, each table after those it refers to."""
        for table, rows in ((schema.entry, self._entries), *self.rows.items()):
            put_in(self._connection, table, rows)
        for name, words in self._search.items():
            fulltext.add_to_search(self._connection, name, words)
        # Pages first: lists count texts of one page as one report.
        moved = keep_versions(self._connection, self.rows[schema.report], self.rows[schema.given])
        list_moved(self._connection, moved)
        list_readings(self._connection, [int(str(row["seq"])) for row in self.rows[schema.reading]])
        list_judged(self._connection, self.rows[schema.judgement])

    def _already(self, table: Table, ids: Sequence[object]) -> set[object]:
        rows = rows_with(self._connection, select(table.c.id), table.c.id, map(str, ids))
        return {row["id"] for row in rows}

    def _add(self, table: Table, row: Row) -> bool:
        if row["id"] in self._known[table]:
            return False
        self._known[table].add(row["id"])
        self._append(table, row, str(row["id"]))
        return True

    def _append(self, table: Table, row: Row, entry_id: str) -> None:
        self._seq += 1
        entry: Row = {
            "seq": self._seq,
            "kind": table.name,
            "id": entry_id,
            "body": body(table, row),
            "previous": self._hash,
            "recorded": self._recorded,
            "recorded_by": self._recorded_by,
        }
        self._hash = entry["hash"] = entry_hash(entry)
        self._entries.append(entry)
        self.rows[table].append({"seq": self._seq, **row})
