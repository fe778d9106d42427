"""Contents of answers: without chunks and packing where that can be done, and no guess where it cannot."""

from __future__ import annotations

import time
import zlib

import pytest

from onrecord.custody.contents import MOST, content_of
from tests.custody.exchanges import PAGE, chunked
from tests.packed import packed


def bare(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def in_chunks(content: bytes) -> bytes:
    return b"%x;name=value\r\n%s\r\n0\r\nTrailer: 1\r\n\r\n" % (len(content), content)


@pytest.mark.parametrize(
    ("body", "transfer", "codings", "content"),
    [
        (PAGE, "", [], PAGE),
        (b"", "", [], b""),
        (chunked().raw_body, "chunked", [], PAGE),
        (packed(PAGE), "", ["gzip"], PAGE),
        (packed(PAGE) + packed(PAGE), "", ["x-gzip"], PAGE * 2),
        (zlib.compress(PAGE), "", ["deflate"], PAGE),
        (bare(PAGE), "", ["Deflate"], PAGE),
        (in_chunks(packed(PAGE)), "gzip, chunked", ["gzip"], PAGE),
        (packed(zlib.compress(PAGE)), "", ["deflate", "gzip"], PAGE),
        (PAGE, "", ["identity"], PAGE),
        (PAGE, "", ["zstd-of-tomorrow"], None),
        (PAGE, "", ["gzip"], None),
        (packed(PAGE)[:-12], "", ["gzip"], None),
        (packed(PAGE) + b"and more", "", ["gzip"], None),
        (PAGE, "chunked", [], None),
        (in_chunks(PAGE)[:40], "chunked", [], None),
        (b"ffffffff\r\n" + PAGE, "chunked", [], None),
        (packed(bytes(MOST + 1)), "", ["gzip"], None),
    ],
)
def test_content(body: bytes, transfer: str, codings: list[str], content: bytes | None) -> None:
    assert content_of(body, transfer, codings) == content


def test_a_gzip_of_very_many_members_is_soon_undone() -> None:
    body = packed(b"") * 100_000
    began = time.process_time()
    assert content_of(body, "", ["gzip"]) == b""
    assert time.process_time() - began < 10


def test_brotli_needs_its_library() -> None:
    brotli = pytest.importorskip("brotli", reason="brotli is not installed")
    assert content_of(brotli.compress(PAGE), "", ["br"]) == PAGE
    assert content_of(brotli.compress(PAGE)[:-5], "", ["br"]) is None
    assert content_of(PAGE, "", ["br"]) is None
