"""Rows for other programs: their shape is a promise, and nothing in them runs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.domain.statements import Basis, Speaker
from onrecord.ledger.view import LocatedSpan, RecordedStatement, StatementFilter, View
from onrecord.publishing.exports import (
    CSV_COLUMNS,
    TERMINAL_COLUMNS,
    csv_lines,
    jsonl,
    statement_row,
    terminal_row,
)
from tests.publishing.invented import DAM, write_record


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> list[RecordedStatement]:
    path = write_record(tmp_path_factory.mktemp("exports") / "record.ledger", with_hostile=True)
    with View(path) as view:
        return list(view.statements(StatementFilter()))


def one_by(statements: list[RecordedStatement], name: str) -> RecordedStatement:
    return next(one for one in statements if one.statement.speaker.name == name)


def test_the_row_of_a_statement(statements: list[RecordedStatement]) -> None:
    recorded = next(one for one in statements if one.report.input == "weir.html" and one.statement.kind == "mixed")
    report = recorded.report.id
    row = statement_row(recorded)
    assert row == {
        "id": recorded.statement.id,
        "kind": "mixed",
        "speaker": "Piet Hallam",
        "source": [{"report": report, "input": "weir.html", "start": 323, "end": 343, "text": "Governor Piet Hallam"}],
        "cue": [{"report": report, "input": "weir.html", "start": 344, "end": 358, "text": "told reporters"}],
        "content": [
            {
                "report": report,
                "input": "weir.html",
                "start": 359,
                "end": 446,
                "text": "that the board had “known since Sunday” and that the warning was passed on by telephone",
            }
        ],
        "nested_in": None,
        "confidence": 0.93,
        "speaker_basis": "named",
        "outlet": "Orlen Courier",
        "title": "Gates stayed shut as villages waited for the flood",
        "url": "https://courier.example/2031/04/08/weir",
        "published": "2031-04-08T06:40:00Z",
        "reader": {"name": "careful", "version": "1.2.0", "weights": "5e" * 32},
        "recorded": "2031-04-09T08:30:00Z",
        "passages": [],
        "corrections": [],
        "as_read": None,
    }
    fixed = ["id", "kind", "speaker", "source", "cue", "content", "nested_in", "confidence"]
    assert list(row)[: len(fixed)] == fixed
    assert list(row["content"][0]) == ["report", "input", "start", "end", "text"]  # type: ignore[index]


def test_a_day_alone_is_exported_as_a_day_and_an_unnamed_speaker_as_null(statements: list[RecordedStatement]) -> None:
    assert statement_row(one_by(statements, "Joonas Vell"))["published"] == "2031-04-09"
    unnamed = next(one for one in statements if one.statement.speaker.name is None)
    assert json.loads(next(jsonl([unnamed])))["speaker"] is None


def test_json_lines_are_one_line_each_for_every_reader(statements: list[RecordedStatement]) -> None:
    first = statements[0]
    odd = replace(first, content=(LocatedSpan("r", "i", 0, 9, "a\u2028b\u2029c\x85d\x0ce\0f\ud800"),))
    lines = "".join(jsonl([first, odd, first]))
    assert len(lines.splitlines()) == 3
    lines.encode("utf-8")
    rows = [json.loads(line) for line in lines.splitlines()]
    assert rows[1]["content"][0]["text"] == odd.content[0].text
    assert rows[0] == statement_row(first)


def test_csv_has_a_header_and_a_row_for_each_statement(statements: list[RecordedStatement]) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(csv_lines(statements)), newline="")))
    assert [row["id"] for row in rows] == [one.statement.id for one in statements]
    direct = next(row for row in rows if row["speaker"] == "Marta Quell")
    assert direct["content"] == "“Nobody gave that order,” … “If somebody had, I would have heard it first.”"
    first, second = direct["content_spans"].split(";")
    assert [DAM[slice(*map(int, span.split("-")))] for span in (first, second)] == direct["content"].split(" … ")
    hostile = next(row for row in rows if row["title"].startswith("Title"))
    assert (len(hostile["title"]), hostile["title"][-1]) == (32_767, "…")
    assert list(csv.reader(["".join(csv_lines([]))])) == [list(CSV_COLUMNS)]


@pytest.mark.parametrize(
    ("name", "guarded"),
    [
        ("=1+1", True),
        ("+44 20", True),
        ("-2", True),
        ("@SUM(A1)", True),
        (" \t=HYPERLINK()", True),
        ("\tx", True),
        ("\r=1", True),
        ("＝1", True),
        ("Ann-Marie = Lee", False),
        ("“quoted”", False),
    ],
)
def test_no_cell_is_taken_for_a_formula(statements: list[RecordedStatement], name: str, guarded: bool) -> None:
    first = statements[0]
    odd = replace(first, statement=replace(first.statement, speaker=Speaker(name, Basis.NAMED)))
    row = next(csv.DictReader(io.StringIO("".join(csv_lines([odd])), newline="")))
    assert row["speaker"] == (f"'{name}" if guarded else name)


def test_terminal_cells_are_one_printable_line_each(statements: list[RecordedStatement]) -> None:
    first = statements[0]
    odd = replace(first, content=(LocatedSpan("r", "i", 0, 9, "\x1b[31mred\x07\nand [bold]more[/bold]"),))
    cells = terminal_row(odd, longest=30)
    assert len(cells) == len(TERMINAL_COLUMNS)
    assert cells[TERMINAL_COLUMNS.index("statement")] == "\ufffd[31mred\ufffd and…" or cells[
        TERMINAL_COLUMNS.index("statement")
    ].startswith("\ufffd[31mred\ufffd and")
    assert all(cell.isprintable() and len(cell) <= 30 for cell in cells)


def test_an_empty_record_exports_nothing_but_the_header(tmp_path: Path) -> None:
    assert "".join(jsonl([])) == ""
    assert "".join(csv_lines([])).count("\r\n") == 1
