"""The pictures of docs/scale.md, as SVG: how long articles take by their length, and a day's news by workers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bench.scale import projecting
from bench.scale.measurements import Measurements
from bench.scale.projecting import Trouble
from bench.scale.wording import lasting

WIDE, HIGH, LEFT, TOP = 560, 300, 78, 34
COLOURS = ("#1f5f8b", "#b1541a", "#3d7a3a", "#7a3d78")
DASHES = ("", "7 4", "2 4", "9 3 2 3")
COUNTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
HOUR = 3600

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """What stands along one side, from where to where, all of which are written there."""

    label: str
    ticks: tuple[float, ...]
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Where a value lies between the first tick and the last one."""
        first, last = self.ticks[0], self.ticks[-1]
        if self.logarithmic:
            return math.log(value / first) / math.log(last / first)
        return (value - first) / (last - first)


def articles(measured: Measurements) -> str:
    """A dot for each article that one worker read, and the line of the mean speed."""
    longest = max(one.characters for one in measured.articles)
    slowest = max(one.seconds for one in measured.articles)
    across, up = Axis("characters", _ticks(longest)), Axis("seconds", _ticks(slowest))
    speed = sum(one.seconds for one in measured.articles) / sum(one.characters for one in measured.articles)
    end = min(across.ticks[-1], up.ticks[-1] / speed)
    return _chart(
        "Seconds to read an article, by its length",
        f"{len(measured.articles)} articles read by one worker; the line is {1000 * speed * 1000:.0f} ms for each "
        f"thousand characters.",
        across,
        up,
        {"mean speed": [(0, 0), (end, end * speed)]},
        [(one.characters, one.seconds) for one in measured.articles],
        key=LEFT + 14,
    )


def workers(measured: Measurements, trouble: Trouble) -> str:
    """A day's news by the number of workers: arithmetic, simulated reading, and everything that comes after."""
    job = projecting.jobs(measured)[1]
    store = measured.stores()[0]
    plain: list[Point] = []
    read: list[Point] = []
    loaded: list[Point] = []
    linked: list[Point] = []
    for number in COUNTS:
        row = projecting.row(measured, trouble, job, number)
        whole = projecting.whole(measured, store, row)
        plain.append((number, row.plain / HOUR))
        read.append((number, row.troubled.makespan / HOUR))
        loaded.append((number, whole.loaded / HOUR))
        linked.append((number, whole.linked / HOUR))
    lines = {"read, arithmetic": plain, "read": read, f"and loaded, {store}": loaded, "and linked in parts": linked}
    values = [value for line in lines.values() for _, value in line]
    least, most = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return _chart(
        f"{job.name}: hours by workers",
        "; ".join(f"{name}: {lasting(line[-1][1] * HOUR)} on {COUNTS[-1]:,} workers" for name, line in lines.items()),
        Axis("workers", (1, 10, 100, 1000), True),
        Axis("hours", tuple(10.0**k for k in range(least, most + 1)), True),
        lines,
    )


def _ticks(most: float) -> tuple[float, ...]:
    """Round values from nothing to at least `most`, six or fewer."""
    size = 10.0 ** math.floor(math.log10(most / 5))
    step = next(size * times for times in (1, 2, 5, 10) if size * times * 5 >= most)
    return tuple(step * k for k in range(math.ceil(most / step) + 1))


def _chart(
    title: str,
    said: str,
    across: Axis,
    up: Axis,
    lines: dict[str, list[Point]],
    dots: Sequence[Point] = (),
    key: float = LEFT + WIDE - 180,
) -> str:
    def place(point: Point) -> tuple[float, float]:
        return LEFT + WIDE * across.share(point[0]), TOP + HIGH * (1 - up.share(point[1]))

    parts = []
    for tick in across.ticks:
        x = LEFT + WIDE * across.share(tick)
        parts.append(f'<path d="M{x:.1f} {TOP}V{TOP + HIGH}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{TOP + HIGH + 18}" text-anchor="middle">{tick:,g}</text>')
    for tick in up.ticks:
        y = TOP + HIGH * (1 - up.share(tick))
        parts.append(f'<path d="M{LEFT} {y:.1f}H{LEFT + WIDE}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:,g}</text>')
    for x, y in map(place, dots):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{COLOURS[0]}" fill-opacity="0.5"/>')
    for k, (name, line) in enumerate(lines.items()):
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in map(place, line))
        colour, dash = COLOURS[k % len(COLOURS)], DASHES[k % len(DASHES)]
        drawn_as = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"'
        row = TOP + 14 + 18 * k
        parts.append(f'<path d="M{path}" {drawn_as}/><path d="M{key} {row}h34" {drawn_as}/>')
        parts.append(f'<text x="{key + 40}" y="{row + 4}">{escape(name)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 24} {TOP + HIGH + 46}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title><desc>{escape(said)}</desc>'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}'
        f'<text x="{LEFT + WIDE / 2}" y="{TOP + HIGH + 38}" text-anchor="middle">{escape(across.label)}</text>'
        f'<text x="{LEFT - 8}" y="{TOP - 14}" text-anchor="end">{escape(up.label)}</text></svg>\n'
    )
