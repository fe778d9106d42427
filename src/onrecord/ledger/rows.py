"""Domain objects to rows and back, and the hashes that bind a row to the chain.

A row is a mapping of column names to what the database stores. Writing refuses what could not come back unchanged;
reading raises ValueError, KeyError or TypeError on a row that no writer of ours wrote, for the caller to name.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table

from onrecord.domain.ids import Field, content_id, encoded, sha256
from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.reports import Capture, Input, Mark, MarkKind, Outcome, Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Basis, Kind, ReaderIdentity, Speaker, Statement
from onrecord.errors import LedgerError
from onrecord.ledger.passage_rows import passages_json, passages_of

Value = str | int | float | bytes | None
Row = dict[str, Value]
Quoted = tuple[Span, str]
"""A span and the characters that stand there."""

_CHUNK = 1 << 20


def time_text(moment: datetime) -> str:
    """A time as it is stored: UTC to the microsecond, of one width, so that texts sort as times do.

    >>> time_text(datetime(2022, 2, 15, tzinfo=UTC))
    '2022-02-15T00:00:00.000000Z'

    Raises:
        LedgerError: for a time without a zone.
    """
    if moment.tzinfo is None:
        raise LedgerError(f"the time {moment.isoformat()} has no zone; give it one before it goes on the record")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def time_of(text: str) -> datetime:
    """The time that `time_text` wrote."""
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() != timedelta(0) or time_text(moment) != text:
        raise ValueError(f"not a time as a ledger writes it: {text!r}")
    return moment


def body(table: Table, row: Mapping[str, Value]) -> str:
    """SHA-256 over every column of a typed row but `seq`, in the table's order."""
    return sha256(encoded(tuple(_field(row[column.name]) for column in table.columns if column.name != "seq")))


def entry_hash(row: Mapping[str, Value]) -> str:
    """SHA-256 of an entry: its place in the chain, the hash before it, and what it vouches for."""
    order = ("seq", "previous", "kind", "id", "body", "recorded", "recorded_by")
    return sha256(encoded(tuple(_field(row[name]) for name in order)))


def _field(value: Value) -> Field:
    # repr() of a float is the shortest text that reads back as the same 64 bits, on every machine.
    return repr(value) if isinstance(value, float) else value


def reading_id(report: str, reader: ReaderIdentity) -> str:
    """The id of one report read by one reader."""
    return content_id("reading", report, reader.name, reader.version, reader.weights)


def finding_id(reading: str, statement: str) -> str:
    """The id of a statement's entry: the statement as found by one reading."""
    return content_id("finding", reading, statement)


def input_id(name: str, capture: str | None, reason: str | None) -> str:
    """The id of an input. Whether it was read or found to be a duplicate takes no part: that is a matter of order."""
    return content_id("input", name, capture, reason)


def capture_row(capture: Capture, sha: str) -> Row:
    """`sha` is the capture's SHA-256, given because it is costly to compute again."""
    return {
        "id": sha,
        "place": capture.place,
        "media_type": capture.media_type,
        "retrieved": None if capture.retrieved is None else time_text(capture.retrieved),
        "headers": _json(dict(sorted(capture.headers.items()))),
        "size": len(capture.content),
        "content": zlib.compress(capture.content, 6),
    }


def capture_fault(row: Mapping[str, Value]) -> str | None:
    """What is wrong with the bytes of a capture's row, or None; unpacks piece by piece, so a bomb costs no memory."""
    unpacking, seen, size = zlib.decompressobj(), hashlib.sha256(), 0
    rest, expected = row["content"], row["size"]
    if not isinstance(rest, bytes) or not isinstance(expected, int):
        return "its content is not bytes with a size"
    more = True
    try:
        while more and size <= expected:
            piece = unpacking.decompress(rest, _CHUNK)
            seen.update(piece)
            size += len(piece)
            rest = unpacking.unconsumed_tail
            # All input may be taken in while output still waits: a full piece says that there may be more.
            more = not unpacking.eof and bool(rest or len(piece) == _CHUNK)
    except zlib.error as error:
        return f"its content cannot be unpacked: {error}"
    if size != expected or not unpacking.eof or unpacking.unused_data:
        return f"its content does not unpack to the {expected} bytes it should have"
    return None if seen.hexdigest() == row["id"] else "its bytes do not have the SHA-256 that is its id"


def report_row(report: Report) -> Row:
    """A report's row.

    Raises:
        LedgerError: when `published` is in another zone than UTC, because the id covers the time as it is written.
    """
    if report.published is not None and report.published.utcoffset() != timedelta(0):
        raise LedgerError(f"the published time {report.published.isoformat()} of {report.url or report.id} is not UTC")
    return {
        "id": report.id,
        "capture": report.capture,
        "outlet": report.outlet,
        "title": report.title,
        "author": report.author,
        "url": report.url,
        "published": None if report.published is None else time_text(report.published),
        "published_is_day": int(report.published_is_day),
        "language": report.language,
        "marks": _json([[mark.span.start, mark.span.end, mark.kind] for mark in report.marks]),
        "extractor": report.extractor,
        "extra": report.extra,
        "text": report.text,
    }


def report_of(row: Mapping[str, Value]) -> Report:
    """The report a row holds."""
    published = row["published"]
    return Report(
        capture=_str(row["capture"]),
        text=_str(row["text"]),
        outlet=_optional(row["outlet"]),
        title=_optional(row["title"]),
        author=_optional(row["author"]),
        url=_optional(row["url"]),
        published=None if published is None else time_of(_str(published)),
        published_is_day=bool(row["published_is_day"]),
        language=_optional(row["language"]),
        marks=tuple(Mark(Span(start, end), MarkKind(kind)) for start, end, kind in _list(row["marks"])),
        extractor=_str(row["extractor"]),
        extra=_optional(row["extra"]),
    )


def reading_row(report: str, reader: ReaderIdentity, statements: int) -> Row:
    """The row of one report read by one reader, with how many statements it found."""
    return {
        "id": reading_id(report, reader),
        "report": report,
        "reader": reader.name,
        "version": reader.version,
        "weights": reader.weights,
        "statements": statements,
    }


def statement_row(statement: Statement, text: str, reading: str) -> Row:
    """A statement's row; `text` is the text of its report, whose characters are stored beside the offsets."""

    def quoted(spans: Sequence[Span]) -> str:
        return _json([[span.start, span.end, span.of(text)] for span in spans])

    mention = statement.speaker.mention
    return {
        "id": statement.id,
        "reading": reading,
        "position": statement.content[0].start,
        "kind": statement.kind,
        "speaker": statement.speaker.name,
        "basis": statement.speaker.basis,
        "mention": None if mention is None else _json([mention.start, mention.end]),
        "confidence": float(statement.confidence),
        "nested_in": statement.nested_in,
        "source": quoted(statement.source),
        "cue": quoted(statement.cue),
        "content": quoted(statement.content),
        "passages": passages_json(statement.passages, text),
    }


def quoted_spans(value: Value) -> tuple[Quoted, ...]:
    """The spans of a `source`, `cue` or `content` column, each with its characters."""
    return tuple((Span(start, end), _str(text)) for start, end, text in _list(value))


def statement_of(row: Mapping[str, Value], report: str) -> tuple[Statement, dict[str, tuple[Quoted, ...]]]:
    """The statement a row holds, and the characters of its source, cue and content."""
    words = {name: quoted_spans(row[name]) for name in ("source", "cue", "content")}
    source, cue, content = (tuple(span for span, _ in words[name]) for name in ("source", "cue", "content"))
    mention, confidence = row["mention"], row["confidence"]
    if not isinstance(confidence, int | float):
        raise ValueError("a confidence is a number")
    found = Statement(
        id=_str(row["id"]),
        report=report,
        source=source,
        cue=cue,
        content=content,
        kind=Kind(_str(row["kind"])),
        speaker=Speaker(
            _optional(row["speaker"]), Basis(_str(row["basis"])), None if mention is None else Span(*_list(mention))
        ),
        confidence=confidence,
        nested_in=_optional(row["nested_in"]),
        passages=passages_of(_str(row["passages"])),
    )
    return found, words


def input_row(given: Input, capture: str | None, outcome: Outcome) -> Row:
    """The row of what became of one input; `capture` is the SHA-256 of its capture."""
    return {
        "id": input_id(given.name, capture, given.reason),
        "name": given.name,
        "place": given.place,
        "capture": capture,
        "report": None if given.report is None or outcome is Outcome.SKIPPED else given.report.id,
        "outcome": outcome,
        "reason": given.reason,
        "detail": given.detail,
    }


def judgement_row(one: Judgement) -> Row:
    return {
        "id": one.id,
        "subject": one.subject.value,
        "a": one.a,
        "b": one.b,
        "verdict": str(one.verdict),
        "why": one.why,
        "by": one.by,
        "made": time_text(one.made),
    }


def judgement_of(row: Mapping[Any, Any]) -> Judgement:
    return Judgement(
        row["id"],
        Subject(row["subject"]),
        row["a"],
        row["b"],
        row["verdict"],
        row["why"],
        row["by"],
        time_of(row["made"]),
    )


def storable(table: Table, row: Row, about: str) -> Row:
    """The row with plain values, checked to be text that UTF-8 can hold; `about` names the input in the message.

    Raises:
        LedgerError: for a lone surrogate, which no database can store and no reader of an export could read.
    """
    for name, value in row.items():
        if isinstance(value, str):
            try:
                value.encode("utf-8")
            except UnicodeEncodeError as error:
                raise LedgerError(
                    f"{about}: the {name} of its {table.name} holds half a character (a lone surrogate) at "
                    f"{error.start}, which cannot be stored; replace it before it goes on the record"
                ) from error
            # An enumeration's member would otherwise reach the database driver as it is.
            row[name] = str(value)
    return row


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _list(value: Value) -> list[Any]:
    found = json.loads(_str(value))
    if not isinstance(found, list):
        raise ValueError("a list was expected")
    return found


def _str(value: Value) -> str:
    if not isinstance(value, str):
        raise ValueError(f"text was expected, not {type(value).__name__}")
    return value


def _optional(value: Value) -> str | None:
    return None if value is None else _str(value)
