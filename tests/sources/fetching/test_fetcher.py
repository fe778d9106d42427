"""What a fetcher gives back, to whom it speaks, and how it behaves toward them."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import sys
from datetime import timedelta

import pytest
import trustme

from onrecord.errors import FetchRefused, SettingsError
from onrecord.sources.fetching import AGENT, Fetched, Fetcher, Limits
from tests.sources.fetching.wires import NOON, Hands, answering, message


def get(*messages: bytes, **asking: str) -> tuple[Fetched, list[bytes]]:
    """What comes back when a server on loopback answers with these messages, and what it was asked."""
    with answering(*messages) as wire, Fetcher(allow_loopback=True, pause=0, clock=Hands().clock()) as fetcher:
        return fetcher.get(f"{wire.root}/page", robots=False, **asking), wire.requests


def refused(fetcher: Fetcher, address: str) -> FetchRefused:
    with pytest.raises(FetchRefused) as caught:
        fetcher.get(address, robots=False)
    assert str(caught.value).isprintable()
    return caught.value


def test_an_exchange_is_kept_as_it_went_over_the_wire() -> None:
    packed = gzip.compress(b"<p>hello</p>")
    sent = message(packed, "Content-Type: Text/HTML; Charset=ISO-8859-1", "Content-Encoding: gzip", 'ETag: "a"')
    fetched, requests = get(sent)
    (hop,) = fetched.hops
    assert hop.request_head == requests[0]
    assert hop.response_head + hop.raw_body == sent
    assert hop.response_head.endswith(b"\r\n\r\n")
    assert hop.raw_body == packed
    assert (hop.address, hop.ip, hop.at) == (fetched.address, "127.0.0.1", NOON)
    assert fetched.body == b"<p>hello</p>"
    assert (fetched.status, fetched.final, fetched.at) == (200, fetched.address, NOON)
    assert (fetched.media_type, fetched.charset, fetched.etag) == ("text/html", "ISO-8859-1", '"a"')
    assert ("Content-Encoding", "gzip") in fetched.headers
    assert (fetched.modified, fetched.retry_after, fetched.not_modified) == (None, None, False)


def test_what_is_asked_says_who_asks_and_no_more() -> None:
    _, requests = get(message())
    lines = requests[0].decode().split("\r\n")
    assert lines[0] == "GET /page HTTP/1.1"
    assert {line.partition(":")[0] for line in lines[1:] if line} == {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Encoding",
        "Connection",
    }
    assert f"User-Agent: {AGENT}" in lines
    assert AGENT.startswith("onrecord/")


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n there\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "body", "raw"),
    [
        (CHUNKED, b"hello there", CHUNKED.partition(b"\r\n\r\n")[2]),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", b"until the end", b"until the end"),
        (b"HTTP/1.0 200 OK\r\n\r\nold", b"old", b"old"),
        (b"HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", b"hi", b"hi"),
        (message(b"hello") + b"and more than was announced", b"hello", b"hello"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + message(b"hello"), b"hello", b"hello"),
        (message(b""), b"", b""),
    ],
)
def test_every_framing_is_read(sent: bytes, body: bytes, raw: bytes) -> None:
    fetched, _ = get(sent)
    assert (fetched.body, fetched.hops[0].raw_body) == (body, raw)
    assert fetched.hops[0].response_head + raw in sent
    assert fetched.hops[0].response_head.split(b" ")[1] == b"200"


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden", "500 Oops", "503 Busy", "299 Odd"])
def test_every_status_is_an_answer(status: str) -> None:
    fetched, _ = get(message(b"no", status=status))
    assert (fetched.status, fetched.body) == (int(status[:3]), b"no")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ([], (None, None)),
        (["Content-Type: text/html"], ("text/html", None)),
        (["Content-Type:  application/RSS+xml ; charset = 'utf-8'"], ("application/rss+xml", "utf-8")),
        (["Content-Type: html"], (None, None)),
        (["Content-Type: text/html;charset=utf\x808"], ("text/html", "utf")),
        (["Content-Type: text/plain", "Content-Type: text/html"], ("text/plain", None)),
    ],
)
def test_media_types(fields: list[str], told: tuple[str | None, str | None]) -> None:
    fetched, _ = get(message(b"x", *fields))
    assert (fetched.media_type, fetched.charset) == told


@pytest.mark.parametrize(
    ("asking", "lines"),
    [
        ({"etag": 'W/"a"'}, [b'If-None-Match: W/"a"']),
        ({"modified": "Mon, 03 Mar 2031 12:00:00 GMT"}, [b"If-Modified-Since: Mon, 03 Mar 2031 12:00:00 GMT"]),
        ({"etag": '"a"', "modified": "then"}, [b'If-None-Match: "a"', b"If-Modified-Since: then"]),
        ({"etag": "", "modified": ""}, []),
        ({"etag": '"a"\r\nX-Evil: 1'}, []),
        ({"etag": '"ü"'}, []),
    ],
)
def test_what_was_had_before_is_asked_for_on_conditions(asking: dict[str, str], lines: list[bytes]) -> None:
    fetched, requests = get(b"HTTP/1.1 304 Not Modified\r\n\r\n", **asking)
    assert fetched.not_modified
    assert fetched.body == b""
    assert [line for line in requests[0].split(b"\r\n") if line.startswith(b"If-")] == lines
    assert b"Evil" not in requests[0]


def test_retry_after_and_last_modified_are_read() -> None:
    fetched, _ = get(message(b"x", "Retry-After: 120", "Last-Modified: then", status="429 Too Many"))
    assert (fetched.retry_after, fetched.modified) == (120.0, "then")
    fetched, _ = get(message(b"x", "Retry-After: Mon, 03 Mar 2031 12:01:30 GMT", status="503 Busy"))
    assert fetched.retry_after == 90.0


def test_redirects_are_followed_and_kept() -> None:
    first = message(b"moved", "Location: /next?a=1#top", "Set-Cookie: id=1", status="301 Moved")
    fetched, requests = get(first, message(b"", "Location: last", status="307 Again"), message(b"here"), etag='"a"')
    root = fetched.address.removesuffix("/page")
    assert [hop.address for hop in fetched.hops] == [f"{root}/page", f"{root}/next?a=1", f"{root}/last"]
    assert (fetched.final, fetched.body) == (f"{root}/last", b"here")
    assert fetched.hops[0].raw_body == b"moved"
    assert all(b'If-None-Match: "a"' in request for request in requests)
    assert not any(b"Cookie" in request or b"Referer" in request for request in requests)
    assert not fetched.downgraded


@pytest.mark.parametrize("status", ["300 Choose", "304 Same", "305 Proxy", "200 OK", "404 No"])
def test_no_other_status_leads_elsewhere(status: str) -> None:
    fetched, requests = get(b"HTTP/1.1 " + status.encode() + b"\r\nLocation: /next\r\nConnection: close\r\n\r\n")
    assert len(requests) == 1
    assert fetched.status == int(status[:3])


@pytest.mark.parametrize(
    ("location", "path"),
    [("/ü", "/%C3%BC"), ("/Ã¼", "/%C3%BC"), ("/a b", "/a%20b"), ("./c#d", "/c"), ("?e", "/page?e")],
)
def test_redirects_that_nobody_encoded(location: str, path: str) -> None:
    fetched, _ = get(message(b"", f"Location: {location}", status="302 Found"), message(b"here"))
    assert fetched.final.endswith(path)


def test_a_redirect_to_nowhere_is_an_answer() -> None:
    fetched, _ = get(message(b"?", status="302 Found"))
    assert (fetched.status, fetched.body) == (302, b"?")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://10.0.0.1/", "private address"),
        ("http://169.254.169.254/latest/meta-data/", "private address"),
        ("http://0xa9fea9fe/", "private address"),
        ("http://[fd00::1]/", "private address"),
        ("http://[::ffff:127.0.0.1]/", "private address"),
        ("file:///etc/passwd", "not http"),
        ("http://127.0.0.1:22/", "port not allowed"),
        ("http://a:b@127.0.0.1/", "credentials in address"),
        ("http://" + "a" * 5_000, "bad address"),
        ("/loop", "too many redirects"),
    ],
)
def test_every_redirect_is_checked_again(location: str, reason: str) -> None:
    with (
        answering(message(b"", f"Location: {location}", status="302 Found")) as wire,
        Fetcher(allow_loopback=True, pause=0) as fetcher,
    ):
        assert refused(fetcher, f"{wire.root}/").reason == reason
        assert len(wire.requests) == (6 if location == "/loop" else 1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "127.0.0.2"])
def test_loopback_needs_leave(host: str) -> None:
    with Fetcher(pause=0) as fetcher:
        error = refused(fetcher, f"http://{host}:8400/")
    assert error.reason == "private address"
    assert "--allow-loopback lets it through" in error.detail


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "127.1", "localhost"])
def test_loopback_with_leave(host: str) -> None:
    with answering(message()) as wire, Fetcher(allow_loopback=True, pause=0) as fetcher:
        assert fetcher.get(f"http://{host}:{wire.port}/", robots=False).hops[0].ip == "127.0.0.1"


def test_loopback_of_the_newer_kind() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this computer has no IPv6")
    with answering(message(), host="::1") as wire, Fetcher(allow_loopback=True, pause=0) as fetcher:
        fetched = fetcher.get(f"{wire.root}/", robots=False)
        assert fetched.hops[0].ip == "::1"
        assert f"Host: [::1]:{wire.port}".encode() in wire.requests[0]


@pytest.mark.parametrize(
    ("ips", "reason"),
    [
        (["10.0.0.1"], "private address"),
        (["10.0.0.1", "fe80::1%eth0"], "private address"),
        (["64:ff9b::a00:1"], "private address"),
        ([], "no such host"),
        (["nonsense"], "private address"),
    ],
)
def test_a_name_that_leads_inside_is_refused(ips: list[str], reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("something was connected to")

    monkeypatch.setattr(socket, "create_connection", never)
    with Fetcher(pause=0, allow_loopback=True, look_up=lambda host, port: ips) as fetcher:
        assert refused(fetcher, "http://news.example/").reason == reason


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the second answer to the same question would lead elsewhere."""
    answers = iter((["10.0.0.1", "127.0.0.1"], ["10.0.0.1"]))
    asked, connected = [], []
    connect = socket.create_connection

    def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    def noted(address: tuple[str, int], *rest: object) -> socket.socket:
        connected.append(address[0])
        return connect(address, *rest)

    monkeypatch.setattr(socket, "create_connection", noted)
    with answering(message()) as wire, Fetcher(allow_loopback=True, pause=0, look_up=look_up) as fetcher:
        fetched = fetcher.get(f"http://news.example:{wire.port}/", robots=False)
        assert fetched.hops[0].ip == "127.0.0.1"
        assert f"Host: news.example:{wire.port}".encode() in wire.requests[0]
        assert (asked, connected) == (["news.example"], ["127.0.0.1"])
        assert refused(fetcher, f"http://news.example:{wire.port}/").reason == "private address"
    assert connected == ["127.0.0.1"]


def test_the_next_address_of_a_name_is_tried() -> None:
    with (
        answering(message()) as wire,
        Fetcher(allow_loopback=True, pause=0, look_up=lambda host, port: ["127.9.9.9", "127.0.0.1"]) as fetcher,
    ):
        assert fetcher.get(f"http://news.example:{wire.port}/", robots=False).hops[0].ip == "127.0.0.1"


def test_no_proxy_and_no_password_file_of_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    fetched, requests = get(message())
    assert fetched.body == b"hello"
    assert b"Authorization" not in requests[0]


def test_what_does_not_answer() -> None:
    with answering(message()) as wire:
        closed = wire.root
    with Fetcher(allow_loopback=True, pause=0) as fetcher:
        assert refused(fetcher, closed).reason == "no answer"
        with pytest.raises(FetchRefused, match="no answer"):
            fetcher.get(closed)


def test_a_name_that_does_not_exist() -> None:
    def look_up(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with Fetcher(pause=0, look_up=look_up) as fetcher:
        error = refused(fetcher, "http://nobody.example/")
    assert (error.reason, error.detail) == ("no such host", "nobody.example: Name or service not known")


def test_a_host_is_asked_at_a_polite_pace() -> None:
    hands = Hands()
    with (
        answering(message(b"User-agent: *\nCrawl-delay: 5\n"), message()) as wire,
        Fetcher(
            allow_loopback=True, pause=1.5, clock=hands.clock(), look_up=lambda host, port: ["127.0.0.1"]
        ) as fetcher,
    ):
        fetcher.get(f"{wire.root}/a")
        assert hands.slept == [5.0], "between robots.txt and the page"
        assert fetcher.wait_for(f"{wire.root}/b") == 5.0
        assert fetcher.wait_for(f"http://else.example:{wire.port}/") == 0.0
        fetcher.get(f"{wire.root}/b")
        hands.ticks += 100.0
        fetcher.get(f"{wire.root}/c")
        assert hands.slept == [5.0, 5.0]
        fetcher.get(f"http://else.example:{wire.port}/", robots=False)
        fetcher.get(f"http://else.example:{wire.port}/", robots=False)
        assert hands.slept == [5.0, 5.0, 1.5]


def test_waiting_of_our_own_accord_does_not_count_as_slowness() -> None:
    hands = Hands()
    with (
        answering(message(b"User-agent: *\nCrawl-delay: 25\n"), message()) as wire,
        Fetcher(allow_loopback=True, clock=hands.clock(), limits=Limits(total=20)) as fetcher,
    ):
        assert fetcher.get(f"{wire.root}/a").at == NOON + timedelta(seconds=25)


def test_bytes_are_sent_to_a_service_that_was_named() -> None:
    with (
        answering(message(b"stamped"), message(b"", "Location: /elsewhere", status="307 Again")) as wire,
        Fetcher(allow_loopback=True, pause=0) as fetcher,
    ):
        fetched = fetcher.post(f"{wire.root}/stamp", b"\x00ask\r\n\r\n", "application/timestamp-query")
        assert fetched.body == b"stamped"
        head, body = wire.requests[0].split(b"\r\n\r\n", 1)
        assert head.startswith(b"POST /stamp HTTP/1.1\r\n")
        assert b"Content-Type: application/timestamp-query\r\nContent-Length: 8" in head
        assert b"\x00ask\r\n\r\n".startswith(body)
        assert fetched.hops[0].request_head == head + b"\r\n\r\n"
        assert fetcher.post(f"{wire.root}/stamp", b"", "text/plain").status == 307
        assert len(wire.requests) == 2
    with Fetcher(pause=0) as fetcher, pytest.raises(FetchRefused, match="private address"):
        fetcher.post("http://10.0.0.1/", b"x", "text/plain")


@pytest.mark.parametrize("agent", ["", " x", "x\r\nEvil: 1", "Zeitung-über/1", "/1.0"])
def test_an_agent_that_cannot_be_sent(agent: str) -> None:
    with pytest.raises(SettingsError, match="a user agent is one line"):
        Fetcher(agent=agent)


def test_an_agent_of_ones_own() -> None:
    with (
        answering(message(b"User-agent: river-desk\nDisallow: /a\n"), message()) as wire,
        Fetcher(allow_loopback=True, pause=0, agent="river-desk/1.0 (+https://desk.example/)") as fetcher,
    ):
        fetcher.get(f"{wire.root}/b")
        assert b"User-Agent: river-desk/1.0 (+https://desk.example/)\r\n" in wire.requests[1]
        with pytest.raises(FetchRefused, match=r"robots\.txt"):
            fetcher.get(f"{wire.root}/a")


def tls(*names: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server of these names presents, and who believes it."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


def test_tls() -> None:
    server, client = tls("127.0.0.1", "news.example")
    with answering(message(b"secure"), tls=server) as wire:
        with Fetcher(allow_loopback=True, pause=0, verify=client, look_up=lambda host, port: ["127.0.0.1"]) as fetcher:
            fetched = fetcher.get(f"{wire.root}/", robots=False)
            assert fetched.body == b"secure"
            assert fetched.hops[0].response_head + b"secure" == message(b"secure")
            assert fetcher.get(f"https://news.example:{wire.port}/", robots=False).body == b"secure"
            error = refused(fetcher, f"https://else.example:{wire.port}/")
            assert error.reason == "bad certificate"
            assert "else.example" in error.detail
        with Fetcher(allow_loopback=True, pause=0) as fetcher:
            assert refused(fetcher, f"{wire.root}/").reason == "bad certificate"
            with pytest.raises(FetchRefused, match="bad certificate"):
                fetcher.get(f"{wire.root}/")


def test_a_redirect_from_https_to_http_is_noted() -> None:
    server, client = tls("127.0.0.1")
    with answering(message(b"open")) as plain:
        moved = message(b"", f"Location: {plain.root}/", status="302 Found")
        with (
            answering(moved, tls=server) as secure,
            Fetcher(allow_loopback=True, pause=0, verify=client) as fetcher,
        ):
            fetched = fetcher.get(f"{secure.root}/", robots=False)
            assert (fetched.body, fetched.downgraded) == (b"open", True)


@pytest.mark.parametrize("library", ["httpx", "httpcore", "protego", "brotli"])
def test_without_the_extra_it_says_what_to_install(library: str) -> None:
    program = f"import sys; sys.modules[{library!r}] = None\nimport onrecord.sources.fetching"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr.strip().endswith(f"fetching needs {library}: pip install 'onrecord[watch]'")
