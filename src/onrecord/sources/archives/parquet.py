"""Parquet → its rows, a few at a time; a row is read as a line of JSON Lines with the same fields would be.

Only columns that mean something to a report are read. Needs pyarrow, which the extra `onrecord[archives]` brings.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from onrecord.domain.reports import Capture, Input
from onrecord.errors import ExtraMissing, InputError
from onrecord.sources.archives.taken import Taken
from onrecord.sources.metadata import storable
from onrecord.sources.records import field_of, record_name
from onrecord.sources.stretches import Groups

BYTES_AT_ONCE = 4_000_000
"""Bytes of rows, as the file says how large they are, that are held at a time."""
MOST_ROWS_AT_ONCE = 256
MOST_COLUMNS = 64
MOST_ELEMENTS = 1_000_000
"""Elements of one list in the file's own description of itself, and BYTES_AT_ONCE of one text in it, that are read."""
DEEPEST_VALUE = 6


def rows_in_parquet(
    raw: BinaryIO, name: str, place: str, limit: int, groups: Groups | None = None
) -> Iterator[Taken | Input]:
    """The rows of a Parquet file, or of some of its row groups, counted from 1 in the file.

    Of a damaged row group what comes before the damage is read.

    Raises:
        InputError: when no row can be read: "unsupported format", "damaged archive", "no text".
    """
    file = _opened(raw)
    if file.metadata.num_rows == 0:
        raise InputError("empty", "the table has no rows")
    columns = _columns(file.schema_arrow.names)
    first = 0
    for group in range(file.num_row_groups):
        described = file.metadata.row_group(group)
        if groups is not None and not groups.first <= group < groups.last:
            first += described.num_rows
            continue
        number = first
        try:
            for row in _rows(file, group, columns, described.total_byte_size // max(1, described.num_rows)):
                number += 1
                content = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
                where, fallback = f"{place}#{number}", f"{name}#{number}"
                if len(content) > limit:
                    yield Input(fallback, where, reason="too large", detail=f"a row of more than {limit} bytes")
                else:
                    yield Taken(record_name(content) or fallback, Capture(content, where, "application/json"))
        except _faults() as error:
            detail = (
                f"row group {group + 1} of {file.num_row_groups}: {number - first} of {described.num_rows} rows were "
                f"read ({_brief(error)})"
            )
            yield Input(f"{name}#group {group + 1}", place, reason="damaged archive", detail=detail)
        first += described.num_rows


def rows_counted(raw: BinaryIO) -> int:
    """How many rows a Parquet file says it has.

    Raises:
        InputError: as for `rows_in_parquet`.
    """
    return int(_opened(raw).metadata.num_rows)


def groups_described(raw: BinaryIO) -> list[tuple[int, int]]:
    """The rows and the bytes, unpacked, of each row group, as a Parquet file says they are.

    Raises:
        InputError: as for `rows_in_parquet`.
    """
    metadata = _opened(raw).metadata
    described = map(metadata.row_group, range(metadata.num_row_groups))
    return [(int(one.num_rows), int(one.total_byte_size)) for one in described]


def _opened(raw: BinaryIO) -> Any:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise InputError("unsupported format", str(ExtraMissing("Parquet", "pyarrow", "archives"))) from error
    if not raw.seekable():
        raise InputError(
            "unsupported format", "Parquet is read from a file, not from a pipe: save it and name the file"
        )
    raw.seek(0)
    try:
        return ParquetFile(
            raw,
            # Pages are fetched as rows are asked for, and not whole row groups ahead.
            pre_buffer=False,
            buffer_size=65_536,
            thrift_string_size_limit=BYTES_AT_ONCE,
            thrift_container_size_limit=MOST_ELEMENTS,
        )
    except _faults() as error:
        raise InputError("damaged archive", f"its description cannot be read ({_brief(error)})") from error


def _columns(names: list[str]) -> list[str]:
    """The columns that are read.

    Raises:
        InputError: "no text" where none holds a text.
    """
    fields = {name: field for name in names[: 100 * MOST_COLUMNS] if (field := field_of(name)) is not None}
    if "text" not in fields.values():
        there = storable(", ".join(names[:12])[:200])
        raise InputError("no text", f"no column is called text, body, content or maintext; there are {there}")
    return list(fields)[:MOST_COLUMNS]


def _rows(file: Any, group: int, columns: list[str], row_size: int) -> Iterator[dict[str, Any]]:
    at_once = max(1, min(MOST_ROWS_AT_ONCE, BYTES_AT_ONCE // max(1, row_size)))
    for batch in file.iter_batches(batch_size=at_once, row_groups=[group], columns=columns, use_threads=False):
        values = {name: _values(batch.column(at)) for at, name in enumerate(batch.schema.names)}
        for row in zip(*values.values(), strict=True):
            yield {name: value for name, value in zip(values, row, strict=True) if value is not None}


def _values(column: Any) -> list[Any]:
    """The values of a column as JSON has them."""
    import pyarrow

    if pyarrow.types.is_timestamp(column.type):
        # Nanoseconds and most names of time zones are more than Python knows of.
        unit = "us" if column.type.unit == "ns" else column.type.unit
        column = column.cast(pyarrow.timestamp(unit, tz=column.type.tz and "UTC"), safe=False)
    try:
        return [_value(value, DEEPEST_VALUE) for value in column.to_pylist()]
    except (ValueError, OverflowError):
        return [_alone(scalar) for scalar in column]


def _alone(scalar: Any) -> Any:
    """The value of one cell, where some cell of its column cannot be read; None for that one."""
    try:
        return _value(scalar.as_py(), DEEPEST_VALUE)
    except (ValueError, OverflowError):
        return None


def _value(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, str | bool | int) or depth == 0:
        return value if depth else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return {str(key): _value(one, depth - 1) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_value(one, depth - 1) for one in value]
    return str(value)


def _faults() -> tuple[type[Exception], ...]:
    from pyarrow import ArrowException

    return (ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError, MemoryError)


def _brief(error: Exception) -> str:
    return storable(" ".join(str(error)[:200].split())) or type(error).__name__
