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


def test_captures_are_written_for_viewers_of_archives(ledger: Path, tmp_path: Path) -> None:
    done = run("export", "wacz", "-o", tmp_path / "all.wacz", "--since", "2031-03-05", "--ledger", ledger)
    assert (done.returncode, done.stderr) == (0, "")
    assert " 15 reports; exchanges as they were fetched 0; records 15 made of what the ledger holds\n" in done.stdout
    assert [one.name for one in tmp_path.iterdir()] == ["all.wacz"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("jsonld", "-o", "missing/out.json"), 2, "cannot be written: "),
        (("wacz", "-o", "missing/out.wacz"), 2, "cannot be written: "),
        (("wacz", "-o", "out.wacz", "--story", "4ad1e0", "--brief", "1f9c20"), 2, "choose by one of"),
        (("wacz", "-o", "out.wacz", "--since", "2041-03-05"), 3, "there is nothing to export"),
        (("parquet", "-o", "missing/tables"), 2, "cannot be written: "),
        (("parquet", "-o", "file"), 2, "is a file; name a folder"),
        (("ftm", "-o", "folder"), 2, "is no file that could be replaced"),
        (("prov",), 2, "--output"),
        (("geojson", "-o", "map.geojson"), 2, "--places"),
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


def test_a_map_is_written_and_tells_what_its_table_does_not_have(ledger: Path, tmp_path: Path) -> None:
    table, place = tmp_path / "places.tsv", tmp_path / "map.geojson"
    table.write_text("Kortach\t52.5\t31.5\nNowhere\t1\t2\n", encoding="utf-8")
    done = run("export", "geojson", "-o", place, "--places", table, "--ledger", ledger)
    assert (done.returncode, done.stdout) == (0, f"{place}: {place.stat().st_size:,} bytes\n")
    features = json.loads(place.read_text(encoding="utf-8"))["features"]
    first, second = done.stderr.splitlines()
    assert first == f"{len(features)} features at 1 of the 2 places of places.tsv"
    assert second.startswith("places named by figures that the table does not have: Olmira ")
    assert second.count(", ") < 10


@pytest.mark.parametrize(
    ("table", "told"),
    [(None, "cannot be read"), ("Kortach\t95\t3\n", "line 1: 'Kortach': the latitude is from -90 to 90")],
)
def test_a_table_that_cannot_be_used_leaves_the_map_as_it_was(
    ledger: Path, tmp_path: Path, table: str | None, told: str
) -> None:
    (tmp_path / "map.geojson").write_text("before")
    if table is not None:
        (tmp_path / "places.tsv").write_text(table)
    done = run(
        "export", "geojson", "-o", tmp_path / "map.geojson", "--places", tmp_path / "places.tsv", "--ledger", ledger
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert (tmp_path / "map.geojson").read_text() == "before"


@pytest.mark.parametrize("name", [*FORMATS, "parquet"])
def test_a_ledger_that_is_not_there_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    done = run("export", name, "-o", tmp_path / "out", "--ledger", tmp_path / "none.ledger")
    assert done.returncode == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [*FORMATS, "geojson", "parquet", "proof"])
def test_every_format_explains_itself_with_an_example(name: str) -> None:
    done = run("export", name, "--help")
    assert done.returncode == 0
    assert f"onrecord export {name}" in " ".join(done.stdout.split())


def test_the_reference_tells_every_format_and_table() -> None:
    told = (Path(__file__).parents[2] / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")
    assert all(f"`onrecord export {name} " in told for name in (*FORMATS, "geojson", "parquet", "proof"))
    assert all(f"`{name}`" in told for name in TABLES)


def test_the_extra_that_tables_need_is_named_in_full() -> None:
    assert "'onrecord[tables]'" in " ".join(run("export", "parquet", "--help").stdout.split())
