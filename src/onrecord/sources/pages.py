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
from onrecord.sources.decoding import decoded
from onrecord.sources.metadata import Extracted, one_line, storable, web_address
from onrecord.sources.paragraphs import is_article, restored
from onrecord.sources.times import parse_published

DEEPEST_DATA = 12
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
_LAST_PART = re.compile(r"\s*(?:[|·•»*]|\s[-–—:])\s+(?P<last>[^|·•»*]{2,60})$")


def extract_page(content: bytes, charset: str | None = None) -> Extracted:
    """The article's text and metadata.

    Raises:
        InputError: "no article text", "binary" or "not text".
    """
    html, remark = decoded(content, charset=charset, html=True)
    trafilatura = _trafilatura()
    try:
        tree = trafilatura.load_html(html)
        if tree is None:
            raise InputError("no article text")
        found = trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            # Without this, any year in the text may become the date of publication.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        lines = [line.strip() for line in found.text.splitlines() if line.strip()] if found and found.text else []
        if not is_article(lines):
            raise InputError("no article text")
        text = "\n\n".join(restored(tree, lines))
        data = list(_linked_data(tree))
        named = _named(tree)
        when = _published(tree, named, data) or parse_published(found.date)
    except InputError:
        raise
    except Exception as error:  # The parsers meet every kind of damage; whatever they raise, it is the page's fault.
        raise InputError("no article text", f"the page cannot be parsed ({type(error).__name__})") from error
    outlet = one_line(named.get("og:site_name")) or _publisher(data) or one_line(found.sitename)
    return Extracted(
        storable(text),
        f"trafilatura {trafilatura.__version__}",
        outlet=outlet,
        title=_without_outlet(one_line(found.title), (outlet, one_line(found.sitename), found.hostname)),
        author=_authors(found.author, outlet),
        url=web_address(found.url),
        published=when[0] if when else None,
        published_is_day=when[1] if when else False,
        language=one_line(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
        remarks=(remark,) if remark else (),
    )


@lru_cache(maxsize=1)
def _trafilatura() -> Any:
    # A tenth of a second and more to import, so only when the first page comes.
    import trafilatura

    # They log what we put on the record ourselves, and without a handler that would be printed.
    for name in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return trafilatura


def _without_outlet(title: str | None, names: tuple[str | None, ...]) -> str | None:
    """The title without " | The Outlet" behind it.

    >>> _without_outlet("Talks end | Calder Tribune", ("Calder Tribune",))
    'Talks end'
    """
    known = {_plain(name) for name in names if name}
    while title and (cut := _LAST_PART.search(title)) and _plain(cut["last"]) in known:
        title = title[: cut.start()].rstrip() or None
    return title


def _authors(names: str | None, outlet: str | None) -> str | None:
    """The authors without repetitions, addresses and the outlet itself."""
    known: dict[str, str] = {}
    for name in (names or "").split(";"):
        line = one_line(name)
        if line and not re.search(r"https?\b|\bwww\b|[/@]", line, re.IGNORECASE):
            known.setdefault(_plain(line), line)
    if len(known) > 1 and outlet:
        known.pop(_plain(outlet), None)
    return "; ".join(known.values()) or None


def _plain(name: str) -> str:
    return re.sub(r"\W|_|^the\b", "", name.lower())


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
