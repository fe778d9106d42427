"""Places with coordinates, from a table that the user gives, and what of an utterance a scene could show.

The table has a line for each place: its name, a tab, the latitude, a tab, the longitude, in degrees; lines that begin
with # and empty lines do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from onrecord.domain.relations import Said
from onrecord.errors import SettingsError
from onrecord.language.words import plain_words

LONGEST_TABLE: Final = 5_000_000
"""Characters of a table of places."""
LONGEST_NAME: Final = 8
"""Words of a place's name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the table; degrees of WGS 84."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place and the half-open interval in UTC that a passage speaks of."""

    passage: str
    place: Place
    start: datetime
    end: datetime


def places(text: str, where: str) -> Mapping[tuple[str, ...], Place]:
    """The places of a table by the folded words of their names; `where` names the table in errors.

    Raises:
        SettingsError: for a line that cannot be used, and for two places of one name; it says which line.
    """
    if len(text) > LONGEST_TABLE:
        raise SettingsError(f"{where}: more than {LONGEST_TABLE:,} characters; leave out places that nobody speaks of")
    found: dict[tuple[str, ...], Place] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            place = _place(line, f"{where}: line {number}")
            key = tuple(plain_words(place.name))
            if not 1 <= len(key) <= LONGEST_NAME:
                raise SettingsError(f"{where}: line {number}: a name has one to {LONGEST_NAME} words")
            if found.setdefault(key, place) != place:
                raise SettingsError(
                    f"{where}: line {number}: {place.name[:60]!r} stands here twice; keep the one you mean"
                )
    return found


def wanted(said: Said, known: Mapping[tuple[str, ...], Place]) -> Iterator[Wanted]:
    """Each place of the table that a rendering names together with a day or a stretch of time that it states, once."""
    seen = set()
    for rendering in said.renderings:
        named = dict.fromkeys(_named(plain_words(rendering.words), known))
        for time in rendering.times:
            for place in named:
                if time.start is not None and time.end is not None and (place, time.start, time.end) not in seen:
                    seen.add((place, time.start, time.end))
                    yield Wanted(rendering.passage, place, time.start, time.end)


def _named(plain: Sequence[str], known: Mapping[tuple[str, ...], Place]) -> Iterator[Place]:
    """The places that some words name; of names that begin at one word the longest, so that New York is not York."""
    at = 0
    while at < len(plain):
        lengths = range(min(LONGEST_NAME, len(plain) - at), 0, -1)
        length = next((one for one in lengths if tuple(plain[at : at + one]) in known), 0)
        if length:
            yield known[tuple(plain[at : at + length])]
        at += length or 1


def _place(line: str, where: str) -> Place:
    parts = line.split("\t")
    try:
        name, lat, lon = parts[0].strip(), float(parts[1]), float(parts[2])
    except (IndexError, ValueError):
        raise SettingsError(f"{where}: write a name, a tab, the latitude, a tab and the longitude") from None
    if len(parts) > 3 or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise SettingsError(f"{where}: {name[:60]!r}: the latitude is from -90 to 90, the longitude from -180 to 180")
    return Place(name, lat, lon)
