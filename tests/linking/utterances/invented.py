"""Renderings of invented reports, as short as a test wants them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from onrecord.domain.passages import Act
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering
from onrecord.reading.figures import find_figures
from onrecord.reading.times import find_times

MONDAY = datetime(2031, 3, 3, 12, tzinfo=UTC)


def said(
    words: str,
    *,
    passage: str = "",
    actor: str | None = "halvik",
    days: float | None = 0.0,
    act: Act = Act.CLAIM,
    negated: bool = False,
    statement: str = "",
    report: str = "",
    context: str = "",
) -> Rendering:
    """A passage that is all of its report's text, published so many days after a Monday."""
    published = None if days is None else MONDAY + timedelta(days=days)
    span = Span(0, max(1, len(words)))
    times = find_times(words, span, published) if words else []
    name = passage or f"{report} {words} {days} {actor}"
    return Rendering(
        passage=name,
        statement=statement or f"statement of {name}",
        report=report or f"report of {name}",
        span=span,
        words=words,
        act=act,
        negated=negated,
        figures=tuple(find_figures(words, span, times)) if words else (),
        times=tuple(times),
        speaker=actor and actor.title(),
        actor=actor,
        published=published,
        context=context or words,
    )
