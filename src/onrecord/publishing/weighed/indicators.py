"""The page of indicators: what is counted, where it changed, what that rests on, and each day with its passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.domain.indicators import Day, Indicator, Series, Shift, Unit
from onrecord.ledger.weighed import ShownPassage
from onrecord.publishing.weighed.entries import PassageEntry, passage_entry, upper_first
from onrecord.publishing.weighed.indicator_picture import IndicatorPicture, gaps, indicator_picture
from onrecord.publishing.wording import counted, day_words, number_words, shortened

MOST_A_DAY = 3
"""Passages shown of one day."""
MOST_IN_ALL = 120
"""Passages shown of one indicator, those of the newest days first."""
UNIT_WORDS = {
    Unit.ORIGINS: "independent origins a day",
    Unit.FIGURE: "the number that the record gives for the day",
}


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A change in a sentence that the days on the page prove, and what else is to be said of it."""

    sentence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A row of the table: a day with its value and the passages behind it, or some days without data.

    `known` are words for the day on which the value was published, where that is another one; `more` counts the
    passages that are not shown; `changed` tells that the level changes here.
    """

    day: str
    value: str | None
    known: str | None
    passages: tuple[PassageEntry, ...]
    more: int
    changed: bool


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator shown whole; `of` says what is counted, `notes` what was left out or is another source's doing."""

    name: str
    unit: str
    of: str
    sources: tuple[str, ...]
    changes: tuple[ChangeEntry, ...]
    notes: tuple[str, ...]
    picture: IndicatorPicture | None
    rows: tuple[DayEntry, ...]
    with_data: int
    days: int


def passages_wanted(series: Series) -> frozenset[str]:
    """The ids of the passages that the page of a series shows."""
    found: list[str] = []
    for day in reversed(series.days):
        found += day.passages[:MOST_A_DAY]
    return frozenset(found[:MOST_IN_ALL])


def indicator_page(
    series: Series, shifts: Sequence[Shift], sentences: Sequence[str], passages: Mapping[str, ShownPassage]
) -> IndicatorPage:
    """The page of a series; `sentences` say its changes, `passages` are those of `passages_wanted` on the record."""
    changed = {shift.day for shift in shifts}
    return IndicatorPage(
        name=upper_first(shortened(series.indicator.name, 200)),
        unit=UNIT_WORDS[series.indicator.unit],
        of=conditions(series.indicator),
        sources=tuple(shortened(one, 80) for one in series.sources),
        changes=tuple(
            ChangeEntry(f"{upper_first(sentence)}.", tuple(one for one in shift.reasons if one != sentence))
            for shift, sentence in zip(shifts, sentences, strict=True)
        ),
        notes=tuple(shortened(one.words, 300) for one in series.breaks),
        picture=indicator_picture(series, shifts, sentences),
        rows=tuple(_rows(series.days, changed, passages)),
        with_data=sum(day.value is not None for day in series.days),
        days=len(series.days),
    )


def conditions(indicator: Indicator) -> str:
    """What an indicator counts, in words.

    >>> conditions(Indicator("talk", words=("withdraw*", "pull back"), actors=("Halvik",), baseline=28, threshold=2.0))
    'words: withdraw*, pull back; said by: Halvik; baseline 28 days, threshold 2 standard deviations'
    """
    given = (
        ("counts", indicator.counted),
        ("words", indicator.words),
        ("like", indicator.examples),
        ("acts", tuple(act.value for act in indicator.acts)),
        ("said by", indicator.actors),
        ("naming", indicator.places),
        ("only from", indicator.sources),
    )
    told = [f"{name}: {', '.join(shortened(one, 80) for one in values[:12])}" for name, values in given if values]
    told.append(
        f"baseline {counted(indicator.baseline, 'day', 'days')}, "
        f"threshold {number_words(indicator.threshold)} standard deviations"
    )
    return "; ".join(told)


def _rows(days: Sequence[Day], changed: set[date], passages: Mapping[str, ShownPassage]) -> Iterator[DayEntry]:
    empty = dict(gaps(days))
    for day in days:
        if day.day in empty:
            last = empty[day.day]
            words = day_words(day.day) if last == day.day else f"{day_words(day.day)} to {day_words(last)}"
            yield DayEntry(words, None, None, (), 0, False)
        if day.value is None:
            continue
        shown = [passages[one] for one in day.passages[:MOST_A_DAY] if one in passages]
        # Two versions of one report with the same words would read like a slip of ours.
        distinct = {(one.report.outlet, one.report.published, one.span.text): one for one in shown}.values()
        yield DayEntry(
            day=day_words(day.day),
            value=number_words(day.value),
            known=None if day.known is None or day.known == day.day else day_words(day.known),
            passages=tuple(passage_entry(one, 200) for one in distinct),
            more=len(day.passages) - len(shown),
            changed=day.day in changed,
        )
