"""The forms by which a person judges what a page shows.

A form carries the newest judgement that its page showed (`seen`), so that nobody's word is passed over unseen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.domain.docket import Bearing, Status
from onrecord.domain.grades import CREDIBILITY_WORDS, RELIABILITY_WORDS, Credibility, Reliability
from onrecord.domain.judgements import (
    IS_STATEMENT,
    NO_STATEMENT,
    NOBODY_NAMED,
    NOT_EVIDENCE,
    UNRELATED,
    Subject,
    Verdict,
)
from onrecord.domain.relations import RelationKind
from onrecord.ledger.view import RecordedStatement
from onrecord.ledger.weighed import ShownEntry, ShownRelation
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.linked.entries import CandidateEntry
from onrecord.publishing.wording import shortened


class FormKind(StrEnum):
    """What a form judges; its value is sent with it."""

    SPEAKER = "speaker"
    SPAN = "span"
    STATEMENT = "statement"
    PAIR = "pair"
    RELATION = "relation"
    STATUS = "status"
    EVIDENCE = "evidence"
    SOURCE = "source"
    ITEM = "item"
    NOTE = "note"
    UNDO = "undo"


SUBJECTS: dict[FormKind, Subject] = {
    FormKind.SPEAKER: Subject.SPEAKER,
    FormKind.SPAN: Subject.SPAN,
    FormKind.STATEMENT: Subject.STATEMENT,
    FormKind.RELATION: Subject.RELATION,
    FormKind.STATUS: Subject.STATUS,
    FormKind.EVIDENCE: Subject.EVIDENCE,
    FormKind.SOURCE: Subject.SOURCE,
    FormKind.ITEM: Subject.ITEM,
    FormKind.NOTE: Subject.NOTE,
}
"""What a form is about; that of a pair and of undoing depends on what they name."""


NEAR = 600
"""Characters before and behind a statement in which sentences are offered."""
MOST_SENTENCES = 12
# Good enough to offer: a person chooses, and the numbers say exactly what was chosen.
_SENTENCE = re.compile(r"\S(?:[^.!?\n]|[.!?](?![\s”\"’»)]))*[.!?]*[”\"’»)]*")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that a form offers; `key` is the key that chooses it where there is a script."""

    value: str
    words: str
    about: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class JudgeForm:
    """A form: what it asks, about what, and what can be said.

    `choices` are sent as `pick`, what is typed under the label `free` as `other`. `held` is the choice that the record
    holds now, which can be confirmed without a reason; `chosen` stands chosen from the start. `things` are offered in
    place of `a` where the page shows several. `span` are the characters as they stand, for a form that asks for others,
    and `sentences` may be chosen instead.
    """

    kind: FormKind
    asked: str
    a: str
    b: str = ""
    subject: str = ""
    seen: str = ""
    choices: tuple[Choice, ...] = ()
    held: str = ""
    chosen: str = ""
    free: str = ""
    things: tuple[Choice, ...] = ()
    span: tuple[int, int] | None = None
    longest: int = 0
    sentences: tuple[Choice, ...] = ()


_PARTS = (Choice("content", "what is said"), Choice("source", "who says it"))
"""The parts of a statement whose characters can be told."""


def speaker_form(view: WeighedView, one: RecordedStatement, offered: Sequence[CandidateEntry]) -> JudgeForm:
    """Who says a statement; `offered` are those it may be."""
    chosen = [Choice(two.id, two.name, "; ".join(two.reasons), str(n)) for n, two in enumerate(offered[:6], 1)]
    return _form(
        view,
        FormKind.SPEAKER,
        "Who says it?",
        one.statement.id,
        choices=(*chosen, Choice(NOBODY_NAMED, "not safe to say", key="u")),
        free="Somebody else: a name, or the id of an actor",
    )


def span_form(view: WeighedView, one: RecordedStatement, text: str) -> JudgeForm:
    """Which characters are content or source of a statement; `text` is that of its report."""
    first, last = one.statement.content[0], one.statement.content[-1]
    return _form(
        view,
        FormKind.SPAN,
        "Which characters of the report belong to it?",
        one.statement.id,
        choices=_PARTS,
        chosen=_PARTS[0].value,
        span=(first.start, last.end),
        longest=len(text),
        sentences=sentences_near(text, first.start, last.end),
    )


def sentences_near(text: str, start: int, end: int) -> tuple[Choice, ...]:
    """The sentences of a text that touch its characters `[start, end)`, and those next to them, as spans to choose."""
    low, high = max(0, start - NEAR), min(len(text), end + NEAR)
    found = [one.span() for one in _SENTENCE.finditer(text, low, high)]
    # What the edges cut is no whole sentence.
    found = found[low > 0 : len(found) - (high < len(text))]
    touching = [place for place, (first, last) in enumerate(found) if first < end and last > start]
    if not touching:
        return ()
    near = found[max(0, touching[0] - 2) : touching[-1] + 3][:MOST_SENTENCES]
    return tuple(Choice(f"{first}-{last}", shortened(text[first:last], 90)) for first, last in near)


def spans_form(view: WeighedView, found: Sequence[RecordedStatement], longest: int) -> JudgeForm:
    """The same for any of the statements of a report."""
    things = tuple(
        Choice(
            f"{one.statement.id} {view.latest_on(Subject.SPAN, one.statement.id)}",
            f"{number}: {shortened(one.content[0].text, 60)}",
        )
        for number, one in enumerate(found, 1)
    )
    return JudgeForm(
        FormKind.SPAN,
        "Choose words in the text above, or name their characters",
        "",
        choices=_PARTS,
        chosen=_PARTS[0].value,
        things=things,
        span=(0, 0),
        longest=longest,
    )


def statement_form(view: WeighedView, statement: str) -> JudgeForm:
    """Whether it is a statement at all."""
    return _form(
        view,
        FormKind.STATEMENT,
        "Is it a statement?",
        statement,
        choices=(Choice(IS_STATEMENT, "yes, as it stands", key="c"), Choice(NO_STATEMENT, "no", key="n")),
        held=IS_STATEMENT,
    )


def pair_form(view: WeighedView, subject: Subject, a: str, b: str, asked: str, held: str = "") -> JudgeForm:
    """Whether two things that the page knows are one."""
    return JudgeForm(
        FormKind.PAIR,
        asked,
        a,
        b,
        subject.value,
        view.latest_on(subject, a, b),
        choices=(Choice(Verdict.SAME, "one and the same", key="c"), Choice(Verdict.DIFFERENT, "not the same", key="n")),
        held=held,
        chosen=held,
    )


def other_form(view: WeighedView, subject: Subject, a: str, asked: str, free: str) -> JudgeForm:
    """Whether a thing is one with another that a person names."""
    return JudgeForm(
        FormKind.PAIR,
        asked,
        a,
        "",
        subject.value,
        view.latest_on(subject, a),
        choices=(Choice(Verdict.SAME, "one and the same"), Choice(Verdict.DIFFERENT, "not the same")),
        chosen=Verdict.SAME.value,
        free=free,
    )


def apart_form(view: WeighedView, subject: Subject, things: Sequence[Choice], b: str, asked: str) -> JudgeForm:
    """Which of several things does not belong with `b`."""
    seen = tuple(Choice(f"{one.value} {view.latest_on(subject, one.value, b)}", one.words) for one in things)
    choices = (Choice(Verdict.DIFFERENT, "does not belong here"),)
    return JudgeForm(
        FormKind.PAIR, asked, "", b, subject.value, choices=choices, chosen=Verdict.DIFFERENT.value, things=seen
    )


def relation_form(view: WeighedView, shown: ShownRelation) -> JudgeForm:
    """How the first side of a relation stands to the second."""
    keys = {shown.kind: "c", UNRELATED: "n"}
    words = (*RelationKind, UNRELATED)
    return _form(
        view,
        FormKind.RELATION,
        "How does the first stand to the second?",
        shown.a.passage,
        shown.b.passage,
        choices=tuple(Choice(one, one, key=keys.get(one, "")) for one in words),
        held=shown.kind,
    )


def status_form(view: WeighedView, shown: ShownEntry) -> JudgeForm:
    """What became of a docket entry."""
    keys = {Status.MET: "m", Status.PARTLY: "p", Status.NOT_MET: "n", Status.OPEN: "o"}
    return _form(
        view,
        FormKind.STATUS,
        "What became of it?",
        shown.row.entry.passage,
        choices=tuple(Choice(one, one, key=keys.get(one, "")) for one in Status if one is not Status.DUE),
        held="" if shown.row.status is None else shown.row.status.value,
    )


def evidence_forms(view: WeighedView, shown: ShownEntry) -> tuple[JudgeForm, ...]:
    """What each passage says for a docket entry."""
    return tuple(
        _form(
            view,
            FormKind.EVIDENCE,
            f"What does “{shortened(one.passage.span.text, 90)}” say for it?",
            shown.row.entry.passage,
            one.passage.passage,
            choices=tuple(Choice(word, word) for word in (*Bearing, NOT_EVIDENCE)),
            held=one.bearing,
        )
        for one in shown.evidence
    )


def source_form(view: WeighedView, name: str) -> JudgeForm:
    """How reliable a source is."""
    words = tuple(Choice(one, f"{one}: {RELIABILITY_WORDS[one]}") for one in Reliability)
    return _form(view, FormKind.SOURCE, f"How reliable is {shortened(name, 80)} as a source?", name, choices=words)


def item_form(view: WeighedView, passage: str) -> JudgeForm:
    """How credible what a passage says is."""
    words = tuple(Choice(one, f"{one}: {CREDIBILITY_WORDS[one]}") for one in Credibility)
    return _form(view, FormKind.ITEM, "How credible is it, whoever it comes from?", passage, choices=words)


def note_form(a: str, b: str = "") -> JudgeForm:
    """Words on anything."""
    return JudgeForm(FormKind.NOTE, "A note", a, b)


def _form(
    view: WeighedView,
    kind: FormKind,
    asked: str,
    a: str,
    b: str = "",
    *,
    choices: tuple[Choice, ...] = (),
    held: str = "",
    chosen: str = "",
    free: str = "",
    span: tuple[int, int] | None = None,
    longest: int = 0,
    sentences: tuple[Choice, ...] = (),
) -> JudgeForm:
    subject = SUBJECTS[kind]
    seen = view.latest_on(subject, a, b)
    chosen = chosen or held
    return JudgeForm(
        kind,
        asked,
        a,
        b,
        subject.value,
        seen,
        choices,
        held,
        chosen,
        free,
        span=span,
        longest=longest,
        sentences=sentences,
    )
