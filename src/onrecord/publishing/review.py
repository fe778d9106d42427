"""The page of the queue: one thing in doubt, with the text around it at full height, and what can be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from onrecord.domain.docket import Status
from onrecord.domain.doubts import Doubt, DoubtKind
from onrecord.domain.judgements import Subject, Verdict
from onrecord.domain.spans import Span
from onrecord.ledger.view import RecordedStatement
from onrecord.ledger.weighed import ShownEntry, ShownPassage
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing import judging
from onrecord.publishing.entries import StatementEntry, statement_entry
from onrecord.publishing.exports import plain_cells
from onrecord.publishing.judging import JudgeForm
from onrecord.publishing.linked.entries import candidate_entries
from onrecord.publishing.segments import Snippet, segments
from onrecord.publishing.versions.flags import ChangedWords, Flags
from onrecord.publishing.weighed.pages import DocketPage, docket_page
from onrecord.publishing.wording import confidence_words, counted

AROUND = 600
"""Characters of the report shown at least on either side, as far as there are so many."""
MOST_BEFORE = 1_500

QUESTIONS = {
    DoubtKind.STATEMENT: "Is this a statement, and all of it?",
    DoubtKind.SPEAKER: "Who says this?",
    DoubtKind.MERGE: "Are these one act of speech?",
    DoubtKind.RELATION: "Do these stand against each other?",
    DoubtKind.DOCKET: "What became of this?",
}
Suggested = tuple[Status, tuple[str, ...]]
"""What the program would say of a docket entry, and why."""

COLUMNS = ("what", "rank", "origins", "question", "words", "id")


@dataclass(frozen=True, slots=True)
class ReviewSide:
    """A statement in its report: the entry, the text around the words in question, and what became of them."""

    entry: StatementEntry
    around: Snippet
    start: int
    end: int
    changed: ChangedWords | None = None


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing in doubt; `docket` is the page of an entry, with what bears on it."""

    kind: str
    question: str
    doubt: str
    sides: tuple[ReviewSide, ...]
    forms: tuple[JudgeForm, ...]
    docket: DocketPage | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The queue at one place, counted from 1; `item` is None when nothing is in doubt. `counts` tell what waits."""

    number: int
    total: int
    counts: tuple[str, ...]
    item: ReviewItem | None


def review_page(
    view: WeighedView,
    queue: Sequence[Doubt],
    number: int,
    now: datetime,
    suggested: Suggested | None,
) -> ReviewPage:
    """The page at a place of the queue, or at its end where it is shorter by now."""
    place = min(max(number, 1), max(len(queue), 1))
    words = {
        DoubtKind.DOCKET: ("docket entry", "docket entries"),
        DoubtKind.SPEAKER: ("speaker", "speakers"),
        DoubtKind.STATEMENT: ("statement", "statements"),
        DoubtKind.MERGE: ("wording", "wordings"),
        DoubtKind.RELATION: ("contradiction", "contradictions"),
    }
    kinds = [one.kind for one in queue]
    counts = tuple(counted(kinds.count(kind), *its) for kind, its in words.items() if kind in kinds)
    item = review_item(view, queue[place - 1], now, suggested) if queue else None
    return ReviewPage(place, len(queue), counts, item)


def review_item(view: WeighedView, one: Doubt, now: datetime, suggested: Suggested | None) -> ReviewItem:
    """One thing in doubt with what can be said of it.

    Raises:
        NotOnRecord: when it has gone since the queue was made.
    """
    question = QUESTIONS[one.kind]
    sides: tuple[ReviewSide, ...]
    forms: tuple[JudgeForm, ...]
    match one.kind:
        case DoubtKind.STATEMENT:
            recorded = view.statement(one.id)
            text = view.report(recorded.report.id).report.text
            told = f"the reader is {confidence_words(recorded.as_read.confidence)} sure"
            forms = (
                judging.statement_form(view, recorded.statement.id),
                judging.span_form(view, recorded, text),
            )
            sides = (_side(view, recorded, text),)
        case DoubtKind.SPEAKER:
            recorded = view.statement(one.id)
            _, candidates = view.speaker_of(recorded.statement.id)
            offered = candidate_entries(candidates, view.actor_names([two.actor for two in candidates]))
            told = f"{counted(len(candidates), 'candidate', 'candidates')}, none of them safe"
            forms = (judging.speaker_form(view, recorded, offered),)
            sides = (_side(view, recorded, view.report(recorded.report.id).report.text),)
        case DoubtKind.MERGE:
            a, b = (view.passage(two) for two in sorted((one.id, one.other)))
            told = "held to be one utterance, near the score from which passages are"
            asked = "Is it one act of speech?"
            held = Verdict.SAME.value
            forms = (judging.pair_form(view, Subject.PASSAGE, a.passage, b.passage, asked, held),)
            sides = (_passage_side(view, a), _passage_side(view, b))
        case DoubtKind.RELATION:
            shown = view.relation(one.id)
            told = f"the program holds that they do: {'; '.join(shown.reasons[:3])}"
            forms = (judging.relation_form(view, shown),)
            sides = (_passage_side(view, shown.a), _passage_side(view, shown.b))
        case DoubtKind.DOCKET:
            entry = view.docket_entry(one.id)
            return _docket_item(view, entry, question, now, suggested)
    return ReviewItem(one.kind.value, question, told, sides, forms)


def _docket_item(
    view: WeighedView,
    entry: ShownEntry,
    question: str,
    now: datetime,
    suggested: Suggested | None,
) -> ReviewItem:
    page = docket_page(entry, now, suggested or (Status.DUE, ()))
    return ReviewItem(
        DoubtKind.DOCKET.value,
        question,
        "its day has passed, and nobody has decided",
        (_passage_side(view, entry.row.passage),),
        (judging.status_form(view, entry),),
        page,
    )


def _passage_side(view: WeighedView, one: ShownPassage) -> ReviewSide:
    recorded = view.statement(one.statement)
    return _side(view, recorded, view.report(recorded.report.id).report.text, Span(one.span.start, one.span.end))


def _side(view: WeighedView, recorded: RecordedStatement, text: str, passage: Span | None = None) -> ReviewSide:
    """A statement in the text of its report, or one passage of it."""
    shown = recorded.statement if passage is None else replace(recorded.statement, content=(passage,))
    low, high = shown.content[0].start, shown.content[-1].end
    start = text.rfind("\n", 0, max(0, low - AROUND)) + 1
    if low - start > MOST_BEFORE:
        start = text.find(" ", low - MOST_BEFORE, low) + 1 or low - MOST_BEFORE
    end = text.find("\n", min(len(text), high + AROUND))
    end = len(text) if end < 0 else end
    if end - high > MOST_BEFORE:
        end = high + MOST_BEFORE
    around = Snippet(segments(text, [shown], window=(start, end)), start > 0, end < len(text))
    flags = Flags(view)
    changed = flags.of_statement(recorded) if passage is None else flags.of(recorded.report.id, (passage,))
    return ReviewSide(statement_entry(recorded), around, low, high, changed)


def doubt_row(view: WeighedView, one: Doubt) -> dict[str, object]:
    """One thing in doubt as an object for JSON."""
    return {
        "what": one.kind.value,
        "id": one.id,
        "other": one.other or None,
        "question": QUESTIONS[one.kind],
        "words": doubt_words(view, one),
        "doubt": round(one.doubt, 4),
        "weight": round(one.weight, 4),
        "rank": round(one.rank, 4),
        "origins": one.origins,
        "resting": one.resting,
    }


def doubt_cells(view: WeighedView, one: Doubt) -> tuple[str, ...]:
    """The cells under `COLUMNS`."""
    cells = (
        one.kind.value,
        f"{one.rank:.2f}",
        str(one.origins),
        QUESTIONS[one.kind],
        doubt_words(view, one),
        one.id[:12],
    )
    return plain_cells(cells, 240)


def doubt_words(view: WeighedView, one: Doubt) -> str:
    """The words that are in doubt."""
    match one.kind:
        case DoubtKind.STATEMENT | DoubtKind.SPEAKER:
            return " … ".join(span.text for span in view.statement(one.id).content)
        case DoubtKind.MERGE:
            return " / ".join(view.passage(two).span.text for two in (one.id, one.other))
        case DoubtKind.RELATION:
            shown = view.relation(one.id)
            return f"{shown.a.span.text} / {shown.b.span.text}"
        case DoubtKind.DOCKET:
            return view.docket_entry(one.id).row.passage.span.text
