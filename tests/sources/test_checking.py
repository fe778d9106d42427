"""What is wrong with a feed or sitemap is told in words, with what to do."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from onrecord.errors import ExtraMissing, FetchRefused, OnrecordError
from onrecord.sources.checking import Checked, checked
from onrecord.sources.fetching import Fetched, Hop
from onrecord.sources.outlets import Outlet

NOW = datetime(2031, 3, 10, 12, tzinfo=UTC)
FEED = "https://a.example/rss"


def hop(address: str, response_head: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Hop:
    return Hop(address, b"", response_head, b"", NOW, "192.0.2.1")


def answered(final: str, body: bytes = b"", status: int = 200, hops: tuple[Hop, ...] = ()) -> Fetched:
    return Fetched(FEED, final, hops, NOW, status, (), body)


def rss(*ages: float | None, host: str = "a.example", hours: float = 1) -> bytes:
    items = ""
    for number, age in enumerate(ages):
        date = "" if age is None else f"<pubDate>{NOW - timedelta(hours=age):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        items += f"<item><link>https://{host}/{number}</link>{date}</item>"
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def answering(**answers: bytes | int | OnrecordError | Fetched) -> Callable[[str], Fetched]:
    """A function that answers for paths by their last part; what is not told is not found."""

    def get(address: str) -> Fetched:
        told = answers.get(address.rpartition("/")[2].partition(".")[0], 404)
        if isinstance(told, OnrecordError):
            raise told
        if isinstance(told, Fetched):
            return told
        return answered(address, b"", told) if isinstance(told, int) else answered(address, told)

    return get


def tried(outlet: Outlet, **answers: bytes | int | OnrecordError | Fetched) -> list[Checked]:
    return list(checked([outlet], answering(**answers), NOW))


def outlet(**more: object) -> Outlet:
    return Outlet("A", "A", **{"domains": ("a.example",), "feeds": (FEED,), **more})  # type: ignore[arg-type]


PAGE = b'<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>'
MOVED = b"HTTP/1.1 301 Moved Permanently\r\n\r\n"
FOUND = b"HTTP/1.1 302 Found\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "faults"),
    [
        (rss(1, 2, 3), []),
        (404, ["not found (404); look on the outlet's pages for another address"]),
        (410, ["not found (410); look on the outlet's pages for another address"]),
        (403, ["the server refuses it (403); ask the outlet, or leave it out"]),
        (429, ["the server says that it was asked too often (429); try again later"]),
        (503, ["the server fails (503); try again later"]),
        (204, ["the server answers 204 and no feed"]),
        (PAGE, ["no feed but a page; it links to https://a.example/feed.xml"]),
        (b"<html><body>x</body></html>", ["no feed but a page, which links to none"]),
        (b"%PDF-1.7", ["no feed: binary: this is no text"]),
        (b"", ["no feed: empty"]),
        (rss(), ["there are no items in it"]),
        (rss(1, None, 2), ["1 of 3 items have no date"]),
        (rss(24 * 9, 24 * 10), ["the newest item is of 2031-03-01, 9 days ago"]),
        (rss(1, 2, host="b.example"), ["2 of 2 items lead to other domains (b.example); add them to domains where they are the outlet's"]),
        (FetchRefused("robots.txt", "x"), ["robots.txt forbids it; ask the outlet, or leave it out"]),
        (FetchRefused("bad certificate", "it has expired"), ["TLS: it has expired"]),
        (FetchRefused("private address", "127.0.0.1 is loopback"), ["private address: 127.0.0.1 is loopback"]),
        (b"<note/>", ["no feed: its root element is 'note'"]),
        (b"{", ["no feed: bad JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"]),
        (FetchRefused("too slow"), ["too slow"]),
        (
            answered("https://c.example/3", rss(1, 2), hops=(hop(FEED, MOVED), hop("https://b.example/2", MOVED), hop("https://c.example/3"))),
            ["moved for good: write https://c.example/3"],
        ),
        (
            answered("https://c.example/3", rss(1, 2), hops=(hop(FEED, MOVED), hop("https://b.example/2", FOUND), hop("https://c.example/3"))),
            ["moved for good: write https://b.example/2"],
        ),
        (answered("https://c.example/3", rss(1, 2), hops=(hop(FEED, FOUND), hop("https://c.example/3"))), []),
        (answered(FEED, rss(1, 2), hops=(hop(FEED),)), []),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_feed(answer: bytes | int | OnrecordError | Fetched, faults: list[str]) -> None:
    found = tried(outlet(), rss=answer)
    assert [one.what for one in found] == ["feed", "outlet"]
    assert list(found[0].faults) == faults
    assert found[1].faults == ()


def test_what_a_good_feed_holds_is_told() -> None:
    feed, whole = tried(outlet(per_day=20), rss=rss(1, 2, 3, 4, 24 * 30))
    assert (feed.items, feed.newest, feed.per_day) == (5, NOW - timedelta(hours=1), pytest.approx(24))
    assert (feed.faults, whole.faults) == ((), ())


@pytest.mark.parametrize(
    ("per_day", "ages", "faults"),
    [
        (40, range(0, 120, 12), ["about 2.0 items a day, where per_day says 40"]),
        (3, range(0, 120, 12), []),
        (40, [5, 5], []),
        (40, [5], []),
        (1, range(0, 120, 12), []),
    ],
)
def test_fewer_items_than_are_expected_is_a_fault(per_day: float, ages: list[float], faults: list[str]) -> None:
    assert list(tried(outlet(per_day=per_day), rss=rss(*ages))[-1].faults) == faults


def test_a_few_items_of_others_are_a_remark() -> None:
    feed = rss(*range(1, 20)).replace(b"a.example/0<", b"ads.example/0<")
    (one, _) = tried(outlet(), rss=feed)
    assert (one.faults, len(one.remarks)) == ((), 1)
    assert one.remarks[0].startswith("1 of 19 items lead to other domains (ads.example)")


def test_what_is_broken_in_a_feed_that_can_be_read_is_a_remark() -> None:
    (one, _) = tried(outlet(), rss=rss(1, 2) + b"<oops")
    assert one.faults == ()
    assert one.remarks[0].startswith("not well-formed XML")


def test_items_that_are_dated_ahead_are_a_remark_and_tell_nothing_of_age() -> None:
    (one, _) = tried(outlet(), rss=rss(-48, -72, 24))
    assert (one.faults, one.remarks) == ((), ("2 of 3 items are dated ahead of now",))
    assert one.newest == NOW - timedelta(days=1)


def test_an_index_of_sitemaps_is_followed() -> None:
    index = b"<sitemapindex><sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/2.xml</loc></sitemap></sitemapindex>"
    one = b"<urlset><url><loc>https://a.example/x</loc><lastmod>2031-03-10T08:00:00Z</lastmod></url></urlset>"
    maps = outlet(feeds=(), sitemaps=("https://a.example/index.xml",))
    (found, _) = tried(maps, index=index, **{"1": one, "2": 500})
    assert (found.what, found.items) == ("sitemap", 1)
    assert found.faults == ("https://a.example/2.xml: the server fails (500); try again later",)


def test_an_outlet_without_anything_to_watch_is_told_what_its_robots_txt_names() -> None:
    (bare,) = tried(outlet(feeds=()))
    assert bare.faults == ("it has no feed and no sitemap, so that nothing of it is watched",)
    (told,) = tried(outlet(feeds=()), robots=b"User-agent: *\nSitemap: /news.xml\nsitemap:https://a.example/b.xml\n")
    assert told.faults[0].endswith("its robots.txt names https://a.example/news.xml, https://a.example/b.xml")
    (_, remarked) = tried(outlet(), rss=rss(1), robots=b"Sitemap: https://a.example/news.xml")
    assert remarked.remarks == ("its robots.txt names sitemaps: https://a.example/news.xml",)


@pytest.mark.parametrize(
    ("robots", "told"),
    [
        (b"Sitemap:\nUser-agent:*\n", ()),
        (b"Sitemap: /a.xml\r\n \tsitemap :\t/b.xml \r\n", ("/a.xml", "/b.xml")),
        (b"Sitemap: /a.xml /b.xml\n", ()),
        (b"Sitemap: javascript:x\nSitemap: /\x1b]0;x\x07\nSitemap: https://[::1\n", ("/%1B]0;x%07",)),
        (b"\n" * 500_000, ()),
        (b" " * 500_000, ()),
    ],
)
def test_a_sitemap_of_robots_txt_stands_on_one_line(robots: bytes, told: tuple[str, ...]) -> None:
    begun = time.thread_time()
    (found,) = tried(outlet(feeds=()), robots=robots)
    names = ", ".join(f"https://a.example{one}" for one in told)
    assert found.faults[0].partition("watched")[2] == (f"; its robots.txt names {names}" if told else "")
    assert time.thread_time() - begun < 5


def test_an_outlet_without_domains_is_told_which_are_taken() -> None:
    (_, whole) = tried(outlet(domains=()), rss=rss(1))
    assert whole.remarks == ("no domains are told; taken are a.example",)


def test_items_beside_a_feed_are_the_outlets_whatever_its_domains_are() -> None:
    (one, _) = tried(outlet(domains=("b.example",)), rss=rss(1, 2))
    assert (one.faults, one.remarks) == ((), ())
    found = list(
        checked([outlet(), Outlet("B", "B", domains=("x.a.example",))], answering(rss=rss(1, host="x.a.example")), NOW)
    )
    assert found[0].faults[0].startswith("1 of 1 items lead to other domains (x.a.example)")


def test_a_sitemap_that_the_file_names_is_not_told_again() -> None:
    others = Outlet("B", "B", domains=("b.example",), sitemaps=("https://a.example/news.xml",))
    get = answering(rss=rss(1), robots=b"Sitemap: https://a.example/news.xml", news=rss(1))
    assert [one.remarks for one in checked([outlet(), others], get, NOW)][1] == ()


def test_robots_txt_is_asked_for_once_for_a_host() -> None:
    asked: list[str] = []

    def get(address: str) -> Fetched:
        asked.append(address)
        return answering(rss=rss(1))(address)

    others = Outlet("B", "B", domains=("b.example",), feeds=("https://a.example/b",))
    list(checked([outlet(), others], get, NOW))
    assert asked == [FEED, "https://a.example/robots.txt", "https://a.example/b"]


def test_without_the_libraries_nothing_is_tried() -> None:
    with pytest.raises(ExtraMissing):
        tried(outlet(), rss=ExtraMissing("fetching", "httpx", "watch"))
