"""A bundle: what viewers look for, byte for byte what was fetched, and nothing made up unsaid."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from onrecord.custody.places import captures_folder
from onrecord.custody.reading import Damage, Response, responses
from onrecord.custody.wacz import surt
from onrecord.domain.reports import Capture, Input, Report
from onrecord.errors import NotOnRecord
from onrecord.proof.bundling import Bundled, Chosen, bundle
from tests.custody.exchanges import PAGE, START
from tests.custody.recorded import BRIDGE, PLAIN, recorded
from tests.read_example import put

ALL = Chosen()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("recorded"))


def bundled(ledger: Path, place: Path, chosen: Chosen = ALL) -> tuple[Bundled, dict[str, bytes]]:
    done = bundle(ledger, place, chosen)
    with zipfile.ZipFile(place) as archive:
        assert archive.testzip() is None
        return done, {name: archive.read(name) for name in archive.namelist()}


def index(files: dict[str, bytes]) -> list[tuple[str, str, dict[str, str]]]:
    lines = files["indexes/index.cdx"].decode().splitlines()
    assert lines == sorted(lines)
    return [(key, stamp, json.loads(rest)) for key, stamp, rest in (line.split(" ", 2) for line in lines)]


def content_at(files: dict[str, bytes], value: dict[str, str]) -> tuple[str, bytes]:
    """Type and content of the record that a line of the index points at."""
    begin, length = int(value["offset"]), int(value["length"])
    member = files[f"archive/{value['filename']}"][begin : begin + length]
    assert value["recordDigest"] == f"sha256:{hashlib.sha256(member).hexdigest()}"
    [found] = [
        (one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), one.content_stream().read())
        for one in ArchiveIterator(BytesIO(member), check_digests="raise")
    ]
    assert found[1] == value["url"]
    return found[0], found[2]


def test_all_of_a_record(ledger: Path, tmp_path: Path) -> None:
    done, files = bundled(ledger, tmp_path / "all.wacz")
    assert (done.reports, done.fetched, done.contents, done.damages) == (5, 6, 2, ())
    found = {(value["url"], value["status"]): content_at(files, value) for _, _, value in index(files)}
    assert found[BRIDGE, "200"] == ("response", PAGE)
    assert found[BRIDGE, "404"] == ("response", b"gone")
    assert found["https://courier.example/packed", "200"] == ("response", PAGE + b"packed")
    assert found["https://courier.example/chunks", "200"] == ("response", PAGE + b"chunks")
    assert found["https://courier.example/feed.xml", "200"] == ("response", b"<rss/>")
    assert found["https://ferryman.example/page", "200"] == ("resource", PAGE + b"saved")
    # A text is not what stood at the address that it names.
    assert ("https://ferryman.example/ferry", "200") not in found
    assert found[f"urn:onrecord:capture:{hashlib.sha256(PLAIN).hexdigest()}", "200"] == ("resource", PLAIN)


def test_a_pdf_without_its_exchange_stands_at_its_address(tmp_path: Path) -> None:
    address = "https://ministry.example/release.pdf"
    capture = Capture(b"%PDF-1.7", address, "application/pdf", START)
    report = Report(capture.sha256, "The pier is open, she said.", url=address, published=START, language="en")
    ledger = put(tmp_path / "news.ledger", [(Input(address, address, capture, report), ())])
    _, files = bundled(ledger, tmp_path / "pdf.wacz")
    [(_, _, value)] = index(files)
    assert (value["url"], value["mime"]) == (address, "application/pdf")
    assert content_at(files, value) == ("resource", b"%PDF-1.7")


def test_what_was_fetched_is_copied_byte_for_byte(ledger: Path, tmp_path: Path) -> None:
    _, files = bundled(ledger, tmp_path / "all.wacz")
    [ours] = captures_folder(ledger).iterdir()
    first = next(one for one in responses(captures_folder(ledger)) if isinstance(one, Response))
    assert files["archive/captured.warc.gz"].endswith(ours.read_bytes()[first.offset :])


def test_the_package_names_the_hash_of_each_file(ledger: Path, tmp_path: Path) -> None:
    _, files = bundled(ledger, tmp_path / "all.wacz")
    package = json.loads(files["datapackage.json"])
    named = {one["path"]: (one["hash"], one["bytes"]) for one in package["resources"]}
    besides = {"datapackage.json", "datapackage-digest.json"}
    assert named == {
        name: (f"sha256:{hashlib.sha256(content).hexdigest()}", len(content))
        for name, content in files.items()
        if name not in besides
    }
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert json.loads(files["datapackage-digest.json"]) == {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}",
    }
    with zipfile.ZipFile(tmp_path / "all.wacz") as archive:
        for one in archive.infolist():
            assert (one.compress_type == zipfile.ZIP_STORED) is one.filename.startswith("archive/")


def test_the_pages_lead_to_records(ledger: Path, tmp_path: Path) -> None:
    _, files = bundled(ledger, tmp_path / "all.wacz")
    head, *pages = map(json.loads, files["pages/pages.jsonl"].decode().splitlines())
    assert head["format"] == "json-pages-1.0"
    assert len(pages) == 5
    there = {(value["url"], stamp) for _, stamp, value in index(files)}
    for one in pages:
        assert (one["url"], one["ts"].translate(str.maketrans("", "", "-:TZ"))) in there
    assert f"<b>{BRIDGE}</b> (The Courier)" in {one["title"] for one in pages}


def test_the_same_record_makes_the_same_bytes(ledger: Path, tmp_path: Path) -> None:
    first = (bundle(ledger, tmp_path / "a.wacz"), (tmp_path / "a.wacz").read_bytes())
    assert first == (bundle(ledger, tmp_path / "b.wacz"), (tmp_path / "b.wacz").read_bytes())


def test_a_chosen_report_brings_its_versions_and_redirects_and_nothing_else(ledger: Path, tmp_path: Path) -> None:
    done, files = bundled(ledger, tmp_path / "one.wacz", Chosen(reports=(BRIDGE,)))
    assert (done.reports, done.contents) == (1, 0)
    assert [(value["url"], value["status"]) for _, _, value in index(files)] == [
        (BRIDGE, "200"),
        (BRIDGE, "404"),
        ("https://courier.example/old", "301"),
    ]


@pytest.mark.parametrize(
    "chosen",
    [Chosen(since=date(2041, 1, 1)), Chosen(reports=("0a0a0a0a",)), Chosen(story="0a0a0a"), Chosen(brief="0b")],
)
def test_what_is_not_on_record_is_told_and_harms_nothing(ledger: Path, tmp_path: Path, chosen: Chosen) -> None:
    place = tmp_path / "there.wacz"
    place.write_text("before")
    with pytest.raises(NotOnRecord):
        bundle(ledger, place, chosen)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("there.wacz", "before")]


def _torn(content: bytes) -> bytes:
    return content[:-40]


def _flipped(content: bytes) -> bytes:
    return content[:-400] + bytes([content[-400] ^ 0xFF]) + content[-399:]


def _no_gzip(content: bytes) -> bytes:
    return b"no gzip at all"


def _bomb(content: bytes) -> bytes:
    return gzip.compress(b"WARC/1.1\r\n" + b"a" * 80_000_000)


def _lying(content: bytes) -> bytes:
    return content + gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nshort")


@pytest.mark.parametrize("change", [_torn, _flipped, _no_gzip, _bomb, _lying])
def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    ledger = recorded(tmp_path)
    [ours] = captures_folder(ledger).iterdir()
    before = list(responses(captures_folder(ledger)))
    ours.write_bytes(change(ours.read_bytes()))
    *whole, last = responses(captures_folder(ledger))
    assert isinstance(last, Damage)
    assert [one.id for one in whole if isinstance(one, Response)] == [
        one.id for one in before if isinstance(one, Response)
    ][: len(whole)]
    done, files = bundled(ledger, tmp_path / "out.wacz")
    assert done.damages == (last,)
    assert done.reports == 5
    assert PAGE in [content_at(files, value)[1] for _, _, value in index(files)], "the record has it in any case"


def test_a_changed_capture_is_not_passed_off_as_that_of_the_record(tmp_path: Path) -> None:
    ledger = recorded(tmp_path)
    [ours] = captures_folder(ledger).iterdir()
    first = next(one for one in responses(captures_folder(ledger)) if isinstance(one, Response) and one.status == 200)
    content = ours.read_bytes()
    member = gzip.decompress(content[first.offset : first.offset + first.length])
    forged = gzip.compress(member.replace(b"will not leave", b"shall now flee"))
    ours.write_bytes(content[: first.offset] + forged + content[first.offset + first.length :])
    done, _ = bundled(ledger, tmp_path / "out.wacz")
    assert done.contents == 3, "one more than were handed in: the record's own content stands beside it"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://courier.example", "example,courier)/"),
        ("http://www2.Courier.example:80/A/B/?b=2&a=1#x", "example,courier)/a/b?a=1&b=2"),
        ("https://courier.example:8443/", "example,courier:8443)/"),
        ("https://courier.example/a%20b/%7Ec?q=%C3%A9&Q", "example,courier)/a%20b/~c?q&q=%c3%a9"),
        ("http://127.0.0.1:8000/p", "1,0,0,127:8000)/p"),
        ("https://[::1]/x", "::1)/x"),
        ("https://courier.example/a//b?", "example,courier)/a/b"),
        ("urn:onrecord:capture:0A", "urn:onrecord:capture:0a"),
        ("http://[broken", "http://[broken"),
        ("https://courier.example:99999/x", "https://courier.example:99999/x"),
    ],
)
def test_keys_are_those_that_viewers_look_for(address: str, key: str) -> None:
    assert surt(address) == key


def test_time_of_the_bundle_is_that_of_the_record(ledger: Path, tmp_path: Path) -> None:
    _, files = bundled(ledger, tmp_path / "all.wacz", Chosen(since=date(2031, 3, 5) - timedelta(days=1)))
    package = json.loads(files["datapackage.json"])
    assert package["title"] == "Reports published since 2031-03-04"
    assert "as it stood at entry 20 of its chain" in package["description"]
