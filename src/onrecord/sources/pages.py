"""HTML: trafilatura finds the article, and the page's own metadata say who published it and when.

Paragraphs are joined by a blank line. A publication time comes from the page's metadata or JSON-LD; only where these
have none does trafilatura's day count. Where JSON-LD hold the article and the page shows hardly any of it, theirs is
the text. No script runs, nothing is fetched.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from onrecord.errors import InputError
from onrecord.sources.authors import authors_of
from onrecord.sources.bounds import hold_tags, hold_tree, shorten_metadata
from onrecord.sources.decoding import decoded
from onrecord.sources.linked_data import LinkedData, take_linked_data
from onrecord.sources.metadata import Extracted, one_line, storable, web_address
from onrecord.sources.paragraphs import is_article, restored
from onrecord.sources.times import parse_published
from onrecord.sources.titles import title_of

VERSION = 3
"""Of what is done here beside trafilatura: a report's text or metadata may come out otherwise under another one."""
MOST_HEADINGS = 10
SHORTEST_SHOWN = 600
MOST_HIDDEN = 2
"""A page that shows fewer characters, and hides as many again or more, is read with what is hidden in it."""

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
        shorten_metadata(tree)
        data = take_linked_data(tree)
        found, lines = _article(tree, _HIDDEN)
        from_hidden = False
        if (shown := _length(lines)) < SHORTEST_SHOWN and tree.xpath(_HIDDEN[0]):
            # Some pages show hardly anything until a script has run.
            whole, all_lines = _article(tree, None)
            if _length(all_lines) > MOST_HIDDEN * shown:
                found, lines, from_hidden = whole, all_lines, True
        if (shown := _length(lines)) < SHORTEST_SHOWN and _length(body := data.body()) > MOST_HIDDEN * shown:
            paragraphs = lines = body
            remark = "; ".join(filter(None, (remark, "the text stands in the page's linked data only")))
        else:
            paragraphs = restored(tree, lines, hidden=from_hidden)
        if not is_article(lines):
            raise InputError("no article text")
        text = "\n\n".join(paragraphs)
        named = _named(tree)
        when = _published(tree, named, data) or parse_published(found.date)
    except InputError:
        raise
    except Exception as error:  # The parsers meet every kind of damage; whatever they raise, it is the page's fault.
        raise InputError("no article text", f"the page cannot be parsed ({type(error).__name__})") from error
    outlet = one_line(named.get("og:site_name")) or data.publisher() or _site(one_line(found.sitename), data.sites)
    title = title_of(
        one_line(found.title),
        [one_line(article.get("headline")) for article in data.articles],
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
    trafilatura = _trafilatura()
    # Without this, any year in the text may become the date of publication.
    dates = {"extensive_search": False, "original_date": True}
    found = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        prune_xpath=hidden,
        date_extraction_params=dates,
    )
    if found is None:
        return trafilatura.extract_metadata(tree, date_config=dates), []
    return found, [line.strip() for line in (found.text or "").splitlines() if line.strip()]


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


def _site(found: str | None, described: tuple[str, ...]) -> str | None:
    """The name of the site; some metadata have the address of its page at a network instead."""
    return found if found and not web_address(found) else next(iter(described), found)


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


def _published(tree: Any, named: dict[str, str], data: LinkedData) -> tuple[datetime, bool] | None:
    """The first full time among metadata and linked data, or else the first day."""
    metadata = [named[name] for name in _TIME_NAMES if name in named]
    linked = [article.get("datePublished") for article in data.articles]
    marked = [
        element.get("datetime") or element.get("content")
        for element in islice(tree.xpath("//*[@itemprop='datePublished' or (self::time and @pubdate)]"), 3)
    ]
    times = [when for value in (*metadata[:1], *linked, *metadata[1:], *marked) if (when := parse_published(value))]
    return next((when for when in times if not when[1]), times[0] if times else None)
