"""Results as rows of a shard's Parquet file, and back.

The columns are those of the ledger's rows. Ids of captures and reports are not kept but computed anew, and a row that
is read back is data from outside: sizes are looked at before anything is unpacked, and words are held to the text.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from onrecord.domain.reports import Capture, Input, Outcome, Report
from onrecord.domain.statements import ReaderIdentity, Statement
from onrecord.errors import ExtraMissing
from onrecord.ledger.rows import capture_row, report_of, report_row, statement_of, statement_row, time_of
from onrecord.pipeline import Result

if TYPE_CHECKING:
    import pyarrow

_LONGEST_STRING: Final = 1_000_000
"""Characters of a name, a place or a detail."""
_MOST_STATEMENTS: Final = 200_000
_CAPTURE: Final = ("place", "media_type", "retrieved", "headers", "size", "content")
_REPORT: Final = (
    "outlet", "title", "author", "url", "published", "published_is_day", "language", "marks", "extractor", "extra",
    "text",
)  # fmt: skip
_STATEMENT: Final = (
    "id", "kind", "speaker", "basis", "mention", "confidence", "nested_in", "source", "cue", "content", "passages",
)  # fmt: skip


def weight_of(result: Result) -> int:
    """Bytes of the capture and characters of the text of one result."""
    capture, report = result.given.capture, result.given.report
    return (0 if capture is None else len(capture.content)) + (0 if report is None else len(report.text))


def row_of(number: int, result: Result) -> dict[str, Any]:
    """The row of a result, the `number`th of its shard."""
    given, reader = result.given, result.reader
    capture = None if given.capture is None else capture_row(given.capture, "")
    report = None if given.report is None else report_row(given.report)
    text = "" if given.report is None else given.report.text
    return {
        "number": number,
        "name": given.name,
        "place": given.place,
        "outcome": str(result.outcome),
        "reason": given.reason,
        "detail": given.detail,
        "capture": None if capture is None else {name: capture[name] for name in _CAPTURE},
        "report": None if report is None else {name: _plain(report[name]) for name in _REPORT},
        "reader": None if reader is None else asdict(reader),
        "statements": [
            {name: _plain(value) for name, value in statement_row(one, text, "").items() if name in _STATEMENT}
            for one in result.statements
        ],
    }


def _plain(value: object) -> object:
    """An enumeration's member as the text that it is."""
    return str(value) if isinstance(value, str) else value


def result_of(row: Mapping[str, Any], max_input: int, max_text: int) -> Result:
    """The result in a row.

    Raises:
        ValueError, KeyError, TypeError: when `row_of` did not make it, or it is larger than it may be.
        LedgerError: for a time without a zone.
    """
    for name in ("name", "place", "detail", "outcome"):
        if not isinstance(row[name], str) or len(row[name]) > _LONGEST_STRING:
            raise ValueError(f"the {name} of an input is no text, or a very long one")
    capture = None if row["capture"] is None else _capture(row["capture"], max_input)
    report = None
    if row["report"] is not None:
        if capture is None:
            raise ValueError("a report without its capture")
        report = _report(row["report"], capture, max_text)
    reader = None if row["reader"] is None else ReaderIdentity(**row["reader"])
    outcome = Outcome(row["outcome"])
    if (outcome is Outcome.SKIPPED) == (row["reason"] is None) or (outcome is Outcome.SKIPPED) == (report is not None):
        raise ValueError("an input is skipped with a reason, or has a report")
    given = Input(row["name"], row["place"], capture, report, row["reason"], row["detail"])
    return Result(given, outcome, _statements(row["statements"], report), reader)


def _capture(row: Mapping[str, Any], max_input: int) -> Capture:
    size, packed = row["size"], row["content"]
    if not 0 <= size <= max_input:
        raise ValueError(f"a capture of {size} bytes, {max_input} are allowed")
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, size + 1)
    except zlib.error as error:
        raise ValueError(f"a capture that cannot be unpacked ({error})") from error
    if len(content) != size or not unpacking.eof or unpacking.unused_data:
        raise ValueError("a capture that has not the size it says")
    headers = json.loads(row["headers"])
    if not isinstance(headers, dict) or not all(isinstance(one, str) for one in headers.values()):
        raise ValueError("headers that are none")
    retrieved = None if row["retrieved"] is None else time_of(row["retrieved"])
    return Capture(content, row["place"], row["media_type"], retrieved, headers)


def _report(row: Mapping[str, Any], capture: Capture, max_text: int) -> Report:
    if len(row["text"]) > max_text:
        raise ValueError(f"a text of {len(row['text'])} characters, {max_text} are allowed")
    return report_of({**row, "capture": capture.sha256})


def _statements(rows: Sequence[Mapping[str, Any]], report: Report | None) -> tuple[Statement, ...]:
    if len(rows) > _MOST_STATEMENTS or (rows and report is None):
        raise ValueError(f"{len(rows)} statements of one input")
    if report is None:
        return ()
    of_report = report.id
    found = []
    for row in rows:
        one, quoted = statement_of(row, of_report)
        if any(span.of(report.text) != words for part in quoted.values() for span, words in part):
            raise ValueError(f"statement {one.id} has other words than its report")
        found.append(one)
    return tuple(found)


def schema() -> pyarrow.Schema:
    """The columns of a shard's file.

    Raises:
        ExtraMissing: when pyarrow is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise ExtraMissing("reading with several workers", "pyarrow", "batch") from error

    def typed(name: str) -> pyarrow.DataType:
        if name in ("number", "size", "published_is_day"):
            return pyarrow.int64()
        return pyarrow.float64() if name == "confidence" else pyarrow.string()

    def struct(names: Sequence[str]) -> pyarrow.DataType:
        return pyarrow.struct([(name, typed(name)) for name in names])

    packed = [(name, pyarrow.binary() if name == "content" else typed(name)) for name in _CAPTURE]
    return pyarrow.schema(
        [
            *((name, typed(name)) for name in ("number", "name", "place", "outcome", "reason", "detail")),
            ("capture", pyarrow.struct(packed)),
            ("report", struct(_REPORT)),
            ("reader", struct(("name", "version", "weights"))),
            ("statements", pyarrow.list_(struct(_STATEMENT))),
        ]
    )
