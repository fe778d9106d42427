"""Which judgements count, and the speaker that counts, as conditions and columns of a query.

A judgement counts until another one takes it back. Every query for a speaker's name goes through `speaker_named`, so
that a person's word is followed by lists, searches and counts alike.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from onrecord.domain.judgements import NOBODY_NAMED, Subject
from onrecord.ledger.schema import judgement, statement


def counts(until: int | None = None, told: Any = judgement) -> ColumnElement[bool]:
    """The condition that nobody has taken the judgement `told` back by the entry numbered `until`."""
    undone = judgement.alias("undone")
    taken = select(undone.c.seq).where(undone.c.subject == Subject.UNDONE.value, undone.c.a == told.c.id)
    if until is not None:
        taken = taken.where(undone.c.seq <= until)
    return ~taken.correlate(told).exists()


def speaker_named(until: int | None = None) -> ColumnElement[Any]:
    """The name of a statement's speaker: what a person said last, else what the reader found; NULL where unnamed."""
    told = judgement.alias("told_speaker")
    latest = (
        select(case((told.c.verdict == NOBODY_NAMED, ""), else_=told.c.verdict))
        .where(told.c.subject == Subject.SPEAKER.value, told.c.a == statement.c.id, counts(until, told))
        .order_by(told.c.made.desc(), told.c.id.desc())
        .limit(1)
        .correlate(statement)
    )
    if until is not None:
        latest = latest.where(told.c.seq <= until)
    return func.nullif(func.coalesce(latest.scalar_subquery(), statement.c.speaker), "")


def speaker_judged() -> Any:
    """The `seq` of the statements on whose speaker a person ever had a word: those that the search index may miss."""
    told = judgement.alias("judged_speaker")
    named = select(told.c.a).where(told.c.subject == Subject.SPEAKER.value)
    return select(statement.c.seq).where(statement.c.id.in_(named)).correlate(None)
