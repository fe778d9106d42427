"""What the stores of derived tables share: one engine, and transactions that are kept as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from onrecord.closing import Closing
from onrecord.ledger import sqlite
from onrecord.settings import Settings


class Store(Closing):
    """Opens derived tables of one ledger for writing; for one thread.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion, LedgerBusy, LedgerUnwritable: when it cannot be opened.
    """

    def __init__(self, path: Path | str, settings: Settings = Settings()) -> None:
        self.path = Path(path)
        self._engine = sqlite.opened(self.path, settings, "write")

    def close(self) -> None:
        """Closes the ledger."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction, which takes the write lock at once."""
        with (
            sqlite.translated(self.path, "write"),
            self._engine.execution_options(**sqlite.WRITING).begin() as connection,
        ):
            yield connection
