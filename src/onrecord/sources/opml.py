"""OPML 2.0 (http://opml.org/spec2.opml), the lists of subscriptions that feed readers exchange.

It holds of an outlet its name, its feeds, the page it stands on, its language, and its family as the folder it lies in;
not its country, further domains, sitemaps, or what is expected a day. Feeds of one name in one folder are one outlet's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from onrecord.errors import InputError, SettingsError
from onrecord.sources.feeds.addresses import comparable
from onrecord.sources.feeds.characters import characters, cleaned
from onrecord.sources.feeds.fields import language_tag, plain
from onrecord.sources.feeds.items import Faults
from onrecord.sources.feeds.repairing import tree_in
from onrecord.sources.outlet_rows import LONGEST_NAME, MOST_ENTRIES, Outlet, address_fault, domain_in, host_of
from onrecord.sources.outlets import MOST_OUTLETS

MOST_OUTLINES: Final = 20_000
MOST_FOLDERS: Final = 20
"""Folders inside each other."""


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The outlets of a list, and what of it was left out, in words."""

    outlets: tuple[Outlet, ...]
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """An outlet whose outlines are still being gathered."""

    name: str
    family: str
    language: str | None
    domains: dict[str, None]
    feeds: dict[str, str]


def outlets_of_opml(content: bytes, where: str, *, folders: bool = True) -> Subscriptions:
    """The outlets of a list of subscriptions; `where` names it in errors.

    With `folders` the innermost folder is the family of what lies in it; else each outlet is its own.

    Raises:
        SettingsError: when it is no such list.
    """
    faults = Faults()
    gathered: dict[tuple[str, str], _Gathered] = {}
    seen: dict[str, str] = {}
    for number, (outline, folder) in enumerate(_outlines(_body(content, where, faults), faults)):
        if number >= MOST_OUTLINES:
            faults.tell(f"more than {MOST_OUTLINES:,} outlines; those beyond were left out")
            break
        address = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if not address:
            continue
        name = _name(outline) or host_of(address)
        if why := address_fault(address):
            faults.tell(f"the feed of {name or 'an outline without a name'} {why}; it was left out")
            continue
        if seen.setdefault(comparable(address), name) != name:
            faults.tell(f"the feed of {name} stands there already under {seen[comparable(address)]}; it was left out")
            continue
        family = (folder if folders else None) or name
        one = gathered.setdefault((family, name.casefold()), _Gathered(name, family, None, {}, {}))
        if len(one.feeds) < MOST_ENTRIES:
            one.feeds.setdefault(comparable(address), address)
        one.language = one.language or language_tag(outline.get("language"))
        if page := domain_in(host_of((outline.get("htmlUrl") or "").strip()).removeprefix("www.")):
            one.domains.setdefault(page, None)
    return Subscriptions(_told_apart(list(gathered.values()), faults), faults.in_words())


def _body(content: bytes, where: str, faults: Faults) -> etree._Element:
    try:
        text = cleaned(characters(content, None, faults), faults)
    except InputError as error:
        raise SettingsError(f"{where} is no list of subscriptions (OPML): {error}") from error
    root = tree_in(text, faults)
    body = None if root is None or str(root.tag).lower() != "opml" else root.find("body")
    if body is None:
        raise SettingsError(f"{where} is no list of subscriptions (OPML); a sources file is TOML, with [[outlet]]")
    return body


def _outlines(body: etree._Element, faults: Faults) -> list[tuple[etree._Element, str | None]]:
    """Every outline in its order, with the name of the folder it lies in; without recursion."""
    found: list[tuple[etree._Element, str | None]] = []
    waiting: list[tuple[etree._Element, str | None, int]] = [(one, None, 0) for one in reversed(body)]
    while waiting:
        outline, folder, depth = waiting.pop()
        if outline.tag != "outline":
            continue
        found.append((outline, folder))
        if depth >= MOST_FOLDERS:
            faults.tell(f"folders deeper than {MOST_FOLDERS} were left out")
            continue
        inner = folder if outline.get("xmlUrl") else _name(outline) or folder
        waiting += [(one, inner, depth + 1) for one in reversed(outline)]
    return found


def _name(outline: etree._Element) -> str | None:
    return plain(outline.get("text"), LONGEST_NAME, markup=True) or plain(
        outline.get("title"), LONGEST_NAME, markup=True
    )


def _told_apart(gathered: list[_Gathered], faults: Faults) -> tuple[Outlet, ...]:
    """Outlets with names and domains that are each one's own."""
    names: set[str] = set()
    domains: set[str] = set()
    found: list[Outlet] = []
    for one in gathered[:MOST_OUTLETS]:
        name = one.name
        if name.casefold() in names:
            name = f"{one.name} ({one.family})"
            number = 2
            while name.casefold() in names:
                name, number = f"{one.name} ({one.family}, {number})", number + 1
            faults.tell(f"two outlets are named {one.name}; one is called {name}")
        names.add(name.casefold())
        own = tuple(domain for domain in one.domains if domain not in domains)
        domains.update(own)
        family = name if one.family == one.name else one.family
        found.append(Outlet(name, family, None, one.language, own, tuple(one.feeds.values())))
    if len(gathered) > MOST_OUTLETS:
        faults.tell(f"more than {MOST_OUTLETS:,} outlets; those beyond were left out")
    return tuple(found)


def in_opml(outlets: tuple[Outlet, ...], title: str = "Sources") -> bytes:
    """A list of subscriptions with an outline for each feed, in a folder for each family.

    The same outlets give the same bytes. Outlets without a feed are not in it.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for outlet in outlets:
        if not outlet.feeds:
            continue
        parent = body
        if outlet.family != outlet.name:
            if outlet.family not in folders:
                folders[outlet.family] = etree.SubElement(body, "outline", text=outlet.family, title=outlet.family)
            parent = folders[outlet.family]
        for feed in outlet.feeds:
            values = {"type": "rss", "text": outlet.name, "title": outlet.name, "xmlUrl": feed}
            if outlet.domains:
                values["htmlUrl"] = f"https://{outlet.domains[0]}/"
            if outlet.language:
                values["language"] = outlet.language
            etree.SubElement(parent, "outline", values)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written
