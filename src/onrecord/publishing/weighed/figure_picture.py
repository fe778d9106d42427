"""A figure through time as a picture: a mark for each value, a line for a range, an open end for a one-sided bound.

Reckoned here and drawn by a template, as the other pictures are (docs/decisions/0008). Lengths are in the units of the
drawing's view box; whatever the picture shows also stands in the table under it. Speakers differ by the shape of their
marks as well as by colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date

from onrecord.ledger.weighed import ShownFigure
from onrecord.publishing.linked.spread import Tick
from onrecord.publishing.weighed.axis import Level, days_across, levels, scale, upwards
from onrecord.publishing.weighed.entries import giver
from onrecord.publishing.weighed_exports import value_words
from onrecord.publishing.wording import day_words, shortened

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 20, 40
INSET = 14
APART = 12
MOST_SPEAKERS = 6
MOST_MARKS = 400
SHAPES = (
    "M-5.5 0 A5.5 5.5 0 1 0 5.5 0 A5.5 5.5 0 1 0 -5.5 0 Z",
    "M-5 -5 H5 V5 H-5 Z",
    "M0 -7 L7 0 L0 7 L-7 0 Z",
    "M0 -6.5 L6.5 5 H-6.5 Z",
    "M0 6.5 L6.5 -5 H-6.5 Z",
    "M-2 -6 H2 V-2 H6 V2 H2 V6 H-2 V2 H-6 V-2 H-2 Z",
)
"""The mark of each speaker about its middle: circle, square, diamond, triangles, cross."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure: a shape at its value, a bar from `top` to `bottom` for a range, an arrow where one edge is open."""

    x: float
    y: float | None
    top: float
    bottom: float
    opens: str
    """"up", "down" or "" for a bound that is open upwards, downwards, or not at all."""
    speaker: int
    number: int
    shape: str
    words: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose figures are drawn alike; `path` joins them in order of time."""

    number: int
    name: str
    shape: str
    path: str


@dataclass(frozen=True, slots=True)
class FigurePicture:
    """The picture and the same in words."""

    width: int
    height: int
    levels: tuple[Level, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    speakers: tuple[Speaker, ...]
    words: str


def figure_picture(rows: Sequence[tuple[int, ShownFigure]]) -> FigurePicture | None:
    """The picture of some figures, each with the number of its row in the table under the picture.

    None where fewer than two have a day and an edge.
    """
    placed = [(day, number, one) for number, one in rows if (day := _day(one)) is not None and _edges(one)]
    placed = sorted(placed, key=lambda item: item[:2])[:MOST_MARKS]
    if len(placed) < 2:
        return None
    first, last = placed[0][0], placed[-1][0]
    values = [edge for _, _, one in placed for edge in _edges(one)]
    least, most, step = scale(min(values), max(values))
    up = upwards(least, most, HEIGHT - BOTTOM, TOP)

    def across(day: date) -> float:
        share = (day - first).days / (last - first).days if last > first else 0.5
        return round(LEFT + INSET + share * (WIDTH - LEFT - RIGHT - 2 * INSET), 1)

    names = list(dict.fromkeys(giver(one.passage) for _, _, one in placed))
    slots = {name: min(place, MOST_SPEAKERS - 1) + 1 for place, name in enumerate(names)}
    marks = [_mark(one, day, across(day), up, slots[giver(one.passage)], number) for day, number, one in placed]
    marks = _beside(marks)
    return FigurePicture(
        width=WIDTH,
        height=HEIGHT,
        levels=levels(least, most, step, up),
        ticks=days_across(first, last, across),
        marks=tuple(marks),
        speakers=tuple(
            Speaker(
                slot, _called(names, slot), SHAPES[slot - 1], _path([mark for mark in marks if mark.speaker == slot])
            )
            for slot in sorted(set(slots.values()))
        ),
        words="In order of time: " + "; ".join(mark.words for mark in marks[:30]) + ".",
    )


def _mark(one: ShownFigure, day: date, x: float, up: Callable[[float], float], speaker: int, number: int) -> Mark:
    low, high, value = one.counted.low, one.counted.high, one.counted.figure.value
    edges = _edges(one)
    return Mark(
        x=x,
        y=None if value is None else up(value),
        top=up(edges[-1]),
        bottom=up(edges[0]),
        opens="up" if high is None else "down" if low is None else "",
        speaker=speaker,
        number=number,
        shape=SHAPES[speaker - 1],
        words=f"{number}. {day_words(day)}, {giver(one.passage)}: {value_words(one)}",
    )


def _beside(marks: Sequence[Mark]) -> list[Mark]:
    """The marks with those that would cover each other put side by side."""
    at = Counter((mark.x, mark.top, mark.bottom) for mark in marks)
    put: Counter[tuple[float, float, float]] = Counter()
    found = []
    for mark in marks:
        place = mark.x, mark.top, mark.bottom
        found.append(replace(mark, x=round(mark.x + APART * (put[place] - (at[place] - 1) / 2), 1)))
        put[place] += 1
    return found


def _path(marks: Sequence[Mark]) -> str:
    points = [(mark.x, mark.y if mark.y is not None else (mark.top + mark.bottom) / 2) for mark in marks]
    return "" if len(points) < 2 else "M" + " L".join(f"{x} {y}" for x, y in points)


def _called(names: Sequence[str], slot: int) -> str:
    if slot < MOST_SPEAKERS or len(names) <= MOST_SPEAKERS:
        return shortened(names[slot - 1], 60)
    return "others"


def _edges(one: ShownFigure) -> list[float]:
    # Beyond what `number_words` writes out, an axis of round numbers cannot be read either.
    return [edge for edge in (one.counted.low, one.counted.high) if edge is not None and abs(edge) < 1e15]


def _day(one: ShownFigure) -> date | None:
    start = one.counted.start
    return None if start is None else start.astimezone(UTC).date()
