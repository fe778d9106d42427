"""Copying a whole ledger to another place, from one database to the other or within one.

The chain is copied as it is, in its order, so that head and digest are the same, and then what is derived. The target
is empty or holds the beginning of the same chain, as a copy that was killed leaves it: then it goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, func, select

from onrecord.errors import LedgerError
from onrecord.ledger import databases, fulltext, linked_schema, listed_schema, versions_schema, weighed_schema
from onrecord.ledger.chain import digest_of, head_of, length_of
from onrecord.ledger.index import index_words
from onrecord.ledger.parts import put_in
from onrecord.ledger.schema import CHAINED, brief, entry, given, judgement
from onrecord.places import Place, place_of
from onrecord.settings import Settings

DERIVED: Final[tuple[Table, ...]] = (
    *versions_schema.DERIVED,
    *listed_schema.DERIVED,
    *linked_schema.DERIVED,
    *weighed_schema.DERIVED,
)
_ENTRIES: Final = 20_000
"""Entries in one transaction, about; it ends where an input, a judgement or a brief does."""
_AT_ONCE: Final = 2_000
_WHOLE: Final = tuple(one.name for one in (given, judgement, brief))
"""The kinds of entries with which something that came on the record at once ends."""

Progress = Callable[[int, int], None]
"""Called now and then with the rows copied so far and the rows there are."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many entries were copied, of how many, and the digest and the head that the two have in common."""

    entries: int
    length: int
    digest: str
    head: str


def copy(
    source: Place | str, target: Place | str, settings: Settings = Settings(), progress: Progress | None = None
) -> Copied:
    """Copies a ledger as it now stands; its record in several transactions, and in a last one what is derived.

    Raises:
        LedgerError: when one of the two cannot be used, or the target holds what the source does not.
    """
    one, other = place_of(source), place_of(target)
    if one == other:
        raise LedgerError(f"{one} cannot be copied onto itself; name another place")
    reading = databases.opened(one, settings, "read")
    try:
        writing = databases.opened(other, settings, "write")
        try:
            with databases.translated(one, "read"), reading.connect() as record, databases.translated(other, "write"):
                into = writing.execution_options(**databases.WRITING)
                return _Copy(one, other, record, progress).run(into)
        finally:
            writing.dispose()
    finally:
        reading.dispose()


class _Copy:
    def __init__(self, source: Place, target: Place, record: Connection, progress: Progress | None) -> None:
        self._source = source
        self._target = target
        self._record = record
        self._progress = progress
        self._length = length_of(record)
        self._rows = self._length + sum(
            int(record.execute(select(func.count()).select_from(table)).scalar_one()) for table in DERIVED
        )
        self._done = 0

    def run(self, into: Any) -> Copied:
        with into.begin() as connection:
            begun = self._begun(connection)
        self._went(begun)
        at = begun
        while at < self._length:
            with into.begin() as connection:
                if length_of(connection) != at:
                    raise LedgerError(f"somebody else is writing to {self._target}; copy it again when that is done")
                at = self._record_copied(connection, at)
        with into.begin() as connection:
            self._derived_copied(connection)
            digest, head = digest_of(connection), head_of(connection)
        if (digest, head) != (digest_of(self._record), head_of(self._record)):
            raise LedgerError(f"{self._target} has another digest than {self._source}; verify both")
        return Copied(self._length - begun, self._length, digest, head)

    def _begun(self, connection: Connection) -> int:
        """How many entries the target has, all of which must be the source's."""
        there = length_of(connection)
        if there and (there > self._length or head_of(connection) != head_of(self._record, there)):
            raise LedgerError(
                f"{self._target} holds what {self._source} does not; copy to an empty place, or to where an earlier "
                "copy of it is"
            )
        return there

    def _record_copied(self, connection: Connection, at: int) -> int:
        """Copies the next entries with their rows; the number of the last."""
        end = min(at + _ENTRIES, self._length)
        whole = select(func.max(entry.c.seq)).where(entry.c.seq > at, entry.c.seq <= end, entry.c.kind.in_(_WHOLE))
        last = self._record.execute(whole).scalar()
        if last is None:
            # An input with more than that.
            whole = select(func.min(entry.c.seq)).where(entry.c.seq > end, entry.c.kind.in_(_WHOLE))
            last = self._record.execute(whole).scalar() or self._length
        for table in (entry, *CHAINED.values()):
            query = select(table).where(table.c.seq > at, table.c.seq <= last).order_by(table.c.seq)
            for rows in self._parts(query):
                put_in(connection, table, rows)
                if table is entry:
                    self._went(len(rows))
        return int(last)

    def _derived_copied(self, connection: Connection) -> None:
        """Copies all that was derived, in the place of what is there, and makes the index of words again."""
        for table in reversed(DERIVED):
            connection.execute(delete(table))
        for table in DERIVED:
            query = select(table)
            if table is linked_schema.actor:
                query = query.order_by(fulltext.place_of(table))
            for rows in self._parts(query):
                put_in(connection, table, rows)
                self._went(len(rows))
        index_words(connection)

    def _parts(self, query: Any) -> Iterator[Sequence[dict[str, Any]]]:
        rows = self._record.execute(query, execution_options={"yield_per": _AT_ONCE}).mappings()
        for part in rows.partitions():
            yield [dict(row) for row in part]

    def _went(self, rows: int) -> None:
        self._done += rows
        if self._progress is not None:
            self._progress(self._done, self._rows)
