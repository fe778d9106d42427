"""Tables as data frames of polars or pandas; each needs the extra of its name."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from onrecord.errors import ExtraMissing, SettingsError
from onrecord.ledger.snapshot import Snapshot
from onrecord.publishing.tables import TABLES, Record, Sort, Table

LIBRARIES: Final = ("polars", "pandas")


def frame(view: Snapshot, name: str, library: str) -> Any:
    """The table of this name as a data frame, in memory as a whole; every column has the type that is its sort.

    Raises:
        SettingsError: when there is no such table or library, or the library is not installed.
    """
    if name not in TABLES:
        raise SettingsError(f"there is no table {name!r}; there are {', '.join(TABLES)}")
    if library not in LIBRARIES:
        raise SettingsError(f"frames are made by {' or '.join(LIBRARIES)}, not by {library!r}")
    try:
        made_by = import_module(library)
    except ImportError as error:
        raise ExtraMissing("a frame", library, library) from error
    table = TABLES[name]
    records = list(table.records(view))
    return _polars(made_by, table, records) if library == "polars" else _pandas(made_by, table, records)


def _polars(polars: Any, table: Table[Any], records: list[Record]) -> Any:
    types = {
        Sort.TEXT: polars.String,
        Sort.WHOLE: polars.Int64,
        Sort.NUMBER: polars.Float64,
        Sort.FLAG: polars.Boolean,
        Sort.TIME: polars.Datetime("us", "UTC"),
        Sort.DAY: polars.Date,
        Sort.TEXTS: polars.List(polars.String),
        Sort.WHOLES: polars.List(polars.Int64),
    }
    return polars.DataFrame(records, schema={one.name: types[one.sort] for one in table.columns}, orient="row")


def _pandas(pandas: Any, table: Table[Any], records: list[Record]) -> Any:
    # The types that can hold a missing value as such; what pandas has no type for is kept as Python's objects.
    types = {
        Sort.TEXT: "string",
        Sort.WHOLE: "Int64",
        Sort.NUMBER: "Float64",
        Sort.FLAG: "boolean",
        Sort.TIME: "datetime64[us, UTC]",
        Sort.DAY: "object",
        Sort.TEXTS: "object",
        Sort.WHOLES: "object",
    }
    columns = {
        one.name: pandas.Series([record[one.name] for record in records], dtype=types[one.sort])
        for one in table.columns
    }
    return pandas.DataFrame(columns)
