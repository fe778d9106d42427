"""`onrecord export` as people type it: files in their place, and a clear word where they cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.publishing.tables import TABLES
from tests.end_to_end.test_command_line import run
from tests.publishing.weighed.example import weighed_ledger

FORMATS = ("jsonld", "annotations", "prov", "ftm")


@pytest.fixture(scope="module")
def ledger() -> Path:
    return weighed_ledger()


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_written_into_a_file(ledger: Path, tmp_path: Path, name: str) -> None:
    place = tmp_path / "out.json"
    place.write_text("before")
    done = run("export", name, "-o", place, "--ledger", ledger)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{place}: {place.stat().st_size:,} bytes\n"
    text = place.read_text(encoding="utf-8")
    for part in text.splitlines() if name == "ftm" else [text]:
        json.loads(part)
    assert [one.name for one in tmp_path.iterdir()] == ["out.json"]


def test_tables_are_written_into_a_folder_again_and_again(ledger: Path, tmp_path: Path) -> None:
    for _ in range(2):
        done = run("export", "parquet", "-o", tmp_path / "tables", "--ledger", ledger)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"{tmp_path / 'tables'}: reports 17, statements ")
    assert {one.stem for one in (tmp_path / "tables").iterdir()} == {*TABLES, "dictionary"}
    assert [one.name for one in tmp_path.iterdir()] == ["tables"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("jsonld", "-o", "missing/out.json"), 2, "cannot be written: "),
        (("parquet", "-o", "missing/tables"), 2, "cannot be written: "),
        (("parquet", "-o", "file"), 2, "is a file; name a folder"),
        (("ftm", "-o", "folder"), 2, "is no file that could be replaced"),
        (("prov",), 2, "--output"),
        (("rdf", "-o", "x"), 2, "No such command"),
    ],
)
def test_what_cannot_be_written_is_told(
    ledger: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    placed = [
        tmp_path / one if before == "-o" else one for before, one in zip(("", *arguments), arguments, strict=False)
    ]
    done = run("export", *placed, "--ledger", ledger)
    assert done.returncode == code
    assert told in " ".join(done.stderr.split())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("name", [*FORMATS, "parquet"])
def test_a_ledger_that_is_not_there_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    done = run("export", name, "-o", tmp_path / "out", "--ledger", tmp_path / "none.ledger")
    assert done.returncode == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [*FORMATS, "parquet", "proof"])
def test_every_format_explains_itself_with_an_example(name: str) -> None:
    done = run("export", name, "--help")
    assert done.returncode == 0
    assert f"onrecord export {name}" in " ".join(done.stdout.split())


def test_the_reference_tells_every_format_and_table() -> None:
    told = (Path(__file__).parents[2] / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")
    assert all(f"`onrecord export {name} " in told for name in (*FORMATS, "parquet", "proof"))
    assert all(f"`{name}`" in told for name in TABLES)


def test_the_extra_that_tables_need_is_named_in_full() -> None:
    assert "'onrecord[tables]'" in " ".join(run("export", "parquet", "--help").stdout.split())
