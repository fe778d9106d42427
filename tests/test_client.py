"""The client, against the application itself and against servers on this computer that are none."""

from __future__ import annotations

import doctest
import inspect
import json
import shutil
import socket
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import onrecord.client
from onrecord.client import AT_ONCE, Answer, Client
from onrecord.errors import NotOnRecord, SettingsError, Unanswered
from onrecord.ledger.weighed_view import WeighedView
from onrecord.pipeline import Ledger
from onrecord.publishing.exports import json_lines, statement_row
from onrecord.web.app import create_app
from tests.publishing.weighed.example import briefed_ledger

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

URL = "http://127.0.0.1:8377"
LISTS = {
    "reports": "report",
    "statements": "statement",
    "utterances": "utterance",
    "actors": "actor",
    "stories": "story",
    "relations": "relation",
    "figures": "figure",
    "docket": "entry",
    "briefs": "brief",
}


class Asking:
    """Asks the application without a network, and remembers what was asked and answered."""

    def __init__(self, server: TestClient) -> None:
        self._server = server
        self.asked: list[str] = []
        self.answered: list[int] = []

    def __call__(self, address: str, headers: Mapping[str, str]) -> Answer:
        answer = self._server.get(address, headers=dict(headers))
        self.asked.append(address.removeprefix(f"{URL}/api/v1/"))
        self.answered.append(answer.status_code)
        return Answer(answer.status_code, dict(answer.headers), answer.content)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return briefed_ledger(tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="module")
def server(ledger: Path) -> Iterator[TestClient]:
    with TestClient(create_app(ledger), base_url=URL) as opened:
        yield opened


@pytest.fixture
def asking(server: TestClient) -> Asking:
    return Asking(server)


@pytest.fixture
def client(asking: Asking) -> Client:
    return Client(URL, ask=asking)


def answering(*answers: Answer) -> Client:
    """A client of a server that gives these answers, one after the other."""
    waiting = iter(answers)
    return Client(URL, ask=lambda _address, _headers: next(waiting))


def of_json(value: object, status: int = 200, **headers: str) -> Answer:
    return Answer(status, headers, json.dumps(value).encode())


def test_a_walk_meets_every_item_once_a_part_at_a_time(client: Client, asking: Asking, ledger: Path) -> None:
    with WeighedView(ledger) as view:
        expected = list(map(json.loads, json_lines(map(statement_row, view.statements()))))
    assert list(client.statements()) == expected
    assert len(asking.asked) == -(-len(expected) // AT_ONCE) > 1


def test_the_versions_of_a_page_are_got_by_one_of_its_reports(client: Client, asking: Asking) -> None:
    report = next(client.reports())["report"]
    found = client.versions(str(report))
    assert (found["report"], found["version"], found["change"]) == (report, 1, None)
    with pytest.raises(NotOnRecord):
        client.versions(str(report), against="no such report")
    assert asking.asked[-1].endswith(f"reports/{report}/versions?against=no+such+report")


def test_nothing_is_asked_for_before_it_is_wanted(client: Client, asking: Asking) -> None:
    walk = client.statements()
    assert asking.asked == []
    next(walk)
    assert len(asking.asked) == 1


@pytest.mark.parametrize(("of", "one"), LISTS.items())
def test_every_list_is_walked_and_each_thing_got_alone(client: Client, of: str, one: str) -> None:
    item = next(getattr(client, of)())
    id_ = item.get("id") or item["report"]
    alone = getattr(client, one)(id_)
    assert id_ in (alone.get("id"), alone.get("report"))
    assert alone == getattr(client, one)(id_[:20] if ":" not in id_ else id_)


def test_the_values_of_every_list_are_those_that_the_server_knows(server: TestClient) -> None:
    paths = server.get("/api/v1/openapi.json").json()["paths"]
    assert {path.strip("/") for path, its in paths.items() if "{" not in path and "get" in its} == {
        *LISTS,
        "search",
        "record",
    }
    for of in (*LISTS, "search"):
        known = {one["name"] for one in paths[f"/{of}"]["get"].get("parameters", ()) if one["in"] == "query"}
        # "in" is a word of Python.
        known = {"place" if name == "in" else name for name in known}
        assert set(inspect.signature(getattr(Client, of)).parameters) - {"self"} == known - {"limit", "cursor"}, of


def test_a_search_tells_how_each_was_found(client: Client, asking: Asking) -> None:
    found = list(client.search("troops pulled back", exact=False, since=date(2031, 3, 1)))
    assert asking.asked[0] == "search?limit=200&q=troops+pulled+back&exact=false&since=2031-03-01"
    assert {one["found"]["by"] for one in found} <= {"words", "meaning"}
    assert next(client.search("Halvik", place="actors"))["name"]


@pytest.mark.parametrize(
    ("of", "values", "asked"),
    [
        ("statements", {"since": date(2031, 3, 5), "act": "denial"}, "limit=200&act=denial&since=2031-03-05"),
        ("statements", {"text": '"a phrase" & more'}, "limit=200&text=%22a+phrase%22+%26+more"),
        (
            "search",
            {"since": datetime(2031, 3, 5, 14, 5, tzinfo=UTC)},
            "limit=200&since=2031-03-05T14%3A05%3A00%2B00%3A00",
        ),
        ("utterances", {"origins": 2}, "limit=200&origins=2"),
    ],
)
def test_values_are_sent_as_they_are_meant(
    client: Client, asking: Asking, of: str, values: dict[str, Any], asked: str
) -> None:
    found = list(getattr(client, of)(**values))
    assert asking.asked[0] == f"{of}?{asked}"
    assert all("origins" not in values or one["origins"] >= 2 for one in found)


def test_what_has_not_changed_is_not_sent_again(client: Client, asking: Asking) -> None:
    first = list(client.statements())
    first[0]["kind"] = "changed by its owner"
    again = list(client.statements())
    assert asking.answered == [200, 200, 304, 304]
    assert again[0]["kind"] != "changed by its owner"
    assert again[1:] == first[1:]


def test_what_has_changed_is(tmp_path: Path, ledger: Path) -> None:
    path = shutil.copy(ledger, tmp_path / "changed.ledger")
    with TestClient(create_app(path), base_url=URL) as server:
        client = Client(URL, ask=Asking(server))
        before = client.record()
        with Ledger(path) as opened:
            opened.add_text("The weir is safe, Ida Holm said on Monday.")
        assert client.record()["reports"] == before["reports"] + 1


def test_answers_are_kept_up_to_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onrecord.client, "KEPT", 1_000)
    asked: list[str | None] = []

    def ask(_address: str, headers: Mapping[str, str]) -> Answer:
        asked.append(headers.get("If-None-Match"))
        return of_json({"id": "x" * 400}, etag='"1"')

    client = Client(URL, ask=ask)
    for id_ in ("a", "b", "c", "c", "a"):
        client.actor(id_)
    assert asked == [None, None, None, '"1"', None]


@pytest.mark.parametrize("id_", ["abcdef123456", "../record", "a/b?c#d", "%00", "é", "", ".", ".."])
def test_a_thing_that_is_not_there_is_not_on_the_record(client: Client, id_: str) -> None:
    with pytest.raises(NotOnRecord):
        client.statement(id_)


def test_a_value_that_cannot_be_used_is_told_with_its_name(client: Client) -> None:
    with pytest.raises(Unanswered, match="act: There is no such act") as refused:
        list(client.statements(act="song"))
    assert refused.value.status == 422


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, {}, b"<html>"),
        Answer(200, {}, b"\xff\xfe"),
        of_json([1]),
        of_json({"items": 7, "next": None}),
        of_json({"things": []}),
        of_json({"items": [], "next": "again"}),
        Answer(404, {}, b"not found"),
        Answer(302, {"location": "http://elsewhere.example"}, b""),
        Answer(304, {}, b""),
        of_json("text", 500),
    ],
)
def test_a_server_that_is_none_of_ours_is_told_as_such(answer: Answer) -> None:
    with pytest.raises(Unanswered, match="is no record of onrecord"):
        list(answering(answer, answer).actors())


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:8377", "ftp://desk.example", "file:///etc/passwd", "http://", "http://a:b", "http://a/?b=c"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="is no address of a server"):
        Client(url)


def test_a_token_is_sent_as_it_stands_in_its_file() -> None:
    sent: list[str] = []

    def ask(_address: str, headers: Mapping[str, str]) -> Answer:
        sent.append(headers["Authorization"])
        return of_json({"reports": 3})

    Client(URL, token="or_abc-1\n", ask=ask).record()
    assert sent == ["Bearer or_abc-1"]


@pytest.mark.parametrize("token", ["a\nb", "a\r\nHost: elsewhere", "a\0", "é", "a\u2028b"])
def test_what_no_token_is_is_not_sent_and_not_told(token: str) -> None:
    with pytest.raises(SettingsError, match="copy it again") as refused:
        Client(URL, token=token)
    assert token not in str(refused.value)


class Answering(BaseHTTPRequestHandler):
    """Answers `/api/v1/record`, once with an ETag and then that nothing changed; leads all else elsewhere.

    What is asked for at `/api/v1/briefs/STATUS` breaks off in the middle of an answer of that status.
    """

    def do_GET(self) -> None:
        if self.path.startswith("/api/v1/briefs/"):
            self.send_response(int(self.path.rpartition("/")[2]))
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b'{"detail": ')
            return
        if self.path != "/api/v1/record":
            self.send_response(302)
            self.send_header("Location", "/api/v1/record")
            self.end_headers()
            return
        known = self.headers["If-None-Match"] == '"1"'
        self.send_response(304 if known else 200)
        self.send_header("ETag", '"1"')
        self.end_headers()
        if not known:
            self.wfile.write(b'{"reports": 3}')

    def log_message(self, *_given: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()
        thread.join()


@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:9"])
def test_it_asks_over_http_with_nothing_but_python(address: str, proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    client = Client(address)
    assert client.record() == client.record() == {"reports": 3}
    with pytest.raises(Unanswered, match=r"no record of onrecord \(status 302\)"):
        client.actor("x")


@pytest.mark.parametrize("status", ["200", "404", "503"])
def test_an_answer_that_breaks_off_is_told_as_such(address: str, status: str) -> None:
    with pytest.raises(Unanswered, match="cannot be reached"):
        Client(address).brief(status)


def test_a_server_that_is_not_there_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(Unanswered, match="is `onrecord serve` running there"):
            Client(f"http://127.0.0.1:{port}", timeout=5).record()


def test_the_examples_of_its_docstring_run(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    made: Callable[..., None] = Client.__init__
    monkeypatch.setattr(Client, "__init__", lambda self, url: made(self, url, ask=asking))
    test = doctest.DocTestParser().get_doctest(onrecord.client.__doc__ or "", {}, "client", None, 0)
    for one in test.examples:
        one.options.clear()
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert "Exception" not in "".join(told)
    assert result.attempted > 3
    assert len(asking.asked) >= 3
