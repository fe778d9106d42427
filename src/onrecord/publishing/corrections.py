"""Corrections as training data: for each statement that people judged, the label before and the label after.

A line is `{"report", "text_sha256", "language", "outlet", "statement", "reader", "before", "after", "judgements"}`.
`before` is what the reader found, `after` what people made of it; both are `{"statement", "speaker", "kind", "source",
"cue", "content"}` with spans as `[start, end]` in characters of the report's text, whose SHA-256 tells whether one has
the same text. In `after` there is `"statement": false` where a person holds that there is none. What people only
confirmed has the same label twice. Judgements that were taken back have no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.domain.statements import Statement
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.exports import correction_row, pairs


def correction_rows(view: WeighedView, *, with_text: bool = False) -> Iterator[dict[str, object]]:
    """The lines, in the order in which the statements were first judged; `with_text` adds the report's text."""
    for id_ in view.corrected():
        recorded = view.statement(id_)
        if not recorded.correction.judgements:
            continue
        report = view.report(recorded.report.id)
        _, text_sha256 = view.sources_of([recorded.report.id])[recorded.report.id]
        row: dict[str, object] = {
            "report": recorded.report.id,
            "text_sha256": text_sha256,
            "language": report.report.language,
            "outlet": recorded.report.outlet,
            "statement": id_,
            "reader": {
                "name": recorded.reader.name,
                "version": recorded.reader.version,
                "weights": recorded.reader.weights,
            },
            "before": _label(recorded.as_read, True),
            "after": _label(recorded.statement, not recorded.correction.dismissed),
            "judgements": list(map(correction_row, recorded.correction.judgements)),
        }
        yield row | {"text": report.report.text} if with_text else row


def _label(one: Statement, is_one: bool) -> dict[str, object]:
    return {
        "statement": is_one,
        "speaker": one.speaker.name,
        "kind": one.kind.value,
        "source": pairs(one.source),
        "cue": pairs(one.cue),
        "content": pairs(one.content),
    }
