"""Relations, figures, docket entries and grades as rows for other programs and for a terminal.

A relation is `{"kind", "a", "b", "actors", "reasons", "score", "judged_by"}`, a docket entry `{"act", "actor",
"passage", "due", "status", "evidence"}`, a figure `{"counted", "place", "value", "low", "high", "unit", "as_of",
"actor", "passage", "lineage"}`, in this order, followed by what else is known. A passage is a span with the outlet and
the published time of its report. Later versions only add keys behind the last one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from onrecord.domain.docket import Entry, Status
from onrecord.domain.grades import CREDIBILITY_WORDS, RELIABILITY_WORDS, Credibility, Reliability
from onrecord.domain.judgements import Judgement, Subject
from onrecord.ledger.linked import UtteranceHead
from onrecord.ledger.weighed import (
    DocketRow,
    Grade,
    LineageHead,
    ShownEntry,
    ShownFigure,
    ShownLineage,
    ShownPassage,
    ShownRelation,
)
from onrecord.publishing.exports import plain_cells, span_row
from onrecord.publishing.wording import counted, day_words, days_words, iso_time, number_words, printable, when

RELATION_COLUMNS: Final = ("kind", "who", "says", "to whom", "who said", "judged by", "id")
LINEAGE_COLUMNS: Final = ("counted", "place", "unit", "figures", "values", "speakers", "disputes", "last", "id")
DOCKET_COLUMNS: Final = ("due", "status", "act", "who", "words", "evidence", "id")
GRADE_COLUMNS: Final = ("grade", "means", "of", "why", "by", "given")


def relation_row(shown: ShownRelation) -> dict[str, object]:
    """One relation as an object for JSON; `judged_by` is "program" or the name of who judged."""
    return {
        "kind": shown.kind,
        "a": passage_row(shown.a),
        "b": passage_row(shown.b),
        "actors": [who(shown.a), who(shown.b)],
        "reasons": list(shown.reasons),
        "score": round(shown.score, 4),
        "judged_by": "program" if shown.judgement is None else shown.judgement.by,
        "id": shown.id,
        "program": shown.program,
        "judgement": None if shown.judgement is None else judgement_row(shown.judgement),
    }


def passage_row(one: ShownPassage) -> dict[str, object]:
    """A passage as a span with what is known of it."""
    return {
        **span_row(one.span),
        "outlet": one.report.outlet,
        "published": iso_time(one.report.published, one.report.published_is_day),
        "id": one.passage,
        "utterance": one.utterance,
        "statement": one.statement,
        "speaker": one.speaker,
        "actor": None if one.actor is None else one.actor.id,
        "act": one.act.value,
        "origins": one.origins,
    }


def judgement_row(one: Judgement) -> dict[str, object]:
    """A person's judgement."""
    return {"id": one.id, "verdict": one.verdict, "why": one.why, "by": one.by, "made": iso_time(one.made)}


def docket_row(shown: ShownEntry, now: datetime) -> dict[str, object]:
    """One docket entry as an object for JSON; `due` is the last day that counts, None where none is stated."""
    entry = shown.row.entry
    return {
        "act": entry.act.value,
        "actor": entry.actor,
        "passage": passage_row(shown.row.passage),
        "due": due_day(entry),
        "status": status_of(shown.row, now).value,
        "evidence": [
            {
                **passage_row(one.passage),
                "bearing": one.bearing,
                "reasons": list(one.reasons),
                "judged_by": "program" if one.judgement is None else one.judgement.by,
            }
            for one in shown.evidence
        ],
        "id": entry.utterance,
        "who": who(shown.row.passage),
        "bound": entry.bound,
        "rule": entry.rule,
        "due_words": entry.due_words,
        "from": iso_time(entry.start),
        "until": iso_time(entry.end),
        "condition": entry.condition,
        "decided": [judgement_row(one) for one in shown.history],
    }


def figure_row(shown: ShownFigure) -> dict[str, object]:
    """One figure as an object for JSON; `as_of` is the first day that it holds for."""
    one = shown.counted
    return {
        "counted": one.words,
        "place": one.place,
        "value": one.figure.value,
        "low": one.low,
        "high": one.high,
        "unit": one.figure.unit,
        "as_of": None if one.start is None else one.start.date().isoformat(),
        "actor": None if shown.passage.actor is None else shown.passage.actor.id,
        "passage": passage_row(shown.passage),
        "lineage": shown.lineage,
        "id": one.id,
        "bound": one.figure.bound.value,
        "as_of_stated": one.dated,
        "number": span_row(shown.span),
    }


def grade_row(one: Grade, subject: Subject) -> dict[str, object]:
    """One grade as an object for JSON, with those that it took the place of."""
    return {
        "of": "source" if subject is Subject.SOURCE else "item",
        "grade": one.judgement.verdict,
        "means": grade_words(one.judgement),
        "source": one.judgement.a if subject is Subject.SOURCE else None,
        "passage": None if one.passage is None else passage_row(one.passage),
        "why": one.judgement.why,
        "by": one.judgement.by,
        "made": iso_time(one.judgement.made),
        "earlier": [judgement_row(before) for before in one.earlier],
    }


def relation_cells(shown: ShownRelation) -> tuple[str, ...]:
    """The cells under `RELATION_COLUMNS`, plain text."""
    judged = "program" if shown.judgement is None else shown.judgement.by
    sides = (who(shown.a), shown.a.span.text, who(shown.b), shown.b.span.text)
    return plain_cells((shown.kind, *sides, judged, shown.id[:12]))


def lineage_cells(head: LineageHead) -> tuple[str, ...]:
    """The cells under `LINEAGE_COLUMNS`, plain text."""
    numbers = map(str, (head.figures, head.values, head.speakers, head.disputes))
    last = when(head.last, True, unknown="").words
    return plain_cells((head.counted, head.place or "", head.unit or "", *numbers, last, head.id[:12]))


def docket_cells(row: DocketRow, now: datetime) -> tuple[str, ...]:
    """The cells under `DOCKET_COLUMNS`, plain text."""
    entry = row.entry
    due = due_day(entry) or "none stated"
    status = status_of(row, now).value
    said = (who(row.passage), row.passage.span.text, str(row.evidence), entry.utterance[:12])
    return plain_cells((due, status, entry.act.value, *said))


def grade_cells(one: Grade) -> tuple[str, ...]:
    """The cells under `GRADE_COLUMNS`, plain text."""
    given = one.judgement
    of = given.a if one.passage is None else f"{who(one.passage)}: {one.passage.span.text}"
    return plain_cells((given.verdict, grade_words(given), of, given.why, given.by, when(given.made, True).words))


def relation_lines(shown: ShownRelation) -> Iterator[str]:
    """A relation for a terminal: both passages with their sources, and why."""
    yield printable(f"{who(shown.a)} {shown.kind} {who(shown.b)}  {shown.id[:12]}")
    for side in (shown.a, shown.b):
        yield ""
        yield from _passage_lines(side)
    yield ""
    if shown.judgement is not None:
        held = "nothing" if shown.program is None else shown.program
        yield printable(f"judged by {shown.judgement.by}: {shown.judgement.why} (the program held: {held})")
    if shown.reasons:
        yield "held because:"
        for reason in shown.reasons:
            yield printable(f"  {reason}")


def lineage_lines(shown: ShownLineage) -> Iterator[str]:
    """A figure followed through time, for a terminal: who gave which value when, and how they stand to each other."""
    head = shown.head
    place = f", {head.place}" if head.place else ""
    yield printable(f"{head.counted}{place}  {head.id[:12]}")
    yield ", ".join(
        (
            counted(head.figures, "figure", "figures"),
            counted(head.speakers, "speaker", "speakers"),
            counted(head.disputes, "dispute", "disputes"),
            counted(head.revisions, "revision", "revisions"),
        )
    )
    numbers = {one.counted.id: one.span.text for one in shown.figures}
    by_figure: dict[str, list[str]] = {}
    for tie in shown.ties:
        if tie.b in numbers:
            by_figure.setdefault(tie.a, []).append(
                f"{tie.standing.value} of “{numbers[tie.b]}”: {'; '.join(tie.reasons)}"
            )
    for one in shown.figures:
        yield ""
        as_of = "" if one.counted.start is None else f"  as of {day_words(one.counted.start.date())}"
        yield printable(f"{value_words(one)}{as_of}")
        yield from _passage_lines(one.passage)
        for told in by_figure.get(one.counted.id, ()):
            yield printable(f"  {told}")
    if shown.scopes:
        yield ""
        yield "looks alike and counts something else:"
        for other, tie in shown.scopes:
            yield printable(f"  {other.counted}{', ' + other.place if other.place else ''}: {'; '.join(tie.reasons)}")


def docket_lines(shown: ShownEntry, now: datetime, suggested: tuple[Status, tuple[str, ...]] | None) -> Iterator[str]:
    """A docket entry for a terminal: what, by when, how it stands, and what bears on it."""
    entry = shown.row.entry
    yield printable(f"{entry.act.value} of {who(shown.row.passage)}  {entry.utterance[:12]}")
    yield from _passage_lines(shown.row.passage)
    yield ""
    yield printable(f"bound: {entry.bound or 'not stated'}")
    yield printable(f"counts as met: {entry.rule}")
    if entry.condition:
        yield printable(f"if: {entry.condition}")
    yield printable(f"due: {due_words(entry)}")
    yield f"status: {status_of(shown.row, now).value}"
    for one in shown.history:
        yield printable(f"  {when(one.made, True).words}: {one.verdict}, by {one.by}: {one.why}")
    if suggested is not None and shown.row.status is None:
        yield printable(f"the program suggests: {suggested[0].value} ({'; '.join(suggested[1])})")
    if shown.evidence:
        yield ""
        yield "what bears on it:"
        for borne in shown.evidence:
            yield printable(f"  {borne.bearing}: {'; '.join(borne.reasons)}")
            for line in _passage_lines(borne.passage):
                yield f"  {line}"


def who(one: ShownPassage | UtteranceHead) -> str:
    """Who says a passage or an utterance: the actor's name, else the name in the report."""
    return one.actor.name if one.actor is not None else one.speaker or "unnamed"


def status_of(row: DocketRow, now: datetime) -> Status:
    """How an entry stands: what a person decided, else open or due by the calendar."""
    return row.entry.status(now) if row.status is None else row.status


def due_day(entry: Entry) -> str | None:
    """The last day that counts, as ISO 8601; None where none is stated."""
    return None if entry.last_day is None else entry.last_day.isoformat()


def due_words(entry: Entry) -> str:
    """When an entry falls due, in words."""
    last = entry.last_day
    if last is None:
        return "no day stated"
    return day_words(last) if entry.start is None else days_words(entry.start.date(), last)


def value_words(one: ShownFigure) -> str:
    """The number in words, with its bound: "at least 7", "100,000 to 110,000"."""
    figure = one.counted.figure
    unit = f" {figure.unit}" if figure.unit else ""
    if figure.value is None:
        edges = [number_words(edge) for edge in (one.counted.low, one.counted.high) if edge is not None]
        return (" to ".join(edges) or one.span.text) + unit
    bound = "" if figure.bound.value in ("exact", "between") else f"{figure.bound.value} "
    return f"{bound}{number_words(figure.value)}{unit}"


def grade_words(one: Judgement) -> str:
    """What a grade means, in the words of the Admiralty code."""
    if one.subject is Subject.SOURCE:
        return RELIABILITY_WORDS[Reliability(one.verdict)]
    return CREDIBILITY_WORDS[Credibility(one.verdict)]


def _passage_lines(one: ShownPassage) -> Iterator[str]:
    moment = when(one.report.published, True, unknown="no date").words
    origins = counted(one.origins, "independent origin", "independent origins")
    yield printable(f"  {who(one)}, {one.report.outlet or one.report.input}, {moment}, {origins}  {one.passage[:12]}")
    yield printable(f"  “{one.span.text}”")
