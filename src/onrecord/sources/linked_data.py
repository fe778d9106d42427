"""The linked data of a page: what its JSON-LD (schema.org) says of the article, its authors and its outlet.

They are read here alone and taken off the page before trafilatura sees it: its patterns for damaged JSON-LD, and for
tags and names in a sound one, take the square of the length and more, so that a page of 40 kB may take seconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from onrecord.sources.metadata import one_line

DEEPEST_DATA = 12
MOST_SCRIPTS = 20
MOST_DATA = 1_000_000
"""Characters of a script; a longer one is not read."""
MOST_PARTS = 100

_SCRIPTS = "//script[@type='application/ld+json' or @type='application/settings+json']"
_LINKED = "application/ld+json"
# Pages that were XHTML once wrap their data, and a browser does not mind.
_OPENED = re.compile(r"\s*+(?:(?://|/\*)?\s*+<!\[CDATA\[(?:\s*+\*/)?)?")
_BETWEEN = re.compile(r"[\s,;]*+")
_DECODER = json.JSONDecoder(strict=False)
_SCHEMA = re.compile(r"https?://schema\.org", re.IGNORECASE)
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report)$")
_SITE_TYPES = frozenset(("NewsMediaOrganization", "Organization", "WebSite"))
_BREAKS = re.compile(r"<(?:/p|/div|/h[1-6]|/li|br\s*+/?)>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*+>")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What the scripts of a page describe, in their order."""

    articles: tuple[Mapping[str, Any], ...] = ()
    people: tuple[str, ...] = ()
    """Persons that are described by themselves: who an article means that names its author by reference."""
    sites: tuple[str, ...] = ()
    """Organisations and websites that are described by themselves."""
    is_declared: bool = False
    """Whether an article stands in what says that it is of schema.org."""

    def publisher(self) -> str | None:
        """The publisher that an article names."""
        for article in self.articles:
            publisher = article.get("publisher")
            publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
            name = one_line(publisher.get("name")) if isinstance(publisher, dict) else None
            if name:
                return name
        return None

    def body(self) -> list[str]:
        """The lines of the longest text that an article has: some pages hold none but this until a script has run."""
        bodies = [body for article in self.articles if isinstance(body := article.get("articleBody"), str)]
        longest = unescape(max(bodies, key=len, default=""))
        if _BREAKS.search(longest):
            longest = _BREAKS.sub("\n", " ".join(longest.split()))
        lines = _TAGS.sub("", longest).splitlines()
        return [stripped for line in lines if (stripped := line.strip())]


def take_linked_data(tree: Any) -> LinkedData:
    """Reads the linked data of a page and takes them off it."""
    scripts = tree.xpath(_SCRIPTS)
    sources = [script.text or "" for script in scripts if script.get("type") == _LINKED]
    for script in scripts:
        script.text = None
    articles: list[Mapping[str, Any]] = []
    people: list[str] = []
    sites: list[str] = []
    is_declared = False
    for source in islice(sources, MOST_SCRIPTS):
        for data, declared in _described(source):
            kinds = kinds_of(data)
            if any(_ARTICLE_TYPES.search(kind) for kind in kinds):
                articles.append(data)
                is_declared |= declared
            elif declared and (name := one_line(data.get("name"))):
                if "Person" in kinds:
                    people.append(name)
                elif not _SITE_TYPES.isdisjoint(kinds):
                    sites.append(name)
    return LinkedData(tuple(articles), tuple(people), tuple(sites), is_declared)


def _described(source: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """Everything that one script describes by itself, and whether it says that it is of schema.org."""
    if len(source) > MOST_DATA:
        return
    try:
        for data in _values(source):
            for part in data[:MOST_PARTS] if isinstance(data, list) else [data]:
                context = part.get("@context") if isinstance(part, dict) else None
                declared = isinstance(context, str) and _SCHEMA.match(context) is not None
                for one in _nodes(part, DEEPEST_DATA):
                    yield one, declared
    except (ValueError, RecursionError):
        return


def _values(source: str) -> Iterator[object]:
    """The values of a script one after the other: some have several, or something that is none behind the first.

    Raises:
        ValueError: Where what follows is no JSON.
    """
    opened = _OPENED.match(source)
    at = opened.end() if opened else 0
    for _ in range(MOST_PARTS):
        begin = _BETWEEN.match(source, at)
        data, at = _DECODER.raw_decode(source, begin.end() if begin else at)
        yield data


def _nodes(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for part in data[:MOST_PARTS]:
            yield from _nodes(part, depth - 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(key), list | dict):
                yield from _nodes(data[key], depth - 1)


def kinds_of(data: Mapping[str, Any]) -> list[str]:
    """The types that something described has."""
    kinds = data.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
