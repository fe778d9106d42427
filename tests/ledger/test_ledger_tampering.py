"""Whatever is changed, put in, taken out or moved in a ledger, a verification finds it and names it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.domain.ids import sha256
from onrecord.errors import LedgerError, NotOnRecord
from onrecord.ledger.rows import body, entry_hash
from onrecord.ledger.schema import CHAINED, entry
from onrecord.ledger.verify import MAX_FAULTS, Fault, Verification, verify
from onrecord.ledger.view import View
from onrecord.ledger.writer import Writer
from tests.ledger.material import START, Clock, briefed, judged, record

TABLES = {"entry": entry, **CHAINED}
COLUMNS = [(name, column.name) for name, table in TABLES.items() for column in table.columns]
EMPTIED = [(name, column.name) for name, table in TABLES.items() for column in table.columns if column.nullable]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "whole.ledger"
    record(path, range(6))
    with Writer(path, clock=Clock(START + timedelta(days=9)), recorded_by="test 1.0") as writer:
        for number in range(3):
            writer.record_judgement(judged(number))
            writer.record_brief(briefed(number))
    return path


@contextmanager
def forger(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of somebody who may do everything to the file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        yield connection
        connection.commit()


def middle(connection: sqlite3.Connection, table: str, where: str = "1") -> tuple[int, str]:
    """The number and the id of a row that has others before and behind it."""
    rows = connection.execute(f'SELECT seq, id FROM "{table}" WHERE {where} ORDER BY seq').fetchall()
    seq, id_ = rows[len(rows) // 2]
    return int(seq), str(id_)


def named(found: Verification, kind: str, seq: int, id_: str) -> list[Fault]:
    return [fault for fault in found.faults if fault.kind == kind and (fault.seq == seq or fault.id == id_)]


def test_an_untouched_ledger_holds(whole: Path) -> None:
    found = verify(whole)
    assert found.faults == ()
    assert found.holds
    rows = {"capture": 7, "report": 6, "reading": 6, "statement": 24, "input": 8, "judgement": 3, "brief": 3}
    assert found.checked == {"entry": 57, **rows}
    with View(whole) as view:
        assert (found.digest, found.head) == (view.digest(), view.head())


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_named(copied: Path, table: str, column: str) -> None:
    with forger(copied) as connection:
        seq, id_ = middle(connection, table)
        (value,) = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE seq = ?', [seq]).fetchone()
        match value:
            case bytes():
                changed: object = value[:-1] + bytes([value[-1] ^ 1])
            case int():
                changed = value + 1_000_000
            case float():
                changed = value / 2
            case None:
                changed = "x"
            case _:
                changed = f"{value}x"
        connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE seq = ?', [changed, seq])
    assert named(verify(copied), table, seq, id_)


@pytest.mark.parametrize(("table", "column"), EMPTIED)
def test_a_value_made_null_is_named(copied: Path, table: str, column: str) -> None:
    with forger(copied) as connection:
        seq, id_ = middle(connection, table, f'"{column}" IS NOT NULL')
        connection.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE seq = ?', [seq])
    assert named(verify(copied), table, seq, id_)


@pytest.mark.parametrize("table", TABLES)
def test_a_removed_row_is_named(copied: Path, table: str) -> None:
    with forger(copied) as connection:
        seq, id_ = middle(connection, table)
        connection.execute(f'DELETE FROM "{table}" WHERE seq = ?', [seq])
    assert named(verify(copied), table, seq, id_)


@pytest.mark.parametrize("table", CHAINED)
def test_a_row_removed_with_its_entry_is_named(copied: Path, table: str) -> None:
    with forger(copied) as connection:
        seq, _ = middle(connection, table)
        connection.execute(f'DELETE FROM "{table}" WHERE seq = ?', [seq])
        connection.execute("DELETE FROM entry WHERE seq = ?", [seq])
    assert Fault("entry", None, seq, f"entry {seq} is missing") in verify(copied).faults


@pytest.mark.parametrize("table", CHAINED)
def test_a_row_put_in_is_named(copied: Path, table: str) -> None:
    with forger(copied) as connection:
        seq, _ = middle(connection, table)
        columns = [column.name for column in CHAINED[table].columns][2:]
        copy = ", ".join(f'"{column}"' for column in columns)
        connection.execute(
            f'INSERT INTO "{table}" (seq, id, {copy}) SELECT 900, \'forged\', {copy} FROM "{table}" WHERE seq = ?',
            [seq],
        )
    assert named(verify(copied), table, 900, "forged")


@pytest.mark.parametrize("seq", [900, 0, -4])
def test_an_entry_put_in_is_named(copied: Path, seq: int) -> None:
    with forger(copied) as connection:
        connection.execute(
            "INSERT INTO entry SELECT ?, kind, 'forged', body, previous, hash, recorded, recorded_by "
            "FROM entry WHERE seq = 3",
            [seq],
        )
    assert named(verify(copied), "entry", seq, "forged")


@pytest.mark.parametrize("table", TABLES)
def test_rows_in_each_others_place_are_named(copied: Path, table: str) -> None:
    with forger(copied) as connection:
        rows = connection.execute(f'SELECT seq, id FROM "{table}" ORDER BY seq LIMIT 2').fetchall()
        (one, first), (other, second) = rows
        for old, new in ((one, -1), (other, one), (-1, other)):
            connection.execute(f'UPDATE "{table}" SET seq = ? WHERE seq = ?', [new, old])
    found = verify(copied)
    assert named(found, table, one, second)
    assert named(found, table, other, first)


def test_statements_with_exchanged_words_are_named(copied: Path) -> None:
    with forger(copied) as connection:
        (one, words), (other, more) = connection.execute("SELECT seq, content FROM statement LIMIT 2").fetchall()
        connection.execute("UPDATE statement SET content = ? WHERE seq = ?", [more, one])
        connection.execute("UPDATE statement SET content = ? WHERE seq = ?", [words, other])
    assert {fault.seq for fault in verify(copied).faults if fault.kind == "statement"} == {one, other}


def test_the_newest_rows_taken_off_are_found_by_a_remembered_head_or_digest(copied: Path) -> None:
    with View(copied) as view:
        head, digest = view.head(), view.digest()
    with forger(copied) as connection:
        (seq,) = connection.execute("SELECT max(seq) FROM entry").fetchone()
        for table in ("brief", "entry"):
            connection.execute(f"DELETE FROM {table} WHERE seq = ?", [seq])
    assert verify(copied).holds
    assert [fault.kind for fault in verify(copied, expect_head=head).faults] == ["entry"]
    assert "removed" in verify(copied, expect_head=head).faults[0].problem
    assert digest in verify(copied, expect_digest=digest).faults[0].problem


def test_an_earlier_head_is_still_in_the_chain(tmp_path: Path) -> None:
    path = tmp_path / "grows.ledger"
    record(path, range(2))
    with View(path) as view:
        head, digest = view.head(), view.digest()
    assert verify(path, expect_head=head, expect_digest=digest).holds
    record(path, range(2, 4))
    assert verify(path, expect_head=head).holds
    assert not verify(path, expect_digest=digest).holds


def test_a_record_written_anew_with_other_words_is_found_by_its_meaning(copied: Path) -> None:
    """Somebody who makes all the hashes again still cannot make a span say what its report does not."""
    with forger(copied) as connection:
        connection.row_factory = sqlite3.Row
        seq, id_ = middle(connection, "statement", "kind = 'direct'")
        (content,) = connection.execute("SELECT content FROM statement WHERE seq = ?", [seq]).fetchone()
        forged = content.replace("lorries", "coaches", 1)
        assert forged != content
        connection.execute("UPDATE statement SET content = ? WHERE seq = ?", [forged, seq])
        changed = dict(connection.execute("SELECT * FROM statement WHERE seq = ?", [seq]).fetchone())
        previous = None
        for row in map(dict, connection.execute("SELECT * FROM entry WHERE seq >= ? ORDER BY seq", [seq]).fetchall()):
            if row["seq"] == seq:
                row["body"] = body(CHAINED["statement"], changed)
            row["previous"] = previous or row["previous"]
            previous = row["hash"] = entry_hash(row)
            connection.execute(
                "UPDATE entry SET body = :body, previous = :previous, hash = :hash WHERE seq = :seq", row
            )
    (fault,) = verify(copied).faults
    assert (fault.kind, fault.seq, fault.id) == ("statement", seq, id_)
    assert "does not stand at" in fault.problem


@pytest.mark.parametrize(
    "damage", ["DELETE FROM statement_search_docsize", "DROP TABLE statement_search", "DROP TABLE report_search"]
)
def test_a_damaged_search_index_is_named_with_what_to_do(copied: Path, damage: str) -> None:
    with forger(copied) as connection:
        connection.execute(damage)
    (fault,) = verify(copied).faults
    assert fault.kind == "search"
    assert "onrecord reindex" in fault.problem


def test_many_faults_are_cut_with_a_note(copied: Path) -> None:
    with forger(copied) as connection:
        connection.executemany(
            "INSERT INTO entry VALUES (?, 'none', ?, '', '', '', '', '')", ((n, str(n)) for n in range(60, 800))
        )
    found = verify(copied)
    assert len(found.faults) == MAX_FAULTS + 1
    assert "more faults" in found.faults[-1].problem


def test_the_database_itself_refuses_changes(copied: Path) -> None:
    with closing(sqlite3.connect(copied)) as connection:
        for table in TABLES:
            for change in (f'DELETE FROM "{table}"', f'UPDATE "{table}" SET id = id'):
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    connection.execute(change)


def test_text_that_is_not_utf_8_is_a_fault(copied: Path) -> None:
    with forger(copied) as connection:
        seq, id_ = middle(connection, "report")
        connection.execute("UPDATE report SET author = CAST(x'ff41' AS TEXT) WHERE seq = ?", [seq])
    assert named(verify(copied), "report", seq, id_)
    with View(copied) as view, pytest.raises(LedgerError):
        view.report(id_)


def test_progress_ends_at_the_number_of_rows(whole: Path) -> None:
    seen: list[tuple[int, int]] = []
    found = verify(whole, progress=lambda done, rows: seen.append((done, rows)))
    total = sum(found.checked.values())
    assert seen[-1] == (total, total)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_byte_is_found_or_harmless(whole: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(whole.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path / f"{sha256(bytes(content))}.ledger"
    path.write_bytes(content)
    try:
        found = verify(path)
    except LedgerError:
        return  # it can no longer be opened as a ledger
    if found.holds:
        with View(path) as view, View(whole) as before:
            assert view.digest() == before.digest()
            assert list(view.statements()) == list(before.statements())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_view_of_a_damaged_file_raises_only_ledger_errors(whole: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(whole.read_bytes())
    at = data.draw(st.integers(0, len(content) - 16))
    content[at : at + 16] = data.draw(st.binary(min_size=16, max_size=16))
    path = tmp_path / f"{sha256(bytes(content))}.ledger"
    path.write_bytes(content)
    calls: tuple[Callable[[View], object], ...] = (
        lambda view: view.totals(),
        lambda view: list(view.statements()),
        lambda view: view.reports(text="bridge", speaker="Märtz"),
        lambda view: view.report("3.html"),
        lambda view: view.speakers(),
        lambda view: view.inputs(),
        lambda view: view.digest(),
    )
    try:
        view = View(path)
    except LedgerError:
        return
    with view:
        for call in calls:
            with suppress(LedgerError, NotOnRecord):
                call(view)
