"""Which readings are on the record already: sorted ids in one file, which every worker looks into and none loads."""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from onrecord.batch.files import written
from onrecord.errors import BatchError

_WIDTH: Final = 16


class Known:
    """The ids of readings in a file that `write_known` wrote; none where there is no file.

    Raises:
        BatchError: when the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._ids: mmap.mmap | bytes = b""
        try:
            with path.open("rb") as file:
                if path.stat().st_size:
                    self._ids = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise BatchError(f"{path} cannot be read: {error.strerror}") from error

    def __len__(self) -> int:
        return len(self._ids) // _WIDTH

    def __getitem__(self, at: int) -> bytes:
        return self._ids[at * _WIDTH : (at + 1) * _WIDTH]

    def __contains__(self, reading: str) -> bool:
        wanted = bytes.fromhex(reading)
        at = bisect_left(self, wanted)
        return at < len(self) and self[at] == wanted

    def within(self, readings: Iterable[str]) -> bool:
        """Whether all of these are among the readings, which are sorted."""
        at = 0
        for reading in readings:
            if at == len(self):
                break
            at += self[at] == bytes.fromhex(reading)
        return at == len(self)


def write_known(path: Path, readings: Iterable[str]) -> None:
    """Keeps ids of readings, which are sorted.

    Raises:
        BatchError: when the file cannot be written.
    """
    with written(path) as file:
        for reading in readings:
            file.write(bytes.fromhex(reading))
