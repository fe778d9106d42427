"""Ill-formed XML made well-formed, so that as many items as can be had are read."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from onrecord.sources.feeds.items import Faults

_NAMESPACES: Final = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_BOUND = re.compile(r"\bxmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_ROOT = re.compile(r"<[A-Za-z_][\w.:-]{0,100}")
_MOST_PREFIXES: Final = 100


def tree_in(text: str, faults: Faults) -> etree._Element | None:
    """The root of a document as far as it can be read, with a fault where that is not well-formed; else None."""
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _hardened())
    except etree.XMLSyntaxError as error:
        faults.tell(f"not well-formed XML ({(error.msg or 'it is empty')[:200]}); read as far as it could be")
    return _recovered(text)


def repaired(text: str) -> str:
    """The document as a forgiving parser understands it, written anew; "" where it understands nothing."""
    root = _recovered(text)
    return "" if root is None else etree.tostring(root, encoding="unicode")


def _recovered(text: str) -> etree._Element | None:
    try:
        return etree.fromstring(_with_prefixes_bound(text).encode("utf-8", "replace"), _hardened(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _hardened(*, recover: bool = False) -> etree.XMLParser:
    """A parser that expands no entity, loads no document type, fetches nothing and keeps libxml2's limits."""
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _with_prefixes_bound(text: str) -> str:
    """Prefixes that nothing binds are bound at the root, those of usual extensions to what they always stand for."""
    root = _ROOT.match(text)
    if root is None:
        return text
    free = sorted(set(_PREFIX.findall(text)) - set(_BOUND.findall(text)) - {"xml", "xmlns", "http", "https"})
    bound = "".join(f' xmlns:{one}="{_NAMESPACES.get(one, f"urn:unbound:{one}")}"' for one in free[:_MOST_PREFIXES])
    return text[: root.end()] + bound + text[root.end() :]
