"""Statements as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.ledger.view import RecordedStatement
from onrecord.publishing.exports import TERMINAL_COLUMNS, terminal_row

_KIND_STYLE = {"direct": "green", "mixed": "yellow", "indirect": "cyan"}
_SHARE = {"speaker": 3, "statement": 8, "outlet": 2}
"""Columns that share the width that is left; the others are as wide as what is in them."""
_FIRST_TO_GO = ("id", "sure")
"""Columns that a narrow terminal does without."""
_NUMBERS = ("origins", "reports", "outlets", "statements", "utterances")
_NARROW = 120


def statement_table(rows: Iterable[RecordedStatement], width: int) -> Table:
    """The columns of `onrecord.publishing.exports.TERMINAL_COLUMNS`, a row for each recorded statement.

    `width` is the terminal's, in columns; a narrow one goes without the last ones.
    """
    kept = [k for k, name in enumerate(TERMINAL_COLUMNS) if width >= _NARROW or name not in _FIRST_TO_GO]
    table = _table(*(TERMINAL_COLUMNS[k] for k in kept))
    for recorded in rows:
        cells = terminal_row(recorded)
        table.add_row(*(_cell(cells[k]) for k in kept))
    return table


def extracted_table(report: Report, statements: Sequence[Statement]) -> Table:
    """Speaker, kind, cue and words of the statements of one report."""
    table = _table("speaker", "kind", "cue", "statement", title=report.title)
    for statement in statements:
        who = statement.speaker.name or f"unnamed ({_joined(report.text, statement.source) or 'no source'})"
        cells = (
            who,
            statement.kind.value,
            _joined(report.text, statement.cue),
            _joined(report.text, statement.content),
        )
        table.add_row(*(_cell(cell) for cell in cells))
    return table


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[str]], wide: Sequence[str] = ()) -> Table:
    """A table of plain cells; the columns in `wide` share the width that is left."""
    table = Table(header_style="bold", show_lines=False, expand=bool(wide))
    for name in columns:
        number = name in _NUMBERS
        table.add_column(name, ratio=1 if name in wide else None, justify="right" if number else "left")
    for cells in rows:
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(title=Text(title) if title else None, header_style="bold", show_lines=False, expand=True)
    for name in columns:
        table.add_column(name, ratio=_SHARE.get(name), no_wrap=name not in _SHARE)
    return table


def _cell(value: str) -> Text:
    # Text, not str: what comes from a report must not be taken for markup.
    return Text(value, style=_KIND_STYLE.get(value, ""))


def _joined(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(" ".join(span.of(text).split()) for span in spans)
