"""A text cut at every boundary of a statement's parts, so that it can be shown with its statements marked in it.

Statements overlap and nest: a segment lies under any number of parts. The segments of a text, joined, are that text
to the character; nothing is trimmed, folded or moved.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from onrecord.domain.reports import Mark, MarkKind
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement


class Role(StrEnum):
    """What a part of a statement is."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"


WHITE = re.compile(r"\s")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
LINE_END = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Cover:
    """One part of one statement that lies over a segment; `part` counts the spans of that role from 0."""

    statement: str
    role: Role
    part: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters `[start, end)` of a report's text between two neighbouring boundaries.

    `covers` runs from the longest part to the shortest, so that the last one is the innermost.
    """

    start: int
    end: int
    text: str
    covers: tuple[Cover, ...] = ()
    mark: MarkKind | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The segments of one paragraph, and of the white space between it and the next.

    `mark` is set when all of its words are marked alike.
    """

    segments: tuple[Segment, ...]
    gap: tuple[Segment, ...] = ()
    mark: MarkKind | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a report's text around a statement, and whether the text goes on before and after it."""

    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool

    @property
    def bare(self) -> Snippet:
        """The stretch without the marks of being cut."""
        return Snippet(self.segments, False, False)


def parts(statement: Statement) -> Iterable[tuple[Role, int, Span]]:
    """Every span of a statement with its role and its number within the role."""
    for role, spans in (
        (Role.SOURCE, statement.source),
        (Role.CUE, statement.cue),
        (Role.CONTENT, statement.content),
    ):
        for part, span in enumerate(spans):
            yield role, part, span


def segments(
    text: str,
    statements: Sequence[Statement],
    marks: Sequence[Mark] = (),
    *,
    window: tuple[int, int] | None = None,
    cuts: Iterable[int] = (),
) -> tuple[Segment, ...]:
    """The segments of `text[start:end]` for a `window` of (start, end), by default the whole text.

    `cuts` are further places to cut at. Whatever of a span reaches outside the window is left out.
    """
    low, high = (0, len(text)) if window is None else (max(0, window[0]), min(len(text), window[1]))
    if low >= high:
        return ()
    opening: dict[int, list[tuple[int, int]]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)
    covers: list[Cover | MarkKind] = []

    def place(start: int, end: int, cover: Cover | MarkKind) -> None:
        if (start := max(low, start)) < (end := min(high, end)):
            opening[start].append((end - start, len(covers)))
            closing[end].append(len(covers))
            covers.append(cover)

    for statement in statements:
        for role, part, span in parts(statement):
            place(span.start, span.end, Cover(statement.id, role, part))
    for mark in marks:
        place(mark.span.start, mark.span.end, mark.kind)

    bounds = sorted({low, high, *opening, *closing, *(cut for cut in cuts if low < cut < high)})
    active: dict[int, int] = {}
    cut_text: list[Segment] = []
    for start, end in pairwise(bounds):
        for number in closing.get(start, ()):
            del active[number]
        active.update((number, length) for length, number in opening.get(start, ()))
        ordered = [covers[number] for number in sorted(active, key=lambda number: (-active[number], number))]
        cut_text.append(
            Segment(
                start,
                end,
                text[start:end],
                tuple(cover for cover in ordered if isinstance(cover, Cover)),
                next((cover for cover in reversed(ordered) if isinstance(cover, MarkKind)), None),
            )
        )
    return tuple(cut_text)


def paragraph_gaps(text: str) -> tuple[tuple[int, int], ...]:
    """The white space (start, end) between paragraphs: blank lines, or every line's end in a text without any."""
    gap = BLANK_LINE if BLANK_LINE.search(text) else LINE_END
    return tuple((match.start(), match.end()) for match in gap.finditer(text))


def paragraphs(text: str, statements: Sequence[Statement], marks: Sequence[Mark] = ()) -> tuple[Paragraph, ...]:
    """The whole text as paragraphs of segments; all segments, those of the gaps included, join to the text."""
    gaps = paragraph_gaps(text)
    cut_text = segments(text, statements, marks, cuts=(place for gap in gaps for place in gap))
    found: list[Paragraph] = []
    position = 0
    for start, end in (*gaps, (len(text), len(text))):
        words, position = _taken(cut_text, position, start)
        gap, position = _taken(cut_text, position, end)
        if words or gap:
            found.append(Paragraph(words, gap, _shared_mark(words)))
    return tuple(found)


def _taken(cut_text: Sequence[Segment], position: int, end: int) -> tuple[tuple[Segment, ...], int]:
    last = position
    while last < len(cut_text) and cut_text[last].end <= end:
        last += 1
    return tuple(cut_text[position:last]), last


def _shared_mark(words: Sequence[Segment]) -> MarkKind | None:
    kinds = {segment.mark for segment in words if not segment.text.isspace()}
    return kinds.pop() if len(kinds) == 1 else None


def snippet(text: str, statement: Statement, *, around: int = 90, longest: int = 700) -> Snippet:
    """A statement in its place: its parts with up to `around` characters on both sides, cut between words.

    It stays within the paragraphs that the statement touches and shows about `longest` characters of the statement,
    always the first of its content;
    a source or cue further than `around` from the content is left out.
    """
    first = low = min(span.start for span in statement.content)
    high = max(span.end for span in statement.content)
    for span in (*statement.source, *statement.cue):
        if span.start <= high + around and span.end >= low - around:
            low, high = min(low, span.start), max(high, span.end)
    start, cut_before = _reach_back(text, low, around)
    end, cut_after = (
        _reach_forward(text, high, around) if high - low <= longest else _shorten(text, low, first, longest)
    )
    return Snippet(segments(text, [statement], window=(start, end)), cut_before, cut_after)


def _reach_back(text: str, place: int, around: int) -> tuple[int, bool]:
    floor = max(0, place - around)
    line = text.rfind("\n", max(0, floor - 1), place)
    if line >= 0:
        return line + 1, False
    if floor == 0:
        return 0, False
    space = WHITE.search(text, floor - 1, place)
    return space.end() if space else place, True


def _reach_forward(text: str, place: int, around: int) -> tuple[int, bool]:
    ceiling = min(len(text), place + around)
    line = text.find("\n", place, ceiling + 1)
    if line >= 0:
        return line, False
    if ceiling == len(text):
        return ceiling, False
    space = max(text.rfind(white, place, ceiling + 1) for white in (" ", "\t", "\u00a0"))
    return space if space >= 0 else place, True


def _shorten(text: str, start: int, first: int, longest: int) -> tuple[int, bool]:
    """Where to end after about `longest` characters from `start`, with at least the content's `first` one shown."""
    end = max(start + longest, first + 1)
    space = text.rfind(" ", max(start + longest // 2, first + 1), end)
    return space if space >= 0 else end, True
