"""A shard's file gives back what was put into it, and is refused when it is anything else."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow.parquet import ParquetFile, write_table

from onrecord.batch.shard_files import Account, account_of, read_shard_file, sound_account, write_shard
from onrecord.domain.reports import Capture, Input, Outcome
from onrecord.errors import BatchError, ShardRefused
from onrecord.pipeline import Result
from tests.read_example import READER, read_example

Row = dict[str, Any]


def results() -> list[Result]:
    found = [Result(given, Outcome.READ, statements, READER) for given, statements in read_example()]
    duplicate = Result(found[0].given, Outcome.DUPLICATE, reader=READER)
    headed = Capture(b"\x00\xff", "https://a.example/", "text/html", datetime(2031, 3, 5, tzinfo=UTC), {"etag": "é"})
    return [
        *found,
        duplicate,
        Result(Input("x", "x#L1", reason="empty"), Outcome.SKIPPED),
        Result(Input("y", "y", capture=headed, reason="binary", detail="\U0001f600"), Outcome.SKIPPED),
    ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shards") / "00000.parquet"
    account = Account("00000", "key", "here:1", bytes=7)

    def counted() -> Any:
        for one in results():
            account.count(one)
            yield one

    write_shard(path, counted(), account)
    return path


def read(path: Path, max_input: int = 1_000_000, max_text: int = 1_000_000) -> list[Result]:
    return list(read_shard_file(path, max_input, max_text))


def test_everything_comes_back(whole: Path) -> None:
    assert read(whole) == results()


def test_its_account_stands_in_the_file_and_beside_it(whole: Path) -> None:
    account = sound_account(whole, "key")
    assert account is not None
    with ParquetFile(whole) as file:
        said = json.loads(file.metadata.metadata[b"onrecord"])
    assert said["format"] == 1
    assert {name: said[name] for name in ("inputs", "reports", "duplicates", "bytes", "attempts", "worker")} == {
        "inputs": len(results()), "reports": len(results()) - 3, "duplicates": 1, "bytes": 7, "attempts": 1,
        "worker": "here:1"}  # fmt: skip
    assert (said["statements"], said["characters"]) == (account.statements, account.characters)
    assert said["statements"] > 50


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:99] + b"?" + b[100:], lambda b: b + b"\n"]
)
def test_a_damaged_file_is_not_taken(whole: Path, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / whole.name
    path.write_bytes(damage(whole.read_bytes()))
    path.with_suffix(".json").write_bytes(whole.with_suffix(".json").read_bytes())
    assert sound_account(path, "key") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda said: said.update(sha256="0"),
        lambda said: said.update(more=1),
        lambda said: said.pop("worker"),
        lambda said: said.update(inputs="7"),
        lambda said: said.update(set_aside=[7]),
        lambda said: said.update(key="another"),
    ],
)
def test_a_damaged_account_is_not_taken(whole: Path, tmp_path: Path, damage: Callable[[Row], object]) -> None:
    path = tmp_path / whole.name
    path.write_bytes(whole.read_bytes())
    said = json.loads(whole.with_suffix(".json").read_text(encoding="utf-8"))
    damage(said)
    path.with_suffix(".json").write_text(json.dumps(said), encoding="utf-8")
    assert sound_account(path, "key") is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"[" * 100_000, b"\xff"])
def test_an_account_that_is_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "1.json").write_bytes(content)
    assert account_of(tmp_path / "1.parquet") is None


def _in(name: str, **values: object) -> Callable[[Row], None]:
    return lambda row: row[name].update(values)


def _of_first(**values: object) -> Callable[[Row], None]:
    return lambda row: row["statements"][0].update(values)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda row: row.update(number=5), "not in its place"),
        (lambda row: row.update(name=None), "no text"),
        (lambda row: row.update(detail="x" * 1_000_001), "a very long one"),
        (lambda row: row.update(outcome="true"), "Outcome"),
        (lambda row: row.update(outcome="skipped"), "skipped with a reason"),
        (lambda row: row.update(reason="empty"), "ValueError|skipped with a reason"),
        (lambda row: row.update(capture=None), "without its capture"),
        (lambda row: row.update(report=None), "skipped with a reason, or has a report"),
        (lambda row: row.update(report=None, outcome="skipped", reason="x"), "statements of one input"),
        (_in("capture", size=10_000_000_000), "are allowed"),
        (_in("capture", size=-1), "are allowed"),
        (_in("capture", size=1), "has not the size"),
        (_in("capture", content=zlib.compress(b"x" * 50_000_000)), "has not the size"),
        (_in("capture", content=b"no zlib"), "cannot be unpacked"),
        (_in("capture", headers="[]"), "headers that are none"),
        (_in("capture", headers='{"a": 1}'), "headers that are none"),
        (_in("capture", retrieved="yesterday"), "Invalid isoformat"),
        (_in("report", text="x" * 1_000_001), "are allowed"),
        (_in("report", text="other words"), "other words than its report|beyond"),
        (_in("report", marks="[[3, 1, 2]]"), "ValueError"),
        (_in("report", published="2031-03-05"), "ValueError"),
        (_of_first(kind="true"), "Kind"),
        (_of_first(content="{}"), "a list was expected"),
        (_of_first(content="[" * 50_000), "RecursionError|ValueError|JSON"),
        (_of_first(confidence=None), "a number"),
        (_of_first(passages='[{"span": 1}]'), "TypeError|KeyError"),
    ],
)
def test_a_row_that_no_worker_writes_is_refused(
    whole: Path, tmp_path: Path, change: Callable[[Row], None], why: str
) -> None:
    table = ParquetFile(whole).read()
    rows = table.to_pylist()[:2]
    change(rows[0])
    path = tmp_path / "changed.parquet"
    write_table(pyarrow.Table.from_pylist(rows, table.schema), path)
    with pytest.raises(ShardRefused, match=why):
        read(path)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (pyarrow.table({"number": [1]}), "other columns"),
        (pyarrow.table({"number": ["1"], "name": [2]}), "other columns"),
    ],
)
def test_another_table_is_refused(table: pyarrow.Table, why: str, tmp_path: Path) -> None:
    write_table(table, tmp_path / "other.parquet")
    with pytest.raises(ShardRefused, match=why):
        read(tmp_path / "other.parquet")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\xff" * 60 + b"PAR1", b"no parquet at all"])
def test_what_is_no_parquet_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    with pytest.raises(ShardRefused, match="is not what a worker writes"):
        read(tmp_path / "a.parquet")


def test_a_row_group_of_any_size_is_not_read(whole: Path, tmp_path: Path) -> None:
    table = ParquetFile(whole).read()
    write_table(pyarrow.concat_tables([table] * 5).combine_chunks(), tmp_path / "large.parquet")
    with pytest.raises(ShardRefused, match="larger than any"):
        read(tmp_path / "large.parquet")


def test_limits_are_those_of_the_terms(whole: Path) -> None:
    with pytest.raises(ShardRefused, match="100 are allowed"):
        read(whole, max_input=100)
    with pytest.raises(ShardRefused, match="100 are allowed"):
        read(whole, max_text=100)


def test_half_a_shard_is_no_file(tmp_path: Path) -> None:
    def broken() -> Any:
        yield results()[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_shard(tmp_path / "1.parquet", broken(), Account("1", "key", "here"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="cannot be written"):
        write_shard(tmp_path / "gone" / "1.parquet", [], Account("1", "key", "here"))
