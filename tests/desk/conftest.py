"""A staffed desk for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.desk import Desk
from tests.desk.invented import Clock, quick_hashes, staffed


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "news.ledger"
    path.touch()
    return path


@pytest.fixture
def desk(ledger: Path, clock: Clock) -> Iterator[Desk]:
    with staffed(ledger, clock) as opened:
        yield opened
