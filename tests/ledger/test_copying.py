"""A ledger that was copied to another place is the same record, derived tables and all; a copy that was killed goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from onrecord.errors import LedgerError, LedgerMissing
from onrecord.ledger import copying, databases, fulltext
from onrecord.ledger.copying import DERIVED, copy
from onrecord.ledger.linked_schema import actor
from onrecord.ledger.schema import CHAINED, entry
from onrecord.ledger.verify import verify
from onrecord.ledger.view import View
from onrecord.places import Place
from onrecord.settings import Settings
from tests.databases import NewPlace
from tests.ledger.material import record
from tests.publishing.weighed.example import briefed_ledger


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return briefed_ledger(tmp_path_factory.mktemp("copied"))


def everything(place: Place) -> dict[str, list[Any]]:
    """Every row of every table, and the order in which actors came."""
    engine = databases.opened(place, Settings(), "read")
    try:
        with engine.connect() as connection:
            found: dict[str, list[Any]] = {
                table.name: sorted(map(repr, connection.execute(select(table)).all()))
                for table in (entry, *CHAINED.values(), *DERIVED)
            }
            found["came"] = list(connection.execute(select(actor.c.id).order_by(fulltext.place_of(actor))).scalars())
            return found
    finally:
        engine.dispose()


def test_a_ledger_is_copied_there_and_back(whole: Path, place: NewPlace, tmp_path: Path) -> None:
    there, back = place(), tmp_path / "back.ledger"
    before = verify(whole)
    steps: list[tuple[int, int]] = []
    done = copy(whole, there, progress=lambda *step: steps.append(step))
    assert (done.entries, done.length) == (before.checked["entry"], before.checked["entry"])
    assert (done.digest, done.head) == (before.digest, before.head)
    assert verify(there) == before
    assert everything(there) == everything(whole)
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]
    copy(there, back)
    assert verify(back) == before
    assert everything(back) == everything(whole)


@pytest.mark.parametrize("killed_at", [0, 1, 3, "derived"])
def test_a_copy_that_is_killed_goes_on(
    whole: Path, place: NewPlace, killed_at: int | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_ENTRIES", 90)
    there = place()

    class Killed(BaseException):
        pass

    left = iter(range(killed_at)) if isinstance(killed_at, int) else iter(())

    def step(*arguments: Any) -> Any:
        if next(left, None) is None:
            raise Killed
        return record_copied(*arguments)

    record_copied = copying._Copy._record_copied
    with monkeypatch.context() as patched:
        patched.setattr(copying._Copy, "_derived_copied" if killed_at == "derived" else "_record_copied", step)
        with pytest.raises(Killed):
            copy(whole, there)
    partly = verify(there)
    assert {fault.kind for fault in partly.faults} <= {"search"}, "the record itself is whole as far as it goes"
    rest = copy(whole, there)
    assert rest.entries + partly.checked["entry"] == rest.length
    assert everything(there) == everything(whole)
    assert verify(there) == verify(whole)


def test_what_has_come_since_is_added(place: NewPlace, tmp_path: Path) -> None:
    one, other = tmp_path / "one.ledger", place()
    record(one, range(4))
    copy(one, other)
    record(one, range(9))
    assert copy(one, other).entries > 0
    assert copy(one, other).entries == 0
    assert everything(other) == everything(one)
    with View(one) as ours, View(other) as theirs:
        assert list(ours.statements()) == list(theirs.statements())


def test_another_record_is_not_written_over(place: NewPlace, tmp_path: Path) -> None:
    one, other = tmp_path / "one.ledger", place()
    record(one, range(4))
    record(other, range(2, 6))
    before = verify(other)
    with pytest.raises(LedgerError, match="holds what"):
        copy(one, other)
    assert verify(other) == before
    with pytest.raises(LedgerError, match="onto itself"):
        copy(one, one)
    with pytest.raises(LedgerMissing):
        copy(tmp_path / "nothing.ledger", other)


def test_a_longer_record_is_not_cut(place: NewPlace, tmp_path: Path) -> None:
    one, longer = place(), tmp_path / "longer.ledger"
    record(one, range(3))
    copy(one, longer)
    record(longer, range(5))
    with pytest.raises(LedgerError, match="holds what"):
        copy(one, longer)
