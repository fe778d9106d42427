"""From where pages are reached: what is refused when they are started, and whose word counts on how a request came."""

from __future__ import annotations

import asyncio
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import trustme
from starlette.types import Message, Receive, Scope, Send

from onrecord.desk import Desk
from onrecord.desk.people import shut_out
from onrecord.desk.store import desk_path
from onrecord.errors import DeskError, OnrecordError, SettingsError
from onrecord.settings import Settings
from onrecord.web import serve
from onrecord.web.guard import LOCAL_NAMES, host_pattern
from onrecord.web.reaching import Arrival, Reach, Wanted, is_loopback, reached
from onrecord.web.serving import listening
from tests.desk.invented import HAND, PEOPLE, Clock, quick_hashes, staffed
from tests.publishing.invented import write_record

NAME = "desk.example.org"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "news.ledger"
    path.touch()
    return path


@pytest.fixture
def desk(ledger: Path) -> Desk:
    made = staffed(ledger, Clock())
    made.close()
    return made


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    authority = trustme.CA()
    issued = authority.issue_cert(NAME, "localhost")
    made.write_bytes(b"".join(one.bytes() for one in (*issued.cert_chain_pems, authority.cert_pem)))
    issued.private_key_pem.write_to_path(str(key))
    return made, key


@pytest.mark.parametrize(
    ("host", "only"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.1", False),
        ("desk.example.org", False),
        ("", False),
        ("127.0.0.1.example.org", False),
    ],
)
def test_only_a_loopback_address_is_this_computer_alone(ledger: Path, host: str, only: bool) -> None:
    assert is_loopback(host) == only
    assert Wanted(host).only_here == only
    if only:
        assert reached(ledger, Wanted(host), Settings()) is None
    else:
        with pytest.raises(SettingsError, match="could read along"):
            reached(ledger, Wanted(host), Settings())


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted("0.0.0.0", (NAME,)), "could read along"),
        (Wanted("0.0.0.0", (NAME,), public=True), "could read along"),
        (Wanted("127.0.0.1", (NAME,)), "could read along"),
        (Wanted("127.0.0.1", behind_proxy=True), "--host-name"),
        (Wanted("127.0.0.1", ("https://desk.example.org",), behind_proxy=True), "no host name"),
        (Wanted("127.0.0.1", ("desk.example.org:443",), behind_proxy=True), "no host name"),
        (Wanted("127.0.0.1", ("*",), behind_proxy=True), "no host name"),
        (Wanted("127.0.0.1", ("a|b",), behind_proxy=True), "no host name"),
        (Wanted("127.0.0.1", ("",), behind_proxy=True), "no host name"),
        (Wanted("127.0.0.1", (NAME,), behind_proxy=True, certificate=(Path("a"), Path("b"))), "not both"),
        (Wanted("0.0.0.0", (NAME,), certificate=(Path("none.pem"), Path("none.key"))), "no certificate"),
    ],
)
def test_what_is_not_safe_is_not_started(ledger: Path, desk: Desk, wanted: Wanted, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        reached(ledger, wanted, Settings())


def test_without_people_nothing_is_started_and_the_command_is_told(ledger: Path) -> None:
    wanted = Wanted("127.0.0.1", (NAME,), behind_proxy=True)
    with pytest.raises(DeskError, match="onrecord people add NAME --role admin"):
        reached(ledger, wanted, Settings())
    Desk(ledger, create=True).close()
    with pytest.raises(SettingsError, match="onrecord people add NAME --role admin"):
        reached(ledger, wanted, Settings())


def test_with_all_shut_out_but_one_that_one_is_enough(ledger: Path, desk: Desk) -> None:
    with Desk(ledger) as opened:
        for name in list(PEOPLE)[1:]:
            shut_out(opened, name, HAND)
    found = reached(ledger, Wanted("127.0.0.1", (NAME.upper(),), behind_proxy=True), Settings())
    assert found is not None
    assert found.desk is not None
    assert (found.names, found.secure, found.behind_proxy) == ((NAME,), True, True)
    found.desk.close()


def test_what_is_public_needs_no_desk(ledger: Path) -> None:
    found = reached(ledger, Wanted("127.0.0.1", public=True), Settings())
    assert found == Reach(LOCAL_NAMES, None, secure=False)
    found = reached(ledger, Wanted("127.0.0.1", (NAME,), public=True, behind_proxy=True), Settings())
    assert found == Reach((NAME,), None, behind_proxy=True)
    assert not desk_path(ledger).exists()


def test_without_argon2_the_extra_is_named(ledger: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from onrecord.desk import passwords

    monkeypatch.undo()
    passwords.hasher.cache_clear()
    monkeypatch.setitem(sys.modules, "argon2", None)
    with pytest.raises(SettingsError, match=r"onrecord\[desk\]"):
        reached(ledger, Wanted("127.0.0.1", (NAME,), behind_proxy=True), Settings())
    monkeypatch.undo()
    passwords.hasher.cache_clear()


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("desk.example.org", True),
        ("DESK.example.org:8443", True),
        ("deskxexample.org", False),
        ("desk.example.org.", False),
        ("other.example.org", True),
        ("127.0.0.1", False),
        ("[2001:db8::1]:443", True),
    ],
)
def test_a_name_is_answered_to_the_letter(host: str, answered: bool) -> None:
    pattern = host_pattern((NAME, "other.example.org", "[2001:db8::1]"))
    assert bool(pattern.fullmatch(host)) == answered


def arrived(
    client: tuple[str, int] | None, *headers: tuple[str, str], behind_proxy: bool = True, scheme: str = "http"
) -> tuple[int, Any]:
    """The status, and whom the application behind sees."""
    seen: list[Scope] = []
    sent: list[Message] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers]
    scope = {"type": "http", "scheme": scheme, "client": client, "headers": raw, "method": "GET", "path": "/"}
    asyncio.run(Arrival(inside, Reach((NAME,), None, behind_proxy=behind_proxy))(scope, receive, send))
    return sent[0]["status"], seen[0]["client"] if seen else None


HERE = ("127.0.0.1", 40_000)
TLS = ("x-forwarded-proto", "https")


@pytest.mark.parametrize(
    ("client", "headers", "status", "address"),
    [
        (HERE, [TLS, ("x-forwarded-for", "192.0.2.9")], 200, "192.0.2.9"),
        (("::1", 1), [TLS, ("x-forwarded-for", "2001:db8::9")], 200, "2001:db8::9"),
        (HERE, [TLS, ("x-forwarded-for", "10.0.0.1, 192.0.2.9")], 200, "192.0.2.9"),
        (HERE, [TLS, ("x-forwarded-for", "10.0.0.1"), ("x-forwarded-for", "192.0.2.9")], 200, "192.0.2.9"),
        (HERE, [TLS, ("x-forwarded-for", "<script>")], 200, "behind the proxy"),
        (HERE, [TLS], 200, "behind the proxy"),
        (HERE, [("x-forwarded-for", "192.0.2.9")], 403, None),
        (HERE, [("x-forwarded-proto", "http")], 403, None),
        (HERE, [TLS, ("x-forwarded-proto", "http")], 403, None),
        (HERE, [("forwarded", "proto=https")], 403, None),
        (("192.0.2.66", 1), [TLS, ("x-forwarded-for", "127.0.0.1")], 403, None),
        (None, [TLS], 403, None),
    ],
)
def test_only_a_proxy_on_this_computer_is_believed(
    client: tuple[str, int] | None, headers: list[tuple[str, str]], status: int, address: str | None
) -> None:
    told, seen = arrived(client, *headers)
    assert told == status
    assert (None if seen is None else seen[0]) == address


def test_where_no_proxy_was_told_of_none_is_believed() -> None:
    assert arrived(HERE, TLS, ("x-forwarded-for", "192.0.2.9"), behind_proxy=False) == (403, None)
    status, client = arrived(HERE, ("x-forwarded-for", "192.0.2.9"), behind_proxy=False, scheme="https")
    assert (status, client) == (200, HERE)


@pytest.mark.parametrize(
    ("host", "told"),
    [("192.0.2.77", "no address of this computer"), ("desk.example.org", "no address"), ("\ud800", "no address")],
)
def test_an_address_that_cannot_be_listened_on_is_told(host: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        listening(0, host)


def test_localhost_is_an_address() -> None:
    with listening(0, "localhost") as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_pages_are_served_over_tls(
    tmp_path: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import ssl

    from onrecord.web import serving

    path = write_record(tmp_path / "record.ledger")
    staffed(path, Clock()).close()
    answers: list[tuple[int, str]] = []
    servers: list[Any] = []
    made = serving._Announcing.__init__

    def remember(self: Any, *given: Any) -> None:
        servers.append(self)
        made(self, *given)

    monkeypatch.setattr(serving._Announcing, "__init__", remember)
    asking: list[threading.Thread] = []

    def ask(address: str) -> None:
        try:
            ask_all(address)
        finally:
            servers[0].should_exit = True

    def ask_all(address: str) -> None:
        trusted = ssl.create_default_context(cafile=str(certificate[0]))
        for headers in ({}, {"X-Forwarded-For": "10.0.0.1", "X-Forwarded-Host": "x"}, {"Host": "127.0.0.1"}):
            request = urllib.request.Request(f"{address}statements", headers=headers)
            try:
                with urllib.request.urlopen(request, timeout=10, context=trusted) as answer:
                    answers.append((answer.status, answer.url))
            except urllib.error.HTTPError as error:
                answers.append((error.code, ""))
                error.close()

    def ready(address: str) -> None:
        assert address.startswith("https://localhost:")
        asking.append(threading.Thread(target=ask, args=(address,)))
        asking[0].start()

    serve(path, 0, on_ready=ready, wanted=Wanted("127.0.0.1", ("localhost",), certificate=certificate))
    asking[0].join()
    assert [status for status, _ in answers] == [200, 200, 421]
    assert answers[0][1].endswith("/log-in?next=%2Fstatements")


def test_every_refusal_is_one_of_ours(ledger: Path) -> None:
    for wanted in (Wanted("0.0.0.0"), Wanted("x", ("y",), behind_proxy=True)):
        with pytest.raises(OnrecordError):
            reached(ledger, wanted, Settings())
