"""What the stores of derived tables share: one engine, and transactions that are kept as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from onrecord.closing import Closing
from onrecord.ledger import databases
from onrecord.places import Place, place_of
from onrecord.settings import Settings


class Store(Closing):
    """Opens derived tables of one ledger for writing; for one thread.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion, LedgerBusy, LedgerUnwritable: when it cannot be opened.
    """

    def __init__(self, path: Place | str, settings: Settings = Settings()) -> None:
        self.path = place_of(path)
        self._engine = databases.opened(self.path, settings, "write")

    def close(self) -> None:
        """Closes the ledger."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction, which takes the write lock at once."""
        with (
            databases.translated(self.path, "write"),
            self._engine.execution_options(**databases.WRITING).begin() as connection,
        ):
            yield connection
