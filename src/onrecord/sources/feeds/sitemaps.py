"""Sitemaps (https://www.sitemaps.org/protocol.html) with Google's extension for news, and indexes of sitemaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from lxml import etree

from onrecord.errors import InputError
from onrecord.sources.feeds.addresses import resolved
from onrecord.sources.feeds.fields import each_once, language_tag, moment, plain
from onrecord.sources.feeds.items import (
    LONGEST_NAME,
    LONGEST_TITLE,
    MOST_CATEGORIES,
    MOST_IN_SITEMAP,
    Draft,
    Drafted,
    Kind,
)
from onrecord.sources.feeds.repairing import tree_in

ROOTS: Final = {"urlset": Kind.SITEMAP, "sitemapindex": Kind.SITEMAP_INDEX}


def sitemap(text: str, root: str, address: str, now: datetime) -> Drafted:
    """What a cleaned sitemap holds: its addresses as items, those of an index as `further`.

    Raises:
        InputError: "not a feed" where nothing of it can be read.
    """
    found = Drafted(ROOTS[root])
    tree = tree_in(text, found.faults)
    if tree is None:
        raise InputError("not a feed", "nothing of this sitemap can be read")
    rows = [row for row in tree if _name(row) == ("url" if found.kind is Kind.SITEMAP else "sitemap")]
    if len(rows) > MOST_IN_SITEMAP:
        found.faults.tell(f"more than {MOST_IN_SITEMAP:,} addresses; those beyond were left out")
    for row in rows[:MOST_IN_SITEMAP]:
        values = _values(row)
        link = resolved(values.get("loc"), address)
        if found.kind is Kind.SITEMAP:
            found.drafts.append(_draft(row, values, link, found, now))
        elif link is None:
            found.faults.tell("a sitemap without an address was left out")
        else:
            found.further.append(link)
    return found


def _draft(row: etree._Element, values: dict[str, str], link: str | None, found: Drafted, now: datetime) -> Draft:
    news = next((one for one in row if _name(one) == "news"), ())
    told = _values(news)
    publication = next((_values(one) for one in news if _name(one) == "publication"), {})
    words = [plain(one, LONGEST_NAME) for one in told.get("keywords", "").split(",")[:MOST_CATEGORIES]]
    return Draft(
        address=link,
        updated=moment(values.get("lastmod"), None, found.faults, now),
        title=plain(told.get("title"), LONGEST_TITLE, markup=True),
        published=moment(told.get("publication_date"), None, found.faults, now),
        source=plain(publication.get("name"), LONGEST_NAME, markup=True),
        language=language_tag(publication.get("language")),
        categories=each_once(words),
    )


def _values(element: Iterable[etree._Element]) -> dict[str, str]:
    """The texts of an element's children by their names without prefixes; of several with one name the first."""
    values: dict[str, str] = {}
    for child in element:
        values.setdefault(_name(child), child.text or "")
    return values


def _name(element: etree._Element) -> str:
    """A name without its namespace: many sitemaps declare a wrong one, or none."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""
