"""The page of the search, its feed and its files, over the example's own ledger."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest
from starlette.testclient import TestClient

from onrecord.ledger.weighed_view import WeighedView
from onrecord.web.app import create_app
from tests.publishing.weighed.example import weighed_ledger

HOSTILE = (
    '<script>alert(1)</script>"onload=x',
    'a" OR content:x',
    "NEAR(a b)",
    "\u202e<b>turned</b>",
    "%00",
    "￿",
    "{{ 7771 * 7771 }}",
    "javascript:alert(1)",
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search-pages") / "example.ledger"
    shutil.copy(weighed_ledger(), path)
    return path


@pytest.fixture(scope="module")
def client(ledger: Path) -> Iterator[TestClient]:
    with TestClient(create_app(ledger), base_url="http://127.0.0.1") as opened:
        yield opened


def text(response: httpx.Response, status: int = 200) -> str:
    assert response.status_code == status, response.text[:500]
    return response.text


def test_every_page_has_a_search_box(client: TestClient, ledger: Path) -> None:
    with WeighedView(ledger) as view:
        story, report = view.stories(limit=1)[0].id, view.reports(limit=1)[0].id
    for address in ("/", "/search", "/statements", "/actors", f"/stories/{story}", f"/reports/{report}", "/nowhere"):
        page = client.get(address).text
        assert re.search(r'<form class="[^"]*" role="search" action="/search" method="get"', page), address
        assert page.count('name="q"') == 1


def test_troops_pulled_back_finds_withdrawal_and_says_why(client: TestClient) -> None:
    page = text(client.get("/search?q=troops+pulled+back"))
    assert "by meaning alone: none has all the words" in page
    assert re.search(r"by meaning: troops, withdraw\w*", page)
    assert re.search(r'<mark class="content \w+">[^<]*(?:<strong class="hit">\w+</strong>[^<]*)+</mark>', page)
    assert re.search(
        r'<link rel="alternate" type="application/atom\+xml" [^>]*href="/search.atom\?q=troops\+pulled\+back"', page
    )
    page = text(client.get("/search?q=troops+pulled+back&exact=1"))
    assert "Nothing on the record fits" in page
    assert "Search by meaning, too." in page


@pytest.mark.parametrize("place", ["statements", "utterances", "reports", "actors"])
@pytest.mark.parametrize("shape", ["table", "timeline", "actors"])
def test_shapes(client: TestClient, place: str, shape: str) -> None:
    page = text(client.get("/search", params={"q": "withdrawal", "in": place, "as": shape}))
    assert f'value="{place}" checked' in page
    assert ("<svg" in page) == (shape == "timeline" and place != "actors")
    assert ("by-actor" in page) == (shape == "actors" and place in ("statements", "utterances"))


def test_a_timeline_has_words_and_a_table_that_leads_on(client: TestClient) -> None:
    page = text(client.get("/search?q=withdrawal&as=timeline"))
    assert re.search(r'<desc id="bars-words">\d+ statements by day, from 3 March 2031', page)
    rows = re.findall(r'<th scope="row">[^<]+</th><td class="number"><a href="([^"]+)">(\d+)</a>', page)
    assert rows
    told = re.search(r"<strong>(\d+) statements", page)
    assert told is not None
    assert sum(int(number) for _, number in rows) == int(told[1])
    address, number = rows[0]
    again = text(client.get(html.unescape(address)))
    assert f"<strong>{number} statement" in again


def test_pages_of_a_list(client: TestClient) -> None:
    first, second = (text(client.get(f"/search?outlet=Halyard+News+Agency&page={page}")) for page in (1, 2))
    assert 'rel="next"' in first
    assert 'href="/search?outlet=Halyard+News+Agency&amp;page=2"' in first
    assert 'rel="prev"' in second
    text(client.get("/search?outlet=Halyard+News+Agency&page=900"), 404)
    text(client.get("/search?q=withdrawal&page=0"), 422)


def test_a_form_keeps_what_was_typed_and_tells_what_is_no_use(client: TestClient) -> None:
    values = {"q": "withdrawal", "actor": "Halvik", "act": "denial", "since": "soon", "story": "abcdef"}
    page = text(client.get("/search", params=values), 422)
    for value in ('value="withdrawal"', 'value="Halvik"', 'value="denial" selected', 'value="soon"'):
        assert value in page
    assert page.count('aria-invalid="true"') == 2
    assert "Nothing was looked up" in page
    assert "feed" not in page
    for field in re.findall(r'<(?:input|select) id="([^"]+)"', page):
        assert f'<label for="{field}">' in page or f'for="{field}"' in page


def test_a_search_within_a_story_names_it(client: TestClient, ledger: Path) -> None:
    with WeighedView(ledger) as view:
        story = view.stories(reports=2, limit=1)[0]
    page = text(client.get(f"/search?q=withdraw&story={story.id[:12]}"))
    assert f'href="/stories/{story.id}"' in page


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("place", ["statements", "utterances", "reports", "actors"])
def test_hostile_words_are_words(client: TestClient, words: str, place: str) -> None:
    for address in ("/search", "/search.atom", "/search.jsonl", "/search.csv"):
        answer = client.get(address, params={"q": words, "in": place, "actor": ""})
        assert answer.status_code in (200, 422)
        assert "<script>alert" not in answer.text
        assert str(7771 * 7771) not in answer.text
    page = text(client.get("/search", params={"q": words, "in": place, "as": "timeline"}))
    assert html.escape(words, quote=True).replace("&#x27;", "&#39;") in page or "&#34;" in page


def test_the_longest_query_is_refused_in_words(client: TestClient) -> None:
    page = text(client.get("/search", params={"q": "troops " * 1_500}), 422)
    assert "longer than 300 characters" in page
    assert "longer than" in text(client.get("/search.atom", params={"q": "x" * 10_000}), 422)


def test_the_feed_can_be_followed(client: TestClient) -> None:
    answer = client.get("/search.atom?q=withdrawal&actor=Halvik")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    parsed = ET.fromstring(answer.text)
    entry = parsed.find("{http://www.w3.org/2005/Atom}entry")
    assert entry is not None
    link = entry.find("{http://www.w3.org/2005/Atom}link")
    assert link is not None
    text(client.get(str(link.get("href"))))
    assert client.head("/search.atom?q=withdrawal").status_code == 200


def test_files_hold_what_the_page_counts(client: TestClient) -> None:
    for place in ("statements", "utterances", "reports", "actors"):
        values = {"q": "withdrawal", "in": place}
        told = re.search(r"<strong>(\d+) ", text(client.get("/search", params=values)))
        assert told is not None
        lines = client.get("/search.jsonl", params=values)
        rows = [json.loads(line) for line in lines.text.splitlines()]
        assert len(rows) == int(told[1])
        assert all(row["found"]["by"] in ("words", "meaning", "name") for row in rows)
        table = list(csv.DictReader(io.StringIO(client.get("/search.csv", params=values).text)))
        assert [row["found_by"] for row in table] == [row["found"]["by"] for row in rows]
        assert all(row["id"] for row in table)
