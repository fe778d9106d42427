"""The Host check, the headers on every response, and errors nobody foresaw."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from onrecord.web.guard import HEADERS, LOCAL_HOST, Guard

ADDRESSES = [
    "/",
    "/statements",
    "/statements?since=x",
    "/reports/weir.html",
    "/nowhere",
    "/static/paper.css",
    "/static/parts.js",
    "/statements.jsonl",
    "/statements.csv",
    "/healthz",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_carries_the_headers(client: Any, address: str) -> None:
    for response in (client.get(address), client.head(address), client.post(address)):
        for name, value in HEADERS.items():
            assert response.headers.get_list(name) == [value]
        assert "server" not in response.headers
        assert response.headers["cache-control"]


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:8031", True),
        ("localhost:1", True),
        ("LOCALHOST", True),
        ("[::1]:8031", True),
        ("", False),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example:8031", False),
        ("evil.example:127.0.0.1", False),
        ("127.0.0.1:80:80", False),
        ("127.0.0.1:", False),
        ("127.0.0.1:123456", False),
        ("0.0.0.0", False),
        ("127.1", False),
        ("[::1", False),
        ("localhost\n", False),
        ("user@127.0.0.1", False),
    ],
)
def test_only_names_of_this_computer_are_answered(client: Any, host: str, allowed: bool) -> None:
    assert bool(LOCAL_HOST.fullmatch(host)) == allowed
    if "\n" not in host:
        response = client.get("/record", headers={"host": host})
        assert (response.status_code == 200) == allowed
        assert allowed or (response.status_code == 421 and "digest" not in response.text.lower())


def answered(app: Any, *hosts: bytes, scope_type: str = "http") -> list[Message]:
    """What a guarded application sends for one request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": scope_type,
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [(b"host", host) for host in hosts],
    }

    def failed(request: Request) -> PlainTextResponse:
        return PlainTextResponse("could not be made", status_code=500)

    asyncio.run(Guard(app, failed)(scope, receive, send))
    return sent


async def sound(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("fine")(scope, receive, send)


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise RuntimeError("secret detail")


async def broken_half_way(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise RuntimeError("secret detail")


@pytest.mark.parametrize(
    ("hosts", "status"),
    [((b"localhost",), 200), ((), 421), ((b"localhost", b"evil.example"), 421), ((b"localhost", b"localhost"), 421)],
)
def test_exactly_one_host_is_named(hosts: tuple[bytes, ...], status: int) -> None:
    assert answered(sound, *hosts)[0]["status"] == status


def test_an_unforeseen_error_is_a_page_without_its_detail() -> None:
    start, body = answered(broken, b"localhost")
    assert start["status"] == 500
    assert body["body"] == b"could not be made"
    assert (b"x-content-type-options", b"nosniff") in start["headers"]


def test_half_a_response_is_broken_off() -> None:
    with pytest.raises(RuntimeError):
        answered(broken_half_way, b"localhost")


def test_web_sockets_are_refused() -> None:
    assert answered(sound, b"localhost", scope_type="websocket") == [{"type": "websocket.close", "code": 1008}]
