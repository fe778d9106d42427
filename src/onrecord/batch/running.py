"""Reading with several workers, start to end:

    places ─ planning ─→ shards ─ an engine's workers ─→ one file each ─ loading ─→ the record

What is read is loaded while the rest is being read, shard after shard in the order of the plan. A run can be killed at
any moment and run again: what is a whole file is not read again, and what is on the record stays there once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from onrecord.batch.engines import Engine
from onrecord.batch.folder import Folder
from onrecord.batch.known import Known, write_known
from onrecord.batch.loading import bulk, load
from onrecord.batch.planning import plan
from onrecord.batch.progress import Progress
from onrecord.batch.reading import ShardReading
from onrecord.batch.shard_files import remove
from onrecord.batch.shards import Shard
from onrecord.batch.terms import Terms
from onrecord.errors import BatchError
from onrecord.ledger.writer import Writer
from onrecord.pipeline import Result
from onrecord.places import Place
from onrecord.settings import Settings


class Run:
    """One run over one work folder, which is held as long as it lasts; `start` begins the workers."""

    def __init__(
        self, folder: Folder, ledger: Place | str, terms: Terms, settings: Settings, start: Callable[[], Engine]
    ):
        self.folder = folder
        self._ledger, self._terms, self._settings = ledger, terms, settings
        self._reading = ShardReading(folder, terms, start)

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._reading.progress

    def plan(self, places: Sequence[str | Path], *, retry_quarantine: bool = False) -> None:
        """Plans what is to be read, and looks at what has been.

        Raises:
            SettingsError, BatchError: when the places cannot be read by several workers.
            LedgerError: when the ledger cannot be opened.
        """
        shards = plan(places)
        if retry_quarantine:
            self.folder.retry_quarantine()
        self.folder.take(self._terms, shards)
        with Writer(self._ledger, self._settings) as writer:
            still_there = Known(self.folder.known).within(writer.readings())
            write_known(self.folder.known, writer.readings())
        for shard in self.folder.leaves():
            account = self._reading.account(shard)
            if account is None or (account.duplicates and not still_there):
                remove(self.folder.file(shard))
        self.look()
        self.progress.before = self.progress.done

    def look(self) -> Progress:
        """How far it is by the files that are whole, also those of which no worker has told yet."""
        return self._reading.look()

    def work(self) -> Iterator[Progress | Result]:
        """Has read what is not read yet, and puts what is read on the record meanwhile.

        Gives each result as it is put on the record, and the progress each time something else has happened.

        Raises:
            BatchError: when reading cannot go on, or as for `loading.load`.
            LedgerError: as for `loading.load`.
        """
        reading = self._reading
        with closing(reading), Writer(self._ledger, bulk(self._settings)) as writer:
            reading.add(one for one in self.folder.leaves() if not self.folder.file(one).exists())
            for planned in self.folder.planned:
                yield from self._until_read(planned)
                if reading.is_over and self.progress.stage == "reading":
                    reading.say("loading")
                for result in load(map(self.folder.file, self.folder.leaves([planned])), self._terms, writer):
                    self.progress.loaded += 1
                    yield result
                    if reading.is_due:
                        reading.step(0)
        reading.say("done")

    def _until_read(self, planned: Shard) -> Iterator[Progress]:
        """Waits until all of a shard is there; a file that is damaged is read again."""
        mended: set[str] = set()
        while lost := [one for one in self.folder.leaves([planned]) if self._reading.account(one) is None]:
            for shard in lost:
                if self._reading.has(shard):
                    continue
                file = self.folder.file(shard)
                if shard.id in mended:
                    raise BatchError(f"{file} was damaged again when it had just been read; see to the disk it is on")
                mended.add(shard.id)
                remove(file)
                self._reading.add([shard])
            self._reading.step()
            yield self.progress
