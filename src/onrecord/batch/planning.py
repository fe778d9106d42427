"""Places → shards, in the order in which one process would read them.

Large files of JSON Lines are cut at line ends, Parquet at row groups; a WARC or a ZIP cannot be entered in the middle,
so a large one is cut into a few runs of pages, each of which passes over those before it; small files go together.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from onrecord.batch.shards import Shard, Source
from onrecord.errors import BatchError, InputError, SettingsError
from onrecord.sources.archives import estimated
from onrecord.sources.archives.parquet import groups_described
from onrecord.sources.formats import ARCHIVES, Format, format_of
from onrecord.sources.gather import count, is_lines
from onrecord.sources.places import Found, find
from onrecord.sources.streams import Stream
from onrecord.sources.stretches import Groups, Lines, Stretch

SHARD: Final = 500_000
"""Bytes of text in a shard, about: some tens of seconds of reading."""
MOST_INPUTS: Final = 1_000
"""Files of a folder in one shard."""
_PER_TEXT: Final = {".html": 12, ".htm": 12, ".xhtml": 12, ".pdf": 20}
"""How many bytes of a file come to one of text."""
_PACKED: Final = 3
_PER_INPUT: Final = 5_000
"""Bytes of text in a report, about, where nothing can be counted."""
_LARGE_ARCHIVE: Final = 64_000_000
"""Bytes of a WARC or WACZ for which it is worth passing over what stands before."""
_MOST_RUNS: Final = 8


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a shard is made of, before it has an id."""

    sources: tuple[Source, ...]
    stretch: Stretch | None = None
    first: int = 0
    last: int | None = None
    expected: int = 1
    size: int = 0


def plan(places: Iterable[str | Path]) -> list[Shard]:
    """The shards of all inputs at the places.

    Raises:
        SettingsError: for standard input or a pipe, which cannot be read in several places at once.
        BatchError: when a file cannot be looked at while it is cut.
    """
    return [
        Shard(f"{number:05}", one.sources, one.stretch, one.first, one.last, one.expected, one.size)
        for number, one in enumerate(_pieces(find(places)))
    ]


def _pieces(found: Iterable[Found]) -> Iterator[_Piece]:
    together: list[Source] = []
    weight = 0
    for one in found:
        source = _source(one)
        own = _weight(source)
        large = own > SHARD and source.path is not None
        if together and (large or weight + own > SHARD or len(together) >= MOST_INPUTS):
            yield _files(together)
            together, weight = [], 0
        if large:
            yield from _cut(source)
        else:
            together.append(source)
            weight += own
    if together:
        yield _files(together)


def _source(found: Found) -> Source:
    if found.path is None and found.reason is None:
        raise SettingsError("standard input is read by one process; save it to a file and name that")
    if found.path is None:
        return Source(None, found.shown, reason=found.reason, detail=found.detail)
    try:
        known = found.path.stat()
    except OSError as error:
        return Source(None, found.shown, reason="unreadable", detail=error.strerror or str(error))
    if not stat.S_ISREG(known.st_mode):
        raise SettingsError(f"{found.shown} is a pipe, which is read by one process; save it to a file and name that")
    return Source(str(found.path.absolute()), found.shown, known.st_size, known.st_mtime_ns)


def _weight(source: Source) -> int:
    """About how many bytes of text a file holds."""
    path = PurePath(source.shown.lower())
    packed = path.suffix in (".gz", ".parquet", ".pq")
    suffix = PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix
    if suffix in (".warc", ".wacz"):
        return source.size
    return source.size * (_PACKED if packed else 1) // _PER_TEXT.get(suffix, 1)


def _files(sources: Sequence[Source]) -> _Piece:
    expected = sum(_expected(one) for one in sources)
    return _Piece(tuple(sources), expected=expected, size=sum(one.size for one in sources))


def _expected(source: Source) -> int:
    """About how many inputs a file holds."""
    counted = 1 if source.path is None else count([source.path])
    return max(1, _weight(source) // _PER_INPUT) if counted is None else counted


def _cut(source: Source) -> Iterator[_Piece]:
    """The pieces of one large file."""
    assert source.path is not None
    try:
        with Path(source.path).open("rb") as raw:
            stream = Stream(raw)
            inner = source.shown[:-3] if source.shown.lower().endswith(".gz") else source.shown
            try:
                kind = format_of(inner, stream.head)
                if is_lines(kind, stream.head) and stream.head.strip():
                    yield from _lines(source, stream)
                elif kind is Format.PARQUET:
                    yield from _groups(source, raw)
                elif kind in ARCHIVES and source.size > _LARGE_ARCHIVE:
                    yield from _runs(source)
                else:
                    yield _files([source])
            except InputError:
                yield _files([source])
    except OSError as error:
        raise BatchError(f"{source.shown} cannot be read ({error.strerror}); run it again when it can") from error


def _lines(source: Source, stream: Stream) -> Iterator[_Piece]:
    """JSON Lines at line ends. What stands behind a damage in its gzip belongs to the last piece, which meets it."""
    seen, ended, line, starts = 0, 0, 1, [(1, 0)]
    try:
        for chunk in stream.unpacked():
            end = chunk.find(b"\n")
            while end >= 0:
                line, ended = line + 1, seen + end + 1
                if ended - starts[-1][1] >= SHARD:
                    starts.append((line, ended))
                end = chunk.find(b"\n", end + 1)
            seen += len(chunk)
    except InputError:
        pass
    if starts[-1] == (line, seen) and len(starts) > 1:
        starts.pop()
    for (first, offset), (last, end) in pairwise([*starts, (line + (seen > ended), seen)]):
        stop = None if end == seen else last
        yield _Piece((source,), Lines(first, stop, offset), expected=max(1, last - first), size=end - offset)


def _groups(source: Source, raw: BinaryIO) -> Iterator[_Piece]:
    first, rows, size = 0, 0, 0
    described = groups_described(raw)
    for number, (group_rows, group_size) in enumerate(described, start=1):
        rows, size = rows + group_rows, size + group_size
        if size >= SHARD or number == len(described):
            yield from _in_runs(source, Groups(first, number), rows, size, SHARD)
            first, rows, size = number, 0, 0
    if not described:
        yield _files([source])


def _runs(source: Source) -> Iterator[_Piece]:
    expected = estimated(Path(source.path or ""), source.shown)
    yield from _in_runs(source, None, expected, source.size, _LARGE_ARCHIVE)


def _in_runs(source: Source, stretch: Stretch | None, inputs: int, size: int, each: int) -> Iterator[_Piece]:
    """A stretch as one piece, or where it is much too large as a few runs of inputs; the last has no end."""
    runs = max(1, min(_MOST_RUNS, size // each, inputs))
    for number in range(runs):
        first, last = inputs * number // runs, inputs * (number + 1) // runs
        end = None if number == runs - 1 else last
        yield _Piece((source,), stretch, first, end, max(1, last - first), size // runs)
