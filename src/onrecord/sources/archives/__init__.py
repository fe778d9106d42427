"""Archives of pages and tables of texts, read as streams: WARC (also .wet and CC-NEWS), WACZ and Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.domain.reports import Input
from onrecord.sources.archives.estimating import estimated
from onrecord.sources.archives.taken import Taken
from onrecord.sources.formats import Format
from onrecord.sources.streams import Stream
from onrecord.sources.stretches import Groups

__all__ = ["Taken", "archived", "estimated"]


def archived(
    kind: Format, raw: BinaryIO, stream: Stream, name: str, place: str, limit: int, groups: Groups | None = None
) -> Iterator[Taken | Input]:
    """What an archive holds, one page or row at a time; `raw` is the file that `stream` reads.

    `groups` are those row groups of Parquet that are wanted.

    Raises:
        InputError: when it cannot be read at all.
    """
    if kind is Format.WARC:
        from onrecord.sources.archives.warc import pages_in_warc

        yield from pages_in_warc(stream.packed(), name, place, limit)
    elif kind is Format.WACZ:
        from onrecord.sources.archives.wacz import pages_in_wacz

        yield from pages_in_wacz(raw, name, place, limit)
    else:
        from onrecord.sources.archives.parquet import rows_in_parquet

        yield from rows_in_parquet(raw, name, place, limit, groups)
