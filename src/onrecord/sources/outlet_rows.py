"""One outlet, and one table of the sources file that defines it: strict, limited, told what to write instead."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from onrecord.errors import SettingsError
from onrecord.sources.countries import COUNTRIES, MEANT
from onrecord.sources.feeds.addresses import LONGEST_ADDRESS, comparable
from onrecord.sources.feeds.fields import language_tag, plain

MOST_ENTRIES: Final = 500
"""Entries of one list."""
LONGEST_NAME: Final = 200
MOST_PER_DAY: Final = 100_000
_LISTS: Final = ("domains", "feeds", "sitemaps")
KEYS: Final = ("name", "family", "country", "language", *_LISTS, "per_day")
_MEANT: Final = {
    "title": "name",
    "publisher": "family",
    "owner": "family",
    "group": "family",
    "lang": "language",
    "url": "domains",
    "site": "domains",
    "rss": "feeds",
    "atom": "feeds",
    "volume": "per_day",
}
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes reports, and where they are to be found."""

    name: str
    family: str
    country: str | None = None
    language: str | None = None
    domains: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    per_day: float | None = None

    @property
    def hosts(self) -> tuple[str, ...]:
        """Where its pages stand: its domains, else the hosts of its feeds and sitemaps."""
        told = (host_of(address).removeprefix("www.") for address in (*self.feeds, *self.sitemaps))
        return self.domains or tuple(dict.fromkeys(told))


def host_of(address: str) -> str:
    """The host of an address in small letters; "" where it has none.

    >>> host_of("https://WWW.News.example:8443/a")
    'www.news.example'
    """
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host if host.isascii() else domain_in(host) or host


def domain_in(value: str) -> str | None:
    """A domain in small letters and as names are looked up, or None where it is none.

    >>> domain_in("Müller.example"), domain_in("a b")
    ('xn--mller-kva.example', None)
    """
    try:
        written = value.strip().rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    sound = written and len(written) <= 253 and all(map(_LABEL.fullmatch, written.split(".")))
    return written if sound else None


class OutletRow:
    """One table of the file, with the place that its errors name."""

    def __init__(self, row: Mapping[str, Any], where: str) -> None:
        self._row = row
        name = row.get("name")
        self._where = f"{where} ({shown(name)})" if isinstance(name, str) and name else where

    def outlet(self) -> Outlet:
        for key in self._row:
            if key not in KEYS:
                near = _MEANT.get(key.lower()) or next(iter(get_close_matches(key.lower(), KEYS, 1)), None)
                instead = f"write `{near}`" if near else f"there are {', '.join(KEYS)}"
                self._refuse(f"the key {shown(key)} is not known; {instead}")
        name = self._name("name")
        if name is None:
            self._refuse('it needs a name: name = "The Eskmouth Courier"')
        return Outlet(
            name=name,
            family=self._name("family") or name,
            country=self._country(),
            language=self._language(),
            domains=self._list("domains", self._domain),
            feeds=self._list("feeds", self._address),
            sitemaps=self._list("sitemaps", self._address),
            per_day=self._per_day(),
        )

    def _refuse(self, what: str) -> NoReturn:
        raise SettingsError(f"{self._where}: {what}")

    def _name(self, key: str) -> str | None:
        value = self._row.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self._refuse(f"`{key}` is a name in quotation marks, not {shown(value)}")
        if len(value) > LONGEST_NAME:
            self._refuse(f"`{key}` is longer than {LONGEST_NAME} characters; shorten it")
        written = plain(value, LONGEST_NAME)
        if written is None:
            self._refuse(f"`{key}` is empty; write a name or leave it out")
        return written

    def _country(self) -> str | None:
        value = self._row.get("country")
        if value is None:
            return None
        letters = value.strip().upper() if isinstance(value, str) else ""
        if letters not in COUNTRIES:
            instead = f'write "{MEANT[letters]}"' if letters in MEANT else 'write two letters of ISO 3166, such as "DE"'
            self._refuse(f"`country` {shown(value)} is no country's code; {instead}")
        return letters

    def _language(self) -> str | None:
        value = self._row.get("language")
        if value is None:
            return None
        tag = language_tag(value)
        if tag is None:
            self._refuse(f'`language` {shown(value)} is no tag of a language; write one such as "en" or "pt-BR"')
        return tag

    def _per_day(self) -> float | None:
        value = self._row.get("per_day")
        if value is None:
            return None
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not number or not 0 < value <= MOST_PER_DAY:
            self._refuse(f"`per_day` {shown(value)} is no number of reports a day; write one such as 40, or 0.5")
        return float(value)

    def _list(self, key: str, entry: Callable[[str, str], str]) -> tuple[str, ...]:
        value = self._row.get(key, [])
        if isinstance(value, str):
            self._refuse(f"`{key}` is a list; write {key} = [{shown(value)}]")
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._refuse(f"`{key}` is a list of texts in quotation marks")
        if len(value) > MOST_ENTRIES:
            self._refuse(f"`{key}` has {len(value)} entries; at most {MOST_ENTRIES} can stand there")
        found: dict[str, str] = {}
        for one in value:
            written = entry(one, key)
            same = comparable(written) if key != "domains" else written
            if same in found:
                self._refuse(f"`{key}` has {shown(one)} twice; leave one out")
            found[same] = written
        return tuple(found.values())

    def _address(self, value: str, key: str) -> str:
        if why := address_fault(value):
            self._refuse(f"`{key}`: {shown(value)} {why}")
        return value.strip()

    def _domain(self, value: str, _key: str = "") -> str:
        host = value.strip()
        if "/" in host or "@" in host:
            inside = host_of(host if "//" in host else f"//{host}").removeprefix("www.")
            self._refuse(f"`domains`: {shown(value)} is an address; write only {shown(inside or 'news.example')}")
        written = domain_in(host)
        if written is None:
            self._refuse(f'`domains`: {shown(value)} is no domain; write one such as "news.example"')
        return written


def address_fault(value: str) -> str | None:
    """What is wrong with an address that is to be fetched, with what to do; None where nothing is.

    >>> address_fault("news.example/rss")
    'is no address; write "https://news.example/rss"'
    """
    value = value.strip()
    if len(value) > LONGEST_ADDRESS:
        return f"is longer than {LONGEST_ADDRESS:,} characters"
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no address that can be read"
    if not value.isprintable() or " " in value:
        return "has blanks or control characters in it; leave them out"
    if parts.scheme.lower() not in ("http", "https"):
        if "://" in value or not re.match(r"[\w-]+\.[\w.-]+(?:[:/]|$)", value):
            return "is no address of the web; it begins with https:// or http://"
        return f'is no address; write "https://{value}"'
    if parts.username is not None or parts.password is not None:
        return "has a name or password in it; leave them out"
    return None if host else "has no host"


def shown(value: object) -> str:
    """A value in an error, short and on one line."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= 80 else f"{written[:79]}…"
