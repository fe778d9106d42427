"""Hypotheses against evidence as a table, and where on the record the evidence stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.domain.hypotheses import Hypothesis, Matrix, Row, RowKind
from onrecord.ledger.weighed import ShownPassage
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.weighed.entries import PassageEntry, passage_entry
from onrecord.publishing.wording import counted, shortened


@dataclass(frozen=True, slots=True)
class Found:
    """What rows name on the record: the passages by what was asked, and where words stand in several utterances."""

    passages: Mapping[str, ShownPassage]
    several: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A hypothesis and how many rows are inconsistent with it."""

    text: str
    deception: bool
    against: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row; `passage` is None for absences and assumptions, and for what `missing` says in words is not there."""

    kind: str
    words: str
    passage: PassageEntry | None
    missing: str | None
    cells: tuple[str, ...]
    why: str | None
    tells_apart: bool


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """A matrix shown whole, the hypothesis with the fewest inconsistencies first."""

    name: str
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    watch: tuple[str, ...]
    no_deception: bool


def found(view: WeighedView, matrices: Iterable[Matrix]) -> Found:
    """The passages that the rows of matrices name by an id or by words, as far as they are on the record.

    Words name the utterance of which a wording holds them, without regard to case; where there is more than one they
    name nothing.
    """
    rows = [row for matrix in matrices for row in matrix.rows]
    passages = view.passages_named({row.what for row in rows if row.kind is RowKind.PASSAGE})
    several: dict[str, int] = {}
    for words in sorted({row.what for row in rows if row.kind is RowKind.WORDS}):
        count = view.count_utterances(text=words)
        if count > 1:
            several[words] = count
        elif count:
            passages[words] = view.passage(_holder(view, words))
    return Found(passages, several)


def _holder(view: WeighedView, words: str) -> str:
    """The first published passage of the only utterance with these words that has them itself."""
    (head,) = view.utterances(text=words, limit=1)
    renderings = view.utterance(head.id).renderings
    wanted = words.casefold()
    return next((one.passage for one in renderings if wanted in one.span.text.casefold()), renderings[0].passage)


def known(matrix: Matrix, on_record: Found) -> Matrix:
    """The matrix with those of its rows that are on the record, or need not be."""
    rows = (row for row in matrix.rows if not row.kind.on_record or row.what in on_record.passages)
    return replace(matrix, rows=tuple(rows))


def matrix_page(matrix: Matrix, on_record: Found) -> MatrixPage:
    """The page of a matrix; `on_record` is what was found of its rows."""
    ranked = matrix.ranked()
    return MatrixPage(
        name=shortened(matrix.name, 200),
        columns=tuple(
            MatrixColumn(shortened(one.text, 300), one.deception, len(matrix.against(one.key))) for one in ranked
        ),
        rows=tuple(_row(row, ranked, on_record) for row in matrix.rows),
        watch=tuple(shortened(one, 300) for one in matrix.watch),
        no_deception=not matrix.deceives,
    )


def _row(row: Row, ranked: Sequence[Hypothesis], on_record: Found) -> MatrixRow:
    passage = on_record.passages.get(row.what) if row.kind.on_record else None
    missing = None
    if row.kind.on_record and passage is None:
        count = on_record.several.get(row.what)
        missing = (
            "not on this record" if count is None else f"in {counted(count, 'utterance', 'utterances')}: quote more"
        )
    return MatrixRow(
        kind=row.kind.value,
        words=shortened(row.what, 600),
        passage=None if passage is None else passage_entry(passage, 300),
        missing=missing,
        cells=tuple(row.cells[one.key].value for one in ranked),
        why=None if row.why is None else shortened(row.why, 300),
        tells_apart=row.tells_apart,
    )
