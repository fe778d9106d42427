"""A static STAC catalogue on disk, walked without a network: the SpatioTemporal Asset Catalog specification, 1.0.

`catalog.json` (or `collection.json`) of a folder and the children and items that it links to. A link that leads out of
the folder, by a scheme, an absolute path, dots or a symbolic link, is not followed; assets are not opened. Everything
in it is from outside: files, their sizes, their number and depth are limited, and what is left out is counted in words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from onrecord.errors import ExtraMissing, SettingsError
from onrecord.weighing.checkable.scenes import Coverage, Polygon, Scene

LONGEST_FILE: Final = 4_000_000
"""Bytes of one file of the catalogue."""
MOST_FILES: Final = 20_000
DEEPEST: Final = 16
MOST_POINTS: Final = 20_000
"""Points of the outline of one scene."""
_ROOTS: Final = ("catalog.json", "collection.json")


def scenes(catalogue: Path, lon: float, lat: float, start: datetime, end: datetime) -> Coverage:
    """The scenes of a folder's catalogue that cover a point and an interval; for one question, as for `covering`.

    Raises:
        SettingsError: when there is no catalogue, or pystac is not installed.
        ValueError: as `covering`.
    """
    _asked_well(lon, lat, start, end)
    return covering(whole(catalogue), lon, lat, start, end)


def whole(catalogue: Path) -> Coverage:
    """All scenes of a folder's catalogue, in the order of the walk, and what of it could not be read.

    Raises:
        SettingsError: when there is no catalogue, or pystac is not installed.
    """
    walk = _Walk(catalogue)
    found = tuple(walk.items())
    return Coverage(found, walk.left_out())


def covering(held: Coverage, lon: float, lat: float, start: datetime, end: datetime) -> Coverage:
    """The scenes that cover a point, in degrees, and were taken in `[start, end)`, earliest first.

    Raises:
        ValueError: for a point that is not on the earth, or an interval that is empty or without a time zone.
    """
    _asked_well(lon, lat, start, end)
    found = [one for one in held.scenes if one.covers(lon, lat) and one.taken_in(start, end)]
    return Coverage(tuple(sorted(found, key=lambda one: (one.start, one.id, one.path))), held.left_out)


def _asked_well(lon: float, lat: float, start: datetime, end: datetime) -> None:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"no place on the earth: longitude {lon}, latitude {lat}")
    if start.tzinfo is None or end.tzinfo is None or start >= end:
        raise ValueError(f"no interval in UTC: {start} to {end}")


@dataclass(slots=True)
class _Walk:
    folder: Path
    _missing: Counter[str] = field(default_factory=Counter)

    def items(self) -> Iterator[Scene]:
        folder = self.folder.resolve()
        first = next((folder / name for name in _ROOTS if (folder / name).is_file()), None)
        if first is None:
            raise SettingsError(f"{self.folder} holds no STAC catalogue: there is no {' and no '.join(_ROOTS)}")
        seen, waiting = {first}, [(first, 0)]
        while waiting:
            path, depth = waiting.pop()
            content = self._content(path)
            if content is None:
                continue
            if content.get("type") == "Feature":
                scene = self._scene(content, path.relative_to(folder).as_posix())
                if scene is not None:
                    yield scene
                continue
            for link in self._links(content):
                there = self._inside(folder, path, link)
                if there is None or there in seen:
                    continue
                if len(seen) >= MOST_FILES or depth >= DEEPEST:
                    self._missing["beyond the limit of files"] += 1
                    continue
                seen.add(there)
                waiting.append((there, depth + 1))

    def left_out(self) -> tuple[str, ...]:
        return tuple(f"{number} {why}" for why, number in sorted(self._missing.items()))

    def _content(self, path: Path) -> Mapping[str, Any] | None:
        try:
            with path.open("rb") as file:
                content = file.read(LONGEST_FILE + 1)
            if len(content) > LONGEST_FILE:
                self._missing["too large"] += 1
                return None
            parsed = json.loads(content)
        except (OSError, ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict):
            self._missing["not to be read"] += 1
            return None
        return parsed

    def _links(self, content: Mapping[str, Any]) -> Iterator[str]:
        links = content.get("links")
        for link in links if isinstance(links, list) else ():
            if isinstance(link, dict) and link.get("rel") in ("child", "item") and isinstance(link.get("href"), str):
                yield link["href"]

    def _inside(self, folder: Path, path: Path, href: str) -> Path | None:
        """The file in the folder that a link means, None where it leads elsewhere or to nothing."""
        try:
            parts = urlsplit(href)
            there = (path.parent / unquote(parts.path)).resolve()
            outside = bool(parts.scheme or parts.netloc) or "\\" in href or not there.is_relative_to(folder)
            if not outside and there.is_file():
                return there
        except (OSError, ValueError, RuntimeError):
            outside = False
        self._missing["linked outside the folder" if outside else "not there"] += 1
        return None

    def _scene(self, content: Mapping[str, Any], path: str) -> Scene | None:
        try:
            return _read(content, path)
        # What pystac raises for a damaged item is of many kinds; it is data from outside, and counted.
        except Exception as error:
            if isinstance(error, SettingsError):
                raise
            self._missing["damaged"] += 1
            return None


def _read(content: Mapping[str, Any], path: str) -> Scene:
    """One item, brought to the present version of the specification by pystac.

    Raises:
        SettingsError: when pystac is not installed.
        ValueError: and others, when the item is damaged.
    """
    try:
        from pystac import Item
    except ImportError as error:
        raise ExtraMissing("a STAC catalogue", "pystac", "stac") from error
    item = Item.from_dict(dict(content))
    common = item.common_metadata
    start, end = common.start_datetime or item.datetime, common.end_datetime or item.datetime
    if start is None or end is None or item.bbox is None:
        raise ValueError("an item needs a time and a box")
    start, end = _in_utc(start), _in_utc(end)
    if end < start:
        raise ValueError("an item ends before it starts")
    cloud = _percent(item.properties.get("eo:cloud_cover"))
    return Scene(str(item.id), start, end, _box(item.bbox), _polygons(item.geometry), cloud, path)


def _percent(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 100:
        return None
    return float(given)


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _box(given: list[float]) -> tuple[float, float, float, float]:
    """West, south, east and north of a box that may have heights."""
    if len(given) not in (4, 6):
        raise ValueError("a box has four or six numbers")
    half = len(given) // 2
    west, south, east, north = (_degree(one) for one in (given[0], given[1], given[half], given[half + 1]))
    return west, south, east, north


def _polygons(geometry: Mapping[str, Any] | None) -> tuple[Polygon, ...]:
    """The outline; empty where there is none, or where it is no surface and only the box can tell."""
    if geometry is None or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return ()
    given = geometry["coordinates"]
    parts = [given] if geometry["type"] == "Polygon" else given
    if sum(len(ring) for part in parts for ring in part) > MOST_POINTS:
        raise ValueError("an outline of too many points")
    return tuple(
        tuple(tuple((_degree(point[0]), _degree(point[1])) for point in ring) for ring in part) for part in parts
    )


def _degree(given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given) or abs(given) > 360:
        raise ValueError(f"not a degree: {given!r}")
    return float(given)
