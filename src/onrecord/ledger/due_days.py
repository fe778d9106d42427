"""When the entries of a docket fall due, counted, so that a picture of many need not read each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.domain.docket import Status
from onrecord.ledger import weighed_schema as tables
from onrecord.ledger.weighed_rows import moment


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many entries stop being due at one moment, None where none is stated; `status` is a person's word if any."""

    end: datetime | None
    status: Status | None
    entries: int


def due_counts_in(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> list[DueCount]:
    """The counts of the entries for which the conditions hold, earliest first, those without a day last."""
    entry = tables.entry.c
    query = select(entry.ends, entry.status, func.count().label("entries")).where(*conditions)
    query = query.group_by(entry.ends, entry.status)
    query = query.order_by(entry.ends.asc().nulls_last(), entry.status.asc().nulls_last())
    return [
        DueCount(moment(row.ends), None if row.status is None else Status(row.status), int(row.entries))
        for row in connection.execute(query)
    ]
