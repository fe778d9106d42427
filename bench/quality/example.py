"""Measures the reader on the project's own example, against its gold; this runs in CI."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.quality.attributions import Attribution, Scores, score_report
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.reading.reader import Reader
from onrecord.settings import Settings
from onrecord.sources import gather

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "crisis"


def located(text: str, selectors: list[Mapping[str, str]]) -> tuple[Span, ...]:
    """The spans that text quote selectors mean; an unfindable or ambiguous one is an error in the gold."""
    spans = []
    for selector in selectors:
        whole = selector.get("prefix", "") + selector["exact"]
        at = text.find(whole)
        if at < 0 or text.find(whole, at + 1) >= 0:
            raise ValueError(f"the gold's {whole!r} stands {'nowhere' if at < 0 else 'more than once'}")
        start = at + len(whole) - len(selector["exact"])
        spans.append(Span(start, start + len(selector["exact"])))
    return tuple(spans)


def reports() -> Iterator[tuple[str, Report]]:
    """The example's reports by the name that the gold uses."""
    for given in gather([EXAMPLE / "reports"], Settings()):
        if given.report is not None:
            yield given.name, given.report


def gold() -> dict[str, list[dict[str, object]]]:
    """The gold statements by report."""
    found: dict[str, list[dict[str, object]]] = {}
    for line in (EXAMPLE / "gold" / "statements.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["report"], []).append(row)
    return found


def measure(reader: Reader) -> Scores:
    """Counts over all reports of the example."""
    scores = Scores()
    wanted = gold()
    for name, report in reports():
        rows = [
            Attribution(
                *(located(report.text, row[role]) for role in ("source", "cue", "content")),  # type: ignore[arg-type]
                kind=str(row["kind"]),
                speaker=str(row["speaker_name"]) if row["speaker"] else None,
            )
            for row in wanted.pop(name, [])
        ]
        found = [
            Attribution(s.source, s.cue, s.content, s.kind.value, s.speaker.name) for s in reader.read_report(report)
        ]
        score_report(report.text, rows, found, scores)
    if wanted:
        raise ValueError(f"the gold speaks of reports that are not there: {sorted(wanted)}")
    return scores
