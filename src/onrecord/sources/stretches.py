"""Stretches of one file that are read without what stands before them, so that workers can share a large file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file of JSON Lines from number `first` to before `last`, or to its end where `last` is None.

    `offset` is where `first` begins, in bytes of the file without its gzip.
    """

    first: int
    last: int | None
    offset: int


@dataclass(frozen=True, slots=True)
class Groups:
    """The row groups of a Parquet file from `first` to before `last`, counted from 0."""

    first: int
    last: int


Stretch = Lines | Groups
