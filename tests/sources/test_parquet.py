"""Parquet → inputs: rows as lines of JSON Lines would be read, only the columns that are needed, and damage."""

from __future__ import annotations

import io
import json
import sys
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from onrecord.domain.reports import Input
from onrecord.settings import Settings
from onrecord.sources import count, gather
from tests.sources.written_archives import ENGLISH

SMALL = Settings(max_input=5_000, max_text=2_000)


def written(columns: dict[str, Any], **options: Any) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def read(content: bytes, folder: Path, name: str = "texts.parquet") -> list[Input]:
    path = folder / name
    path.write_bytes(content)
    return list(gather([path], SMALL))


def test_rows_are_read_as_lines_of_json_are(tmp_path: Path) -> None:
    rows = [
        {"maintext": ENGLISH, "url": "https://a.example/1", "date_publish": "2031-03-05T10:00:00Z", "authors": ["Ida Holm", "Jo Berg"]},
        {"maintext": ENGLISH + "More.", "source_domain": "courier.example", "title": "Talks fail", "language": "en"},
        {"maintext": None, "url": "ftp://x"},
        {"maintext": "x" * 6_000},
    ]  # fmt: skip
    names = ("maintext", "url", "date_publish", "authors", "source_domain", "title", "language")
    table = written({name: [row.get(name) for row in rows] for name in names}, row_group_size=3)
    found = read(table, tmp_path)
    lines = tmp_path / "texts.jsonl"
    lines.write_text("\n".join(map(json.dumps, rows)))
    as_lines = list(gather([lines], SMALL))
    assert [one.reason for one in found] == [None, None, "no text", "too large"]
    assert [(one.reason, one.report and one.report.id) for one in found] == [
        (one.reason, one.report and one.report.id) for one in as_lines
    ]
    assert [(one.name, one.place.rpartition("/")[2]) for one in found] == [
        (f"texts.parquet#{number}", f"texts.parquet#{number}") for number in (1, 2, 3, 4)
    ]
    assert found[1].report is not None
    assert found[1].report.outlet == "courier.example"
    assert count([tmp_path / "texts.parquet"]) == 4


@pytest.mark.parametrize(
    ("column", "published", "is_day"),
    [
        (pa.array([datetime(2031, 3, 5)], pa.timestamp("ns")), datetime(2031, 3, 5, tzinfo=UTC), True),  # noqa: DTZ001
        (pa.array([1_930_000_000_123_456_789], pa.timestamp("ns")), datetime(2031, 2, 27, 23, 6, 40, 123_456, UTC), False),
        (pa.array([datetime(2031, 3, 5, 9, 30, tzinfo=UTC)], pa.timestamp("us", "Mars/Olympus")), datetime(2031, 3, 5, 9, 30, tzinfo=UTC), False),
        (pa.array([date(2031, 3, 5)]), datetime(2031, 3, 5, tzinfo=UTC), True),
        (pa.array([1_930_000_000]), datetime(2031, 2, 27, 23, 6, 40, tzinfo=UTC), False),
        (pa.array([2**62], pa.timestamp("ms")), None, False),
        (pa.array([float("nan")]), None, False),
        (pa.array([b"2031-03-05"]), datetime(2031, 3, 5, tzinfo=UTC), True),
        (pa.array([[{"a": [1.5, None]}]]), None, False),
    ],
)  # fmt: skip
def test_times_of_every_type(column: Any, published: datetime | None, is_day: bool, tmp_path: Path) -> None:
    (found,) = read(written({"text": [ENGLISH], "date": column}), tmp_path)
    assert found.report is not None
    assert (found.report.published, found.report.published_is_day) == (published, is_day)


def test_only_columns_that_are_needed_are_read(tmp_path: Path) -> None:
    table = written({"id": ["first"], "html": ["<p>" * 9_000], "text": [ENGLISH], "embedding": [[0.5] * 9_000]})
    (found,) = read(table, tmp_path)
    assert found.capture is not None
    assert json.loads(found.capture.content) == {"id": "first", "text": ENGLISH}
    assert (found.name, found.reason) == ("first", None)


@pytest.mark.parametrize(
    ("content", "reason", "said"),
    [
        (b"PAR1", "damaged archive", "its description cannot be read"),
        (b"", "damaged archive", "its description cannot be read"),
        (b"hello", "damaged archive", "its description cannot be read"),
        (b"PAR1" + b"\xff" * 40 + (10**9).to_bytes(4, "little") + b"PAR1", "damaged archive", "its description cannot be read"),
        (written({"text": [ENGLISH]})[:-20], "damaged archive", "its description cannot be read"),
        (written({"text": pa.array([], pa.string())}), "empty", "the table has no rows"),
        (written({"title": ["A"], "n": [1]}), "no text", "no column is called text, body, content or maintext; there are title, n"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_its_reason(content: bytes, reason: str, said: str, tmp_path: Path) -> None:
    (found,) = read(content, tmp_path)
    assert (found.name, found.reason) == ("texts.parquet", reason)
    assert said in found.detail


def test_a_damaged_row_group_costs_only_itself(tmp_path: Path) -> None:
    texts = [f"{ENGLISH} Number {number}." for number in range(9)]
    content = bytearray(written({"text": texts}, row_group_size=3, use_dictionary=False))
    at = parquet.ParquetFile(io.BytesIO(content)).metadata.row_group(1).column(0).data_page_offset
    content[at : at + 40] = bytes(40)
    found = read(bytes(content), tmp_path)
    assert [one.name.partition("#")[2] for one in found] == ["1", "2", "3", "group 2", "7", "8", "9"]
    assert found[3].reason == "damaged archive"
    assert found[3].detail.startswith("row group 2 of 3: 0 of 3 rows were read (")


def test_it_is_read_from_what_is_no_file_too(tmp_path: Path) -> None:
    (found,) = gather(["-"], SMALL, stdin=io.BytesIO(written({"text": [ENGLISH]})))
    assert (found.name, found.place, found.reason) == ("stdin#1", "-#1", None)


def test_without_pyarrow_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = written({"text": [ENGLISH]})
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (found,) = read(content, tmp_path)
    assert (found.reason, found.detail) == (
        "unsupported format",
        "Parquet needs pyarrow: pip install 'onrecord[archives]'",
    )
    assert count([tmp_path / "texts.parquet"]) == 1


def test_a_large_row_group_takes_no_memory(tmp_path: Path) -> None:
    texts = [f"{number} {ENGLISH * 10}" for number in range(20_000)]
    path = tmp_path / "large.parquet"
    path.write_bytes(written({"text": texts}, row_group_size=20_000))
    del texts
    before = pa.total_allocated_bytes()
    inputs = gather([path], SMALL)
    next(inputs)
    tracemalloc.start()
    for _ in range(300):
        next(inputs)
        assert pa.total_allocated_bytes() - before < 8_000_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000
