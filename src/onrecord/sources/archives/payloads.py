"""The body of an HTTP answer without what it was wrapped in: chunks, gzip, deflate, Brotli, Zstandard; with limits.

What is damaged is given as far as it can be read, with a remark. Servers and crawlers often say of a body that it is
wrapped when it is not (any more): such a body is taken as it is, with a remark.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO

from onrecord.errors import InputError
from onrecord.sources.streams import GZIP, MOST_EXPANSION

PIECE = 65_536
FREE_EXPANSION = 1_000_000
"""A body that grows more than MOST_EXPANSION times, once it passed so many bytes, is a bomb."""
MOST_CODINGS = 3

_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


def unchunked(body: bytes) -> tuple[bytes, str]:
    """The body without the chunks of RFC 9112, section 7.1, and a remark ("" when they were in order)."""
    parts: list[bytes] = []
    at = 0
    while head := _CHUNK.match(body, at):
        size = int(head[1], 16)
        if size == 0:
            return b"".join(parts), ""
        parts.append(body[head.end() : head.end() + size])
        at = head.end() + size
        at += 2 if body.startswith(b"\r\n", at) else 1 if body.startswith(b"\n", at) else 0
    if not parts:
        return body, "said to be in chunks, but is not" if body else ""
    whole = b"".join(parts)
    return whole, f"its chunks are cut off or damaged, what they gave before, {len(whole)} bytes, is read"


def uncoded(body: bytes, codings: Sequence[str], limit: int) -> tuple[bytes, str]:
    """The body without its content codings, the last applied first, and a remark.

    Raises:
        InputError: "too large" for more than `limit` bytes or a bomb, "unsupported format" for a coding not known.
    """
    remarks: list[str] = []
    named = [name for coding in codings if (name := coding.strip().lower()) not in ("", "identity")]
    if len(named) > MOST_CODINGS:
        raise InputError("unsupported format", f"its content is coded {len(named)} times")
    for name in reversed(named):
        opened = _OPENED.get(name)
        if opened is None:
            raise InputError("unsupported format", f"content coding {name[:40]!r} is not read")
        out = bytearray()
        try:
            for piece in opened(body):
                out += piece
                if len(out) > limit:
                    raise InputError("too large", f"more than {limit} bytes")
                if len(out) > FREE_EXPANSION and len(out) > MOST_EXPANSION * len(body):
                    raise InputError("too large", f"content that expands more than {MOST_EXPANSION} times")
        except (zlib.error, OSError) as error:
            if out:
                remarks.append(f"its {name} is damaged after {len(out)} bytes, which are read ({error})")
            elif body:
                remarks.append(f"said to be {name}, but is not")
        body = bytes(out) or body
    return body, "; ".join(remarks)


def _inflated(body: bytes, wbits: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(wbits)
    for at in range(0, len(body), PIECE):
        pending = body[at : at + PIECE]
        while pending and not inflater.eof:
            yield inflater.decompress(pending, PIECE)
            pending = inflater.unconsumed_tail
    while not inflater.eof and (out := inflater.decompress(b"", PIECE)):
        yield out
    if not inflater.eof:
        raise zlib.error("it ends too early")


def _gunzipped(body: bytes) -> Iterator[bytes]:
    if not body.startswith(GZIP):
        raise zlib.error("no gzip")
    return _inflated(body, 31)


def _deflated(body: bytes) -> Iterator[bytes]:
    """RFC 9110 means zlib's format by "deflate", and many servers send it bare."""
    has_head = len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _inflated(body, 15 if has_head else -15)


def _read(reader: str, body: bytes) -> Iterator[bytes]:
    from fastwarc import stream_io

    stream = getattr(stream_io, reader)(BytesIO(body))
    while piece := stream.read(PIECE):
        yield piece


_OPENED: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": partial(_read, "BrotliReader"),
    "zstd": partial(_read, "ZstdReader"),
}
