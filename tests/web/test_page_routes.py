"""Every address answers as it should, with all there is to know in the HTML itself."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from onrecord.ledger.view import StatementFilter, View
from onrecord.ledger.writer import Writer
from tests.publishing.invented import DAM, VILLAGE, write_record

LISTS = ["/", "/statements", "/reports", "/speakers", "/record"]


class Article(HTMLParser):
    """The text inside the element with id="text", and every id and fragment of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.depth = 0
        self.text = ""
        self.ids: list[str] = []
        self.fragments: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (one := given.get("id")) is not None:
            self.ids.append(one)
        if (href := given.get("href") or "").startswith("#"):
            self.fragments.add(href[1:])
        if self.depth or given.get("id") == "text":
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.text += data


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def report_id(client: Any, name: str) -> str:
    return str(client.get(f"/reports/{name}").url.path.rsplit("/", 1)[-1])


@pytest.mark.parametrize("address", LISTS)
def test_pages_answer_with_html_and_the_same_landmarks(client: Any, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    for landmark in (
        '<html lang="en">',
        "<header",
        "<nav",
        '<main id="main"',
        "<footer",
        'class="skip"',
        "<title>",
        "<h1",
    ):
        assert landmark in response.text
    assert client.head(address).status_code == 200


def test_the_front_page_tells_what_is_on_record(client: Any) -> None:
    told = text_of(client.get("/").text)
    assert "On this record: 104 statements by 8 named speakers , taken from 35 reports of 5 outlets." in told
    assert "Of 40 inputs, 35 were read, 1 had been read before and 4 were skipped" in told
    assert "Marta Quell" in told


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "104 statements , 1 to 25 shown"),
        ("page=5", "104 statements , 101 to 104 shown"),
        ("text=wagons", "1 statement ,"),
        ("speaker=quell", "3 statements ,"),
        ("outlet=ansk+weekly", "3 statements ,"),
        ("kind=mixed", "2 statements ,"),
        ("since=2031-04-09&until=2031-04-09", "3 statements ,"),
        ("text=zebra", "0 statements ,"),
        ("text=%22AND+OR+(*", "0 statements ,"),
        ("text=zebra", "Nothing on the record fits."),
    ],
)
def test_statements_are_searched_and_filtered(client: Any, query: str, told: str) -> None:
    response = client.get(f"/statements?{query}")
    assert response.status_code == 200
    assert told in text_of(response.text)


def test_the_form_keeps_what_was_typed_and_so_do_pages_and_downloads(client: Any) -> None:
    page = client.get("/statements?text=calls&outlet=Copies").text
    assert 'value="calls"' in page
    assert 'href="/statements?text=calls&amp;outlet=Copies&amp;page=2"' in page
    assert 'href="/statements.csv?text=calls&amp;outlet=Copies"' in page


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("since=tomorrow", "since", "write it like 2022-02-17"),
        ("kind=loud", "kind", "There is no such kind"),
        ("text=" + "x" * 301, "text", "longer than 300"),
        ("speaker=a%00b", "speaker", "control character"),
    ],
)
def test_a_value_that_is_no_use_is_explained_beside_its_field(client: Any, query: str, field: str, words: str) -> None:
    response = client.get(f"/statements?{query}")
    assert response.status_code == 422
    assert f'aria-describedby="problem-{field}"' in response.text
    assert re.search(rf'id="problem-{field}">[^<]*{re.escape(words)}', response.text)
    assert "Nothing was looked up" in response.text
    for ending in ("jsonl", "csv"):
        download = client.get(f"/statements.{ending}?{query}")
        assert (download.status_code, download.headers["content-type"]) == (422, "text/plain; charset=utf-8")
        assert words in download.text


@pytest.mark.parametrize("address", ["/statements", "/reports", "/speakers", "/record", "/speakers/Marta%20Quell"])
@pytest.mark.parametrize(("page", "status"), [("1", 200), ("99", 404), ("0", 422), ("x", 422), ("9" * 40, 422)])
def test_pages_of_lists_that_are_not_there(client: Any, address: str, page: str, status: int) -> None:
    response = client.get(f"{address}?page={page}")
    assert response.status_code == status
    assert ("There is no page 99" in response.text) == (page == "99")


@pytest.mark.parametrize(("name", "text"), [("weir.html", DAM), ("ansk.txt", VILLAGE)])
def test_a_report_page_shows_the_text_to_the_character(client: Any, name: str, text: str) -> None:
    shown = Article(client.get(f"/reports/{name}").text)
    assert shown.text == text


def test_a_report_page_without_script_has_all_the_information(client: Any) -> None:
    page = client.get("/reports/weir.html").text
    shown = Article(page)
    assert len(shown.ids) == len(set(shown.ids))
    assert shown.fragments - {"closed"} <= set(shown.ids)
    told = text_of(page)
    for words in (
        "Gates stayed shut as villages waited for the flood",
        "By Tove Anders · published 8 April 2031, 06:40 UTC · retrieved 8 April 2031, 09:00 UTC",
        "unnamed (two officials who took part in the call)",
        "indirect “ According to ” confidence 77%",
        "mixed “ told reporters ” confidence 93%",
        "inside statement 4",
        "not read: caption",
        "not read: page furniture",
        "7 statements",
    ):
        assert words in told
    assert '<time datetime="2031-04-08T06:40:00Z">' in page
    assert page.count('class="note ') == 7
    assert '<p dir="auto" class="unread"' in page


def test_a_report_is_found_by_the_start_of_its_id_and_sent_to_its_address(client: Any) -> None:
    whole = report_id(client, "weir.html")
    response = client.get(f"/reports/{whole[:8]}", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (307, f"/reports/{whole}")


def test_highlights_light_up_each_statement_without_script(client: Any) -> None:
    response = client.get(f"/reports/{report_id(client, 'weir.html')}/highlights.css")
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    for number in range(1, 8):
        assert f".n{number}{{background-color" in response.text


def test_a_report_of_which_nothing_is_known(client: Any) -> None:
    told = text_of(client.get("/reports/letter.txt").text)
    assert "outlet not stated" in told
    assert "published date not stated · retrieved not stated" in told
    assert "No statement was found in this report." in told


def test_a_text_from_right_to_left_sets_its_own_direction(client: Any) -> None:
    page = client.get("/reports/dam-ar.txt").text
    assert "البوابات" in page
    assert len(re.findall(r'<p dir="auto">', page)) >= 2


def test_a_statement_page_points_at_characters_of_a_hashed_capture(client: Any, record: Path) -> None:
    with View(record) as view:
        one = next(view.statements(StatementFilter(text="“known since Sunday”")))
        capture = view.report(one.report.id).capture_sha256
    page = client.get(f"/statements/{one.statement.id}").text
    told = text_of(page)
    assert (
        "that the board had “known since Sunday” and that the warning was passed on by telephone — Piet Hallam" in told
    )
    for span in (*one.source, *one.cue, *one.content):
        assert f"{span.start} {span.end} {span.text}" in told
    for words in (capture, one.report.id, one.statement.id, "careful 1.2.0", "5e" * 32, "93%", "the source names"):
        assert words in told
    assert f'href="/reports/{one.report.id}#at-{one.statement.id}"' in page
    assert 'rel="noreferrer nofollow noopener"' in page


def test_speakers_of_odd_names_have_pages(client: Any, record: Path) -> None:
    with View(record) as view:
        names = [row.name for row in view.speakers(limit=None)]
    assert any("/" in name for name in names)
    for name in names:
        response = client.get(f"/speakers/{quote(name, safe='')}")
        assert response.status_code == 200
        assert "statement" in text_of(response.text)


def test_an_empty_speaker_leads_to_the_list(client: Any) -> None:
    assert client.get("/speakers/", follow_redirects=False).headers["location"] == "/speakers"


def test_the_record_lists_what_was_skipped_and_why(client: Any) -> None:
    told = text_of(client.get("/record?reason=empty").text)
    assert "empty-0.txt" in told
    assert "rio.txt" not in told
    assert "rio.txt" in text_of(client.get("/record").text)
    assert "No input was skipped for that reason." in text_of(client.get("/record?reason=none").text)


def test_downloads_stream_what_the_page_shows(client: Any) -> None:
    response = client.get("/statements.jsonl?speaker=quell")
    assert response.headers["content-disposition"] == 'attachment; filename="statements.jsonl"'
    rows = [json.loads(line) for line in response.text.splitlines()]
    assert [row["speaker"] for row in rows] == ["Marta Quell"] * 3
    every = csv.DictReader(io.StringIO(client.get("/statements.csv").text, newline=""))
    assert len(list(every)) == 104
    assert client.head("/statements.csv").status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere", 404, "There is no such page"),
        ("/reports/ffffffffffff", 404, "not on the record"),
        ("/reports/ffffffffffff/highlights.css", 404, "not on the record"),
        ("/statements/ffffffffffff", 404, "not on the record"),
        ("/statements/%00%ff", 404, "not on the record"),
        ("/speakers/Nobody%20At%20All", 404, "not on the record"),
        ("/static/none.css", 404, "There is no such page"),
        ("/static/../app.py", 404, "There is no such page"),
        ("/static/%2e%2e/app.py", 404, "There is no such page"),
        ("/openapi.json", 404, "There is no such page"),
        ("/docs", 404, "There is no such page"),
    ],
)
def test_what_is_not_there_is_said_in_words(client: Any, address: str, status: int, words: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert words in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize("address", ["/", "/statements", "/static/paper.css"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: Any, method: str, address: str) -> None:
    response = client.request(method, address)
    assert response.status_code == 405
    assert "only read" in response.text


def test_health(client: Any) -> None:
    assert client.get("/healthz").text == "ok\n"


@pytest.mark.parametrize("address", [*LISTS, "/healthz", "/statements.csv", "/statements.jsonl"])
def test_a_ledger_that_is_damaged_later_is_a_page_that_says_so(
    tmp_path: Path, client_of: Callable[[Path], Any], address: str
) -> None:
    path = write_record(tmp_path / "record.ledger")
    client = client_of(path)
    for file in tmp_path.iterdir():
        file.write_bytes(b"not a ledger any more" * 1000)
    response = client.get(address)
    assert response.status_code == 503
    assert "The record cannot be read now" in response.text
    assert "Traceback" not in response.text


def test_an_empty_record_says_what_to_do(tmp_path: Path, client_of: Callable[[Path], Any]) -> None:
    Writer(tmp_path / "record.ledger").close()
    client = client_of(tmp_path / "record.ledger")
    assert "Nothing has been read yet" in client.get("/").text
    for address in LISTS:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("sort", ["statements", "reports"])
def test_what_is_on_the_record_can_be_cited(client: Any, sort: str) -> None:
    place = re.findall(rf'href="(/{sort}/[0-9a-f]+)', client.get(f"/{sort}").text)[0]
    assert f'href="{place}/cite"' in client.get(place).text
    page = client.get(f"{place}/cite")
    assert page.status_code == 200
    assert "capture SHA-256" in page.text or "Capture SHA-256" in page.text
    bibtex = client.get(f"{place}/cite.bib")
    assert bibtex.headers["content-type"].startswith("application/x-bibtex")
    assert bibtex.text.startswith("@online{onrecord:")
    assert client.get(f"{place}/cite.json").json()[0]["type"] == "article-newspaper"
    assert client.get(f"{place[:-8]}/cite").history[0].status_code == 307
    assert client.get(f"/{sort}/nothing/cite").status_code == 404
