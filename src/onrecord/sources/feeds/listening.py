"""A document handed to feedparser event by event, by a parser that fetches nothing and stops at limits.

feedparser knows the names that the formats and their extensions have for one thing. Of it only the class that takes the
events of a strict parser is used: its way of opening what it is given, and its loose parser, are not.
"""

from __future__ import annotations

import io
import re
import xml.sax
import xml.sax.handler
from collections.abc import Callable
from functools import cache
from time import thread_time
from typing import Any, Final
from xml.sax.expatreader import ExpatParser
from xml.sax.xmlreader import AttributesNSImpl

from onrecord.errors import ExtraMissing, InputError
from onrecord.sources.feeds.addresses import LONGEST_ADDRESS
from onrecord.sources.feeds.fields import LONGEST_RAW
from onrecord.sources.feeds.items import (
    MOST_ATTRIBUTES,
    MOST_DEPTH,
    MOST_ELEMENTS,
    MOST_ITEMS,
    MOST_OF_ITEM,
    MOST_PREFIXES,
    MOST_SECONDS,
    Faults,
)

_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:/", re.IGNORECASE)
_LONG: Final = frozenset(("title", "description", "summary", "content", "subtitle"))
_NO_ATTRIBUTES: Final = AttributesNSImpl({}, {})
_OF_LIBRARY = re.compile(r"links|\w+_(?:detail|parsed)", re.IGNORECASE)
"""Elements that no format has, under whose names the library keeps its own lists."""


class _Enough(Exception):
    """A limit is reached; what was read until then stays."""


class _TooDeep(Exception):
    """Elements are nested deeper than any feed needs."""


def heard(text: str, address: str, faults: Faults) -> tuple[Any, str | None]:
    """A document as feedparser took its events, with `entries` and `feeddata`, and why it ended early, if it did.

    Raises:
        InputError: "nested too deep".
        ExtraMissing: without feedparser.
    """
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
        faults.tell(f"{limit}; what lies beyond was left out")
    except _TooDeep:
        raise InputError("nested too deep", f"more than {MOST_DEPTH} elements inside each other") from None
    except xml.sax.SAXException as error:
        line = getattr(error, "getLineNumber", lambda: None)()
        told = f"{error.getMessage()}{'' if line is None else f' in line {line}'}"
    if handler.stumbled:
        faults.tell("some of it could not be understood and was passed over")
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
            self.stumbled = False

        def take(self, step: Callable[..., None], *arguments: Any) -> None:
            """Has the library take an event.

            It looks up what to do by names that stand in the feed, and stumbles in many ways over what nobody writes
            in earnest; what comes behind that is read all the same.
            """
            try:
                step(*arguments)
            except Exception:
                self.stumbled = True

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
            attrs = attrs if len(attrs) <= MOST_ATTRIBUTES else _NO_ATTRIBUTES
            self.take(super().startElementNS, name, qname, attrs)

        def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: N802
            self.flush()
            self.nested -= 1
            if self.passed_over:
                self.passed_over -= 1
            else:
                self.take(super().endElementNS, name, qname)

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
