"""Clients of the pages over ledgers of the invented record."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.web import create_app
from tests.publishing.invented import write_record

with warnings.catch_warnings():
    # Starlette warns about the httpx that it finds; either of the two will do here.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = "http://127.0.0.1:8031"


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with hostile reports and enough copies for a second page of every list."""
    return write_record(tmp_path_factory.mktemp("web") / "record.ledger", with_hostile=True, copies=30)


@pytest.fixture(scope="session")
def client(record: Path) -> Iterator[TestClient]:
    with TestClient(create_app(record), base_url=HERE) as opened:
        yield opened


@pytest.fixture
def client_of() -> Iterator[Callable[[Path], TestClient]]:
    """Makes clients of other ledgers and closes them in the end."""
    opened: list[TestClient] = []

    def make(path: Path) -> TestClient:
        client = TestClient(create_app(path), base_url=HERE)
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)
