"""The pages of what was linked, over the example's own ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from onrecord import Ledger
from onrecord.assessing import judged
from onrecord.domain.judgements import Verdict
from onrecord.ledger.linked_view import LinkedView
from onrecord.reading.rules import RuleReader
from onrecord.settings import Settings, families_in
from onrecord.sources.example import outlets_file, reports_folder
from onrecord.web.app import create_app
from onrecord.web.linked import MOST_UTTERANCES


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("linked-pages") / "example.ledger"
    with outlets_file() as outlets:
        settings = Settings(families=families_in(outlets))
    with reports_folder() as folder, Ledger(path, settings) as made:
        made.add(folder)
        made.link()
    return path


@pytest.fixture(scope="module")
def client(ledger: Path) -> Iterator[TestClient]:
    with TestClient(create_app(ledger), base_url="http://127.0.0.1") as client:
        yield client


def text(response: httpx.Response, status: int = 200) -> str:
    assert response.status_code == status
    return response.text


def test_lists_and_their_pages(client: TestClient, ledger: Path) -> None:
    with LinkedView(ledger) as view:
        heads = list(view.utterances())
        assert max(head.reports for head in heads) > 1
        for head in heads[:10]:
            assert f"/utterances/{head.id}" in text(client.get(f"/utterances?text={head.fullest.text[:20]}"))
            page = text(client.get(f"/utterances/{head.id}"))
            assert "independent origin" in page
        for row in view.actors(limit=10):
            assert row.actor.name in text(client.get(f"/actors/{row.actor.id}"))
            assert row.actor.name in text(client.get("/actors", params={"text": row.actor.name}))
        for story in view.stories(limit=10):
            assert story.id in text(client.get("/stories"))
            assert "independent origin" in text(client.get(f"/stories/{story.id}"))


def test_a_passage_or_the_beginning_of_an_id_leads_to_the_utterance(client: TestClient, ledger: Path) -> None:
    with LinkedView(ledger) as view:
        head = next(iter(view.utterances()))
        passage = view.utterance(head.id).renderings[0].passage
    for asked in (passage, head.id[:10]):
        answer = client.get(f"/utterances/{asked}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, f"/utterances/{head.id}")


@pytest.mark.parametrize("address", ["/utterances/abcdef123456", "/actors/person:nobody", "/stories/abcdef123456"])
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, address: str) -> None:
    assert "not on the record" in text(client.get(address), 404)


def test_what_is_missing_is_told_in_a_sentence(client: TestClient) -> None:
    page = text(client.get("/utterances/abcdef123456"), 404)
    assert ">No utterance &#39;abcdef123456&#39; is on the record" in page
    assert "<code>onrecord link</code>" in page


def test_a_story_tells_how_many_utterances_are_left_out(client: TestClient, ledger: Path) -> None:
    with LinkedView(ledger) as view:
        said = {story.id: view.count_utterances(story=story.id) for story in view.stories()}
    assert max(said.values()) > MOST_UTTERANCES
    for story, count in said.items():
        assert (f"most carried of {count} utterances" in text(client.get(f"/stories/{story}"))) == (
            count > MOST_UTTERANCES
        )


@pytest.mark.parametrize("address", ["/utterances", "/actors", "/stories"])
def test_a_value_that_is_no_use_is_explained(client: TestClient, address: str) -> None:
    assert "longer than" in text(client.get(address, params={"text": "x" * 301}), 422)
    assert client.get(address, params={"page": "900"}).status_code == 404


def test_statements_and_reports_lead_to_what_they_are_part_of(client: TestClient, ledger: Path) -> None:
    with LinkedView(ledger) as view:
        head = next(iter(view.utterances(reports=2)))
        rendering = view.utterance(head.id).renderings[0]
        story = view.stories(reports=2, limit=1)[0]
        told = view.story(story.id).reports[0].id
    assert f"/utterances/{head.id}" in text(client.get(f"/statements/{rendering.statement}"))
    assert f"/stories/{story.id}" in text(client.get(f"/reports/{told}"))
    assert f"/utterances/{head.id}" in text(client.get("/"))


def test_pages_of_a_ledger_that_was_never_linked(tmp_path: Path) -> None:
    path = tmp_path / "new.ledger"
    Ledger(path, reader=RuleReader()).add_text("“We will not leave,” Mayor Ida Holm said on Friday.")
    with TestClient(create_app(path), base_url="http://127.0.0.1") as client:
        assert "onrecord link" in text(client.get("/utterances"))
        for address in ("/", "/actors", "/stories", "/statements"):
            text(client.get(address))


def test_a_judgement_stands_on_the_page_with_its_name_and_reason(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "judged.ledger"
    path.write_bytes(ledger.read_bytes())
    with LinkedView(path) as view:
        a, b = (view.utterance(head.id).renderings[0].passage for head in view.utterances(limit=2))
    judged(path, Verdict.DIFFERENT, a, b, why="<b>no</b>", by="Ida Holm")
    judged(path, Verdict.SAME, a, b, why="I was there", by="Ida Holm")
    with TestClient(create_app(path), base_url="http://127.0.0.1") as client:
        page = text(client.get(f"/utterances/{a}"))
    for words in ("What people judged", "&lt;b&gt;no&lt;/b&gt;", "overridden", "I was there", "Ida Holm"):
        assert words in page
