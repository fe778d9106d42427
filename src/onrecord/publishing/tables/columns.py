"""Columns: one definition that says what a column means, makes its values, and refuses those that are not of its sort.

The data dictionary, the files and the frames are all made from it, so none can say what the others do not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from onrecord.ledger.snapshot import Snapshot

T = TypeVar("T")
Record = dict[str, object]


class Sort(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "true or false"
    TIME = "time"
    """To the microsecond, in UTC."""
    DAY = "day"
    TEXTS = "list of texts"
    WHOLES = "list of whole numbers"


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of a table of `T`; `unit` is what its numbers count or measure, `empty` says that it may be null."""

    name: str
    sort: Sort
    meaning: str
    take: Callable[[T], object]
    unit: str | None = None
    empty: bool = False

    def value(self, of: T) -> object:
        """The value of this column for one thing.

        Raises:
            TypeError: when it is not of the column's sort, so that nothing is written that the dictionary does not say.
        """
        value = self.take(of)
        if not (self.empty if value is None else _FITS[self.sort](value)):
            raise TypeError(f"the column {self.name} holds {self.sort.value}, and {value!r} is none")
        return value


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """A table: what a row of it is, its columns, and the things its rows are made of, one at a time."""

    name: str
    row: str
    things: Callable[[Snapshot], Iterator[T]]
    columns: tuple[Column[T], ...]

    def records(self, view: Snapshot) -> Iterator[Record]:
        """The rows, each with all columns in their order."""
        for one in self.things(view):
            yield {column.name: column.value(one) for column in self.columns}


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _every(value: object, fits: Callable[[object], bool]) -> bool:
    return isinstance(value, list) and all(map(fits, value))


def _text(value: object) -> bool:
    # Exactly: a member of an enumeration is a text too, and not one that every library writes as such.
    return type(value) is str


_FITS: dict[Sort, Callable[[object], bool]] = {
    Sort.TEXT: _text,
    Sort.WHOLE: _whole,
    Sort.NUMBER: lambda value: isinstance(value, float),
    Sort.FLAG: lambda value: isinstance(value, bool),
    Sort.TIME: lambda value: isinstance(value, datetime) and value.utcoffset() == timedelta(0),
    Sort.DAY: lambda value: isinstance(value, date) and not isinstance(value, datetime),
    Sort.TEXTS: lambda value: _every(value, _text),
    Sort.WHOLES: lambda value: _every(value, _whole),
}
