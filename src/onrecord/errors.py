"""The exceptions of onrecord, one tree.

    OnrecordError
    ├── SettingsError          a flag, a variable or onrecord.toml holds something unusable
    │   └── ExtraMissing       a library that only an extra brings is not installed
    ├── InputError             one input cannot become a report; carries the `reason` that is put on the record
    ├── FetchRefused           an address is not fetched, or its answer is not taken; carries a countable `reason`
    ├── CodingBroken           a content is not packed as it is said to be, or is not whole
    ├── ReaderError            the reader cannot be loaded or its weights are damaged
    ├── LedgerError
    │   ├── LedgerMissing      there is no ledger at that place
    │   ├── LedgerUnreadable   the file is not a ledger, or it is damaged
    │   ├── LedgerVersion      the ledger was written by another version of its schema
    │   ├── LedgerBusy         another process is writing
    │   ├── LedgerUnwritable   the disk is full or the place is read-only
    │   └── CapturesUnwritable the archive of captures beside the ledger cannot be written, or is not as it was left
    ├── EngineError
    │   ├── WorkersLost        workers die again and again at one piece of work
    │   └── ClusterError       no scheduler answers, or it answers no more
    ├── BatchError             reading with several workers cannot begin or go on
    │   └── ShardRefused       a shard's file is not what a worker of ours writes
    ├── StampRefused           a time stamp that does not hold, or that an authority would not give
    ├── WatchError             the state of watching cannot be opened or kept
    ├── DeskError              who may use the pages cannot be looked up or kept
    │   └── RefusedAtDesk      a name, password or role that cannot be given, or nobody of that name
    ├── NotOnRecord            a report, statement or speaker that was asked for is not there
    ├── JudgedMeanwhile        somebody else has judged the same since a person looked
    ├── RefusedGrade           a grade that is none of the code, or that the record does not bear out
    ├── RefusedCorrection      a correction that names no speaker, no characters of the report, or says nothing
    └── Unanswered             a server that `onrecord.client` asks cannot be reached, or refuses what was asked

A message says what was wrong, where, and what to do. Foreign exceptions are translated at the edge where they arise.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Anything that onrecord raises on purpose."""


class SettingsError(OnrecordError):
    """A flag, an ONRECORD_* variable or onrecord.toml holds something unusable."""


class ExtraMissing(SettingsError):
    """A library that only an extra brings is not installed.

    >>> str(ExtraMissing("a PDF", "reportlab", "brief"))
    "a PDF needs reportlab: pip install 'onrecord[brief]'"
    """

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(f"{what} needs {library}: pip install 'onrecord[{extra}]'")


class InputError(OnrecordError):
    """One input cannot become a report.

    `reason` is the short, countable text for the record, such as "empty" or "language: es"; `detail` says more.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class FetchRefused(OnrecordError):
    """An address is not fetched, or what its server answers is not taken.

    `reason` is short and countable, such as "private address" or "too slow"; `detail` says more.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class CodingBroken(OnrecordError):
    """A content is not packed as it is said to be, or is not whole; `why` says more."""

    def __init__(self, coding: str, why: str) -> None:
        super().__init__(f"damaged {coding}: {why}")
        self.why = why


class ReaderError(OnrecordError):
    """The reader cannot be loaded or its weights are damaged."""


class LedgerError(OnrecordError):
    """Something is wrong with a ledger."""


class LedgerMissing(LedgerError):
    """There is no ledger at that place."""


class LedgerUnreadable(LedgerError):
    """The file is not a ledger, or it is damaged."""


class LedgerVersion(LedgerError):
    """The ledger was written by another version of its schema."""


class LedgerBusy(LedgerError):
    """Another process is writing to the ledger."""


class LedgerUnwritable(LedgerError):
    """The ledger cannot be written: the disk is full or the place is read-only."""


class CapturesUnwritable(LedgerError):
    """The archive of captures beside a ledger cannot be written, or is not as it was left."""


class EngineError(OnrecordError):
    """Work that was given to others does not get done."""


class WorkersLost(EngineError):
    """Workers die again and again at one piece of work."""

    def __init__(self, times: int) -> None:
        super().__init__(
            f"a worker process ended {times} times at the same piece of work, most likely for want of memory; what was "
            "kept is safe: run it again with fewer workers"
        )


class ClusterError(EngineError):
    """No scheduler answers, or it answers no more."""


class BatchError(OnrecordError):
    """Reading with several workers cannot begin or go on; what was read of whole shards is kept."""


class ShardRefused(BatchError):
    """The file that holds what was read of a shard is not what a worker of ours writes."""


class StampRefused(OnrecordError):
    """A time stamp that does not hold, or that an authority would not give; the message goes on from "the stamp"."""


class WatchError(OnrecordError):
    """The state of watching, beside a ledger, cannot be opened or kept."""


class DeskError(OnrecordError):
    """The desk, the file beside a ledger that says who may use its pages, is missing or cannot be used."""


class RefusedAtDesk(DeskError):
    """A name, password or role that cannot be given, or nobody has that name."""


class NotOnRecord(OnrecordError):
    """A report, statement or speaker that was asked for is not on the record."""


class JudgedMeanwhile(OnrecordError):
    """Somebody else has judged the same since a person looked; nothing was put on the record."""


class RefusedGrade(OnrecordError):
    """A grade that is none of the code, or that the record does not bear out."""


class Unanswered(OnrecordError):
    """A server cannot be reached, refuses what was asked, or is none of onrecord; `status` is what it answered with."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class RefusedCorrection(OnrecordError):
    """A correction that names no speaker, no characters of the report, or says nothing."""
