"""Pages and answers are the same, letter for letter, whichever database holds the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from onrecord.ledger.copying import copy
from onrecord.ledger.snapshot import Snapshot
from onrecord.publishing import exports
from onrecord.web import create_app
from onrecord.web.acting import TOKEN_FIELD
from tests.databases import Server
from tests.publishing.weighed.example import briefed_ledger
from tests.read_example import example_settings
from tests.web.conftest import HERE
from tests.web.every_page import addresses, everything

OF_EACH = 3
"""Things of each kind whose pages are looked at."""
SOUGHT = (
    "withdraw", "troops withdraw*", '"heavy price"', "withdraw -exercise", "halvik", "dying", "the", "20", "minister said",
    '"withdraw from"', '"withdraw fro"*', "-withdraw", '"', "Ω", "NEAR(a b)", "a:b", "e", "said that", "withdrawal's",
)  # fmt: skip
TOKEN = re.compile(rf'name="{TOKEN_FIELD}" value="[^"]*"')


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return briefed_ledger(tmp_path_factory.mktemp("either"))


@pytest.fixture(scope="module")
def address(file: Path, postgres: Server) -> Iterator[str]:
    made = postgres.ledger()
    copy(file, made)
    yield made
    postgres.give_back(made)


def asked(file: Path) -> list[str]:
    things = {name: its[:OF_EACH] for name, its in everything(file).items()}
    found = addresses(create_app(file), things)
    for one in map(quote, SOUGHT):
        found += [f"/search?q={one}", f"/statements?text={one}", f"/reports?text={one}", f"/speakers?text={one}"]
        found += [f"/statements?speaker={one}", f"/api/v1/search?q={one}", f"/api/v1/utterances?text={one}"]
    found += [f"/api/v1/{name}" for name in ("statements", "reports", "utterances", "actors", "stories", "relations")]
    found += [
        f"/api/v1/{name}" for name in ("figures", "docket", "lineages", "entries", "speakers", "outlets", "briefs")
    ]
    found += ["/search?q=troops&order=oldest", "/search?q=withdraw&country=nk", "/search?q=withdraw&as_of=2031-03-06"]
    found += ["/statements?as_of=2031-03-06", "/statements?act=commitment&kind=direct", "/?as_of=2031-03-05"]
    return list(dict.fromkeys(found))


class Stopped(datetime):
    """A clock that stands still: pages tell the minute in which they were made, and one may end between the two."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2031, 4, 1, 12, tzinfo=tz)


def test_every_page_and_answer_is_the_same(file: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.publishing.today.datetime", Stopped)
    settings = example_settings()
    with (
        TestClient(create_app(file, settings), base_url=HERE) as one,
        TestClient(create_app(address, settings), base_url=HERE) as other,
    ):
        pages = asked(file)
        assert len(pages) > 150
        statuses = set()
        for page in pages:
            ours, theirs = one.get(page), other.get(page)
            statuses.add(ours.status_code)
            assert theirs.status_code == ours.status_code, page
            assert TOKEN.sub("", theirs.text) == TOKEN.sub("", ours.text), page
        assert 200 in statuses
        assert not statuses & {500, 503}


@pytest.mark.parametrize(
    "told",
    [
        lambda view: list(view.every_capture()),
        lambda view: list(view.every_report()),
        lambda view: list(view.every_utterance()),
        lambda view: list(view.every_actor()),
        lambda view: list(view.every_story()),
        lambda view: list(view.every_relation()),
        lambda view: list(view.every_entry()),
        lambda view: list(view.every_statement()),
        lambda view: list(view.captures_of([one.id for one in view.reports(limit=None)])),
        lambda view: list(exports.jsonl(view.statements())),
    ],
)
def test_exports_see_the_same(file: Path, address: str, told: Callable[[Snapshot], list[object]]) -> None:
    with Snapshot(file) as one, Snapshot(address) as other:
        found = told(one)
        assert told(other) == found
        assert found
