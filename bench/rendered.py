"""Passages that the reader finds, as linking and weighing compare them, without a ledger."""

from __future__ import annotations

from onrecord.domain.passages import Passage
from onrecord.domain.relations import Said
from onrecord.domain.reports import Report
from onrecord.domain.statements import Kind, Statement
from onrecord.domain.utterances import Rendering


def rendered(
    report: Report, statement: Statement, passage: Passage, *, name: str | None = None, id_: str | None = None
) -> Rendering:
    """One passage of a statement; `name` stands for the report's id, and its speaker's name for the actor.

    `id_` is the passage's, from the statement and where it begins unless given.
    """
    text, speaker = report.text, statement.speaker.name
    return Rendering(
        passage=id_ or f"{statement.id}:{passage.span.start}",
        statement=statement.id,
        report=name or report.id,
        span=passage.span,
        words=passage.span.of(text),
        act=passage.act,
        negated=passage.negated,
        conditional=passage.conditional,
        quoted=statement.kind is Kind.DIRECT,
        figures=passage.figures,
        times=passage.times,
        speaker=speaker,
        actor=speaker and f"name:{speaker}",
        outlet=report.outlet,
        published=report.published,
        context=" ".join(span.of(text) for span in statement.content),
        cue=" ".join(span.of(text) for span in statement.cue),
    )


def said_once(rendering: Rendering) -> Said:
    """An utterance that one passage tells."""
    return Said(
        utterance=f"u:{rendering.passage}",
        fullest=rendering,
        renderings=(rendering,),
        actor=rendering.actor,
        name=rendering.speaker,
        groups=((rendering.report,),),
        first=rendering.published,
        last=rendering.published,
    )
