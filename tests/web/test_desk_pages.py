"""The pages of a desk as those who work there use them, and its interface for programs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from onrecord.desk import Desk
from onrecord.desk.audit import deeds
from onrecord.desk.people import member, recognised, shut_out
from onrecord.desk.searches import last_looked, searches
from onrecord.desk.sessions import IDLE
from onrecord.desk.tokens import make_token, tokens_of
from onrecord.domain.people import Role
from onrecord.ledger.verify import verify
from onrecord.ledger.weighed_view import WeighedView
from onrecord.web import create_app
from onrecord.web.acting import FORM
from onrecord.web.entrance import API, READS, WRITES
from onrecord.web.pace import Pace
from onrecord.web.reaching import Reach
from tests.desk.invented import HAND, PASSWORDS, Clock, quick_hashes
from tests.publishing.invented import write_record
from tests.publishing.weighed.example import weighed_ledger
from tests.web.desk_client import NAME, SITE, TestClient, browser, desk_app, log_in, logged_in, send

ADA, EDO, RHEA = PASSWORDS
NEW = "gravel under the old pier"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_record(tmp_path_factory.mktemp("desk") / "record.ledger")


@pytest.fixture
def opened(written: Path, tmp_path: Path, clock: Clock) -> Iterator[tuple[Any, Desk]]:
    path = tmp_path / "record.ledger"
    shutil.copy(written, path)
    with desk_app(path, clock) as (app, desk):
        yield app, desk


@pytest.fixture
def app(opened: tuple[Any, Desk]) -> Any:
    return opened[0]


@pytest.fixture
def desk(opened: tuple[Any, Desk]) -> Desk:
    return opened[1]


def test_somebody_is_led_to_the_log_in_and_back(app: Any) -> None:
    client = browser(app)
    led = client.get("/statements?text=weir&page=1")
    assert led.headers["location"] == "/log-in?next=%2Fstatements%3Ftext%3Dweir%26page%3D1"
    page = client.get(led.headers["location"]).text
    assert 'name="next" value="/statements?text=weir&amp;page=1"' in page
    wrong = log_in(client, EDO, "guessed at random")
    assert wrong.status_code == 401
    assert "There is nobody of this name with this password." in wrong.text
    assert "guessed at random" not in wrong.text
    assert log_in(client, f"  {EDO} ", PASSWORDS[EDO], next="/docket").headers["location"] == "/docket"
    assert f"<bdi>{EDO}</bdi></a>, editor" in client.get("/docket").text
    assert client.get("/log-in?next=/figures").headers["location"] == "/figures"


def test_a_session_that_was_not_used_asks_for_the_log_in_again(app: Any, clock: Clock) -> None:
    client = logged_in(app, RHEA)
    clock.move(hours=IDLE.total_seconds() / 3600 - 1)
    assert client.get("/").status_code == 200
    clock.move(hours=IDLE.total_seconds() / 3600 + 1)
    assert client.get("/").status_code == 303


def test_every_role_reads_and_only_an_admin_sees_the_people(app: Any) -> None:
    for name in PASSWORDS:
        client = logged_in(app, name)
        for address in ("/", "/statements", "/reports", "/record", "/me", f"{API}/reports"):
            assert client.get(address).status_code == 200, (name, address)
        assert (client.get("/people").status_code == 200) == (name == ADA)
        assert ('href="/people"' in client.get("/").text) == (name == ADA)


def test_somebody_is_let_in_given_a_role_and_shut_out(app: Any, desk: Desk) -> None:
    client = logged_in(app, ADA)
    made = send(client, "/people", {"name": " Tess  Vane ", "role": "reader"}, "/people")
    secret = re.search(r"<code>([a-z0-9-]{23})</code>", made.text)
    assert secret is not None
    assert log_in(browser(app), "Tess Vane", secret[1]).status_code == 303
    number = member(desk, "Tess Vane").number
    assert send(client, f"/people/{number}/role", {"role": "editor"}, "/people").headers["location"] == "/people"
    assert member(desk, "Tess Vane").role is Role.EDITOR
    again = send(client, f"/people/{number}/password", {}, "/people")
    second = re.search(r"<code>([a-z0-9-]{23})</code>", again.text)
    assert second is not None
    assert second[1] != secret[1]
    assert recognised(desk, "Tess Vane", second[1]) is not None
    assert send(client, f"/people/{number}/shut-out", {}, "/people").status_code == 303
    assert "Let in again" in client.get("/people").text
    assert recognised(desk, "Tess Vane", second[1]) is None
    third = send(client, "/people", {"name": "Tess Vane", "role": "reader"}, "/people")
    assert third.status_code == 200
    assert member(desk, "Tess Vane").shut_out is None
    assert secret[1] not in client.get("/people").text


@pytest.mark.parametrize(
    ("address", "values", "told"),
    [
        ("/people", {"name": "", "role": "reader"}, "has to have between 1 and 80"),
        ("/people", {"name": "ada brink", "role": "reader"}, "is taken"),
        ("/people", {"name": "Tess Vane", "role": "owner"}, "There is no such role"),
        ("/people", {"name": "Tess Vane"}, "There is no such role"),
        ("/people/1/role", {"role": "reader"}, "is the last who can let people in"),
        ("/people/1/shut-out", {}, "is the last who can let people in"),
        ("/people/99/shut-out", {}, "Nobody here is called 99"),
        ("/people/99/password", {}, "Nobody here is called 99"),
        ("/people/2/role", {"role": "owner"}, "There is no such role"),
    ],
)
def test_what_cannot_be_done_with_people_is_told(app: Any, address: str, values: dict[str, str], told: str) -> None:
    answer = send(logged_in(app, ADA), address, values, "/people")
    assert answer.status_code == 422
    assert told in answer.text


@pytest.mark.parametrize("number", ["x", "-1", "1e3", "９", "99999999999999999999", "1.0"])
def test_what_is_no_number_is_no_page(app: Any, number: str) -> None:
    client = logged_in(app, ADA)
    for address in (f"/people/{number}/role", f"/me/tokens/{number}/withdraw", f"/me/searches/{number}/drop"):
        assert send(client, address, {"role": "reader"}).status_code == 404


def test_the_log_is_shown_in_pages(app: Any, desk: Desk) -> None:
    client = logged_in(app, ADA)
    page = client.get("/people/audit")
    assert page.text.index("logged in") < page.text.index(f"let in {ADA} as admin")
    assert client.get("/people/audit?page=2").status_code == 404
    assert client.get("/people/audit?page=x").status_code == 422


def test_a_token_is_shown_once_works_and_is_withdrawn(app: Any, desk: Desk) -> None:
    client = logged_in(app, EDO)
    made = send(client, "/me/tokens", {"name": "nightly", "role": "editor", "days": "7"})
    found = re.search(r"<code>(onrecord_[A-Za-z0-9_-]+)</code>", made.text)
    assert found is not None
    assert made.headers["cache-control"] == "no-store"
    assert found[1] not in client.get("/me").text
    headers = {"authorization": f"Bearer {found[1]}"}
    assert browser(app).get(f"{API}/record", headers=headers).status_code == 200
    (token,) = tokens_of(desk, member(desk, EDO))
    assert (token.ends - token.made).days == 7
    assert send(client, f"/me/tokens/{token.number}/withdraw", {}).headers["location"] == "/me"
    assert browser(app).get(f"{API}/record", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": "x", "role": "admin", "days": "7"}, "a token cannot go further"),
        ({"name": "x", "role": "owner", "days": "7"}, "There is no such role"),
        ({"name": "x", "role": "reader", "days": "0"}, "A token holds for"),
        ({"name": "x", "role": "reader", "days": "many"}, "A token holds for"),
        ({"name": "", "role": "reader", "days": "7"}, "A token cannot have this name"),
    ],
)
def test_a_token_that_cannot_be_is_told(app: Any, values: dict[str, str], told: str) -> None:
    answer = send(logged_in(app, EDO), "/me/tokens", values)
    assert answer.status_code == 422
    assert told in answer.text


def test_another_password_ends_every_session_and_this_one(app: Any, desk: Desk) -> None:
    client, elsewhere = logged_in(app, EDO), logged_in(app, EDO)
    for values, status, told in (
        ({"old": "guessed at random", "new": NEW, "again": NEW}, 422, "The old password is another one"),
        ({"old": PASSWORDS[EDO], "new": NEW, "again": NEW + "x"}, 422, "typed in two ways"),
        ({"old": PASSWORDS[EDO], "new": "short", "again": "short"}, 422, "A password has 12"),
    ):
        answer = send(client, "/me/password", values)
        assert (answer.status_code, told in answer.text) == (status, True)
    done = send(client, "/me/password", {"old": PASSWORDS[EDO], "new": NEW, "again": NEW})
    assert done.headers["location"] == "/log-in"
    assert (client.get("/me").status_code, elsewhere.get("/me").status_code) == (303, 303)
    assert log_in(client, EDO, NEW).status_code == 303


def test_who_finds_an_open_browser_cannot_guess_the_password(app: Any) -> None:
    client = logged_in(app, EDO)
    guesses = [
        send(client, "/me/password", {"old": f"guess number {number}", "new": NEW, "again": NEW}).status_code
        for number in range(7)
    ]
    assert guesses == [422] * 5 + [429] * 2


def test_log_out_everywhere(app: Any) -> None:
    client, elsewhere = logged_in(app, EDO), logged_in(app, EDO, "198.51.100.4")
    shown = client.get("/me").text
    assert "192.0.2.9</bdi> (here)" in shown
    assert "198.51.100.4" in shown
    done = send(client, "/me/log-out-everywhere", {})
    assert done.headers["location"] == "/log-in"
    assert '"cache"' in done.headers["clear-site-data"]
    assert elsewhere.get("/me").status_code == 303


def test_searches_are_kept_and_dropped(app: Any, desk: Desk) -> None:
    client = logged_in(app, RHEA)
    assert send(client, "/me/searches", {"name": "The weir", "query": "/statements?text=weir"}).status_code == 303
    assert '<a href="/statements?text=weir"><bdi>The weir</bdi></a>' in client.get("/me").text
    wrong = send(client, "/me/searches", {"name": "x", "query": "https://elsewhere.example"})
    assert wrong.status_code == 422
    assert "A search is the address of a list" in wrong.text
    (kept,) = searches(desk, RHEA)
    assert send(client, f"/me/searches/{kept.number}/drop", {}).status_code == 303
    assert searches(desk, RHEA) == []


def test_who_is_shut_out_while_reading_sees_no_more(app: Any, desk: Desk) -> None:
    client = logged_in(app, RHEA)
    shut_out(desk, RHEA, HAND)
    assert client.get("/statements").status_code == 303
    assert log_in(client, RHEA).status_code == 401


def test_a_desk_that_cannot_be_used_says_so(app: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = logged_in(app, RHEA)
    desk.path.unlink()
    desk.close()
    assert client.get("/statements").status_code == 503
    assert client.get(f"{API}/record").headers["content-type"] == "application/problem+json"
    assert client.get("/static/paper.css").status_code == 200


def test_a_pace_is_kept_and_rest_gives_it_back() -> None:
    time = [0.0]
    pace = Pace(60, lambda: time[0])
    assert [pace.wait("a") for _ in range(60)] == [0] * 60
    assert pace.wait("a") == 2
    assert pace.wait("b") == 0
    time[0] = 1.5
    assert (pace.wait("a"), pace.wait("a")) == (0, 1)


def test_a_pace_forgets_who_has_rested() -> None:
    time = [0.0]
    pace = Pace(2, lambda: time[0])
    for number in range(10_000):
        pace.wait(str(number))
    time[0] = 61.0
    pace.wait("new")
    assert len(pace._left) == 1


# Everybody may read


@pytest.fixture
def public(written: Path) -> Iterator[Any]:
    with TestClient(create_app(written, reach=Reach((NAME,), None)), base_url=SITE, follow_redirects=False) as client:
        yield client


def test_where_all_is_public_everybody_reads_and_nobody_sends(public: Any) -> None:
    for address in ("/", "/statements?text=weir", "/reports", "/record", f"{API}/reports"):
        assert public.get(address).status_code == 200, address
    for address in ("/log-in", "/me", "/people", "/people/audit"):
        assert public.get(address).status_code == 404, address
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        for address in ("/", "/statements", "/log-in", f"{API}/judgements"):
            assert public.request(method, address).status_code == 405, (method, address)
    assert "set-cookie" not in public.get("/").headers
    assert public.get("/", headers={"host": "127.0.0.1"}).status_code == 421


def test_where_all_is_public_one_address_does_not_take_everything(public: Any) -> None:
    asked = 0
    while (answer := public.get(f"{API}/record", headers={"if-none-match": "*"})).status_code == 304:
        asked += 1
    assert answer.status_code == 429
    assert asked >= READS
    assert int(answer.headers["retry-after"]) > 0
    assert public.get("/static/paper.css").status_code == 200


# Programs


@pytest.fixture
def weighed(tmp_path: Path, clock: Clock) -> Iterator[tuple[Any, Desk, Path]]:
    path = tmp_path / "example.ledger"
    shutil.copy(weighed_ledger(), path)
    with desk_app(path, clock) as (app, desk):
        yield app, desk, path


def program(app: Any, desk: Desk, name: str, role: Role) -> TestClient:
    made = make_token(desk, member(desk, name), f"for {role.value}", role, 30, HAND)
    client = browser(app)
    client.headers.update({"authorization": f"Bearer {made}", "content-type": "application/json"})
    return client


def test_a_program_puts_a_judgement_on_the_record_in_its_persons_name(weighed: tuple[Any, Desk, Path]) -> None:
    app, desk, path = weighed
    client = program(app, desk, EDO, Role.EDITOR)
    relation = client.get(f"{API}/relations?limit=1").json()["items"][0]
    a, b = relation["a"]["id"], relation["b"]["id"]
    said = {"verdict": "unrelated", "a": a, "b": b, "why": "two evenings"}
    answer = client.post(f"{API}/judgements", content=json.dumps(said))
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["by"], told["verdict"], told["a"], told["b"], told["why"]) == (EDO, "unrelated", a, b, "two evenings")
    after = client.get(f"{API}/relations/{relation['id']}").json()
    assert (after["kind"], after["judged_by"], after["program"]) == ("unrelated", EDO, relation["kind"])
    entry = client.get(f"{API}/docket?limit=1").json()["items"][0]["passage"]["id"]
    said = {"verdict": "not met", "a": entry, "why": "nobody came"}
    assert client.post(f"{API}/judgements", content=json.dumps(said)).json()["b"] is None
    one, two = (item["passages"][0]["id"] for item in client.get(f"{API}/utterances?limit=2").json()["items"])
    said = {"verdict": "different", "a": one, "b": two, "why": "another day"}
    assert client.post(f"{API}/judgements", content=json.dumps(said)).json()["subject"] == "passage"
    assert verify(path).holds
    newest = deeds(desk, limit=1)[0]
    assert (newest.who, newest.what, newest.outcome) == (EDO, "POST /api/v1/judgements", "done")


@pytest.mark.parametrize(
    ("body", "status", "parameter"),
    [
        ("", 422, "body"),
        ("[]", 422, "body"),
        ('{"verdict": "same"', 422, "body"),
        ("{}", 422, "verdict"),
        ('{"verdict": "true", "a": "x", "why": "y"}', 422, "verdict"),
        ('{"verdict": "A", "a": "x", "why": "y"}', 422, "verdict"),
        ('{"verdict": "met", "a": 7, "why": "y"}', 422, "a"),
        ('{"verdict": "met", "a": "x", "why": " "}', 422, "why"),
        ('{"verdict": "met", "a": "x", "why": "a\\u0007b"}', 422, "why"),
        ('{"verdict": "met", "a": "x", "why": "\\ud800"}', 422, "body"),
        ('{"verdict": "met", "a": "x", "why": "y", "by": "Ada Brink"}', 422, "by"),
        ('{"verdict": "met", "a": "' + "x" * 301 + '", "why": "y"}', 422, "a"),
        ('{"verdict": "met", "a": "x", "why": "' + "y" * 2001 + '"}', 422, "why"),
        ('{"verdict": "met", "a": "abcdef123456", "why": "y"}', 404, None),
        ('{"verdict": "met", "a": "' + "' OR 1=1 --" + '", "why": "y"}', 404, None),
        ('{"verdict": "met", "a": "", "why": "y"}', 404, None),
        ('{"verdict": "same", "a": "abcdef123456", "why": "y"}', 404, None),
        ("[" * 30_000, 422, "body"),
    ],
)
def test_a_judgement_that_cannot_be_is_a_problem(
    opened: tuple[Any, Desk], body: str, status: int, parameter: str | None
) -> None:
    app, desk = opened
    answer = program(app, desk, EDO, Role.EDITOR).post(f"{API}/judgements", content=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert parameter is None or parameter in [one["parameter"] for one in told["errors"]]


@pytest.mark.parametrize(("name", "role"), [(RHEA, Role.READER), (EDO, Role.READER)])
def test_a_program_goes_no_further_than_its_role(opened: tuple[Any, Desk], name: str, role: Role) -> None:
    app, desk = opened
    client = program(app, desk, name, role)
    assert client.get(f"{API}/record").status_code == 200
    answer = client.post(f"{API}/judgements", content="{}")
    assert answer.status_code == 403
    assert "takes the role of editor" in answer.json()["detail"]


def test_a_program_is_held_to_a_pace(opened: tuple[Any, Desk]) -> None:
    app, desk = opened
    client = program(app, desk, EDO, Role.EDITOR)
    answers = [client.post(f"{API}/judgements", content="{}") for _ in range(WRITES + 2)]
    assert [one.status_code for one in answers[:WRITES]] == [422] * WRITES
    assert answers[-1].status_code == 429
    assert answers[-1].json()["title"] == "Too Many Requests"
    assert int(answers[-1].headers["retry-after"]) > 0


def test_on_this_computer_a_program_needs_no_token(tmp_path: Path) -> None:
    path = tmp_path / "example.ledger"
    shutil.copy(weighed_ledger(), path)
    with WeighedView(path) as view:
        entry = view.docket(limit=1)[0].passage.passage
    body = json.dumps({"verdict": "met", "a": entry, "why": "they came"})
    with TestClient(create_app(path, by="Ida Holm"), base_url="http://127.0.0.1") as client:
        for headers, status in (
            ({"content-type": "application/json", "origin": "https://elsewhere.example"}, 403),
            ({"content-type": "application/json", "sec-fetch-site": "cross-site"}, 403),
            ({"content-type": "text/plain"}, 415),
            ({"content-type": FORM}, 415),
            ({"content-type": "application/json"}, 201),
        ):
            assert client.post(f"{API}/judgements", content=body, headers=headers).status_code == status
        assert client.get(f"{API}/docket/{entry[:12]}").json()["status"] == "met"
        assert client.get("/log-in").status_code == 404


def test_the_document_tells_of_the_token_and_of_what_is_sent(opened: tuple[Any, Desk]) -> None:
    app, desk = opened
    document = program(app, desk, RHEA, Role.READER).get(f"{API}/openapi.json").json()
    assert document["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}
    sent = document["paths"]["/judgements"]["post"]
    schema = sent["requestBody"]["content"]["application/json"]["schema"]
    assert schema["required"] == ["verdict", "a", "why"]
    assert "not met" in schema["properties"]["verdict"]["enum"]
    assert {"201", "401", "403", "422", "429"} <= set(sent["responses"])


def test_a_search_is_kept_from_its_own_page(app: Any, desk: Desk) -> None:
    client = logged_in(app, RHEA)
    page = client.get("/search", params={"q": "“the weir” & <b>", "in": "utterances"}).text
    (query,) = re.findall(r'name="query" value="([^"]+)"', page)
    assert send(client, "/me/searches", {"name": "Weir", "query": unescape(query)}).status_code == 303
    (kept,) = searches(desk, RHEA)
    again = client.get(kept.query)
    assert again.status_code == 200
    assert 'value="“the weir” &amp; &lt;b&gt;"' in again.text
    assert "Keep this search" not in browser(app).get("/search?q=weir").text
    send(client, f"/me/searches/{kept.number}/drop", {})


def test_until_when_somebody_has_looked_goes_with_them(app: Any, desk: Desk) -> None:
    one, other = logged_in(app, RHEA), logged_in(app, RHEA)
    answer = send(one, "/today/looked", {"until": "2040-01-01T00:00"}, "/today")
    assert (answer.status_code, "set-cookie" in answer.headers) == (303, False)
    assert "1 January 2040" in other.get("/today").text
    assert last_looked(desk, RHEA) == datetime(2040, 1, 1, tzinfo=UTC)
