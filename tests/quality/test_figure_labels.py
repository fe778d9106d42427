"""The labelled figures are ids, offsets and numbers, each report wholly in one part; the example's scores hold."""

import json

from bench.quality.figures import LABELS, labels, pairs
from onrecord.domain.passages import Bound, Figure
from onrecord.domain.spans import Span


def test_the_labels_are_whole() -> None:
    rows = labels()
    parts: dict[str, set[str]] = {}
    for row in rows:
        parts.setdefault(row.report, set()).add(row.part)
        assert all(row.content.covers(figure.span) for figure in row.figures)
        for figure in row.figures:
            others = (figure.counted, figure.place, figure.as_of)
            assert all(row.content.covers(span) for span in others if span is not None)
            assert figure.bound in set(Bound)
            assert figure.value is not None or figure.low is not None
    assert all(len(part) == 1 for part in parts.values())
    assert len({row.source for row in rows}) >= 5
    for part in ("tuning", "kept back"):
        assert sum(len(row.figures) for row in rows if row.part == part) >= 130


def test_the_labels_hold_no_text_of_the_corpora() -> None:
    keys = {"part", "source", "report", "text_sha256", "content", "figures"}
    of_figure = {"span", "value", "low", "high", "bound", "unit", "counted", "place", "as_of"}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) == keys
        for figure in row["figures"]:
            assert set(figure) == of_figure
            assert figure["unit"] is None or len(figure["unit"]) < 20


def test_a_label_meets_the_figure_with_its_value_before_any_other() -> None:
    label = next(row.figures[0] for row in labels() if row.figures and row.figures[0].value is not None)
    other = Figure(label.span, -1.0)
    same = Figure(label.span, label.value, label.low, label.high)
    apart = Figure(Span(10**6, 10**6 + 1), label.value)
    assert pairs([label], [other, same, apart]) == [(label, same), (None, other), (None, apart)]
