"""What holds for every test: a slow machine never fails a property, and a ledger is copied before it is changed."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from onrecord.settings import Settings
from tests.databases import NewPlace, Server, places, server
from tests.read_example import Read, example_settings, read_example

# Behind a shell that goes on a program ignores Ctrl-C, and so would all that the tests start and stop.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("onrecord", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("onrecord")


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    """A copy of the ledger that the test's own module makes as `whole`."""
    path = tmp_path / "copied.ledger"
    path.write_bytes(whole.read_bytes())
    return path


@pytest.fixture(scope="module")
def example() -> Read:
    """The example's reports with what the reader finds in them; not to be changed."""
    return read_example()


@pytest.fixture(scope="module", name="settings")
def settings_of_example() -> Settings:
    """Settings that know who publishes the example's outlets."""
    return example_settings()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of PostgreSQL for the tests alone; who asks for it is skipped where it is not installed."""
    with server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewPlace]:
    """Places for new ledgers, in either database."""
    yield from places(request, request.param, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def place_of_module(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewPlace]:
    """Places for ledgers that the tests of a module share, in either database."""
    yield from places(request, request.param, tmp_path_factory.mktemp("shared"))
