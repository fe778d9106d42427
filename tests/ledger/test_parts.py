"""Many rows at a time: more values than one question holds are asked for, and taken out, each once."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from onrecord.ledger import databases
from onrecord.ledger.linked_schema import state
from onrecord.ledger.parts import IN_ONE_QUESTION, put_in, rows_with, take_out
from onrecord.ledger.writer import Writer
from onrecord.settings import Settings

KEYS = [f"{number:05}" for number in range(2 * IN_ONE_QUESTION + 3)]


@pytest.mark.parametrize("wanted", [[], KEYS[:1], KEYS[:IN_ONE_QUESTION], [*KEYS, *KEYS], [*KEYS[::2], "not there"]])
def test_rows_are_found_and_taken_out_once_each(tmp_path: Path, wanted: list[str]) -> None:
    path = tmp_path / "one.ledger"
    Writer(path).close()
    engine = databases.opened(path, Settings(), "write")
    there = sorted(set(wanted) & set(KEYS))
    with engine.begin() as connection:
        put_in(connection, state, [{"key": key, "value": "x"} for key in KEYS])
        put_in(connection, state, [])
        query = select(state).where(state.c.value == "x")
        assert [row["key"] for row in rows_with(connection, query, state.c.key, wanted)] == there
        take_out(connection, state, state.c.key, wanted, state.c.value == "y")
        assert connection.execute(select(func.count()).select_from(state)).scalar_one() == len(KEYS)
        take_out(connection, state, state.c.key, wanted)
        assert connection.execute(select(func.count()).select_from(state)).scalar_one() == len(KEYS) - len(there)
    engine.dispose()
