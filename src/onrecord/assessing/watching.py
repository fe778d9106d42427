"""Indicators over a ledger: their series by day, and where they changed, with the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from onrecord.domain.indicators import Indicator, Series, Shift, Unit
from onrecord.errors import SettingsError
from onrecord.ledger.weighed_view import WeighedView
from onrecord.weighing import indicators
from onrecord.weighing.indicators.counting import WINDOW


@dataclass(frozen=True, slots=True)
class Watched:
    """One indicator with its days and its changes; `sentences` say each change so that the days prove it."""

    series: Series
    shifts: tuple[Shift, ...]
    sentences: tuple[str, ...]


def indicators_in(path: Path) -> tuple[Indicator, ...]:
    """The indicators that a TOML file defines.

    Raises:
        SettingsError: when it cannot be read.
    """
    try:
        return indicators.definitions(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def watched(
    view: WeighedView, defined: tuple[Indicator, ...], *, since: date | None = None, until: date | None = None
) -> tuple[Watched, ...]:
    """Indicators over what is on the record, from `since` to `until`, both included.

    Without `since` the last three baselines; without `until` the last day that anything was published.
    """
    if not defined:
        return ()
    last = until or view.today().date()
    longest = max(one.baseline for one in defined) * WINDOW
    begin = since or date.fromordinal(max(1, last.toordinal() - longest - 1))
    saids = view.saids(datetime.combine(begin, time(), UTC) - timedelta(days=1))
    figures = view.counted() if any(one.unit is Unit.FIGURE for one in defined) else []
    seen = view.first_seen()
    found = []
    for one in defined:
        made = indicators.series(one, saids, seen, figures, since=since, until=until)
        changes = tuple(indicators.shifts(made))
        found.append(Watched(made, changes, tuple(indicators.sentence(made, shift) for shift in changes)))
    return tuple(found)
