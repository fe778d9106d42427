"""The six outlets of the example crisis as sites: where each lives, how it tells of its articles, and who owns it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Telling(StrEnum):
    """How an outlet tells of what is new."""

    RSS = "RSS"
    ATOM = "Atom"
    JSON = "JSON Feed"
    SITEMAP = "news sitemap"


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet, below a path of its own on the newsroom's server.

    `feed` is the path of its feed or sitemap, `listed` the one that the sources file names: it may lead to `feed`.
    """

    name: str
    family: str
    language: str
    domain: str
    path: str
    telling: Telling
    feed: str
    listed: str


OUTLETS = (
    Outlet(
        "Halyard News Agency",
        "Halyard cooperative",
        "en",
        "halyard.example",
        "/halyard",
        Telling.RSS,
        "/halyard/rss.xml",
        "/halyard/rss.xml",
    ),
    Outlet(
        "The Eskmouth Courier",
        "Tidewater Press Group",
        "en-GB",
        "eskmouthcourier.example",
        "/eskmouthcourier",
        Telling.ATOM,
        "/eskmouthcourier/atom.xml",
        "/eskmouthcourier/atom.xml",
    ),
    Outlet(
        "Calder Tribune",
        "Tidewater Press Group",
        "en",
        "caldertribune.example",
        "/caldertribune",
        Telling.SITEMAP,
        "/caldertribune/news-sitemap.xml",
        "/caldertribune/sitemap.xml",
    ),
    Outlet(
        "Orlamar 24",
        "Orlamar 24 Comunicación",
        "en",
        "orlamar24.example",
        "/orlamar24",
        Telling.RSS,
        "/orlamar24/en/feed/",
        "/orlamar24/en/feed/",
    ),
    Outlet(
        "Harvenia One",
        "The state of Harvenia",
        "en",
        "harvenia-one.example",
        "/harvenia-one",
        Telling.JSON,
        "/harvenia-one/feed.json",
        "/harvenia-one/feed.json",
    ),
    Outlet(
        "The Sceptical Ferryman",
        "Odile Marsh",
        "en",
        "ferryman.example",
        "/ferryman",
        Telling.ATOM,
        "/ferryman/feed.xml",
        "/ferryman/rss",
    ),
)
