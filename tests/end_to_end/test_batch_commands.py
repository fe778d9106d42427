"""`onrecord read --workers` and `onrecord batch status` as people type them, stopped and killed as people stop and kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.inputs import digest, lines
from tests.batch.inputs import said as said_of
from tests.batch.readers import offered
from tests.end_to_end.test_command_line import run


@pytest.fixture
def path(tmp_path: Path) -> str:
    """The path on which workers find the reader that dies of poison."""
    return os.pathsep.join([str(offered(tmp_path / "package")), *sys.path])


def read(place: Path, ledger: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run("read", place, "--ledger", ledger, "--no-link", *options, **environment)


def test_two_workers_give_the_record_of_one_process_and_leave_no_folder(tmp_path: Path) -> None:
    place = tmp_path / "a.jsonl"
    place.write_bytes(lines(*range(12)) + b"{}\n" + lines(3))
    plain = read(place, tmp_path / "plain.ledger", "--reader", "rules")
    spread = read(place, tmp_path / "x.ledger", "--reader", "rules", "--workers", "2")
    assert (spread.stdout, spread.returncode) == (plain.stdout, 0)
    assert f"skipped {place}#L13: no text" in spread.stderr
    assert digest(tmp_path / "x.ledger") == digest(tmp_path / "plain.ledger")
    assert not (tmp_path / "x.ledger.batch").exists()
    assert run("batch", "status", "--ledger", tmp_path / "x.ledger").stdout == "nothing is under way or in quarantine\n"


def test_a_quarantine_is_told_of_and_not_tried_again(tmp_path: Path, path: str) -> None:
    place, ledger = tmp_path / "a.jsonl", tmp_path / "x.ledger"
    place.write_bytes(lines(1) + lines(2, more="poison"))
    options = ("--reader", "poison", "--workers", "1", "--json")
    first = read(place, ledger, *options, PYTHONPATH=path)
    assert json.loads(first.stdout)["skipped"] == {"reader crashed": 1}
    assert "1 in quarantine" in first.stderr
    log = tmp_path / "log"
    again = read(place, ledger, *options, PYTHONPATH=path, POISON_LOG=str(log))
    assert json.loads(again.stdout) == {
        "inputs": 2, "read": 0, "duplicate": 1, "skipped": {"reader crashed": 1}, "statements": 0}  # fmt: skip
    assert not log.exists()
    told = json.loads(run("batch", "status", "--ledger", ledger, "--json").stdout)
    assert (told["state"], told["inputs"]) == ("done", {"read": 2, "of": 2, "loaded": 2})
    assert [one["place"] for one in told["quarantine"]] == [f"{place}#L2"]
    said = run("batch", "status", "--work", f"{ledger}.batch").stdout
    assert f"aside    {place}#L2: the worker that read it was killed by SIGKILL (3 times)" in said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_it_can_be_stopped_and_goes_on(tmp_path: Path, path: str, how: signal.Signals) -> None:
    place, ledger = tmp_path / "inputs", tmp_path / "x.ledger"
    place.mkdir()
    (place / "a.jsonl").write_text(json.dumps({"text": said_of(1), "scan": "x" * 600_000}), encoding="utf-8")
    (place / "b.txt").write_text("“We dawdle,” Mayor Ida Holm said on Friday of the town's bridges.", encoding="utf-8")
    os.environ["PYTHONPATH"], before = path, os.environ.get("PYTHONPATH", "")
    try:
        command = [sys.executable, "-m", "onrecord", "read", place, "--ledger", ledger, "--no-link", "--workers", "2"]
        process = subprocess.Popen([*map(str, command), "--reader", "poison"], stderr=subprocess.PIPE)
    finally:
        os.environ["PYTHONPATH"] = before
    shards = tmp_path / "x.ledger.batch" / "shards"
    while not list(shards.glob("*.parquet")):
        assert process.poll() is None
        os.sched_yield()
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    if how is signal.SIGINT:
        assert process.returncode == 130
        assert b"1 of 2 shards are read" in said
        assert b"the same command goes on from there" in said
    told = run("batch", "status", "--ledger", ledger).stdout
    assert told.startswith("stopped  ")
    (place / "b.txt").write_text("“We go on,” Mayor Ida Holm said on Friday of the town's bridges.", encoding="utf-8")
    log = tmp_path / "log"
    done = read(place, ledger, "--reader", "poison", "--workers", "2", "--json", PYTHONPATH=path, POISON_LOG=str(log))
    assert json.loads(done.stdout)["read"] == 2
    assert len(log.read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--work", "w"), "go with --workers or --cluster"),
        (("--retry-quarantine",), "go with --workers or --cluster"),
        (("--workers", "2", "--threads", "2"), "each of several workers has one thread"),
        (("--cluster", "news.example"), "is no cluster"),
    ],
)
def test_what_does_not_go_together_is_said(tmp_path: Path, options: tuple[str, ...], why: str) -> None:
    (tmp_path / "a.txt").write_text("Nothing was said.", encoding="utf-8")
    done = read(tmp_path / "a.txt", tmp_path / "x.ledger", "--reader", "rules", *options)
    assert done.returncode == 2
    assert why in " ".join(done.stderr.split())


def test_status_needs_to_know_of_what() -> None:
    done = run("batch", "status")
    assert done.returncode == 2
    assert "name the ledger with --ledger" in done.stderr
