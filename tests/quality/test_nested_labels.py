"""The labelled nested statements are ids and offsets, each report wholly in one part, and no text of the corpus."""

import json

from bench.quality.attributions import Scores
from bench.quality.nested import LABELS, paragraphs, score
from onrecord.domain.statements import Basis, Kind, Speaker, Statement


def test_the_labels_are_whole() -> None:
    rows = paragraphs()
    parts: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        parts.setdefault((row.corpus, row.report), set()).add(row.part)
        for label in row.labels:
            assert all(row.span.covers(span) for span in label.attribution.content)
            if label.nested_in is not None:
                holder = row.labels[label.nested_in].attribution
                assert any(h.covers(span) for h in holder.content for span in label.attribution.content)
    assert all(len(known) == 1 for known in parts.values())
    assert sum(label.nested_in is not None for row in rows for label in row.labels) >= 120
    assert sum(not row.labels for row in rows) >= 60


def test_the_labels_hold_no_text_but_names() -> None:
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) == {"part", "corpus", "report", "text_sha256", "span", "statements"}
        for one in row["statements"]:
            assert set(one) == {"source", "cue", "content", "speaker", "nested_in"}
            assert one["speaker"] is None or len(one["speaker"]) < 80


def test_gold_against_itself_is_all_right_and_nothing_found_is_nothing_right() -> None:
    row = next(row for row in paragraphs() if any(label.nested_in is not None for label in row.labels))
    text = "x " * row.span.end
    found = [
        Statement(
            str(k), "", a.source, a.cue, a.content, Kind.INDIRECT, Speaker(a.speaker, Basis.NAMED), 1.0,
            nested_in=None if label.nested_in is None else str(label.nested_in),
        )
        for k, label in enumerate(row.labels)
        for a in [label.attribution]
    ]  # fmt: skip
    scores = Scores()
    score(text, row.labels, found, scores)
    assert all(c.right == c.found == c.gold > 0 for c in scores.counts.values())
    nothing = Scores()
    score(text, row.labels, [], nothing)
    assert all(c.right == 0 for c in nothing.counts.values())
