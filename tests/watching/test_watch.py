"""The newsroom, watched: each report once and soon, each later text, each page that vanishes; kills, a full disk."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.watching.recorded import record_of
from examples.newsroom.serving import Server, serve
from examples.newsroom.site import END, ManualClock, Site
from examples.newsroom.trouble import TROUBLE
from onrecord.errors import LedgerError, WatchError
from onrecord.ledger.verify import verify
from onrecord.ledger.view import View
from onrecord.sources.outlets import Outlet
from onrecord.watching import Event, Rhythm, State, What
from onrecord.watching.rows import FeedRow, PageRow, Stage, Told
from tests.watching.newsroom import EVERY, watch, watched

FORBIDDEN = "/eskmouthcourier/subscribers/the-week-on-the-river"
VANISHING = "h1-2031-03-04-0087"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def server(clock: ManualClock) -> Iterator[Server]:
    with serve(Site(clock)) as one:
        yield one


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server, list[Event]]]:
    """The whole crisis, watched without a break."""
    clock = ManualClock()
    ledger = tmp_path_factory.mktemp("watched") / "news.ledger"
    with serve(Site(clock)) as server:
        events = watched(ledger, server, clock)
        yield ledger, server, events


def test_each_report_is_on_the_record_within_two_looks(whole: tuple[Path, Server, list[Event]]) -> None:
    ledger, server, _ = whole
    with View(ledger) as view:
        every = sorted(view.reports(limit=None), key=lambda head: str(head.retrieved), reverse=True)
    heads = {head.url: head for head in every}
    for article in server.site.articles:
        if article.path == FORBIDDEN:
            continue
        head = heads[server.root + article.path]
        assert head.retrieved is not None
        assert head.published is not None
        assert head.retrieved - article.published <= 2 * EVERY, article.path
        assert head.outlet == article.outlet.name
    assert verify(ledger).holds


def test_nothing_is_fetched_twice(whole: tuple[Path, Server, list[Event]]) -> None:
    _, server, _ = whole
    fetched = Counter(one.path for one in server.site.asked if one.status == 200)
    for article in server.site.articles:
        if article.path != FORBIDDEN:
            assert fetched[article.path] <= len(article.versions), article.path
    assert fetched[FORBIDDEN] == 0
    feeds = [outlet.feed for outlet in {article.outlet for article in server.site.articles}]
    # A feed that has nothing new is told so, and sends nothing.
    assert all(server.site.count(feed, 304) > 0 for feed in feeds)


def test_another_text_stands_beside_the_first(whole: tuple[Path, Server, list[Event]]) -> None:
    ledger, server, events = whole
    edited = [article for article in server.site.articles if len(article.versions) > 1]
    assert {one.address for one in events if one.what is What.CHANGED} == {server.root + one.path for one in edited}
    with View(ledger) as view:
        urls = Counter(head.url for head in view.reports(limit=None))
    assert all(urls[server.root + one.path] == 2 for one in edited)


def test_a_page_that_vanished_is_on_the_record_as_gone(whole: tuple[Path, Server, list[Event]]) -> None:
    ledger, server, events = whole
    address = server.site.address(VANISHING)
    assert [one.address for one in events if one.what is What.GONE] == [address]
    with View(ledger) as view:
        assert [one.place for one in view.inputs(reason="gone")] == [address]
        assert [one.place for one in view.inputs(reason="not fetched")] == [server.root + FORBIDDEN]
    with State(ledger, create=False) as state:
        assert state.stages()[Stage.GONE] == 1


def test_what_the_feed_says_is_kept_with_the_report(whole: tuple[Path, Server, list[Event]]) -> None:
    ledger, server, _ = whole
    connection = sqlite3.connect(ledger)
    rows = {url: json.loads(extra) for url, extra in connection.execute("SELECT url, extra FROM report")}
    connection.close()
    told = rows[server.site.address("hal-20310303-0412")]["feed"]
    assert told["address"] == f"{server.root}/halyard/rss.xml"
    assert told["guid"]
    assert told["title"].startswith("Harvenia says troops to leave")
    assert told["published"] == "2031-03-03T16:42:00+00:00"
    assert any("categories" in one["feed"] for one in rows.values())


class Stopped(Exception):
    """Stands for a kill: nothing behind it is done."""


def _stopping(monkeypatch: pytest.MonkeyPatch, at: int) -> list[str]:
    """Lets the `at`th thing that the state is told to keep be the last, done or not by turns."""
    passed: list[str] = []

    def stopped(name: str) -> Any:
        kept = getattr(State, name)

        def keep(self: State, *args: Any, **more: Any) -> Any:
            passed.append(name)
            if len(passed) == at and at % 2:
                raise Stopped(name)
            made = kept(self, *args, **more)
            if len(passed) == at:
                raise Stopped(name)
            return made

        return keep

    for name in ("looked", "hold", "recorded", "keep_page"):
        monkeypatch.setattr(State, name, stopped(name))
    return passed


def test_a_kill_at_any_moment_changes_nothing_of_the_record(
    whole: tuple[Path, Server, list[Event]], tmp_path: Path, clock: ManualClock, server: Server
) -> None:
    until = END - timedelta(days=5)
    ledger, kills = tmp_path / "killed.ledger", 0
    # The server's port is in every address, and so in every id: the undisturbed run has to be of this one.
    other = tmp_path / "whole.ledger"
    watched(other, server, clock, until)
    server.site.asked.clear()
    clock.to("2031-03-03T12:00Z")
    at = 1
    while clock() <= until:
        with pytest.MonkeyPatch.context() as patch:
            _stopping(patch, at)
            try:
                with watch(ledger, server, clock) as one:
                    list(one.run(once=True))
                clock.now += EVERY
                at = 1
            except Stopped:
                kills += 1
                at += 1
    assert kills > 50
    assert record_of(ledger) == record_of(other)
    assert verify(ledger).holds
    # What was held when it ended was not fetched again.
    fetched = Counter(one.path for one in server.site.asked if one.status == 200)
    assert max(fetched[article.path] for article in server.site.articles) <= 3


def test_what_is_held_is_not_fetched_again(tmp_path: Path, clock: ManualClock, server: Server) -> None:
    clock.to("2031-03-03T18:00Z")
    ledger = tmp_path / "news.ledger"
    with pytest.MonkeyPatch.context() as patch, watch(ledger, server, clock) as one:
        patch.setattr("onrecord.watching.watch.input_of", lambda *_args: (_ for _ in ()).throw(Stopped()))
        with pytest.raises(Stopped):
            list(one.run(once=True))
    path = next(article.path for article in server.site.articles if article.id == "hal-20310303-0412")
    assert server.site.count(path, 200) == 1
    with watch(ledger, server, clock) as one:
        events = list(one.run(once=True))
    assert [event.what for event in events if event.what is What.READ] == [What.READ]
    assert server.site.count(path) == 1


def test_trouble_is_survived_and_told(tmp_path: Path, clock: ManualClock, server: Server) -> None:
    clock.to("2031-03-03T18:00Z")
    ledger = tmp_path / "news.ledger"
    with watch(ledger, server, clock, trouble=True) as one:
        events = list(one.run(once=True))
        told = {event.address.removeprefix(server.root): event.detail for event in events if event.what is What.TROUBLE}
        assert told.keys() >= TROUBLE.keys() - {"/short"}
        assert "500" in told["/500"]
        assert "429" in told["/429"]
        assert told["/endless"].startswith(("too large", "too slow"))
        assert told["/bomb"].startswith("zip bomb")
        assert told["/slow"].startswith("too slow")
        assert "not a feed" in told["/garbage"] or "broken answer" in told["/garbage"] or "binary" in told["/garbage"]
        assert [event.what for event in events].count(What.READ) == 1
        feeds = {feed.address.removeprefix(server.root): feed for feed in one.state.feeds()}
        assert all(feeds[path].failures == 1 and feeds[path].due > clock() for path in told if path in feeds)
        # Whoever asks to wait is waited for.
        assert feeds["/429"].due - clock() >= timedelta(seconds=120)
        assert len(one.state.troubles(100)) == len(told)


def test_after_failures_it_is_asked_less_and_less(tmp_path: Path, clock: ManualClock, server: Server) -> None:
    waits = []
    with watch(tmp_path / "news.ledger", server, clock) as one:
        one._outlets = {"Trouble": Outlet("Trouble", "Trouble", feeds=(f"{server.root}/500",))}
        for _ in range(6):
            list(one.run(once=True))
            (feed,) = one.state.feeds()
            waits.append(feed.due - clock())
            clock.now = feed.due
    assert waits == sorted(waits)
    assert waits[-1] > 4 * waits[0]


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path, clock: ManualClock, server: Server) -> None:
    clock.to("2031-03-04T20:00Z")
    ledger = tmp_path / "news.ledger"
    with watch(ledger, server, clock) as one:
        (pages,) = one.state._connection.execute("PRAGMA page_count").fetchone()
        one.state._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(WatchError, match="the disk is full; make room"):
            list(one.run(once=True))
        one.state._connection.execute("PRAGMA max_page_count = 1000000")
        events = list(one.run(once=True))
    assert sum(event.what is What.READ for event in events) == 2


def test_a_ledger_that_cannot_be_written_is_tried_again(
    tmp_path: Path, clock: ManualClock, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.to("2031-03-03T18:00Z")
    failures = iter([LedgerError("the disk is full; make room"), LedgerError("the disk is full; make room")])

    def recorded(*args: Any) -> Any:
        for failure in failures:
            raise failure
        return given(*args)

    from onrecord.watching import watch as module

    given = module.record
    monkeypatch.setattr(module, "record", recorded)
    with watch(tmp_path / "news.ledger", server, clock) as one:
        monkeypatch.setattr(one._stopped, "wait", lambda _seconds: False)
        events = []
        for event in one.run():
            events.append(event)
            if event.what is What.READ:
                one.stop()
    assert [event.detail for event in events if event.what is What.TROUBLE] == ["the disk is full; make room"] * 2
    assert server.site.count(next(iter(server.site.articles)).path, 200) == 1


def test_two_items_of_one_time_are_two(tmp_path: Path, clock: ManualClock) -> None:
    now = clock()
    feed = FeedRow("https://courier.example/rss", "The Courier", now)
    pages = [
        PageRow(f"https://courier.example/{number}", f"https://courier.example/{number}", "The Courier", told, now)
        for number in (1, 2)
        for told in (Told(feed.address, "the same guid", "The weir holds", now),)
    ]
    with State(tmp_path / "news.ledger") as state:
        assert state.looked(feed, pages) == 2
        assert state.looked(feed, pages) == 0
        assert [one.page for one in state.due_pages(now, 9)] == [one.page for one in pages]


def test_what_a_feed_says_was_updated_is_looked_at_again(tmp_path: Path, clock: ManualClock) -> None:
    now = clock()
    feed = FeedRow("https://courier.example/rss", "The Courier", now)
    told = Told(feed.address, published=now, updated=now)
    page = PageRow("https://courier.example/1", "https://courier.example/1", "The Courier", told, now)
    with State(tmp_path / "news.ledger") as state:
        state.looked(feed, [page])
        state.keep_page(replace(page, stage=Stage.READ, due=now + timedelta(days=1), first=now))
        clock.forward(hours=1)
        state.looked(feed, [replace(page, due=clock())])
        assert state.due_pages(clock(), 9) == []
        state.looked(feed, [replace(page, due=clock(), told=replace(told, updated=clock()))])
        assert [one.page for one in state.due_pages(clock(), 9)] == [page.page]


def test_a_host_with_very_many_pages_keeps_no_other_waiting(tmp_path: Path, clock: ManualClock) -> None:
    now = clock()
    feed = FeedRow("https://courier.example/sitemap.xml", "The Courier", now)
    told = Told(feed.address)
    many = [f"https://courier.example/{number:04}" for number in range(500)]
    pages = [PageRow(one, one, "The Courier", told, now) for one in [*many, "https://brook.example/1"]]
    with State(tmp_path / "news.ledger") as state:
        assert state.looked(feed, pages) == 501
        assert [one.page for one in state.due_pages(now, 3)] == ["https://brook.example/1", *many[:3]]


def test_a_feed_with_nothing_new_is_asked_in_its_own_rhythm(tmp_path: Path, clock: ManualClock, server: Server) -> None:
    clock.to("2031-03-08T00:00Z")
    with watch(tmp_path / "news.ledger", server, clock) as one:
        one._rhythm = Rhythm(least=60, most=100 * 3_600)
        waits = []
        for _ in range(2):
            list(one.run(once=True))
            (feed,) = (feed for feed in one.state.feeds() if feed.address.endswith("/halyard/rss.xml"))
            waits.append(feed.due - clock())
            clock.now = feed.due
    assert server.site.count("/halyard/rss.xml", 304) == 1
    # Two days between two of its items, as it had them when it last told something.
    assert waits[0] > timedelta(hours=20)
    assert len(set(waits)) == 1


def test_what_is_read_is_linked_also_where_there_is_always_more(
    tmp_path: Path, clock: ManualClock, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.to("2031-03-05T20:00Z")
    with watch(tmp_path / "news.ledger", server, clock, linking=True) as one:
        monkeypatch.setattr(one, "_is_due", lambda: True)
        monkeypatch.setattr("onrecord.watching.watch.LINKED_AFTER", 0.0)
        for event in one.run():
            if event.what is What.LINKED:
                break
    assert event.count > 0


def test_feeds_that_are_not_named_any_more_are_dropped_with_what_they_named(tmp_path: Path, clock: ManualClock) -> None:
    index, other = "https://courier.example/sitemap.xml", "https://courier.example/rss"
    with State(tmp_path / "news.ledger") as state:
        state.follow([(index, "The Courier"), (other, "The Courier")], clock())
        feeds = {one.address: one for one in state.feeds()}
        state.looked(replace(feeds[index], looked=clock()), further=["https://courier.example/1.xml"])
        assert len(state.feeds()) == 3
        state.follow([(index, "The Courier")], clock())
        assert [one.address for one in state.feeds()] == ["https://courier.example/1.xml", index]
        state.follow([(other, "The Courier")], clock())
        assert [one.address for one in state.feeds()] == [other]


def test_old_articles_are_passed_over(tmp_path: Path, clock: ManualClock, server: Server) -> None:
    clock.to("2031-03-11T23:50Z")
    with watch(tmp_path / "news.ledger", server, clock) as one:
        one._days = 2
        list(one.run(once=True))
        read = one.state.stages()[Stage.READ]
    recent = [a for a in server.site.articles if a.published >= clock() - timedelta(days=2)]
    assert read == len(recent)
