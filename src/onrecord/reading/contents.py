"""Takes a statement's content apart: passages with their acts, figures and times.

Each step is a function of the text alone (`clauses`, `acts`, `times`, `figures`); here they are put together. A figure
or time that no passage covers, because the cut went through it, belongs to the passage that it begins in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from onrecord.domain.passages import Figure, Passage, Time
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.reading.acts import act_of
from onrecord.reading.clauses import passages
from onrecord.reading.figures import find_figures
from onrecord.reading.times import find_times


def taken_apart(
    text: str,
    content: Sequence[Span],
    *,
    cue: Sequence[Span],
    source: Sequence[Span],
    kind: Kind,
    published: datetime | None,
    before: Sequence[Time] = (),
) -> tuple[Passage, ...]:
    """The passages of one statement.

    Times are reckoned from `published`, in UTC, where it is known, and from those that the report named `before`.
    """
    times: list[Time] = []
    figures: list[Figure] = []
    for part in content:
        found = find_times(text, part, published, before=[*before, *times])
        figures += find_figures(text, part, found)
        times += found
    out = []
    for span in passages(text, content, (*source, *cue)):
        acted = act_of(text, span, cue, kind)
        out.append(
            Passage(
                span,
                acted.act,
                negated=acted.negated,
                conditional=acted.conditional,
                figures=tuple(figure for figure in figures if _begins_in(figure.span, span)),
                times=tuple(time for time in times if _begins_in(time.span, span)),
            )
        )
    return tuple(out)


def _begins_in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start < outer.end
