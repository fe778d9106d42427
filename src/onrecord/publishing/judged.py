"""What can be judged on a page, and what people judged of what it shows, with what takes it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from onrecord.domain.judgements import NOBODY_NAMED, OF_STATEMENTS, Judgement, Subject, latest, spans_in
from onrecord.domain.spans import Span
from onrecord.errors import NotOnRecord
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.judging import FormKind, JudgeForm
from onrecord.publishing.versions.flags import ChangedWords, Flags
from onrecord.publishing.wording import When, shortened, when

_OF_PASSAGES = frozenset({Subject.PASSAGE, Subject.RELATION, Subject.EVIDENCE, Subject.ITEM})


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A judgement in the history of a page; `standing` is empty where it counts, else says why it does not.

    `changed` tells that the words it judges were changed at their outlet since.
    """

    id: str
    said: str
    why: str
    by: str
    made: When
    standing: str
    undo: JudgeForm | None
    changed: ChangedWords | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """What can be judged on a page, and what people judged."""

    forms: tuple[JudgeForm, ...]
    history: tuple[HistoryEntry, ...]
    notes: tuple[HistoryEntry, ...]

    def entry(self, judgement: str) -> HistoryEntry | None:
        """The entry of a judgement, None where there is none."""
        return next((one for one in (*self.history, *self.notes) if one.id == judgement), None)


def judging(view: WeighedView, forms: Iterable[JudgeForm], ids: Collection[str]) -> Judging:
    """The forms of a page about the things `ids`, and their history, latest first."""
    told = view.judgements(ids)
    back = view.taken_back([one.id for one in told])
    counting = {one.id for subject in Subject for one in latest([*told, *back.values()], subject).values()}
    reworded = changed_under(view, told)
    entries = [(one, _history_entry(view, one, back.get(one.id), counting, reworded)) for one in reversed(told)]
    return Judging(
        forms=tuple(forms),
        history=tuple(entry for one, entry in entries if one.subject is not Subject.NOTE),
        notes=tuple(entry for one, entry in entries if one.subject is Subject.NOTE),
    )


def said_words(one: Judgement) -> str:
    """What a judgement says, in a few words."""
    a, b = one.a[:12], one.b[:12]
    match one.subject:
        case Subject.SPEAKER if one.verdict == NOBODY_NAMED:
            return f"statement {a}: not safe to say who speaks"
        case Subject.SPEAKER:
            return f"statement {a} is said by {shortened(one.verdict, 120)}"
        case Subject.SPAN if not one.verdict:
            return f"statement {a} has no {one.b}"
        case Subject.SPAN:
            places = " and ".join(f"{span.start} to {span.end}" for span in spans_in(one.verdict))
            return f"the {one.b} of statement {a} is characters {places}"
        case Subject.STATEMENT:
            return f"{a} {one.verdict}"
        case Subject.ACTOR:
            return f"{one.verdict}: actors {shortened(one.a, 40)} and {shortened(one.b, 40)}"
        case Subject.PASSAGE | Subject.REPORT:
            return f"{one.verdict}: {one.subject.value}s {a} and {b}"
        case Subject.RELATION:
            return f"{one.verdict}: passage {a} to passage {b}"
        case Subject.EVIDENCE:
            return f"passage {b}: {one.verdict}"
        case Subject.SOURCE | Subject.ITEM:
            return f"graded {one.verdict}"
        case Subject.NOTE:
            return "note"
        case Subject.UNDONE:
            return f"judgement {a} taken back"
        case Subject.STATUS:
            return f"docket entry {a}: {one.verdict}"


def changed_under(view: WeighedView, told: Sequence[Judgement]) -> Mapping[str, ChangedWords]:
    """What became, at their outlets, of the words of the statements and passages that were judged, by their ids."""
    flags = Flags(view)
    found: dict[str, ChangedWords | None] = {}
    passages = {id_ for one in told if one.subject in _OF_PASSAGES for id_ in (one.a, one.b) if id_}
    named = view.passages_named(passages) if passages else {}
    flags.look({one.report.id for one in named.values()})
    for id_, passage in named.items():
        found[id_] = flags.of(passage.report.id, (Span(passage.span.start, passage.span.end),))
    for one in told:
        if one.a not in found and one.subject in OF_STATEMENTS:
            with suppress(NotOnRecord):
                found[one.a] = flags.of_statement(view.statement(one.a))
    return {id_: changed for id_, changed in found.items() if changed is not None}


def _history_entry(
    view: WeighedView,
    one: Judgement,
    back: Judgement | None,
    counting: set[str],
    reworded: Mapping[str, ChangedWords],
) -> HistoryEntry:
    standing, undo = "", None
    if back is not None:
        standing = f"taken back by {shortened(back.by, 80)}, {when(back.made).words}: {shortened(back.why, 200)}"
    elif one.subject is not Subject.NOTE and one.id not in counting:
        standing = "overridden by a later word"
    if back is None:
        seen = view.latest_on(one.subject, one.a, one.b)
        undo = JudgeForm(FormKind.UNDO, "Take it back", one.id, subject=one.subject.value, seen=seen)
    return HistoryEntry(
        id=one.id,
        said=said_words(one),
        why=shortened(one.why, 2_000),
        by=one.by,
        made=when(one.made),
        standing=standing,
        undo=undo,
        changed=reworded.get(one.a) or reworded.get(one.b),
    )
