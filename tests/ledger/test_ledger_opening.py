"""What is not a ledger of this version is refused in words, and left as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.errors import LedgerBusy, LedgerError, LedgerMissing, LedgerUnreadable, LedgerUnwritable, LedgerVersion
from onrecord.ledger.index import rebuild_search
from onrecord.ledger.schema import VERSION, metadata
from onrecord.ledger.verify import verify
from onrecord.ledger.view import View
from onrecord.ledger.writer import Writer
from onrecord.settings import Settings
from tests.ledger.material import record

Opening = Callable[[Path], object]
READERS = [View, verify]
ALL = [View, verify, Writer, rebuild_search]


def text_file(path: Path) -> None:
    path.write_text("Minutes of the meeting\n" * 100, encoding="utf-8")


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE minutes (line TEXT)")


def other_application(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 7")


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("opening", ALL)
@pytest.mark.parametrize("make", [text_file, other_database, other_application, folder])
def test_something_else_is_unreadable_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], opening: Opening
) -> None:
    path = tmp_path / "something"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(LedgerUnreadable, match="something"):
        opening(path)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [one.name for one in tmp_path.iterdir()] == ["something"]


@pytest.mark.parametrize("opening", READERS)
def test_readers_do_not_make_a_ledger(tmp_path: Path, opening: Opening) -> None:
    with pytest.raises(LedgerMissing, match="no ledger at"):
        opening(tmp_path / "none.ledger")
    (tmp_path / "empty.ledger").touch()
    with pytest.raises(LedgerMissing, match="is empty"):
        opening(tmp_path / "empty.ledger")
    assert [one.name for one in tmp_path.iterdir()] == ["empty.ledger"]


def test_a_writer_makes_a_ledger_of_nothing_and_of_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.ledger").touch()
    for name in ("empty.ledger", "new one #1?.ledger"):
        with Writer(tmp_path / name):
            pass
        assert verify(tmp_path / name).holds
        with View(str(tmp_path / name)) as view:
            assert view.head() == "0" * 64
            assert view.totals().inputs == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["empty.ledger", "new one #1?.ledger"]


def test_a_writer_needs_the_folder(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnwritable, match="create it first"):
        Writer(tmp_path / "none" / "one.ledger")


@pytest.mark.parametrize("opening", ALL)
@pytest.mark.parametrize(("version", "advice"), [(VERSION + 1, "newer onrecord"), (0, "again into a new ledger")])
def test_another_version_is_named(tmp_path: Path, opening: Opening, version: int, advice: str) -> None:
    path = tmp_path / "one.ledger"
    record(path, range(1))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = ?", [str(version)])
        connection.commit()
    with pytest.raises(LedgerVersion, match=f"schema {version}.*schema {VERSION}.*{advice}"):
        opening(path)


@pytest.mark.parametrize("opening", ALL)
def test_a_ledger_without_its_tables_is_unreadable(tmp_path: Path, opening: Opening) -> None:
    path = tmp_path / "one.ledger"
    record(path, range(1))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE meta")
    with pytest.raises(LedgerUnreadable):
        opening(path)


def test_a_locked_ledger_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "one.ledger"
    record(path, range(1))
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy):
            rebuild_search(path, Settings(busy_timeout=0.01))
        with View(path) as view:  # a reader does not mind
            assert view.totals().reports == 1


def test_a_lost_table_is_a_ledger_error_for_a_view(tmp_path: Path) -> None:
    path = tmp_path / "one.ledger"
    record(path, range(1))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE input")
    with View(path) as view, pytest.raises(LedgerError, match="verify"):
        view.totals()
    assert any("broke off" in fault.problem for fault in verify(path).faults)


def test_every_table_is_strict(tmp_path: Path) -> None:
    path = tmp_path / "one.ledger"
    record(path, range(1))
    with closing(sqlite3.connect(path)) as connection:
        strict = {name for _, name, _, _, _, is_strict in connection.execute("PRAGMA table_list") if is_strict}
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert strict == set(metadata.tables)
