"""What a search finds as rows for other programs and for a terminal.

A row is that of the export of its kind with `found` behind it: `{"by", "words", "nearness"}`, where `by` is words,
meaning, name or filters. Later versions only add keys behind the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from onrecord.ledger.linked import UtteranceHead
from onrecord.ledger.searched import Found, FoundActor, FoundStatement, Order, Place, Why
from onrecord.ledger.searching import Search
from onrecord.ledger.view import ReportHead
from onrecord.publishing.exports import csv_rows, joined, plain_cells, statement_row
from onrecord.publishing.linked_exports import report_row
from onrecord.publishing.searching.pages import why_words
from onrecord.publishing.weighed_exports import who
from onrecord.publishing.wording import iso_time, speaker_words, when

Row = dict[str, object]

COLUMNS: Final[dict[Place, tuple[str, ...]]] = {
    Place.STATEMENTS: (
        "id", "speaker", "content", "acts", "kind", "outlet", "title", "published", "url", "input", "report",
        "utterances", "origins",
    ),
    Place.UTTERANCES: ("id", "actor", "name", "words", "first", "last", "origins", "reports", "outlets"),
    Place.REPORTS: ("id", "title", "outlet", "published", "url", "input"),
    Place.ACTORS: ("id", "name", "kind", "statements", "first", "last"),
}  # fmt: skip
"""The columns of a row in CSV, which has three more: found_by, found_words, nearness."""
TERMINAL_COLUMNS: Final[dict[Place, tuple[str, ...]]] = {
    Place.STATEMENTS: ("published", "speaker", "statement", "outlet", "found", "id"),
    Place.UTTERANCES: ("first", "origins", "speaker", "words", "found", "id"),
    Place.REPORTS: ("published", "outlet", "title", "found", "id"),
    Place.ACTORS: ("actor", "kind", "statements", "first", "last", "found", "id"),
}
WIDE: Final[dict[Place, tuple[str, ...]]] = {
    Place.STATEMENTS: ("statement",),
    Place.UTTERANCES: ("words",),
    Place.REPORTS: ("title",),
    Place.ACTORS: ("actor",),
}
"""The columns that share the width of a terminal."""


def found_rows(
    search: Search, place: Place, *, limit: int | None = None, offset: int = 0, order: Order = Order.BEST
) -> Iterator[Row]:
    """What a search finds among things of one kind, as objects for JSON."""
    match place:
        case Place.STATEMENTS:
            for said in search.statements(limit=limit, offset=offset, order=order):
                yield {**statement_row(said.what.recorded), **_carried(said.what), "found": found_row(said.why)}
        case Place.UTTERANCES:
            for head in search.utterances(limit=limit, offset=offset, order=order):
                yield {**_utterance(head.what), "found": found_row(head.why)}
        case Place.REPORTS:
            for report in search.reports(limit=limit, offset=offset, order=order):
                yield {**report_row(report.what), "url": report.what.url, "found": found_row(report.why)}
        case Place.ACTORS:
            for actor in search.actors(limit=limit, offset=offset):
                yield {**_actor(actor.what), "found": found_row(actor.why)}


def found_row(why: Why) -> Row:
    """Why something was found, as an object for JSON."""
    return {"by": why.by.value, "words": list(why.words), "nearness": why.nearness}


def found_csv(rows: Iterable[Row], place: Place) -> Iterator[str]:
    """CSV after RFC 4180 with a header, made of `found_rows`; cells are kept from being formulas."""
    return csv_rows((*COLUMNS[place], "found_by", "found_words", "nearness"), (_csv_cells(row, place) for row in rows))


def found_cells(search: Search, place: Place, limit: int, order: Order) -> Iterator[tuple[str, ...]]:
    """The cells under `TERMINAL_COLUMNS`, plain text."""
    match place:
        case Place.STATEMENTS:
            for said in search.statements(limit=limit, order=order):
                yield plain_cells(_said_cells(said), 200)
        case Place.UTTERANCES:
            for head in search.utterances(limit=limit, order=order):
                yield plain_cells(_head_cells(head), 200)
        case Place.REPORTS:
            for report in search.reports(limit=limit, order=order):
                yield plain_cells(_report_cells(report), 200)
        case Place.ACTORS:
            for actor in search.actors(limit=limit):
                yield plain_cells(_actor_cells(actor), 200)


def _said_cells(one: Found[FoundStatement]) -> tuple[str, ...]:
    recorded = one.what.recorded
    report = recorded.report
    return (
        when(report.published, True, unknown="").words,
        speaker_words(recorded.statement.speaker, joined(recorded.source)),
        joined(recorded.content),
        report.outlet or report.input,
        why_words(one.why),
        recorded.statement.id[:12],
    )


def _head_cells(one: Found[UtteranceHead]) -> tuple[str, ...]:
    head = one.what
    first = when(head.first, True, unknown="").words
    return first, str(head.origins), who(head), head.fullest.text, why_words(one.why), head.id[:12]


def _report_cells(one: Found[ReportHead]) -> tuple[str, ...]:
    head = one.what
    published = when(head.published, True, unknown="").words
    return published, head.outlet or "", head.title or head.input, why_words(one.why), head.id[:12]


def _actor_cells(one: Found[FoundActor]) -> tuple[str, ...]:
    actor = one.what.actor
    first, last = (when(moment, True, unknown="").words for moment in (one.what.first, one.what.last))
    name, kind, id_ = ("", None, "") if actor is None else (actor.name, actor.kind, actor.id)
    kind_words = "" if kind is None else kind.value
    return name, kind_words, str(one.what.statements), first, last, why_words(one.why), id_


def _carried(one: FoundStatement) -> Row:
    return {
        "utterances": [head.id for head in one.utterances],
        "origins": max((head.origins for head in one.utterances), default=None),
    }


def _utterance(head: UtteranceHead) -> Row:
    return {
        "id": head.id,
        "actor": None if head.actor is None else head.actor.id,
        "name": head.speaker if head.actor is None else head.actor.name,
        "words": head.fullest.text,
        "first": iso_time(head.first),
        "last": iso_time(head.last),
        "origins": head.origins,
        "reports": head.reports,
        "outlets": head.outlets,
    }


def _actor(one: FoundActor) -> Row:
    head = one.actor
    return {
        "id": None if head is None else head.id,
        "name": None if head is None else head.name,
        "kind": None if head is None or head.kind is None else head.kind.value,
        "statements": one.statements,
        "first": iso_time(one.first),
        "last": iso_time(one.last),
    }


def _csv_cells(row: Row, place: Place) -> list[Any]:
    found: Any = row["found"]
    why = found["by"], "; ".join(found["words"]), found["nearness"]
    return [*(_flat(row, name) for name in COLUMNS[place]), *why]


def _flat(row: Row, name: str) -> object:
    """A value of a row as one cell."""
    spans = row.get("content")
    if name == "content" and isinstance(spans, list):
        return " … ".join(str(span["text"]) for span in spans)
    passages = row.get("passages")
    if name == "acts" and isinstance(passages, list):
        return ";".join(dict.fromkeys(str(one["act"]) for one in passages))
    if name in ("report", "input") and isinstance(spans, list):
        return spans[0][name]
    value = row.get("report") if name == "id" and "id" not in row else row.get(name)
    return ";".join(map(str, value)) if isinstance(value, list) else value
