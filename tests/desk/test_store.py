"""The file of a desk: made for its owner alone, refused in words when it is none, and never changed where it only grows."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from onrecord.desk import Desk
from onrecord.desk.audit import LONGEST, Hand, count_deeds, deeds, noted
from onrecord.desk.people import count_let_in, members
from onrecord.desk.store import desk_path
from onrecord.errors import DeskError
from tests.desk.invented import HAND, PASSWORDS, Clock


def test_only_its_owner_reads_it(desk: Desk) -> None:
    for path in desk.path.parent.glob(desk.path.name + "*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_no_password_stands_in_it(desk: Desk) -> None:
    with sqlite3.connect(desk.path) as opened:
        dump = "\n".join(opened.iterdump())
    opened.close()
    assert dump.count("$argon2id$") == len(PASSWORDS)
    assert not any(password in dump for password in PASSWORDS.values())


def test_what_is_kept_is_there_when_it_is_opened_again(desk: Desk, ledger: Path) -> None:
    with Desk(ledger) as again:
        assert again.key == desk.key
        assert len(again.key) == 32
        assert members(again) == members(desk)


def test_each_desk_has_a_secret_of_its_own(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.ledger"
    other.touch()
    with Desk(other, create=True) as made:
        assert made.key != desk.key
        assert count_let_in(made) == 0


def test_without_a_desk_the_command_is_told(ledger: Path) -> None:
    with pytest.raises(DeskError, match="onrecord people add"):
        Desk(ledger)
    assert not desk_path(ledger).exists()


def test_a_name_mistyped_makes_no_desk(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="there is no ledger"):
        Desk(tmp_path / "nwes.ledger", create=True)
    assert not list(tmp_path.iterdir())


def sql(*statements: str) -> bytes:
    opened = sqlite3.connect(":memory:")
    for statement in statements:
        opened.execute(statement)
    opened.commit()
    written = opened.serialize()
    opened.close()
    return written


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"not a database " * 100, "no desk"),
        (sql("CREATE TABLE x (y)"), "no desk of onrecord"),
        (
            sql(
                "PRAGMA application_id = 1869509220",
                "CREATE TABLE meta (key, value)",
                "INSERT INTO meta VALUES ('schema', '99')",
            ),
            "schema 99",
        ),
    ],
)
def test_what_is_no_desk_is_refused_in_words(ledger: Path, content: bytes, told: str) -> None:
    desk_path(ledger).write_bytes(content)
    with pytest.raises(DeskError, match=told):
        Desk(ledger)
    assert desk_path(ledger).read_bytes() == content


def test_a_folder_is_no_desk(ledger: Path) -> None:
    desk_path(ledger).mkdir()
    with pytest.raises(DeskError, match="no file"):
        Desk(ledger, create=True)


def test_the_log_is_only_appended(desk: Desk) -> None:
    noted(desk, HAND, "opened the window")
    opened = sqlite3.connect(desk.path)
    for change in ("UPDATE audit SET who = 'x'", "DELETE FROM audit"):
        with pytest.raises(sqlite3.IntegrityError, match="only appended"):
            opened.execute(change)
    opened.close()
    newest = deeds(desk, limit=1)[0]
    assert (newest.who, newest.what, newest.address, newest.outcome) == (
        "the tests",
        "opened the window",
        HAND.address,
        "done",
    )


def test_the_log_takes_what_strangers_write(desk: Desk) -> None:
    before = count_deeds(desk)
    noted(desk, Hand("x" * 10_000, "\ud800"), "'); DROP TABLE audit; --\x00", "\n")
    assert count_deeds(desk) == before + 1
    assert len(deeds(desk, limit=1)[0].who) == LONGEST


def test_the_newest_row_comes_first_and_all_are_listed_once(desk: Desk) -> None:
    whole = deeds(desk, limit=100)
    parts = [row for offset in range(len(whole)) for row in deeds(desk, limit=1, offset=offset)]
    assert parts == whole
    assert len(whole) == count_deeds(desk)


def test_two_that_make_one_desk_at_once_get_one(ledger: Path) -> None:
    made: list[Desk] = []
    together = threading.Barrier(4)

    def make() -> None:
        together.wait()
        made.append(Desk(ledger, create=True))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.key for one in made}) == 1
    assert len(made) == 4
    for one in made:
        one.close()


def test_a_copy_taken_while_it_is_in_use_is_whole(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "news.ledger"
    copy.touch()
    source, target = sqlite3.connect(desk.path), sqlite3.connect(desk_path(copy))
    source.backup(target)
    source.close()
    target.close()
    with Desk(copy, clock=clock) as restored:
        assert members(restored) == members(desk)
    shutil.rmtree(copy.parent)
