"""Matrices of competing hypotheses (Heuer, Psychology of Intelligence Analysis, 1999, chapter 8).

Evidence stands in rows, hypotheses in columns, and each cell says whether the two go together. What tells hypotheses
apart is what is inconsistent with some of them: a hypothesis is never shown right, only less refuted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Consistency(StrEnum):
    """How a row of evidence goes with a hypothesis."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NOT_APPLICABLE = "not applicable"


class RowKind(StrEnum):
    """What a row rests on."""

    PASSAGE = "passage"
    """Something on the record, by the id of a passage."""
    WORDS = "words"
    """Something on the record, by words that one utterance alone has."""
    ABSENCE = "absence"
    """Something that was looked for and is not there."""
    ASSUMPTION = "assumption"
    """Something that nobody has shown."""

    @property
    def on_record(self) -> bool:
        """Whether the record is to show it."""
        return self in (RowKind.PASSAGE, RowKind.WORDS)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One explanation; `deception` marks one in which somebody wants the record to mislead."""

    key: str
    text: str
    deception: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `what` is the id of a passage, or words; `cells` has one consistency for each hypothesis by key."""

    kind: RowKind
    what: str
    cells: Mapping[str, Consistency]
    why: str | None = None

    @property
    def tells_apart(self) -> bool:
        """Whether it is inconsistent with some hypotheses and not with all: what is the same for all tells nothing."""
        against = [one is Consistency.INCONSISTENT for one in self.cells.values()]
        return any(against) and not all(against)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Hypotheses against evidence, absences and assumptions, and what to watch next."""

    name: str
    hypotheses: tuple[Hypothesis, ...]
    rows: tuple[Row, ...]
    watch: tuple[str, ...] = ()

    @property
    def passages(self) -> frozenset[str]:
        """The ids of the passages that rows name."""
        return frozenset(row.what for row in self.rows if row.kind is RowKind.PASSAGE)

    @property
    def deceives(self) -> bool:
        """Whether in one of the hypotheses somebody wants the record to mislead."""
        return any(one.deception for one in self.hypotheses)

    def against(self, key: str) -> tuple[Row, ...]:
        """The rows that are inconsistent with a hypothesis."""
        return tuple(row for row in self.rows if row.cells[key] is Consistency.INCONSISTENT)

    def ranked(self) -> tuple[Hypothesis, ...]:
        """The hypotheses by the fewest inconsistencies; equals stay in the order of the file."""
        return tuple(sorted(self.hypotheses, key=lambda one: len(self.against(one.key))))
