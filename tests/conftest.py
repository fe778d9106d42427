"""What holds for every test: a slow machine never fails a property, and a ledger is copied before it is changed."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("onrecord", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("onrecord")


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    """A copy of the ledger that the test's own module makes as `whole`."""
    path = tmp_path / "copied.ledger"
    path.write_bytes(whole.read_bytes())
    return path
