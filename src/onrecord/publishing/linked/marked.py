"""A rendering with what it drops, adds and changes marked in its words.

The pieces of a rendering that are not dropped ones are its characters, in order and complete.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.domain.spans import Span
from onrecord.domain.utterances import Change, Difference, Edit, Material
from onrecord.publishing.wording import shortened

MATERIAL_WORDS: dict[Material, str] = {
    Material.FIGURE: "figure differs",
    Material.NEGATION: "negation differs",
    Material.CONDITION: "condition differs",
    Material.MODAL: "modal differs",
    Material.ACTOR: "actor differs",
}
CHANGE_WORDS: dict[Change, str] = {
    Change.DROPPED: "left out",
    Change.ADDED: "added",
    Change.CHANGED: "in other words",
}


_LAST_WORD = re.compile(r"(\w{1,60})\W{0,20}\Z")


class Mark(StrEnum):
    """How a piece of a rendering stands to the fullest one."""

    KEPT = "kept"
    DROPPED = "dropped"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a rendering, or of the fullest one where `mark` says that they are dropped.

    `before` are the words of the fullest rendering that changed words stand for. `flags` say in words what of
    substance differs in the piece. `lead` and `trail` are blanks that part dropped words from what stands beside them.
    """

    mark: Mark
    text: str
    before: str = ""
    flags: tuple[str, ...] = ()
    lead: str = ""
    trail: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """One difference of substance in words, with the words on both sides, empty where there are none."""

    words: str
    fullest: str
    rendering: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A rendering's words as pieces; `throughout` tells that they are other words from end to end."""

    pieces: tuple[Piece, ...]
    flags: tuple[Flag, ...]
    same: bool
    throughout: bool


def marked(fullest: str, rendering: str, difference: Difference | None) -> Marked:
    """The words of a rendering with its differences marked; without a difference they stand as they are."""
    edits = difference.edits if difference is not None else ()
    if not edits:
        return Marked((Piece(Mark.KEPT, rendering),) if rendering else (), (), same=True, throughout=False)
    flags = tuple(
        Flag(MATERIAL_WORDS[kind], _shown(edit.fullest, fullest), _shown(edit.rendering, rendering))
        for edit in edits
        for kind in edit.material
    )
    if len(edits) == 1 and _covers(edits[0].fullest, fullest) and _covers(edits[0].rendering, rendering):
        return Marked((Piece(Mark.KEPT, rendering),), flags, same=False, throughout=True)
    return Marked(tuple(_pieces(fullest, rendering, edits)), flags, same=False, throughout=False)


def _pieces(fullest: str, rendering: str, edits: Sequence[Edit]) -> list[Piece]:
    pieces: list[Piece] = []
    done = before = 0
    for number, edit in enumerate(edits):
        flags = tuple(MATERIAL_WORDS[kind] for kind in edit.material)
        if edit.rendering is not None:
            start, end = max(done, edit.rendering.start), max(done, edit.rendering.end)
        else:
            bound = next((one.rendering.start for one in edits[number + 1 :] if one.rendering), len(rendering))
            kept = fullest[before : edit.fullest.start] if edit.fullest is not None else ""
            start = end = _behind(kept, rendering, done, max(done, bound))
        if start > done:
            pieces.append(Piece(Mark.KEPT, rendering[done:start]))
        was = edit.fullest.of(fullest) if edit.fullest is not None else ""
        if end == start:
            lead = " " if start and not rendering[start - 1].isspace() else ""
            trail = " " if rendering[start : start + 1].isalnum() else ""
            pieces.append(Piece(Mark.DROPPED, was, flags=flags, lead=lead, trail=trail))
        else:
            mark = Mark.CHANGED if was else Mark.ADDED
            pieces.append(Piece(mark, rendering[start:end], was, flags))
        done = end
        before = edit.fullest.end if edit.fullest is not None else before
    if done < len(rendering):
        pieces.append(Piece(Mark.KEPT, rendering[done:]))
    return pieces


def _behind(kept: str, rendering: str, start: int, bound: int) -> int:
    """The place in `rendering` behind the words that `kept` has, where a word could begin.

    Kept words are the same but for their spelling, so that letters may be a few more or less: of the places behind the
    last of these words, or else of all, the one is taken that has most nearly as many letters before it.
    """
    letters = sum(one.isalnum() for one in kept)
    place = start
    while letters and place < bound:
        letters -= rendering[place].isalnum()
        place += 1
    edges = [edge for edge in range(start, bound + 1) if _edge(rendering, edge)]
    last = _LAST_WORD.search(kept[-80:])
    if last is not None:
        ending = last[1].casefold()
        edges = [edge for edge in edges if _last_word(rendering[max(0, edge - 80) : edge]) == ending] or edges
    return min(edges, key=lambda edge: (abs(edge - place), edge)) if edges else place


def _last_word(text: str) -> str:
    found = _LAST_WORD.search(text)
    return found[1].casefold() if found is not None else ""


def _edge(text: str, place: int) -> bool:
    """Whether a word could begin at `place`, or the text ends there."""
    return place in (0, len(text)) or (text[place - 1].isspace() and not text[place].isspace())


def _covers(span: Span | None, text: str) -> bool:
    if span is None:
        return False
    rest = text[: span.start] + text[span.end :]
    return not any(one.isalnum() for one in rest)


def _shown(span: Span | None, text: str) -> str:
    return shortened(span.of(text), 120) if span is not None else ""
