"""The archive of what was captured for one ledger: WARC files that only ever grow.

A folder holds files of our own naming, `captures-00000001-2031-03-05.warc.gz`: a serial number, so that the order of
the names is the order of writing, and the day (UTC) of the first capture. A new file begins with each new day, and when
one has reached its size. What `append` returns is on the disk.

Whoever keeps the places that it returned also keeps `end`. After a crash `cut_back` puts aside what lies behind it,
half a record or captures that nobody took down, and the archive goes on from there. Without it an archive begins a
file of its own, and nothing that lies there is touched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path
from typing import Final

from onrecord.custody.records import Exchange, exchange_records, software, warcinfo
from onrecord.errors import CapturesUnwritable

LARGEST: Final = 1_000_000_000
"""Bytes after which a new file begins; the format's advice is about so many."""
ASIDE: Final = "aside"
"""The folder within the archive for what `cut_back` took off."""

_NAME: Final = re.compile(r"captures-(\d{8})-(\d{4}-\d{2}-\d{2})\.warc\.gz")
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a response lies: the file's name within the folder, the first byte of its gzip member, and how many."""

    file: str
    offset: int
    length: int


class CaptureArchive:
    """Writes exchanges into the WARC files of a folder, which is made where it is missing; one writer at a time."""

    def __init__(self, folder: Path, *, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest
        self._file: str | None = None
        self._length = 0

    @property
    def end(self) -> tuple[str, int] | None:
        """The file that is written to and its length in bytes; None before anything was written."""
        return None if self._file is None else (self._file, self._length)

    def append(self, exchanges: Sequence[Exchange]) -> tuple[Place, ...]:
        """Writes exchanges, all into one file, and returns where each response lies once all are on the disk.

        Raises:
            CapturesUnwritable: when they cannot be written; the archive is then as it was before.
        """
        if not exchanges:
            return ()
        day = exchanges[0].at.astimezone(UTC).date()
        fresh = self._file is None or self._length >= self._largest or _day_of(self._file) != day
        file, begin = (self._next(day), 0) if fresh or self._file is None else (self._file, self._length)
        parts: list[bytes] = [warcinfo(exchanges[0].at, file, _told())] if fresh else []
        places: list[Place] = []
        length = begin + sum(map(len, parts))
        for one in exchanges:
            response, request = exchange_records(one)
            places.append(Place(file, length, len(response)))
            parts += (response, request)
            length += len(response) + len(request)
        try:
            self._written(self._folder / file, begin, parts)
        except OSError as error:
            raise CapturesUnwritable(f"{self._folder / file} cannot be written: {_reason(error)}") from error
        self._file, self._length = file, length
        return tuple(places)

    def cut_back(self, file: str, end: int) -> int:
        """Goes on in `file` at `end`; what lies behind comes into the folder `aside`. Returns how many bytes that is.

        Raises:
            CapturesUnwritable: when the file is not there or is shorter, or nothing can be changed in the folder.
        """
        path = self._folder / file
        if not _NAME.fullmatch(file) or not path.is_file():
            raise CapturesUnwritable(f"{path} is not there, though captures were written to it: was it moved?")
        length = path.stat().st_size
        if length < end:
            raise CapturesUnwritable(
                f"{path} has {length:,} bytes, though {end:,} were written: it was cut; bring it back from a copy"
            )
        taken = length - end
        try:
            if taken:
                self._set_aside(path, end)
            for later in (one for one in self._files() if one > file):
                taken += (self._folder / later).stat().st_size
                self._aside(later).parent.mkdir(exist_ok=True)
                (self._folder / later).rename(self._aside(later))
            _settled(self._folder)
        except OSError as error:
            raise CapturesUnwritable(f"{path} cannot be cut back: {_reason(error)}") from error
        self._file, self._length = file, end
        return taken

    def _files(self) -> list[str]:
        return sorted(one.name for one in self._folder.iterdir() if _NAME.fullmatch(one.name))

    def _next(self, day: date) -> str:
        there = self._files() if self._folder.is_dir() else []
        number = 1 + max((int(one.split("-")[1]) for one in there), default=0)
        return f"captures-{number:08}-{day.isoformat()}.warc.gz"

    def _written(self, path: Path, begin: int, parts: Sequence[bytes]) -> None:
        """Appends to a file that has `begin` bytes; when that fails, at whatever point, it has as many again."""
        if not begin and not self._folder.is_dir():
            self._folder.mkdir()
            _settled(self._folder.parent)
        with path.open("xb" if not begin else "r+b", buffering=0) as out:
            if out.seek(0, os.SEEK_END) != begin:
                raise OSError("its length is not what this archive left; does another process write to it?")
            try:
                for part in parts:
                    view = memoryview(part)
                    while view:
                        view = view[out.write(view) :]
                os.fsync(out.fileno())
                if not begin:
                    _settled(self._folder)
            except BaseException:
                if begin:
                    out.truncate(begin)
                else:
                    path.unlink()
                raise

    def _aside(self, name: str) -> Path:
        """A place in the folder `aside` where nothing is yet."""
        folder = self._folder / ASIDE
        count = sum(1 for one in folder.iterdir() if one.name.startswith(name)) if folder.is_dir() else 0
        return folder / f"{name}.{count + 1}"

    def _set_aside(self, path: Path, end: int) -> None:
        target = self._aside(path.name)
        target.parent.mkdir(exist_ok=True)
        with path.open("r+b") as whole, target.open("xb") as out:
            whole.seek(end)
            while piece := whole.read(_PIECE):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
            whole.truncate(end)
            os.fsync(whole.fileno())


def _day_of(file: str) -> date | None:
    found = _NAME.fullmatch(file)
    return None if found is None else date.fromisoformat(found[2])


def _told() -> dict[str, str]:
    return {
        "software": software(),
        "description": "Requests and responses as they went over the wire, captured for a ledger of onrecord",
    }


def _settled(folder: Path) -> None:
    """The names in a folder reach the disk: a file whose name is lost in a power cut is lost with it."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
