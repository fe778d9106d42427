"""Servers that misbehave: each gets an answer with a reason, soon and in little memory."""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples.newsroom.serving import Server, serve
from examples.newsroom.site import ManualClock, Site
from examples.newsroom.trouble import TROUBLE
from onrecord.errors import FetchRefused
from onrecord.sources.fetching import Fetcher, Limits
from tests.sources.fetching.wires import Hands, answering, message

QUICK = Limits(wire=2_000_000, total=10.0)
IMPATIENT = Limits(silence=0.1)


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Server]:
    with serve(Site(ManualClock())) as server:
        yield server


REASONS = {
    "/slow": "too slow",
    "/drip": "too slow",
    "/endless": "too large",
    "/bomb": "zip bomb",
    "/no-http": "broken answer",
    "/loop": "too many redirects",
    "/redirect-private": "private address",
    "/redirect-file": "not http",
    "/huge-headers": "too large",
    "/short": "broken answer",
    "/chunks": "broken answer",
}
ANSWERS = {"/500": 500, "/429": 429, "/garbage": 200}


def test_every_trouble_of_the_newsroom_is_tried() -> None:
    assert set(REASONS) | set(ANSWERS) == set(TROUBLE)


@pytest.mark.parametrize(("path", "reason"), REASONS.items())
def test_trouble_is_refused_with_a_reason(newsroom: Server, path: str, reason: str) -> None:
    # A second passes at each look at the clock, so that a drip is at its end after a few bytes.
    hands = Hands(step=1.0 if path == "/drip" else 0.0)
    begun = time.monotonic()
    tracemalloc.start()
    try:
        limits = IMPATIENT if path == "/slow" else QUICK
        with (
            Fetcher(allow_loopback=True, pause=0, limits=limits, clock=hands.clock()) as fetcher,
            pytest.raises(FetchRefused) as refused,
        ):
            fetcher.get(newsroom.root + path, robots=False)
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()
    assert refused.value.reason == reason
    assert str(refused.value).isprintable()
    assert time.monotonic() - begun < 5.0


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_trouble_that_is_an_answer(newsroom: Server, path: str, status: int) -> None:
    with Fetcher(allow_loopback=True, pause=0, limits=QUICK) as fetcher:
        fetched = fetcher.get(newsroom.root + path)
    assert fetched.status == status
    assert fetched.retry_after == (120.0 if path == "/429" else None)


@pytest.mark.parametrize(
    ("sent", "limits", "reason"),
    [
        (message(b"x" * 1_000), Limits(wire=900), "too large"),
        (message(b"x" * 1_000), Limits(decoded=900), "too large"),
        (message(b"x", *(f"X-{number}: y" for number in range(300))), Limits(), "too large"),
        (message(b"x", "X: " + "y" * 70_000), Limits(), "too large"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000, Limits(), "too large"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 5_000, Limits(head=100_000), "too large"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 50, Limits(), "broken answer"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", Limits(), "broken answer"),
        (b"", Limits(), "broken answer"),
        (b"HTTP/1.1 200 OK\r\n", Limits(), "broken answer"),
        (b"HTTP/1.1 abc OK\r\n\r\n", Limits(), "broken answer"),
        (b"HTTP/1.1 200 OK\r\nBad Header: 1\r\n\r\n", Limits(), "broken answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", Limits(), "broken answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", Limits(), "broken answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", Limits(), "broken answer"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello", Limits(), "broken answer"),
        (message(b"hello", "Content-Encoding: gzip"), Limits(), "broken answer"),
        (message(b"hello", "Content-Encoding: zstd"), Limits(), "broken answer"),
        (message(b"", "Location: http://[", status="302 Found"), Limits(), "bad address"),
    ],
)
def test_bytes_that_are_not_taken(sent: bytes, limits: Limits, reason: str) -> None:
    with answering(sent) as wire, Fetcher(allow_loopback=True, pause=0, limits=limits) as fetcher:
        with pytest.raises(FetchRefused) as refused:
            fetcher.get(f"{wire.root}/", robots=False)
        assert refused.value.reason == reason, refused.value
        assert str(refused.value).isprintable()


def test_a_server_that_takes_the_connection_and_nothing_else() -> None:
    hands = Hands(step=3.0)
    with (
        answering(message()) as wire,
        Fetcher(allow_loopback=True, pause=0, limits=Limits(total=1.0), clock=hands.clock()) as fetcher,
        pytest.raises(FetchRefused, match="too slow"),
    ):
        fetcher.get(f"{wire.root}/", robots=False)


def test_patience_covers_robots_and_redirects_together() -> None:
    hands = Hands(step=0.3)
    with (
        answering(message(b"", "Location: /next", status="302 Found")) as wire,
        Fetcher(
            allow_loopback=True, pause=0, limits=Limits(total=5.0, redirects=1_000), clock=hands.clock()
        ) as fetcher,
        pytest.raises(FetchRefused, match="too slow"),
    ):
        fetcher.get(f"{wire.root}/", robots=False)


def test_a_look_up_that_does_not_end() -> None:
    end = threading.Event()

    def look_up(host: str, port: int) -> list[str]:
        end.wait(10)
        return ["127.0.0.1"]

    try:
        with (
            Fetcher(pause=0, look_up=look_up, limits=Limits(lookup=0.05)) as fetcher,
            pytest.raises(FetchRefused, match=r"too slow: the name news\.example"),
        ):
            fetcher.get("http://news.example/")
    finally:
        end.set()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]),
)
def test_no_bytes_break_the_fetcher(noise: bytes, beginning: bytes) -> None:
    with answering(beginning + noise) as wire, Fetcher(allow_loopback=True, pause=0, limits=QUICK) as fetcher:
        try:
            fetched = fetcher.get(f"{wire.root}/", robots=False)
        except FetchRefused as refused:
            assert str(refused).isprintable()  # noqa: PT017
        else:
            hop = fetched.hops[-1]
            assert hop.response_head + hop.raw_body in beginning + noise
