"""The authors of a page: those that trafilatura found, held to those that the article's linked data name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from onrecord.sources.linked_data import LinkedData, kinds_of
from onrecord.sources.metadata import one_line
from onrecord.sources.titles import plain

MOST_AUTHORS = 50

_LINK = re.compile(r"https?\b|\bwww\b", re.IGNORECASE)
_ADDRESS = re.compile(rf"{_LINK.pattern}|[/@]", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*+\)")
# "By Jo Lind @jolind in Zelvin"
_REMARK = re.compile(r"^by\s|(?<!\S)@\w++|\s(?:am|at|for|from|in|of|on|to|via|with|[—–-])\s.*+", re.IGNORECASE)
_DIVIDED = re.compile(r"\s*+[;,|&/]\s*+|\s(?:and|und)\s")
# What stands where a name would, on pages that leave it out.
_NO_NAMES = frozenset("author authors by editor editors journalist reporter username admin administrator".split())


def authors_of(found: str | None, data: LinkedData, outlet: str | None) -> str | None:
    """The authors joined by "; ", without repetitions, addresses and the outlet itself.

    People whom linked data of schema.org name are the authors. So are those whom other linked data name, where all of
    them are among the names found: metadata also hold publishers, agencies and who put the page up.

    >>> authors_of("Tide Press; Jo Lind", LinkedData(({"author": {"name": "Jo Lind"}},)), None)
    'Jo Lind'
    """
    names = _known((found or "").split(";"))
    people = _first(data.articles, _people)
    if people and (data.is_declared or people.keys() <= names.keys()):
        names = _capitalised(people, names)
    elif data.people and not people:
        names = _capitalised(_known(_parted(data.people)), names)
    elif not names:
        names = people or _first(data.articles, _anybody)
    if len(names) > 1 and outlet:
        names.pop(plain(outlet), None)
    return one_line("; ".join(islice(names.values(), MOST_AUTHORS)))


def _first(articles: Iterable[Mapping[str, Any]], named: Callable[[object], Iterable[object]]) -> dict[str, str]:
    """The names that the first article which has any gives."""
    return next((names for article in articles if (names := _known(named(article.get("author"))))), {})


def _people(value: object) -> Iterator[str]:
    """The names of the authors that are no organisations; a byline with several names is parted."""
    for one in _listed(value):
        if not (isinstance(one, dict) and any(kind.endswith("Organization") for kind in kinds_of(one))):
            yield from _parted([_name(one)])


def _anybody(value: object) -> Iterator[object]:
    return map(_name, _listed(value))


def _name(one: object) -> object:
    return one.get("name") if isinstance(one, dict) else one


def _listed(value: object) -> list[object]:
    return value[:MOST_AUTHORS] if isinstance(value, list) else [value]


def _parted(bylines: Iterable[object]) -> Iterator[str]:
    for byline in bylines:
        line = one_line(byline)
        if line and not _LINK.search(line):
            yield from (_REMARK.sub("", part) for part in _DIVIDED.split(_BRACKETS.sub("", line)))


def _known(names: Iterable[object]) -> dict[str, str]:
    """The names by what they are compared by; what is none is left out."""
    known: dict[str, str] = {}
    for name in names:
        line = one_line(name)
        if line and not _ADDRESS.search(line) and (key := plain(line)) and key not in _NO_NAMES:
            known.setdefault(key, line)
    return known


def _capitalised(people: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """Names as linked data have them, which keep the full stops of "J. Lind", but not as in addresses: "jo-lind"."""
    return {key: found.get(key, name.title()) if name.islower() else name for key, name in people.items()}
