"""How many pages or rows an archive holds, told from a look at it, for whoever watches the progress."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

from onrecord.errors import InputError
from onrecord.sources.formats import Format, archive_named
from onrecord.sources.streams import CHUNK, chunks_of

SAMPLE = 8 * CHUNK
"""Bytes at the beginning of a WARC whose pages are counted; the rest is taken to hold as many in as many bytes."""


def estimated(path: Path, name: str) -> int:
    """About how many inputs an archive will give; 1 where that cannot be told."""
    try:
        if not path.is_file():
            return 1
        with path.open("rb") as raw:
            return max(1, _estimated(archive_named(name), raw, path.stat().st_size))
    except (OSError, InputError, BadZipFile):
        return 1


def _estimated(kind: Format | None, raw: BinaryIO, size: int) -> int:
    if kind is Format.PARQUET:
        from onrecord.sources.archives.parquet import rows_counted

        return rows_counted(raw)
    from onrecord.sources.archives.warc import pages_counted

    chunks = chunks_of(raw)
    if kind is Format.WACZ:
        from onrecord.sources.archives.wacz import Package

        package = Package(raw)
        if not package.warcs:
            return 1
        size = sum(entry.file_size for entry in package.warcs)
        chunks = package.chunks(package.warcs[0])
    pages = pages_counted(islice(chunks, SAMPLE // CHUNK))
    return pages * max(size, SAMPLE) // SAMPLE
