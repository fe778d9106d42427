"""Statements as rows for other programs: JSON lines, CSV, and cells for a table in a terminal.

The shape of a row is fixed: a span is `{"report", "input", "start", "end", "text"}` and a statement has `id, kind,
speaker, source, cue, content, nested_in, confidence` in this order, followed by what else is known of it. Later
versions only add keys behind the last one.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.paging import page_of
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.ledger.view import LocatedSpan, RecordedStatement
from onrecord.publishing.passages import bare_passage_row, figure_cell, passage_row, time_cell
from onrecord.publishing.wording import confidence_words, iso_time, printable, shortened, speaker_words, when

BETWEEN_PARTS = " … "

CSV_COLUMNS = (
    "id",
    "kind",
    "speaker",
    "speaker_basis",
    "source",
    "cue",
    "content",
    "confidence",
    "nested_in",
    "outlet",
    "title",
    "published",
    "url",
    "input",
    "report",
    "source_spans",
    "cue_spans",
    "content_spans",
    "reader",
    "reader_version",
    "reader_weights",
    "recorded",
    "acts",
    "figures",
    "times",
    "corrected_by",
)

TERMINAL_COLUMNS = ("published", "speaker", "act", "kind", "statement", "outlet", "sure", "id")

# What a cell of a spreadsheet can hold.
LONGEST_CELL = 32_767
# A cell that begins so is taken for a formula by spreadsheets; so is one with white space in front of it.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# JSON allows them inside a string, yet many readers of lines take them for the end of one.
LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029", "\x7f": "\\u007f"})


def span_row(span: LocatedSpan, pages: Sequence[int] = ()) -> dict[str, object]:
    """One span: characters `[start, end)` of the report's text and the characters themselves.

    Where `pages` begin at these characters, the number of the page it begins on stands there too.
    """
    row: dict[str, object] = {"report": span.report, "input": span.input, "start": span.start, "end": span.end}
    if pages:
        row["page"] = page_of(pages, span.start)
    return {**row, "text": span.text}


def statement_row(recorded: RecordedStatement) -> dict[str, object]:
    """One statement as an object for JSON."""
    statement, report = recorded.statement, recorded.report
    return {
        "id": statement.id,
        "kind": statement.kind.value,
        "speaker": statement.speaker.name,
        "source": [span_row(span, report.page_starts) for span in recorded.source],
        "cue": [span_row(span, report.page_starts) for span in recorded.cue],
        "content": [span_row(span, report.page_starts) for span in recorded.content],
        "nested_in": statement.nested_in,
        "confidence": statement.confidence,
        "speaker_basis": statement.speaker.basis.value,
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "published": iso_time(report.published, report.published_is_day),
        "reader": {
            "name": recorded.reader.name,
            "version": recorded.reader.version,
            "weights": recorded.reader.weights,
        },
        "recorded": iso_time(recorded.recorded),
        "passages": [passage_row(one) for one in recorded.passages],
        "corrections": list(map(correction_row, recorded.correction.judgements)),
        "as_read": as_read_row(recorded) if recorded.correction.judgements else None,
    }


def correction_row(one: Judgement) -> dict[str, object]:
    """A person's word on a statement; `part` is the part whose characters it tells."""
    return {
        "id": one.id,
        "subject": one.subject.value,
        "part": one.b if one.subject is Subject.SPAN else None,
        "actor": (one.b or None) if one.subject is Subject.SPEAKER else None,
        "verdict": one.verdict,
        "why": one.why,
        "by": one.by,
        "made": iso_time(one.made),
    }


def as_read_row(recorded: RecordedStatement) -> dict[str, object]:
    """What the program read before people corrected it; spans are `[start, end]`."""
    read = recorded.as_read
    return {
        "speaker": read.speaker.name,
        "speaker_basis": read.speaker.basis.value,
        "source": pairs(read.source),
        "content": pairs(read.content),
    }


def pairs(spans: Iterable[Span]) -> list[list[int]]:
    """Spans as `[start, end]`."""
    return [[span.start, span.end] for span in spans]


def extracted_rows(statements: Sequence[Statement]) -> list[dict[str, object]]:
    """Statements that are on no record as objects for JSON: spans are `[start, end]`, `nested_in` counts from 0."""
    places = {statement.id: place for place, statement in enumerate(statements)}
    return [
        {
            "source": pairs(statement.source),
            "cue": pairs(statement.cue),
            "content": pairs(statement.content),
            "kind": statement.kind.value,
            "speaker": statement.speaker.name,
            "nested_in": places.get(statement.nested_in or ""),
            "passages": [bare_passage_row(passage) for passage in statement.passages],
        }
        for statement in statements
    ]


def jsonl(statements: Iterable[RecordedStatement]) -> Iterator[str]:
    """JSON lines, one statement a line, in the order given."""
    return json_lines(map(statement_row, statements))


def json_lines(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """JSON lines, each of which can be encoded as UTF-8 and is one line to every reader."""
    for row in rows:
        line = json.dumps(row, ensure_ascii=False, allow_nan=False)
        try:
            line.encode("utf-8")
        except UnicodeEncodeError:
            line = json.dumps(row, allow_nan=False)
        yield line.translate(LINE_ENDS) + "\n"


def csv_lines(statements: Iterable[RecordedStatement]) -> Iterator[str]:
    """CSV after RFC 4180 with a header, one statement a row.

    Parts are joined by " … ", spans stand as `start-end;start-end`. A cell that a spreadsheet would take for a formula
    begins with an apostrophe and one longer than a spreadsheet can hold ends with "…", so the JSON lines and not this
    hold the characters to the letter.
    """
    return csv_rows(CSV_COLUMNS, map(_flat, statements))


def csv_rows(columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> Iterator[str]:
    """CSV after RFC 4180 with a header; a cell is as `csv_lines` says."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        yield _drained(buffer)
        writer.writerow(map(_cell, row))
    yield _drained(buffer)


def terminal_row(recorded: RecordedStatement, *, longest: int = 160) -> tuple[str, ...]:
    """The cells under `TERMINAL_COLUMNS`, each one line of printable characters; make `rich.text.Text` of them.

    A cell is plain text and may hold square brackets: printed as markup it would be misread.
    """
    statement, report = recorded.statement, recorded.report
    cells = (
        when(report.published, True, unknown="").words,
        speaker_words(statement.speaker, joined(recorded.source)),
        ", ".join(statement.acts),
        statement.kind.value,
        joined(recorded.content),
        report.outlet or report.input,
        confidence_words(statement.confidence),
        statement.id[:12],
    )
    return plain_cells(cells, longest)


def plain_cells(cells: Iterable[str], longest: int = 160) -> tuple[str, ...]:
    """Cells as one line of printable characters each, cut at about `longest`."""
    return tuple(printable(shortened(cell, longest)) for cell in cells)


def joined(spans: Sequence[LocatedSpan]) -> str:
    """The characters of some spans as one text, " … " between them."""
    return BETWEEN_PARTS.join(span.text for span in spans)


def _flat(recorded: RecordedStatement) -> Sequence[str | float | None]:
    statement, report, reader = recorded.statement, recorded.report, recorded.reader
    return (
        statement.id,
        statement.kind.value,
        statement.speaker.name,
        statement.speaker.basis.value,
        joined(recorded.source),
        joined(recorded.cue),
        joined(recorded.content),
        statement.confidence,
        statement.nested_in,
        report.outlet,
        report.title,
        iso_time(report.published, report.published_is_day),
        report.url,
        report.input,
        report.id,
        _places(recorded.source),
        _places(recorded.cue),
        _places(recorded.content),
        reader.name,
        reader.version,
        reader.weights,
        iso_time(recorded.recorded),
        ";".join(statement.acts),
        figure_cell(recorded.passages),
        time_cell(recorded.passages),
        ";".join(dict.fromkeys(one.by for one in recorded.correction.judgements)),
    )


def _places(spans: Sequence[LocatedSpan]) -> str:
    return ";".join(f"{span.start}-{span.end}" for span in spans)


def _cell(value: str | float | None) -> str | float | None:
    if not isinstance(value, str):
        return value
    value = printable(value)
    value = f"'{value}" if FORMULA.match(value) else value
    return value if len(value) <= LONGEST_CELL else value[: LONGEST_CELL - 1] + "…"


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
