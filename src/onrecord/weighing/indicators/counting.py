"""An indicator day by day: independent origins that say what it counts, or the figures it follows.

A pure function of what is handed over, in any order. Hand over all utterances of the window and not only those that
match: a day on which none of the outlets has anything on the record is a day without data, and that is no nought.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from onrecord.domain.days import days_before, whole_day
from onrecord.domain.figures import Counted
from onrecord.domain.indicators import Break, Day, Indicator, Series, Unit
from onrecord.domain.relations import Said
from onrecord.weighing.indicators.matching import counts, matches
from onrecord.weighing.indicators.sources import breaks, counted_outlets
from onrecord.weighing.indicators.telling import number

LONGEST: Final = 3_660
"""Days of a series; an earlier `since` is moved up."""
WINDOW: Final = 3
"""How many baselines the window is long where none is given."""
_DAY: Final = timedelta(days=1)


def series(
    indicator: Indicator,
    saids: Iterable[Said],
    first_seen: Mapping[str, date],
    figures: Iterable[Counted] = (),
    *,
    since: date | None = None,
    until: date | None = None,
) -> Series:
    """The indicator from `since` to `until`, both included.

    `first_seen` gives for each outlet the first day of publication on the record. Without `until` the last day that is
    handed over, without `since` three baselines back from there, but not before the record or the figures begin. Leave
    out a day that is not over: it would look like a fall. Without anything at all the series has no days.
    """
    if indicator.unit is Unit.FIGURE:
        followed = _followed(indicator, figures)
        window = _window(indicator, since, until, [one.day for one in followed])
        return Series(indicator, (), indicator.sources) if window is None else _of_figures(indicator, followed, window)
    told = list(saids)
    published = _published(told)
    days = [day for its in published.values() for day in its]
    window = _window(indicator, since, until, days, min(first_seen.values(), default=None))
    if window is None:
        return Series(indicator, (), indicator.sources)
    outlets = counted_outlets(indicator, first_seen, window[0])
    return _of_origins(indicator, told, outlets, published, first_seen, window)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A figure that is followed, with its day; `whole` tells that it is of a day and not of an hour."""

    day: date
    whole: bool
    counted: Counted


@dataclass(frozen=True, slots=True)
class _Telling:
    """An origin of an utterance on the day on which it said it first."""

    utterance: str
    reports: frozenset[str]
    passages: tuple[str, ...]


def _window(
    indicator: Indicator, since: date | None, until: date | None, days: Sequence[date], begins: date | None = None
) -> tuple[date, date] | None:
    if until is None:
        if not days:
            return None
        until = max(days)
    if since is None:
        begins = min(days, default=until) if begins is None else begins
        since = max(days_before(until, WINDOW * indicator.baseline - 1), min(begins, until))
    if since > until:
        raise ValueError(f"the window ends on {until} before it begins on {since}")
    return max(since, days_before(until, LONGEST - 1)), until


def _all_days(window: tuple[date, date]) -> list[date]:
    first, last = window
    return [date.fromordinal(one) for one in range(first.toordinal(), last.toordinal() + 1)]


def _day_of(moment: datetime) -> date:
    return (moment.astimezone(UTC) if moment.tzinfo is not None else moment).date()


def _published(saids: Iterable[Said]) -> dict[str | None, set[date]]:
    """The days on which each outlet has something on the record."""
    days: dict[str | None, set[date]] = defaultdict(set)
    for said in saids:
        for one in said.renderings:
            if one.published is not None:
                days[one.outlet].add(_day_of(one.published))
    return days


def _of_origins(
    indicator: Indicator,
    saids: Iterable[Said],
    outlets: Sequence[str],
    published: Mapping[str | None, set[date]],
    first_seen: Mapping[str, date],
    window: tuple[date, date],
) -> Series:
    tellings: dict[date, list[_Telling]] = defaultdict(list)
    fixed = frozenset(outlets)
    for said in saids:
        if matches(indicator, said) is not None:
            for day, telling in _tellings(said, fixed):
                tellings[day].append(telling)
    there = set().union(*(published.get(outlet, ()) for outlet in outlets))
    days = []
    for day in _all_days(window):
        its = tellings.get(day, [])
        days.append(
            Day(
                day,
                float(_origins(its)) if day in there else None,
                day if day in there else None,
                tuple(sorted({one.utterance for one in its})),
                tuple(sorted({passage for one in its for passage in one.passages})),
            )
        )
    return Series(
        indicator, tuple(days), tuple(outlets), tuple(breaks(indicator, outlets, published, first_seen, window))
    )


def _tellings(said: Said, outlets: frozenset[str]) -> Iterable[tuple[date, _Telling]]:
    """The origins of an utterance that outlets of the series have, each on its first day there."""
    groups = said.groups or (tuple(sorted({one.report for one in said.renderings})),)
    for group in groups:
        its = [
            (_day_of(one.published), one)
            for one in said.renderings
            if one.report in group and one.outlet in outlets and one.published is not None
        ]
        if its:
            first = min(day for day, _ in its)
            passages = tuple(one.passage for day, one in its if day == first)
            yield first, _Telling(said.utterance, frozenset(group), passages)


def _origins(tellings: Sequence[_Telling]) -> int:
    """How many origins there are: a report that says it five times, or says five such things, is one."""
    leader: dict[str, str] = {}

    def led(report: str) -> str:
        while leader.setdefault(report, report) != report:
            leader[report] = leader[leader[report]]
            report = leader[report]
        return report

    for telling in tellings:
        first = min(telling.reports)
        for report in telling.reports:
            leader[led(report)] = led(first)
    return sum(led(report) == report for report in list(leader))


def _followed(indicator: Indicator, figures: Iterable[Counted]) -> list[_Dated]:
    """The figures that are followed, each with its day.

    A figure whose day the text does not say counts only where no text says one: "from 41 to 172" is told for weeks. Two
    figures of one passage for one day are a number and what it is compared with; the first counts.
    """
    taken = [one for one in figures if counts(indicator, one) and _of_a_day(one)]
    if indicator.sources:
        taken = [one for one in taken if one.rendering.outlet in indicator.sources]
    if any(one.dated for one in taken):
        taken = [one for one in taken if one.dated]
    units = Counter(_measure(one) for one in taken)
    if units:
        unit = min(units, key=lambda one: (-units[one], one))
        taken = [one for one in taken if _measure(one) == unit]
    first: dict[tuple[str, date], Counted] = {}
    for one in taken:
        key = one.rendering.passage, _start(one)
        if key not in first or _place(one) < _place(first[key]):
            first[key] = one
    return [_Dated(day, _is_whole(one), one) for (_, day), one in first.items()]


def _of_a_day(figure: Counted) -> bool:
    return figure.start is not None and (figure.end is None or figure.end - figure.start <= _DAY)


def _start(figure: Counted) -> date:
    return _day_of(figure.start) if figure.start is not None else date.min


def _is_whole(figure: Counted) -> bool:
    return figure.start is not None and figure.end is not None and figure.end - figure.start == _DAY


def _place(figure: Counted) -> tuple[int, str]:
    return figure.figure.span.start, figure.id


def _measure(figure: Counted) -> str:
    """What a figure is measured in; a plain count of a day and one "per day" are one."""
    return "" if figure.figure.unit in (None, "per day") else str(figure.figure.unit)


def _of_figures(indicator: Indicator, followed: Sequence[_Dated], window: tuple[date, date]) -> Series:
    by_day: dict[date, list[_Dated]] = defaultdict(list)
    for one in followed:
        by_day[one.day].append(one)
    days = tuple(_given(day, by_day.get(day, [])) for day in _all_days(window))
    behind = {one.counted.rendering.outlet for one in followed if window[0] <= one.day <= window[1]}
    outlets = indicator.sources or tuple(sorted(outlet for outlet in behind if outlet is not None))
    return Series(indicator, days, outlets, _disputed(by_day, days))


def _given(day: date, figures: Sequence[_Dated]) -> Day:
    """The value of a day: the one that most outlets give, then the one last published."""
    if any(one.whole for one in figures):
        figures = [one for one in figures if one.whole]
    by_value: dict[float, list[Counted]] = defaultdict(list)
    for one in figures:
        by_value[_value(one.counted)].append(one.counted)
    if not by_value:
        return Day(day, None)

    def standing(value: float) -> tuple[int, float, float]:
        its = by_value[value]
        last = max((one.rendering.published.timestamp() for one in its if one.rendering.published), default=0.0)
        return len({one.rendering.outlet for one in its}), last, value

    value = max(by_value, key=standing)
    its = by_value[value]
    known = min((_day_of(one.rendering.published) for one in its if one.rendering.published), default=day)
    return Day(
        day,
        value,
        max(known, day),
        tuple(sorted({one.utterance for one in its if one.utterance is not None})),
        tuple(sorted({one.rendering.passage for one in its})),
        tuple(sorted({one.id for one in its})),
    )


def _value(figure: Counted) -> float:
    return 0.0 if figure.figure.value is None else float(figure.figure.value)


def _disputed(by_day: Mapping[date, Sequence[_Dated]], days: Sequence[Day]) -> tuple[Break, ...]:
    """Nothing is lost in silence: days for which the record has other values than the one that is taken."""
    found = []
    for day in days:
        others = sorted({_value(one.counted) for one in by_day.get(day.day, [])} - {day.value})
        if others:
            told = ", ".join(number(one) for one in others)
            words = f"for {whole_day(day.day)} the record has {told} as well as {number(day.value or 0.0)}"
            found.append(Break(None, None, words))
    return tuple(found)
