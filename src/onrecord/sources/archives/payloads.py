"""The body of an HTTP answer without what it was wrapped in: chunks, gzip, deflate, Brotli, Zstandard; with limits.

What is damaged is given as far as it can be read, with a remark. Servers and crawlers often say of a body that it is
wrapped when it is not (any more): such a body is taken as it is, with a remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO

from onrecord.codings import PIECE, gunzipped, inflated, pieces_of
from onrecord.errors import CodingBroken, InputError
from onrecord.sources.streams import MOST_EXPANSION

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
            for piece in opened(pieces_of(body)):
                out += piece
                if len(out) > limit:
                    raise InputError("too large", f"more than {limit} bytes")
                if len(out) > FREE_EXPANSION and len(out) > MOST_EXPANSION * len(body):
                    raise InputError("too large", f"content that expands more than {MOST_EXPANSION} times")
        except CodingBroken as error:
            if out:
                remarks.append(f"its {name} is damaged after {len(out)} bytes, which are read ({error.why})")
            elif body:
                remarks.append(f"said to be {name}, but is not")
        body = bytes(out) or body
    return body, "; ".join(remarks)


def _read(reader: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    from fastwarc import stream_io

    stream = getattr(stream_io, reader)(BytesIO(b"".join(pieces)))
    try:
        while piece := stream.read(PIECE):
            yield piece
    except OSError as error:
        raise CodingBroken(reader.removesuffix("Reader"), str(error)) from error


_OPENED: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "gzip": gunzipped,
    "x-gzip": gunzipped,
    "deflate": inflated,
    "br": partial(_read, "BrotliReader"),
    "zstd": partial(_read, "ZstdReader"),
}
