"""Turns: the statements of a report in reading order with who was found to speak them, which later ones lean on."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind, Speaker


@dataclass(frozen=True, slots=True)
class Unresolved:
    """What the resolver needs of a statement."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Turn:
    """A statement, the paragraph it begins in and its speaker."""

    paragraph: int
    statement: Unresolved
    speaker: Speaker
