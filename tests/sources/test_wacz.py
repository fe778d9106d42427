"""WACZ → inputs: the WARCs in it straight from the ZIP, its hashes, and what a hostile ZIP cannot do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from onrecord.domain.reports import Input
from onrecord.errors import InputError
from onrecord.settings import Settings
from onrecord.sources import count, gather
from onrecord.sources.archives import archived
from onrecord.sources.archives import wacz as reading
from onrecord.sources.formats import Format
from onrecord.sources.streams import Stream
from tests.sources.written_archives import packed, page, record, request, wacz

SMALL = Settings(max_input=100_000, max_text=20_000)
A, B = packed(page(1), page(2), request(3)), packed(page(4))
GOOD = wacz({"a.warc.gz": A, "b.warc": page(4)})


def read(content: bytes, folder: Path) -> list[Input]:
    path = folder / "crawl.wacz"
    path.write_bytes(content)
    return list(gather([path], SMALL))


def ends(found: list[Input], folder: Path) -> list[tuple[str, str | None]]:
    """Of each input where it stands in the folder, without the record, and its reason."""
    inner = [one.place.removeprefix(f"{folder.as_posix()}/crawl.wacz").partition("#")[0] for one in found]
    return [(place, one.reason) for place, one in zip(inner, found, strict=True)]


def zipped(names: list[str], content: bytes = B, method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


def encrypted(content: bytes) -> bytes:
    """The ZIP with its first entry marked as encrypted."""
    marked = bytearray(content)
    marked[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


PAGES = [("/archive/a.warc.gz", None)] * 2 + [("/archive/a.warc.gz", "not pages")]


@pytest.mark.parametrize("deflated", [False, True])
def test_every_warc_in_it_is_read(deflated: bool, tmp_path: Path) -> None:
    found = read(wacz({"a.warc.gz": A, "b.warc": page(4)}, deflated=deflated), tmp_path)
    assert ends(found, tmp_path) == [*PAGES, ("/archive/b.warc", None)]
    assert [one.name for one in found if one.report] == [f"https://courier.example/{n}" for n in (1, 2, 4)]
    assert found[2].name == "crawl.wacz/archive/a.warc.gz"
    assert count([tmp_path / "crawl.wacz"]) in (2, 3)


@pytest.mark.parametrize(
    ("package", "reason", "said"),
    [
        (
            {"resources": [{"path": "archive/a.warc.gz", "hash": "sha256:" + "0" * 64}]},
            "wrong digest",
            ", but " + "0" * 64 + " is stated",
        ),
        (
            {"resources": [{"path": "archive/b.warc.gz", "hash": "sha256:" + "0" * 64}]},
            "unverified package",
            "no hash is stated of archive/a.warc.gz; archive/b.warc.gz is named, but is not there",
        ),
        ({"resources": [7, {"path": 1}]}, "unverified package", "datapackage.json states no hash, or is not there; no hash is stated of archive/a.warc.gz"),
        ({"resources": {}}, "unverified package", "states no hash"),
        (b"{", "unverified package", "states no hash"),
        (b"[" * 9_000, "unverified package", "states no hash"),
        (b"\xff", "unverified package", "states no hash"),
        (b"", "unverified package", "states no hash, or is not there"),
    ],
)  # fmt: skip
def test_hashes_are_set_beside_the_bytes(
    package: dict[str, object] | bytes, reason: str, said: str, tmp_path: Path
) -> None:
    *pages, last = read(wacz({"a.warc.gz": A}, package=package), tmp_path)
    assert ends(pages, tmp_path) == PAGES
    assert (last.name, last.reason) == ("crawl.wacz", reason)
    assert said in last.detail


def test_files_that_are_no_warc_are_hashed_too(tmp_path: Path) -> None:
    content = wacz({"a.warc.gz": A, "pages.jsonl": b"{}"}).replace(b"{}", b"[]")
    last = read(content, tmp_path)[-1]
    assert last.reason == "wrong digest"
    assert last.detail.startswith(
        "archive/pages.jsonl does not fit its check sum in the ZIP; archive/pages.jsonl has the sha256 "
    )


def test_damage_within_the_zip_costs_only_what_it_touches(tmp_path: Path) -> None:
    damaged = bytearray(GOOD)
    damaged[GOOD.index(A) + 60] ^= 0xFF
    found = read(bytes(damaged), tmp_path)
    assert ends(found, tmp_path) == [
        *PAGES[1:],
        ("/archive/a.warc.gz", "damaged archive"),
        ("/archive/b.warc", None),
        ("", "wrong digest"),
    ]


def test_a_wacz_that_is_cut_off_gives_what_it_still_holds(tmp_path: Path) -> None:
    found = read(wacz({"a.warc.gz": A, "b.warc.gz": B})[:-300], tmp_path)
    assert [one.name for one in found if one.report] == [f"https://courier.example/{n}" for n in (1, 2, 4)]
    assert [one.reason for one in found[3:]] == ["not pages", "damaged archive"]
    assert found[-1].detail == (
        "its ZIP directory cannot be read (File is not a zip file); whole records: 0 before it, 4 behind it"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (zipped(["text.txt"]), [("", "empty", "there is no WARC in it"), ("", "unverified package", "")]),
        (encrypted(zipped(["archive/a.warc.gz"])), [("/archive/a.warc.gz", "encrypted", "it is encrypted in the ZIP"), ("", "unverified package", "")]),
        (zipped(["archive/a.warc.gz"], method=zipfile.ZIP_LZMA), [("/archive/a.warc.gz", "unsupported format", "compression 14 of ZIP is not read"), ("", "unverified package", "")]),
        (b"", [("", "damaged archive", "its ZIP directory cannot be read")]),
        (b"hello", [("", "damaged archive", "its ZIP directory cannot be read")]),
        (b"PK\x05\x06" + b"\xff" * 18, [("", "damaged archive", "its ZIP directory cannot be read")]),
        (zipped(["archive/a.warc"], page(1) + bytes(150_000_000), zipfile.ZIP_DEFLATED), [("/archive/a.warc", None, ""), ("/archive/a.warc", "damaged archive", "a ZIP that expands more than 200 times"), ("", "unverified package", "")]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_its_reason(
    content: bytes, expected: list[tuple[str, str | None, str]], tmp_path: Path
) -> None:
    found = read(content, tmp_path)
    assert ends(found, tmp_path) == [(place, reason) for place, reason, _ in expected]
    assert all(said in one.detail for one, (_, _, said) in zip(found, expected, strict=True))


def test_names_in_the_zip_lead_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    found = read(zipped(["../../evil.warc.gz", "/etc/evil.warc.gz", "archive/\n\x1b[31m.warc.gz"]), folder)
    assert [one.place.removeprefix(folder.as_posix()).partition("#")[0] for one in found[:-1]] == [
        "/crawl.wacz/evil.warc.gz",
        "/crawl.wacz/etc/evil.warc.gz",
        "/crawl.wacz/archive/ \ufffd[31m.warc.gz",
    ]
    assert sorted(tmp_path.rglob("*")) == [folder, folder / "crawl.wacz"]


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(["a.warc.gz", "b.warc.gz"], record(b"x" * 5_000)))
    first, second = content.index(b"PK\x01\x02"), content.rindex(b"PK\x01\x02")
    for entry in (first, second):
        content[entry + 20 : entry + 24] = (8_000).to_bytes(4, "little")
    assert [(one.reason, one.detail) for one in read(bytes(content), tmp_path)] == [
        ("damaged archive", "the files in the ZIP lie over each other")
    ]


def test_numbers_and_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped([f"{number}.warc" for number in range(12)], b"")
    monkeypatch.setattr(reading, "MOST_WARCS", 11)
    assert [(one.reason, one.detail) for one in read(content, tmp_path)] == [
        ("too large", "more than 11 WARCs in one WACZ")
    ]
    monkeypatch.setattr(reading, "LARGEST_DIRECTORY", 500)
    (found,) = read(content, tmp_path)
    assert found.reason == "damaged archive"
    assert "more than 500 bytes of directory" in found.detail


def test_a_pipe_cannot_be_a_wacz(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    for kind, content in ((Format.WACZ, GOOD), (Format.PARQUET, b"PAR1")):
        pipe = Pipe(content)
        with pytest.raises(InputError, match="save it and name the file"):
            list(archived(kind, pipe, Stream(pipe), "-", "-", 1_000))
