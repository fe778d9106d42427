"""RSS, RDF, Atom and CDF: what feedparser understood of a feed, as items.

What stands in a feed can lie under any name in feedparser's dictionaries: nothing there is taken to be of the kind that
it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from onrecord.errors import InputError
from onrecord.sources.feeds.addresses import resolved
from onrecord.sources.feeds.fields import each_once, identifier, language_tag, moment, plain
from onrecord.sources.feeds.items import (
    LONGEST_NAME,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    MOST_AUTHORS,
    MOST_CATEGORIES,
    Draft,
    Drafted,
    Faults,
    Kind,
)
from onrecord.sources.feeds.listening import heard
from onrecord.sources.feeds.repairing import repaired

_ROOTS: Final = {"rss": Kind.RSS, "rdf": Kind.RDF, "feed": Kind.ATOM, "channel": Kind.RSS}
_EMAIL = re.compile(r"\s*\(?<?[\w.+-]+@[\w.-]+>?\)?\s*")
_PLAIN_TYPE: Final = "text/plain"
_OF_THE_WEB = re.compile(r"\s*https?://", re.IGNORECASE)


def syndicated(text: str, address: str, now: datetime) -> Drafted:
    """What a cleaned document holds, as far as it can be read.

    Raises:
        InputError: "not a feed", "nested too deep".
        ExtraMissing: without feedparser.
    """
    kind = _ROOTS.get(root_of(text))
    found = Drafted(kind or Kind.RSS)
    read, told = heard(text, address, found.faults)
    if told is not None:
        found.faults.tell(f"not well-formed XML ({told}); read as far as it could be")
        mended, _ = heard(repaired(text), address, Faults())
        if len(mended.entries) >= len(read.entries):
            read = mended
    if kind is None and not (read.entries or read.version):
        raise InputError("not a feed", f"its root element is {root_of(text)[:40]!r}")
    found.title = _words(read.feeddata, "title", LONGEST_TITLE, atom=kind is Kind.ATOM)
    language = language_tag(_of(read.feeddata, "language"))
    for entry in read.entries:
        if isinstance(entry, Mapping):
            found.drafts.append(_draft(entry, address, language, found, now))
    return found


def root_of(text: str) -> str:
    """The name of the first element without its prefix, in small letters."""
    name = re.match(r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})", text)
    return name[1].lower() if name else ""


def _draft(entry: Mapping[str, Any], address: str, language: str | None, found: Drafted, now: datetime) -> Draft:
    atom = found.kind is Kind.ATOM
    guid = identifier(_of(entry, "id"))
    link = _link(entry, address)
    if link is None and guid and _of(entry, "guidislink") is not False and _OF_THE_WEB.match(guid):
        link = resolved(guid, address)
    published = moment(_of(entry, "published"), _of(entry, "published_parsed"), found.faults, now)
    updated = moment(_of(entry, "updated"), _of(entry, "updated_parsed"), found.faults, now)
    if published is None and "published" not in _keys(entry):
        # dc:date, and created of old feeds, are the only day that many RSS feeds give.
        created = moment(_of(entry, "created"), _of(entry, "created_parsed"), found.faults, now)
        published = created or (None if atom else updated)
    source = _of(entry, "source")
    source = source if isinstance(source, Mapping) else {}
    detail = _of(entry, "title_detail")
    own = language_tag(_of(entry, "language")) or (
        language_tag(_of(detail, "language")) if isinstance(detail, Mapping) else None
    )
    return Draft(
        address=link,
        guid=guid,
        title=_words(entry, "title", LONGEST_TITLE, atom=atom),
        published=published,
        updated=updated,
        author=_author(entry),
        summary=_summary(entry, atom=atom),
        source=_words(source, "title", LONGEST_NAME, atom=atom),
        source_address=_link(source, address) or resolved(_of(source, "href"), address),
        categories=_categories(entry),
        language=own or language,
    )


def _of(table: Mapping[str, Any], key: str) -> Any:
    """A value by its real name: the library's own look-up gives old names and other values in place of missing ones."""
    return dict.get(table, key) if isinstance(table, dict) else table.get(key)


def _keys(table: Mapping[str, Any]) -> Iterable[str]:
    return dict.keys(table) if isinstance(table, dict) else table.keys()


def _rows(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = _of(table, key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _words(table: Mapping[str, Any], key: str, longest: int, *, atom: bool = False) -> str | None:
    detail = _of(table, f"{key}_detail")
    # Of the formats Atom alone says which of its texts are plain; where the library guesses so, it may be wrong.
    told = isinstance(detail, Mapping) and _of(detail, "type") == _PLAIN_TYPE
    return plain(_of(table, key), longest, markup=not (told and atom))


def _summary(entry: Mapping[str, Any], *, atom: bool) -> str | None:
    found = _words(entry, "summary", LONGEST_SUMMARY, atom=atom)
    if found is None:
        for content in _rows(entry, "content")[:1]:
            markup = not atom or _of(content, "type") != _PLAIN_TYPE
            found = plain(_of(content, "value"), LONGEST_SUMMARY, markup=markup)
    return found


def _link(table: Mapping[str, Any], address: str) -> str | None:
    """The page that stands for the thing: its link, else the first of its links that leads to a page."""
    link = _of(table, "link")
    # What is still relative here is a guid that the library put in place of a link: links it has resolved.
    found = resolved(link, address) if isinstance(link, str) and _OF_THE_WEB.match(link) else None
    if found is None:
        links = [row for row in _rows(table, "links") if _of(row, "rel") in (None, "alternate")]
        found = next((one for row in links if (one := resolved(_of(row, "href"), address))), None)
    return found


def _author(entry: Mapping[str, Any]) -> str | None:
    names = [plain(_of(row, "name"), LONGEST_NAME, markup=True) for row in _rows(entry, "authors")[:MOST_AUTHORS]]
    if told := each_once(names):
        return plain(", ".join(told), LONGEST_NAME)
    whole = _of(entry, "author")
    if not isinstance(whole, str):
        return None
    # An address of electronic mail beside a name is nobody's name; alone it is all that is told.
    return plain(_EMAIL.sub(" ", whole[:LONGEST_NAME]), LONGEST_NAME) or plain(whole, LONGEST_NAME)


def _categories(entry: Mapping[str, Any]) -> tuple[str, ...]:
    told = (
        plain(_of(row, "label"), LONGEST_NAME) or plain(_of(row, "term"), LONGEST_NAME, markup=True)
        for row in _rows(entry, "tags")[:MOST_CATEGORIES]
    )
    return each_once(told)
