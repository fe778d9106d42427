"""Content codings undone a piece at a time: gzip, deflate and Brotli, so that a bomb is noticed before it is big.

Pieces have about `PIECE` bytes at most; whoever asks for them keeps the limits. What is broken raises `CodingBroken`,
behind all that could be undone before it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from onrecord.errors import CodingBroken

PIECE: Final = 65_536
_GZIP: Final = b"\x1f\x8b"


def pieces_of(body: bytes) -> Iterator[bytes]:
    """A body in pieces: of a whole one, what is still packed would be copied again and again."""
    return (body[at : at + PIECE] for at in range(0, len(body), PIECE))


def gunzipped(chunks: Iterable[bytes], *, alone: bool = False) -> Iterator[bytes]:
    """All members one after the other; what follows the last and is none is left out, as browsers do.

    With `alone`, what follows breaks it.
    """
    inflater: zlib._Decompress | None = None
    pending, members = b"", 0
    for chunk in chunks:
        pending += chunk
        while pending:
            if inflater is None:
                if members and not _GZIP.startswith(pending[:2]):
                    if alone:
                        raise CodingBroken("gzip", "something else follows it")
                    return
                if len(pending) < 2:
                    break
                inflater, members = zlib.decompressobj(wbits=31), members + 1
            yield _step("gzip", inflater, pending)
            pending = inflater.unconsumed_tail
            if inflater.eof:
                pending, inflater = inflater.unused_data, None
    if inflater is not None or (pending and (alone or not members)):
        yield from _rest("gzip", inflater or zlib.decompressobj(wbits=31))


def inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Deflate with the header of zlib, as it should be, or without, as some servers send it."""
    inflater = None
    first = b""
    for chunk in chunks:
        pending = first + chunk
        if inflater is None:
            if len(pending) < 2:
                first = pending
                continue
            has_header = pending[0] & 0x0F == 8 and int.from_bytes(pending[:2], "big") % 31 == 0
            inflater = zlib.decompressobj(wbits=15 if has_header else -15)
        first = b""
        while pending:
            yield _step("deflate", inflater, pending)
            if inflater.eof:
                return
            pending = inflater.unconsumed_tail
    if inflater is not None or first:
        yield from _rest("deflate", inflater or zlib.decompressobj())


def without_brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Brotli, by a library that only what fetches brings.

    Raises:
        ImportError: when it is not there.
    """
    import brotli

    expander, begun = brotli.Decompressor(), False
    try:
        for chunk in chunks:
            if expander.is_finished():
                return
            begun = begun or bool(chunk)
            piece = expander.process(chunk, output_buffer_limit=PIECE)
            # It can have taken in a whole chunk and still hold much of what that becomes.
            while piece or not expander.can_accept_more_data():
                yield piece
                piece = expander.process(b"", output_buffer_limit=PIECE)
    except brotli.error as error:
        raise CodingBroken("Brotli", str(error)) from error
    if begun and not expander.is_finished():
        raise CodingBroken("Brotli", "it ends too early")


def _step(coding: str, inflater: zlib._Decompress, pending: bytes) -> bytes:
    try:
        return inflater.decompress(pending, PIECE)
    except zlib.error as error:
        raise CodingBroken(coding, str(error)) from error


def _rest(coding: str, inflater: zlib._Decompress) -> Iterator[bytes]:
    """What an inflater still holds once all has come."""
    while not inflater.eof and (piece := _step(coding, inflater, b"")):
        yield piece
    if not inflater.eof:
        raise CodingBroken(coding, "it ends too early")
