"""A large record beside a small one that is run again until the large one is through."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bench.databases.growth import measure


def ledger(path: Path, statements: int) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE statement (id INTEGER)")
        connection.executemany("INSERT INTO statement VALUES (?)", [(one,) for one in range(statements)])
        connection.commit()
    return path


def test_the_small_record_is_run_until_the_large_one_is_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small, large = ledger(tmp_path / "small.ledger", 10), ledger(tmp_path / "large.ledger", 100)
    thrice = threading.Event()
    found = []

    def measured(stage: str, given: Path, place: str) -> dict[str, float]:
        if given == large:
            assert thrice.wait(60)
            return {"cpu": 30.0, "memory": 7.0}
        assert not Path(place).exists(), "each loading is into a new place"
        Path(place).touch()
        found.append(place)
        if len(found) == 3:
            thrice.set()
        return {"cpu": 2.0, "memory": 5.0}

    measure(small, large, tmp_path, ["load"], measured)
    line = capsys.readouterr().out.splitlines()[1]
    assert len(found) >= 3
    # 30 s for 100 statements, and 2 s for 10.
    told = ["load", "100", "30.0", "10", "2.0", f"({len(found)}:", "2.0", "to", "2.0)", "1.50", "5,", "7"]
    assert line.split() == told
    assert sorted(one.name for one in tmp_path.iterdir()) == ["large.ledger", "small.ledger"]
