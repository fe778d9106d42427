"""Reports of the corpora are found by id, and only the texts that were labelled are measured on."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.corpora import check, labelled, moment, name_of, reports, rows_of, sum_of, text_of, texts

ROWS = [
    {"id": "a", "text": "Rain fell on Harven, she said.", "published": "2031-03-05"},
    {"ID": "b", "content_original": "The harbour is shut, he said.", "date": "2031-03-06"},
]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "lines.jsonl").write_text(LINES, encoding="utf-8")
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(LINES.encode()))
    (tmp_path / "pages.csv").write_text('url,text\nhttps://harven.example/1,"Two lines,\r\nshe said."\n', newline="")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "one.txt").write_text("The mayor said no.", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["lines.jsonl", "packed.jsonl.gz"])
def test_rows_are_the_same_packed_or_not(corpora: Path, name: str) -> None:
    assert list(rows_of(corpora / name)) == ROWS
    assert [name_of(row) for row in rows_of(corpora / name)] == ["a", "b"]
    assert [text_of(row) for row in ROWS] == ["Rain fell on Harven, she said.", "The harbour is shut, he said."]


def test_a_row_of_a_table_keeps_its_line_ends_and_goes_by_its_address(corpora: Path) -> None:
    (row,) = rows_of(corpora / "pages.csv")
    assert (name_of(row), row["text"]) == ("https://harven.example/1", "Two lines,\r\nshe said.")


@pytest.mark.parametrize(
    ("corpus", "wanted", "expected"),
    [
        ("lines.jsonl", {"b", "nowhere"}, {"b": "The harbour is shut, he said."}),
        ("packed.jsonl.gz", {"a"}, {"a": "Rain fell on Harven, she said."}),
        ("folder", {"one.txt", "two.txt"}, {"one.txt": "The mayor said no."}),
        ("lines.jsonl", set(), {}),
    ],
)
def test_only_the_wanted_reports_are_read(
    corpora: Path, corpus: str, wanted: set[str], expected: dict[str, str]
) -> None:
    assert {name: report.text for name, report in reports(corpora, corpus, wanted)} == expected


def test_a_labelled_text_is_given_once_and_by_its_sum(corpora: Path) -> None:
    digest = sum_of("Rain fell on Harven, she said.")
    twice = [*reports(corpora, "lines.jsonl", {"a", "b"}), *reports(corpora, "packed.jsonl.gz", {"a"})]
    assert [(key, report.text) for key, report in labelled({digest}, twice)] == [(digest, ROWS[0]["text"])]
    assert texts(corpora, {("lines.jsonl", "a", digest)}) == {digest: ROWS[0]["text"]}


def test_another_text_than_the_labelled_one_is_refused(corpora: Path) -> None:
    with pytest.raises(ValueError, match="not there, or have another text"):
        texts(corpora, {("lines.jsonl", "a", sum_of("something else"))})
    with pytest.raises(ValueError, match="the text of a is not the one"):
        check("Rain fell.", sum_of("Rain fell"), "a")


def test_a_time_without_a_zone_is_of_utc() -> None:
    assert moment("2031-03-05") == datetime(2031, 3, 5, tzinfo=UTC)
    assert moment("2031-03-05T02:00:00+02:00") == datetime(2031, 3, 5, tzinfo=UTC)
    assert moment("2031-03-05T00:00:00Z") == datetime(2031, 3, 5, tzinfo=UTC)
