"""The authors of a page: those that trafilatura found, held to those that the article's linked data name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.sources.metadata import one_line
from onrecord.sources.titles import plain

MOST_AUTHORS = 50

_ADDRESS = re.compile(r"https?\b|\bwww\b|[/@]", re.IGNORECASE)
# What stands where a name would, on pages that leave it out.
_NO_NAMES = frozenset("author authors by editor editors journalist reporter username admin administrator".split())


def authors_of(found: str | None, articles: Iterable[Mapping[str, Any]], outlet: str | None) -> str | None:
    """The authors joined by "; ", without repetitions, addresses and the outlet itself.

    Of the names found, those that linked data name are the authors where it names no other: metadata also hold
    publishers, agencies and who put the page up.

    >>> authors_of("Tide Press; Jo Lind", [{"author": {"name": "Jo Lind"}}], None)
    'Jo Lind'
    """
    names = _cleaned((found or "").split(";"))
    given = list(articles)
    people = _first(given, people_only=True)
    if people and people.keys() <= names.keys():
        # Linked data keep the full stops of "J. Lind", and some have names as they stand in addresses: "jo-lind".
        names = {key: names[key] if name.islower() else name for key, name in people.items()}
    elif not names:
        names = people or _first(given, people_only=False)
    if len(names) > 1 and outlet:
        names.pop(plain(outlet), None)
    return "; ".join(names.values()) or None


def _first(articles: Iterable[Mapping[str, Any]], *, people_only: bool) -> dict[str, str]:
    """The names that the first article which has any gives."""
    for article in articles:
        names = _cleaned(_named(article.get("author"), people_only=people_only))
        if names:
            return names
    return {}


def _named(value: object, *, people_only: bool) -> Iterator[object]:
    if isinstance(value, list):
        for one in value[:MOST_AUTHORS]:
            yield from _named(one, people_only=people_only) if not isinstance(one, list) else ()
    elif isinstance(value, dict):
        kind = value.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        if not (people_only and any(str(one).endswith("Organization") for one in kinds)):
            yield value.get("name")
    else:
        yield value


def _cleaned(names: Iterable[object]) -> dict[str, str]:
    """The names by what they are compared by; what is none is left out."""
    known: dict[str, str] = {}
    for name in names:
        line = one_line(name)
        if line and ";" not in line and not _ADDRESS.search(line) and (key := plain(line)) and key not in _NO_NAMES:
            known.setdefault(key, line)
    return known
