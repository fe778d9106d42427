"""Linking and weighing in a process of its own: it is done also where the process was killed, and its faults are told."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.assessing import spoken
from onrecord.domain.judgements import Judgement
from onrecord.ledger.review_view import ReviewView
from onrecord.settings import Settings
from onrecord.web.taking_up import Progress, TakingUp
from tests.publishing.weighed.example import weighed_ledger


@pytest.fixture(scope="module")
def whole() -> Path:
    return weighed_ledger()


def said_by(path: Path, name: str) -> Judgement:
    """Somebody's word on who says the first statement of a named speaker, taken up by nobody yet."""
    with ReviewView(path) as view:
        statement = next(one.statement.id for one in view.statements() if one.statement.speaker.name)
    return spoken(path, statement, name, why="she says so", by="Ida Holm")


def speaker_of(path: Path, made: Judgement) -> str | None:
    with ReviewView(path) as view:
        actor, _ = view.speaker_of(made.a)
        return None if actor is None else actor.name


def workers() -> set[int]:
    """The processes that this one started to work for it."""
    found: set[int] = set()
    for thread in Path("/proc/self/task").iterdir():
        found |= set(map(int, (thread / "children").read_text().split()))
    return {one for one in found if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()}


def test_what_a_person_said_is_worked_in_also_when_the_process_was_killed(copied: Path) -> None:
    before = workers()
    with closing(TakingUp(copied, Settings(), 600, apart=True)) as taking_up:
        made = said_by(copied, "Nora Quist")
        assert taking_up.after(made) is Progress.DONE
        assert speaker_of(copied, made) == "Nora Quist"
        (worker,) = workers() - before
        os.kill(worker, signal.SIGKILL)
        made = said_by(copied, "Ida Holm")
        assert taking_up.after(made) is Progress.DONE
        assert speaker_of(copied, made) == "Ida Holm"


def test_its_faults_are_told(copied: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    made = said_by(copied, "Nora Quist")
    with closing(TakingUp(tmp_path / "none" / "a.ledger", Settings(), 600, apart=True)) as taking_up:
        assert taking_up.after(made) is Progress.FAILED
        assert taking_up.progress is Progress.FAILED
    assert "there is no folder" in caplog.text
