"""Places → inputs: every kind of place and of damage, each with its reason."""

from __future__ import annotations

import io
import json
import os
import time
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.domain.reports import Input, MarkKind
from onrecord.errors import InputError
from onrecord.settings import Settings
from onrecord.sources import Defaults, count, from_text, gather, text_of
from tests.packed import packed

ENGLISH = "The minister said that the talks with the union had failed, and that he would not return to the table.\n"
SPANISH = "El ministro dijo que las conversaciones con el sindicato habían fracasado y que no volvería a la mesa.\n"
SMALL = Settings(max_input=5_000, max_text=2_000)


def read(*places: str | Path, limits: Settings = SMALL, **more: object) -> list[Input]:
    return list(gather(places, limits, **more))  # type: ignore[arg-type]


def one(content: bytes, name: str, folder: Path, limits: Settings = SMALL) -> Input:
    path = folder / name
    path.write_bytes(content)
    (found,) = read(path, limits=limits)
    return found


def record(**fields: object) -> bytes:
    return json.dumps({"text": ENGLISH, **fields}).encode()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.txt", b"2022 - 17 : 4!", "no words"),
        ("a.txt", b"The talks\x00failed", "binary"),
        ("a.txt", bytes(range(1, 32)) * 20, "binary"),
        ("a.txt", ("wörld " * 200).encode("utf-8")[1:].replace(b"\xb6", b""), "not text"),
        ("a.txt", ENGLISH.encode() * 60, "too large"),
        ("a.txt", ENGLISH.encode() * 30, "too long"),
        ("a.txt", SPANISH.encode() * 3, "language: es"),
        ("a.pdf", b"%PDF-1.7 ...", "damaged PDF"),
        ("a.txt", b"%PDF-1.7 ...", "damaged PDF"),
        ("a", b"\x89PNG\r\n\x1a\n", "unsupported format"),
        ("a", b"PK\x03\x04rest", "unsupported format"),
        ("a.csv", b"date,text\n", "unsupported format"),
        ("a", b"<?xml version='1.0'?><rss version='2.0'></rss>", "unsupported format"),
        ("a.gz", packed(packed(b"twice")), "unsupported format"),
        ("a.txt.gz", packed(ENGLISH.encode())[:-9], "damaged gzip"),
        ("a.txt.gz", packed(ENGLISH.encode())[:30] + b"garbage" * 9, "damaged gzip"),
        ("a.txt.gz", packed(b"a " * 1_000_000), "too large"),
        ("a.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article text"),
        ("a.html", b"<html></html>", "no article text"),
        ("a.json", b"{", "bad JSON"),
        ("a.json", b'{"text": NaN}', "bad JSON"),
        ("a.json", b"[" * 4_000, "bad JSON"),
        ("a.json", b'"text"', "not an object"),
        ("a.json", b"[1, 2, 3]", "not an object"),
        ("a.json", b"[]", "empty"),
        ("a.json", b'{"title": "No text"}', "no text"),
        ("a.json", b'{"text": ["not", "a", "text"]}', "no text"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.jsonl", b"{not json}", "bad JSON"),
        ("a.jsonl", b"[1]", "not an object"),
        ("a.jsonl", b'{"text": "  "}', "no text"),
        ("a.jsonl", record(pad="x" * 6_000), "too large"),
        ("a.jsonl", "\ufeff{}".encode("utf-16"), "unsupported format"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_its_reason(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    found = one(content, name, tmp_path)
    assert (found.reason, found.report) == (reason, None)
    assert found.place.startswith((tmp_path / name).as_posix())
    assert found.name.startswith(name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", ENGLISH.encode()),
        ("a.md", ENGLISH.encode()),
        ("a", ENGLISH.encode()),
        ("a.txt", b"\xef\xbb\xbf" + ENGLISH.encode()),
        ("a.txt", "\ufeff".encode("utf-16-le") + ENGLISH.encode("utf-16-le")),
        ("a.txt", "\ufeff".encode("utf-32-be") + ENGLISH.encode("utf-32-be")),
        ("a.txt.gz", packed(ENGLISH.encode())),
        ("named-wrongly.txt", packed(ENGLISH.encode())),
        ("two-members.gz", packed(ENGLISH[:40].encode()) + packed(ENGLISH[40:].encode()) + b"\x00" * 9),
        ("a.json", json.dumps({"text": ENGLISH}, indent=2).encode()),
        ("a.json", b"[" + record() + b"]"),
        ("a.jsonl", record()),
        ("a.ndjson", record() + b"\r\n"),
        ("a.jsonl.gz", packed(record())),
        ("a.html", f"<html><body><article><p>{ENGLISH}</p></article></body></html>".encode()),
        ("a.txt", f"<!DOCTYPE html><html><body><p>{ENGLISH}</p></body></html>".encode()),
        ("a.html", ENGLISH.encode()),
    ],
)
def test_every_format_gives_the_same_text(name: str, content: bytes, tmp_path: Path) -> None:
    found = one(content, name, tmp_path)
    assert found.report is not None
    assert found.capture is not None
    assert found.report.text.strip() == ENGLISH.strip()
    assert found.report.capture == found.capture.sha256
    assert found.report.language == "en"
    assert text_of(found.capture.content, found.capture.media_type) == found.report.text


def test_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    text = "A title\r\n\r\nThe cafe\u0301 was closed, he said.\rNobody knew that it was the last day.\x0b  \n"
    found = one(text.encode(), "a.txt", tmp_path)
    assert found.report is not None
    assert found.report.text == text
    assert found.report.title == "A title"


def test_bad_lines_do_not_hide_good_ones(tmp_path: Path) -> None:
    lines = [record(id="first"), b"{broken", b"", b'"text"', record(pad="x" * 6_000), record(), b'{"id": 7}']
    path = tmp_path / "many.jsonl"
    path.write_bytes(b"\n".join(lines))
    found = read(path)
    assert [(i.name, i.place.partition("#")[2], i.reason) for i in found] == [
        ("first", "L1", None),
        ("many.jsonl#2", "L2", "bad JSON"),
        ("many.jsonl#4", "L4", "not an object"),
        ("many.jsonl#5", "L5", "too large"),
        ("many.jsonl#6", "L6", None),
        ("7", "L7", "no text"),
    ]
    assert found[0].capture is not None
    assert found[0].capture.content == lines[0]
    assert found[3].capture is None
    assert found[1].capture is not None


def test_lines_before_the_damage_are_read(tmp_path: Path) -> None:
    good = b"\n".join(record(id=str(n), pad=os.urandom(400).hex()) for n in range(400))
    whole = packed(good)
    found = one_file = read(_written(tmp_path / "cut.jsonl.gz", whole[: len(whole) // 2]))
    assert len(one_file) > 50
    assert [i.reason for i in found] == [None] * (len(found) - 1) + ["damaged gzip"]
    assert found[-1].place.endswith("cut.jsonl.gz")


def test_elements_of_an_array_are_captured_exactly(tmp_path: Path) -> None:
    first, second = record(id="a"), b'{ "text":"The talks failed, he said on the record of the day." }'
    found = read(_written(tmp_path / "a.json", b"[" + first + b" ,\n " + second + b", {broken]"))
    assert [(i.name, i.place.partition("#")[2], i.reason) for i in found] == [
        ("a", "/0", None),
        ("a.json#2", "/1", None),
        ("a.json", "", "bad JSON"),
    ]
    assert [i.capture.content for i in found if i.capture] == [first, second]


def test_json_lines_under_the_name_of_json(tmp_path: Path) -> None:
    for content in (record(id="1") + b"\n" + record(id="2"), b"{broken\n" + record(id="1") + b"\n" + record(id="2")):
        found = read(_written(tmp_path / "a.json", content))
        assert [i.name for i in found if i.report] == ["1", "2"]


def test_a_line_without_end_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        for _ in range(30):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + record(id="after"))
    read(tmp_path / "long.jsonl")  # what is imported on the way must not be counted
    tracemalloc.start()
    found = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(i.name, i.reason) for i in found] == [("long.jsonl#1", "too large"), ("after", None)]
    assert peak < 5_000_000


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"a" * size

    endless = Endless()
    (found,) = read("-", stdin=endless)
    assert found.reason == "too large"
    assert endless.given < 1_000_000


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/x.txt", "c/d/e/3.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ENGLISH)
    found = [i.place.removeprefix(tmp_path.as_posix() + "/") for i in read(tmp_path)]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "c/d/e/3.txt", "c.txt"]
    assert [i.name for i in read(str(tmp_path / "b" / "*.txt"))] == ["1.txt", "2.txt"]
    assert [i.name for i in read(str(tmp_path / "**" / "*.txt"))] == ["a.txt", "1.txt", "2.txt", "3.txt", "c.txt"]
    assert count([tmp_path]) == 5


def test_texts_of_one_page_come_in_the_order_in_which_they_were_saved(tmp_path: Path) -> None:
    names = ["depot.html", "depot-v2.html", "depot-v10.html", "weir (1).html", "weir (2).html", "weir (11).html"]
    for name in reversed(names):
        (tmp_path / name).write_text(f"<article><p>{ENGLISH}</p></article>")
    assert [one.name for one in read(tmp_path)] == names
    assert [one.name for one in read(str(tmp_path / "*.html"))] == names


def test_links_that_leave_or_loop_are_reported(tmp_path: Path) -> None:
    outside = _written(tmp_path / "secret.txt", ENGLISH.encode())
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(ENGLISH)
    (folder / "leaves.txt").symlink_to(outside)
    (folder / "loops").symlink_to(folder)
    (folder / "same.txt").symlink_to("a.txt")
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    assert {i.name: i.reason for i in read(folder)} == {
        "a.txt": None,
        "leaves.txt": "link not followed",
        "loops": "link not followed",
        "same.txt": None,
        "broken.txt": "unreadable",
    }


def test_places_that_hold_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    places = [tmp_path / "gone.txt", str(tmp_path / "*.none"), empty, "", "bad\x00name"]
    assert [i.reason for i in read(*places)] == ["not found", "not found", "not found", "not found", "not found"]
    assert count(places) == 5


def test_a_pipe_on_a_walk_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert [i.reason for i in read(tmp_path)] == ["unreadable"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.txt", b"x")
    path.chmod(0)
    assert [i.reason for i in read(path)] == ["unreadable"]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (ENGLISH.encode(), ["stdin"]),
        (packed(record(id="x") + b"\n" + record()), ["x", "stdin#2"]),
        (record(id="x"), ["x"]),
        (f"<html><body><p>{ENGLISH}</p></body></html>".encode(), ["stdin"]),
    ],
)
def test_standard_input_is_told_by_its_content(content: bytes, names: list[str]) -> None:
    found = read("-", stdin=io.BytesIO(content))
    assert [(i.name, i.reason) for i in found] == [(name, None) for name in names]
    assert count(["-"]) is None


def test_count(tmp_path: Path) -> None:
    _written(tmp_path / "a.jsonl", b"{}\n{}\n{}")
    _written(tmp_path / "b.txt", b"x")
    assert count([tmp_path]) == 4
    _written(tmp_path / "c.jsonl.gz", packed(b"{}\n"))
    assert count([tmp_path]) is None


def test_defaults_fill_only_what_is_missing(tmp_path: Path) -> None:
    day = datetime(2022, 2, 17, tzinfo=timezone(timedelta(hours=0)))
    defaults = Defaults(outlet="The Default", published=day, language="en")
    path = _written(
        tmp_path / "a.jsonl", record(outlet="The Courier", published="2022-02-18T10:00:00Z") + b"\n" + record()
    )
    own, filled = (i.report for i in read(path, defaults=defaults))
    assert own is not None
    assert filled is not None
    assert (own.outlet, own.published, own.published_is_day) == (
        "The Courier",
        datetime(2022, 2, 18, 10, tzinfo=UTC),
        False,
    )
    assert (filled.outlet, filled.published, filled.published_is_day) == ("The Default", day, True)
    with pytest.raises(ValueError, match="time zone"):
        Defaults(published=datetime(2022, 2, 17))  # noqa: DTZ001


def test_a_text_as_a_string() -> None:
    found = from_text(ENGLISH, name="mine", outlet="The Courier", title="Talks fail", url="https://courier.example/1")
    assert found.report is not None
    assert found.capture is not None
    assert (found.name, found.place, found.report.title) == ("mine", "text:mine", "Talks fail")
    assert found.capture.content == ENGLISH.encode()
    assert from_text("lone \ud800 surrogate, said the man").report is not None
    assert from_text("").reason == "empty"
    with pytest.raises(ValueError, match=r"http"):
        from_text(ENGLISH, url="javascript:alert(1)")


def test_the_id_of_a_report_does_not_depend_on_where_its_file_lies(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    here = one(ENGLISH.encode(), "a.txt", tmp_path).report
    there = one(packed(ENGLISH.encode()), "b.txt.gz", tmp_path / "deeper").report
    assert here is not None
    assert there is not None
    assert here.id == there.id


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a", "a.jsonl.gz"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.text(max_size=200).map(lambda text: json.dumps({"text": text, "published": text, "url": text}).encode()),
        st.text(max_size=200).map(lambda text: f"<html><body><p>{text}</p><p>{ENGLISH}</p>".encode()),
        st.binary(max_size=200).map(lambda tail: packed(record())[:60] + tail),
        st.lists(st.sampled_from([record(), b"{", b"[", b"\n", b",", b"]", b"\xff", b"\x00"]), max_size=6).map(
            b"".join
        ),
    )
)
def test_any_bytes_end_as_an_input(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = read(path)
    assert found
    for each in found:
        assert (each.reason is None) == (each.report is not None)
        assert f"{each.name}{each.place}{each.detail}".encode()
        if each.report is not None:
            assert each.capture is not None
            assert text_of(each.capture.content, each.capture.media_type) == each.report.text
            assert "\x00" not in each.report.text
            assert each.report.text.encode()
            assert all(mark.span.end <= len(each.report.text) for mark in each.report.marks)
            assert each.report.published is None or each.report.published.tzinfo is not None


def test_an_unknown_media_type_makes_no_text() -> None:
    with pytest.raises(InputError, match="unsupported format"):
        text_of(b"x", "application/msword")


def test_reports_of_the_corpora(tmp_path: Path) -> None:
    folder = Path(__file__).parents[3] / "shared" / "corpora" / "reports"
    if not folder.is_dir():
        pytest.skip("the corpora are not here")
    found = read(folder / "february-2022", folder / "ukraine-2022-nyt.jsonl", limits=Settings())
    assert len(found) == 221
    assert [i.reason for i in found if i.reason] == []
    spanish = found[0].report
    assert spanish is not None
    assert [m.span.of(spanish.text) for m in spanish.marks if m.kind is MarkKind.BOILERPLATE] == [
        "related news",
        "Source link",
    ]


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("head", [b"\n" * 60_000, b"<!---->" * 9_000, b"<?xml?>" * 9_000, b"<!--" + b"-->" * 9_000])
def test_what_stands_before_a_page_is_soon_passed_over(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(head + b"x")
    began = time.process_time()
    assert len(list(gather([path], Settings()))) == 1
    assert time.process_time() - began < 2.0


def test_a_long_blank_stretch_in_the_first_line_is_soon_passed_over() -> None:
    began = time.process_time()
    assert from_text("The port" + " " * 300_000 + "is shut, the harbour master said.").report is not None
    assert time.process_time() - began < 5.0
