"""What can be judged on each page, and what was judged of what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.domain.judgements import Subject, Verdict
from onrecord.ledger.linked import ActorHead, ShownStory, ShownUtterance
from onrecord.ledger.view import StatementFilter
from onrecord.ledger.weighed import ShownEntry, ShownRelation
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.judged import Judging, judging
from onrecord.publishing.judging import (
    Choice,
    JudgeForm,
    apart_form,
    evidence_forms,
    item_form,
    note_form,
    other_form,
    pair_form,
    relation_form,
    source_form,
    span_form,
    spans_form,
    speaker_form,
    statement_form,
    status_form,
)
from onrecord.publishing.linked.entries import CandidateEntry
from onrecord.publishing.wording import shortened

MOST_OFFERED = 60
"""Wordings, reports or statements that a form lists at most."""


def judging_statement(view: WeighedView, statement: str, offered: Sequence[CandidateEntry]) -> Judging:
    """Who says a statement, which characters it has, and whether it is one."""
    one = view.statement(statement)
    forms = (
        speaker_form(view, one, offered),
        span_form(view, one, view.report(one.report.id).report.text),
        statement_form(view, statement),
        note_form(statement),
    )
    return judging(view, forms, {statement, *(passage.id for passage in one.passages)})


def judging_report(view: WeighedView, report: str) -> Judging:
    """Which characters the statements of a report have, and how reliable its outlet is."""
    shown = view.report(report)
    found = list(view.statements(StatementFilter(report=report), order="reading"))
    forms: list[JudgeForm] = []
    if found:
        forms.append(spans_form(view, found[:MOST_OFFERED], len(shown.report.text)))
    if shown.head.outlet:
        forms.append(source_form(view, shown.head.outlet))
    forms.append(note_form(report))
    ids = {report, *(one.statement.id for one in found)}
    return judging(view, forms, ids | {shown.head.outlet} if shown.head.outlet else ids)


def judging_utterance(view: WeighedView, shown: ShownUtterance) -> Judging:
    """Which wordings belong to an utterance, and how credible it is."""
    full = next(one.passage for one in shown.renderings if one.difference is None)
    others = [
        Choice(one.passage, f"{one.report.outlet or one.report.input}: {shortened(one.span.text, 60)}")
        for one in shown.renderings
        if one.passage != full
    ]
    forms = []
    if others:
        asked = "Which wording is another utterance than the fullest?"
        forms.append(apart_form(view, Subject.PASSAGE, others[:MOST_OFFERED], full, asked))
    free = "The other one: the id of an utterance, passage or statement"
    forms.append(other_form(view, Subject.PASSAGE, full, "Is it one act of speech with another?", free))
    forms += [item_form(view, full), note_form(full)]
    return judging(view, forms, {one.passage for one in shown.renderings})


def judging_actor(view: WeighedView, one: ActorHead) -> Judging:
    """Whether an actor is another one, too, and how reliable it is as a source."""
    forms = (
        other_form(view, Subject.ACTOR, one.id, "Is it one with another actor?", "The other one: an id or a name"),
        source_form(view, one.name),
        note_form(one.id),
    )
    return judging(view, forms, {one.id, one.name})


def judging_story(view: WeighedView, shown: ShownStory) -> Judging:
    """Which reports belong to a story."""
    reports = [one.id for one in shown.reports]
    others = [
        Choice(one.id, f"{one.outlet or one.input}: {shortened(one.title or '', 60)}")
        for one in shown.reports[1 : MOST_OFFERED + 1]
    ]
    forms = []
    if others:
        first = shortened(shown.reports[0].title or shown.reports[0].input, 80)
        asked = f"Which report tells another story than “{first}”?"
        forms.append(apart_form(view, Subject.REPORT, others, reports[0], asked))
    free = "The other one: the id of a report or a story"
    forms.append(other_form(view, Subject.REPORT, reports[0], "Does another report tell the same story?", free))
    forms.append(note_form(reports[0]))
    return judging(view, forms, reports)


def judging_relation(view: WeighedView, shown: ShownRelation) -> Judging:
    """How two passages stand, or whether they are one act of speech."""
    a, b = shown.a.passage, shown.b.passage
    asked = "Or are they one act of speech?"
    forms = (
        relation_form(view, shown),
        pair_form(view, Subject.PASSAGE, min(a, b), max(a, b), asked, Verdict.DIFFERENT.value),
        note_form(shown.id),
    )
    return judging(view, forms, {a, b})


def judging_entry(view: WeighedView, shown: ShownEntry) -> Judging:
    """What became of a docket entry, and what each passage says for it."""
    passage = shown.row.entry.passage
    forms = (status_form(view, shown), *evidence_forms(view, shown), note_form(passage))
    return judging(view, forms, {passage, *(one.passage.passage for one in shown.evidence)})
