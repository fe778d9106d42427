"""What is new: all of it, nothing of it, and what came after a time; on the page and in a terminal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord import Ledger
from onrecord.assessing import judged
from onrecord.ledger.news_view import NewsView
from onrecord.settings import Settings
from onrecord.web.acting import FORM, TOKEN_FIELD
from onrecord.web.app import create_app
from tests.publishing.weighed.example import example_settings, weighed_ledger

HERE = "http://127.0.0.1"
SENT = {"content-type": FORM, "origin": HERE}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(weighed_ledger(), example_settings()), base_url=HERE) as opened:
        yield opened


def token(client: TestClient) -> str:
    found = re.search(rf'name="{TOKEN_FIELD}" value="([^"]+)"', client.get("/today").text)
    assert found is not None
    return found[1]


def test_since_long_ago_all_is_new() -> None:
    with NewsView(weighed_ledger()) as view:
        now = view.today()
        news = view.news(LONG_AGO, due=(now, now + WEEK), most=3)
        totals = view.totals()
        assert (news.reports, news.statements) == (totals.reports, totals.statements)
        assert news.all_carried == view.count_utterances()
        assert news.all_contradictions == view.count_relations(kind="contradicts")
        assert news.all_entered == view.count_docket()
        assert [one.id for one in news.carried] == [one.id for one in view.utterances(limit=3)]
        ends = [row.entry.end for row in news.falling_due]
        assert ends == sorted(end for end in ends if end is not None)
        assert all(end is not None and now < end <= now + WEEK for end in ends)
        assert 3 == len(ends) < news.all_falling_due < view.count_docket()
        assert news.moved
        assert all(head.values > 1 for head in news.moved)


def test_of_very_much_that_is_new_the_newest_is_looked_at(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> None:
    monkeypatch.setattr("onrecord.ledger.news_view.LOOKED_AT", 40)
    with NewsView(weighed_ledger()) as view:
        now = view.today()
        news = view.news(LONG_AGO, due=(now, now), most=500)
        assert news.statements == view.totals().statements
        assert len(news.carried) == news.all_carried < view.count_utterances()
        assert len(news.entered) == news.all_entered < view.count_docket()
        assert news.all_moved < view.count_lineages()
        # Whole reports, the last to come on the record: no more of them than it takes.
        as_recorded = Counter(one.report.id for one in view.statements(limit=None, order="reading"))
        newest = list(accumulate(reversed(as_recorded.values())))
        assert news.looked_at == next(many for many in newest if many >= 40)
    assert f"of the newest {news.looked_at} of them" in client.get("/today?since=2020-01-01").text


def test_since_now_nothing_is_new_and_what_falls_due_is_told() -> None:
    with NewsView(weighed_ledger()) as view:
        last = view.last_recorded()
        assert last is not None
        now = view.today()
        news = view.news(last, due=(now, now + WEEK))
        assert (news.reports, news.statements, news.all_carried, news.all_contradictions) == (0, 0, 0, 0)
        assert (news.all_moved, news.all_entered, news.judgements) == (0, 0, ())
        assert news.falling_due


def test_only_what_came_after_is_new(tmp_path: Path) -> None:
    path = tmp_path / "two.ledger"
    texts = (
        "Mayor Ida Holm said on Monday that the bridge would stay closed until April.",
        "Engineer Omar Dur said on Tuesday that the bridge would open in May.",
    )
    (tmp_path / "first.txt").write_text(texts[0], encoding="utf-8")
    (tmp_path / "second.txt").write_text(texts[1], encoding="utf-8")
    with Ledger(path) as ledger:
        ledger.add(tmp_path / "first.txt")
    with NewsView(path) as view:
        between = view.last_recorded()
        assert between is not None
    with Ledger(path) as ledger:
        ledger.add(tmp_path / "second.txt")
        ledger.link()
        ledger.weigh()
    with NewsView(path) as view:
        news = view.news(between, due=(between, between))
        assert news.reports == 1
        assert {one.speaker for one in news.carried} == {"Omar Dur"}
        assert view.news(LONG_AGO, due=(between, between)).reports == 2


def test_who_has_looked_is_told_what_came_since(client: TestClient) -> None:
    page = client.get("/today").text
    assert "What stands against what" in page
    later = {TOKEN_FIELD: token(client), "until": "2040-01-01T00:00"}
    answer = client.post("/today/looked", data=later, headers=SENT, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/today")
    cookie = answer.headers["set-cookie"]
    assert all(one in cookie for one in ("HttpOnly", "SameSite=lax", "Path=/today"))
    page = client.get("/today").text
    assert "1 January 2040" in page
    assert "What stands against what" not in page
    assert "What stands against what" in client.get("/today?since=2020-01-01").text


@pytest.mark.parametrize("since", ["x", "2022-13-01", "9999-12-31T23:59-23:00", "<script>", "\x00"])
def test_a_time_that_is_none_is_explained(client: TestClient, since: str) -> None:
    answer = client.get("/today", params={"since": since})
    assert answer.status_code == 422
    assert "This is not a date" in answer.text
    assert "<script>" not in answer.text


def test_looking_without_the_token_of_the_page_is_refused(client: TestClient) -> None:
    assert client.post("/today/looked", data={"until": "2040-01-01"}, headers=SENT).status_code == 403
    client.cookies.set("onrecord-looked", "rubbish")
    assert client.get("/today").status_code == 200


def test_a_judgement_is_news(tmp_path: Path) -> None:
    path = tmp_path / "judged.ledger"
    shutil.copy(weighed_ledger(), path)
    with NewsView(path) as view:
        last = view.last_recorded()
        row = view.relations(kind="contradicts", limit=1)[0]
    assert last is not None
    judged(
        path, "unrelated", row.a.passage, row.b.passage, why="<b>other</b> weirs", by="Ida Holm", settings=Settings()
    )
    with TestClient(create_app(path), base_url=HERE) as opened:
        page = opened.get("/today", params={"since": last.isoformat()}).text
    assert "Judged by people" in page
    assert "&lt;b&gt;other&lt;/b&gt; weirs" in page


def test_a_terminal_tells_the_same() -> None:
    command = [sys.executable, "-m", "onrecord", "today", "--ledger", str(weighed_ledger()), "--most", "2"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    row = json.loads(subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout)
    assert f"what stands against what ({row['contradictions']['total']})" in told
    assert row["utterances"]["items"][0]["id"][:12] in told
    assert len(row["utterances"]["items"]) == 2
