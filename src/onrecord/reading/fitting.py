"""Which reader fits a report: transcripts have one of their own, everything else is read by the usual one.

Which one it is hangs on the report alone, and the one that fits signs what it reads. So a transcript does not change
the identity under which other reports are on the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.domain.reports import Report
from onrecord.domain.statements import ReaderIdentity, Statement
from onrecord.reading.transcripts import TranscriptReader, is_transcript

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader


class FittingReader:
    """Stands for the usual reader and that of transcripts; `for_report` says which of them reads a report."""

    def __init__(self, usual: Reader) -> None:
        self._usual = usual
        self._transcripts = TranscriptReader()

    @property
    def identity(self) -> ReaderIdentity:
        """That of the usual reader; what is read of a report is signed by `for_report(report).identity`."""
        return self._usual.identity

    @property
    def identities(self) -> tuple[ReaderIdentity, ...]:
        """Those that what is read may be signed by."""
        return (self._usual.identity, self._transcripts.identity)

    def for_report(self, report: Report) -> Reader:
        """The reader that fits a report."""
        return self._transcripts if is_transcript(report) else self._usual

    def read_report(self, report: Report) -> Sequence[Statement]:
        """The statements of one report, by the reader that fits it."""
        return self.for_report(report).read_report(report)


def fitting(reader: Reader, report: Report) -> Reader:
    """The reader that reads a report, and signs it, where `reader` was asked for."""
    return reader.for_report(report) if isinstance(reader, FittingReader) else reader


def signers(reader: Reader) -> tuple[ReaderIdentity, ...]:
    """Whoever may sign what is read where `reader` was asked for."""
    return reader.identities if isinstance(reader, FittingReader) else (reader.identity,)
