"""What people's judgements change of a statement: who speaks, which characters it has, whether it is one at all.

The statement of the record stays as it was read, with its id; a corrected one is made from it wherever statements are
shown, linked or exported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.domain.judgements import NO_STATEMENT, NOBODY_NAMED, Judgement, Subject, latest, spans_in
from onrecord.domain.passages import Act, Figure, Passage
from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Basis, Speaker, Statement

_EDGE: Final = 3
"""Characters between the edge of a content and its passages that may be quotation marks and the like."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The judgements that count on one statement; None where there is none."""

    speaker: Judgement | None = None
    content: Judgement | None = None
    source: Judgement | None = None
    standing: Judgement | None = None

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Those there are, oldest first."""
        found = (one for one in (self.speaker, self.content, self.source, self.standing) if one is not None)
        return tuple(sorted(found, key=lambda one: (one.made, one.id)))

    @property
    def name(self) -> str | None:
        """The name of the speaker judged; None where nobody judged, or it is not safe to name one."""
        return None if self.speaker is None or self.speaker.verdict == NOBODY_NAMED else self.speaker.verdict

    @property
    def dismissed(self) -> bool:
        """Whether a person holds it to be no statement."""
        return self.standing is not None and self.standing.verdict == NO_STATEMENT


def correction(judgements: Iterable[Judgement]) -> Correction:
    """What counts of the judgements on one statement."""
    given = list(judgements)
    spans = {part: one for pair, one in latest(given, Subject.SPAN).items() for part in pair if part == one.b}
    return Correction(
        speaker=next(iter(latest(given, Subject.SPEAKER).values()), None),
        content=spans.get("content"),
        source=spans.get("source"),
        standing=next(iter(latest(given, Subject.STATEMENT).values()), None),
    )


def corrected(one: Statement, by: Correction) -> Statement:
    """The statement as people say it is; it keeps the id under which it was read, and its kind."""
    made = one
    if by.speaker is not None:
        speaker = UNNAMED if by.name is None else Speaker(by.name, Basis.JUDGED)
        made = replace(made, speaker=speaker)
    if by.source is not None:
        made = replace(made, source=spans_in(by.source.verdict))
    if by.content is not None:
        content = spans_in(by.content.verdict)
        made = replace(made, content=content, passages=fitted(one.passages, content))
    return made


def fitted(passages: Sequence[Passage], content: Sequence[Span]) -> tuple[Passage, ...]:
    """Passages made to fill other content: cut where it ends, drawn out to its edges where they fell short.

    A part of the content in which no passage stood becomes one, as a claim when there is none to take the act from.
    """
    made: list[Passage] = []
    for part in content:
        inside = [one for one in passages if one.span.overlaps(part)]
        if not inside:
            near = min(passages, key=lambda one: abs(one.span.start - part.start), default=None)
            made.append(Passage(part, Act.CLAIM if near is None else near.act))
        for place, one in enumerate(inside):
            start, end = max(part.start, one.span.start), min(part.end, one.span.end)
            if place == 0 and start - part.start > _EDGE:
                start = part.start
            if place == len(inside) - 1 and part.end - end > _EDGE:
                end = part.end
            made.append(_within(one, Span(start, end)))
    return tuple(made)


def _within(one: Passage, span: Span) -> Passage:
    """The passage over another span, with those of its figures and times that lie in it whole."""
    if one.span == span:
        return one
    return replace(
        one,
        span=span,
        figures=tuple(_figure_within(figure, span) for figure in one.figures if span.covers(figure.span)),
        times=tuple(time for time in one.times if span.covers(time.span)),
    )


def _figure_within(one: Figure, span: Span) -> Figure:
    def kept(other: Span | None) -> Span | None:
        return other if other is not None and span.covers(other) else None

    as_of = one.as_of if one.as_of is not None and span.covers(one.as_of.span) else None
    return replace(one, counted=kept(one.counted), place=kept(one.place), as_of=as_of)
