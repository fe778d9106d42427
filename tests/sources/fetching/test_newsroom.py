"""The newsroom: it publishes the example's reports as they are, changes what it says it changes, and counts requests."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.newsroom.articles import EDITED_AFTER, REPORTS, RETITLED_AFTER, Article, Version, articles
from examples.newsroom.outlets import OUTLETS, Outlet, Telling
from examples.newsroom.serving import Server, serve
from examples.newsroom.site import ManualClock, Site
from examples.newsroom.sources import source_lines
from examples.newsroom.trouble import TROUBLE
from onrecord.errors import FetchRefused
from onrecord.sources import text_of
from onrecord.sources.fetching import Fetched, Fetcher

CHECKOUT = Path(__file__).resolve().parents[3]
EDITED = "tribune-2031-03-07-zelvin-bus-depot.html"
RETITLED = "courier-2031-03-06-same-afternoon.html"
VANISHING = "h1-2031-03-04-0087"
LATE = "2031-03-09T12:00Z"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def newsroom(clock: ManualClock) -> Iterator[Server]:
    with serve(Site(clock)) as server:
        yield server


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_loopback=True, pause=0) as fetcher:
        yield fetcher


def page_text(fetched: Fetched) -> str:
    assert fetched.status == 200
    return text_of(fetched.body, fetched.header("content-type") or "")


def reports() -> dict[str, str]:
    """The text of every report of the example, by its name; those of JSON Lines with their title before it.

    Extraction takes the headline of a page for its first paragraph, and a record of JSON Lines has it apart.
    """
    found = {file.name: text_of(file.read_bytes(), "text/html") for file in REPORTS.glob("*.html")}
    for file in REPORTS.glob("*.jsonl"):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            found[row["id"]] = f"{row['title']}\n\n{row['text']}"
    return found


TEXTS = reports()
VERSIONS = [(article, version) for article in articles() for version in article.versions if version.report]


def test_every_report_of_the_example_is_published() -> None:
    assert {version.report for _, version in VERSIONS} == set(TEXTS)
    assert len({article.path for article, _ in VERSIONS}) == 16


@pytest.mark.parametrize(("article", "version"), VERSIONS, ids=lambda one: getattr(one, "path", ""))
def test_each_page_has_the_text_of_its_report(
    article: Article, version: Version, newsroom: Server, clock: ManualClock, fetcher: Fetcher
) -> None:
    clock.now = version.since
    text = page_text(fetcher.get(newsroom.root + article.path))
    expected = TEXTS[version.report].split("\n\n")
    if version.title not in expected[0]:
        expected[0] = version.title
    assert text.split("\n\n") == expected


def test_pages_keep_to_the_newsroom() -> None:
    """No page leads to another server, and each has furniture around its article."""
    for article, version in VERSIONS:
        site = Site(lambda version=version: version.since, "http://127.0.0.1:8400")
        page = site.answer(article.path, {}).body.decode()
        assert set(re.findall(r'(?:href|src)="(\w+://[^/"]+)', page)) <= {site.root}
        assert "cookie" in page.lower() or article.outlet.name == "The Sceptical Ferryman"
        assert page.count("<a ") > 5


def test_nothing_is_there_before_it_is_published(newsroom: Server, clock: ManualClock, fetcher: Fetcher) -> None:
    address = newsroom.site.address("hal-20310305-0958")
    clock.to("2031-03-05T14:30:59Z")
    assert fetcher.get(address).status == 404
    assert b"20310305" not in fetcher.get(newsroom.root + "/halyard/rss.xml").body
    clock.forward(seconds=1)
    assert fetcher.get(address).status == 200
    assert b"20310305" in fetcher.get(newsroom.root + "/halyard/rss.xml").body


def test_one_report_is_edited_in_silence(newsroom: Server, clock: ManualClock, fetcher: Fetcher) -> None:
    clock.to("2031-03-07T19:00Z")
    address = newsroom.site.address(EDITED)
    before = fetcher.get(address)
    assert fetcher.get(address, etag=before.etag).not_modified
    clock.now += EDITED_AFTER
    after = fetcher.get(address, etag=before.etag, modified=before.modified)
    assert page_text(before).startswith("Nine dead at Zelvin bus depot")
    assert page_text(after).startswith("Seven dead at Zelvin bus depot")
    published = b'article:published_time" content="2031-03-07T18:40:00+00:00"'
    assert published in before.body
    assert published in after.body


def test_one_title_changes_and_no_other_word(newsroom: Server, clock: ManualClock, fetcher: Fetcher) -> None:
    clock.to("2031-03-06T07:00Z")
    before = page_text(fetcher.get(newsroom.site.address(RETITLED))).split("\n\n")
    clock.now += RETITLED_AFTER
    after = page_text(fetcher.get(newsroom.site.address(RETITLED))).split("\n\n")
    assert before[0] != after[0]
    assert before[1:] == after[1:]
    assert after[0].startswith("Halvik: Harvenian ships")
    assert after[0].encode() in fetcher.get(newsroom.root + "/eskmouthcourier/atom.xml").body


@pytest.mark.parametrize(
    ("when", "status"), [("2031-03-10T08:59Z", 200), ("2031-03-10T09:00Z", 404), ("2031-03-11T09:00Z", 410)]
)
def test_one_page_vanishes(when: str, status: int, newsroom: Server, clock: ManualClock, fetcher: Fetcher) -> None:
    clock.to(when)
    assert fetcher.get(newsroom.site.address(VANISHING)).status == status
    listed = b"0087" in fetcher.get(newsroom.root + "/harvenia-one/feed.json").body
    assert listed == (status == 200)


FEEDS = [
    (OUTLETS[0], "application/rss+xml", 1, b"<item>", 4),
    (OUTLETS[1], "application/atom+xml", 1, b"<entry>", 2),
    (OUTLETS[2], "application/xml", 1, b"<sitemap>", 1),
    (OUTLETS[3], "application/rss+xml", 1, b"<item>", 2),
    (OUTLETS[4], "application/feed+json", 1, b'"date_published"', 2),
    (OUTLETS[5], "application/atom+xml", 2, b"<entry>", 1),
]


@pytest.mark.parametrize(
    ("outlet", "media_type", "hops", "mark", "items"), FEEDS, ids=lambda one: getattr(one, "name", "")
)
def test_feeds(
    outlet: Outlet,
    media_type: str,
    hops: int,
    mark: bytes,
    items: int,
    newsroom: Server,
    clock: ManualClock,
    fetcher: Fetcher,
) -> None:
    clock.to("2031-03-09T21:00Z" if outlet is OUTLETS[0] else LATE)
    fetched = fetcher.get(newsroom.root + outlet.listed)
    assert (fetched.media_type, len(fetched.hops)) == (media_type, hops)
    assert fetched.body.count(mark) == items
    assert fetcher.get(fetched.final, etag=fetched.etag).not_modified
    assert fetcher.get(fetched.final, modified=fetched.modified).not_modified
    clock.forward(minutes=1)
    assert fetcher.get(fetched.final, etag=fetched.etag).not_modified


def test_a_news_sitemap_holds_two_days(newsroom: Server, clock: ManualClock, fetcher: Fetcher) -> None:
    clock.to("2031-03-07T22:00Z")
    found = fetcher.get(newsroom.root + OUTLETS[2].feed).body.decode()
    assert re.findall("<news:title>(.*?)</news:title>", found) == [
        "Nine dead at Zelvin bus depot as ceasefire collapses"
    ]


def test_an_item_can_lead_to_its_page(newsroom: Server, clock: ManualClock, fetcher: Fetcher) -> None:
    clock.to(LATE)
    feed = fetcher.get(newsroom.root + OUTLETS[3].listed).body.decode()
    links = re.findall("<link>(.*?)</link>", feed)[1:]
    assert [fetcher.get(link).final for link in links] == [
        newsroom.site.address("orlamar24-2031-03-08-bombed-to-itself.html"),
        newsroom.site.address("orlamar24-2031-03-06-script-to-invade.html"),
    ]
    assert fetcher.get(newsroom.root + "/orlamar24/?p=3").status == 404


def test_one_path_is_forbidden_and_never_asked_for(newsroom: Server, clock: ManualClock, fetcher: Fetcher) -> None:
    clock.to(LATE)
    path = "/eskmouthcourier/subscribers/the-week-on-the-river"
    assert path.encode() in fetcher.get(newsroom.root + "/eskmouthcourier/atom.xml").body
    with pytest.raises(FetchRefused) as refused:
        fetcher.get(newsroom.root + path)
    assert refused.value.reason == "robots.txt"
    assert newsroom.site.count(path) == 0


def test_requests_are_counted(newsroom: Server, clock: ManualClock, fetcher: Fetcher) -> None:
    clock.to(LATE)
    feed = fetcher.get(newsroom.root + "/ferryman/rss")
    fetcher.get(feed.final, etag=feed.etag)
    assert newsroom.site.count("/ferryman/feed.xml") == 2
    assert newsroom.site.count("/ferryman/feed.xml", 304) == 1
    assert [one.path for one in newsroom.site.asked] == ["/robots.txt", "/ferryman/rss", *["/ferryman/feed.xml"] * 2]


@pytest.mark.parametrize("path", ["/", *(f"{outlet.path}/" for outlet in OUTLETS)])
def test_front_pages(path: str, newsroom: Server, clock: ManualClock, fetcher: Fetcher) -> None:
    clock.to(LATE)
    links = re.findall('href="([^"]+)"', fetcher.get(newsroom.root + path).body.decode())
    assert links
    assert all(fetcher.get(newsroom.root + link, robots=False).status == 200 for link in links)


def test_the_sources_file_names_every_outlet_with_what_it_has() -> None:
    found = tomllib.loads("\n".join(source_lines("http://127.0.0.1:8400", trouble=True)))["outlet"]
    assert [one["name"] for one in found] == [*(outlet.name for outlet in OUTLETS), "Trouble"]
    crisis = tomllib.loads((REPORTS.parent / "onrecord.toml").read_text("utf-8"))["outlet"]
    assert {one["name"]: one["family"] for one in found[:6]} == {one["name"]: one["family"] for one in crisis}
    for one, outlet in zip(found, OUTLETS, strict=False):
        key = "sitemaps" if outlet.telling is Telling.SITEMAP else "feeds"
        assert one[key] == [f"http://127.0.0.1:8400{outlet.listed}"]
    assert len(found[6]["feeds"]) == len(TROUBLE)


def test_it_runs_as_the_readme_says(tmp_path: Path) -> None:
    program = [sys.executable, "-W", "error", str(CHECKOUT / "examples" / "newsroom")]
    sources = tmp_path / "newsroom.toml"
    subprocess.run([*program, "--sources", str(sources)], check=True, capture_output=True, timeout=60)
    assert len(tomllib.loads(sources.read_text("utf-8"))["outlet"]) == 6
    running = subprocess.Popen([*program, "--port", "0", "--speed", "1e6"], stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        opened = re.search(r"http://127\.0\.0\.1:\d+/", running.stdout.readline())
        assert opened is not None
        with Fetcher(allow_loopback=True, pause=0) as fetcher:
            assert fetcher.get(f"{opened[0]}halyard/rss.xml").status == 200
    finally:
        running.terminate()
        running.communicate(timeout=10)
