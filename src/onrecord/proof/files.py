"""The files of a proof, from a folder or a zip: plain files, limits on sizes and numbers, no name that leads out."""

from __future__ import annotations

import zipfile
import zlib
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from onrecord.errors import OnrecordError
from onrecord.proof import layout

MOST_FILES: Final = 20_000
LARGEST: Final = 2_000_000_000
"""Bytes of one file in a proof."""
ALL: Final = 8_000_000_000
"""Bytes of all files in a proof, unpacked."""


class ProofError(OnrecordError):
    """A proof cannot be written where it was asked for, or is none."""


class Files(ABC):
    """The files of a proof by their names."""

    @abstractmethod
    def names(self) -> list[str]:
        """The names, sorted."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """What is in the file of this name."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class Folder(Files):
    def __init__(self, place: Path) -> None:
        if not (place / layout.MANIFEST).is_file():
            raise ProofError(f"{place} is no proof: it has no {layout.MANIFEST}")
        self._place = place.resolve()

    def names(self) -> list[str]:
        found = []
        for one in sorted(self._place.rglob("*")):
            if one.is_symlink() or not one.resolve().is_relative_to(self._place):
                raise ProofError(f"{one} leads out of the proof; a proof holds plain files alone")
            if one.is_file():
                found.append(one.relative_to(self._place).as_posix())
        if len(found) > MOST_FILES:
            raise ProofError(f"there are {len(found)} files in the proof, more than {MOST_FILES}")
        return found

    def read(self, name: str) -> bytes:
        path = self._place / name
        if path.stat().st_size > LARGEST:
            raise ProofError(f"{name} is larger than {LARGEST:,} bytes")
        return path.read_bytes()


class Zip(Files):
    def __init__(self, place: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(place)
        except (zipfile.BadZipFile, OSError) as error:
            raise ProofError(f"{place} is no proof: it cannot be opened as a zip ({error})") from error
        infos = self._archive.infolist()
        if len(infos) > MOST_FILES or sum(one.file_size for one in infos) > ALL:
            raise ProofError(f"{place} holds more than a proof can: {len(infos)} files")
        self._sizes = {one.filename: one.file_size for one in infos if not one.is_dir()}
        if len(self._sizes) != sum(1 for one in infos if not one.is_dir()):
            raise ProofError(f"{place} holds two files of one name")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def names(self) -> list[str]:
        return sorted(self._sizes)

    def read(self, name: str) -> bytes:
        size = self._sizes[name]
        if size > LARGEST:
            raise ProofError(f"{name} is larger than {LARGEST:,} bytes")
        try:
            with self._archive.open(name) as opened:
                # One byte more than is said to be there, so that a bomb shows and is not unpacked.
                content = opened.read(size + 1)
        # zipfile raises the last two for an archive with a password and for a way of packing that it does not know.
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError) as error:
            raise ProofError(f"{name} cannot be unpacked: {error}") from error
        if len(content) > size:
            raise ProofError(f"{name} unpacks to more than the {size:,} bytes that it says")
        return content


def files_of(place: Path) -> Files:
    """The files of the proof at `place`.

    Raises:
        ProofError: when there is none, or it is larger than anything that is looked into.
    """
    return Zip(place) if place.is_file() else Folder(place)
