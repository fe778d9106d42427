"""A process that is killed, or cannot write, leaves a ledger that opens, verifies and goes on to the same digest."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from onrecord.domain.reports import Input
from onrecord.domain.statements import ReaderIdentity, Statement
from onrecord.errors import LedgerBusy, LedgerMissing, LedgerUnwritable, OnrecordError
from onrecord.ledger.index import rebuild_search
from onrecord.ledger.verify import verify
from onrecord.ledger.view import View
from onrecord.ledger.writer import Writer
from onrecord.settings import Settings
from tests.ledger.material import READER, invented, record, skipped

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

INPUTS = range(6)
STEPS = st.sampled_from(["before_cursor_execute", "after_cursor_execute"])
EXAMPLE = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("whole") / "whole.ledger"
    read_all(path)
    with View(path) as view:
        return view.digest()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    return tmp_path_factory.mktemp


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user can get to."""
    path = Path(tempfile.mkdtemp(prefix="ledger-"))
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


def read_all(path: Path, commit_every: int = 2) -> None:
    """What the pipeline does: skips what is known, records the rest."""
    with Writer(path, Settings(commit_every=commit_every)) as writer:
        for number in INPUTS:
            given, statements = invented(number)
            assert given.report is not None
            if writer.knows(given):
                continue
            if writer.is_read(given.report.id, READER):
                writer.record_duplicate(given)
            else:
                writer.record_read(given, READER, statements)
        writer.record_skipped(skipped(1))


def reading(number: int) -> tuple[Input, ReaderIdentity, tuple[Statement, ...]]:
    given, statements = invented(number)
    return given, READER, statements


def in_a_child(work: Callable[[], object]) -> int:
    """Runs work in a process of its own; returns its exit status, or minus the signal that ended it.

    The status is 0, or 1 for LedgerUnwritable, 2 for another error of onrecord, 3 for anything else.
    """
    child = os.fork()
    if child == 0:
        status = 3
        try:
            work()
            status = 0
        except LedgerUnwritable:
            status = 1
        except OnrecordError:
            status = 2
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_at(path: Path, point: int, name: str) -> int:
    """Reads all inputs in a child that dies before its `point`-th event of this name on any engine."""

    def work() -> None:
        left = iter(range(point))

        def count(*_: object) -> None:
            if next(left, None) is None:
                die()

        event.listen(Engine, name, count)
        read_all(path)

    return in_a_child(work)


@EXAMPLE
@given(point=st.integers(0, 90), name=STEPS)
def test_killed_between_any_two_steps(folders: Callable[[str], Path], digest: str, point: int, name: str) -> None:
    path = folders("killed") / "one.ledger"
    Writer(path).close()
    assert killed_at(path, point, name) in (-signal.SIGKILL, 0)
    assert verify(path).faults == ()
    read_all(path)
    found = verify(path)
    assert (found.faults, found.digest) == ((), digest)


@settings(EXAMPLE, max_examples=8)
@given(point=st.integers(0, 60), name=STEPS)
def test_killed_while_the_ledger_is_made(folders: Callable[[str], Path], digest: str, point: int, name: str) -> None:
    path = folders("made") / "one.ledger"
    assert killed_at(path, point, name) == -signal.SIGKILL
    with suppress(LedgerMissing):  # there is nothing yet
        assert verify(path).faults == ()
    read_all(path)
    found = verify(path)
    assert (found.faults, found.digest) == ((), digest)


@pytest.mark.parametrize("commits", range(4))
def test_killed_before_a_commit(tmp_path: Path, digest: str, commits: int) -> None:
    path = tmp_path / "one.ledger"
    Writer(path).close()
    assert killed_at(path, commits, "commit") == -signal.SIGKILL
    found = verify(path)
    assert found.faults == ()
    assert found.checked["input"] == 2 * commits
    read_all(path)
    assert verify(path).digest == digest


@EXAMPLE
@given(data=st.data())
def test_killed_while_the_log_is_written_into_the_file(folders: Callable[[str], Path], data: st.DataObject) -> None:
    """At that moment some pages are in the file and all of them still in the log: any set of pages must do."""
    folder = folders("checkpoint")
    path, copy = folder / "one.ledger", folder / "copy.ledger"
    record(path, range(1))
    with closing(sqlite3.connect(path)) as holding:
        holding.execute("SELECT count(*) FROM entry").fetchone()
        read_all(path)
        before = path.read_bytes()
        (folder / "copy.ledger-wal").write_bytes((folder / "one.ledger-wal").read_bytes())
    after, size = path.read_bytes(), 4096
    pages = max(len(before), len(after)) // size
    done = data.draw(st.sets(st.integers(0, pages - 1)))
    assert before != after
    mixed = bytearray(before.ljust(len(after), b"\0"))
    for page in done:
        mixed[page * size : (page + 1) * size] = after[page * size : (page + 1) * size]
    copy.write_bytes(mixed)
    assert verify(copy).faults == ()
    with View(path) as expected, View(copy) as view:
        assert view.head() == expected.head()


def test_three_writers_at_once_make_and_fill_one_ledger(tmp_path: Path, digest: str) -> None:
    path = tmp_path / "shared.ledger"
    children = []
    for commit_every in (1, 2, 3):
        child = os.fork()
        if child == 0:
            try:
                read_all(path, commit_every)
                os._exit(0)
            finally:
                os._exit(3)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
    found = verify(path)
    assert (found.faults, found.digest) == ((), digest)


def test_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "full.ledger"
    record(path, range(2))
    before = verify(path)

    def work() -> None:
        with Writer(path) as writer:
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20_000, resource.RLIM_INFINITY))
            for number in range(2, 400):
                writer.record_read(*reading(number))

    assert in_a_child(work) == 1
    found = verify(path, expect_head=before.head)
    assert found.faults == ()
    assert found.checked["input"] >= before.checked["input"]
    read_all(path)
    assert verify(path).holds


def test_after_a_failed_commit_all_still_waits(tmp_path: Path) -> None:
    path = tmp_path / "busy.ledger"
    with Writer(path, Settings(busy_timeout=0.02)) as writer, closing(sqlite3.connect(path)) as other:
        writer.record_read(*reading(1))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy, match="another process"):
            writer.commit()
        other.execute("ROLLBACK")
        assert writer.counts.read == 0
        writer.commit()
        assert writer.counts.read == 1
    assert verify(path).checked["report"] == 1


def test_another_users_folder_is_read_but_not_written(folder: Path) -> None:
    path = folder / "one.ledger"
    record(path, range(2))
    with View(path) as view:
        digest = view.digest()
    path.chmod(0o444)
    folder.chmod(0o555)

    def unprivileged(work: Callable[[], object]) -> Callable[[], object]:
        def run() -> object:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            return work()

        return run

    def look() -> None:
        with View(path) as view:
            if view.digest() != digest or len(list(view.statements())) != 8:
                os._exit(4)
        if not verify(path).holds:
            os._exit(5)

    assert in_a_child(unprivileged(look)) == 0
    assert in_a_child(unprivileged(lambda: read_all(path))) == 1
    assert in_a_child(unprivileged(lambda: rebuild_search(path))) == 1
    assert in_a_child(unprivileged(lambda: Writer(folder / "new.ledger"))) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
