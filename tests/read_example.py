"""The example's reports, read once in a session, for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from onrecord.domain.reports import Input
from onrecord.domain.statements import ReaderIdentity, Statement
from onrecord.ledger.writer import Writer
from onrecord.places import Address
from onrecord.reading.reader import TaggerReader
from onrecord.settings import Settings, families_in
from onrecord.sources import gather
from onrecord.sources.example import outlets_file, reports_folder

Read = list[tuple[Input, tuple[Statement, ...]]]
Where = TypeVar("Where", Path, Path | Address)
READER = ReaderIdentity("test reader", "1", None)


@cache
def example_settings() -> Settings:
    """Settings that know who publishes the example's outlets."""
    with outlets_file() as path:
        return Settings(families=families_in(path))


@cache
def read_example() -> Read:
    """The example's reports with what the reader finds in them; not to be changed."""
    reader = TaggerReader()
    with reports_folder() as folder:
        return [(one, tuple(reader.read_report(one.report))) for one in gather([folder], Settings()) if one.report]


def in_parts(read: Read, chosen: Random, least: int, most: int) -> Iterator[Read]:
    """Reports cut into parts of so many at a time, in their order."""
    while read:
        count = chosen.randint(least, most)
        yield read[:count]
        read = read[count:]


def put(path: Where, read: Sequence[tuple[Input, tuple[Statement, ...]]], reader: ReaderIdentity = READER) -> Where:
    """Puts reports with their statements on the record."""
    with Writer(path) as writer:
        for given, statements in read:
            writer.record_read(given, reader, statements)
    return path
