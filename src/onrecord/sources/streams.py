"""Bounded reading: bytes from a file or a pipe, gzip undone, never more in memory than was allowed.

A `Stream` gives a head to tell the format by, then either the whole content or its lines. What goes wrong is raised as
InputError only after everything that came before it was handed out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.errors import InputError

HEAD = 65_536
"""Bytes that are looked at to tell a format."""
CHUNK = 262_144
MOST_EXPANSION = 200
"""A gzip that grows more than so many times, once it passed FREE_EXPANSION bytes, is a bomb."""
FREE_EXPANSION = 100_000_000
GZIP = b"\x1f\x8b"


class Stream:
    """One readable thing of unknown size.

    `head` holds its first bytes, decompressed. One of `whole`, `lines`, `unpacked` and `packed` may be used, once. A
    failure while the head is read shows when it comes to that point.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self._failure: InputError | None = None
        self._raw = raw
        self._seen: list[bytes] | None = []
        """The bytes as they came, as long as somebody may ask for them."""
        chunks = self._watched()
        first = self._next(chunks)
        while first is not None and len(first) < 2 and (more := self._next(chunks)):
            first += more
        first = first or b""
        self._is_gzip = first.startswith(GZIP)
        self._rest = _inflated(first, chunks) if self._is_gzip else _prefixed(first, chunks)
        head = b""
        while len(head) < HEAD and (chunk := self._next(self._rest)) is not None:
            head += chunk
        self.head = head

    def _watched(self) -> Iterator[bytes]:
        for chunk in chunks_of(self._raw):
            if self._seen is not None:
                self._seen.append(chunk)
            yield chunk

    def _next(self, chunks: Iterator[bytes]) -> bytes | None:
        try:
            return next(chunks, None)
        except InputError as error:
            self._failure = error
            return None

    def _all_chunks(self) -> Iterator[bytes]:
        self._seen = None
        yield self.head
        if self._failure is not None:
            raise self._failure
        yield from self._rest

    def unpacked(self) -> Iterator[bytes]:
        """The content in chunks, gzip undone.

        Raises:
            InputError: "damaged gzip", "too large" for a gzip that expands without end, "unreadable".
        """
        return self._all_chunks()

    def _chunks_from(self, offset: int) -> Iterator[bytes]:
        """The content from a byte of it on; gzip cannot be entered in the middle, so it is unpacked up to there."""
        if offset and not self._is_gzip and self._raw.seekable():
            self._seen = None
            self._raw.seek(offset)
            yield from chunks_of(self._raw)
            return
        for chunk in self._all_chunks():
            yield chunk[offset:]
            offset = max(0, offset - len(chunk))

    def packed(self) -> Iterator[bytes]:
        """The bytes in chunks as they stand in the file, gzip not undone.

        Raises:
            InputError: "unreadable".
        """
        seen, self._seen = self._seen or [], None
        yield from seen
        seen.clear()
        yield from chunks_of(self._raw)

    def whole(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            InputError: "too large" beyond `limit` bytes, "damaged gzip", "unreadable".
        """
        content = bytearray()
        for chunk in self._all_chunks():
            content += chunk
            if len(content) > limit:
                raise InputError("too large", f"more than {limit} bytes")
        return bytes(content)

    def lines(
        self, limit: int, *, first: int = 1, last: int | None = None, offset: int = 0
    ) -> Iterator[tuple[int, bytes | None]]:
        """Each line that is not blank with its number from 1, without its line end; None for one beyond `limit` bytes.

        Those from number `first`, which begins `offset` bytes into the content, to before number `last`.

        Raises:
            InputError: "damaged gzip" or "unreadable", after the lines before the damage.
        """
        number, pending, overflowing = first, bytearray(), False
        for chunk in self._chunks_from(offset):
            start = 0
            while number != last and (end := chunk.find(b"\n", start)) >= 0:
                if not overflowing and len(pending) + end - start <= limit:
                    pending += chunk[start:end]
                    if pending.strip():
                        yield number, bytes(pending).removesuffix(b"\r")
                else:
                    yield number, None
                number, start, overflowing = number + 1, end + 1, False
                pending.clear()
            if number == last:
                return
            if not overflowing and len(pending) + len(chunk) - start <= limit:
                pending += chunk[start:]
            else:
                overflowing = True
                pending.clear()
        if overflowing:
            yield number, None
        elif pending.strip():
            yield number, bytes(pending).removesuffix(b"\r")


def chunks_of(raw: BinaryIO) -> Iterator[bytes]:
    try:
        while chunk := raw.read(CHUNK):
            yield chunk
    except OSError as error:
        raise InputError("unreadable", error.strerror or str(error)) from error


def _prefixed(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _inflated(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """The decompressed content of one or more gzip members; zero bytes after the last are padding."""
    taken = given = 0
    inflater = zlib.decompressobj(wbits=31)
    begun = False
    for chunk in _prefixed(first, rest):
        taken += len(chunk)
        pending = chunk
        while pending:
            if not begun and not (pending := pending.lstrip(b"\x00")):
                break
            begun = True
            try:
                out = inflater.decompress(pending, CHUNK)
            except zlib.error as error:
                raise InputError("damaged gzip", str(error)) from error
            given += len(out)
            if given > FREE_EXPANSION and given > MOST_EXPANSION * taken:
                raise InputError("too large", f"gzip that expands more than {MOST_EXPANSION} times")
            if out:
                yield out
            if inflater.eof:
                pending, inflater, begun = inflater.unused_data, zlib.decompressobj(wbits=31), False
            else:
                pending = inflater.unconsumed_tail
    while begun and not inflater.eof and (out := inflater.decompress(b"", CHUNK)):
        yield out
    if begun and not inflater.eof:
        raise InputError("damaged gzip", "it ends too early")
