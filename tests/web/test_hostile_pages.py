"""Hostile pages on the record: every page of the application that shows them holds nothing that runs or leads astray."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from onrecord.web import create_app
from onrecord.web.guard import HEADERS
from tests.sources.hostile import PAGES, PROMPT
from tests.web.conftest import HERE, TestClient
from tests.web.every_page import Held, addresses, everything
from tests.web.hostile_record import hostile_ledger

SEARCHES = ("/search?q=alert", "/statements?text=script", "/reports?text=onerror", "/search?q=alert&as=table", "/today")


@pytest.fixture(scope="module")
def shown() -> Iterator[tuple[Any, list[str]]]:
    """A client, and every address that the record gives something to show at."""
    app = create_app(hostile_ledger())
    with TestClient(app, base_url=HERE) as client:
        yield client, [*addresses(app, everything(hostile_ledger())), *SEARCHES]


@pytest.fixture(scope="module")
def answers(shown: tuple[Any, list[str]]) -> list[tuple[str, Any]]:
    client, found = shown
    return [(address, client.get(address)) for address in found]


def of_type(answers: list[tuple[str, Any]], *types: str) -> list[tuple[str, Any]]:
    return [(address, one) for address, one in answers if one.headers.get("content-type", "").startswith(types)]


def test_every_page_is_on_the_record() -> None:
    assert len(everything(hostile_ledger())["report_id"]) == len(PAGES)


def test_every_answer_has_the_strict_policy(answers: list[tuple[str, Any]]) -> None:
    for address, one in answers:
        assert one.status_code in (200, 307, 404), address
        assert {name: one.headers.get(name) for name in HEADERS} == HEADERS, address


def test_nothing_in_a_page_runs_is_fetched_or_leads_away(answers: list[tuple[str, Any]]) -> None:
    pages = of_type(answers, "text/html")
    assert len(pages) > 100
    assert sum("onerror=alert(1)" in one.text for _, one in pages) > 5, "the pages do not show what is to be tried"
    assert {address: Held(one.text).faults for address, one in pages if Held(one.text).faults} == {}


@pytest.mark.parametrize(
    "held",
    [
        "<script>alert(1)</script>",
        "<script src=/static/unknown.js></script>",
        "<svg onload=alert(1)>",
        "<p style='color: red'>",
        "<iframe src=/>",
        "<style>p {}</style>",
        "<button formaction=/judge>",
        "<a href=javascript:alert(1)>",
        "<a href=//elsewhere.example>",
        "<a href=https://elsewhere.example>",
        "<a rel=noreferrer href=data:text/html,x>",
        "<meta http-equiv=refresh>",
    ],
)
def test_what_runs_or_leads_astray_would_be_found(held: str) -> None:
    assert Held(f"<p>{held}").faults


def test_writing_that_turns_around_is_in_no_title(answers: list[tuple[str, Any]]) -> None:
    seen = 0
    for address, one in of_type(answers, "text/html"):
        title = one.text[: one.text.index("</title>")]
        assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(title), address
        seen += "gnp.exe" in one.text
    assert seen > 3


def test_feeds_lead_to_these_pages_only(answers: list[tuple[str, Any]]) -> None:
    feeds = of_type(answers, "application/atom+xml")
    assert feeds
    for address, one in feeds:
        for element in ElementTree.fromstring(one.content).iter():
            for name in ("href", "src"):
                assert element.get(name, HERE).startswith((HERE, "/", "?")), (address, element.get(name))
            assert element.get("type") not in ("html", "xhtml"), address


def test_exports_are_data_and_nothing_else(answers: list[tuple[str, Any]]) -> None:
    lines = [(address, one) for address, one in answers if address.split("?")[0].endswith(".jsonl")]
    tables = of_type(answers, "text/csv")
    assert lines
    assert tables
    for _, one in lines:
        assert [json.loads(line) for line in one.text.strip("\n").split("\n")]
    for address, one in tables:
        widths = {len(row) for row in csv.reader(io.StringIO(one.text))}
        assert len(widths) == 1, address
    for address, one in of_type(answers, "application/json;", "application/vnd"):
        assert one.json() is not None, address


def test_a_prompt_is_a_quotation_like_any_other(shown: tuple[Any, list[str]]) -> None:
    page = shown[0].get("/statements?text=instructions").text
    assert PROMPT in page
    assert "Nils Berg" in page


def test_outlets_that_look_alike_stand_apart(shown: tuple[Any, list[str]]) -> None:
    page = shown[0].get("/reports?text=sluice").text
    for name in ("Sund Courier", "\u0405und \u0421ourier", "Sund Couri\u200ber"):
        assert f"<bdi>{name}</bdi>" in page
