"""Invented passages with the figures that the reader finds in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from onrecord.domain.figures import Counted
from onrecord.domain.passages import Act
from onrecord.domain.relations import Said
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering
from onrecord.reading.figures import find_figures
from onrecord.reading.times import find_times
from onrecord.weighing.figures import counted

START = datetime(2031, 3, 3, 9, tzinfo=UTC)


def rendering(
    words: str,
    *,
    day: float = 0,
    report: str = "r",
    speaker: str | None = "Pavla Drenko",
) -> Rendering:
    """A passage of a report, read as the reader would read it."""
    published = START + timedelta(days=day)
    span = Span(0, len(words))
    times = find_times(words, span, published)
    return Rendering(
        passage=f"{report}:{words}",
        statement=f"statement of {report}",
        report=report,
        span=span,
        words=words,
        act=Act.CLAIM,
        figures=tuple(find_figures(words, span, times)),
        times=tuple(times),
        speaker=speaker,
        actor=speaker and f"name:{speaker}",
        outlet="Halyard News Agency",
        published=published,
        context=words,
    )


def said(*renderings: Rendering) -> Said:
    """An utterance of these renderings."""
    return Said(f"u:{renderings[0].passage}", renderings[0], renderings)


def figures(words: str, **given: object) -> list[Counted]:
    """The figures of one passage that is an utterance by itself."""
    return list(counted(said(rendering(words, **given))))  # type: ignore[arg-type]


def figure(words: str, **given: object) -> Counted:
    """The one figure of a passage, or its first."""
    return figures(words, **given)[0]
