"""A page is of one state of the record, also when somebody writes while it is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.ledger.view import View
from tests.ledger.material import put

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture
def written_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger on which a report more comes each time that somebody asks for its head."""
    path = tmp_path / "written_on.ledger"
    put(path, 0)
    head, numbers = View.head, iter(range(1, 100))

    def asked(self: View) -> str:
        found = head(self)
        number = next(numbers)
        put(path, number, later=number)
        return found

    monkeypatch.setattr(View, "head", asked)
    return path


def test_an_answer_and_its_mark_are_of_one_state(written_on: Path, client_of: Callable[[Path], TestClient]) -> None:
    client = client_of(written_on)
    answers = [client.get("/api/v1/reports") for _ in range(3)]
    assert [one.json()["total"] for one in answers] == [1, 2, 3]
    assert [len(one.json()["items"]) for one in answers] == [1, 2, 3]
    tags = [one.headers["etag"] for one in answers]
    assert len(set(tags)) == 3
    # Somebody wrote after the last answer, so what has its mark is out of date.
    assert client.get("/api/v1/reports", headers={"If-None-Match": tags[-1]}).status_code == 200


def test_a_connection_goes_back_when_a_page_is_sent(
    written_on: Path, client_of: Callable[[Path], TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    views: list[View] = []
    begun = View.one_state
    monkeypatch.setattr(View, "one_state", lambda self: (views.append(self), begun(self))[1])
    client = client_of(written_on)
    for path in ("/", "/statements", "/statements.csv", "/reports/none", "/static/style.css", "/api/v1/statements"):
        client.get(path)
    assert len(views) == 6
    assert views[0]._engine.pool.checkedout() == 0
