"""Processes of this machine: one that dies takes nothing with it, and none outlives who started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.batch.engines import Event
from onrecord.batch.folder import Folder
from onrecord.batch.planning import plan
from onrecord.batch.processes import Processes
from onrecord.batch.shard_files import sound_account
from onrecord.batch.terms import Terms, terms_for
from onrecord.batch.trying import Trying
from onrecord.batch.working import Job, key_of
from onrecord.errors import BatchError
from onrecord.reading.readers import load_reader
from onrecord.settings import Settings
from tests.batch.inputs import lines
from tests.batch.readers import offered


@pytest.fixture
def terms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terms:
    """Those of the reader that dies of poison, which workers find, too."""
    path = offered(tmp_path / "package")
    monkeypatch.syspath_prepend(path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(path), *sys.path]))
    return terms_for(load_reader("poison"), Settings(), name="poison")


def jobs(tmp_path: Path, terms: Terms, *contents: bytes) -> list[Job]:
    folder = Folder(tmp_path / "w")
    folder.shards.mkdir(parents=True)
    for number, content in enumerate(contents):
        (tmp_path / f"{number}.jsonl").write_bytes(content)
    shards = [plan([tmp_path / f"{number}.jsonl"])[0] for number in range(len(contents))]
    folder.take(terms, shards)
    trying = Trying(folder, terms)
    return [job for one in folder.planned if (job := trying.job(one)) is not None]


def ends(engine: Processes, wanted: int) -> list[Event]:
    found: list[Event] = []
    while len(found) < wanted:
        found += [event for event in engine.events(60) if event.is_last]
    return found


def test_a_worker_that_dies_fails_its_job_and_is_started_anew(tmp_path: Path, terms: Terms) -> None:
    poison, dawdle, sound = jobs(
        tmp_path, terms, lines(1) + lines(2, more="poison"), lines(3, more="dawdle"), lines(4, 5)
    )
    engine = Processes(2, tmp_path / "log")
    try:
        engine.submit(poison)
        engine.submit(replace(dawdle, patience=2))
        said = {event.job.shard.id: event.answer for event in ends(engine, 2)}
        assert said == {
            poison.shard.id: {"failed": "the worker that read it was killed by SIGKILL"},
            dawdle.shard.id: {"failed": "the worker that read it ended with code 1"},
        }
        assert engine.workers == 2
        engine.submit(sound)
        (done,) = ends(engine, 1)
        assert done.answer == {"done": {"inputs": 2, "set_aside": []}}
        account = sound_account(sound.out, key_of(sound.shard, terms))
        assert account is not None
        assert account.reports == 2
    finally:
        engine.close()


def test_workers_that_cannot_begin_stop_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    engine = Processes(2, tmp_path / "log")
    try:
        with pytest.raises(BatchError, match="before they read anything"):
            ends(engine, 1)
    finally:
        engine.close()


def test_a_worker_ends_with_whoever_started_it() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord.batch.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert b"ready" in process.stdout.readline()
    process.stdin.close()
    assert process.wait(30) == 0
    process.stdout.close()


def test_ending_ends_at_once(tmp_path: Path, terms: Terms) -> None:
    (dawdle,) = jobs(tmp_path, terms, lines(3, more="dawdle"))
    engine = Processes(1, tmp_path / "log")
    engine.submit(dawdle)
    (worker,) = engine._workers
    pid = worker._process.pid
    engine.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)
    assert list((tmp_path / "w" / "shards").iterdir()) == []
