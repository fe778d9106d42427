"""WARC → inputs: what is a page, what is counted, and every kind of damage that is survived."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import random
import re
import tracemalloc
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter
from fastwarc.warc import ArchiveIterator

from onrecord.domain.paging import page_starts
from onrecord.domain.reports import Input
from onrecord.settings import Settings
from onrecord.sources import count, gather, text_of
from onrecord.sources.archives.estimating import SAMPLE
from onrecord.sources.archives.framing import Frame, frames
from onrecord.sources.archives.unpacking import Unpacked
from onrecord.sources.streams import chunks_of
from tests.sources.invented_pdf import RELEASE, drawn
from tests.sources.written_archives import ENGLISH, PAGE, UUID, answer, packed, page, record, request

LF_ONLY = answer().replace(b"\r\n", b"\n")
SMALL = Settings(max_input=100_000, max_text=20_000)


def read(content: bytes, folder: Path, name: str = "a.warc.gz") -> list[Input]:
    path = folder / name
    path.write_bytes(content)
    return list(gather([path], SMALL))


def brotli(content: bytes) -> bytes:
    out = io.BytesIO()
    writer = BrotliWriter(out)
    writer.write(content)
    writer.close()
    return out.getvalue()


def ends(found: list[Input]) -> list[tuple[str, str | None]]:
    """Of each input the last part of its name, and its reason."""
    return [(one.name.rpartition("/")[2], one.reason) for one in found]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (packed(page(1), page(2)), "a.warc.gz"),
        (gzip.compress(page(1) + page(2)), "a.warc.gz"),
        (page(1) + page(2), "a.warc"),
        (page(1) + page(2), "not-gzip-at-all.warc.gz"),
        (packed(page(1), page(2)), "named-otherwise"),
        (b"".join(record(LF_ONLY, number=number).replace(b"\r\n", b"\n") for number in (1, 2)), "a.warc"),
        (packed(page(1)) + b"\x00" * 600 + packed(page(2)), "padded.warc.gz"),
        (b"\r\n\r\n\n" + page(1) + b"\r\n\r\n" + page(2)[:-4], "line-ends.warc"),
        (packed(page(1)[:100]) + gzip.compress(page(1)[100:] + page(2)), "cut-anywhere.warc.gz"),
        (page(1).replace(b"WARC/1.0", b"WARC/1.1") + page(2).replace(b"WARC/1.0", b"WARC/0.17"), "a.warc"),
    ],
)
def test_pages_are_read_however_the_archive_is_packed(content: bytes, name: str, tmp_path: Path) -> None:
    found = read(content, tmp_path, name)
    assert ends(found) == [("1", None), ("2", None)]
    for one in found:
        assert one.report is not None
        assert one.report.text == ENGLISH.strip()


def test_standard_input_can_be_an_archive() -> None:
    assert ends(list(gather(["-"], SMALL, stdin=io.BytesIO(packed(page(1)))))) == [("1", None)]


def test_what_goes_with_a_page_is_kept(tmp_path: Path) -> None:
    block = answer(
        "Der Minister said: „Nothing“.\n".encode("windows-1252", "replace"),
        content_type="text/plain; charset=windows-1252",
        etag='"x"',
    ).replace(b"\r\n\r\n", b"\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n", 1)
    (found,) = read(packed(record(block, number=7)), tmp_path)
    assert found.capture is not None
    assert found.report is not None
    assert found.name == "https://courier.example/7"
    assert found.place == f"{tmp_path.as_posix()}/a.warc.gz#{UUID.format(7)}"
    assert found.report.url == "https://courier.example/7"
    assert found.report.text == "Der Minister said: „Nothing“.\n"
    assert found.capture.retrieved == datetime(2031, 3, 5, 10, 20, 30, tzinfo=UTC)
    assert found.capture.media_type == "text/plain; charset=windows-1252"
    assert found.capture.headers == {
        "Content-Type": "text/plain; charset=windows-1252",
        "Etag": '"x"',
        "Set-Cookie": "a, b",
    }
    assert text_of(found.capture.content, found.capture.media_type) == found.report.text


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (request(), "requests 1"),
        (record(b"", kind="revisit"), "revisits of what was captured before 1"),
        (record(b"software: x\r\n", kind="warcinfo", uri=None), "descriptions of the archive 1"),
        (record(b"a: b", kind="metadata"), "metadata 1"),
        (record(b"more", kind="continuation"), "continuations 1"),
        (record(b"x", kind="bogus"), "records of an unknown type 1"),
        (record(answer(), uri=None), "records of no web address 1"),
        (record(answer(), uri="javascript:alert(1)"), "records of no web address 1"),
        (
            record(PAGE, kind="resource", uri="urn:pageinfo:https://x.example/", content_type="text/html"),
            "records of no web address 1",
        ),
        (record(answer(status="HTTP/1.1 301 Moved")), "redirects 1"),
        (record(answer(status="HTTP/1.1 404 Not Found")), "answers with status 404 1"),
        (record(answer(status="HTTP/2 503")), "answers with status 503 1"),
        (record(answer(status="HTTP/1.1 206 Partial")), "answers with status 206 1"),
        (record(answer(status="ICY 200 OK")), "answers that are not HTTP 1"),
        (record(b"<html>no head of an answer"), "answers that are not HTTP 1"),
        (record(b""), "answers that are not HTTP 1"),
        (record(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 20_000 + b"\r\n" + PAGE), "answers that are not HTTP 1"),
        (record(b"1.2.3.4", uri="dns:x.example", content_type="text/dns"), "records of no web address 1"),
        (record(answer(content_type="image/png")), "images, scripts and other files 1"),
        (record(answer(content_type="text/css")), "images, scripts and other files 1"),
        (record(answer(content_type="application/rss+xml")), "images, scripts and other files 1"),
        (
            record(answer(content_type="text/plain"), uri="https://x.example/robots.txt"),
            "images, scripts and other files 1",
        ),
        (record(answer(b"x" * 300_000, content_type="video/mp4")), "images, scripts and other files 1"),
    ],
)
def test_what_is_no_page_is_counted(one: bytes, said: str, tmp_path: Path) -> None:
    found = read(packed(page(1), one, page(3)), tmp_path)
    assert ends(found) == [("1", None), ("3", None), ("a.warc.gz", "not pages")]
    assert found[-1].detail == f"1 of 3 records: {said}"


@pytest.mark.parametrize(
    "one",
    [
        record(answer(status="HTTP/2 200")),
        record(answer(status="HTTP/1.1 203 Non-Authoritative Information")),
        record(answer().replace(b"\r\n", b"\n")),
        record(answer(content_type="TEXT/HTML;charset=utf-8; x=y")),
        record(answer(content_type="application/xhtml+xml")),
        record(answer(content_type=None)),
        record(answer(content_type="text/plain")),
        record(answer(content_type=None), WARC_Identified_Payload_Type="text/html"),
        record(PAGE, kind="resource", content_type="text/html; charset=utf-8"),
        record(ENGLISH.encode(), kind="conversion", content_type="text/plain"),
        record(answer(), uri="<https://courier.example/{}>"),
        record(answer(), content_type="APPLICATION/HTTP"),
        record(answer(content_type="text/plain"), uri="http://[no address/{}".replace(" ", "")),
        record(answer(gzip.compress(PAGE), content_encoding="gzip")),
        record(answer(gzip.compress(PAGE), content_encoding="x-gzip, identity")),
        record(answer(gzip.compress(PAGE[:90]) + gzip.compress(PAGE[90:]) + b"\x00" * 9, content_encoding="gzip")),
        record(answer(zlib.compress(PAGE), content_encoding="deflate")),
        record(answer(zlib.compress(PAGE)[2:-4], content_encoding="deflate")),
        record(answer(brotli(PAGE), content_encoding="br")),
        record(answer(brotli(gzip.compress(PAGE)), content_encoding="gzip, br")),
        record(
            answer(
                b"%x;ext=1\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (9, PAGE[:9], len(PAGE) - 9, PAGE[9:]),
                transfer_encoding="chunked",
            )
        ),
    ],
)
def test_pages_in_every_dress(one: bytes, tmp_path: Path) -> None:
    (found,) = read(packed(one), tmp_path)
    assert (found.reason, found.detail) == (None, "")
    assert found.report is not None
    assert found.report.text.strip() == ENGLISH.strip()


@pytest.mark.parametrize(
    ("one", "reason", "said"),
    [
        (page().replace(b"failed", b"worked"), None, "the digest of its block is not the one the archive states; the digest of its payload is not the one the archive states"),
        (record(answer(), WARC_Payload_Digest="sha256:" + "0" * 64), None, "the digest of its payload is not the one the archive states"),
        (record(answer(), WARC_Payload_Digest="crc32:12345678901234567"), None, ""),
        (record(answer(), WARC_Truncated="length"), None, "the crawler cut it off (length)"),
        (record(answer(content_encoding="gzip")), None, "said to be gzip, but is not"),
        (record(answer(content_encoding="br")), None, "said to be br, but is not"),
        (record(answer(transfer_encoding="chunked")), None, "said to be in chunks, but is not"),
        (record(answer(b"%x\r\n%b" % (len(PAGE), PAGE[:-20]), transfer_encoding="chunked")), None, "its chunks are cut off or damaged, what they gave before, 173 bytes, is read"),
        (record(answer(gzip.compress(PAGE)[:-6], content_encoding="gzip")), None, "its gzip is damaged after 193 bytes, which are read (it ends too early)"),
        (record(answer(content_encoding="sdch")), "unsupported format", "content coding 'sdch' is not read"),
        (record(answer(content_encoding="gzip,gzip,gzip,gzip")), "unsupported format", "its content is coded 4 times"),
        (record(answer(PAGE + b" " * 200_000)), "too large", "more than 100000 bytes"),
        (record(answer(gzip.compress(b"a" * 50_000_000), content_encoding="gzip")), "too large", "more than 100000 bytes"),
        (record(answer(brotli(b"a" * 50_000_000), content_encoding="br")), "too large", "more than 100000 bytes"),
        (record(answer(b'{"a": 1}', content_type="text/plain")), "unsupported format", "a page that is JSON"),
        (record(answer(page(3), content_type=None)), "unsupported format", "an archive"),
        (record(answer(b"%PDF-1.7 x", content_type=None)), "damaged PDF", "it cannot be parsed (PdfStreamError)"),
        (record(answer(b"<html><body></body></html>")), "no article text", ""),
        (record(answer(b"")), "empty", ""),
    ],
)  # fmt: skip
def test_what_is_not_clean_is_said_of_the_page(one: bytes, reason: str | None, said: str, tmp_path: Path) -> None:
    found = read(packed(one, page(2)), tmp_path)
    assert ends(found) == [("1", reason), ("2", None)]
    assert found[0].detail == said


CUT_OFF = packed(page(3))[:-80]
TORN = bytearray(packed(page(2)))
TORN[100] ^= 0xFF
CHECK_SUM = bytearray(packed(page(2)))
CHECK_SUM[-6] ^= 0xFF
NO_DIGEST = record(answer(), number=2)
ONE, TWO = len(packed(page(1))), len(packed(page(1), page(2)))
SIX_HUNDRED = "x" * 600


@pytest.mark.parametrize(
    ("content", "pages", "said"),
    [
        (packed(page(1), page(2)) + CUT_OFF, "12", "record 3, at byte {two}: the record of https://courier.example/3 says 237 bytes, but the file ends within a gzip member after …; whole records: 2 before it, 0 behind it"),
        (packed(page(1)) + TORN + packed(page(3)), "13", "record 2, at byte {one}: the gzip is damaged (…) within its headers; whole records: 1 before it, 1 behind it"),
        (TORN + packed(page(3)), "3", "record 1, at byte 0: the gzip is damaged (…) within its headers; whole records: 0 before it, 1 behind it"),
        (packed(page(1)) + CHECK_SUM + packed(page(3)), "123", "record 3, at byte {one}: the gzip is damaged (incorrect data check); whole records: 2 before it, 1 behind it"),
        (packed(page(1)) + packed(page(2))[2:] + packed(page(3)), "13", "record 2, at byte {one}: there is no gzip member where one should begin; whole records: 1 before it, 1 behind it"),
        (packed(page(1), page(2)) + b"\r\ngarbage", "12", "record 3, at byte {two}: there is no gzip member where one should begin; whole records: 2 before it, 0 behind it"),
        (packed(page(1), NO_DIGEST.replace(b"Length: 2", b"Length: 9"), page(3)), "13", "record 2, at byte {one}: the record of https://courier.example/2 says 937 bytes, but the next begins after 241; whole records: 1 before it, 1 behind it"),
        (packed(page(1), record(answer(), number=2, length=5_000_000), page(3)), "13", "record 2, at byte {one}: the record of https://courier.example/2 says 5000000 bytes, but the next begins after 241; whole records: 1 before it, 1 behind it"),
        (packed(page(1), NO_DIGEST.replace(b"Length: 2", b"Length: 1"), page(3)), "13", "record 2, at byte {one}: the record of https://courier.example/2 says 137 bytes, but no record follows after them; whole records: 1 before it, 1 behind it"),
        (packed(page(1), NO_DIGEST.replace(b"Content-Length", b"Content-Width"), page(3)), "13", "record 2, at byte {one}: the record of https://courier.example/2 does not say, or not credibly, how long it is; whole records: 1 before it, 1 behind it"),
        (packed(page(1), record(answer(), number=2, length=-1), page(3)), "13", "record 2, at byte {one}: the record of https://courier.example/2 does not say, or not credibly, how long it is; whole records: 1 before it, 1 behind it"),
        (packed(page(1), page(2, X=SIX_HUNDRED * 200), page(3)), "13", "record 2, at byte {one}: its headers have more than 65536 bytes; whole records: 1 before it, 1 behind it"),
        (packed(page(1), page(2).replace(b"WARC-Date", b"A: b\r\n" * 200_000 + b"WARC-Date"), page(3)), "13", "record 2, at byte {one}: its headers have more than 65536 bytes; whole records: 1 before it, 1 behind it"),
        (packed(page(1)) + gzip.compress(record(b"\x00" * 150_000_000, kind="resource", number=2), 1) + packed(page(3)), "13", "record 2, at byte {one}: the record of https://courier.example/2 says 150000000 bytes, but its gzip expands more than 200 times after 99…; whole records: 1 before it, 1 behind it"),
        (page(1) + page(2)[:-80], "1", "record 2, at byte 605: the record of https://courier.example/2 says 237 bytes, but the file ends after 161; whole records: 1 before it, 0 behind it"),
        (page(1) + record(answer(), number=2, length=100) + page(3), "13", "record 2, at byte 605: the record of https://courier.example/2 says 100 bytes, but no record follows after them; whole records: 1 before it, 1 behind it"),
        (page(1) + record(answer(), number=2, length=400) + page(3), "13", "record 2, at byte 605: the record of https://courier.example/2 says 400 bytes, and another begins within; whole records: 1 before it, 1 behind it"),
        (page(1) + record(answer(), number=2, length=9_999) + page(3), "13", "record 2, at byte 605: the record of https://courier.example/2 says 9999 bytes, but the file ends after 846; whole records: 1 before it, 1 behind it"),
        (page(1) + b"\x00" * 4_000 + page(3) + page(4)[:60], "13", "record 2, at byte 605: there is no record where one should begin; record 4, at byte 5210: the file ends within its headers; whole records: 1 before it, 1 behind it"),
        (packed(page(1))[2:] + packed(page(2)), "2", "record 1, at byte 0: there is no gzip member where one should begin; whole records: 0 before it, 1 behind it"),
        (b"hello", "", "record 1, at byte 0: there is no record where one should begin; whole records: 0 before it, 0 behind it"),
        (b"\x1f\x8b", "", "record 1, at byte 2: the file ends within a gzip member; whole records: 0 before it, 0 behind it"),
        (b"\x1f\x8b\x08" * 12_000, "", "record 1, at byte …; whole records: 0 before it, 0 behind it"),
        (b"WARC/1.0\r\n" * 3_000, "", "record 1, at byte 0: the file ends within its headers; whole records: 0 before it, 0 behind it"),
        (b"".join(page(9).replace(b"Length", b"Width") for _ in range(50)), "", "; and 47 more; whole records: 0 before it, 0 behind it"),
    ],
)  # fmt: skip
def test_damage_is_said_and_what_lies_around_it_is_read(content: bytes, pages: str, said: str, tmp_path: Path) -> None:
    *found, last = read(content, tmp_path, "a.warc" if content.startswith(b"WARC") else "a.warc.gz")
    assert "".join(one.name[-1] for one in found) == pages
    assert [one.reason for one in found] == [None] * len(pages)
    assert (last.reason, last.report, last.capture) == ("damaged archive", None, None)
    said = said.format(one=ONE, two=TWO)
    assert re.search(".*".join(map(re.escape, said.split("…"))), last.detail)


def test_a_digest_shows_how_long_a_record_is(tmp_path: Path) -> None:
    short = page(2).replace(b"Length: 2", b"Length: 1")
    for content in (packed(page(1), short, page(3)), page(1) + short + page(3)):
        found = read(content, tmp_path)
        assert ends(found) == [("1", None), ("2", None), ("3", None)]
        assert found[1].detail == "its record says 137 bytes, but has 237, as its digest shows"


def test_a_page_cannot_smuggle_in_a_record(tmp_path: Path) -> None:
    forged = ENGLISH.encode() + b"\r\n\r\n" + page(99) + page(98)
    block = answer(forged, content_type="text/plain", x="y" * 200)
    torn = bytearray(gzip.compress(record(block, number=3), 0))
    torn[60] ^= 0xFF
    for third in (bytes(torn), packed(record(block, number=3, length=120)), packed(record(block, number=3))):
        found = read(packed(page(1), page(2)) + third + packed(page(4)), tmp_path)
        assert {one.name for one in found if one.report} <= {f"https://courier.example/{n}" for n in (1, 2, 3, 4)}
        assert ends(found)[-2:] in ([("3", None), ("4", None)], [("4", None), ("a.warc.gz", "damaged archive")])


@pytest.mark.parametrize(
    "one",
    [
        record(answer(drawn(RELEASE), content_type="application/pdf")),
        record(answer(drawn(RELEASE), content_type=None)),
        record(answer(drawn(RELEASE), content_type="text/plain; charset=utf-8")),
        record(answer(gzip.compress(drawn(RELEASE)), content_type="Application/PDF", content_encoding="gzip")),
        record(drawn(RELEASE), kind="resource", content_type="application/pdf"),
    ],
    ids=["named", "not named", "named as text", "packed", "resource"],
)
def test_a_pdf_in_an_archive_is_read_like_a_file(one: bytes, tmp_path: Path) -> None:
    (found,) = read(packed(one), tmp_path)
    assert found.report is not None
    assert found.capture is not None
    assert found.capture.content == drawn(RELEASE)
    assert found.capture.media_type.startswith("application/pdf")
    assert (found.report.title, found.report.url) == ("Harven opens the harbour", "https://courier.example/1")
    assert page_starts(found.report.extractor, found.report.extra) == (0, found.report.text.index("be told by"))
    assert text_of(found.capture.content, found.capture.media_type) == found.report.text


def test_an_archive_of_nothing_is_empty(tmp_path: Path) -> None:
    assert ends(read(b"", tmp_path)) == [("a.warc.gz", "empty")]
    assert ends(read(gzip.compress(b"\r\n\r\n"), tmp_path)) == [("a.warc.gz", "empty")]


def test_what_fails_to_be_read_further_is_damage(tmp_path: Path) -> None:
    class Failing(io.RawIOBase):
        given = False

        def read(self, size: int = -1) -> bytes:
            if self.given:
                raise OSError(5, "Input/output error")
            self.given = True
            return packed(page(1), page(2))

    found = list(gather(["-"], SMALL, stdin=Failing()))
    assert ends(found) == [("1", None), ("2", None), ("stdin", "damaged archive")]
    assert found[-1].detail == f"record 3, at byte {TWO}: Input/output error; whole records: 2 before it, 0 behind it"


def test_a_large_archive_takes_no_memory(tmp_path: Path) -> None:
    many = packed(page(1), record(answer(os.urandom(90_000), content_type="image/png"))) + gzip.compress(
        record(answer(os.urandom(3_000_000), content_type="video/mp4"))
    )
    path = tmp_path / "large.warc.gz"
    path.write_bytes(many * 10)
    list(gather([path], SMALL))  # what is imported on the way must not be counted
    tracemalloc.start()
    found = list(gather([path], SMALL))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 11
    assert found[-1].detail == "20 of 30 records: images, scripts and other files 20"
    assert peak < 5_000_000


def test_count_estimates_the_pages(tmp_path: Path) -> None:
    small = tmp_path / "small.warc.gz"
    small.write_bytes(packed(page(1), request(2), page(3)))
    assert count([small]) == 2
    padding = random.Random(1)
    large = tmp_path / "large.warc.gz"
    large.write_bytes(packed(*(page(n, padding.randbytes(4_000).hex()) for n in range(1_000))))
    assert large.stat().st_size > 2 * SAMPLE
    assert 950 < (count([large]) or 0) < 1_050
    for name, content in (("bad.warc", b"x"), ("bad.wacz", b"x"), ("bad.parquet", b"x"), ("empty.wacz", b"")):
        (tmp_path / name).write_bytes(content)
        assert count([tmp_path / name]) == 1
    os.mkfifo(tmp_path / "pipe.warc")
    assert count([tmp_path / "pipe.warc"]) == 1


def test_archives_of_the_corpora() -> None:
    """Each file holds as many whole records as fastwarc finds in it, and the one that is damaged one more."""
    folder = Path(__file__).parents[3] / "shared" / "corpora" / "warc"
    if not folder.is_dir():
        pytest.skip("the corpora are not here")
    for path in sorted(path for path in folder.rglob("*.w*") if path.is_file()):
        with path.open("rb") as file:
            found = list(frames(Unpacked(chunks_of(file)), 20_000_000))
        alone = 0
        with path.open("rb") as file, contextlib.suppress(OSError):
            for _ in ArchiveIterator(file, parse_http=False):
                alone += 1
        assert [one for one in found if not isinstance(one, Frame)] == []
        assert len(found) == alone + (path.name == "example-trunc.warc"), path.name
