"""What comes out when a quotation is set beside a transcript."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.domain.spans import Span


class Fidelity(StrEnum):
    """How the words of a quotation stand to those of a transcript."""

    VERBATIM = "verbatim"
    """Word by word, apart from punctuation, case, quotation marks and spelling."""
    CUT = "cut"
    """Words are left out, with or without an ellipsis; the others stand there in this order."""
    JOINED = "joined"
    """Two places of the transcript, far from each other or in another order, in one quotation."""
    CHANGED = "changed"
    """Words differ or are added; which ones is told."""
    NOT_FOUND = "not found"


class PieceKind(StrEnum):
    """How a stretch of a quotation stands to the transcript."""

    SAME = "same"
    CUT = "cut"
    JOINED = "joined"
    CHANGED = "changed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation, by its characters, and the characters of the transcript it stands against.

    `quoted` is None for what the quotation leaves out, `spoken` for what it adds and where it leaps.
    """

    kind: PieceKind
    quoted: Span | None
    spoken: Span | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A quotation set beside a transcript: the mark, and the pieces in the order of the quotation.

    `also` are further marks that hold: what is changed may be cut or joined as well.
    """

    fidelity: Fidelity
    also: tuple[Fidelity, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def spoken(self) -> tuple[Span, ...]:
        """The characters of the transcript that the quotation renders, a stretch for each place."""
        stretches: list[list[Span]] = [[]]
        for piece in self.pieces:
            if piece.kind is PieceKind.JOINED:
                stretches.append([])
            elif piece.spoken is not None:
                stretches[-1].append(piece.spoken)
        return tuple(Span(part[0].start, max(span.end for span in part)) for part in stretches if part)


NOT_FOUND = Beside(Fidelity.NOT_FOUND)
