"""How often a feed and a page are looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from onrecord.errors import SettingsError
from onrecord.watching.rhythm import DAY, HOUR, Rhythm, length

NOW = datetime(2031, 3, 5, 12, tzinfo=UTC)


def hours_ago(*hours: float) -> list[datetime]:
    return [NOW - timedelta(hours=one) for one in hours]


@pytest.mark.parametrize(
    ("published", "per_day", "kept", "seconds"),
    [
        (hours_ago(1, 2, 3, 4), None, None, HOUR / 2),
        (hours_ago(1, 2, 3, 100), None, None, HOUR / 2),
        (hours_ago(0, 0, 0), None, None, 300),
        (hours_ago(0, 100, 200), None, None, 2 * HOUR),
        ([], None, None, HOUR / 2),
        (hours_ago(5), None, None, HOUR / 2),
        (hours_ago(1, 2, 3), 48, None, 900),
        (hours_ago(1, 2, 3), None, 3_000, 3_000),
        (hours_ago(1, 2, 3), None, DAY, 2 * HOUR),
    ],
)
def test_a_feed_is_looked_at_twice_as_often_as_it_has_something_new(
    published: list[datetime], per_day: float | None, kept: float | None, seconds: float
) -> None:
    assert Rhythm().of_feed(published, per_day, kept) == seconds


def test_a_rhythm_that_is_told_is_kept() -> None:
    assert Rhythm(every=5).of_feed(hours_ago(0, 100), 1, DAY) == 5
    assert Rhythm(every=5).after_failure() == (5, 50)
    assert Rhythm().after_failure() == (60, 6 * HOUR)


def test_a_page_is_looked_at_after_an_hour_a_day_and_a_week() -> None:
    looks = [Rhythm().next_look(NOW, number) for number in range(4)]
    assert looks == [NOW + timedelta(hours=1), NOW + timedelta(days=1), NOW + timedelta(days=7), None]


@pytest.mark.parametrize("text", ["", "h", "1", "-1h", "0s", "1w", "1h30m", "1e9d", "ten minutes"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="write it like 30s, 10m, 1h or 7d"):
        length(text)
