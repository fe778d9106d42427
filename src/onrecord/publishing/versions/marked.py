"""A later text of a page with what was taken out and put in marked, paragraph by paragraph.

What stays of each paragraph is shown as the later text has it. Paragraphs that are the same are left out but for those
next to a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from onrecord.domain.reports import Mark
from onrecord.domain.spans import Span
from onrecord.domain.text_changes import Place, Stretch, TextChange
from onrecord.domain.versions import lines

BESIDE: Final = 1
"""Unchanged paragraphs shown before and after a changed one."""
MOST_SHOWN: Final = 300
"""Changed paragraphs that are shown."""


class PieceKind(StrEnum):
    """What became of the words of a piece."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Words of a paragraph; those that were removed are of the earlier text."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph of pieces, or, where there are none, so many paragraphs that are the same and not shown."""

    pieces: tuple[TextPiece, ...]
    left_out: int = 0

    @property
    def changed(self) -> bool:
        return any(one.kind is not PieceKind.KEPT for one in self.pieces)


def marked_paragraphs(
    old: str, new: str, change: TextChange, old_marks: Sequence[Mark] = (), new_marks: Sequence[Mark] = ()
) -> tuple[MarkedParagraph, ...]:
    """The later text with the changes marked; at most so many changed paragraphs, the first."""
    before, after = list(lines(old, old_marks)), list(lines(new, new_marks))
    every = [one for stretch in change.stretches for one in _paragraphs(old, new, stretch, before, after)]
    return tuple(_near_changes(every))


def in_line(old: str, new: str, change: TextChange) -> tuple[TextPiece, ...]:
    """Two short texts, such as titles, with the changes marked."""
    pieces = []
    for stretch in change.stretches:
        pieces += [*_woven(old, new, stretch), TextPiece(PieceKind.KEPT, " ")]
    return tuple(pieces[:-1])


def _paragraphs(
    old: str, new: str, stretch: Stretch, before: Sequence[Span], after: Sequence[Span]
) -> Iterator[MarkedParagraph]:
    if not stretch.edits:
        for span in _within(after, stretch.new):
            yield MarkedParagraph((TextPiece(PieceKind.KEPT, span.of(new)),))
    elif len(stretch.edits) == 1 and (stretch.edits[0].old, stretch.edits[0].new) == (stretch.old, stretch.new):
        for span in _within(before, stretch.old):
            yield MarkedParagraph((TextPiece(PieceKind.REMOVED, span.of(old)),))
        for span in _within(after, stretch.new):
            yield MarkedParagraph((TextPiece(PieceKind.ADDED, span.of(new)),))
    else:
        found: list[TextPiece] = []
        for piece in _woven(old, new, stretch):
            # A paragraph of the later text ends where its own words do; in removed words an end is a blank.
            first, *rest = piece.text.split("\n") if piece.kind is not PieceKind.REMOVED else [piece.text]
            found += [TextPiece(piece.kind, first)] if first else []
            for part in rest:
                if any(one.text.strip() for one in found):
                    yield MarkedParagraph(tuple(found))
                found = [TextPiece(piece.kind, part)] if part else []
        if any(one.text.strip() for one in found):
            yield MarkedParagraph(tuple(found))


def _within(spans: Sequence[Span], place: Place) -> list[Span]:
    return [span for span in spans if place.start <= span.start and span.end <= place.end]


def _woven(old: str, new: str, stretch: Stretch) -> Iterator[TextPiece]:
    """The pieces of a stretch; blanks part removed words from what stands beside them."""
    place = stretch.new.start
    for edit in stretch.edits:
        kept, was, now = new[place : edit.new.start], edit.old.of(old), edit.new.of(new)
        if was and not now:
            # Words that were taken out stand where a blank was on either side of them.
            begin = edit.old.start
            lead = " " if begin and old[begin - 1].isspace() and kept and not kept[-1].isspace() else ""
            follows = new[edit.new.start : edit.new.start + 1]
            trail = " " if old[edit.old.end : edit.old.end + 1].isspace() and follows and not follows.isspace() else ""
            yield from _piece(PieceKind.KEPT, kept + lead)
            yield from _piece(PieceKind.REMOVED, was)
            yield from _piece(PieceKind.KEPT, trail)
        else:
            yield from _piece(PieceKind.KEPT, kept)
            yield from _piece(PieceKind.REMOVED, was)
            yield from _piece(PieceKind.KEPT, " " if was and now else "")
            yield from _piece(PieceKind.ADDED, now)
        place = edit.new.end
    yield from _piece(PieceKind.KEPT, new[place : stretch.new.end])


def _piece(kind: PieceKind, text: str) -> Iterator[TextPiece]:
    if text:
        yield TextPiece(kind, text)


def _near_changes(every: Sequence[MarkedParagraph]) -> Iterator[MarkedParagraph]:
    shown: set[int] = set()
    changed = [place for place, one in enumerate(every) if one.changed]
    for place in changed[:MOST_SHOWN]:
        shown.update(range(place - BESIDE, place + BESIDE + 1))
    left_out = 0
    for place, one in enumerate(every[: changed[MOST_SHOWN - 1] + 1] if len(changed) > MOST_SHOWN else every):
        if place in shown:
            if left_out:
                yield MarkedParagraph((), left_out)
            left_out = 0
            yield one
        else:
            left_out += 1
    if left_out:
        yield MarkedParagraph((), left_out)
