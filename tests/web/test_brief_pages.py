"""The pages of briefs, over the example's own ledger."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from onrecord.assessing import judged
from onrecord.domain.briefs import Brief
from onrecord.ledger.weighed_view import WeighedView
from onrecord.ledger.writer import Writer
from onrecord.proof import check
from onrecord.publishing.briefs import Asked, composed
from onrecord.settings import Settings
from onrecord.web.acting import TOKEN_FIELD
from onrecord.web.app import create_app
from tests.publishing.weighed.example import weighed_ledger

HERE = "http://127.0.0.1"
MADE = datetime(2031, 3, 12, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(weighed_ledger(), tmp_path_factory.mktemp("briefs") / "example.ledger"))


@pytest.fixture(scope="module")
def brief(ledger: Path) -> tuple[str, Brief]:
    with WeighedView(ledger) as view:
        made = composed(view, Asked(text="withdraw"), by="Ida <b>Holm</b>", made=MADE)
    with Writer(ledger) as writer:
        return writer.record_brief(made), made


@pytest.fixture(scope="module")
def client(ledger: Path, brief: tuple[str, Brief]) -> Iterator[TestClient]:
    with TestClient(create_app(ledger), base_url=HERE) as opened:
        yield opened


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_a_record_without_briefs_says_how_one_is_made() -> None:
    with TestClient(create_app(weighed_ledger()), base_url=HERE) as opened:
        found = opened.get("/briefs")
        assert found.status_code == 200
        assert "onrecord brief --story" in found.text


def test_the_list_names_every_brief_and_the_record_leads_to_it(client: TestClient, brief: tuple[str, Brief]) -> None:
    found = client.get("/briefs").text
    assert f'href="/briefs/{brief[0]}"' in found
    assert "<b>Holm" not in found
    assert "nothing under it has changed since" in found
    assert 'href="/briefs"' in client.get("/record").text


def test_every_source_leads_to_its_characters_in_the_report(client: TestClient, brief: tuple[str, Brief]) -> None:
    id_, made = brief
    page = client.get(f"/briefs/{id_[:9]}").text
    assert client.get(f"/briefs/{id_[:9]}").url.path == f"/briefs/{id_}"
    marks = {int(one) for one in re.findall(r'href="#source-(\d+)"', page)}
    places = {int(one) for one in re.findall(r'id="source-(\d+)"', page)}
    assert marks == places == set(range(1, len(made.citations) + 1))
    for one in made.citations:
        assert f"/reports/{one.report}#at-{one.statement}" in page
    first = made.citations[0]
    assert f'id="at-{first.statement}"' in client.get(f"/reports/{first.report}").text


def test_the_page_has_the_sentences_of_the_brief_and_no_others(client: TestClient, brief: tuple[str, Brief]) -> None:
    from onrecord.domain.briefs import words

    page = client.get(f"/briefs/{brief[0]}").text
    told = [plain(one) for one in re.findall(r"<li><bdi>(.*?)</bdi>", page)]
    assert told == [" ".join(words(one).split()) for section in brief[1].sections for one in section.sentences]


def test_what_changed_stands_in_a_box(ledger: Path, brief: tuple[str, Brief], tmp_path: Path) -> None:
    path = Path(shutil.copy(ledger, tmp_path / "changed.ledger"))
    id_, made = brief
    one = made.citations[0]
    with WeighedView(path) as view:
        other = next(head.id for head in view.utterances() if head.id != one.utterance)
    later = MADE.replace(day=13)
    judged(path, "unrelated", one.passage, other, why="two years", by="Odile Marsh", settings=Settings(), made=later)
    with TestClient(create_app(path), base_url=HERE) as opened:
        page = plain(opened.get(f"/briefs/{id_}").text)
        assert "What has changed under it since" in page
        assert "Odile Marsh judged relation unrelated on 2031-03-13" in page
        assert "changed since: Odile Marsh" in plain(opened.get("/briefs").text)


@pytest.mark.parametrize("id_", ["zzzzzz", "ffffffffffff", "%3Cscript%3E", "a"])
def test_what_is_no_brief_is_told(client: TestClient, id_: str) -> None:
    assert client.get(f"/briefs/{id_}").status_code == 404


def send(client: TestClient, values: dict[str, str], page: str = "/briefs") -> httpx.Response:
    found = re.search(rf'name="{TOKEN_FIELD}" value="([^"]+)"', client.get(page).text)
    assert found is not None
    sent = {TOKEN_FIELD: found[1], **values}
    return client.post("/briefs", data=sent, headers={"origin": HERE}, follow_redirects=False)


def test_a_brief_is_written_on_the_page_and_checked_without_the_record(ledger: Path, tmp_path: Path) -> None:
    with TestClient(create_app(ledger, by="Ida Holm"), base_url=HERE) as client:
        answer = send(client, {"text": "withdraw", "since": "2031-03-03", "until": ""})
        assert answer.status_code == 303
        place = answer.headers["location"]
        page = client.get(place).text
        assert "Ida Holm" in plain(page)
        assert f'href="{place}/proof.zip"' in page
        proof = client.get(f"{place}/proof.zip")
        assert proof.headers["content-disposition"].startswith('attachment; filename="proof-')
        (tmp_path / "proof.zip").write_bytes(proof.content)
        checked = check(tmp_path / "proof.zip")
        assert checked.faults == ()
        for ending, begins in (
            ("md", b"# "),
            ("html", b"<!doctype html>"),
            ("json", b"{"),
            ("docx", b"PK"),
            ("pdf", b"%PDF"),
        ):
            file = client.get(f"{place}/brief.{ending}")
            assert file.status_code == 200
            assert file.content.lower().startswith(begins.lower())
            assert "attachment" in file.headers["content-disposition"]
        for wrong in ("brief.exe", "brief", "brief.md.html", "other.md", "proof.zip.md"):
            assert client.get(f"{place}/{wrong}").status_code == 404


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Say what it is about"),
        ({"text": "rhododendron"}, "Nothing on the record is about this"),
        ({"text": "withdraw", "since": "yesterday"}, "A day is written like"),
        ({"text": "x" * 301}, "longer than 300"),
        ({"story": "000000000000"}, "no story"),
        ({"actor": "<script>alert(1)</script>"}, "no actor"),
    ],
)
def test_what_no_brief_can_be_written_of_is_explained(client: TestClient, values: dict[str, str], told: str) -> None:
    before = client.get("/briefs").text.count('<li>\n<h2><a href="/briefs/')
    answer = send(client, values)
    assert answer.status_code == 422
    assert told.casefold() in plain(answer.text).casefold()
    assert "<script>" not in answer.text
    assert client.get("/briefs").text.count('<li>\n<h2><a href="/briefs/') == before


def test_a_story_leads_to_a_brief_about_it(client: TestClient, ledger: Path) -> None:
    with WeighedView(ledger) as view:
        story = view.stories(reports=2, limit=1)[0].id
    assert f'href="/briefs?story={story}"' in client.get(f"/stories/{story}").text
    assert f'value="{story}"' in client.get("/briefs", params={"story": story}).text
    assert send(client, {"story": story}).status_code == 303


def test_a_format_whose_library_is_not_installed_says_what_to_install(
    client: TestClient, brief: tuple[str, Brief], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    answer = client.get(f"/briefs/{brief[0]}/brief.docx")
    assert answer.status_code == 501
    assert "A Word document needs python-docx: pip install 'onrecord[brief]'" in unescape(answer.text)
