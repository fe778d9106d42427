"""The labelled speakers are ids and offsets, each report wholly in one part, and no text of the corpus."""

import json

from bench.quality.speakers import LABELS, counterpart, labels
from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Kind, Statement


def test_the_labels_are_whole() -> None:
    by_report = labels()
    assert len(by_report) == 24
    for rows in by_report.values():
        assert len({row.part for row in rows}) == 1
        assert len({row.text_sha256 for row in rows}) == 1
    parts = [row.part for rows in by_report.values() for row in rows]
    assert min(parts.count("tuning"), parts.count("kept back")) >= 200


def test_the_labels_hold_no_text_but_names() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    keys = {"part", "report", "text_sha256", "source", "content", "speaker", "form", "bad"}
    assert all(set(row) == keys for row in rows)
    assert all(row["speaker"] is None or len(row["speaker"]) < 120 for row in rows)


def test_a_label_meets_the_statement_that_shares_its_content_and_source() -> None:
    label = next(row for rows in labels().values() for row in rows if row.source)

    def statement(content: tuple[Span, ...], source: tuple[Span, ...]) -> Statement:
        return Statement("s", "r", source, (), content, Kind.INDIRECT, UNNAMED, 0.5)

    same = statement(label.content, label.source)
    elsewhere = statement((Span(10**6, 10**6 + 5),), label.source)
    other_source = statement(label.content, (Span(10**6, 10**6 + 5),))
    assert counterpart(label, [elsewhere, same]) is same
    assert counterpart(label, [elsewhere]) is None
    assert counterpart(label, [other_source]) is None
