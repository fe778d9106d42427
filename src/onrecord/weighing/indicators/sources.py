"""A fixed set of outlets for a series, so that a new one makes no rise and one that falls silent makes no fall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from onrecord.domain.days import whole_day
from onrecord.domain.indicators import Break, Indicator

SETTLING: Final = timedelta(days=13)
"""How long after a window's first day outlets may come that count: the two weeks that no change is looked for in."""
SILENT: Final = 7
"""Days without a report after which an outlet may be held to have fallen silent."""
_OFTEN: Final = 5
"""Days with reports that an outlet must have had for its silence to tell anything."""
_DAY: Final = timedelta(days=1)


def counted_outlets(indicator: Indicator, first_seen: Mapping[str, date], since: date) -> tuple[str, ...]:
    """The outlets that count, sorted: those of the definition, or all that were there from the window's first days on.

    On a young record outlets come one after the other in the first days; each is a break, and costs little there.
    """
    if indicator.sources:
        return tuple(sorted(indicator.sources))
    return tuple(sorted(outlet for outlet, first in first_seen.items() if first <= since + SETTLING))


def breaks(
    indicator: Indicator,
    outlets: Sequence[str],
    published: Mapping[str | None, set[date]],
    first_seen: Mapping[str, date],
    window: tuple[date, date],
) -> Iterator[Break]:
    """What in the window is a change of the outlets and not of what they say, by the names of the outlets."""
    since, until = window
    for outlet in sorted({*outlets, *first_seen}):
        first = first_seen.get(outlet)
        if outlet not in outlets:
            if not indicator.sources and first is not None and first <= until:
                yield Break(outlet, None, f"{outlet} is left out: it is on the record only since {whole_day(first)}")
        elif first is None or first > until:
            yield Break(outlet, None, f"{outlet} has nothing on the record up to {whole_day(until)}")
        else:
            if first > since:
                words = f"{outlet} came on the record on {whole_day(first)}"
                yield Break(outlet, first, f"{words}: days from then on are set only against days from then on")
            last = _fell_silent(published.get(outlet, set()), window)
            if last is not None:
                words = f"{outlet} has nothing on the record after {whole_day(last)}"
                yield Break(outlet, last + _DAY, f"{words}: days after it are set only against days after it")
    if not indicator.sources and any(since <= day <= until for day in published.get(None, ())):
        yield Break(None, None, "reports of unknown outlets are left out")


def _fell_silent(days: set[date], window: tuple[date, date]) -> date | None:
    """The last day with a report of an outlet that was there often, and then not for longer than it ever was away."""
    since, until = window
    its = sorted(day for day in days if since <= day <= until)
    if len(its) < _OFTEN:
        return None
    away = max((later - earlier).days for earlier, later in pairwise(its))
    silence = (until - its[-1]).days
    return its[-1] if silence >= SILENT and silence > 2 * away else None
