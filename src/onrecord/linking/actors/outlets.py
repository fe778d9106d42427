"""Outlets and wires: which one a name, a domain or an address means, and to which publisher family it belongs.

>>> outlet_of("edition.cnn.com").name, outlet_of("NYT").family, outlet_of("https://www.reuters.com/world/").wire
('CNN', 'new-york-times', True)
>>> outlet_of("The Harvenia Herald") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from onrecord.linking.actors.spelling import LONGEST, folded

_ADDRESS: Final = re.compile(r"(?:https?:)?//(?:[^/@\s]{1,100}@)?([^/:?#\s]{1,253})", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\s*\([^()]{0,60}\)\s*$|\s+[-–—|]\s+[^-–—|]{1,40}$")
# Words that an archive or a byline puts behind an outlet's name.
_BEHIND: Final = frozenset(
    """agency com daily desk digital editorial international magazine network news newspaper newswire online opinion
    org report service site staff television tv web website""".split()
)
_BEFORE: Final = ("newspaper ", "magazine ", "broadcaster ", "news agency ", "state news agency ", "state media ")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A medium that publishes reports, or a wire that sells them to others.

    `id` is that of the actor it is. `family` names the publisher that it shares with others, its own slug where it has
    none. `country` is a lower-case ISO 3166 code. `names` are other names than `name`.
    """

    id: str
    name: str
    domains: tuple[str, ...]
    family: str
    country: str
    wire: bool
    names: tuple[str, ...]


def outlets() -> Iterator[Outlet]:
    """All outlets of the package, in the order of their table."""
    yield from _known()[0]


def outlet_of(text: str) -> Outlet | None:
    """The outlet that a name, a domain or an address means; None where the table has none or the name is nobody's."""
    return _outlet_of(text[: 4 * LONGEST])


def outlet_with(identifier: str) -> Outlet | None:
    """The outlet with this id, "outlet:reuters"."""
    return _known()[3].get(identifier)


@lru_cache(maxsize=20_000)
def _outlet_of(text: str) -> Outlet | None:
    _, by_name, by_domain, _ = _known()
    words = text.strip()
    address = _ADDRESS.match(words)
    host = address.group(1) if address else words
    if address or _DOMAIN.fullmatch(host.partition("/")[0]):
        found = _of_host(host.partition("/")[0].casefold(), by_domain)
        if found is not None or address:
            return found
    for _ in range(3):
        known = _of_name(folded(words), by_name)
        shorter = _ASIDE.sub("", words)
        if known is not None or shorter == words:
            return known
        words = shorter
    return None


def _of_host(host: str, by_domain: Mapping[str, Outlet]) -> Outlet | None:
    parts = host.rstrip(".").split(".")
    for start in range(len(parts) - 1):
        known = by_domain.get(".".join(parts[start:]))
        if known is not None:
            return known
    return None


def _of_name(key: str, by_name: Mapping[str, Outlet]) -> Outlet | None:
    if key in by_name:
        return by_name[key]
    for before in _BEFORE:
        key = key.removeprefix(before)
    while key:
        known = by_name.get(key)
        if known is not None:
            return known
        key, _, last = key.rpartition(" ")
        if last not in _BEHIND:
            return None
    return None


@cache
def _known() -> tuple[tuple[Outlet, ...], dict[str, Outlet], dict[str, Outlet], dict[str, Outlet]]:
    text = files("onrecord.linking.actors").joinpath("table", "outlets.txt").read_text(encoding="utf-8")
    rows = tuple(_outlet(line) for line in text.splitlines() if line and not line.startswith("#"))
    by_name: dict[str, Outlet] = {}
    by_domain: dict[str, Outlet] = {}
    # Full names first: an alias of one outlet never hides the name of another.
    for outlet in rows:
        by_name.setdefault(folded(outlet.name), outlet)
        for domain in outlet.domains:
            by_domain.setdefault(domain, outlet)
    for outlet in rows:
        for name in outlet.names:
            by_name.setdefault(folded(name), outlet)
    return rows, by_name, by_domain, {outlet.id: outlet for outlet in rows}


def _outlet(line: str) -> Outlet:
    slug, name, domains, family, country, names = (part.strip() for part in line.split("|"))
    wire, slug = slug.startswith("*"), slug.removeprefix("*")
    return Outlet(
        f"outlet:{slug}",
        name,
        tuple(part for part in domains.split(", ") if part),
        family or slug,
        country,
        wire,
        tuple(part.strip() for part in names.split(";") if part.strip()),
    )
