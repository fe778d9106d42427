"""Tables as Apache Parquet, a file each; needs the extra `onrecord[tables]`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

from onrecord.errors import ExtraMissing
from onrecord.ledger.snapshot import Snapshot
from onrecord.publishing.tables import TABLES, Record, Sort, Table
from onrecord.publishing.tables.dictionary import dictionary_json, dictionary_markdown

ROWS_AT_ONCE: Final = 2_000
"""Rows of one row group: so many reports with their texts are held in memory at a time."""


class Watch(Protocol):
    """Passes records on and may count them for whoever waits: `total` is how many there are, where that is known."""

    def __call__(self, items: Iterator[Record], total: int | None, label: str, /) -> Iterator[Record]: ...


def write_tables(view: Snapshot, folder: Path, *, watch: Watch | None = None) -> dict[str, int]:
    """Writes every table and the data dictionary into a folder that is there; returns how many rows each table has.

    Columns carry their meaning and unit as metadata of their fields. The same record gives the same bytes as long as
    pyarrow is the same.

    Raises:
        SettingsError: when pyarrow is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise ExtraMissing("Parquet", "pyarrow", "tables") from error
    counts: dict[str, int] = {}
    for name, table in TABLES.items():
        records = table.records(view)
        records = records if watch is None else watch(records, None, name)
        counts[name] = _written(pyarrow, records, _schema(pyarrow, table, view.head()), folder / f"{name}.parquet")
    (folder / "dictionary.json").write_text(dictionary_json(), encoding="utf-8", newline="\n")
    (folder / "dictionary.md").write_text(dictionary_markdown(), encoding="utf-8", newline="\n")
    return counts


def _written(pyarrow: Any, records: Iterator[Record], schema: Any, place: Path) -> int:
    from pyarrow.parquet import ParquetWriter

    count = 0
    with ParquetWriter(place, schema, compression="zstd") as writer:
        while part := list(islice(records, ROWS_AT_ONCE)):
            writer.write_batch(pyarrow.RecordBatch.from_pylist(part, schema=schema))
            count += len(part)
    return count


def _schema(pyarrow: Any, table: Table[Any], head: str) -> Any:
    types = {
        Sort.TEXT: pyarrow.string(),
        Sort.WHOLE: pyarrow.int64(),
        Sort.NUMBER: pyarrow.float64(),
        Sort.FLAG: pyarrow.bool_(),
        Sort.TIME: pyarrow.timestamp("us", "UTC"),
        Sort.DAY: pyarrow.date32(),
        Sort.TEXTS: pyarrow.list_(pyarrow.string()),
        Sort.WHOLES: pyarrow.list_(pyarrow.int64()),
    }
    fields = [
        pyarrow.field(
            one.name,
            types[one.sort],
            nullable=one.empty,
            metadata={"meaning": one.meaning, **({"unit": one.unit} if one.unit else {})},
        )
        for one in table.columns
    ]
    return pyarrow.schema(fields, metadata={"row": table.row, "head": head})
