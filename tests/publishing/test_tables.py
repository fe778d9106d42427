"""Tables, their dictionary, Parquet files and frames: all made from one definition, and all of one record."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow.parquet
import pytest

from onrecord import Ledger
from onrecord.assessing import judged
from onrecord.domain.actors import ActorKind
from onrecord.domain.docket import Status
from onrecord.domain.passages import Act, Bound
from onrecord.domain.relations import RelationKind
from onrecord.domain.statements import Basis, Kind
from onrecord.domain.utterances import Material
from onrecord.errors import LedgerUnreadable, SettingsError
from onrecord.ledger.snapshot import Snapshot
from onrecord.publishing.placing import placing
from onrecord.publishing.tables import TABLES, Column, Sort
from onrecord.publishing.tables.dictionary import dictionary_json, dictionary_markdown
from onrecord.publishing.tables.parquet import write_tables
from tests.publishing.invented import write_record
from tests.publishing.weighed.example import weighed_ledger

Records = dict[str, list[dict[str, Any]]]


def records_of(path: Path) -> Records:
    with Snapshot(path) as view:
        return {name: list(table.records(view)) for name, table in TABLES.items()}


@pytest.fixture(scope="module")
def records() -> Records:
    return records_of(weighed_ledger())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tables") / "tables"
    with Snapshot(weighed_ledger()) as view, placing(place) as unfinished:
        write_tables(view, unfinished)
    return place


@pytest.mark.parametrize(
    ("sort", "value", "fits"),
    [
        (Sort.TEXT, "a", True),
        (Sort.TEXT, Act.CLAIM, False),
        (Sort.TEXT, 1, False),
        (Sort.TEXT, None, False),
        (Sort.WHOLE, 1, True),
        (Sort.WHOLE, True, False),
        (Sort.WHOLE, 1.0, False),
        (Sort.NUMBER, 1.0, True),
        (Sort.NUMBER, 1, False),
        (Sort.FLAG, False, True),
        (Sort.FLAG, 0, False),
        (Sort.TIME, datetime(2031, 3, 7, tzinfo=UTC), True),
        (Sort.TIME, datetime(2031, 3, 7), False),  # noqa: DTZ001
        (Sort.TIME, datetime(2031, 3, 7, tzinfo=timezone(timedelta(hours=1))), False),
        (Sort.DAY, date(2031, 3, 7), True),
        (Sort.DAY, datetime(2031, 3, 7, tzinfo=UTC), False),
        (Sort.TEXTS, ["a", "b"], True),
        (Sort.TEXTS, [], True),
        (Sort.TEXTS, ("a",), False),
        (Sort.TEXTS, ["a", None], False),
        (Sort.TEXTS, "a", False),
        (Sort.WHOLES, [1], True),
        (Sort.WHOLES, [True], False),
    ],
)
def test_a_column_holds_what_is_of_its_sort(sort: Sort, value: object, fits: bool) -> None:
    column: Column[object] = Column("it", sort, "Anything.", lambda one: one)
    if fits:
        assert column.value(value) == value
    else:
        with pytest.raises(TypeError, match="the column it holds"):
            column.value(value)


def test_a_column_is_empty_only_where_it_may_be() -> None:
    column: Column[object] = Column("it", Sort.TEXT, "Anything.", lambda one: one, empty=True)
    assert column.value(None) is None


def test_the_dictionary_says_what_the_rows_hold(records: Records) -> None:
    tables = {one["name"]: one for one in json.loads(dictionary_json())["tables"]}
    assert list(tables) == list(records)
    for name, rows in records.items():
        told = tables[name]["columns"]
        assert rows
        assert [one["name"] for one in told] == list(rows[0])
        assert len({one["name"] for one in told}) == len(told)
        for one in told:
            assert one["meaning"].endswith(".")
            assert one["type"] in tuple(Sort)
            assert one["unit"] or one["type"] not in (Sort.WHOLE, Sort.NUMBER, Sort.WHOLES, Sort.TIME)
            assert one["may_be_empty"] or all(row[one["name"]] is not None for row in rows)
    markdown = dictionary_markdown()
    assert all(f"\n## {name}\n" in markdown for name in records)
    assert markdown.count("\n| `") == sum(len(one["columns"]) for one in tables.values())
    assert all(line.count("|") == 6 for line in markdown.splitlines() if line.startswith("|"))


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("statements", "kind", Kind),
        ("statements", "speaker_basis", Basis),
        ("passages", "act", Act),
        ("relations", "kind", RelationKind),
        ("figures", "bound", Bound),
        ("docket", "status", Status),
        ("actors", "kind", ActorKind),
        ("utterances", "material", Material),
    ],
)
def test_the_dictionary_names_every_word_that_a_column_can_hold(table: str, column: str, words: type[StrEnum]) -> None:
    meaning = next(one.meaning for one in TABLES[table].columns if one.name == column)
    assert [word for word in words if not re.search(rf"\b{word}\b", meaning)] == []


def test_ids_name_one_row_and_references_lead_to_one(records: Records) -> None:
    ids = {name: [row["id"] for row in rows] for name, rows in records.items()}
    keys = {**ids, "passages": [(row["id"], row["statement"]) for row in records["passages"]]}
    assert {name: len(set(one)) for name, one in keys.items()} == {name: len(one) for name, one in ids.items()}
    known = {name: set(one) for name, one in ids.items()}
    places = {
        "reports": {"story": "stories"},
        "statements": {"report": "reports", "actor": "actors", "nested_in": "statements"},
        "passages": {"statement": "statements", "report": "reports", "utterance": "utterances", "actor": "actors"},
        "utterances": {"passages": "passages", "report": "reports", "actor": "actors"},
        "stories": {"report_ids": "reports"},
        "relations": {"a_passage": "passages", "b_utterance": "utterances", "b_report": "reports"},
        "figures": {"passage": "passages", "revises": "figures", "disputes": "figures"},
        "docket": {"id": "utterances", "passage": "passages", "evidence_for": "passages"},
    }
    for name, columns in places.items():
        for column, to in columns.items():
            named = [row[column] for row in records[name]]
            flat = [id_ for one in named for id_ in (one if isinstance(one, list) else [one]) if id_ is not None]
            assert flat, (name, column)
            assert set(flat) <= known[to], (name, column)


def test_every_start_and_end_points_at_the_text(records: Records) -> None:
    texts = {row["id"]: row["text"] for row in records["reports"]}
    for row in records["statements"]:
        for part in ("source", "cue", "content"):
            spans = zip(row[f"{part}_starts"], row[f"{part}_ends"], strict=True)
            assert " … ".join(texts[row["report"]][start:end] for start, end in spans) == row[part]
    for row in records["passages"]:
        assert texts[row["report"]][row["start"] : row["end"]] == row["text"]
    for row in records["figures"]:
        assert texts[row["report"]][row["start"] : row["end"]] == row["number"]
        assert row["number"] in row["text"]


def test_rows_are_as_many_as_the_lists_have(records: Records) -> None:
    with Snapshot(weighed_ledger()) as view:
        assert {name: len(rows) for name, rows in records.items()} == {
            "reports": view.count_reports(),
            "statements": view.count(),
            "passages": sum(len(one.passages) for one in view.statements()),
            "utterances": view.count_utterances(),
            "actors": view.count_actors(),
            "stories": view.count_stories(),
            "relations": view.count_relations(),
            "figures": sum(1 for _ in view.figures()),
            "docket": view.count_docket(),
        }
        order = [one.head.id for one in view.whole_utterances(view.utterances())]
    assert [row["id"] for row in records["utterances"]] == order


def test_what_a_person_decided_stands_in_the_docket(tmp_path: Path, records: Records) -> None:
    path = tmp_path / "judged.ledger"
    shutil.copy(weighed_ledger(), path)
    entry = next(row for row in records["docket"] if row["due"])
    judged(path, "not met", entry["passage"], why="nobody came", by="Ida Holm")
    with Ledger(path) as ledger:
        ledger.weigh()
    row = next(row for row in records_of(path)["docket"] if row["id"] == entry["id"])
    assert (entry["judged_by"], entry["judged_why"], entry["judged"]) == (None, None, None)
    assert (row["status"], row["judged_by"], row["judged_why"]) == ("not met", "Ida Holm", "nobody came")


def test_files_hold_the_rows_and_say_what_the_columns_mean(folder: Path, records: Records) -> None:
    assert sorted(one.name for one in folder.iterdir()) == sorted(
        [*(f"{name}.parquet" for name in TABLES), "dictionary.json", "dictionary.md"]
    )
    assert json.loads((folder / "dictionary.json").read_text()) == json.loads(dictionary_json())
    for name, table in TABLES.items():
        file = pyarrow.parquet.read_table(folder / f"{name}.parquet")
        assert file.to_pylist() == records[name]
        for column, field in zip(table.columns, file.schema, strict=True):
            metadata = {key.decode(): value.decode() for key, value in field.metadata.items()}
            assert (field.name, field.nullable) == (column.name, column.empty)
            assert (metadata["meaning"], metadata.get("unit")) == (column.meaning, column.unit)


def test_the_same_record_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    with Snapshot(weighed_ledger()) as view:
        write_tables(view, tmp_path)
    for one in folder.iterdir():
        assert one.read_bytes() == (tmp_path / one.name).read_bytes(), one.name


def test_hostile_reports_and_an_unlinked_record_come_out_whole(tmp_path: Path) -> None:
    path = write_record(tmp_path / "record.ledger", with_hostile=True, copies=3)
    with Snapshot(path) as view:
        counts = write_tables(view, tmp_path)
    assert counts["utterances"] == counts["relations"] == counts["actors"] == 0
    rows = pyarrow.parquet.read_table(tmp_path / "statements.parquet").to_pylist()
    assert len(rows) == counts["statements"] > 10
    assert any("<script>" in (row["speaker"] or "") for row in rows)


def test_a_snapshot_does_not_see_what_is_written_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "record.ledger"
    write_record(path)
    with Snapshot(path) as view:
        before = view.totals()
        with Ledger(path) as ledger:
            assert ledger.add_text("The weir is safe, Ida Holm said on Monday.").read == 1
        assert view.totals() == before
        assert sum(1 for _ in view.every_report()) == before.reports
    with Snapshot(path) as view:
        assert view.totals().reports == before.reports + 1


def test_damage_on_the_way_is_told_as_such(tmp_path: Path) -> None:
    path = write_record(tmp_path / "record.ledger")
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE statement SET kind = 'sung'")
    connection.commit()
    connection.close()
    with Snapshot(path) as view, pytest.raises(LedgerUnreadable):
        list(TABLES["statements"].records(view))


@pytest.mark.parametrize("library", ["polars", "pandas"])
@pytest.mark.parametrize("name", list(TABLES))
def test_frames_hold_the_rows_with_the_types_of_their_columns(records: Records, library: str, name: str) -> None:
    with Ledger(weighed_ledger()) as ledger:
        frame = ledger.frame(name, library=library)  # type: ignore[call-overload]
    assert list(frame.columns) == [column.name for column in TABLES[name].columns]
    rows = frame.to_dicts() if library == "polars" else frame.to_dict("records")
    for found, expected in zip(rows, records[name], strict=True):
        for column, value in expected.items():
            if value is None and library == "pandas":
                assert pandas.isna(found[column]), column
            else:
                assert found[column] == value, column


def test_a_frame_of_no_rows_has_its_types_all_the_same(tmp_path: Path) -> None:
    with Ledger(write_record(tmp_path / "record.ledger")) as ledger:
        frame = ledger.frame("relations")
        assert (frame.height, frame.schema["a_published"], frame.schema["score"]) == (
            0,
            polars.Datetime("us", "UTC"),
            polars.Float64,
        )
        assert str(ledger.frame("relations", library="pandas").dtypes["a_published"]) == "datetime64[us, UTC]"


def test_what_is_not_installed_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyarrow", "polars", "pandas"):
        monkeypatch.setitem(sys.modules, name, None)
    with Snapshot(weighed_ledger()) as view, pytest.raises(SettingsError, match=r"'onrecord\[tables\]'"):
        write_tables(view, tmp_path)
    with Ledger(weighed_ledger()) as ledger:
        for library in ("polars", "pandas"):
            with pytest.raises(SettingsError, match=rf"'onrecord\[{library}\]'"):
                ledger.frame("actors", library=library)  # type: ignore[call-overload]


def test_a_table_or_library_that_is_not_there_is_told_with_those_that_are() -> None:
    with Ledger(weighed_ledger()) as ledger:
        with pytest.raises(SettingsError, match="no table 'verses'; there are reports, statements"):
            ledger.frame("verses")
        with pytest.raises(SettingsError, match="polars or pandas, not by 'numpy'"):
            ledger.frame("actors", library="numpy")  # type: ignore[call-overload]
