"""Content codings, piece by piece and within their limits."""

from __future__ import annotations

import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FetchRefused
from onrecord.sources.fetching import Limits
from onrecord.sources.fetching.contents import content_of
from tests.packed import packed

TEXT = b"The river does not lie. " * 40
RAW_DEFLATE = zlib.compressobj(wbits=-15)
RAW = RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush()
ENCODED = {
    "identity": ([], TEXT),
    "named identity": (["identity"], TEXT),
    "gzip": (["gzip"], packed(TEXT)),
    "gzip in capitals": (["GZIP"], packed(TEXT)),
    "x-gzip": (["x-gzip"], packed(TEXT)),
    "members": (["gzip"], packed(TEXT[:100]) + packed(TEXT[100:])),
    "padded": (["gzip"], packed(TEXT) + b"\x00" * 50),
    "followed": (["gzip"], packed(TEXT) + b"<!-- 0.2 s -->"),
    "deflate": (["deflate"], zlib.compress(TEXT)),
    "raw deflate": (["deflate"], RAW),
    "brotli": (["br"], brotli.compress(TEXT)),
    "twice": (["gzip, br"], brotli.compress(packed(TEXT))),
    "twice in two fields": (["gzip", "br"], brotli.compress(packed(TEXT))),
}


@pytest.mark.parametrize(("codings", "wire"), ENCODED.values(), ids=ENCODED)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_content_is_decoded_however_it_is_cut(codings: list[str], wire: bytes, size: int) -> None:
    chunks = [wire[at : at + size] for at in range(0, len(wire), size)]
    assert content_of(chunks, codings, Limits()) == TEXT


@pytest.mark.parametrize("coding", ["identity", "gzip", "deflate", "br"])
def test_nothing_is_nothing_in_every_coding(coding: str) -> None:
    assert content_of([], [coding], Limits()) == b""
    assert content_of([b""], [coding], Limits()) == b""


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_what_is_cut_off_or_damaged_is_broken(coding: str) -> None:
    wire = {"gzip": packed(TEXT), "deflate": zlib.compress(TEXT), "br": brotli.compress(TEXT)}[coding]
    for bad in (wire[:-3], wire[:1], b"<html>not encoded at all</html>", b"\xff" * 300):
        with pytest.raises(FetchRefused) as refused:
            content_of([bad], [coding], Limits())
        assert refused.value.reason == "broken answer"


@pytest.mark.parametrize("codings", [["zstd"], ["compress"], ["gzip, gzip, gzip"], ["gzip, evil\x1b[2J"]])
def test_what_nobody_asked_for_is_not_decoded(codings: list[str]) -> None:
    with pytest.raises(FetchRefused) as refused:
        content_of([b"x"], codings, Limits())
    assert refused.value.reason == "broken answer"
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_bomb_is_noticed_before_it_is_big(coding: str) -> None:
    blank = b" " * 30_000_000
    gzipped = packed(blank)
    wire = {
        "gzip": gzipped,
        "deflate": zlib.compress(blank, 9),
        "br": brotli.compress(blank, quality=5),
        "gzip, gzip": packed(gzipped),
    }[coding]
    del blank
    tracemalloc.start()
    try:
        with pytest.raises(FetchRefused) as refused:
            content_of([wire], [coding], Limits())
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
    assert refused.value.reason == "zip bomb"


def test_limits_are_held_to_the_byte() -> None:
    limits = Limits(decoded=1_000, free=100, ratio=50)
    assert len(content_of([b"x" * 1_000], [], limits)) == 1_000
    with pytest.raises(FetchRefused, match="too large"):
        content_of([b"x" * 1_001], [], limits)
    with pytest.raises(FetchRefused, match="too large"):
        content_of([packed(bytes(range(256)) * 4)], ["gzip"], limits)
    # What grows much but stays small is no bomb.
    assert len(content_of([packed(b"x" * 90)], ["gzip"], Limits(free=100, ratio=1))) == 90


def test_a_cut_leaves_the_rest_unread() -> None:
    read = []

    def wire() -> object:
        for number in range(100):
            read.append(number)
            yield b"x" * 100

    assert content_of(wire(), [], Limits(decoded=200), cut=150) == b"x" * 150
    assert read == [0, 1]
    assert content_of([packed(TEXT)], ["gzip"], Limits(), cut=20) == TEXT[:20]
    assert content_of([b"x" * 10], [], Limits(), cut=20) == b"x" * 10


@given(st.binary(max_size=400), st.sampled_from(["gzip", "deflate", "br", "gzip, br"]))
def test_no_bytes_break_the_decoding(noise: bytes, coding: str) -> None:
    try:
        content_of([noise[:7], noise[7:]], [coding], Limits())
    except FetchRefused as refused:
        assert refused.reason == "broken answer"  # noqa: PT017
