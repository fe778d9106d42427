"""The content of an answer: its body without chunks and without what it was packed with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from onrecord.codings import gunzipped, inflated, pieces_of, without_brotli
from onrecord.errors import CodingBroken

MOST: Final = 64_000_000
"""Bytes that a content may have; more than anything that is captured."""
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")

_UNDONE_BY: Final[dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]]] = {
    "gzip": partial(gunzipped, alone=True),
    "x-gzip": partial(gunzipped, alone=True),
    "deflate": inflated,
    "br": without_brotli,
}


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
    undone = _UNDONE_BY.get(coding)
    if undone is None:
        return None
    unpacked = bytearray()
    try:
        for piece in undone(pieces_of(content)):
            unpacked += piece
            if len(unpacked) > MOST:
                return None
    except (CodingBroken, ImportError):
        # What asks for Brotli brings the library; without it such an answer is one that cannot be unpacked here.
        return None
    return bytes(unpacked)
