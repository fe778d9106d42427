"""Content codings undone a piece at a time: gzip, deflate and Brotli, so that a bomb is noticed before it is big."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli

from onrecord.errors import FetchRefused
from onrecord.sources.fetching.limits import Limits

ACCEPTED = "gzip, deflate, br"
"""What is asked for; nothing else is understood."""
MOST_CODINGS = 2
_PIECE = 65_536
_GZIP = b"\x1f\x8b"


def content_of(wire: Iterable[bytes], codings: Iterable[str], limits: Limits, *, cut: int | None = None) -> bytes:
    """The decoded content of a body.

    `codings` are what Content-Encoding names, in order. With `cut` no more than so many bytes are read, and what comes
    behind is left where it is.

    Raises:
        FetchRefused: "too large", "zip bomb" or "broken answer".
    """
    undone = _undone_by([name for line in codings for coding in line.split(",") if (name := coding.strip().lower())])
    compressed = 0

    def counted() -> Iterator[bytes]:
        nonlocal compressed
        for chunk in wire:
            compressed += len(chunk)
            yield chunk

    pieces: Iterable[bytes] = counted()
    for undo in undone:
        pieces = undo(pieces)
    content = bytearray()
    for piece in pieces:
        content += piece
        if cut is not None and len(content) >= cut:
            return bytes(content[:cut])
        if len(content) > limits.decoded:
            raise FetchRefused("too large", f"its content has more than {limits.decoded} bytes")
        if undone and len(content) > limits.free and len(content) > limits.ratio * compressed:
            raise FetchRefused("zip bomb", f"it grows more than {limits.ratio} times")
    return bytes(content)


def _undone_by(codings: list[str]) -> list[Callable[[Iterable[bytes]], Iterator[bytes]]]:
    """What undoes each coding, the last applied first."""
    known = {"gzip": _gunzipped, "x-gzip": _gunzipped, "deflate": _inflated, "br": _without_brotli}
    named = [coding for coding in codings if coding != "identity"]
    if len(named) > MOST_CODINGS:
        raise FetchRefused("broken answer", f"its content is encoded {len(named)} times over")
    strange = next((coding for coding in named if coding not in known), None)
    if strange is not None:
        raise FetchRefused("broken answer", "its content is encoded in a way that nobody asked for")
    return [known[coding] for coding in reversed(named)]


def _gunzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """All members one after the other; what follows the last and is none is left out, as browsers do."""
    inflater: zlib._Decompress | None = None
    pending, members = b"", 0
    for chunk in chunks:
        pending += chunk
        while pending:
            if inflater is None:
                if members and not _GZIP.startswith(pending[:2]):
                    return
                if len(pending) < 2:
                    break
                inflater, members = zlib.decompressobj(wbits=31), members + 1
            yield _step("gzip", inflater, pending)
            pending = inflater.unconsumed_tail
            if inflater.eof:
                pending, inflater = inflater.unused_data, None
    if inflater is not None or (pending and not members):
        yield from _rest("gzip", inflater or zlib.decompressobj(wbits=31))


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
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


def _without_brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    expander, begun = brotli.Decompressor(), False
    try:
        for chunk in chunks:
            if expander.is_finished():
                return
            begun = begun or bool(chunk)
            yield expander.process(chunk, output_buffer_limit=_PIECE)
            while not expander.can_accept_more_data():
                yield expander.process(b"", output_buffer_limit=_PIECE)
    except brotli.error as error:
        raise FetchRefused("broken answer", "damaged Brotli") from error
    if begun and not expander.is_finished():
        raise FetchRefused("broken answer", "the Brotli ends too early")


def _step(coding: str, inflater: zlib._Decompress, pending: bytes) -> bytes:
    try:
        return inflater.decompress(pending, _PIECE)
    except zlib.error as error:
        raise FetchRefused("broken answer", f"damaged {coding}") from error


def _rest(coding: str, inflater: zlib._Decompress) -> Iterator[bytes]:
    """What an inflater still holds once all has come."""
    while not inflater.eof and (piece := _step(coding, inflater, b"")):
        yield piece
    if not inflater.eof:
        raise FetchRefused("broken answer", f"the {coding} ends too early")
