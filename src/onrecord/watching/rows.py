"""What the state of watching keeps of feeds, pages and fetched answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from onrecord.sources.feeds import FeedItem
from onrecord.sources.fetching import Fetched
from onrecord.sources.outlet_rows import host_of


def bare_host(address: str) -> str:
    """The host of an address, without "www."."""
    return host_of(address).removeprefix("www.")


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
    every: float | None = None
    """Seconds of its own rhythm, as they were reckoned when it last had something to tell."""

    @property
    def host(self) -> str:
        """The host that it is asked of, without "www."."""
        return bare_host(self.address)


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

    @property
    def host(self) -> str:
        """The host that it is asked of, without "www."."""
        return bare_host(self.address)


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
        return cls(feed, **{name: getattr(item, name) for name in _SAID})

    def row(self) -> dict[str, object]:
        """It as an object for JSON, without what the feed does not say."""
        said = {name: getattr(self, name) for name in _SAID}
        values = {
            name: one.astimezone(UTC).isoformat() if isinstance(one, datetime) else one for name, one in said.items()
        }
        return {"address": self.feed, **{name: value for name, value in values.items() if value}}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Told:
        """What `row` wrote, and JSON kept."""
        said: dict[str, Any] = {name: value for name, value in row.items() if name in _SAID}
        said.update({name: datetime.fromisoformat(said[name]) for name in ("published", "updated") if name in said})
        return cls(row["address"], **said | {"categories": tuple(said.get("categories", ()))})


_SAID: Final = tuple(one.name for one in fields(Told) if one.name != "feed")


@dataclass(frozen=True, slots=True)
class Held:
    """An answer that came and is not on the record yet; `archived` says whether the archive of captures has it."""

    id: int
    page: str
    fetched: Fetched
    archived: bool
