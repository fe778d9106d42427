"""Linking and weighing in a process of its own: its faults are told, and where it was killed another is started."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from onrecord.domain.judgements import Subject
from onrecord.errors import OnrecordError
from onrecord.ledger.review_view import ReviewView
from onrecord.settings import Settings
from onrecord.web.apart import Apart
from tests.publishing.weighed.example import weighed_ledger


@pytest.fixture(scope="module")
def whole() -> Path:
    return weighed_ledger()


def test_what_a_person_said_is_worked_in(copied: Path) -> None:
    from onrecord.assessing import spoken

    with ReviewView(copied) as view:
        statement = next(one.statement.id for one in view.statements() if one.statement.speaker.name)
    made = spoken(copied, statement, "Nora Quist", why="she says so", by="Ida Holm")
    with Apart(copied, Settings()) as apart:
        apart.take_up({made.subject})
        with ReviewView(copied) as view:
            actor, _ = view.speaker_of(statement)
            assert actor is not None
            assert actor.name == "Nora Quist"


def test_its_faults_are_told_and_a_killed_one_is_started_again(tmp_path: Path) -> None:
    with Apart(tmp_path / "none" / "a.ledger", Settings()) as apart:
        with pytest.raises(OnrecordError, match="there is no folder"):
            apart.take_up({Subject.SPEAKER})
        assert apart._process is not None
        first = apart._process.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        with pytest.raises(OnrecordError, match="was killed"):
            apart.take_up({Subject.SPEAKER})
        with pytest.raises(OnrecordError, match="there is no folder"):
            apart.take_up({Subject.SPEAKER})
        second = apart._process
        assert second is not None
        assert second.pid != first
    with pytest.raises(ProcessLookupError):
        os.kill(second.pid or 0, 0)
