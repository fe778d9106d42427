"""`onrecord copy`, and commands on a ledger in PostgreSQL, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

from onrecord.ledger.verify import verify
from tests.databases import NewPlace
from tests.end_to_end.test_command_line import run
from tests.ledger.material import record


def test_a_ledger_is_copied_and_both_digests_are_told(place: NewPlace, tmp_path: Path) -> None:
    one, there = tmp_path / "one.ledger", place()
    record(one, range(3))
    where = getattr(there, "whole", str(there))
    found = verify(one)
    done = run("copy", one, where)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(f"digest {found.digest}\n") == done.stdout.count(f"head   {found.head}\n") == 2
    assert done.stdout.startswith(f"{found.checked['entry']} entries copied\n")
    assert done.stdout.endswith("no faults\n")

    record(one, range(4))
    again = json.loads(run("copy", one, where, "--json").stdout)
    assert again["from"]["digest"] == again["to"]["digest"] == verify(one).digest
    assert 0 < again["copied"] < again["entries"]
    assert again["faults"] == []

    assert run("statements", "--ledger", where, "--text", "lorries 3").stdout.count("lorries") == 1
    assert run("verify", where).stdout.endswith("no faults\n")
    named = run("statements", "--format", "jsonl", ONRECORD_LEDGER=where)
    assert named.stdout == run("statements", "--ledger", one, "--format", "jsonl").stdout


def test_what_cannot_be_copied_is_said(place: NewPlace, tmp_path: Path) -> None:
    one, there = tmp_path / "one.ledger", place()
    record(one, range(3))
    record(there, range(5, 7))
    where = getattr(there, "whole", str(there))
    said = run("copy", one, where)
    assert said.returncode == 3
    assert "copy to an empty place" in said.stderr
    assert run("copy", tmp_path / "nothing.ledger", where).returncode == 3
    broken = run("copy", one, "postgresql:/db/news")
    assert broken.returncode == 2
    assert "lost a stroke" in broken.stderr


def test_a_server_that_is_not_there_is_said_without_a_traceback(tmp_path: Path) -> None:
    said = run("statements", "--ledger", f"postgresql://ida:secret@/news?host={tmp_path}")
    assert said.returncode == 3
    assert "see that it runs" in said.stderr
    assert "secret" not in said.stderr
    assert "Traceback" not in said.stderr
