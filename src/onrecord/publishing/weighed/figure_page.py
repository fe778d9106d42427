"""The page of a figure through time: its picture, and a table in which each number of each speaker stands once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.domain.figures import FigureTie, Standing
from onrecord.ledger.weighed import ShownFigure, ShownLineage
from onrecord.publishing.weighed.entries import LineageEntry, PassageEntry, giver, lineage_entry, passage_entry
from onrecord.publishing.weighed.figure_picture import FigurePicture, figure_picture
from onrecord.publishing.weighed_exports import value_words
from onrecord.publishing.wording import day_words, shortened

STANDING_WORDS = {
    Standing.DISPUTE: "disputes",
    Standing.REVISION: "revises",
    Standing.LATER: "later than",
    Standing.SCOPE: "counts something else than",
}
"""In the order in which they are told; that a number is the same as another is seen without being told."""


@dataclass(frozen=True, slots=True)
class StandingEntry:
    """How a row stands to earlier rows: a word, their numbers, and why."""

    kind: str
    words: str
    rows: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One number that one speaker gave for one day, with every passage that has it, earliest published first."""

    number: int
    value: str
    as_of: str
    stated: bool
    passages: tuple[PassageEntry, ...]
    standings: tuple[StandingEntry, ...]


@dataclass(frozen=True, slots=True)
class LineagePage:
    """A figure through time; `scopes` are others that look alike, each with why it counts something else."""

    lineage: LineageEntry
    picture: FigurePicture | None
    rows: tuple[FigureRow, ...]
    scopes: tuple[tuple[LineageEntry, tuple[str, ...]], ...]


def lineage_page(shown: ShownLineage) -> LineagePage:
    """The page of a figure followed through time."""
    rows = _rows(shown.figures)
    numbers = {one.counted.id: place for place, row in enumerate(rows, 1) for one in row}
    ties: dict[int, list[FigureTie]] = {}
    for tie in shown.ties:
        # A reprint of an early number may come after what took its place; only a dispute runs both ways.
        a, b = numbers.get(tie.a), numbers.get(tie.b)
        if a is not None and b is not None and a != b and (a > b or tie.standing is Standing.DISPUTE):
            ties.setdefault(max(a, b), []).append(tie)
    return LineagePage(
        lineage=lineage_entry(shown.head, shown.figures),
        picture=figure_picture([(place, _stated(row)) for place, row in enumerate(rows, 1)]),
        rows=tuple(_row(place, row, numbers, ties.get(place, ())) for place, row in enumerate(rows, 1)),
        scopes=tuple(
            (lineage_entry(head), tuple(shortened(reason, 200) for reason in tie.reasons)) for head, tie in shown.scopes
        ),
    )


def _rows(figures: Sequence[ShownFigure]) -> list[list[ShownFigure]]:
    """The figures of one number, speaker and day together, earliest published first.

    A figure that does not say for when it holds goes with the first of the same number and speaker.
    """
    together: dict[tuple[str, str], dict[date | None, list[ShownFigure]]] = {}
    for one in figures:
        start = one.counted.start
        day = start.date() if one.counted.dated and start is not None else None
        together.setdefault((value_words(one), giver(one.passage)), {}).setdefault(day, []).append(one)
    rows = []
    for days in together.values():
        undated = days.pop(None, [])
        stated = list(days.values()) or [[]]
        stated[0] += undated
        rows += stated
    order = {one.counted.id: place for place, one in enumerate(figures)}
    for row in rows:
        row.sort(key=lambda one: order[one.counted.id])
    return sorted(rows, key=lambda row: order[row[0].counted.id])


def _stated(row: Sequence[ShownFigure]) -> ShownFigure:
    """The figure of a row that states the day for which all of it stands, the first where none does."""
    return next((one for one in row if one.counted.dated), row[0])


def _as_of(one: ShownFigure) -> str:
    return "not stated" if one.counted.start is None else day_words(one.counted.start.date())


def _row(number: int, row: Sequence[ShownFigure], numbers: Mapping[str, int], ties: Sequence[FigureTie]) -> FigureRow:
    return FigureRow(
        number=number,
        value=value_words(row[0]),
        as_of=_as_of(_stated(row)),
        stated=row[0].counted.start is None or _stated(row).counted.dated,
        passages=tuple(passage_entry(one.passage, 160) for one in row),
        standings=tuple(_standings(numbers, ties)),
    )


def _standings(numbers: Mapping[str, int], ties: Sequence[FigureTie]) -> Iterator[StandingEntry]:
    """How a row stands to the rows before it, each way once, with why it stands so to the nearest of them."""
    for standing, words in STANDING_WORDS.items():
        near: dict[int, FigureTie] = {}
        for tie in ties:
            if tie.standing is standing:
                near.setdefault(min(numbers[tie.a], numbers[tie.b]), tie)
        if near:
            last = max(near)
            rows = (last,) if standing is Standing.LATER else tuple(sorted(near))
            yield StandingEntry(standing.value, words, rows, shortened("; ".join(near[last].reasons), 200))
