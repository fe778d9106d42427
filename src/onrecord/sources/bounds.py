"""What a page may ask of the parsers: some of their work grows with the square of what stands in it.

Both bounds lie far above what pages of outlets have: of 569 saved ones the largest has 9,900 elements.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from onrecord.errors import InputError

MOST_ELEMENTS = 30_000
MOST_COMPARED = 200_000_000
"""Pairs of attributes of one element, over all elements: the parser compares each with each."""

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
