"""Utterances of invented reports, as short as a test wants them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from onrecord.domain.passages import Act
from onrecord.domain.relations import Said
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering
from onrecord.reading.figures import find_figures
from onrecord.reading.times import find_times

WEDNESDAY = datetime(2031, 3, 5, 14, 30, tzinfo=UTC)


def rendering(
    words: str,
    act: Act = Act.CLAIM,
    *,
    days: float | None = 0.0,
    actor: str | None = "halvik",
    negated: bool = False,
    conditional: bool = False,
    context: str = "",
    cue: str = "",
) -> Rendering:
    """A passage that is all of its report's text, published so many days after a Wednesday."""
    published = None if days is None else WEDNESDAY + timedelta(days=days)
    span = Span(0, max(1, len(words)))
    times = find_times(words, span, published) if words else []
    name = f"{words} {days} {actor}"
    return Rendering(
        passage=name,
        statement=f"statement of {name}",
        report=f"report of {name}",
        span=span,
        words=words,
        act=act,
        negated=negated,
        conditional=conditional,
        figures=tuple(find_figures(words, span, times)) if words else (),
        times=tuple(times),
        speaker=actor and actor.title(),
        actor=actor,
        published=published,
        context=context or words,
        cue=cue,
    )


def said(*renderings: Rendering) -> Said:
    """An utterance of these renderings, the first of them the fullest."""
    full = renderings[0]
    dates = [one.published for one in renderings if one.published is not None]
    return Said(
        utterance=f"u:{full.passage}",
        fullest=full,
        renderings=renderings,
        actor=full.actor,
        name=full.speaker,
        first=min(dates, default=None),
        last=max(dates, default=None),
    )


def told(words: str, act: Act = Act.CLAIM, *, days: float | None = 0.0, actor: str | None = "halvik") -> Said:
    """An utterance that is told once."""
    return said(rendering(words, act, days=days, actor=actor))
