"""Change points: found when they could be, dated rightly, and none where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.indicators import Break, Direction, Series, Shift, Unit
from onrecord.weighing.indicators import sentence, shifts
from tests.weighing.indicators.invented import day, made

VIOLATIONS = [None, None, None, None, None, None, 41, 44, 58, 63, 97, 131, 149, 166, 172]
EXPLOSIONS = [None, None, None, None, None, None, 38, 47, 61, 70, 104, 139, 151, 171, 180]
WEEK = [12, 14, 13, 12, 11, 4, 5]
"""Counts of a week from Monday on, as news has them."""


def told(values: Sequence[float | None], unit: Unit = Unit.ORIGINS) -> list[tuple[date, Direction]]:
    return [(one.day, one.direction) for one in shifts(made(values, unit))]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (VIOLATIONS, "rising since 13 March 2031: 41 to 63 before, 97 to 172 after"),
        (EXPLOSIONS, "rising since 13 March 2031: 38 to 70 before, 104 to 180 after"),
        (VIOLATIONS[6:], "rising since 7 March 2031: 41 to 63 before, 97 to 172 after"),
        ([60_000] * 10 + [48_000] * 5, "falling since 13 March 2031: 60,000 before, 48,000 after"),
        ([0.5] * 10 + [9.25] * 5, "rising since 13 March 2031: 0.5 before, 9.25 after"),
    ],
)
def test_a_figure_that_changes_is_told_in_words_of_its_days(values: Sequence[float | None], words: str) -> None:
    found = made(values, Unit.FIGURE)
    (shift,) = shifts(found)
    assert sentence(found, shift) == words
    assert shift.reasons[0] == words


def test_the_day_of_the_alarm_is_the_day_on_which_it_could_be_known() -> None:
    """Seen from each day, the change is there from the day that it names on, and not before."""
    whole = made(VIOLATIONS, Unit.FIGURE, late=1)
    (shift,) = shifts(whole)
    for upto in range(1, len(whole.days) + 1):
        seen = shifts(replace(whole, days=whole.days[:upto]))
        published = whole.days[upto - 1].known
        assert bool(seen) is (published is not None and published >= shift.known)
    assert shift.day < shift.known <= day(13)
    assert any("when the figures up to" in reason for reason in shift.reasons)


def test_both_sides_are_what_the_series_shows() -> None:
    found = made(VIOLATIONS, Unit.FIGURE)
    (shift,) = shifts(found)
    assert (shift.before.first, shift.before.last, shift.before.days) == (day(6), day(9), 4)
    assert (shift.after.first, shift.after.last, shift.after.days) == (day(10), day(14), 5)
    assert shift.before.passages == ("p006", "p007", "p008", "p009")
    assert shift.after.passages == ("p010", "p011", "p012", "p013", "p014")
    assert (shift.before.mean, shift.after.mean) == (51.5, 143.0)
    assert shift.size > 3


def test_a_rise_and_the_fall_back_are_two_changes() -> None:
    values = [5.0] * 30 + [20.0] * 20 + [5.0] * 20
    assert told(values) == [(day(30), Direction.RISING), (day(50), Direction.FALLING)]
    first, second = shifts(made(values))
    assert first.after.last == day(49)
    assert sentence(made(values), first) == (
        "rising from 2 April 2031 until 21 April 2031: 5 independent origins a day before, 20 after"
    )
    assert second.before.first >= first.day
    assert (first.size > 0, second.size < 0) == (True, True)


@pytest.mark.parametrize("weeks", [2, 8, 30])
def test_the_rhythm_of_the_week_is_no_change(weeks: int) -> None:
    assert told(WEEK * weeks) == []


@pytest.mark.parametrize("weekday", range(7))
def test_the_rhythm_of_the_week_hides_no_change(weekday: int) -> None:
    start = 56 + weekday
    values = [one * (3 if at >= start else 1) for at, one in enumerate(WEEK * 10)]
    found = shifts(made(values))
    assert [one.direction for one in found] == [Direction.RISING]
    assert abs((found[0].day - day(start)).days) <= 1
    assert found[0].known <= day(start + 3)


@pytest.mark.parametrize(
    "values",
    [[], [None] * 40, [7], [0] * 200, [3] * 200, [None, 4] * 50, [1_000_000.0] * 50, [0.0, 1.0] * 50],
)
def test_what_stays_alike_has_no_change(values: Sequence[float | None]) -> None:
    assert told(values) == []
    assert told(values, Unit.FIGURE) == []


def test_less_than_four_days_are_no_baseline() -> None:
    assert told([40, 44, 41, 90, 90], Unit.FIGURE) == []
    assert told([40, 44, 41, 43, 90, 90], Unit.FIGURE) == [(day(4), Direction.RISING)]


def test_counts_need_two_weeks_before_weekends_are_known() -> None:
    assert told([*WEEK, 60, 60, 60]) == []
    assert told(WEEK * 2 + [60, 60, 60]) == [(day(14), Direction.RISING)]


def test_days_without_data_are_not_noughts() -> None:
    assert told([9.0] * 40 + [None] * 10 + [9.0] * 10) == []
    assert told([9.0] * 40 + [0.0] * 10 + [9.0] * 10) != []


def test_a_break_of_the_outlets_is_no_change_and_days_before_it_do_not_count() -> None:
    values = [5.0] * 30 + [20.0] * 30 + [40.0] * 10
    broken = made(values, breaks=[Break("Tribune", day(30), "Tribune came on the record on 2 April 2031")])
    (shift,) = shifts(broken)
    assert shift.day == day(60)
    assert shift.before.first >= day(30)
    assert "Tribune came on the record on 2 April 2031" in shift.reasons


def test_a_level_ends_where_the_outlets_change() -> None:
    values = [5.0] * 30 + [20.0] * 10 + [60.0] * 10
    (shift,) = shifts(made(values, breaks=[Break("Tribune", day(40), "Tribune came on the record")]))
    assert (shift.after.last, shift.after.greatest) == (day(39), 20.0)


def test_a_higher_threshold_waits_for_a_greater_change() -> None:
    rng = np.random.default_rng(5)
    values = [float(one) for one in rng.poisson(9, 60)] + [float(one) for one in rng.poisson(17, 6)]
    assert shifts(made(values, threshold=2.0))
    assert not shifts(made(values, threshold=12.0))


Counts = st.lists(st.none() | st.integers(0, 60).map(float), max_size=90)


@given(Counts, st.sampled_from(list(Unit)))
def test_shifts_follow_from_the_days_they_name(values: list[float | None], unit: Unit) -> None:
    found = made(values, unit)
    there = {one.day: one.value for one in found.days if one.value is not None}
    last = date.min
    for shift in shifts(found):
        _check(shift, found, there)
        assert shift.day > last
        last = shift.day


def _check(shift: Shift, found: Series, there: dict[date, float]) -> None:
    for level in (shift.before, shift.after):
        its = [value for at, value in there.items() if level.first <= at <= level.last]
        assert (min(its), max(its), len(its)) == (level.least, level.greatest, level.days)
        assert level.mean == pytest.approx(sum(its) / len(its))
    assert shift.before.last < shift.day == shift.after.first
    assert (shift.day - shift.before.first).days <= found.indicator.baseline
    assert shift.known >= shift.day
    assert all(reason.strip() for reason in shift.reasons)


@given(Counts, st.lists(st.none() | st.integers(0, 60).map(float), max_size=20))
def test_what_comes_later_takes_back_no_alarm(values: list[float | None], later: list[float | None]) -> None:
    seen = [(one.day, one.direction, one.known, one.before) for one in shifts(made(values))]
    after = [(one.day, one.direction, one.known, one.before) for one in shifts(made(values + later))]
    assert after[: len(seen)] == seen


def test_false_alarms_are_rare_and_changes_are_found() -> None:
    """Invented counts with a weekly rhythm and more scatter than chance: a floor for what decision 0007 measured."""
    rng = np.random.default_rng(2031)
    rhythm = np.array(WEEK * 40) / np.mean(WEEK)
    days = alarms = found = planted = 0
    for _ in range(12):
        level = 9.0 * rhythm
        values = rng.negative_binomial(level / 0.3, 1 / 1.3).astype(float)
        alarms += len(shifts(made(values.tolist())))
        days += len(values)
        for change in (70, 150):
            short = values[change - 60 : change + 4].copy()
            short[60:] += rng.poisson(3 * np.sqrt(1.3 * 9.0) / 9.0 * level[change : change + 4])
            its = shifts(made(short.tolist()))
            found += any(one.known >= day(60) and one.direction is Direction.RISING for one in its)
            planted += 1
    assert 90 * alarms / days < 1
    assert found / planted > 0.75
