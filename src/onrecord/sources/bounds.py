"""What a page may ask of the parsers: some of their work grows with the square of what stands in it.

The bounds lie far above what pages of outlets have: of 569 saved ones the largest has 9,900 elements.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from onrecord.errors import InputError

MOST_ELEMENTS = 30_000
MOST_COMPARED = 200_000_000
"""Pairs of attributes of one element, over all elements: the parser compares each with each."""
LONGEST_CONTENT = 4_000
MOST_CONTENT = 200_000
"""Characters of one <meta> element, and of all of a page."""
MOST_AUTHORED = 50
LONGEST_AUTHORED = 2_000
"""<meta> elements that name authors, and characters of all of them: each name is compared with each, in each again."""

_AUTHORED = re.compile(r"author|creator|byl", re.IGNORECASE)
# Shorter tags cannot hold enough attributes to take long.
_LONG_TAG = re.compile(r"<[a-z][^<>]{1000,}+", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[^\s"'>/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]++))?+""")


def hold_tags(html: str) -> None:
    """Looks at the tags before anything parses them.

    Raises:
        InputError: "too large" for more attributes than any page needs.
    """
    compared = 0
    for tag in _LONG_TAG.finditer(html):
        compared += sum(1 for _ in _ATTRIBUTE.finditer(tag[0])) ** 2
        if compared > MOST_COMPARED:
            raise InputError("too large", "a page with elements of many thousand attributes")


def hold_tree(tree: Any) -> None:
    """Looks at the parsed page before an article is looked for in it.

    Raises:
        InputError: "too large" for more elements than any page needs.
    """
    if next(islice(tree.iter(), MOST_ELEMENTS, None), None) is not None:
        raise InputError("too large", f"a page of more than {MOST_ELEMENTS} elements")


def shorten_metadata(tree: Any) -> None:
    """Cuts what the <meta> elements of a page hold, the later of them first; the article's text is none of it."""
    left, authored, elements = MOST_CONTENT, LONGEST_AUTHORED, 0
    for meta in tree.iter("meta"):
        content = meta.get("content")
        if not content:
            continue
        most = min(LONGEST_CONTENT, left)
        if any(_AUTHORED.search(meta.get(name) or "") for name in ("name", "property", "itemprop")):
            elements += 1
            most = min(most, authored) if elements <= MOST_AUTHORED else 0
            authored -= min(len(content), most)
        left -= min(len(content), most)
        if len(content) > most:
            meta.set("content", content[:most])
