"""Shards → the record, in the order in which one process would have read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from onrecord import pipeline
from onrecord.batch.shard_files import read_shard_file
from onrecord.batch.terms import Terms
from onrecord.domain.reports import Outcome
from onrecord.errors import BatchError
from onrecord.ledger.writer import Writer
from onrecord.pipeline import Result
from onrecord.settings import Settings

COMMIT: Final = 500
"""Inputs in one transaction: what a kill loses is loaded again from the shards in no time."""


def bulk(settings: Settings) -> Settings:
    """The settings of a ledger that is loaded."""
    return replace(settings, commit_every=max(COMMIT, settings.commit_every))


def load(files: Iterable[Path], terms: Terms, writer: Writer) -> Iterator[Result]:
    """Puts what stands in the files of shards on the record: each input as read or as a duplicate of one before it.

    Raises:
        ShardRefused: when a file is not what a worker writes.
        BatchError: when a file leaves out a report that the ledger should have and has not.
        LedgerError: when the ledger cannot be written, or a statement is not what its report bears out.
    """
    results = (result for path in files for result in _in_file(path, terms))
    return pipeline.put(_against(results, writer), writer)


def _in_file(path: Path, terms: Terms) -> Iterator[Result]:
    for result in read_shard_file(path, terms.max_input, terms.max_text):
        if result.given.report is not None and result.reader not in terms.signers:
            raise BatchError(f"{path}: {result.given.name} was read by a reader that was not asked for")
        yield result


def _against(results: Iterable[Result], writer: Writer) -> Iterator[Result]:
    """Results as they stand to what is on the record by now: a worker knows only of its own shard."""
    for result in results:
        given, reader = result.given, result.reader
        if given.report is None or reader is None:
            yield result
        elif writer.is_read(given.report.id, reader):
            yield replace(result, outcome=Outcome.DUPLICATE, statements=())
        elif result.outcome is Outcome.DUPLICATE:
            raise BatchError(
                f"{given.name} was left out since it was on the ledger, and it no longer is; run the same command again"
            )
        else:
            yield result
