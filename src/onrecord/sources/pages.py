"""HTML: trafilatura finds the article, and the page's own metadata say who published it and when.

Paragraphs are joined by a blank line. A publication time comes from the page's metadata or JSON-LD; only where these
have none does trafilatura's day count. No script runs, nothing is fetched.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from onrecord.errors import InputError
from onrecord.sources.authors import authors_of
from onrecord.sources.bounds import hold_tags, hold_tree
from onrecord.sources.decoding import decoded
from onrecord.sources.metadata import Extracted, one_line, storable, web_address
from onrecord.sources.paragraphs import is_article, restored
from onrecord.sources.times import parse_published
from onrecord.sources.titles import title_of

VERSION = 2
"""Of what is done here beside trafilatura: a report's text or metadata may come out otherwise under another one."""
DEEPEST_DATA = 12
MOST_HEADINGS = 10
SHORTEST_SHOWN = 600
MOST_HIDDEN = 2
"""A page that shows fewer characters, and hides as many again or more, is read with what is hidden in it."""
MOST_DATA = 1_000_000

# Names of <meta> elements that hold the publication time, best first; they are compared in lower case.
_TIME_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "article:published",
    "published_time",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "publication_date",
    "date.published",
    "published",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "citation_publication_date",
    "date",
)
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report)$")
# What the readers of a page do not see is none of its reporting, whoever put it there.
_HIDDEN = [
    "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
]


def extract_page(content: bytes, charset: str | None = None) -> Extracted:
    """The article's text and metadata.

    Raises:
        InputError: "no article text", "too large", "binary" or "not text".
    """
    html, remark = decoded(content, charset=charset, html=True)
    hold_tags(html)
    trafilatura = _trafilatura()
    try:
        tree = trafilatura.load_html(html)
        if tree is None:
            raise InputError("no article text")
        hold_tree(tree)
        found, lines = _article(tree, _HIDDEN)
        from_hidden = False
        if (shown := _length(lines)) < SHORTEST_SHOWN and tree.xpath(_HIDDEN[0]):
            # Some pages show hardly anything until a script has run.
            whole, all_lines = _article(tree, None)
            if _length(all_lines) > MOST_HIDDEN * shown:
                found, lines, from_hidden = whole, all_lines, True
        if not is_article(lines):
            raise InputError("no article text")
        text = "\n\n".join(restored(tree, lines, hidden=from_hidden))
        data = list(_linked_data(tree))
        named = _named(tree)
        when = _published(tree, named, data) or parse_published(found.date)
    except InputError:
        raise
    except Exception as error:  # The parsers meet every kind of damage; whatever they raise, it is the page's fault.
        raise InputError("no article text", f"the page cannot be parsed ({type(error).__name__})") from error
    outlet = one_line(named.get("og:site_name")) or _publisher(data) or one_line(found.sitename)
    title = title_of(
        one_line(found.title),
        [one_line(article.get("headline")) for article in data],
        [one_line("".join(heading.itertext())) for heading in islice(tree.iter("h1"), MOST_HEADINGS)],
        (outlet, one_line(found.sitename), found.hostname, _first_label(found.hostname)),
    )
    return Extracted(
        storable(text),
        f"trafilatura {trafilatura.__version__}, pages {VERSION}",
        outlet=outlet,
        title=title,
        author=authors_of(found.author, data, outlet),
        url=web_address(found.url) if _is_addressed(tree, named) else None,
        published=when[0] if when else None,
        published_is_day=when[1] if when else False,
        language=one_line(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
        remarks=(remark,) if remark else (),
    )


def _article(tree: Any, hidden: list[str] | None) -> tuple[Any, list[str]]:
    """What trafilatura finds in a page, and the lines of the text."""
    found = _trafilatura().bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        prune_xpath=hidden,
        # Without this, any year in the text may become the date of publication.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found, [line.strip() for line in found.text.splitlines() if line.strip()] if found and found.text else []


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


@lru_cache(maxsize=1)
def _trafilatura() -> Any:
    # A tenth of a second and more to import, so only when the first page comes.
    import trafilatura

    # They log what we put on the record ourselves, and without a handler that would be printed.
    for name in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return trafilatura


def _is_addressed(tree: Any, named: dict[str, str]) -> bool:
    """Whether the page names its own address; a <base>, which counts for trafilatura, is that of its links."""
    if any(named.get(name) for name in ("og:url", "twitter:url")):
        return True
    return bool(tree.xpath("//link[(@rel='canonical' or @hreflang='x-default') and @href]"))


def _first_label(host: str | None) -> str | None:
    """The name that an address goes by: "courier" of www.courier.example."""
    labels = (host or "").lower().removeprefix("www.").split(".")
    return labels[0] if len(labels) > 1 else None


def _named(tree: Any) -> dict[str, str]:
    """The page's <meta> elements by name in lower case; the first of each name counts."""
    named: dict[str, str] = {}
    for meta in islice(tree.iter("meta"), 2_000):
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and meta.get("content"):
                named.setdefault(name, meta.get("content"))
    return named


def _publisher(data: list[dict[str, Any]]) -> str | None:
    for article in data:
        publisher = article.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        name = one_line(publisher.get("name")) if isinstance(publisher, dict) else None
        if name:
            return name
    return None


def _published(tree: Any, named: dict[str, str], data: list[dict[str, Any]]) -> tuple[datetime, bool] | None:
    """The first full time among metadata and linked data, or else the first day."""
    metadata = [named[name] for name in _TIME_NAMES if name in named]
    linked = [article.get("datePublished") for article in data]
    marked = [
        element.get("datetime") or element.get("content")
        for element in islice(tree.xpath("//*[@itemprop='datePublished' or (self::time and @pubdate)]"), 3)
    ]
    times = [when for value in (*metadata[:1], *linked, *metadata[1:], *marked) if (when := parse_published(value))]
    return next((when for when in times if not when[1]), times[0] if times else None)


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Every article that the page's JSON-LD describes."""
    for script in islice(tree.xpath("//script[@type='application/ld+json']"), 20):
        source = script.text or ""
        if len(source) > MOST_DATA:
            continue
        try:
            yield from _articles_in(json.loads(source, strict=False), DEEPEST_DATA)
        except (ValueError, RecursionError):
            continue


def _articles_in(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for part in data[:100]:
            yield from _articles_in(part, depth - 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(key), list | dict):
                yield from _articles_in(data[key], depth - 1)
