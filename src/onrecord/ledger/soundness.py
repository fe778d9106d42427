"""What is wrong with a row, apart from its hash: whoever writes refuses it, whoever verifies names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from onrecord.domain.judgements import judgement_id
from onrecord.domain.reports import Outcome
from onrecord.domain.statements import ReaderIdentity, Statement, statement_id
from onrecord.ledger.brief_rows import brief_fault
from onrecord.ledger.passage_rows import quoted_in, spans_of
from onrecord.ledger.rows import (
    capture_fault,
    input_id,
    judgement_of,
    reading_id,
    report_of,
    statement_of,
    time_of,
)


def statement_fault(one: Statement, report: str, text: str, known: Iterable[str]) -> str | None:
    """What is wrong with a statement of a report before it is recorded; `known` are the ids given with it."""
    mention = () if one.speaker.mention is None else (one.speaker.mention,)
    if one.report != report:
        return f"belongs to report {one.report}, not {report}"
    if not one.content or statement_id(report, text, one.source, one.cue, one.content) != one.id:
        return "does not have the id of its spans and their characters"
    if max(span.end for span in (*one.source, *one.cue, *one.content, *mention)) > len(text):
        return "reaches beyond the end of its report"
    if any(span.end > len(text) for passage in one.passages for span in spans_of(passage)):
        return "has a passage that reaches beyond the end of its report"
    if any(all(not part.covers(passage.span) for part in one.content) for passage in one.passages):
        return "has a passage that does not lie inside its content"
    if not 0 <= one.confidence <= 1:
        return f"has the confidence {one.confidence}, which is not from 0 to 1"
    if one.nested_in is not None and one.nested_in not in known:
        return f"is nested in {one.nested_in}, which was not given with it"
    return None


def row_fault(kind: str, row: Mapping[str, Any], text_of: Callable[[str], str]) -> str | None:
    """What is wrong with a row that is as it was recorded, or None: a fault is what a writer should not have recorded.

    `text_of` gives a report's text by its id, and raises ValueError where it is missing.
    """
    match kind:
        case "capture":
            if row["retrieved"] is not None:
                time_of(row["retrieved"])
            return capture_fault(row)
        case "report":
            return _fault_in_report(row)
        case "reading":
            reader = ReaderIdentity(row["reader"], row["version"], row["weights"])
            return None if reading_id(row["report"], reader) == row["id"] else "has an id that is not its reader's"
        case "statement":
            return _fault_in_statement(row, text_of(row["report"]))
        case "judgement":
            return _fault_in_judgement(row)
        case "brief":
            return brief_fault(row)
        case _:
            return _fault_in_input(row)


def _fault_in_report(row: Mapping[str, Any]) -> str | None:
    found = report_of(row)
    if found.id != row["id"]:
        return "has an id that is not that of its text and where it stood"
    if any(mark.span.end > len(found.text) for mark in found.marks):
        return "has a mark beyond the end of its text"
    return None


def _fault_in_statement(row: Mapping[str, Any], text: str) -> str | None:
    found, words = statement_of(row, row["report"])
    for name, quoted in words.items():
        for span, expected in quoted:
            if span.end > len(text) or span.of(text) != expected:
                return f"its {name} does not stand at characters {span.start} to {span.end} of its report"
    for span, expected in quoted_in(row["passages"]):
        if span.end > len(text) or span.of(text) != expected:
            return f"a part of its passages does not stand at characters {span.start} to {span.end} of its report"
    if not found.content or row["position"] != found.content[0].start:
        return "has a position that is not the start of its content"
    if found.speaker.mention is not None and found.speaker.mention.end > len(text):
        return "has a speaker's mention beyond the end of its report"
    if statement_id(found.report, text, found.source, found.cue, found.content) != found.id:
        return "has an id that is not that of its spans and their characters"
    return None


def _fault_in_judgement(row: Mapping[str, Any]) -> str | None:
    one = judgement_of(row)
    if judgement_id(one.subject, one.a, one.b, one.verdict, one.why, one.by, one.made) != one.id:
        return "has an id that is not that of what it says"
    return one.fault()


def _fault_in_input(row: Mapping[str, Any]) -> str | None:
    skipped = Outcome(row["outcome"]) is Outcome.SKIPPED
    if input_id(row["name"], row["capture"], row["reason"]) != row["id"]:
        return "has an id that is not that of its name, capture and reason"
    if skipped != (row["reason"] is not None) or skipped != (row["report"] is None):
        return f"is said to be {row['outcome']}, which does not go with its reason and report"
    return None
