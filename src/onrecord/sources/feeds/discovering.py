"""The feeds that a page links to, for people who gave the page's address in place of the feed's."""

from __future__ import annotations

from typing import Final

from lxml import etree, html

from onrecord.sources.feeds.addresses import resolved

_TYPES: Final = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml")
)
_LONGEST_PAGE: Final = 2_000_000
"""Bytes of a page that are looked at: its links to feeds stand in its head."""
_MOST_FEEDS: Final = 20


def feeds_linked(page: bytes, address: str) -> tuple[str, ...]:
    """The addresses of feeds that a page names by `<link rel=alternate>`, in its order; none where it is no page.

    >>> feeds_linked(b'<link rel="alternate" type="application/rss+xml" href="/rss">', "https://news.example/")
    ('https://news.example/rss',)
    """
    try:
        root = html.document_fromstring(page[:_LONGEST_PAGE], parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return ()
    base = next((one.get("href", "") for one in root.iter("base")), "")
    base = resolved(base, address) or address
    found: dict[str, None] = {}
    for link in root.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        target = resolved(link.get("href"), base)
        if "alternate" in relations and kind in _TYPES and target:
            found[target] = None
    return tuple(found)[:_MOST_FEEDS]
