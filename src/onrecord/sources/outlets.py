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
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from onrecord.errors import SettingsError
from onrecord.settings import toml_in
from onrecord.sources.feeds.addresses import comparable
from onrecord.sources.outlet_rows import Outlet, OutletRow, host_of, shown

__all__ = ["Outlet", "Outlets", "in_toml", "outlet_of", "outlets", "outlets_in"]

LONGEST_FILE: Final = 2_000_000
"""Bytes of a sources file."""
MOST_OUTLETS: Final = 5_000


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
    return told_in(path)[0]


def told_in(path: Path) -> tuple[tuple[Outlet, ...], tuple[str, ...]]:
    """The same, and what of a list of subscriptions was left out, in words.

    Raises:
        SettingsError: as `outlets_in` does.
    """
    content = file_content(path)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        from onrecord.sources.opml import outlets_of_opml

        read = outlets_of_opml(content, str(path))
        return read.outlets, read.faults
    return outlets(_as_text(content, path), str(path)), ()


def file_text(path: Path) -> str:
    """The text of a sources file that is TOML.

    Raises:
        SettingsError: when it cannot be read or is too large.
    """
    return _as_text(file_content(path), path)


def _as_text(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
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
    table = toml_in(text, where)
    unknown = next((key for key in table if key not in ("onrecord", "outlet")), None)
    if unknown is not None:
        raise SettingsError(f"{where}: {shown(unknown)} is not known here; write each outlet as [[outlet]]")
    rows = table.get("outlet", [])
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise SettingsError(f"{where}: write each outlet as [[outlet]], with two brackets on each side")
    if len(rows) > MOST_OUTLETS:
        raise SettingsError(f"{where}: {len(rows)} outlets; at most {MOST_OUTLETS} can stand in one file")
    found = tuple(OutletRow(row, f"{where}: outlet {number}").outlet() for number, row in enumerate(rows, start=1))
    told_once(found, where)
    return found


def told_once(found: Iterable[Outlet], where: str) -> None:
    """Refuses two outlets of one name, and what stands with two of them.

    Raises:
        SettingsError: naming both.
    """
    names: set[str] = set()
    owners: dict[tuple[str, str], str] = {}
    for outlet in found:
        key = " ".join(outlet.name.casefold().split())
        if key in names:
            raise SettingsError(f"{where}: two outlets are named {shown(outlet.name)}; write them as one [[outlet]]")
        names.add(key)
        entries = [("domain", one) for one in outlet.domains]
        entries += [("feed", comparable(one)) for one in outlet.feeds]
        entries += [("sitemap", comparable(one)) for one in outlet.sitemaps]
        for entry in entries:
            owner = owners.setdefault(entry, outlet.name)
            if owner != outlet.name:
                raise SettingsError(
                    f"{where}: the {entry[0]} {shown(entry[1])} stands with {shown(owner)} and with "
                    f"{shown(outlet.name)}; leave it with one of them"
                )


def added(there: Iterable[Outlet], others: Iterable[Outlet]) -> tuple[tuple[Outlet, ...], tuple[str, ...]]:
    """Of other outlets those that can stand beside the ones that are there, and in words what of them cannot.

    An outlet that is there under its name stays as it is; of another one's feeds and domains those are left out that
    stand with an outlet already.
    """
    there = tuple(there)
    names = {one.name.casefold() for one in there}
    domains = {domain for one in there for domain in one.domains}
    feeds = {comparable(feed) for one in there for feed in one.feeds}
    new: list[Outlet] = []
    kept: list[str] = []
    for one in others:
        left = tuple(feed for feed in one.feeds if comparable(feed) not in feeds)
        if one.name.casefold() in names:
            if left:
                kept.append(f"{one.name} stands there already; add by hand what you want of {', '.join(left)}")
        elif left:
            free = tuple(domain for domain in one.domains if domain not in domains)
            new.append(replace(one, feeds=left, domains=free))
    return tuple(new), tuple(kept)


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
            per_day = int(outlet.per_day) if outlet.per_day.is_integer() else outlet.per_day
            lines.append(f"per_day = {per_day}")
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def _quoted(value: str) -> str:
    """A basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
