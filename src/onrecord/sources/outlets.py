"""The sources file: which outlets are watched, read strictly, with errors that say what to write instead.

All that an outlet may have; a name is enough:

    [[outlet]]
    name = "The Eskmouth Courier"                          # as reports are to name it
    family = "Tidewater Press Group"                       # its publisher; its own name unless told
    country = "GB"                                         # two letters of ISO 3166
    language = "en-GB"                                     # a tag of BCP 47
    domains = ["eskmouthcourier.example"]                  # where its pages stand, below them too
    feeds = ["https://eskmouthcourier.example/rss.xml"]    # RSS, Atom, JSON Feed
    sitemaps = ["https://eskmouthcourier.example/news.xml"]
    per_day = 40                                           # about how many reports come a day

The same tables say who publishes an outlet (`Settings.families`), so that one onrecord.toml serves for both. A list of
subscriptions (OPML) serves as well; what it holds and what not is told in `sources/opml.py`.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from onrecord.errors import SettingsError
from onrecord.sources.countries import COUNTRIES, MEANT
from onrecord.sources.feeds.addresses import LONGEST_ADDRESS, comparable
from onrecord.sources.feeds.fields import language_tag, plain

LONGEST_FILE: Final = 2_000_000
"""Bytes of a sources file."""
MOST_OUTLETS: Final = 5_000
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
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


class Outlets:
    """Outlets by their domains."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_host: dict[str, Outlet] = {}
        for outlet in outlets:
            for host in outlet.hosts:
                self._by_host.setdefault(host, outlet)

    def of(self, address: str) -> Outlet | None:
        """The outlet whose domain is the longest that an address lies in; None where it lies in none."""
        host = host_of(address)
        while host:
            if found := self._by_host.get(host):
                return found
            host = host.partition(".")[2]
        return None


def outlet_of(address: str, outlets: Iterable[Outlet]) -> Outlet | None:
    """The outlet whose domain is the longest that an address lies in; for many addresses make `Outlets` once.

    >>> courier = Outlet("The Courier", "Tidewater", domains=("courier.example",))
    >>> found = outlet_of("https://sport.courier.example/1", [courier]); found.name
    'The Courier'
    """
    return Outlets(outlets).of(address)


def outlets_in(path: Path) -> tuple[Outlet, ...]:
    """The outlets of a sources file, in its order: TOML, or a list of subscriptions (OPML).

    Raises:
        SettingsError: when it cannot be read or used; it names the file, the table, and what to write.
    """
    content = file_content(path)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        from onrecord.sources.opml import outlets_of_opml

        return outlets_of_opml(content, str(path)).outlets
    try:
        return outlets(content.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8; save it as UTF-8") from error


def file_content(path: Path) -> bytes:
    """The bytes of a sources file.

    Raises:
        SettingsError: when it cannot be read or is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror or error}") from error
    if len(content) > LONGEST_FILE:
        raise SettingsError(f"{path} is larger than {LONGEST_FILE:,} bytes; split the outlets over several files")
    return content


def outlets(text: str, where: str) -> tuple[Outlet, ...]:
    """The outlets that a TOML text defines, in its order; `where` names the file in errors.

    Raises:
        SettingsError: for anything that cannot be used.
    """
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{where} cannot be read as TOML: {str(error) or 'nested too deep'}") from error
    unknown = next((key for key in table if key not in ("onrecord", "outlet")), None)
    if unknown is not None:
        raise SettingsError(f"{where}: {_shown(unknown)} is not known here; write each outlet as [[outlet]]")
    rows = table.get("outlet", [])
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise SettingsError(f"{where}: write each outlet as [[outlet]], with two brackets on each side")
    if len(rows) > MOST_OUTLETS:
        raise SettingsError(f"{where}: {len(rows)} outlets; at most {MOST_OUTLETS} can stand in one file")
    found = tuple(_Row(row, f"{where}: outlet {number}").outlet() for number, row in enumerate(rows, start=1))
    told_once(found, where)
    return found


def told_once(found: Iterable[Outlet], where: str) -> None:
    """Refuses two outlets of one name, and what stands with two of them.

    Raises:
        SettingsError: naming both.
    """
    names: dict[str, str] = {}
    owners: dict[tuple[str, str], str] = {}
    for outlet in found:
        key = " ".join(outlet.name.casefold().split())
        if key in names:
            raise SettingsError(f"{where}: two outlets are named {_shown(outlet.name)}; write them as one [[outlet]]")
        names[key] = outlet.name
        entries = [("domain", one) for one in outlet.domains]
        entries += [("feed", comparable(one)) for one in outlet.feeds]
        entries += [("sitemap", comparable(one)) for one in outlet.sitemaps]
        for entry in entries:
            owner = owners.setdefault(entry, outlet.name)
            if owner != outlet.name:
                raise SettingsError(
                    f"{where}: the {entry[0]} {_shown(entry[1])} stands with {_shown(owner)} and with "
                    f"{_shown(outlet.name)}; leave it with one of them"
                )


class _Row:
    """One table of the file, with the place that its errors name."""

    def __init__(self, row: Mapping[str, Any], where: str) -> None:
        self._row = row
        name = row.get("name")
        self._where = f"{where} ({_shown(name)})" if isinstance(name, str) and name else where

    def outlet(self) -> Outlet:
        for key in self._row:
            if key not in KEYS:
                near = _MEANT.get(key.lower()) or next(iter(get_close_matches(key.lower(), KEYS, 1)), None)
                instead = f"write `{near}`" if near else f"there are {', '.join(KEYS)}"
                self._refuse(f"the key {_shown(key)} is not known; {instead}")
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
            self._refuse(f"`{key}` is a name in quotation marks, not {_shown(value)}")
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
            self._refuse(f"`country` {_shown(value)} is no country's code; {instead}")
        return letters

    def _language(self) -> str | None:
        value = self._row.get("language")
        if value is None:
            return None
        tag = language_tag(value)
        if tag is None:
            self._refuse(f'`language` {_shown(value)} is no tag of a language; write one such as "en" or "pt-BR"')
        return tag

    def _per_day(self) -> float | None:
        value = self._row.get("per_day")
        if value is None:
            return None
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not number or not 0 < value <= MOST_PER_DAY:
            self._refuse(f"`per_day` {_shown(value)} is no number of reports a day; write one such as 40, or 0.5")
        return float(value)

    def _list(self, key: str, entry: Any) -> tuple[str, ...]:
        value = self._row.get(key, [])
        if isinstance(value, str):
            self._refuse(f"`{key}` is a list; write {key} = [{_shown(value)}]")
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._refuse(f"`{key}` is a list of texts in quotation marks")
        if len(value) > MOST_ENTRIES:
            self._refuse(f"`{key}` has {len(value)} entries; at most {MOST_ENTRIES} can stand there")
        found: dict[str, str] = {}
        for one in value:
            written = entry(one, key)
            same = comparable(written) if key != "domains" else written
            if same in found:
                self._refuse(f"`{key}` has {_shown(one)} twice; leave one out")
            found[same] = written
        return tuple(found.values())

    def _address(self, value: str, key: str) -> str:
        if why := address_fault(value):
            self._refuse(f"`{key}`: {_shown(value)} {why}")
        return value.strip()

    def _domain(self, value: str, _key: str = "") -> str:
        host = value.strip()
        if "/" in host or "@" in host:
            inside = host_of(host if "//" in host else f"//{host}").removeprefix("www.")
            self._refuse(f"`domains`: {_shown(value)} is an address; write only {_shown(inside or 'news.example')}")
        try:
            written = host.rstrip(".").encode("idna").decode("ascii").lower()
        except UnicodeError:
            written = ""
        if not written or len(written) > 253 or not all(map(_LABEL.fullmatch, written.split("."))):
            self._refuse(f'`domains`: {_shown(value)} is no domain; write one such as "news.example"')
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


def _shown(value: object) -> str:
    """A value in an error, short and on one line."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= 80 else f"{written[:79]}…"


def in_toml(found: Iterable[Outlet]) -> str:
    """Outlets as tables of a sources file."""
    tables = []
    for outlet in found:
        lines = ["[[outlet]]", f"name = {_quoted(outlet.name)}"]
        if outlet.family != outlet.name:
            lines.append(f"family = {_quoted(outlet.family)}")
        for key, value in (("country", outlet.country), ("language", outlet.language)):
            if value is not None:
                lines.append(f"{key} = {_quoted(value)}")
        for key, entries in (("domains", outlet.domains), ("feeds", outlet.feeds), ("sitemaps", outlet.sitemaps)):
            if entries:
                lines.append(f"{key} = [{', '.join(map(_quoted, entries))}]")
        if outlet.per_day is not None:
            lines.append(f"per_day = {outlet.per_day:g}")
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def _quoted(value: str) -> str:
    """A basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
