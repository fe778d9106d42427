"""robots.txt: what it allows, how long that holds, and what becomes of one that cannot be had."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FetchRefused
from onrecord.sources.fetching import Fetcher, Limits
from onrecord.sources.fetching.robots import product, rules_in
from tests.sources.fetching.wires import Hands, answering, message

PAGE = "https://news.example"


def allows(robots: str | bytes, path: str, agent: str = "onrecord") -> bool:
    content = robots.encode() if isinstance(robots, str) else robots
    try:
        rules_in(content, agent, 0.0).check(PAGE + path, agent)
    except FetchRefused as refused:
        assert refused.reason == "robots.txt"  # noqa: PT017
        return False
    return True


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /private/", "/private/a", False),
        ("User-agent: *\nDisallow: /private/", "/public/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nAllow: /", "/a", True),
        ("User-agent: onrecord\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: OnRecord/1.0\nDisallow: /", "/a", False),
        ("user agent: onrecord\ndisallow: /", "/a", False),
        ("User-agent: other\nUser-agent: onrecord # us too\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: on\nDisallow: /", "/a", True),
        ("User-agent: onrecordings\nDisallow: /", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "/a", False),
        ("User-agent: *\rDisallow: /\r", "/a", False),
        ("Disallow: /", "/a", True),
        ("<!doctype html><title>Not found</title>", "/a", True),
        (b"User-agent: *\nDisallow: /caf\xe9\nDisallow: /b", "/b", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_what_a_site_allows(robots: str | bytes, path: str, allowed: bool) -> None:
    assert allows(robots, path) == allowed


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [("5", 5.0), ("0.5", 0.5), ("9999", 60.0), ("-3", 0.0), ("nan", 0.0), ("inf", 0.0), ("soon", 0.0), ("", 0.0)],
)
def test_crawl_delay(delay: str, seconds: float) -> None:
    rules = rules_in(f"User-agent: *\nCrawl-delay: {delay}".encode(), "onrecord", 0.0)
    assert rules.delay("onrecord", 60.0) == seconds


@pytest.mark.parametrize(
    ("agent", "token"),
    [("onrecord/1.0 (x)", "onrecord"), ("Desk bot/2", "Desk"), ("desk-bot", "desk-bot")],
)
def test_the_name_of_an_agent(agent: str, token: str) -> None:
    assert product(agent) == token


def test_a_file_that_names_thousands_of_agents_takes_no_time() -> None:
    many = "".join(f"User-agent: agent{number}\n" for number in range(10_000))
    many += "".join(f"Disallow: /{number}*{number}\n" for number in range(10_000))
    begun = time.process_time()
    assert allows(many, "/a")
    assert not allows(many + "\nUser-agent: *\nDisallow: /", "/a")
    assert time.process_time() - begun < 5.0


@given(st.text(max_size=200), st.text(max_size=30))
def test_no_file_and_no_address_break_the_reading(robots: str, path: str) -> None:
    allows(robots, "/" + path)
    allows("User-agent: *\nDisallow: " + robots, "/" + path)
    rules_in(("User-agent: *\nCrawl-delay: " + robots).encode("utf-8", "replace"), "onrecord", 0.0).delay(
        "onrecord", 9.0
    )


FORBIDDING = message(b"User-agent: *\nDisallow: /a\n")


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        (FORBIDDING, "robots.txt"),
        (message(b"User-agent: *\nDisallow: /b\n"), None),
        (message(b"no", status="404 Not Found"), None),
        (message(b"no", status="403 Forbidden"), None),
        (message(b"no", status="410 Gone"), None),
        (message(b"", status="204 No Content").replace(b"Content-Length: 0\r\n", b""), None),
        (message(b"no", status="429 Too Many Requests"), "robots.txt unreachable"),
        (message(b"no", status="500 Internal Server Error"), "robots.txt unreachable"),
        (message(b"no", status="503 Service Unavailable"), "robots.txt unreachable"),
        (b"nothing of HTTP\r\n\r\n", "robots.txt unreachable"),
        (b"", "robots.txt unreachable"),
        (message(b"", "Location: http://10.0.0.1/robots.txt", status="302 Found"), "robots.txt unreachable"),
    ],
)
def test_what_follows_from_the_answer(robots: bytes, reason: str | None) -> None:
    with answering(robots, message()) as wire, Fetcher(allow_loopback=True, pause=0) as fetcher:
        if reason is None:
            assert fetcher.get(f"{wire.root}/a").body == b"hello"
            return
        with pytest.raises(FetchRefused) as refused:
            fetcher.get(f"{wire.root}/a")
        assert refused.value.reason == reason
        assert len(wire.requests) == 1, "the page itself is not asked for"


def test_a_robots_that_leads_in_circles_refuses() -> None:
    with (
        answering(message(b"", "Location: /robots.txt", status="302 Found")) as wire,
        Fetcher(allow_loopback=True, pause=0) as fetcher,
        pytest.raises(FetchRefused, match=r"unreachable.*too many redirects"),
    ):
        fetcher.get(f"{wire.root}/a")


@pytest.mark.parametrize(
    ("robots", "kept"),
    [
        (message(b""), 86_400.0),
        (message(b"", "Cache-Control: max-age=3600"), 3_600.0),
        (message(b"", "Cache-Control: max-age=999999999"), 86_400.0),
        (message(b"", "Cache-Control: no-cache"), 300.0),
        (message(b"", status="404 Not Found"), 86_400.0),
    ],
)
def test_how_long_rules_are_kept(robots: bytes, kept: float) -> None:
    hands = Hands()
    with answering(robots) as wire, Fetcher(allow_loopback=True, pause=0, clock=hands.clock()) as fetcher:
        for ticks, asked in ((0.0, 1), (kept - 1.0, 1), (kept + 1.0, 2)):
            hands.ticks = ticks
            fetcher.get(f"{wire.root}/a")
            assert sum(b"GET /robots.txt" in request for request in wire.requests) == asked


def test_a_failure_is_kept_for_a_while_only() -> None:
    hands = Hands()
    with (
        answering(message(status="503 Busy"), message(b""), message()) as wire,
        Fetcher(allow_loopback=True, pause=0, clock=hands.clock()) as fetcher,
    ):
        for _ in range(3):
            with pytest.raises(FetchRefused, match=r"robots\.txt unreachable"):
                fetcher.get(f"{wire.root}/a")
        assert len(wire.requests) == 1
        hands.ticks = 301.0
        assert fetcher.get(f"{wire.root}/a").body == b"hello"


def test_rules_beyond_the_limit_are_left_out() -> None:
    robots = b"User-agent: *\nDisallow: /a\n" + b"# " + b"x" * 2_000 + b"\nDisallow: /b\n"
    limits = Limits(robots=1_000, decoded=1_500)
    with (
        answering(message(robots), message()) as wire,
        Fetcher(allow_loopback=True, pause=0, limits=limits) as fetcher,
    ):
        assert fetcher.get(f"{wire.root}/b").status == 200
        with pytest.raises(FetchRefused, match=r"robots\.txt"):
            fetcher.get(f"{wire.root}/a")


def test_robots_are_not_asked_for_where_told_so() -> None:
    with answering(message()) as wire, Fetcher(allow_loopback=True, pause=0) as fetcher:
        fetcher.get(f"{wire.root}/a", robots=False)
        assert len(wire.requests) == 1


def test_each_origin_has_rules_of_its_own() -> None:
    with (
        answering(message(b"")) as first,
        answering(FORBIDDING) as second,
        Fetcher(allow_loopback=True, pause=0) as fetcher,
    ):
        fetcher.get(f"{first.root}/a")
        with pytest.raises(FetchRefused) as refused:
            fetcher.get(f"{second.root}/a")
        assert refused.value.reason == "robots.txt"
        fetcher.get(f"{second.root}/b")


def test_a_redirect_is_held_to_the_rules_of_where_it_leads() -> None:
    with answering(FORBIDDING) as second:
        moved = message(b"", f"Location: {second.root}/a", status="301 Moved")
        with (
            answering(message(b""), moved) as first,
            Fetcher(allow_loopback=True, pause=0) as fetcher,
            pytest.raises(FetchRefused) as refused,
        ):
            fetcher.get(f"{first.root}/b")
        assert refused.value.reason == "robots.txt"
        assert len(second.requests) == 1


@pytest.mark.parametrize(("most", "value"), [("MOST_KEPT", 2), ("MOST_BYTES_KEPT", 29)])
def test_rules_of_endless_sites_are_forgotten(most: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"onrecord.sources.fetching.robots.{most}", value)
    with (
        answering(message(b"# ten byte")) as wire,
        Fetcher(allow_loopback=True, pause=0, look_up=lambda host, port: ["127.0.0.1"]) as fetcher,
    ):
        for name in ("a", "b", "c", "b", "a"):
            fetcher.get(f"http://{name}.example:{wire.port}/")
        assert sum(b"GET /robots.txt" in request for request in wire.requests) == 4
