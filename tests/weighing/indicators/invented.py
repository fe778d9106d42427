"""Invented utterances, figures and series for the tests of indicators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from onrecord.domain.figures import Counted
from onrecord.domain.indicators import Break, Day, Indicator, Series, Unit
from onrecord.domain.passages import Act, Bound, Figure
from onrecord.domain.relations import Said
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering

MONDAY = date(2031, 3, 3)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def noon(number: int) -> datetime:
    return datetime(2031, 3, 3, 12, tzinfo=UTC) + timedelta(days=number)


def rendering(
    words: str,
    at: int | None = 0,
    outlet: str | None = "Halyard",
    report: str | None = None,
    act: Act = Act.CLAIM,
    speaker: str | None = None,
    actor: str | None = None,
    conditional: bool = False,
) -> Rendering:
    report = f"{outlet}-{at}" if report is None else report
    return Rendering(
        passage=f"p:{report}:{words}",
        statement=f"s:{report}:{words}",
        report=report,
        span=Span(0, max(1, len(words))),
        words=words,
        act=act,
        conditional=conditional,
        speaker=speaker,
        actor=actor,
        outlet=outlet,
        published=None if at is None else noon(at),
    )


def said(
    *renderings: Rendering,
    groups: Sequence[Sequence[str]] | None = None,
    actor: str | None = None,
    name: str | None = None,
) -> Said:
    times = [one.published for one in renderings if one.published is not None]
    return Said(
        utterance=f"u:{renderings[0].passage}",
        fullest=max(renderings, key=lambda one: len(one.words)),
        renderings=renderings,
        actor=actor,
        name=name,
        groups=tuple(tuple(group) for group in (groups or [[one.report] for one in renderings])),
        first=min(times, default=None),
        last=max(times, default=None),
    )


def figure(
    value: float | None,
    of: int,
    words: str = "violations",
    published: int | None = None,
    outlet: str = "Halyard",
    at: int = 0,
    dated: bool = True,
    hours: tuple[int, int] = (0, 24),
    bound: Bound = Bound.EXACT,
    unit: str | None = None,
    act: Act = Act.CLAIM,
    speaker: str | None = "the mission",
    passage: str | None = None,
    place: str | None = None,
    conditional: bool = False,
) -> Counted:
    told = rendering(
        passage or f"{value} {words} on day {of}",
        of + 1 if published is None else published,
        outlet,
        act=act,
        speaker=speaker,
        conditional=conditional,
    )
    midnight = datetime(2031, 3, 3, tzinfo=UTC) + timedelta(days=of)
    return Counted(
        id=f"f:{told.passage}:{at}",
        rendering=told,
        figure=Figure(Span(at, at + 1), value, bound=bound, unit=unit),
        block="",
        noun=words.split()[-1] if words else "",
        words=words,
        place=place,
        start=midnight + timedelta(hours=hours[0]),
        end=midnight + timedelta(hours=hours[1]),
        dated=dated,
        utterance=f"u:{told.passage}",
    )


def made(
    values: Sequence[float | None],
    unit: Unit = Unit.ORIGINS,
    baseline: int = 28,
    threshold: float = 2.0,
    breaks: Sequence[Break] = (),
    late: int = 0,
) -> Series:
    indicator = Indicator("invented", unit, words=("withdraw*",), baseline=baseline, threshold=threshold)
    days = tuple(
        Day(day(at), value, None if value is None else day(at + late), passages=() if value is None else (f"p{at:03}",))
        for at, value in enumerate(values)
    )
    return Series(indicator, days, ("Halyard",), tuple(breaks))
