"""What the state of watching keeps of feeds, pages and fetched answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from onrecord.sources.feeds import FeedItem


class Stage(StrEnum):
    """How far a page has come."""

    WAITING = "waiting"
    """It is to be fetched for the first time."""
    READ = "read"
    """A text of it is on the record."""
    GONE = "gone"
    LEFT = "left"
    """It makes no report, may not be fetched, or did not come however often it was asked for."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed or a sitemap, and how it went; times are in UTC."""

    address: str
    outlet: str
    due: datetime
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    looked: datetime | None = None
    items: int = 0
    problem: str | None = None
    named_by: str | None = None
    """The sitemap's index that names it; None for one that the sources file names."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page that a feed names; `page` is its address made comparable, `due` None when it is not looked at any more.

    `told` is what the feed says of it, `sha256` the hash of the content that came last, `first` when it was first read.
    """

    page: str
    address: str
    outlet: str | None
    told: Told
    due: datetime | None
    stage: Stage = Stage.WAITING
    looks: int = 0
    tries: int = 0
    first: datetime | None = None
    etag: str | None = None
    modified: str | None = None
    sha256: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed says of a page, kept with the report that the page makes."""

    feed: str
    guid: str | None = None
    title: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    author: str | None = None
    source: str | None = None
    source_address: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None

    @classmethod
    def by(cls, feed: str, item: FeedItem) -> Told:
        """What a feed's item says."""
        return cls(
            feed,
            item.guid,
            item.title,
            item.published,
            item.updated,
            item.author,
            item.source,
            item.source_address,
            item.categories,
            item.language,
        )

    def as_json(self) -> str:
        """It as JSON text, without what the feed does not say."""
        values = {
            "address": self.feed,
            "guid": self.guid,
            "title": self.title,
            "published": _iso(self.published),
            "updated": _iso(self.updated),
            "author": self.author,
            "source": self.source,
            "source_address": self.source_address,
            "categories": list(self.categories),
            "language": self.language,
        }
        return json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False)

    @classmethod
    def of_json(cls, text: str) -> Told:
        """What `as_json` wrote."""
        row: dict[str, Any] = json.loads(text)
        return cls(
            row["address"],
            row.get("guid"),
            row.get("title"),
            _time(row.get("published")),
            _time(row.get("updated")),
            row.get("author"),
            row.get("source"),
            row.get("source_address"),
            tuple(row.get("categories", ())),
            row.get("language"),
        )


@dataclass(frozen=True, slots=True)
class HeldHop:
    """One exchange of an answer that is held; as `fetching.Hop`."""

    address: str
    request_head: bytes = field(repr=False)
    response_head: bytes = field(repr=False)
    raw_body: bytes = field(repr=False)
    at: datetime
    ip: str


@dataclass(frozen=True, slots=True)
class Held:
    """An answer that came and is not on the record yet; `archived` says whether the archive of captures has it."""

    id: int
    page: str
    final: str
    at: datetime
    status: int
    media_type: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    hops: tuple[HeldHop, ...]
    archived: bool


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
