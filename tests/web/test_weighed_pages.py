"""The pages of what was weighed, over the example's own ledger."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from starlette.testclient import TestClient

from onrecord import Ledger
from onrecord.assessing import graded, judged
from onrecord.domain.relations import RelationKind
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.weighed.beginning import passed
from onrecord.publishing.weighed.matrices import found
from onrecord.publishing.wording import day_words
from onrecord.reading.rules import RuleReader
from onrecord.settings import Settings
from onrecord.web.app import create_app
from onrecord.weighing.hypotheses import definitions
from tests.publishing.weighed.example import example_settings, weighed_ledger

LISTS = ("/relations", "/figures", "/docket", "/indicators", "/hypotheses", "/grades")
HERE = "http://127.0.0.1"


@pytest.fixture(scope="module")
def view() -> Iterator[WeighedView]:
    with WeighedView(weighed_ledger()) as opened:
        yield opened


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(weighed_ledger(), example_settings()), base_url=HERE) as opened:
        yield opened


def text(response: httpx.Response, status: int = 200) -> str:
    assert response.status_code == status
    return response.text


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_the_example_has_something_of_each(view: WeighedView) -> None:
    assert view.count_relations(kind="contradicts") > 3
    assert any(head.disputes for head in view.lineages(figures=2))
    assert view.count_docket() > 3


@pytest.mark.parametrize("address", LISTS)
def test_lists_lead_to_pages_that_are_there(client: TestClient, address: str) -> None:
    page = text(client.get(address))
    assert page.count("<h1") == 1
    links = set(re.findall(r'href="(/(?:relations|figures|docket|utterances)[/?][^"#]*)', page))
    for link in sorted(links)[:12]:
        text(client.get(unescape(link)))


def test_relations_stand_side_by_side_with_their_reasons(client: TestClient, view: WeighedView) -> None:
    for row in view.relations(kind="contradicts", limit=5):
        page = plain(text(client.get(f"/relations/{row.id}")))
        for side in (row.a, row.b):
            assert " ".join(side.span.text.split()) in page
            assert f"characters {side.span.start} to {side.span.end}" in page
        assert all(" ".join(reason.split()) in page for reason in row.reasons)


@pytest.mark.parametrize("kind", RelationKind)
def test_a_kind_chooses_relations(client: TestClient, view: WeighedView, kind: RelationKind) -> None:
    page = text(client.get("/relations", params={"relation": kind.value, "every": "yes"}))
    count = view.count_relations(kind=kind)
    assert page.count('<li class="relation ') == min(count, 25)
    assert f"<strong>{count:,} relation" in page


def test_no_utterance_fills_a_page_and_what_is_folded_is_reached(client: TestClient, view: WeighedView) -> None:
    page = text(client.get("/relations", params={"relation": "contradicts"}))
    shown = re.findall(r'class="between"><a href="/relations/([^"]+)"', page)
    rows = {row.id: row for row in view.relations(kind="contradicts")}
    sides = [side.utterance for id_ in shown for side in (rows[id_].a, rows[id_].b)]
    assert len(sides) == len(set(sides))
    assert len(shown) < len(rows)
    told = re.findall(r'<a href="(/relations\?utterance=[^"]+)">(\d+) more stands? against', page)
    assert told
    for link, more in told[:6]:
        every = text(client.get(unescape(link)))
        assert every.count('<li class="relation ') == min(int(more) + 1, 25)
        assert "Everything that stands to one utterance" in every


def test_on_its_own_page_an_utterance_is_not_repeated_in_each_pair(client: TestClient, view: WeighedView) -> None:
    row = view.relations(kind="contradicts", limit=1)[0]
    for address in (f"/utterances/{row.a.utterance}", f"/relations?utterance={row.a.utterance}"):
        page = text(client.get(address))
        pairs = page.split('<li class="relation ')[1:]
        assert pairs
        for pair in pairs:
            assert pair.split("</li>")[0].count('<div class="side">') == 1
            assert f"/utterances/{row.a.utterance}" not in pair.split("</article>")[0]


def test_a_figure_has_each_passage_and_its_table_is_no_wall(client: TestClient, view: WeighedView) -> None:
    head = view.lineages(figures=2, limit=1)[0]
    page = text(client.get(f"/figures/{head.id}"))
    shown = view.lineage(head.id)
    for one in shown.figures:
        assert f"/utterances/{one.passage.utterance}" in page
    assert page.count('<tr id="figure-') <= len(shown.figures)
    assert set(re.findall(r'href="#(figure-\d+)"', page)) <= set(re.findall(r'<tr id="(figure-\d+)"', page))


def test_docket_entries_stand_by_days_and_the_next_is_a_link_away(client: TestClient, view: WeighedView) -> None:
    now = view.today()
    before = passed(view, now)
    rows = view.docket()
    assert [row.entry.end is not None and row.entry.end <= now for row in rows].count(True) == before
    page = text(client.get("/docket"))
    assert f"The day of {before} entr" in page
    following = re.search(r'href="(/docket\?page=\d+)#next"', page)
    assert following is not None
    assert 'id="next"' in text(client.get(following[1]))
    entry = max(rows, key=lambda row: row.evidence)
    whole = plain(text(client.get(f"/docket/{entry.entry.utterance}")))
    assert entry.entry.rule in whole
    assert "for a person to decide" in whole or "nobody has decided" in whole


def test_indicators_show_days_passages_and_the_sentence(client: TestClient) -> None:
    page = text(client.get("/indicators"))
    assert page.count('<section class="indicator"') == 3
    assert page.count('<svg class="figure-picture"') == 3
    assert "<desc" in page
    assert re.search(r'<p class="change-told">Rising since \d+ March 2031: .* before, .* after\.</p>', page)
    assert re.search(r'<p class="rests"><a href="/utterances/', page)
    less = text(client.get("/indicators?since=2031-03-04&until=2031-03-05"))
    days = set(re.findall(r'<tr[^>]*><th scope="row">([^<]*)', less))
    assert days
    assert days <= {"4 March 2031", "5 March 2031", "4 March 2031 to 5 March 2031"}
    assert "not a date" in text(client.get("/indicators?since=soon"), 422)


def test_hypotheses_of_the_example_name_what_is_on_the_record(client: TestClient) -> None:
    page = text(client.get("/hypotheses"))
    assert "not on this record" not in page
    assert "quote more" not in page
    assert page.count("looked for and not there") >= 1
    assert page.count('class="inconsistent"') >= 3


@pytest.mark.parametrize("address", ["/indicators", "/hypotheses"])
def test_without_a_file_the_page_tells_how_to_write_one(address: str) -> None:
    with TestClient(create_app(weighed_ledger()), base_url=HERE) as client:
        page = text(client.get(address))
    assert "[[indicator]]" in page or "[[matrix]]" in page
    assert f"<code>{address[1:]}.toml</code>" in page


def test_the_file_that_the_page_shows_can_be_read() -> None:
    from onrecord.weighing.indicators import definitions as indicators

    with TestClient(create_app(weighed_ledger()), base_url=HERE) as client:
        samples = [
            unescape(re.findall(r"<pre[^>]*><code>(.*?)</code>", text(client.get(one)), re.S)[0])
            for one in ("/indicators", "/hypotheses")
        ]
    assert len(indicators(samples[0], "shown")) == 2
    assert len(definitions(samples[1], "shown")[0].rows) == 2


def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[[indicator]]\nname = 3", encoding="utf-8")
    settings = Settings(indicators=broken, hypotheses=tmp_path / "missing.toml")
    with TestClient(create_app(weighed_ledger(), settings), base_url=HERE) as client:
        assert "broken.toml: indicator 1: name: " in plain(text(client.get("/indicators"), 500))
        assert "cannot be read" in text(client.get("/hypotheses"), 500)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("The Exercise is OVER", "one"), ("no sign of a withdrawal", "several"), ("words that nobody said", "none")],
)
def test_words_name_evidence_where_one_utterance_alone_has_them(view: WeighedView, words: str, expected: str) -> None:
    matrix = f"""
[[matrix]]
name = "x"
[[matrix.hypothesis]]
key = "a"
text = "a"
[[matrix.hypothesis]]
key = "b"
text = "b"
[[matrix.evidence]]
words = "{words}"
a = "consistent"
b = "inconsistent"
"""
    its = found(view, definitions(matrix, "here"))
    assert (words in its.passages, its.several.get(words, 0) > 1) == (expected == "one", expected == "several")
    if expected == "one":
        assert words.casefold() in its.passages[words].span.text.casefold()


def test_the_beginning_of_an_id_leads_to_the_page(client: TestClient, view: WeighedView) -> None:
    relation = view.relations(limit=1)[0].id
    figure = view.lineages(limit=1)[0].id
    row = view.docket(limit=1)[0]
    for asked, whole in (
        (f"/relations/{relation[:12]}", f"/relations/{relation}"),
        (f"/figures/{figure[:12]}", f"/figures/{figure}"),
        (f"/docket/{row.entry.utterance[:12]}", f"/docket/{row.entry.utterance}"),
        (f"/docket/{row.passage.passage}", f"/docket/{row.entry.utterance}"),
    ):
        answer = client.get(asked, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, whole)


@pytest.mark.parametrize(
    "address",
    ["/relations/abcdef123456", "/figures/abcdef123456", "/docket/abcdef123456", "/relations?utterance=abcdef123456"],
)
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, address: str) -> None:
    assert "not on the record" in text(client.get(address), 404)


@pytest.mark.parametrize("address", ["/relations", "/figures", "/docket"])
def test_a_value_that_is_no_use_is_explained(client: TestClient, address: str) -> None:
    assert "longer than" in text(client.get(address, params={"text": "x" * 301}), 422)
    assert client.get(address, params={"page": "900"}).status_code == 404
    hostile = quote("<script>alert(1)</script>")
    assert "<script>" not in text(client.get(f"{address}?text={hostile}&relation={hostile}"))


def test_the_docket_is_chosen_by_acts_that_something_can_come_of(client: TestClient) -> None:
    page = text(client.get("/docket", params={"act": "demand"}))
    offered = re.findall(r'<option value="(\w+)"( selected)?>', page)
    assert offered == [("commitment", ""), ("demand", " selected"), ("warning", ""), ("prediction", "")]
    assert "There is no such act" in text(client.get("/docket", params={"act": "song"}), 422)


def test_a_person_says_otherwise_and_the_page_says_who_and_why(tmp_path: Path) -> None:
    path = tmp_path / "judged.ledger"
    shutil.copy(weighed_ledger(), path)
    with WeighedView(path) as view:
        row = view.relations(kind="contradicts", limit=1)[0]
        outlet = row.a.report.outlet
    assert outlet is not None
    judged(path, "unrelated", row.a.passage, row.b.passage, why="<b>two days</b>", by="Ida Holm")
    graded(path, outlet, "C", why="often late", by="Ida Holm")
    with Ledger(path) as again:
        again.weigh()
    with TestClient(create_app(path), base_url=HERE) as client:
        page = text(client.get(f"/relations/{row.id}"))
        assert "has nothing to do with" in page
        assert "&lt;b&gt;two days&lt;/b&gt;" in page
        assert "Ida Holm" in page
        assert row.id not in text(client.get("/relations?relation=contradicts&every=yes"))
        grades = plain(text(client.get("/grades")))
        assert f"{outlet} graded C" in grades
        assert "Fairly reliable: “often late” Ida Holm" in grades


def test_the_front_page_has_the_newest_disputes_and_what_falls_due(client: TestClient, view: WeighedView) -> None:
    page = text(client.get("/"))
    for heading in ("In dispute", "Falls due", "Figures in dispute"):
        assert f">{heading}</h2>" in page
    assert page.count('<li class="relation contradicts">') == 3
    now = view.today()
    coming = [row for row in view.docket() if row.entry.end is not None and row.entry.end > now]
    for row in coming[:3]:
        assert f"/docket/{row.entry.utterance}" in page
    for address in ("/relations?relation=contradicts", "/docket", "/figures", "/indicators", "/hypotheses", "/grades"):
        assert f'href="{address}"' in page


@pytest.mark.parametrize("address", ["/record", "/statements", *LISTS])
def test_indicators_hypotheses_and_grades_are_reached_from_everywhere(client: TestClient, address: str) -> None:
    page = text(client.get(address))
    for one in ("/indicators", "/hypotheses", "/grades"):
        assert f'href="{one}"' in page


def test_pages_of_a_ledger_that_was_never_weighed(tmp_path: Path) -> None:
    path = tmp_path / "new.ledger"
    Ledger(path, reader=RuleReader()).add_text("“We will not leave,” Mayor Ida Holm said on Friday.")
    with TestClient(create_app(path, example_settings()), base_url=HERE) as client:
        for address in ("/relations", "/figures", "/docket"):
            assert "onrecord weigh" in text(client.get(address))
        for address in ("/", "/grades", "/indicators"):
            text(client.get(address))
        assert "not on this record" in text(client.get("/hypotheses"))
        assert "In dispute" not in text(client.get("/"))


def test_contradictions_are_counted_by_who_speaks(client: TestClient, view: WeighedView) -> None:
    pairs = view.opposed(100)
    rows = view.relations(kind="contradicts")
    for pair in pairs:
        both = {pair.one.id, pair.other.id}
        sides = [[view.utterance(one.utterance).head.actor for one in (row.a, row.b)] for row in rows]
        counted = [its for its in sides if {actor.id for actor in its if actor} == both]
        assert len(counted) == pair.contradictions > 0
    numbers = [pair.contradictions for pair in pairs]
    assert numbers == sorted(numbers, reverse=True) != []
    page = text(client.get("/relations", params={"relation": "contradicts"}))
    assert "Who stands against whom" in page
    assert "Who stands against whom" not in text(
        client.get("/relations", params={"relation": "contradicts", "page": 1, "text": "saboteurs"})
    )
    of_one = client.get("/relations", params={"relation": "contradicts", "actor": pairs[0].one.id})
    assert pairs[0].one.name in plain(text(of_one))
    assert client.get("/relations", params={"actor": "nobody at all"}).status_code == 404


def test_the_calendar_of_the_docket_leads_to_the_entries_of_each_day(client: TestClient, view: WeighedView) -> None:
    page = text(client.get("/docket"))
    dated = [row.entry.last_day for row in view.docket() if row.entry.last_day is not None]
    assert page.count('<svg class="month" viewBox="-1 ') == len({(day.year, day.month) for day in dated}) == 1
    links = re.findall(r'<a href="([^"]+)#entries" aria-label="(\d+ March 2031), (\d+) entr', page)
    assert [day for _, day, _ in links] == sorted(
        {day_words(day) for day in dated}, key=lambda day: int(day.split()[0])
    )
    for link, day, entries in links:
        chosen = text(client.get(unescape(link)))
        assert f"<strong>{entries} entr" in chosen
        assert f", due on {day}</p>" in chosen
        assert chosen.count('<li class="statement docket">') == int(entries)
        assert chosen.count('aria-current="true"') == 1
        assert f">{day}</a></th>" in page
    assert f"{view.count_docket() - len(dated)} entries state no day." in page
    assert 'class="calendar' not in text(client.get("/docket?page=2"))


def test_the_calendar_keeps_what_else_was_chosen(client: TestClient, view: WeighedView) -> None:
    page = text(client.get("/docket", params={"act": "warning", "text": "<b>"}))
    assert 'class="calendar' not in page
    page = text(client.get("/docket", params={"act": "demand"}))
    dated = [row.entry.last_day for row in view.docket(act="demand") if row.entry.last_day is not None]
    links = re.findall(r'<a href="(/docket\?act=demand&amp;due=[^"]+)#entries" aria-label', page)
    assert len(links) == len(set(dated)) > 0


def test_a_day_on_which_nothing_falls_due_and_one_that_is_none(client: TestClient) -> None:
    page = text(client.get("/docket?due=2031-03-13"))
    assert "No entry fits; another day" in page
    assert 'id="month-2031-03"' in page
    page = text(client.get("/docket?due=Friday"), 422)
    assert "This is not a day" in page
    assert 'type="text" name="due" value="Friday"' in page
    assert 'id="month-9999-12"' in text(client.get("/docket?due=9999-12-31"))
