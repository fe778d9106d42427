"""The days on which a page was another one than the day before: what its slider goes along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from onrecord.ledger.linked import ShownActor, ShownStory, ShownUtterance
from onrecord.ledger.shown import ReportHead
from onrecord.ledger.weighed import ShownEntry, ShownLineage, ShownPassage, ShownRelation
from onrecord.publishing.wording import When, day_words

Dated = ShownUtterance | ShownStory | ShownLineage | ShownEntry | ShownRelation | ShownPassage


def _day(day: date) -> When:
    return When(day.isoformat(), day_words(day))


@dataclass(frozen=True, slots=True)
class Slider:
    """The days of a page, in order; `chosen` is the one as of which it is told, None for now."""

    days: tuple[When, ...]
    chosen: When | None
    earlier: When | None
    later: When | None

    @property
    def moves(self) -> bool:
        """Whether there is more than one day to go to."""
        return len(self.days) > 1 or self.chosen is not None


def slider(days: Sequence[date], chosen: date | None) -> Slider:
    """The slider of a page with news on these days.

    >>> found = slider([date(2031, 3, 3), date(2031, 3, 6)], date(2031, 3, 5))
    >>> found.earlier.words, found.later.words
    ('3 March 2031', '6 March 2031')
    """
    before = [one for one in days if chosen is None or one < chosen]
    if chosen is None:
        # The last day is the page as it stands.
        before = before[:-1]
    after = [one for one in days if chosen is not None and one > chosen]
    return Slider(
        days=tuple(map(_day, days)),
        chosen=None if chosen is None else _day(chosen),
        earlier=_day(before[-1]) if before else None,
        later=_day(after[0]) if after else None,
    )


def days_of(*things: Dated | ShownActor) -> tuple[date, ...]:
    """The days, in UTC, on which something of these things was published or decided, in order."""
    found: set[date] = set()
    for one in things:
        if isinstance(one, ShownActor):
            found.update(day for day, _ in one.by_day)
        else:
            found.update(moment.astimezone(UTC).date() for moment in _moments(one))
    return tuple(sorted(found))


def _moments(one: Dated) -> list[datetime]:
    match one:
        case ShownUtterance():
            return _published([its.report for its in one.renderings])
        case ShownStory():
            return _published(one.reports)
        case ShownLineage():
            return _published([its.passage.report for its in one.figures])
        case ShownPassage():
            return _published([one.report])
        case ShownRelation():
            return _published([one.a.report, one.b.report])
        case ShownEntry():
            reports = [one.row.passage.report, *(its.passage.report for its in one.evidence)]
            return [*_published(reports), *(its.made for its in one.history)]


def _published(reports: Sequence[ReportHead]) -> list[datetime]:
    return [one.published for one in reports if one.published is not None]
