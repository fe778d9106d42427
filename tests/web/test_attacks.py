"""What somebody tries who means harm: at the log-in, with others' cookies and forms, in every address and every field.

Every address is taken from the application's own routes, so that a page which is added is attacked too.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from onrecord.assessing import Assessment, graded, judged
from onrecord.desk import Desk
from onrecord.desk.attempts import LIMITS, Kind
from onrecord.desk.audit import count_deeds, deeds
from onrecord.desk.people import give_role, let_in, member, members
from onrecord.desk.searches import keep_search
from onrecord.desk.sessions import log_in as begin
from onrecord.desk.tokens import make_token
from onrecord.domain.people import Role
from onrecord.ledger.weighed_view import WeighedView
from onrecord.ledger.writer import Writer
from onrecord.linkage import Linkage
from onrecord.publishing.briefs import Asked, composed
from onrecord.web.acting import LARGEST_FORM, TOKEN_FIELD
from onrecord.web.entrance import API, COOKIE, LOG_IN, VISIT, local
from onrecord.web.guard import HEADERS
from tests.desk.invented import HAND, PASSWORDS, Clock, quick_hashes
from tests.publishing.weighed.example import example_settings, weighed_ledger
from tests.web.desk_client import FROM_HERE, NAME, PROXIED, SITE, browser, desk_app, log_in, logged_in, send, token_in
from tests.web.every_page import FILL, Held, addresses, filled, routes

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>{{7*7}}"
MARK = "onerror=alert(1)"
ADA, EDO, RHEA = PASSWORDS
OPEN = ("/log-in",)
"""What is shown to who is not let in."""


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        quick_hashes(patch)
        yield


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with script in every field that a person fills."""
    path = tmp_path_factory.mktemp("attacked") / "example.ledger"
    shutil.copy(weighed_ledger(), path)
    by = SCRIPT[:60]
    with WeighedView(path) as view:
        a, b = (one.a.passage for one in view.relations(limit=2))
        other = view.relations(limit=1)[0].b.passage
        entry = view.docket(limit=1)[0].passage.passage
        outlet = view.outlets()[0][0]
        made = composed(view, Asked(None, None, "withdraw", None, None), by=by, made=datetime.now(UTC))
    with Writer(path) as writer:
        writer.record_brief(replace(made, title=SCRIPT))
    for verdict, one, two in (
        ("contradicts", a, other),
        ("different", a, b),
        ("not met", entry, None),
        ("against", entry, a if a != entry else b),
    ):
        judged(path, verdict, one, two, why=SCRIPT, by=by)
    graded(path, outlet, "B", why=SCRIPT, by=by)
    graded(path, entry, "3", why=SCRIPT, by=by)
    with Linkage(path) as linkage:
        linkage.finish()
    with Assessment(path) as assessment:
        assessment.finish()
    return path


@pytest.fixture(scope="module")
def opened(ledger: Path) -> Iterator[tuple[Any, Desk]]:
    with desk_app(ledger, Clock(), example_settings()) as (app, desk):
        yield app, desk


@pytest.fixture(scope="module")
def app(opened: tuple[Any, Desk]) -> Any:
    return opened[0]


@pytest.fixture
def desk(opened: tuple[Any, Desk]) -> Desk:
    """The desk, with nothing tried at it."""
    with opened[1].writing() as connection:
        connection.exec_driver_sql("DELETE FROM attempt")
    return opened[1]


@pytest.fixture(scope="module")
def admin(app: Any) -> Any:
    return logged_in(app, ADA)


@pytest.fixture(scope="module")
def editor(app: Any) -> Any:
    return logged_in(app, EDO)


@pytest.fixture(scope="module")
def reader(app: Any) -> Any:
    return logged_in(app, RHEA)


@pytest.fixture(scope="module")
def pages(app: Any, ledger: Path) -> list[str]:
    """An address of every page there is, with something to be seen on it."""
    with WeighedView(ledger) as view:
        things = {
            "statement_id": [one.statement.id for one in view.statements(limit=2)],
            "report_id": [one.id for one in view.reports(limit=2)],
            "name": [one.name for one in view.speakers(limit=2)],
            "utterance_id": [one.id for one in view.utterances(limit=2)]
            + [one.entry.utterance for one in view.docket(limit=None) if one.status is not None],
            "actor_id": [one.actor.id for one in view.actors(limit=2)],
            "story_id": [one.id for one in view.stories(limit=2)],
            "relation_id": [one.id for one in view.relations(limit=None) if one.judgement][:2]
            + [one.id for one in view.relations(limit=1)],
            "lineage_id": [one.id for one in view.lineages(limit=2)],
            "brief_id": [id_ for id_, _ in view.briefs()],
        }
    return addresses(app, things)


# Log-in


def test_nothing_but_the_log_in_is_shown_to_who_is_not_let_in(app: Any, pages: list[str]) -> None:
    for method, address in {
        *((method, filled(path, "abcdef12")) for method, path in routes(app)),
        *(("GET", one) for one in pages),
    }:
        answer = browser(app).request(method, address)
        if address.startswith("/static/") or (address in OPEN and method != "POST"):
            assert answer.status_code == 200
        elif address.startswith(API):
            assert answer.status_code == 401, (method, address)
            assert answer.headers["www-authenticate"] == "Bearer"
        elif method in ("GET", "HEAD"):
            assert answer.status_code == 303, (method, address)
            assert answer.headers["location"].startswith(LOG_IN)
            assert not answer.content
        else:
            assert answer.status_code in (401, 403, 415), (method, address)


@pytest.mark.parametrize(
    "address",
    [
        "/static/../people",
        "/static/%2e%2e/people",
        "/static/..%2fpeople",
        "/static//people",
        "//people",
        "/people/",
        "/PEOPLE",
        "/log-in/../people",
        "/log-in%00",
        "/log-in/",
        "/api/v1/../../people",
        "/api/v1%2f..%2fpeople",
        "/api/v1x/people",
    ],
)
def test_no_spelling_of_an_address_leads_around_the_log_in(app: Any, address: str) -> None:
    answer = browser(app).get(address)
    assert answer.status_code in (303, 401, 404)
    assert "Let somebody in" not in answer.text


def test_guessing_is_slowed_down_and_the_answer_says_nothing(app: Any, desk: Desk) -> None:
    answers = {}
    for name, address in ((EDO, "198.51.100.1"), ("Nobody", "198.51.100.2")):
        client = browser(app, address)
        answers[name] = [log_in(client, name, f"guess number {number}") for number in range(8)]
    known, unknown = ([(one.status_code, one.text) for one in answers[name]] for name in (EDO, "Nobody"))
    assert [status for status, _ in known].count(401) == LIMITS[Kind.NAME].free
    for (status, text), (other_status, other_text) in zip(known, unknown, strict=True):
        assert status == other_status
        assert re.sub(r'value="[^"]*"', "", text) == re.sub(r'value="[^"]*"', "", other_text)
    slowed = answers[EDO][-1]
    assert slowed.status_code == 429
    assert int(slowed.headers["retry-after"]) > 0
    assert log_in(browser(app, "198.51.100.3"), EDO).status_code == 429
    assert not any("guess number" in row.who + row.what for row in deeds(desk, limit=50))


def test_many_at_once_get_no_more_guesses(app: Any, desk: Desk) -> None:
    clients = [browser(app, "198.51.100.9") for _ in range(12)]
    given = [
        (
            {TOKEN_FIELD: token_in(client.get(LOG_IN).text), "name": RHEA, "password": f"guess {at}"},
            client.cookies[VISIT],
        )
        for at, client in enumerate(clients)
    ]

    async def guess_all() -> list[int]:
        # In one loop, as the server has one.
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 40_000))
        headers = {**PROXIED, **FROM_HERE, "x-forwarded-for": "198.51.100.9"}
        async with httpx.AsyncClient(transport=transport, base_url=SITE, headers=headers) as client:
            sent = [client.post(LOG_IN, data=data, headers={"cookie": f"{VISIT}={visit}"}) for data, visit in given]
            return [answer.status_code for answer in await asyncio.gather(*sent)]

    statuses = asyncio.run(guess_all())
    assert statuses.count(401) == LIMITS[Kind.NAME].free
    assert statuses.count(429) == 12 - LIMITS[Kind.NAME].free


def test_an_address_that_the_asker_invents_does_not_count(app: Any, desk: Desk) -> None:
    free = LIMITS[Kind.ADDRESS].free
    statuses = []
    for number in range(free + 1):
        client = browser(app, f"10.0.0.{number}, 198.51.100.7")
        statuses.append(log_in(client, f"Nobody {number}", "guessed at random").status_code)
    assert statuses == [401] * free + [429]


def test_tokens_cannot_be_guessed_at_leisure(app: Any, desk: Desk) -> None:
    client = browser(app, "198.51.100.20")
    made = make_token(desk, member(desk, EDO), "while others guess", Role.READER, 1, HAND)
    statuses = [
        client.get(f"{API}/record", headers={"authorization": f"Bearer onrecord_{number}"}).status_code
        for number in range(LIMITS[Kind.TOKEN].free + 1)
    ]
    assert statuses == [401] * LIMITS[Kind.TOKEN].free + [429]
    assert client.get(f"{API}/record", headers={"authorization": f"Bearer {made}"}).status_code == 200


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "Basic QWRhOng=", "Bearer ' OR 1=1 --", "Bearer \xff", "x" * 9_000]
)
def test_what_is_no_token_is_none(app: Any, desk: Desk, given: str) -> None:
    answer = browser(app).get(f"{API}/record", headers={"authorization": given.encode("latin-1")})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_token_opens_the_interface_alone(app: Any, desk: Desk) -> None:
    made = make_token(desk, member(desk, ADA), "for nothing else", Role.ADMIN, 1, HAND)
    for address in ("/", "/people", "/me", "/statements"):
        assert browser(app).get(address, headers={"authorization": f"Bearer {made}"}).status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "' OR 1=1 --", "../../etc/passwd", "a" * 5_000, "%00", '"quoted"'])
def test_a_cookie_that_was_not_given_is_none(app: Any, cookie: str) -> None:
    assert browser(app).get("/me", headers={"cookie": f"{COOKIE}={cookie}"}).status_code == 303


def test_the_cookie_is_for_this_host_https_and_no_script(app: Any, desk: Desk) -> None:
    client = browser(app)
    visit = client.get(LOG_IN).headers.get_list("set-cookie")
    given = log_in(client, RHEA).headers.get_list("set-cookie")
    for cookie in (*visit, *given):
        parts = {part.strip().casefold() for part in cookie.split(";")[1:]}
        assert cookie.startswith("__Host-")
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= parts
        assert not any(part.startswith("domain") for part in parts)
    assert [cookie.partition("=")[0] for cookie in given] == [COOKIE, VISIT]


def test_a_session_that_was_there_before_is_not_the_one_after(app: Any, desk: Desk) -> None:
    planted = "planted-by-somebody-else"
    client = browser(app)
    client.cookies.set(COOKIE, planted, domain=NAME)
    client.cookies.set(VISIT, planted, domain=NAME)
    given = log_in(client, RHEA)
    made = re.search(rf"{COOKIE}=([^;]+)", given.headers["set-cookie"])
    assert made is not None
    assert made[1] != planted
    assert browser(app).get("/me", headers={"cookie": f"{COOKIE}={planted}"}).status_code == 303
    # Who is logged in and logs in again has one session, not two.
    again = client.post(
        LOG_IN,
        data={TOKEN_FIELD: token_in(client.get("/me").text), "name": EDO, "password": PASSWORDS[EDO]},
        headers=FROM_HERE,
    )
    assert again.status_code == 303
    assert browser(app).get("/me", headers={"cookie": f"{COOKIE}={made[1]}"}).status_code == 303


def test_after_the_log_out_the_cookie_is_worth_nothing(app: Any, desk: Desk) -> None:
    client = logged_in(app, RHEA)
    cookie = client.cookies[COOKIE]
    assert send(client, "/log-out", {}).headers["location"] == LOG_IN
    assert browser(app).get("/me", headers={"cookie": f"{COOKIE}={cookie}"}).status_code == 303


@pytest.mark.parametrize(
    "onward",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/x//elsewhere.example",
        "/.//elsewhere.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //elsewhere.example",
        "/\t/elsewhere.example",
        "/x\r\nset-cookie: a=b",
        "/%0d%0aset-cookie:a=b/..//elsewhere",
        "elsewhere.example",
        "/log-in?next=//elsewhere.example",
        "/log-out",
        "/é",
        "",
        "/" + "x" * 3_000,
    ],
)
def test_the_log_in_leads_to_these_pages_only(app: Any, desk: Desk, onward: str) -> None:
    assert local(onward) == "/"
    answer = log_in(browser(app), RHEA, next=onward)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    shown = browser(app).get(LOG_IN, params={"next": onward})
    assert 'name="next" value="/"' in shown.text


@pytest.mark.parametrize("onward", ["/", "/statements?text=a%20b&page=2", "/speakers/a%2F%2Fb", "/docket#next"])
def test_the_log_in_goes_on_to_where_one_was_led_from(app: Any, desk: Desk, onward: str) -> None:
    assert log_in(browser(app), RHEA, next=onward).headers["location"] == onward


# Forms


def posts(app: Any) -> list[str]:
    """Every address that takes a form of who has logged in."""
    return [path for _, path in routes(app, "POST") if not path.startswith(API) and path != LOG_IN]


def test_no_form_is_taken_without_its_token(app: Any, admin: Any, editor: Any, desk: Desk) -> None:
    others = token_in(editor.get("/me").text)
    visit = token_in(browser(app).get(LOG_IN).text)
    before = members(desk)
    for path in posts(app):
        address = filled(path, "1")
        for given in ({}, {TOKEN_FIELD: ""}, {TOKEN_FIELD: "guessed"}, {TOKEN_FIELD: others}, {TOKEN_FIELD: visit}):
            answer = admin.post(address, data={"name": "Mallory", "role": "admin", **given}, headers=FROM_HERE)
            assert answer.status_code == 403, (address, given)
    assert members(desk) == before
    assert admin.get("/me").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": f"http://{NAME}"}, 403),
        ({"origin": f"https://{NAME}:8443"}, 403),
        ({"origin": f"https://{NAME}.elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/json"}, 415),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
    ],
)
def test_no_form_is_taken_from_elsewhere(
    app: Any, admin: Any, desk: Desk, headers: dict[str, str], status: int
) -> None:
    token = token_in(admin.get("/me").text)
    content = f"{TOKEN_FIELD}={token}&name=Mallory&role=admin"
    before = members(desk)
    for path in posts(app):
        answer = admin.post(filled(path, "1"), content=content, headers={**FROM_HERE, **headers})
        assert answer.status_code == status, path
    given = f"{TOKEN_FIELD}={token_in(browser(app).get(LOG_IN).text)}&name={ADA}&password={PASSWORDS[ADA]}"
    assert browser(app).post(LOG_IN, content=given, headers={**FROM_HERE, **headers}).status_code == status
    assert members(desk) == before
    assert admin.get("/me").status_code == 200


def test_nobody_is_logged_in_by_a_form_of_another_browser(app: Any, desk: Desk) -> None:
    mallory, victim = browser(app), browser(app)
    token = token_in(mallory.get(LOG_IN).text)
    victim.get(LOG_IN)
    given = {TOKEN_FIELD: token, "name": RHEA, "password": PASSWORDS[RHEA]}
    assert victim.post(LOG_IN, data=given, headers=FROM_HERE).status_code == 403
    assert browser(app).post(LOG_IN, data=given, headers=FROM_HERE).status_code == 403
    assert COOKIE not in victim.cookies


@pytest.mark.parametrize("size", [LARGEST_FORM + 1, 5_000_000])
def test_what_is_too_large_is_not_read(app: Any, admin: Any, desk: Desk, size: int) -> None:
    for path in posts(app):
        assert admin.post(filled(path, "1"), content=b"a" * size, headers=FROM_HERE).status_code == 413, path
    client = browser(app)
    client.get(LOG_IN)
    assert client.post(LOG_IN, content=b"a" * size, headers=FROM_HERE).status_code == 413
    made = make_token(desk, member(desk, EDO), f"large {size}", Role.EDITOR, 1, HAND)
    headers = {"authorization": f"Bearer {made}", "content-type": "application/json"}
    assert client.post(f"{API}/judgements", content=b'"' * size, headers=headers).status_code == 413


def test_a_reader_and_an_editor_get_no_further(app: Any, reader: Any, editor: Any, desk: Desk) -> None:
    before = members(desk)
    for client in (reader, editor):
        token = token_in(client.get("/me").text)
        for method, path in routes(app):
            if not path.startswith("/people"):
                continue
            given = {TOKEN_FIELD: token, "name": "Mallory", "role": "admin"}
            data = {"data": given, "headers": FROM_HERE} if method == "POST" else {}
            answer = client.request(method, filled(path, "1"), **data)
            assert answer.status_code == 403, (method, path)
        for more in ({"role": "admin"}, {"role": "admin", "person": "1"}, {"role": "ADMIN"}, {"role": "' OR 1=1"}):
            answer = client.post(
                "/me/tokens", data={TOKEN_FIELD: token, "name": "more", "days": "1", **more}, headers=FROM_HERE
            )
            assert answer.status_code == 422
            assert "onrecord_" not in answer.text
    assert members(desk) == before
    refused = [row for row in deeds(desk, limit=40) if row.who == EDO and row.outcome.startswith("refused")]
    assert {row.what for row in refused} >= {"POST /people", "POST /people/1/role"}


def test_what_is_anothers_is_out_of_reach(app: Any, reader: Any, desk: Desk) -> None:
    ada = member(desk, ADA)
    made = make_token(desk, ada, "hers", Role.ADMIN, 1, HAND)
    keep_search(desk, ADA, "hers", "/docket")
    with desk.reading() as connection:
        token = connection.exec_driver_sql("SELECT max(number) FROM token").scalar_one()
        search = connection.exec_driver_sql("SELECT max(number) FROM search").scalar_one()
    assert send(reader, f"/me/tokens/{token}/withdraw", {}).status_code == 422
    assert send(reader, f"/me/searches/{search}/drop", {}).status_code == 422
    assert browser(app).get(f"{API}/record", headers={"authorization": f"Bearer {made}"}).status_code == 200
    assert "hers" not in reader.get("/me").text


def test_a_role_that_was_taken_counts_at_once(app: Any, desk: Desk) -> None:
    let_in(desk, "Tess Vane", Role.ADMIN, "gravel under the old pier", HAND)
    client = browser(app)
    assert log_in(client, "Tess Vane", "gravel under the old pier").status_code == 303
    made = make_token(desk, member(desk, "Tess Vane"), "t", Role.EDITOR, 1, HAND)
    assert client.get("/people").status_code == 200
    give_role(desk, "Tess Vane", Role.READER, HAND)
    assert client.get("/people").status_code == 403
    headers = {"authorization": f"Bearer {made}", "content-type": "application/json"}
    assert browser(app).post(f"{API}/judgements", content=b"{}", headers=headers).status_code == 403


def test_the_interface_takes_nothing_by_a_cookie(app: Any, admin: Any) -> None:
    body = b'{"verdict": "same", "a": "x", "b": "y", "why": "z"}'
    headers = {"content-type": "application/json", "origin": SITE, "sec-fetch-site": "same-origin"}
    assert admin.post(f"{API}/judgements", content=body, headers=headers).status_code == 403
    # A form that looks like JSON is what another site could send without being asked.
    assert admin.post(f"{API}/judgements", content=body, headers={"content-type": "text/plain"}).status_code == 403


# Requests


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND"])
def test_other_methods_do_nothing_anywhere(app: Any, admin: Any, pages: list[str], method: str) -> None:
    for address in {*(filled(path, "1") for _, path in routes(app)), *pages[:5]}:
        answer = admin.request(method, address, headers={"x-secret": "told"})
        assert answer.status_code in (401, 403, 404, 405), address
        assert "told" not in answer.text
        assert "access-control-allow-origin" not in answer.headers
        assert HEADERS.items() <= dict(answer.headers).items() or answer.headers["content-security-policy"]


def test_head_is_get_without_a_body(admin: Any, pages: list[str]) -> None:
    for address in {one.split("/")[1]: one for one in pages}.values():
        got, head = admin.get(address), admin.head(address)
        assert got.status_code == head.status_code, address
        assert not head.content
        assert got.headers.get("content-type") == head.headers.get("content-type")


@pytest.mark.parametrize(
    "host",
    [
        "elsewhere.example",
        "127.0.0.1",
        "localhost",
        f"{NAME}.elsewhere.example",
        f"x{NAME}",
        f"{NAME}:",
        f"{NAME}:x",
        f"{NAME}\t",
        "",
        f"{NAME}@elsewhere.example",
    ],
)
def test_another_host_name_is_not_answered(app: Any, admin: Any, host: str) -> None:
    for client in (admin, browser(app)):
        answer = client.get("/record", headers={"host": host, "x-forwarded-host": NAME})
        assert answer.status_code == 421
        assert "digest" not in answer.text.casefold()


@pytest.mark.parametrize("proto", ["http", "", "https, http", "HTTPS://"])
def test_plain_http_is_refused(app: Any, admin: Any, proto: str) -> None:
    answer = admin.get("/record", headers={"x-forwarded-proto": proto})
    assert answer.status_code == 403
    assert "digest" not in answer.text.casefold()


INJECTED = (
    "a\r\nset-cookie: x=y",
    "a\nlocation: //elsewhere.example",
    "a%0d%0aset-cookie:%20x=y",
    "\u560d\u560aset-cookie: x=y",
)


@pytest.mark.parametrize("value", INJECTED)
def test_no_header_is_made_of_what_is_asked(app: Any, admin: Any, value: str) -> None:
    for address in {filled(path, value) for _, path in routes(app, "GET")}:
        for client in (admin, browser(app)):
            answer = client.get(address, params={"next": value, "text": value, "page": value})
            assert "x" not in answer.cookies, address
            assert all(not set(text) & {"\r", "\n"} for text in answer.headers.values())
            assert "elsewhere" not in answer.headers.get("location", "").replace(quote(quote(value)), "").split("?")[
                0
            ] or (answer.headers["location"].startswith("/"))


TRAVERSALS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd",
    "..\\..\\etc\\passwd",
    "/etc/passwd",
    "../templates/base.html",
    "../../desk/store.py",
    "%00/etc/passwd",
    "file:///etc/passwd",
)


@pytest.mark.parametrize("value", TRAVERSALS)
def test_no_address_leads_to_another_file(app: Any, admin: Any, value: str) -> None:
    addresses = {f"/static/{value}", f"/{value}"}
    for _, path in routes(app, "GET"):
        if "{" in path:
            addresses |= {filled(path, value), FILL.sub(lambda _: value, path)}
    for address in addresses:
        answer = admin.get(address)
        assert answer.status_code in (303, 307, 401, 404, 405, 422), address
        assert "root:" not in answer.text
        assert "extends" not in answer.text


INJECTIONS = (
    '\'; DROP TABLE report; -- " OR "a"="a',
    'a* AND b NEAR(c d, 2) OR {content}: ((( x ^ y -z "',
    "\x00%' UNION SELECT password FROM person --",
    "\ud800",
)


@pytest.fixture(scope="module")
def asked(app: Any, admin: Any) -> list[tuple[str, str]]:
    """Every address that takes values, with the name of each: those of its forms and links, and of the document."""
    document = admin.get(f"{API}/openapi.json").json()["paths"]
    found = {
        (API + path, value["name"])
        for path, its in document.items()
        for value in its.get("get", {}).get("parameters", [])
        if value["in"] == "query"
    }
    for _, path in routes(app, "GET"):
        if "{" not in path and not path.startswith(API):
            text = admin.get(path).text
            action = rf'action="{re.escape(path)}" method="get".*?</form>'
            inside = "".join(re.findall(action, text, re.DOTALL))
            found |= {(path, name) for name in re.findall(r' name="([a-z_]+)"', inside)}
            found |= {(path, name) for name in re.findall(rf'href="{re.escape(path)}\?(?:[^"]*;)?([a-z_]+)=', text)}
            found.add((path, "page"))
    found |= {("/statements.csv", name) for path, name in found if path == "/statements"}
    return sorted({*found, ("/record", "reason"), (LOG_IN, "next"), ("/speakers/x", "page")})


def test_the_values_of_every_list_are_found(asked: list[tuple[str, str]]) -> None:
    lists = {path for path, name in asked if name == "text"}
    assert lists >= {"/statements", "/reports", "/speakers", "/docket", "/relations", f"{API}/statements", "/figures"}
    assert len(asked) > 60


@pytest.mark.parametrize("value", INJECTIONS)
def test_no_value_becomes_a_question_of_its_own(
    app: Any, admin: Any, ledger: Path, asked: list[tuple[str, str]], value: str
) -> None:
    with WeighedView(ledger) as view:
        head = view.head()
    encoded = quote(value, safe="", errors="replace")
    addresses = [f"{path}?{name}={encoded}" for path, name in asked]
    addresses += [FILL.sub(lambda _: encoded, path) for _, path in routes(app, "GET") if "{" in path]
    for address in addresses:
        answer = admin.get(address)
        assert answer.status_code in (200, 303, 404, 422), address
        told = answer.text.casefold()
        assert not any(word in told for word in ("traceback", "sqlite", "fts5", "syntax error", "argon2id")), address
    with WeighedView(ledger) as view:
        assert view.head() == head


def test_what_people_write_is_never_run(app: Any, desk: Desk, pages: list[str]) -> None:
    name = SCRIPT[:60]
    let_in(desk, name, Role.ADMIN, "gravel under the old pier", HAND)
    make_token(desk, member(desk, name), SCRIPT[:80], Role.READER, 1, HAND)
    keep_search(desk, name, SCRIPT[:80], "/statements?text=%22%3E%3Cscript%3E")
    begin(desk, SCRIPT, "guessed", SCRIPT)
    client = browser(app)
    assert log_in(client, name, "gravel under the old pier").status_code == 303
    seen = 0
    for address in [*pages, f"/{quote(SCRIPT)}", f"/statements?text={quote(SCRIPT)}", f"/log-in?next={quote(SCRIPT)}"]:
        answer = client.get(address)
        assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"], address
        assert answer.headers["x-content-type-options"] == "nosniff"
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert Held(answer.text).faults == [], address
        assert "<script>alert" not in answer.text
        assert "{{7*7}}" not in answer.text or "49" not in answer.text.split("{{7*7}}")[0][-20:]
        seen += MARK in answer.text
    # On every page in the name of who has logged in, cut before the mark; on those of judgements and of the desk, whole.
    assert seen >= 6
    for address in ("/me", "/people", "/people/audit", "/briefs", "/grades", "/relations", "/docket"):
        assert "&lt;script&gt;alert" in client.get(address).text, address
    for _, path in routes(app, "POST"):
        if not path.startswith(API):
            given = {"name": SCRIPT, "role": SCRIPT, "query": SCRIPT, "days": SCRIPT, "next": SCRIPT, "new": SCRIPT}
            if path not in ("/log-out", "/me/log-out-everywhere"):
                answer = send(client, filled(path, SCRIPT), given)
                assert answer.status_code in (401, 404, 422), path
                assert Held(answer.text).faults == []


def test_the_log_keeps_who_did_what_and_no_secret(app: Any, admin: Any, desk: Desk) -> None:
    answer = send(admin, "/people", {"name": "Nora Vey", "role": "reader"}, "/people")
    secret = re.search(r"<code>([a-z0-9-]{23})</code>", answer.text)
    assert secret is not None
    assert answer.headers["cache-control"] == "no-store"
    newest = deeds(desk, limit=1)[0]
    assert (newest.who, newest.what, newest.address) == (ADA, "let in Nora Vey as reader", "192.0.2.9")
    whole = str(deeds(desk, limit=count_deeds(desk)))
    assert secret[1] not in whole
    assert not any(password in whole for password in PASSWORDS.values())
    assert log_in(browser(app), "Nora Vey", secret[1]).status_code == 303
