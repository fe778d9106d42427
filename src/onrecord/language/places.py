"""Places with coordinates, from a table that the user gives, and where a text names them.

The table has a line for each place: its name, a tab, the latitude, a tab, the longitude, in degrees; lines that begin
with # and empty lines do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.domain.spans import Span
from onrecord.errors import SettingsError
from onrecord.language.words import placed_words, plain_words

LONGEST_TABLE: Final = 5_000_000
"""Characters of a table of places."""
LONGEST_NAME: Final = 8
"""Words of a place's name."""

_OWNING: Final = re.compile(r"['’‘ʼ`]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the table; degrees of WGS 84."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Named:
    """A place, and the characters of a text that name it."""

    place: Place
    span: Span


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a table by the folded words of their names; `table` is what people call it."""

    table: str
    by_words: Mapping[tuple[str, ...], Place]

    def named(self, text: str) -> Iterator[Named]:
        """The places that a text names, in order; of names that begin at one word the longest: New York is not York.

        Case and accents do not matter, but a name with a capital letter is one with some capital letter in the text
        too, so that reading is not Reading.
        """
        placed = list(placed_words(text))
        plain = [word for _, _, word in placed]
        at = 0
        while at < len(plain):
            lengths = range(min(LONGEST_NAME, len(plain) - at), 0, -1)
            length = next((one for one in lengths if tuple(plain[at : at + one]) in self.by_words), 0)
            if length:
                place = self.by_words[tuple(plain[at : at + length])]
                start, end = placed[at][0], placed[at + length - 1][1]
                if not _OWNING.search(place.name):
                    end -= 2 if _OWNING.search(text[start:end]) else 0
                if _has_capital(text[start:end]) or not _has_capital(place.name):
                    yield Named(place, Span(start, end))
            at += length or 1


def places_in(file: Path) -> Places:
    """The places of a table in a file.

    Raises:
        SettingsError: when the file cannot be read, and as `places`.
    """
    try:
        # Spreadsheets put a mark of byte order in front.
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from error
    return places(text, file.name)


def places(text: str, table: str) -> Places:
    """The places of a table; `table` is what it is called in errors.

    Raises:
        SettingsError: for a line that cannot be used, and for two places of one name; it says which line.
    """
    if len(text) > LONGEST_TABLE:
        raise SettingsError(f"{table}: more than {LONGEST_TABLE:,} characters; leave out places that nobody speaks of")
    found: dict[tuple[str, ...], Place] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            place = _place(line, f"{table}: line {number}")
            key = tuple(plain_words(place.name))
            if not 1 <= len(key) <= LONGEST_NAME:
                raise SettingsError(f"{table}: line {number}: a name has one to {LONGEST_NAME} words")
            if found.setdefault(key, place) != place:
                raise SettingsError(
                    f"{table}: line {number}: {place.name[:60]!r} stands here twice; keep the one you mean"
                )
    return Places(table, found)


def _place(line: str, where: str) -> Place:
    parts = line.split("\t")
    try:
        name, lat, lon = parts[0].strip(), float(parts[1]), float(parts[2])
    except (IndexError, ValueError):
        raise SettingsError(f"{where}: write a name, a tab, the latitude, a tab and the longitude") from None
    if len(parts) > 3 or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise SettingsError(f"{where}: {name[:60]!r}: the latitude is from -90 to 90, the longitude from -180 to 180")
    return Place(name, lat, lon)


def _has_capital(text: str) -> bool:
    return any(map(str.isupper, text))
