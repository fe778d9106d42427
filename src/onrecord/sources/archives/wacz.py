"""A WACZ → the pages of the WARCs in it, read as streams straight from the ZIP, and what its hashes say.

Nothing is unpacked onto the disk, so names in the ZIP lead nowhere. What datapackage.json states of the files is set
beside their bytes (WACZ 1.1.1). A ZIP whose directory is lost is searched for what records it still holds.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from io import SEEK_END
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from onrecord.domain.reports import Input
from onrecord.errors import InputError
from onrecord.sources.archives.taken import Taken
from onrecord.sources.archives.warc import MOST_TOLD, pages_in_warc
from onrecord.sources.metadata import one_line, storable
from onrecord.sources.streams import CHUNK, FREE_EXPANSION, MOST_EXPANSION, chunks_of

LARGEST_DIRECTORY = 8_000_000
"""Bytes that the directory of the ZIP may have; 100,000 entries take about so many."""
MOST_WARCS = 10_000
LARGEST_PACKAGE = 8_000_000
"""Bytes that datapackage.json may have."""

_FAULTS = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_ENCRYPTED = 1


def pages_in_wacz(raw: BinaryIO, name: str, place: str, limit: int) -> Iterator[Taken | Input]:
    """The pages of every WARC in a WACZ; their places are those of the file, the WARC in it and the record.

    Raises:
        InputError: when it is no file that can be read at any place, or what is in it is refused as a whole.
    """
    if not raw.seekable():
        raise InputError("unsupported format", "a WACZ is read from a file, not from a pipe: save it and name the file")
    try:
        package = Package(raw)
    except BadZipFile as error:
        raw.seek(0)
        torn = f"its ZIP directory cannot be read ({error})"
        yield from pages_in_warc(chunks_of(raw), name, place, limit, torn=torn)
        return
    for entry in package.warcs:
        within = f"{name}/{shown(entry.filename)}", f"{place}/{shown(entry.filename)}"
        refusal = refused(entry)
        if refusal is not None:
            yield Input(*within, reason=refusal.reason, detail=refusal.detail)
            continue
        chunks = package.chunks(entry)
        yield from pages_in_warc(chunks, *within, limit)
        _drain(chunks)
    package.pass_others()
    if not package.warcs:
        yield Input(name, place, reason="empty", detail="there is no WARC in it")
    if package.differing:
        yield Input(name, place, reason="wrong digest", detail=_listed(package.differing))
    if package.unproven:
        yield Input(name, place, reason="unverified package", detail=_listed(package.unproven))


class Package:
    """The ZIP of a WACZ: its WARCs, and what its hashes show as the bytes pass.

    `differing` names the files whose bytes are not those that were hashed, `unproven` what no hash speaks for.

    Raises:
        BadZipFile: when the directory cannot be read.
        InputError: "too large" for more WARCs than is read, "damaged archive" where entries lie over each other.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self.differing: list[str] = []
        self.unproven: list[str] = []
        self._given = self._taken = 0
        self._passed: set[str] = set()
        size = raw.seek(0, SEEK_END)
        try:
            self._zip = ZipFile(_Bounded(raw))
        except _FAULTS as error:
            raise BadZipFile(_brief(error)) from error
        self._sums: dict[str, int] = {}
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self.warcs = [entry for entry in entries if entry.filename.lower().endswith((".warc", ".warc.gz"))]
        if len(self.warcs) > MOST_WARCS:
            raise InputError("too large", f"more than {MOST_WARCS} WARCs in one WACZ")
        # Entries that share their bytes make a bomb out of a small file.
        if sum(entry.compress_size for entry in entries) > size:
            raise InputError("damaged archive", "the files in the ZIP lie over each other")
        for entry in entries:
            # Without it ZipFile does not keep back the last bytes of a file that does not fit its check sum.
            self._sums[entry.filename] = entry.CRC
            del entry.CRC
        self._entries = {entry.filename: entry for entry in entries}
        self._stated = self._stated_hashes()

    def chunks(self, entry: ZipInfo) -> Iterator[bytes]:
        """The bytes of a file in the ZIP; at their end they are set beside the hash that is stated of them.

        Raises:
            InputError: "damaged archive", "too large".
        """
        hashed, check_sum = hashlib.sha256(), 0
        self._passed.add(entry.filename)
        self._taken += entry.compress_size
        try:
            with self._zip.open(entry) as file:
                while chunk := file.read(CHUNK):
                    self._given += len(chunk)
                    if self._given > FREE_EXPANSION and self._given > MOST_EXPANSION * self._taken:
                        raise InputError("too large", f"a ZIP that expands more than {MOST_EXPANSION} times")
                    hashed.update(chunk)
                    check_sum = zlib.crc32(chunk, check_sum)
                    yield chunk
        except _FAULTS as error:
            raise InputError("damaged archive", f"its place in the ZIP is damaged ({_brief(error)})") from error
        if check_sum != self._sums[entry.filename]:
            self.differing.append(f"{shown(entry.filename)} does not fit its check sum in the ZIP")
        stated = self._stated.get(entry.filename)
        if stated is None:
            self.unproven.append(f"no hash is stated of {shown(entry.filename)}")
        elif stated != hashed.hexdigest():
            self.differing.append(
                f"{shown(entry.filename)} has the sha256 {hashed.hexdigest()}, but {shown(stated)} is stated"
            )

    def pass_others(self) -> None:
        """Has every file that a hash is stated of, and that has not passed, pass and be checked."""
        for path in self._stated:
            entry = self._entries.get(path)
            if entry is None:
                self.unproven.append(f"{shown(path)} is named, but is not there")
            elif path not in self._passed:
                refusal = refused(entry) or _drain(self.chunks(entry))
                if refusal is not None:
                    self.unproven.append(f"{shown(path)}: {refusal}")

    def _stated_hashes(self) -> dict[str, str]:
        """The sha256 that is stated of each file, in hexadecimal, by its path in the ZIP."""
        stated: dict[str, str] = {}
        resources = self._object("datapackage.json").get("resources")
        for resource in resources if isinstance(resources, list) else ():
            if isinstance(resource, dict):
                _state(stated, resource.get("path"), resource.get("hash"))
        if not stated:
            self.unproven.append("datapackage.json states no hash, or is not there")
        if "datapackage-digest.json" in self._entries:
            digest = self._object("datapackage-digest.json")
            _state(stated, digest.get("path"), digest.get("hash"))
        return stated

    def _object(self, path: str) -> dict[str, Any]:
        """A small JSON object in the ZIP; an empty one where it cannot be had."""
        entry = self._entries.get(path)
        if entry is None or entry.file_size > LARGEST_PACKAGE or refused(entry):
            return {}
        try:
            with self._zip.open(entry) as file:
                value = json.loads(file.read(LARGEST_PACKAGE))
        except (*_FAULTS, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


class _Bounded:
    """A file that refuses to give a directory of any size at once, as ZipFile would ask it to."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.seek, self.tell, self.seekable = raw.seek, raw.tell, raw.seekable

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            size = LARGEST_DIRECTORY
        elif size > LARGEST_DIRECTORY:
            raise BadZipFile(f"more than {LARGEST_DIRECTORY} bytes of directory")
        return self._raw.read(size)


def refused(entry: ZipInfo) -> InputError | None:
    """Why a file in a ZIP is not read, whatever it holds."""
    if entry.flag_bits & _ENCRYPTED:
        return InputError("encrypted", "it is encrypted in the ZIP")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return InputError("unsupported format", f"compression {entry.compress_type} of ZIP is not read")
    return None


def shown(path: str) -> str:
    """A path out of a ZIP as text that leads nowhere else.

    >>> shown("../../etc/a\\x1b.warc")
    'etc/a\ufffd.warc'
    """
    parts = [part for part in (one_line(path) or "").split("/") if part not in ("", ".", "..")]
    return "".join(one if one.isprintable() else "\ufffd" for one in "/".join(parts)) or "?"


def _drain(chunks: Iterator[bytes]) -> InputError | None:
    """Lets what is left of the chunks pass, so that all bytes are hashed."""
    try:
        for _ in chunks:
            pass
    except InputError as error:
        return error
    return None


def _state(stated: dict[str, str], path: object, hash_: object) -> None:
    if isinstance(path, str) and isinstance(hash_, str) and hash_.startswith("sha256:"):
        stated[path] = hash_.removeprefix("sha256:").lower()


def _listed(findings: list[str]) -> str:
    more = len(findings) - MOST_TOLD
    return "; ".join(findings[:MOST_TOLD]) + (f"; and {more} more" if more > 0 else "")


def _brief(error: Exception) -> str:
    return storable(" ".join(str(error)[:200].split())) or type(error).__name__
