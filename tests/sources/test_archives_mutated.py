"""Whatever is done to the bytes of an archive, it ends as inputs with a report or a reason, soon, and hurts no neighbour."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.settings import Settings
from onrecord.sources import gather
from tests.sources.written_archives import ENGLISH, answer, packed, page, record, request, sha1, wacz

LIMITS = Settings(max_input=20_000, max_text=5_000)
SOON = timedelta(seconds=5)


def text_page(number: int) -> bytes:
    """A page in plain text, which costs no extraction, in chunks and packed."""
    body = f"{ENGLISH}Number {number}.".encode()
    sent = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    plain = answer(body, content_type="text/plain; charset=utf-8")
    block = (
        plain,
        answer(gzip.compress(body, mtime=0), content_type="text/plain", content_encoding="gzip"),
        answer(sent, content_type="text/plain", transfer_encoding="chunked"),
    )[number % 3]
    return record(block, number=number, WARC_Block_Digest=sha1(block), WARC_Payload_Digest=sha1(body))


RECORDS = [text_page(1), request(2), text_page(3), record(b"x" * 60, kind="metadata"), text_page(4), text_page(5)]
ARCHIVES = {
    "plain.warc": b"".join(RECORDS),
    "members.warc.gz": packed(*RECORDS),
    "one-member.warc.gz": gzip.compress(b"".join(RECORDS), mtime=0),
    "stored.wacz": wacz({"a.warc.gz": packed(*RECORDS[:3]), "b.warc": RECORDS[4]}),
    "deflated.wacz": wacz({"a.warc": b"".join(RECORDS[:3]), "b.warc.gz": packed(RECORDS[4])}, deflated=True),
}
PIECES = st.one_of(
    st.binary(min_size=1, max_size=12),
    st.sampled_from(
        [
            b"\r\n\r\n", b"\n", b"WARC/1.0\r\n", b"WARC/1.1\r\nWARC-Type: response\r\n\r\n", b"\x1f\x8b\x08", b"PK\x01\x02",
            b"PK\x03\x04", b"PK\x05\x06", b"Content-Length: 99999\r\n", b"Content-Length: 0\r\n", b"HTTP/1.1 200 OK\r\n",
            b"Content-Encoding: br\r\n", b"Transfer-Encoding: chunked\r\n", b"\xff" * 4, b"\x00" * 30, b": \r\n",
        ]
    ),
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.sampled_from(["put", "over", "cut", "end", "twice"]), st.integers(0, 1_000_000), PIECES),
    min_size=1,
    max_size=5,
)


def changed(content: bytes, changes: list[tuple[str, int, bytes]]) -> bytes:
    for kind, where, piece in changes:
        at = where % (len(content) + 1)
        end = at + len(piece)
        match kind:
            case "put":
                content = content[:at] + piece + content[at:]
            case "over":
                content = content[:at] + piece + content[end:]
            case "cut":
                content = content[:at] + content[at + where % 97 :]
            case "end":
                content = content[: max(at, len(content) // 3)]
            case "twice":
                content = content[:end] + content[at:]
    return content


@pytest.fixture(autouse=True, scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What takes time to import is imported before anything is measured."""
    path = tmp_path_factory.mktemp("loaded") / "a.warc"
    path.write_bytes(page(1) + text_page(2))
    assert [one.reason for one in gather([path], LIMITS)] == [None, None]


@pytest.mark.parametrize("name", ARCHIVES)
@settings(max_examples=400, deadline=SOON, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_any_change_ends_as_inputs(name: str, changes: list[tuple[str, int, bytes]], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(changed(ARCHIVES[name], changes))
    found = list(gather([path], LIMITS))
    assert 0 < len(found) < 40
    for one in found:
        assert (one.reason is None) == (one.report is not None)
        assert f"{one.name}{one.place}{one.detail}".encode()
        assert one.place.startswith(path.as_posix())
        if one.report is not None:
            assert one.capture is not None
            assert one.capture.retrieved is None or one.capture.retrieved.tzinfo is not None
            assert "".join(one.capture.headers.values()).encode() is not None
    whole = [one for one in found if one.reason in ("damaged archive", "not pages", "empty")]
    assert len({(one.name, one.reason) for one in whole}) == len(whole)


@settings(max_examples=100, deadline=SOON, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, 5), changes=CHANGES)
def test_damage_to_one_record_costs_no_other(which: int, changes: list[tuple[str, int, bytes]], tmp_path: Path) -> None:
    numbers = [1, 2, 3, 4, 5, 6]
    members = [packed(page(number) if number == 6 else text_page(number)) for number in numbers]
    members[which] = changed(members[which], changes)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(members))
    found = {one.place.rpartition("-")[2] for one in gather([path], LIMITS) if one.report}
    assert {f"{number:012d}" for number in numbers if number != which + 1} <= found
