"""The content of an answer: its body without chunks and without what it was packed with."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Any, Final

MOST: Final = 64_000_000
"""Bytes that a content may have; more than anything that is captured."""
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")


def content_of(body: bytes, transfer: str, codings: Sequence[str]) -> bytes | None:
    """The content of a body as it came; None where it cannot be unpacked here, or would be larger than `MOST`.

    `transfer` is the field Transfer-Encoding of the answer, `codings` are those of Content-Encoding in their order.
    """
    content: bytes | None = _joined(body) if "chunked" in transfer.lower() else body
    for coding in reversed([one.strip().lower() for one in codings if one.strip()]):
        if content is None:
            return None
        content = _unpacked(content, coding)
    return content


def _joined(body: bytes) -> bytes | None:
    parts: list[bytes] = []
    at = 0
    while head := _CHUNK.match(body, at):
        size = int(head[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[head.end() : head.end() + size])
        at = head.end() + size + 2
    return None


def _unpacked(content: bytes, coding: str) -> bytes | None:
    if coding == "identity":
        return content
    try:
        if coding in ("gzip", "x-gzip"):
            return _inflated(content, 31)
        if coding == "deflate":
            has_head = len(content) > 1 and content[0] & 15 == 8 and int.from_bytes(content[:2], "big") % 31 == 0
            return _inflated(content, 15 if has_head else -15)
    except zlib.error:
        return None
    return _without_brotli(content) if coding == "br" else None


def _inflated(content: bytes, wbits: int) -> bytes | None:
    parts: list[bytes] = []
    while content:
        inflater = zlib.decompressobj(wbits)
        parts.append(inflater.decompress(content, MOST))
        if not inflater.eof or sum(map(len, parts)) > MOST:
            return None
        content = inflater.unused_data if wbits == 31 else b""
    return b"".join(parts)


def _without_brotli(content: bytes) -> bytes | None:
    # What asks for Brotli brings the library; without it such an answer is told to be one that cannot be unpacked here.
    try:
        import brotli
    except ImportError:
        return None
    expander: Any = brotli.Decompressor()
    try:
        out = bytes(expander.process(content, output_buffer_limit=MOST))
    except brotli.error:
        return None
    return out if expander.is_finished() else None
