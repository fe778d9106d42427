"""Indicators by day and matrices of hypotheses as rows for other programs and for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onrecord.domain.hypotheses import Matrix
from onrecord.domain.indicators import Series, Shift
from onrecord.ledger.weighed import ShownPassage
from onrecord.publishing.exports import plain_cells
from onrecord.publishing.weighed_exports import passage_row, who
from onrecord.publishing.wording import counted, number_words, printable


def series_row(series: Series, shifts: Sequence[Shift], sentences: Sequence[str]) -> dict[str, object]:
    """An indicator day by day as an object for JSON; a value is None where there is no data."""
    return {
        "name": series.indicator.name,
        "unit": series.indicator.unit.value,
        "days": [
            {
                "day": day.day.isoformat(),
                "value": day.value,
                "utterances": list(day.utterances),
                "passages": list(day.passages),
            }
            for day in series.days
        ],
        "changes": [
            {
                "day": shift.day.isoformat(),
                "direction": shift.direction.value,
                "before": shift.before.mean,
                "after": shift.after.mean,
                "size": round(shift.size, 3),
                "known": shift.known.isoformat(),
                "sentence": sentence,
                "reasons": list(shift.reasons),
            }
            for shift, sentence in zip(shifts, sentences, strict=True)
        ],
        "sources": list(series.sources),
        "breaks": [
            {"outlet": one.outlet, "day": None if one.day is None else one.day.isoformat(), "words": one.words}
            for one in series.breaks
        ],
    }


def series_lines(series: Series, sentences: Sequence[str]) -> Iterator[str]:
    """An indicator for a terminal: what changed, the days, and what was left out."""
    yield printable(series.indicator.name)
    for sentence in sentences or ("no change is shown",):
        yield printable(f"  {sentence}")
    most = max((day.value for day in series.days if day.value is not None), default=0.0)
    for day in series.days:
        if day.value is None:
            yield f"  {day.day.isoformat()}  no data"
            continue
        bar = "█" * (round(40 * day.value / most) if most else 0)
        yield f"  {day.day.isoformat()}  {number_words(day.value):>9}  {bar}"
    for one in series.breaks:
        yield printable(f"  note: {one.words}")
    yield ""


def matrix_row(one: Matrix, passages: Mapping[str, ShownPassage]) -> dict[str, object]:
    """A matrix of hypotheses as an object for JSON, the least refuted first; `passages` by what rows name."""
    return {
        "name": one.name,
        "hypotheses": [
            {
                "key": hypothesis.key,
                "text": hypothesis.text,
                "deception": hypothesis.deception,
                "inconsistent": len(one.against(hypothesis.key)),
            }
            for hypothesis in one.ranked()
        ],
        "rows": [
            {
                "kind": row.kind.value,
                "what": row.what,
                "passage": passage_row(passages[row.what]) if row.kind.on_record and row.what in passages else None,
                "cells": {key: cell.value for key, cell in row.cells.items()},
                "why": row.why,
                "tells_apart": row.tells_apart,
            }
            for row in one.rows
        ],
        "watch": list(one.watch),
    }


def matrix_cells(one: Matrix, passages: Mapping[str, ShownPassage]) -> Iterator[tuple[str, ...]]:
    """A row of cells for each row of a matrix: the evidence, its cells, and whether it tells hypotheses apart."""
    for row in one.rows:
        if row.kind.on_record and row.what in passages:
            shown = passages[row.what]
            words = f"{who(shown)}: “{shown.span.text}”"
        else:
            words = f"{row.what} ({'not on this record' if row.kind.on_record else row.kind.value})"
        cells = (row.cells[hypothesis.key].value for hypothesis in one.ranked())
        yield plain_cells((words, *cells, "yes" if row.tells_apart else "no"))


def matrix_lines(one: Matrix) -> Iterator[str]:
    """What is said under a matrix in a terminal."""
    for hypothesis in one.ranked():
        rows = counted(len(one.against(hypothesis.key)), "row is inconsistent with it", "rows are inconsistent with it")
        deception = " (deception)" if hypothesis.deception else ""
        yield printable(f"{hypothesis.key}: {hypothesis.text}{deception}; {rows}")
    if not one.deceives:
        yield "No hypothesis says that somebody wants the record to mislead; add one."
    for sign in one.watch:
        yield printable(f"watch: {sign}")
