"""What was read of a shard, as one Parquet file with its account beside it.

A file that is read back is data from outside: its check sum is that in its account, its columns are those of
`shard_rows`, and nothing in it is larger than what is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from onrecord.batch.files import read_json, write_json, written
from onrecord.batch.shard_rows import result_of, row_of, schema, weight_of
from onrecord.domain.reports import Outcome
from onrecord.errors import BatchError, LedgerError, ShardRefused
from onrecord.pipeline import Result

_FORMAT: Final = 1
_TOGETHER: Final = 32
"""Inputs in one row group, and so in memory."""
_HEAVY: Final = 16_000_000
"""Bytes of captures and texts after which a row group ends, however few they are."""


@dataclass(slots=True)
class Account:
    """What a worker says of a shard that it has done; it stands in the file too, for whoever measures.

    `seconds` are those of the wall, `cpu_seconds` those of the worker's process, `size` bytes of input about.
    """

    shard: str
    key: str
    worker: str
    attempts: int = 1
    inputs: int = 0
    reports: int = 0
    duplicates: int = 0
    statements: int = 0
    characters: int = 0
    bytes: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    set_aside: list[dict[str, str | None]] = field(default_factory=list)
    """Name, place and SHA-256 of what was not read since it crashes the reader."""
    sha256: str = ""
    """Of the file; not in the file."""

    def count(self, result: Result) -> None:
        """Takes one input into account."""
        self.inputs += 1
        self.duplicates += result.outcome is Outcome.DUPLICATE
        if result.outcome is Outcome.READ and result.given.report is not None:
            self.reports += 1
            self.statements += len(result.statements)
            self.characters += len(result.given.report.text)


def write_shard(path: Path, results: Iterable[Result], account: Account) -> None:
    """Writes what was read, then its account beside it; the file takes its name last, when all is on the disk.

    The account is complete when the results have come to their end.

    Raises:
        BatchError: when the folder cannot be written.
    """
    columns = schema()
    from pyarrow import ArrowException, Table
    from pyarrow.parquet import ParquetWriter

    with written(path, before=lambda sum_: _keep_account(path, account, sum_)) as file:
        try:
            with ParquetWriter(file, columns, compression="zstd", use_dictionary=False) as writer:
                rows: list[dict[str, Any]] = []
                weight = 0
                for number, result in enumerate(results):
                    rows.append(row_of(number, result))
                    weight += weight_of(result)
                    if len(rows) == _TOGETHER or weight > _HEAVY:
                        writer.write_table(Table.from_pylist(rows, columns))
                        rows, weight = [], 0
                writer.write_table(Table.from_pylist(rows, columns))
                said = {"format": _FORMAT, **asdict(account)}
                del said["sha256"]
                writer.add_key_value_metadata({"onrecord": json.dumps(said)})
        except ArrowException as error:
            raise BatchError(f"{path} cannot be written: {error}") from error


def account_of(path: Path) -> Account | None:
    """What is said of the file beside it; None where nothing can be read or it is not an account."""
    try:
        given = read_json(_beside(path))
    except BatchError:
        return None
    if given is None or set(given) != set(Account.__slots__):
        return None
    made = Account(**given)
    for name, default in asdict(Account("", "", "")).items():
        value = getattr(made, name)
        if not isinstance(value, int | float if isinstance(default, float) else type(default)):
            return None
    return made if all(isinstance(one, dict) for one in made.set_aside) else None


def sound_account(path: Path, key: str) -> Account | None:
    """The account of what was read of a shard, if it is there, whole, and of the bytes and on the terms of `key`."""
    account = account_of(path)
    if account is None or account.key != key:
        return None
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == account.sha256
    except OSError:
        return None
    return account if same else None


def remove(path: Path) -> None:
    """Lets go of what was read of a shard."""
    for one in (path, _beside(path)):
        one.unlink(missing_ok=True)


def read_shard_file(path: Path, max_input: int, max_text: int) -> Iterator[Result]:
    """What stands in a shard's file, in order; captures and texts are no larger than a worker was allowed to take.

    Raises:
        ShardRefused: when it is not what `write_shard` writes.
    """
    columns = schema()
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with (
            path.open("rb") as raw,
            ParquetFile(
                raw, pre_buffer=False, thrift_string_size_limit=8_000_000, thrift_container_size_limit=1_000_000
            ) as file,
        ):
            if not file.schema_arrow.equals(columns, check_metadata=False):
                raise ShardRefused(f"{path} has other columns than a shard")
            number = 0
            for group in range(file.num_row_groups):
                described = file.metadata.row_group(group)
                if described.num_rows > _TOGETHER or described.total_byte_size > 64 * _HEAVY:
                    raise ShardRefused(f"{path}: row group {group} is larger than any that is written")
                for row in file.read_row_group(group, use_threads=False).to_pylist():
                    if row["number"] != number:
                        raise ShardRefused(f"{path}: input {number} is not in its place")
                    yield result_of(row, max_input, max_text)
                    number += 1
    except (ArrowException, OSError, ValueError, KeyError, TypeError, LedgerError, RecursionError) as error:
        raise ShardRefused(f"{path} is not what a worker writes ({type(error).__name__}: {error!s:.300})") from error


def _keep_account(path: Path, account: Account, sum_: str) -> None:
    account.sha256 = sum_
    write_json(_beside(path), asdict(account))


def _beside(path: Path) -> Path:
    return path.with_suffix(".json")
