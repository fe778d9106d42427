"""Scenes, whether one covers a point and an interval, and what there is in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from onrecord.domain.days import MONTHS, whole_day

Ring = tuple[tuple[float, float], ...]
Polygon = tuple[Ring, ...]
"""An outer ring and its holes, longitude before latitude (RFC 7946)."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One item of a catalogue: when and where it was taken, and how much of it is cloud, in percent.

    `box` is west, south, east, north; west is greater than east where it crosses the antimeridian. `polygons` are empty
    where only the box is known. `path` is its file inside the catalogue's folder.
    """

    id: str
    start: datetime
    end: datetime
    box: tuple[float, float, float, float]
    polygons: tuple[Polygon, ...] = ()
    cloud: float | None = None
    path: str = ""

    def covers(self, lon: float, lat: float) -> bool:
        """Whether a point lies in it."""
        west, south, east, north = self.box
        inside = west <= lon <= east if west <= east else lon >= west or lon <= east
        if not (inside and south <= lat <= north):
            return False
        # A polygon that crosses the antimeridian is split at it (RFC 7946, 3.1.9), so plain coordinates do.
        return not self.polygons or any(_inside(one, lon, lat) for one in self.polygons)

    def taken_in(self, start: datetime, end: datetime) -> bool:
        """Whether it was taken in the half-open interval, if only in part."""
        return self.start < end and (self.end > start or self.start == self.end == start)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The scenes that cover a place and an interval, earliest first, and what of the catalogue could not be read."""

    scenes: tuple[Scene, ...]
    left_out: tuple[str, ...] = ()


def words(coverage: Coverage) -> str:
    """What there is: "3 scenes, 12 to 17 February 2031, cloud 4 to 60 %, not inspected"."""
    found = coverage.scenes
    if not found:
        told = "no scene in the catalogue"
    else:
        count = "1 scene" if len(found) == 1 else f"{len(found)} scenes"
        first = min(one.start for one in found).astimezone(UTC).date()
        last = max(one.end for one in found).astimezone(UTC).date()
        told = f"{count}, {_between(first, last)}, {_cloud(found)}, not inspected"
    return f"{told} ({'; '.join(coverage.left_out)})" if coverage.left_out else told


def _between(first: date, last: date) -> str:
    end = whole_day(last)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {end}"
    return f"{whole_day(first)} to {end}"


def _cloud(scenes: Sequence[Scene]) -> str:
    known = sorted(one.cloud for one in scenes if one.cloud is not None)
    if not known:
        return "cloud not stated"
    least, most = f"{known[0]:.0f}", f"{known[-1]:.0f}"
    told = f"cloud {least} %" if least == most else f"cloud {least} to {most} %"
    missing = len(scenes) - len(known)
    return f"{told} ({missing} not stated)" if missing else told


def _inside(polygon: Polygon, lon: float, lat: float) -> bool:
    return bool(polygon) and _in_ring(polygon[0], lon, lat) and not any(_in_ring(h, lon, lat) for h in polygon[1:])


def _in_ring(ring: Ring, lon: float, lat: float) -> bool:
    """The crossing-number test: a ray to the east crosses the ring an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside
