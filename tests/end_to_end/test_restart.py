"""Killed at any moment and started again, a run ends with the digest of an undisturbed one.

The child process kills itself with SIGKILL: while the n-th report is read, right before the n-th commit, or right
after it. Nothing of Python's runs after that, so this is a power cut as far as the program can tell.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.ledger.verify import verify

CHILD = """
import os, signal, sys
from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Kind, ReaderIdentity, Statement, statement_id
from onrecord.ledger.writer import Writer
from onrecord.pipeline import Tally, record, tallied
from onrecord.settings import Settings
from onrecord.sources import gather

folder, ledger, moment, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
seen = {"reading": 0, "before": 0, "after": 0}

def reached(name):
    seen[name] += 1
    if moment == name and seen[name] == count:
        os.kill(os.getpid(), signal.SIGKILL)

class SentenceReader:
    identity = ReaderIdentity("sentences", "1", None)
    def read_report(self, report):
        reached("reading")
        at = report.text.index("said that")
        content = (Span(at + 5, len(report.text)),)
        return [Statement(statement_id(report.id, report.text, (), (), content), report.id, (), (), content,
                          Kind.INDIRECT, UNNAMED, 0.5)]

class Dying(Writer):
    def commit(self):
        reached("before")
        super().commit()
        reached("after")

tally = Tally()
with Dying(ledger, Settings(commit_every=3)) as writer:
    for _ in tallied(record(gather([folder], Settings()), SentenceReader(), writer), tally):
        pass
print(tally)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty reports, a copy of one of them, and two that cannot be read."""
    path = tmp_path_factory.mktemp("reports")
    rows = [
        {"id": f"r{n}", "outlet": "Wire", "text": f"The mayor of town {n} said that the bridge would stay closed."}
        for n in range(20)
    ]
    (path / "a.jsonl").write_text("\n".join(map(json.dumps, [*rows[:12], {**rows[3], "id": "copy"}])), encoding="utf-8")
    (path / "b.jsonl").write_text("\n".join([*map(json.dumps, rows[12:]), "{broken"]), encoding="utf-8")
    (path / "empty.txt").write_bytes(b"")
    return path


def run(folder: Path, ledger: Path, moment: str, count: int) -> int:
    command = [sys.executable, "-c", CHILD, str(folder), str(ledger), moment, str(count)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    ledger = tmp_path_factory.mktemp("ledger") / "whole.ledger"
    assert run(folder, ledger, "never", 0) == 0
    checked = verify(ledger)
    assert not checked.faults
    assert checked.checked["input"] == 23
    assert checked.checked["statement"] == 20
    return checked.digest


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        ("reading", 1),
        ("reading", 5),
        ("reading", 20),
        ("before", 1),
        ("before", 4),
        ("after", 1),
        ("after", 3),
        ("after", 7),
    ],
)
def test_a_killed_run_goes_on_to_the_same_record(
    folder: Path, undisturbed: str, tmp_path: Path, moment: str, count: int
) -> None:
    ledger = tmp_path / "broken.ledger"
    assert run(folder, ledger, moment, count) == -9
    if ledger.exists() and moment != "reading":
        assert not verify(ledger).faults
    # Killed once more on the way, at another place.
    run(folder, ledger, "reading", 4)
    assert run(folder, ledger, "never", 0) == 0
    checked = verify(ledger)
    assert not checked.faults
    assert checked.digest == undisturbed


def test_a_second_run_adds_nothing(folder: Path, undisturbed: str, tmp_path: Path) -> None:
    ledger = tmp_path / "twice.ledger"
    assert run(folder, ledger, "never", 0) == 0
    head = verify(ledger).head
    assert run(folder, ledger, "never", 0) == 0
    again = verify(ledger)
    assert (again.head, again.digest) == (head, undisturbed)
