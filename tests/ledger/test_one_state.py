"""What is asked on one occasion sees one state of the record, whoever writes meanwhile."""

from __future__ import annotations

import os
import threading
from contextvars import copy_context
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerUnreadable
from onrecord.ledger.chain import last_at
from onrecord.ledger.rows import time_text
from onrecord.ledger.view import View
from tests.databases import NewPlace
from tests.ledger.material import START, put


def test_nothing_that_is_written_meanwhile_is_seen(place: NewPlace) -> None:
    path = place()
    put(path, 0, 1)
    with View(path) as view:
        before = view.head(), view.touched(), view.totals(), view.digest()
        with view.one_state():
            assert view.head() == before[0]
            put(path, 2, later=1)
            assert (view.head(), view.touched(), view.totals(), view.digest()) == before
            assert len(list(view.statements())) == before[2].statements
        after = view.head(), view.touched(), view.totals(), view.digest()
        assert all(one != other for one, other in zip(before, after, strict=True))


def test_what_a_state_is_told_by_was_so_before_it(tmp_path: Path) -> None:
    """A program that is told a newer mark with older rows would never ask for the newer ones."""
    path = tmp_path / "some.ledger"
    put(path, 0)
    with View(path) as view, view.one_state():
        old = view.totals()
        put(path, 1, later=1)
        mark = view.touched()
        assert view.totals() == old
    with View(path) as view:
        assert view.touched() != mark


def test_others_see_what_is_there_meanwhile(place: NewPlace) -> None:
    path = place()
    put(path, 0)
    seen: dict[str, str] = {}
    with View(path) as view, View(path) as another:

        def look(name: str) -> None:
            seen[name] = view.head()

        with view.one_state():
            old = view.head()
            put(path, 1, later=1)
            here = copy_context()
            threads = [
                threading.Thread(target=look, args=("from elsewhere",)),
                threading.Thread(target=here.run, args=(look, "from here")),
            ]
            for one in threads:
                one.start()
                one.join()
            new = another.head()
        assert seen == {"from elsewhere": new, "from here": old}
        assert view.head() == new != old


def test_a_question_that_fails_is_not_the_last(place: NewPlace) -> None:
    path = place()
    put(path, 0)
    with View(path) as view, view.one_state() as state:
        with pytest.raises(DBAPIError), state.asking() as connection:
            connection.execute(text("SELECT nothing FROM nowhere"))
        assert view.totals().reports == 1
        with pytest.raises(LedgerUnreadable), view._reading() as connection:
            connection.execute(text("SELECT nothing FROM nowhere"))
        assert view.totals().reports == 1


def test_no_connection_is_kept_where_the_file_may_change_under_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "of_others.ledger"
    put(path, 0)
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda *_args, **_more: False)
        view = View(path)
    with view, view.one_state():
        old = view.head()
        put(path, 1, later=1)
        assert view.head() != old


def test_the_newest_entry_of_a_time_is_found_among_any_number(place: NewPlace) -> None:
    path = place()
    put(path, *range(20))
    with View(path) as view, view._reading() as connection:
        recorded = [
            row.recorded for row in connection.execute(text("SELECT recorded FROM entry ORDER BY seq")).mappings()
        ]
        assert len(recorded) > 128
        for minute in range(-1, 23):
            moment = START + timedelta(minutes=minute, seconds=0 if minute % 2 else 30)
            assert last_at(connection, moment) == sum(one <= time_text(moment) for one in recorded), moment
