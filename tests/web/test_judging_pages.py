"""Judging on the pages: who may, what is taken, two people at once, and that every page follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from threading import Event

import httpx
import pytest
from starlette.testclient import TestClient

from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.people import Person, Role
from onrecord.errors import LedgerBusy
from onrecord.ledger.review_view import ReviewView
from onrecord.ledger.verify import verify
from onrecord.ledger.view import StatementFilter
from onrecord.pipeline import take_up
from onrecord.settings import Settings
from onrecord.web.acting import FORM, Door
from onrecord.web.app import create_app
from tests.publishing.weighed.example import example_settings, weighed_ledger

HERE = "http://127.0.0.1"
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def whole() -> Path:
    return weighed_ledger()


@pytest.fixture
def client(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    # However slow the machine is, the pages wait until a judgement is worked in.
    monkeypatch.setattr("onrecord.web.app.PATIENCE", 600.0)
    with TestClient(create_app(copied, example_settings(), by="Ida Holm"), base_url=HERE) as opened:
        yield opened


def forms(page: str) -> list[dict[str, str]]:
    """The hidden values of the forms of a page that are sent to be judged."""
    found = re.findall(r'<form[^>]*action="/judge".*?</form>', page, re.DOTALL)
    fields = r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">'
    return [{name: unescape(value) for name, value in re.findall(fields, one)} for one in found]


def form(client: TestClient, address: str, kind: str, **more: str) -> dict[str, str]:
    """The first form of this kind on a page."""
    return next(one for one in forms(client.get(address).text) if one["form"] == kind) | more


def send(client: TestClient, values: dict[str, str]) -> httpx.Response:
    return client.post("/judge", data=values, headers={"content-type": FORM}, follow_redirects=False)


def told(path: Path) -> list[Judgement]:
    with ReviewView(path) as view:
        return view.judgements()


def a_statement(path: Path) -> tuple[str, str, str]:
    """A named statement with an utterance: its id, its speaker, its utterance."""
    with ReviewView(path) as view:
        for one in view.statements():
            said = view.utterances_of(one.statement.id)
            if one.statement.speaker.name == "Joren Halvik" and said and said[0].reports == 1:
                return one.statement.id, "Joren Halvik", said[0].id
    raise AssertionError


def test_a_corrected_speaker_is_followed_by_every_page_and_taken_back(client: TestClient, copied: Path) -> None:
    statement, before, _ = a_statement(copied)
    address = f"/statements/{statement}"
    sent = send(client, form(client, address, "speaker", other="Pavla Drenko", why="the paragraph before names her"))
    assert (sent.status_code, sent.headers["location"]) == (303, f"{address}#judged")
    page = client.get(address).text
    assert "Speaker corrected by <bdi>Ida Holm</bdi>" in page
    assert f"The program reads: <bdi>{before}</bdi>" in page
    with ReviewView(copied) as view:
        actor, _ = view.speaker_of(statement)
        assert actor is not None
        assert actor.name == "Pavla Drenko"
        (utterance, *_) = view.utterances_of(statement)
        recorded = view.statement(statement)
        assert (recorded.statement.speaker.name, recorded.as_read.speaker.name) == ("Pavla Drenko", before)
        assert statement in {one.statement.id for one in view.statements(StatementFilter(speaker="Pavla Drenko"))}
        assert statement not in {one.statement.id for one in view.statements(StatementFilter(speaker=before))}
        report = recorded.report.id
    for followed in (
        f"/utterances/{utterance.id}",
        f"/actors/{actor.id}",
        "/speakers/Pavla%20Drenko",
        f"/reports/{report}",
        f"/api/v1/statements/{statement}",
    ):
        assert "Pavla Drenko" in client.get(followed).text
    assert recorded.content[0].text in unescape(client.get("/statements.jsonl?speaker=Pavla%20Drenko").text)
    undo = form(client, address, "undo", why="I had the wrong paragraph")
    assert send(client, undo).status_code == 303
    with ReviewView(copied) as view:
        assert view.statement(statement).statement == view.statement(statement).as_read
        back, _ = view.speaker_of(statement)
        assert back is not None
        assert back.name == before
    assert "taken back by Ida Holm" in client.get(address).text
    assert verify(copied).holds
    assert [(one.subject, one.by) for one in told(copied)] == [
        (Subject.SPEAKER, "Ida Holm"),
        (Subject.UNDONE, "Ida Holm"),
    ]


def test_two_people_at_once_do_not_overwrite_each_other(client: TestClient, copied: Path) -> None:
    statement, _, _ = a_statement(copied)
    address = f"/statements/{statement}"
    mine = form(client, address, "speaker", other="Pavla Drenko", why="mine")
    theirs = form(client, address, "speaker", other="Piet Harsany", why=f"theirs {HOSTILE}")
    assert send(client, theirs).status_code == 303
    answer = send(client, mine)
    assert answer.status_code == 409
    assert HOSTILE not in answer.text
    for word in ("Piet Harsany", "theirs", "Pavla Drenko", "mine"):
        assert word in answer.text
    assert len(told(copied)) == 1
    # Looked at, both can stand.
    (again,) = forms(answer.text)
    assert send(client, again).status_code == 303
    assert [one.verdict for one in told(copied)] == ["Piet Harsany", "Pavla Drenko"]
    assert send(client, again).status_code == 409


def test_nothing_is_taken_without_the_token_or_from_elsewhere(client: TestClient, copied: Path) -> None:
    statement, _, _ = a_statement(copied)
    values = form(client, f"/statements/{statement}", "speaker", other="Pavla Drenko", why="why")
    assert send(client, values | {"form_token": "guessed"}).status_code == 403
    elsewhere = {"content-type": FORM, "origin": "http://elsewhere.example"}
    assert client.post("/judge", data=values, headers=elsewhere).status_code == 403
    assert client.get("/judge").status_code == 405
    assert told(copied) == []


@pytest.mark.parametrize(("role", "status"), [(Role.READER, 403), (Role.EDITOR, 303), (Role.ADMIN, 303)])
def test_only_editors_judge(
    client: TestClient, copied: Path, monkeypatch: pytest.MonkeyPatch, role: Role, status: int
) -> None:
    statement, _, _ = a_statement(copied)
    address = f"/statements/{statement}"
    values = form(client, address, "speaker", other="Pavla Drenko", why="why")
    held = _door(client)
    monkeypatch.setattr(held, "person", Person("Ruth Amsel", role))
    assert send(client, values).status_code == status
    page = client.get(address).text
    assert ("Judge this" in page) == (role is not Role.READER)


def test_one_takes_back_ones_own_and_an_admin_anything(
    client: TestClient, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement, _, _ = a_statement(copied)
    address = f"/statements/{statement}"
    assert send(client, form(client, address, "statement", pick="is no statement", why="a headline")).status_code == 303
    undo = form(client, address, "undo", why="no")
    held = _door(client)
    monkeypatch.setattr(held, "person", Person("Ruth Amsel", Role.EDITOR))
    assert "undo" not in {one["form"] for one in forms(client.get(address).text)}
    refused = send(client, undo)
    assert refused.status_code == 403
    assert "Ida Holm put this on the record" in refused.text
    monkeypatch.setattr(held, "person", Person("Ruth Amsel", Role.ADMIN))
    assert send(client, undo).status_code == 303
    # Once is enough: the form is of before it was taken back.
    assert send(client, undo).status_code == 404


def _door(client: TestClient) -> Door:
    one = client.app.middleware_stack  # type: ignore[attr-defined]
    while not isinstance(one, Door):
        one = one.app
    return one


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"other": ""}, 422),
        ({"other": HOSTILE}, 303),
        ({"other": "x" * 201}, 422),
        ({"other": "‮evil"}, 422),
        ({"other": "person:nobody-at-all"}, 404),
        ({"other": "Holm", "why": ""}, 422),
        ({"other": "Holm", "why": "x" * 4001}, 422),
        ({"other": "Holm", "form": "everything"}, 422),
        ({"other": "Holm", "form": "pair", "subject": "nothing"}, 422),
        ({"other": "Holm", "form": "pair", "subject": "note", "pick": "same"}, 422),
        ({"other": "Holm", "a": "0" * 32}, 404),
        ({"form": "span", "pick": "content", "start": "5", "end": "999999"}, 422),
        ({"form": "span", "pick": "content", "start": "9", "end": "5"}, 422),
        ({"form": "span", "pick": "content", "start": "-9", "end": "5"}, 422),
        ({"form": "span", "pick": "everything", "start": "1", "end": "5"}, 422),
        ({"form": "relation", "pick": "loathes", "b": "0" * 32}, 422),
        ({"form": "status", "pick": "due"}, 422),
    ],
)
def test_what_is_no_use_is_refused_in_words(
    client: TestClient, copied: Path, more: dict[str, str], status: int
) -> None:
    statement, _, _ = a_statement(copied)
    values = form(client, f"/statements/{statement}", "speaker", why="why") | more
    answer = send(client, values)
    assert answer.status_code == status
    assert len(told(copied)) == (status == 303)
    assert HOSTILE not in client.get(f"/statements/{statement}").text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/é"])
def test_nobody_is_sent_elsewhere(client: TestClient, copied: Path, back: str) -> None:
    statement, _, _ = a_statement(copied)
    values = form(client, f"/statements/{statement}", "note", why="call them", back=back)
    assert send(client, values).headers["location"].startswith("/review?told=") or back == "/é"
    assert send(client, values).headers["location"].startswith("/review")


def test_a_span_is_chosen_on_the_report_and_shown(client: TestClient, copied: Path) -> None:
    statement, _, _ = a_statement(copied)
    with ReviewView(copied) as view:
        recorded = view.statement(statement)
        text = view.report(recorded.report.id).report.text
    first = recorded.content[0]
    end = first.start + text[first.start : first.end].index(" ")
    page = client.get(f"/reports/{recorded.report.id}").text
    assert 'data-offset="0"' in page
    assert "/static/judging.js" in page
    option = re.search(rf'<option value="({statement} [^"]*)">', page)
    assert option is not None
    values = form(client, f"/reports/{recorded.report.id}", "span")
    values |= {
        "a": option.group(1),
        "pick": "content",
        "start": str(first.start),
        "end": str(end + 1),
        "why": "too long",
    }
    assert send(client, values).status_code == 303
    with ReviewView(copied) as view:
        now = view.statement(statement)
        assert [(one.start, one.text) for one in now.content] == [(first.start, text[first.start : end])]
        assert now.as_read.content == recorded.statement.content
        assert [one.span.text for one in now.passages] == [text[first.start : end].strip('“”"')]
        # What was linked of it is what the person says it is.
        assert {one.id for one in now.passages} == {
            one.passage
            for said in view.utterances_of(statement)
            for one in view.utterance(said.id).renderings
            if one.statement == statement
        }
    page = unescape(client.get(f"/statements/{statement}").text)
    assert "Content corrected by <bdi>Ida Holm</bdi>" in page
    assert f"The program reads: <bdi>{first.text[:40]}" in page
    assert send(client, values).status_code == 409
    assert verify(copied).holds


def test_each_page_offers_what_can_be_judged_of_it(client: TestClient, copied: Path) -> None:
    with ReviewView(copied) as view:
        relation, entry, actor = view.relations(kind="contradicts")[0], view.docket()[0], view.actors()[0]
        story, utterance = view.stories(reports=2)[0], next(view.utterances(reports=2))
    wanted = {
        f"/relations/{relation.id}": {"relation", "pair", "note"},
        f"/docket/{entry.entry.utterance}": {"status", "note"},
        f"/actors/{actor.actor.id}": {"pair", "source", "note"},
        f"/stories/{story.id}": {"pair", "note"},
        f"/utterances/{utterance.id}": {"pair", "item", "note"},
    }
    for address, kinds in wanted.items():
        assert kinds <= {one["form"] for one in forms(client.get(address).text)}
    answers = [
        send(client, form(client, f"/relations/{relation.id}", "relation", pick="unrelated", why="two nights")),
        send(client, form(client, f"/docket/{entry.entry.utterance}", "status", pick="met", why="it came")),
        send(client, form(client, f"/actors/{actor.actor.id}", "source", pick="C", why="mostly right")),
        send(client, form(client, f"/relations/{relation.id}", "note", why=f"ask them {HOSTILE}")),
    ]
    assert [one.status_code for one in answers] == [303] * 4
    assert "two nights" in client.get(f"/relations/{relation.id}").text
    shown = client.get(f"/docket/{entry.entry.utterance}").text
    assert "it came" in shown
    assert "<strong>met</strong>" in shown
    page = client.get(f"/relations/{relation.id}").text
    assert "ask them" in page
    assert HOSTILE not in page
    # What the page did not show cannot be confirmed without a reason.
    bare = form(client, f"/docket/{entry.entry.utterance}", "status", pick="partly")
    assert send(client, bare).status_code == 422


def test_the_queue_goes_on_when_something_is_judged(client: TestClient, copied: Path) -> None:
    page = client.get("/review").text
    total = int(re.search(r"1 of (\d+)", page).group(1))  # type: ignore[union-attr]
    (first, *_) = [one for one in forms(page) if one["form"] != "span"]
    picks = re.findall(r'name="pick" value="([^"]+)"', page)
    answer = send(client, first | {"pick": unescape(picks[-1]), "why": "looked"})
    assert answer.status_code == 303
    after = client.get(answer.headers["location"]).text
    assert "On the record:" in after
    assert "Take it back" in after
    assert f"1 of {total - 1}" in after
    # Skipping leads on, and the end is no error.
    assert client.get(f"/review?page={total + 50}").status_code == 200
    assert client.get("/review?page=x").status_code == 422
    assert client.get("/review?told=nothing").status_code == 200


def test_every_item_of_the_queue_has_a_page(client: TestClient, copied: Path) -> None:
    total = int(re.search(r"1 of (\d+)", client.get("/review").text).group(1))  # type: ignore[union-attr]
    kinds = set()
    for number in range(1, total + 1, 3):
        page = client.get(f"/review?page={number}")
        assert page.status_code == 200
        assert "data-offset=" in page.text
        kinds |= {one["form"] for one in forms(page.text)}
    assert {"statement", "span", "status", "relation"} <= kinds


def test_a_confirmed_statement_needs_no_reason_and_leaves_the_queue(client: TestClient, copied: Path) -> None:
    with ReviewView(copied) as view:
        (doubt, *_) = view.unsure_statements(0.6, 5)
    values = form(client, f"/statements/{doubt.id}", "statement", pick="is a statement")
    assert send(client, values).status_code == 303
    with ReviewView(copied) as view:
        assert doubt.id not in {one.id for one in view.unsure_statements(0.6, 500)}
    assert told(copied)[0].why == "looked at in its report, and confirmed"


def test_on_a_large_ledger_the_page_does_not_wait(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.app.PATIENCE", 0.0)
    with TestClient(create_app(copied, example_settings(), by="Ida Holm"), base_url=HERE) as client:
        statement, _, _ = a_statement(copied)
        values = form(client, f"/statements/{statement}", "speaker", other="Pavla Drenko", why="why")
        answer = send(client, values)
        assert answer.status_code == 202
        assert "being worked in" in answer.text
    # The pages close only when it has been worked in.
    with ReviewView(copied) as view:
        actor, _ = view.speaker_of(statement)
        assert actor is not None
        assert actor.name == "Pavla Drenko"


def test_who_goes_on_to_the_next_does_not_wait_and_is_told_so(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on = Event(), Event()

    def waits(path: Path, subjects: frozenset[Subject], settings: Settings) -> None:
        began.set()
        assert go_on.wait(60)
        take_up(path, subjects, settings)

    monkeypatch.setattr("onrecord.web.taking_up.take_up", waits)
    with TestClient(create_app(copied, example_settings(), by="Ida Holm"), base_url=HERE) as client:
        page = client.get("/review").text
        kind = ""
        seen: set[str] = set()
        for number in range(1, 200):
            page = client.get(f"/review?page={number}").text
            kind = next(one["form"] for one in forms(page) if one["form"] != "span")
            if kind not in seen:
                seen.add(kind)
                total = int(re.search(r"of (\d+)", page).group(1))  # type: ignore[union-attr]
                (first, *_) = [one for one in forms(page) if one["form"] != "span"]
                pick = {"status": "met", "relation": "unrelated", "statement": "is a statement", "pair": "different"}
                more = {"pick": pick[kind]} if kind in pick else {"other": "Nora Quist"}
                answer = send(client, first | more | {"why": "looked"})
                assert answer.status_code == 303, kind
                assert began.wait(60)
                after = client.get(answer.headers["location"]).text
                assert "being worked in" in after, kind
                # Of an utterance another pair may be in doubt, and of a statement its speaker as well.
                left = int(re.search(r"of (\d+)", after).group(1))  # type: ignore[union-attr]
                assert left < total or kind == "pair", kind
                assert first["a"] not in [one["a"] for one in forms(after)], kind
        assert seen == {"status", "relation", "statement", "pair", "speaker"}
        go_on.set()
    assert len(told(copied)) == len(seen)


@pytest.mark.parametrize("error", [LedgerBusy("another process is writing"), RuntimeError("unforeseen")])
def test_what_cannot_be_worked_in_is_on_the_record_all_the_same(
    client: TestClient, copied: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object) -> None:
        raise error

    statement, _, _ = a_statement(copied)
    values = form(client, f"/statements/{statement}", "speaker", other="Pavla Drenko", why="why")
    monkeypatch.setattr("onrecord.web.taking_up.take_up", fails)
    answer = send(client, values)
    assert answer.status_code == 202
    assert "could not be worked in" in answer.text
    assert "Traceback" not in answer.text
    assert len(told(copied)) == 1


def test_a_whole_sentence_is_chosen_without_a_script(client: TestClient, copied: Path) -> None:
    statement, _, _ = a_statement(copied)
    page = client.get(f"/statements/{statement}").text
    offered = re.findall(r'<option value="(\d+)-(\d+)">', page)
    first, last = offered[0]
    values = form(
        client, f"/statements/{statement}", "span", pick="content", sentence=f"{first}-{last}", why="all of it"
    )
    assert send(client, values | {"start": "1", "end": "2"}).status_code == 303
    with ReviewView(copied) as view:
        (content,) = view.statement(statement).content
    assert (content.start, content.end) == (int(first), int(last))
