"""The newsroom's site: what it answers to a path at a time. No sockets; `serving` has those.

clock = ManualClock()
with serve(Site(clock)) as server:           # examples.newsroom.serving
    clock.to("2031-03-05T15:00Z")
    ...                                      # fetch from server.root
    assert server.site.count("/halyard/rss.xml") == 1
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from examples.newsroom import feeds
from examples.newsroom.articles import ROOT, Article, Version, articles
from examples.newsroom.outlets import OUTLETS, Outlet
from examples.newsroom.pages import front_page

BEGINNING = datetime(2031, 3, 3, 12, tzinfo=UTC)
"""Four hours and a half before the first report."""
END = datetime(2031, 3, 12, tzinfo=UTC)
_HTML = "text/html; charset=utf-8"


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = BEGINNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def to(self, when: str) -> None:
        """Puts the clock to a time, in ISO 8601 with its zone."""
        self.now = datetime.fromisoformat(when)

    def forward(self, **by: float) -> None:
        """Puts the clock forward by days, hours, minutes or seconds."""
        self.now += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and the status that it was answered with."""

    path: str
    status: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back; the names of `headers` are as they are sent."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)


class Site:
    """The newsroom at a time that `clock` tells; `root` is the address of the server that shows it."""

    def __init__(self, clock: Callable[[], datetime], root: str = ROOT) -> None:
        self.clock = clock
        self.root = root
        self.articles = articles()
        self.asked: list[Asked] = []
        self._by_path = {article.path: article for article in self.articles}
        self._lock = threading.Lock()

    def note(self, path: str, status: int) -> None:
        """Keeps count of a request."""
        with self._lock:
            self.asked.append(Asked(path, status))

    def count(self, path: str, status: int | None = None) -> int:
        """How often a path was asked for, or answered with a status."""
        with self._lock:
            return sum(one.path == path and status in (None, one.status) for one in self.asked)

    def address(self, id: str) -> str:  # noqa: A002
        """The address of a report of the example, by the name that the example gives it."""
        return self.root + next(article.path for article in self.articles if article.id == id)

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        """The answer to a path with its query; the names of `headers` are in lower case."""
        now = self.clock()
        answer = self._found(path, now)
        if answer.status == 200:
            answer = _conditional(answer, headers)
        if answer.body and "gzip" in headers.get("accept-encoding", ""):
            packed = gzip.compress(answer.body, mtime=0)
            answer = Answer(answer.status, {**answer.headers, "Content-Encoding": "gzip"}, packed)
        return answer

    def listed(self, outlet: Outlet, now: datetime) -> list[tuple[Article, Version]]:
        """What an outlet has on its site, the newest first."""
        shown = [(one, version) for one in self.articles if one.outlet is outlet and (version := one.version(now))]
        return list(reversed(shown))

    def _found(self, path: str, now: datetime) -> Answer:
        if path == "/robots.txt":
            rules = f"User-agent: *\nDisallow: /eskmouthcourier/subscribers/\nSitemap: {ROOT}{OUTLETS[2].listed}\n"
            return self._page(rules, "text/plain; charset=utf-8", BEGINNING)
        if path == "/":
            return self._page(front_page("Newsroom", [(f"{one.path}/", one.name) for one in OUTLETS]), _HTML, BEGINNING)
        article = self._by_path.get(path)
        if article is not None:
            return self._article(article, now)
        for outlet in OUTLETS:
            if path == outlet.path or path.startswith(outlet.path + "/"):
                return self._of_outlet(outlet, path, now)
        return _status(404, "There is no such page.")

    def _article(self, article: Article, now: datetime) -> Answer:
        version = article.version(now)
        if version is not None:
            return self._page(version.page, _HTML, version.since)
        if article.gone is not None and now >= article.gone:
            return _status(410, "This page is gone.")
        return _status(404, "There is no such page.")

    def _of_outlet(self, outlet: Outlet, path: str, now: datetime) -> Answer:
        listed = self.listed(outlet, now)
        changed = max((version.since for _, version in listed), default=BEGINNING)
        if path == outlet.feed:
            content, media_type = feeds.feed_of(outlet, listed, now)
            return self._page(content, media_type, changed)
        if path == outlet.listed:
            if outlet.listed.endswith("sitemap.xml"):
                return self._page(feeds.sitemap_index(outlet), "application/xml", BEGINNING)
            return Answer(301, {"Location": outlet.feed})
        if path == f"{outlet.path}/":
            links = [(article.path, version.title) for article, version in listed]
            return self._page(front_page(outlet.name, links), _HTML, changed)
        number = path.removeprefix(f"{outlet.path}/?p=")
        if number.isdecimal() and 0 < int(number) <= len(listed):
            return Answer(301, {"Location": listed[-int(number)][0].path})
        return _status(404, "There is no such page.")

    def _page(self, content: str, media_type: str, changed: datetime) -> Answer:
        body = content.replace(ROOT, self.root).encode()
        headers = {
            "Content-Type": media_type,
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
            "Last-Modified": format_datetime(changed, usegmt=True),
        }
        return Answer(200, headers, body)


def _conditional(answer: Answer, headers: Mapping[str, str]) -> Answer:
    """304 where the page is still the one that the asker has; an ETag goes before a time."""
    kept = headers.get("if-none-match")
    if kept is not None:
        same = answer.headers["ETag"] in [one.strip().removeprefix("W/") for one in kept.split(",")]
    else:
        same = headers.get("if-modified-since") == answer.headers["Last-Modified"]
    return Answer(304, answer.headers) if same else answer


def _status(status: int, words: str) -> Answer:
    return Answer(status, {"Content-Type": _HTML}, f"<!doctype html><title>{status}</title><p>{words}</p>".encode())
