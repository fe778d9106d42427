"""Measures the reader on the project's own example, against its gold; this runs in CI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.corpora import rows_of
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
    for row in rows_of(EXAMPLE / "gold" / "statements.jsonl"):
        found.setdefault(row["report"], []).append(row)
    return found


def gold_attribution(text: str, row: Mapping[str, object]) -> Attribution:
    """A gold statement as what is scored."""
    source, cue, content = (located(text, row[role]) for role in ("source", "cue", "content"))  # type: ignore[arg-type]
    return Attribution(source, cue, content, str(row["kind"]), str(row["speaker_name"]) if row["speaker"] else None)


def measure(reader: Reader) -> Scores:
    """Counts over all reports of the example."""
    scores = Scores()
    wanted = gold()
    for name, report in reports():
        rows = [gold_attribution(report.text, row) for row in wanted.pop(name, [])]
        found = [Attribution.of(statement) for statement in reader.read_report(report)]
        score_report(report.text, rows, found, scores)
    if wanted:
        raise ValueError(f"the gold speaks of reports that are not there: {sorted(wanted)}")
    return scores
