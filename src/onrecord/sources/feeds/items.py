"""What a feed gives: its items, the addresses of further sitemaps, and what was wrong, in words.

A reader of one format gathers `Draft`s; `finished` makes `FeedItem`s of those that have an address.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Final

MOST_BYTES: Final = 20_000_000
"""A feed larger than this, unpacked, is refused."""
MOST_ITEMS: Final = 10_000
"""Items of one feed; those beyond are left out, with a fault."""
MOST_IN_SITEMAP: Final = 50_000
"""Addresses of one sitemap: the most that the protocol allows."""
MOST_DEPTH: Final = 100
"""Elements inside each other."""
MOST_ATTRIBUTES: Final = 200
"""Attributes of one element; more are passed over."""
MOST_ELEMENTS: Final = 500_000
"""Elements of one feed."""
MOST_OF_ITEM: Final = 1_000
"""Elements of one item, those of its text apart; more are passed over."""
MOST_PREFIXES: Final = 1_000
MOST_SECONDS: Final = 20.0
"""After so much time of the processor a feed is read no further: no honest one takes a tenth of it."""
MOST_CATEGORIES: Final = 100
MOST_AUTHORS: Final = 20
LONGEST_TITLE: Final = 1_000
LONGEST_SUMMARY: Final = 10_000
LONGEST_NAME: Final = 300
"""Characters of an author, a source or a category."""
LONGEST_GUID: Final = 2_000
_MOST_FAULTS: Final = 50


class Kind(StrEnum):
    """The formats that are told apart."""

    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"
    JSON = "json"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap index"


@dataclass(frozen=True, slots=True)
class Draft:
    """An item before it is known whether it has an address.

    Times are in UTC, texts are plain and on one line, addresses are http(s) and absolute.
    """

    address: str | None = None
    guid: str | None = None
    """As the feed gives it, apart from white space around it; it says nothing of what it looks like."""
    title: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    author: str | None = None
    summary: str | None = None
    source: str | None = None
    """Where the feed says that the item comes from, or whose news a news sitemap lists."""
    source_address: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None


_VALUES: Final = attrgetter(*(one.name for one in fields(Draft)))


@dataclass(frozen=True, slots=True)
class FeedItem(Draft):
    """An item that has an address."""

    address: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What one feed holds. `further` are addresses of sitemaps that an index names."""

    kind: Kind
    title: str | None
    items: tuple[FeedItem, ...]
    further: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class Faults:
    """What is wrong with a feed, each thing told once with how often it came up."""

    _counted: Counter[str] = field(default_factory=Counter)

    def tell(self, what: str) -> None:
        """Notes a fault; beyond some fifty different ones nothing new is kept."""
        if what in self._counted or len(self._counted) < _MOST_FAULTS:
            self._counted[what] += 1

    def before(self, others: Faults) -> Faults:
        """These and, behind them, others."""
        return Faults(self._counted + others._counted)

    def in_words(self) -> tuple[str, ...]:
        """
        >>> faults = Faults()
        >>> faults.tell("no address"); faults.tell("no address"); faults.tell("not well-formed")
        >>> faults.in_words()
        ('no address (2 times)', 'not well-formed')
        """
        return tuple(what if times == 1 else f"{what} ({times} times)" for what, times in self._counted.items())


@dataclass(slots=True)
class Drafted:
    """What a reader of one format found, with items that have no address too."""

    kind: Kind
    title: str | None = None
    drafts: list[Draft] = field(default_factory=list)
    further: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    def finished(self) -> Feed:
        """The feed of all items that have an address; those without are a fault."""
        items = []
        for one in self.drafts:
            if one.address is None:
                self.faults.tell("an item without an address was left out")
            else:
                items.append(FeedItem(*_VALUES(one)))
        return Feed(self.kind, self.title, tuple(items), tuple(self.further), self.faults.in_words())
