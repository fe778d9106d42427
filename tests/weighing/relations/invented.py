"""Utterances of invented reports, told once or more, as short as a test wants them."""

from __future__ import annotations

from dataclasses import replace

from onrecord.domain.passages import Act
from onrecord.domain.relations import Said
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering, ordered
from tests.linking.utterances.invented import said as rendering


def said(
    words: str,
    *,
    by: str | None = "halvik",
    days: float | None = 0.0,
    act: Act = Act.CLAIM,
    negated: bool = False,
    report: str = "",
    at: int = 0,
) -> Said:
    """One passage at character `at` of a report, published so many days after a Monday."""
    one = rendering(words, actor=by, days=days, act=act, negated=negated, report=report)
    return told([moved(one, at)])


def moved(one: Rendering, at: int) -> Rendering:
    """The passage so many characters farther on in its report."""

    def shifted(span: Span | None) -> Span | None:
        return span and Span(span.start + at, span.end + at)

    figures = tuple(
        replace(figure, span=shifted(figure.span), counted=shifted(figure.counted), place=shifted(figure.place))
        for figure in one.figures
    )
    times = tuple(replace(time, span=shifted(time.span)) for time in one.times)
    return replace(one, span=shifted(one.span), figures=figures, times=times, passage=f"{one.passage} at {at}")


def told(renderings: list[Rendering]) -> Said:
    """The utterance that these passages tell."""
    first = ordered(renderings)
    return Said(
        utterance=f"u:{first[0].passage}",
        fullest=first[0],
        renderings=tuple(first),
        actor=first[0].actor,
        name=first[0].speaker,
        groups=tuple((one.report,) for one in first),
        first=first[0].published,
        last=first[-1].published,
    )
