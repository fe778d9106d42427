"""One line for a whole record: the digest over what is on it, and the head of the chain in which it was written."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select, true

from onrecord.ledger.rows import time_text
from onrecord.ledger.schema import NO_HASH, entry

_PLACES: Final = 64
"""Entries whose times are looked at in one question: a few questions then find one among millions."""


def digest_of(connection: Connection, until: int | None = None) -> str:
    """`domain.ids.digest` over `kind:id` of every entry, up to the entry numbered `until`; in constant memory.

    The order of arrival, the time and the number of processes take no part in it.
    """
    # No kind is the beginning of another, so this order is that of the lines.
    rows = select(entry.c.kind, entry.c.id).where(_upto(until)).order_by(entry.c.kind, entry.c.id)
    seen = hashlib.sha256()
    for part in connection.execute(rows, execution_options={"yield_per": 5_000}).partitions():
        seen.update("".join(f"{kind}:{id_}\n" for kind, id_ in part).encode("utf-8", "surrogatepass"))
    return seen.hexdigest()


def head_of(connection: Connection, until: int | None = None) -> str:
    """The hash of the newest entry, up to the one numbered `until`; 64 zeros when there is none."""
    newest = select(entry.c.hash).where(_upto(until)).order_by(entry.c.seq.desc()).limit(1)
    found = connection.execute(newest).scalar()
    return NO_HASH if found is None else str(found)


def length_of(connection: Connection, until: int | None = None) -> int:
    """How many entries there are, up to the one numbered `until`; they are numbered from 1 without gaps."""
    newest = select(entry.c.seq).where(_upto(until)).order_by(entry.c.seq.desc()).limit(1)
    return int(connection.execute(newest).scalar() or 0)


def last_at(connection: Connection, moment: datetime) -> int:
    """The number of the newest entry recorded at or before a time, 0 when there is none.

    Entries are numbered from 1 without gaps and their times never go back, so each question leaves few of them.
    """
    wanted = time_text(moment)
    low = 0
    high = length_of(connection)
    while low < high:
        step = max(1, (high - low) // _PLACES)
        places = range(low + step, high + 1, step)
        latest = select(func.max(entry.c.seq)).where(entry.c.seq.in_(places), entry.c.recorded <= wanted)
        low = int(connection.execute(latest).scalar() or low)
        high = min(high, low + step - 1)
    return low


def _upto(until: int | None) -> ColumnElement[bool]:
    return true() if until is None else entry.c.seq <= until
