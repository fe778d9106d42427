"""Statements as annotations of their reports, after the Web Annotation Data Model (W3C, 2017).

A target is a part of a statement's content: in the report's text by its characters (TextPositionSelector) and by the
words with what stands before and behind them (TextQuoteSelector); and where the report states a web address, on that
page too, by the words alone, since the page's text is not the report's. The model counts Unicode code points, as Python
and this record do; a program in a language whose strings count UTF-16 units must convert.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from onrecord.ledger.shown import LocatedSpan
from onrecord.ledger.snapshot import LinkedStatement, Snapshot, TakenReport
from onrecord.publishing.standards.writing import Node, document, known, opened, urn
from onrecord.publishing.wording import iso_time, web_address

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32
"""Characters before and behind the words, which tell one place from another where the same words stand twice."""


def annotation_lines(view: Snapshot) -> Iterator[str]:
    """One AnnotationCollection with all of its annotations on its first and only page."""
    name = urn("annotations", view.head())
    head: Node = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": "Statements on the record",
        "total": view.count(),
    }
    yield opened(head, "first")
    yield from document({"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0}, "items", _annotations(view))
    yield "}\n"


def _annotations(view: Snapshot) -> Iterator[Node]:
    # Reports and statements come in one order, so both are walked side by side; a report may have no statements.
    reports = view.every_report()
    for id_, statements in groupby(view.every_statement(), lambda one: one.recorded.report.id):
        taken = next(taken for taken in reports if taken.recorded.head.id == id_)
        for one in statements:
            yield _annotation(one, taken)


def _annotation(one: LinkedStatement, taken: TakenReport) -> Node:
    recorded = one.recorded
    statement, report = recorded.statement, taken.recorded
    address = web_address(report.head.url)
    targets: list[Node] = []
    for span in recorded.content:
        words = _quote(span, report.report.text)
        position: Node = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
        targets.append({"source": _text(taken), "selector": [words, position]})
        if address is not None:
            targets.append({"source": address, "selector": words})
    return {
        "id": urn("statement", statement.id),
        "type": "Annotation",
        "motivation": "identifying",
        "created": iso_time(recorded.recorded),
        "generator": {
            "id": urn("reader", f"{recorded.reader.name}:{recorded.reader.version}"),
            "type": "Software",
            "name": f"onrecord's reader {recorded.reader.name} {recorded.reader.version}",
        },
        "body": list(_bodies(one)),
        "target": targets,
    }


def _bodies(one: LinkedStatement) -> Iterator[Node]:
    statement = one.recorded.statement
    if one.actor is not None:
        yield {"type": "SpecificResource", "purpose": "identifying", "source": urn("actor", one.actor.id)}
    name = statement.speaker.name or (one.actor.name if one.actor is not None else None)
    if name is not None:
        yield {"type": "TextualBody", "purpose": "identifying", "format": "text/plain", "value": name}
    for tag in (statement.kind.value, *(act.value for act in statement.acts)):
        yield {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": tag}


def _text(taken: TakenReport) -> Node:
    return {
        "id": urn("report", taken.recorded.head.id),
        "type": "Text",
        "format": "text/plain",
        **known(language=taken.recorded.report.language),
    }


def _quote(span: LocatedSpan, text: str) -> Node:
    return {
        "type": "TextQuoteSelector",
        "exact": span.text,
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
