"""RSS, RDF, Atom and CDF by feedparser, driven by a parser that fetches nothing and stops at limits.

feedparser knows the names that these formats and their extensions have for one thing. Of it only the class that takes
events of a strict parser is used: its way of opening what it is given, and its loose parser, are not.
"""

from __future__ import annotations

import io
import re
import xml.sax
import xml.sax.handler
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from time import thread_time
from typing import Any, Final
from xml.sax.expatreader import ExpatParser
from xml.sax.xmlreader import AttributesNSImpl

from onrecord.errors import ExtraMissing, InputError
from onrecord.sources.feeds.addresses import LONGEST_ADDRESS, resolved
from onrecord.sources.feeds.fields import LONGEST_RAW, language_tag, moment, plain
from onrecord.sources.feeds.items import (
    LONGEST_GUID,
    LONGEST_NAME,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    MOST_ATTRIBUTES,
    MOST_AUTHORS,
    MOST_CATEGORIES,
    MOST_DEPTH,
    MOST_ELEMENTS,
    MOST_ITEMS,
    MOST_OF_ITEM,
    MOST_PREFIXES,
    MOST_SECONDS,
    Draft,
    Drafted,
    Kind,
)
from onrecord.sources.feeds.repairing import repaired
from onrecord.sources.metadata import storable

_ROOTS: Final = {"rss": Kind.RSS, "rdf": Kind.RDF, "feed": Kind.ATOM, "channel": Kind.RSS}
_EMAIL = re.compile(r"\s*\(?<?[\w.+-]+@[\w.-]+>?\)?\s*")
_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:/", re.IGNORECASE)
_PLAIN_TYPE: Final = "text/plain"
_OF_THE_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_OF_LIBRARY = re.compile(r"links|\w+_(?:detail|parsed)", re.IGNORECASE)
"""Elements that no format has, under whose names the library keeps its own lists."""
_LONG: Final = frozenset(("title", "description", "summary", "content", "subtitle"))
_NO_ATTRIBUTES: Final = AttributesNSImpl({}, {})


class _Enough(Exception):
    """A limit is reached; what was read until then stays."""


class _TooDeep(Exception):
    """Elements are nested deeper than any feed needs."""


def syndicated(text: str, address: str, now: datetime) -> Drafted:
    """What a cleaned document holds, as far as it can be read.

    Raises:
        InputError: "not a feed", "nested too deep".
        ExtraMissing: without feedparser.
    """
    kind = _ROOTS.get(root_of(text))
    found = Drafted(kind or Kind.RSS)
    read, told = _read(text, address, found)
    if told is not None:
        found.faults.tell(f"not well-formed XML ({told}); read as far as it could be")
        mended, _ = _read(repaired(text), address, Drafted(found.kind))
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


def _read(text: str, address: str, found: Drafted) -> tuple[Any, str | None]:
    """The events of a document taken by feedparser, and why it ended early, if it did."""
    handler = _handler_class()(address, None, "utf-8")
    handler.resolve_relative_uris = handler.sanitize_html = False
    parser = ExpatParser(1)
    parser.setFeature(xml.sax.handler.feature_external_ges, False)
    parser.setFeature(xml.sax.handler.feature_external_pes, False)
    parser.setContentHandler(handler)
    parser.setErrorHandler(handler)
    source = xml.sax.xmlreader.InputSource()
    source.setByteStream(io.BytesIO(text.encode("utf-8", "replace")))
    source.setEncoding("utf-8")
    told = None
    try:
        parser.parse(source)
    except _Enough as limit:
        found.faults.tell(f"{limit}; what lies beyond was left out")
    except _TooDeep:
        raise InputError("nested too deep", f"more than {MOST_DEPTH} elements inside each other") from None
    except xml.sax.SAXException as error:
        line = getattr(error, "getLineNumber", lambda: None)()
        told = f"{error.getMessage()}{'' if line is None else f' in line {line}'}"
    # The library looks up handlers by names that stand in the feed, and stumbles in many ways over what nobody wrote.
    except Exception as error:
        told = f"{type(error).__name__} in the library for feeds"
    return handler, told


@cache
def _handler_class() -> Any:
    try:
        from feedparser.api import StrictFeedParser
    except ImportError:
        raise ExtraMissing("a feed", "feedparser", "watch") from None

    class Handler(StrictFeedParser):  # type: ignore[misc]  # the library has no types
        # A guid is kept as it was given: resolved, two feeds' numbers of items would be one address.
        can_be_relative_uri = StrictFeedParser.can_be_relative_uri - {"id"}

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            self.pieces: list[str] = []
            self.nested = self.passed_over = self.elements = self.of_item = self.bound = 0
            self.until = thread_time() + MOST_SECONDS

        def _start_link(self, attributes: dict[str, str]) -> None:
            # An address of another protocol in an attribute would stand before the link that the element holds.
            kept = {key: value for key, value in attributes.items() if not _OTHER_SCHEME.match(value)}
            super()._start_link(kept)

        def startPrefixMapping(self, prefix: Any, uri: Any) -> None:  # noqa: N802  # the names are SAX's
            self.bound += 1
            if self.bound <= MOST_PREFIXES:
                super().startPrefixMapping(prefix, uri)

        def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802
            self.flush()
            self.nested += 1
            self.elements += 1
            if self.nested > MOST_DEPTH:
                raise _TooDeep
            if self.elements > MOST_ELEMENTS or thread_time() > self.until:
                raise _Enough("it holds more than any feed needs")
            begins = not self.passed_over and not self.incontent and name[1].lower() in ("item", "entry")
            if begins and len(self.entries) >= MOST_ITEMS:
                raise _Enough(f"more than {MOST_ITEMS:,} items")
            self.of_item = 0 if begins else self.of_item + (not self.incontent)
            # Lists of what an item has are searched for each thing that is added to them.
            if self.passed_over or self.of_item > MOST_OF_ITEM or _OF_LIBRARY.fullmatch(name[1]):
                self.passed_over += 1
                return
            super().startElementNS(name, qname, attrs if len(attrs) <= MOST_ATTRIBUTES else _NO_ATTRIBUTES)

        def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: N802
            self.flush()
            self.nested -= 1
            if self.passed_over:
                self.passed_over -= 1
            else:
                super().endElementNS(name, qname)

        def characters(self, text: str) -> None:
            # A text comes in many pieces, one for each reference in it: together they are handled once.
            self.pieces.append(text)

        def flush(self) -> None:
            """Hands on the text before a tag, cut where no more of it would be kept.

            An address that was cut stays too long to be one.
            """
            text = "".join(self.pieces)
            self.pieces.clear()
            if text and not self.passed_over:
                long = self.incontent or (self.elementstack and self.elementstack[-1][0] in _LONG)
                super().characters(text[: LONGEST_RAW if long else LONGEST_ADDRESS + 1])

    return Handler


def _draft(entry: Mapping[str, Any], address: str, language: str | None, found: Drafted, now: datetime) -> Draft:
    atom = found.kind is Kind.ATOM
    guid = _of(entry, "id")
    guid = storable(guid.strip())[:LONGEST_GUID] if isinstance(guid, str) else None
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
        guid=guid or None,
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
    told = [name for name in dict.fromkeys(names) if name]
    if told:
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
    return tuple(dict.fromkeys(one for one in told if one))
