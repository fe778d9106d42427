"""Paragraphs that the extractor left out although they stand among those it took.

Extractors drop a paragraph here and there: a quotation, the half of an article behind an advertisement. A lost
paragraph is a lost statement, so those that stand in the same kind of container as the ones taken are put back at
their place when they end like a sentence. Whatever is not reporting among them is marked later, like everything else.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

FEWEST_WORDS = 5
SHORTEST_SENTENCE = 20
LONG_PASSAGE = 200
"""Characters."""
FEWEST_NEIGHBOURS = 3
"""A kind of container (tag and class) counts as the article's when it holds so many paragraphs that were taken."""

MOST_RESTORED = 500
"""No article lacks more; pages made to be slow do."""

_WORD = re.compile(r"\w+")
# With the full stops of scripts that have their own: what is not English is to be told apart from what is no article.
_SENTENCE_END = re.compile(r"[.!?…。！？।؟۔][\"”’»)\]」]*$")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_article(lines: list[str]) -> bool:
    """Whether the lines hold reporting: at least one sentence or long passage, not only names of links."""
    return any(
        (_SENTENCE_END.search(line) and len(line) >= SHORTEST_SENTENCE) or len(line) >= LONG_PASSAGE for line in lines
    )


def restored(tree: Any, lines: list[str], *, hidden: bool = False) -> list[str]:
    """The lines with the missing paragraphs of the page's `tree` (an lxml element, untouched) among them.

    What the page hides is not put back unless the text was taken from it: `hidden`.
    """
    places: dict[str, int] = {}
    for at, line in enumerate(lines):
        places.setdefault(_key(line), at)
    present = f" {' '.join(places)} "
    added: set[str] = set()
    paragraphs = [(element, text) for element in tree.iter("p") if (text := _text(element))]
    taken = Counter(_container(element) for element, text in paragraphs if _key(text) in places)
    article = {kind for kind, number in taken.items() if number >= FEWEST_NEIGHBOURS}
    behind: dict[int, list[str]] = {}
    at = -1
    for element, text in paragraphs:
        key = _key(text)
        if key in places:
            at = places[key]
        elif (
            len(key.split()) >= FEWEST_WORDS
            and _SENTENCE_END.search(text)
            and _container(element) in article
            and key not in added
            and len(added) < MOST_RESTORED
            and f" {key} " not in present
            and (hidden or not _hidden(element))
        ):
            behind.setdefault(at, []).append(text)
            added.add(key)
    if not behind:
        return lines
    whole = list(behind.get(-1, []))
    for number, line in enumerate(lines):
        whole.append(line)
        whole.extend(behind.get(number, []))
    return whole


def _text(element: Any) -> str:
    if next(element.iter("script", "style"), None) is not None:
        return ""
    return " ".join("".join(element.itertext()).split())


def _key(line: str) -> str:
    return " ".join(_WORD.findall(line.lower()))


def _container(element: Any) -> tuple[str, str] | int:
    """Tag and class of the parent; a parent without a class is only like itself."""
    parent = element.getparent()
    kind = parent.get("class") if parent is not None else None
    return (str(parent.tag), " ".join(kind.split())) if kind else id(parent)


def _hidden(element: Any) -> bool:
    return any(
        one.get("hidden") is not None or _HIDDEN.search(one.get("style") or "")
        for one in (element, *element.iterancestors())
    )
