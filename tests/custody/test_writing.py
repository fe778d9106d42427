"""The archive of captures: records that the tools of others read, places that hold, and nothing half-written."""

from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from onrecord.custody.writing import ASIDE, CaptureArchive
from onrecord.errors import CapturesUnwritable
from tests.custody.exchanges import PAGE, chunked, exchanged, gzipped

DAY = timedelta(days=1)


def records(path: Path) -> list[tuple[dict[str, str], bytes, bytes]]:
    """Headers, block without the HTTP head, and content of each record; every digest is checked on the way."""
    found = []
    for raw in (True, False):
        with path.open("rb") as file:
            for number, one in enumerate(ArchiveIterator(file, check_digests="raise")):
                stream = one.raw_stream if raw else one.content_stream()
                content = stream.read()
                if raw:
                    found.append([dict(one.rec_headers.headers), content])
                else:
                    found[number].append(content)
    return [tuple(one) for one in found]


def test_what_is_written_is_read_by_others(tmp_path: Path) -> None:
    archive = CaptureArchive(tmp_path / "a.ledger.captures")
    archive.append([exchanged("http://courier.example/bridge", b"", status="301 Moved"), exchanged()])
    archive.append([gzipped()])
    archive.append([chunked()])
    [path] = (tmp_path / "a.ledger.captures").iterdir()
    assert path.name == "captures-00000001-2031-03-05.warc.gz"
    read = records(path)
    assert [head["WARC-Type"] for head, _, _ in read] == ["warcinfo", *["response", "request"] * 4]
    assert b"software: onrecord/" in read[0][1]
    head, body, _ = read[3]
    assert body == PAGE
    assert head["WARC-Target-URI"] == "https://courier.example/bridge"
    assert head["WARC-Date"] == "2031-03-05T08:00:00.123456Z"
    assert head["WARC-IP-Address"] == "192.0.2.7"
    assert head["WARC-Concurrent-To"] == read[4][0]["WARC-Record-ID"]
    assert read[4][0]["WARC-Concurrent-To"] == head["WARC-Record-ID"]
    assert read[5][1] == gzipped().raw_body, "what is kept is what came over the wire"
    assert read[7][1] == chunked().raw_body
    assert read[5][2] == read[7][2] == PAGE
    assert len({head["WARC-Record-ID"] for head, _, _ in read}) == len(read)


def test_a_place_points_at_the_response(tmp_path: Path) -> None:
    archive = CaptureArchive(tmp_path / "captures")
    places = archive.append([exchanged(body=b"first")]) + archive.append([exchanged(body=b"second"), gzipped()])
    for place, body in zip(places, (b"first", b"second", gzipped().raw_body), strict=True):
        cut = tmp_path / "one.warc.gz"
        cut.write_bytes((tmp_path / "captures" / place.file).read_bytes()[place.offset :][: place.length])
        [(head, content, _)] = records(cut)
        assert (head["WARC-Type"], content) == ("response", body)
    assert archive.end == (places[0].file, (tmp_path / "captures" / places[0].file).stat().st_size)


def test_the_same_twice_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        archive = CaptureArchive(tmp_path / name)
        archive.append([exchanged(), gzipped()])
    [a], [b] = (tmp_path / "a").iterdir(), (tmp_path / "b").iterdir()
    assert a.read_bytes() == b.read_bytes()


@pytest.mark.parametrize(
    ("largest", "after", "files"),
    [
        (10**9, timedelta(), 1),
        (10**9, timedelta(hours=15), 1),
        (10**9, timedelta(hours=16), 2),
        (10**9, -DAY, 2),
        (100, timedelta(), 2),
    ],
)
def test_a_new_day_or_a_full_file_begins_a_new_one(tmp_path: Path, largest: int, after: timedelta, files: int) -> None:
    archive = CaptureArchive(tmp_path / "c", largest=largest)
    [first], [second] = archive.append([exchanged()]), archive.append([exchanged(after=after)])
    assert len(list((tmp_path / "c").iterdir())) == files
    assert (first.file < second.file) is (files == 2), "the order of the names is the order of writing"
    for path in (tmp_path / "c").iterdir():
        assert records(path)[0][0]["WARC-Filename"] == path.name


@pytest.mark.parametrize("left", [b"\x1f\x8b half a record", b""])
def test_after_a_crash_it_goes_on_where_the_caller_was(tmp_path: Path, left: bytes) -> None:
    folder = tmp_path / "c"
    archive = CaptureArchive(folder)
    archive.append([exchanged(body=b"kept")])
    assert archive.end is not None
    file, end = archive.end
    with (folder / file).open("ab") as torn:
        torn.write(left)
    CaptureArchive(folder).append([exchanged(body=b"nobody took this down", after=DAY)])
    later = sum(one.stat().st_size for one in folder.iterdir() if one.name > file)

    again = CaptureArchive(folder)
    assert again.cut_back(file, end) == len(left) + later
    again.append([exchanged(body=b"goes on")])
    assert [one.name for one in folder.iterdir() if one.is_file()] == [file]
    assert [content for head, content, _ in records(folder / file) if head["WARC-Type"] == "response"] == [
        b"kept",
        b"goes on",
    ]
    aside = b"".join(one.read_bytes() for one in sorted((folder / ASIDE).iterdir()))
    assert aside.startswith(left), "nothing that was captured is thrown away"
    assert len(aside) == len(left) + later


def test_nothing_to_cut_leaves_nothing_aside(tmp_path: Path) -> None:
    archive = CaptureArchive(tmp_path / "c")
    archive.append([exchanged()])
    assert archive.end is not None
    assert CaptureArchive(tmp_path / "c").cut_back(*archive.end) == 0
    assert not (tmp_path / "c" / ASIDE).exists()


@pytest.mark.parametrize(
    ("file", "end", "told"),
    [
        ("captures-00000001-2031-03-05.warc.gz", 10**6, "it was cut"),
        ("captures-00000002-2031-03-05.warc.gz", 1, "is not there"),
        ("../a.ledger", 0, "is not there"),
    ],
)
def test_an_archive_that_is_not_as_it_was_left_is_told(tmp_path: Path, file: str, end: int, told: str) -> None:
    (tmp_path / "a.ledger").write_bytes(b"a ledger")
    CaptureArchive(tmp_path / "c").append([exchanged()])
    with pytest.raises(CapturesUnwritable, match=told):
        CaptureArchive(tmp_path / "c").cut_back(file, end)
    assert (tmp_path / "a.ledger").read_bytes() == b"a ledger"


@pytest.mark.parametrize("fresh", [True, False])
def test_a_full_disk_leaves_the_archive_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: bool) -> None:
    archive = CaptureArchive(tmp_path / "c")
    if not fresh:
        archive.append([exchanged()])
    before = {one.name: one.read_bytes() for one in (tmp_path / "c").iterdir()} if not fresh else {}
    end = archive.end

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        # The bytes are written by now; a full disk may show only when they are settled.
        patched.setattr(os, "fsync", full)
        if fresh:
            (tmp_path / "c").mkdir()
        with pytest.raises(CapturesUnwritable, match="No space left on device"):
            archive.append([exchanged(body=b"x" * 100_000)])
    assert {one.name: one.read_bytes() for one in (tmp_path / "c").iterdir()} == before
    assert archive.end == end
    archive.append([exchanged(body=b"there is room again")])
    [path] = (tmp_path / "c").iterdir()
    assert b"there is room again" in [content for _, content, _ in records(path)]


def test_an_archive_that_another_process_writes_to_is_left_alone(tmp_path: Path) -> None:
    archive = CaptureArchive(tmp_path / "c")
    archive.append([exchanged()])
    [path] = (tmp_path / "c").iterdir()
    with path.open("ab") as other:
        other.write(b"of another")
    size = path.stat().st_size
    with pytest.raises(CapturesUnwritable, match="another process"):
        archive.append([exchanged()])
    assert path.stat().st_size == size


def test_no_address_writes_a_header_of_its_own(tmp_path: Path) -> None:
    archive = CaptureArchive(tmp_path / "c")
    archive.append([exchanged("https://courier.example/\r\nWARC-Type: warcinfo\r\n\r\n<é>")])
    [path] = (tmp_path / "c").iterdir()
    head = records(path)[1][0]
    assert head["WARC-Type"] == "response"
    assert head["WARC-Target-URI"] == "https://courier.example/%0D%0AWARC-Type:%20warcinfo%0D%0A%0D%0A%3C%C3%A9%3E"


def test_nothing_to_write_writes_nothing(tmp_path: Path) -> None:
    assert CaptureArchive(tmp_path / "c").append([]) == ()
    assert not (tmp_path / "c").exists()
