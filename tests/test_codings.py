"""Content codings: each undone in small pieces, however much it becomes, and broken where it is."""

from __future__ import annotations

import gzip
import random
import time
import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli
import pytest

from onrecord.codings import PIECE, gunzipped, inflated, pieces_of, without_brotli
from onrecord.errors import CodingBroken

NOISE = random.Random(1).randbytes(3 * PIECE)
LONG = NOISE + bytes(8 * PIECE) + NOISE
Undo = Callable[[Iterable[bytes]], Iterator[bytes]]
EACH = pytest.mark.parametrize(
    ("undo", "pack"), [(gunzipped, gzip.compress), (inflated, zlib.compress), (without_brotli, brotli.compress)]
)


@EACH
@pytest.mark.parametrize("content", [b"", b"short", bytes(100 * PIECE), LONG], ids=["empty", "short", "blank", "long"])
@pytest.mark.parametrize("size", [1_000, 16_384, 10 * PIECE])
def test_small_pieces_are_the_whole(undo: Undo, pack: Callable[[bytes], bytes], content: bytes, size: int) -> None:
    packed = pack(content)
    pieces = list(undo(packed[at : at + size] for at in range(0, len(packed), size)))
    assert b"".join(pieces) == content
    assert max(map(len, pieces), default=0) <= 2 * PIECE


@EACH
def test_what_stands_before_a_damage_is_given(undo: Undo, pack: Callable[[bytes], bytes]) -> None:
    given: list[bytes] = []
    with pytest.raises(CodingBroken) as broken:
        given.extend(undo(pieces_of(pack(LONG)[:-PIECE])))
    assert broken.value.why == "it ends too early"
    assert LONG.startswith(b"".join(given))
    assert sum(map(len, given)) > PIECE


@pytest.mark.parametrize("behind", [b"\x00", b"\x1f", b"<!-- 0.2 s -->"])
def test_what_follows_a_gzip_that_must_stand_alone_breaks_it(behind: bytes) -> None:
    assert b"".join(gunzipped([gzip.compress(b"a") + gzip.compress(b"b")], alone=True)) == b"ab"
    assert b"".join(gunzipped([gzip.compress(b"a") + behind])) == b"a"
    with pytest.raises(CodingBroken):
        list(gunzipped([gzip.compress(b"a") + behind], alone=True))


def test_very_many_members_take_no_longer_than_their_bytes() -> None:
    body = gzip.compress(b"", mtime=0) * 100_000
    began = time.process_time()
    assert b"".join(gunzipped(pieces_of(body), alone=True)) == b""
    assert time.process_time() - began < 10
