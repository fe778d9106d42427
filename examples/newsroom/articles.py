"""The reports of the example crisis as articles of their outlets' sites, with what became of each later.

Saved pages are served as they are, with their addresses below the newsroom's; reports that came as JSON Lines get a
page around them, as their outlet would make it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

from examples.newsroom.outlets import OUTLETS, Outlet
from examples.newsroom.pages import agency_page, broadcaster_page

REPORTS = Path(__file__).resolve().parents[1] / "crisis" / "reports"
ROOT = "http://newsroom.invalid"
"""Stands in a page for the server's address, until the page is served."""

EDITED_AFTER = timedelta(hours=5)
"""The Tribune puts other words in the place of its report of the bus depot, and says nothing of it."""
RETITLED_AFTER = timedelta(hours=6)
VANISHED = datetime(2031, 3, 10, 9, tzinfo=UTC)
"""Harvenia One takes down its story of the chlorine: 404 first,"""
GONE = datetime(2031, 3, 11, 9, tzinfo=UTC)
"""and 410 a day later."""

_EDITED = "tribune-2031-03-07-zelvin-bus-depot.html"
_RETITLED = "courier-2031-03-06-same-afternoon.html"
_NEW_TITLE = "Halvik: Harvenian ships would find nineteen countries’ ports shut ‘the same afternoon’"
_VANISHING = "h1-2031-03-04-0087"
_IN_PAGE = re.compile(r'(?P<name>href|src|action)="/(?!/)')


@dataclass(frozen=True, slots=True)
class Version:
    """A page as it stands from a time on; `report` names the report of the example that it holds."""

    since: datetime
    report: str
    title: str
    page: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Article:
    """One address with its page through time."""

    id: str
    outlet: Outlet
    path: str
    published: datetime
    author: str
    summary: str
    section: str
    versions: tuple[Version, ...]
    vanished: datetime | None = None
    gone: datetime | None = None
    members_only: bool = False
    """robots.txt asks that it not be read."""

    def version(self, now: datetime) -> Version | None:
        """The page at a time; None before it is published and after it has vanished."""
        if now < self.published or (self.vanished is not None and now >= self.vanished):
            return None
        return next(version for version in reversed(self.versions) if version.since <= now)


def articles() -> tuple[Article, ...]:
    """Every article, in the order of publication."""
    return tuple(sorted((*_from_pages(), *_from_lines(), _letter()), key=lambda one: (one.published, one.path)))


def _from_pages() -> Iterator[Article]:
    for file in sorted(REPORTS.glob("*.html")):
        if file.stem.endswith("-v2"):
            continue
        source = file.read_text("utf-8")
        address = _meta(source, "og:url") or re.findall(r'<link rel="canonical" href="([^"]+)"', source)[0]
        outlet = next(one for one in OUTLETS if f"//{one.domain}/" in address)
        published = datetime.fromisoformat(_meta(source, "article:published_time")).astimezone(UTC)
        versions = [Version(published, file.name, _meta(source, "og:title"), _moved(source, outlet))]
        if file.name == _EDITED:
            later = file.with_name(f"{file.stem}-v2.html")
            edited = later.read_text("utf-8")
            title = _meta(edited, "og:title")
            versions.append(Version(published + EDITED_AFTER, later.name, title, _moved(edited, outlet)))
        if file.name == _RETITLED:
            page = versions[0].page.replace(versions[0].title, _NEW_TITLE)
            versions.append(replace(versions[0], since=published + RETITLED_AFTER, title=_NEW_TITLE, page=page))
        yield Article(
            id=file.name,
            outlet=outlet,
            path=outlet.path + address.partition(outlet.domain)[2],
            published=published,
            author=_meta(source, "author"),
            summary=_first_paragraph(source),
            section=_meta(source, "article:section") or "World",
            versions=tuple(versions),
        )


def _from_lines() -> Iterator[Article]:
    for name, outlet, page in (
        ("halyard.jsonl", OUTLETS[0], agency_page),
        ("harvenia-one.jsonl", OUTLETS[4], broadcaster_page),
    ):
        rows = [json.loads(line) for line in (REPORTS / name).read_text("utf-8").splitlines()]
        for row in rows:
            published = datetime.fromisoformat(row["published"]).astimezone(UTC)
            others = [(other["url"], other["title"]) for other in rows if other["published"] < row["published"]]
            vanishes = row["id"] == _VANISHING
            yield Article(
                id=row["id"],
                outlet=outlet,
                path=outlet.path + row["url"].partition(outlet.domain)[2],
                published=published,
                author=row["author"],
                summary=row["text"].partition("\n\n")[0],
                section=row["desk"].capitalize(),
                versions=(Version(published, row["id"], row["title"], _moved(page(row, others), outlet)),),
                vanished=VANISHED if vanishes else None,
                gone=GONE if vanishes else None,
            )


def _letter() -> Article:
    """A page for subscribers: the Courier's feed names it, and robots.txt asks that it not be read."""
    outlet, published = OUTLETS[1], datetime(2031, 3, 8, 7, tzinfo=UTC)
    title = "The week on the river, for subscribers"
    page = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>This letter is for those who pay for it.</p>"
    return Article(
        id="courier-letter",
        outlet=outlet,
        path=f"{outlet.path}/subscribers/the-week-on-the-river",
        published=published,
        author="Courier staff",
        summary="A letter to our subscribers.",
        section="Subscribers",
        versions=(Version(published, "", title, page),),
        members_only=True,
    )


def _moved(page: str, outlet: Outlet) -> str:
    """The page with every address of the example below the newsroom's; no letter of its text changes."""
    page = _IN_PAGE.sub(rf'\g<name>="{outlet.path}/', page)
    for one in OUTLETS:
        page = page.replace(f"https://{one.domain}/", f"{ROOT}{one.path}/")
    return page


def _meta(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{re.escape(name)}" content="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def _first_paragraph(page: str) -> str:
    article = page[page.index("<article") :]
    paragraphs = (unescape(re.sub(r"<[^>]+>", "", found)) for found in re.findall(r"<p>(.*?)</p>", article, re.DOTALL))
    return next(text for text in paragraphs if len(text) > 40)
