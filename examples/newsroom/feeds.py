"""Feeds of the newsroom's outlets: RSS, Atom, JSON Feed and a news sitemap, each as such outlets write them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from examples.newsroom.articles import ROOT, Article, Version
from examples.newsroom.outlets import Outlet, Telling

Listed = Sequence[tuple[Article, Version]]
"""What an outlet has published, the newest first, each as its page stands."""

IN_SITEMAP = timedelta(days=2)
"""News sitemaps hold two days, by their convention."""


def feed_of(outlet: Outlet, listed: Listed, now: datetime) -> tuple[str, str]:
    """An outlet's feed and its media type. What it says depends on nothing but what is listed."""
    if outlet.telling is Telling.RSS:
        return rss(outlet, listed), "application/rss+xml; charset=utf-8"
    if outlet.telling is Telling.ATOM:
        return atom(outlet, listed), "application/atom+xml; charset=utf-8"
    if outlet.telling is Telling.JSON:
        return json_feed(outlet, listed), "application/feed+json"
    recent = [(article, version) for article, version in listed if now - article.published <= IN_SITEMAP]
    return sitemap(outlet, recent), "application/xml"


def rss(outlet: Outlet, listed: Listed) -> str:
    """RSS 2.0. Orlamar's items have no more than a short address for a guid, as its content system gives them."""
    items = []
    for number, (article, version) in reversed(list(enumerate(reversed(listed), 1))):
        short = f"{ROOT}{outlet.path}/?p={number}" if outlet.domain.startswith("orlamar") else None
        guid = f'<guid isPermaLink="false">{escape(short or article.id)}</guid>'
        link = short or ROOT + article.path
        summary = f"<p>{escape(article.summary)}</p>" if short else article.summary
        source = ""
        if short:
            source = f'<source url="{ROOT}/harvenia-one/feed.json">Harvenia One</source>' if number == 2 else ""
        items.append(
            f"<item><title>{escape(version.title)}</title><link>{escape(link)}</link>{guid}"
            f"<pubDate>{format_datetime(article.published)}</pubDate><dc:creator>{escape(article.author)}</dc:creator>"
            f"<category>{escape(article.section)}</category><description>{escape(summary)}</description>{source}</item>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{ROOT}{outlet.path}/</link>"
        f"<description>News of {escape(outlet.name)}</description><language>en</language>\n"
        + "".join(items)
        + "</channel></rss>\n"
    )


def atom(outlet: Outlet, listed: Listed) -> str:
    """Atom 1.0."""
    entries = [
        f"<entry><title>{escape(version.title)}</title><link rel='alternate' href='{ROOT}{escape(article.path)}'/>"
        f"<id>tag:{outlet.domain},2031:{escape(article.id)}</id><published>{article.published.isoformat()}</published>"
        f"<updated>{article.published.isoformat()}</updated><author><name>{escape(article.author)}</name></author>"
        f"<category term='{escape(article.section)}'/><summary>{escape(article.summary)}</summary></entry>\n"
        for article, version in listed
    ]
    updated = max((article.published for article, _ in listed), default=None)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<title>{escape(outlet.name)}</title><id>tag:{outlet.domain},2031:feed</id>"
        f"<updated>{updated.isoformat() if updated else '2031-03-01T00:00:00+00:00'}</updated>"
        f"<link rel='self' href='{ROOT}{outlet.feed}'/>\n" + "".join(entries) + "</feed>\n"
    )


def json_feed(outlet: Outlet, listed: Listed) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": article.id,
            "url": ROOT + article.path,
            "title": version.title,
            "summary": article.summary,
            "date_published": article.published.isoformat(),
            "authors": [{"name": article.author}],
            "tags": [article.section],
        }
        for article, version in listed
    ]
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{ROOT}{outlet.path}/",
        "feed_url": ROOT + outlet.feed,
        "language": "en",
    }
    return json.dumps({**head, "items": items}, ensure_ascii=False, indent=1) + "\n"


def sitemap(outlet: Outlet, listed: Listed) -> str:
    """A news sitemap."""
    urls = [
        f"<url><loc>{ROOT}{escape(article.path)}</loc><news:news><news:publication><news:name>{escape(outlet.name)}"
        f"</news:name><news:language>en</news:language></news:publication>"
        f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(version.title)}</news:title></news:news></url>\n"
        for article, version in listed
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n' + "".join(urls) + "</urlset>\n"
    )


def sitemap_index(outlet: Outlet) -> str:
    """The index that leads to the news sitemap."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{ROOT}{outlet.feed}</loc></sitemap></sitemapindex>\n"
    )
