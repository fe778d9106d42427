"""The calendar of due days: which months, which marks in which cells, and the same in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.docket import Status
from onrecord.ledger.due_days import DueCount
from onrecord.publishing.weighed.calendar import (
    CELL_HEIGHT,
    CELL_WIDTH,
    HEAD,
    MOST_MONTHS,
    Beyond,
    Calendar,
    CalendarDay,
    due_calendar,
)

NOW = datetime(2031, 3, 11, 12, tzinfo=UTC)


def due(day: date, entries: int = 1, status: Status | None = None) -> DueCount:
    """Entries that are due until a day is over."""
    return DueCount(datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1), status, entries)


def calendar(*counts: DueCount, chosen: date | None = None) -> Calendar:
    made = due_calendar(counts, NOW, chosen)
    assert made is not None
    return made


def day(shown: Calendar, iso: str) -> CalendarDay:
    return next(one for month in shown.months for one in month.days if one.iso == iso)


def test_without_a_day_there_is_no_calendar() -> None:
    assert due_calendar([], NOW) is None
    assert due_calendar([DueCount(None, None, 7)], NOW) is None


@pytest.mark.parametrize(
    ("counts", "iso", "words", "marks"),
    [
        (
            [due(date(2031, 3, 9), 3)],
            "2031-03-09",
            "9 March 2031, 3 entries, past and undecided",
            [("passed", "3")],
        ),
        ([due(date(2031, 3, 11))], "2031-03-11", "11 March 2031, 1 entry, open", [("open", "1")]),
        (
            [DueCount(NOW, None, 1), due(date(2031, 3, 11), 2), due(date(2031, 3, 11), 1, Status.MET)],
            "2031-03-11",
            "11 March 2031, 4 entries: 1 past and undecided, 2 open, 1 decided",
            [("passed", "1"), ("open", "2"), ("decided", "1")],
        ),
        (
            [due(date(2031, 3, 20), 1, Status.MET), due(date(2031, 3, 20), 1200, Status.WITHDRAWN)],
            "2031-03-20",
            "20 March 2031, 1,201 entries, decided",
            [("decided", "99+")],
        ),
    ],
)
def test_a_day_has_a_mark_for_each_way_its_entries_stand(
    counts: list[DueCount], iso: str, words: str, marks: list[tuple[str, str]]
) -> None:
    shown = calendar(*counts)
    one = day(shown, iso)
    assert (one.words, [(mark.stand.value, mark.number) for mark in one.marks]) == (words, marks)
    assert shown.months[0].words == f"{words}."
    assert [row.iso for row in shown.days] == [iso]


def test_an_interval_stands_on_the_last_day_that_counts() -> None:
    for end, iso in (
        (datetime(2031, 3, 15, tzinfo=UTC), "2031-03-14"),
        (datetime(2031, 3, 15, 0, 0, 0, 1, tzinfo=UTC), "2031-03-15"),
    ):
        assert [row.iso for row in calendar(DueCount(end, None, 1)).days] == [iso]


@pytest.mark.parametrize(
    ("month", "first", "rows"),
    [((2031, 3), 5, 6), ((2027, 2), 0, 4), ((2028, 2), 1, 5), ((2031, 6), 6, 6)],
)
def test_weeks_are_rows_from_monday(month: tuple[int, int], first: int, rows: int) -> None:
    shown = calendar(due(date(*month, 1)))
    one = next(one for one in shown.months if one.key == f"{month[0]}-{month[1]:02}")
    assert (one.days[0].x, one.days[0].y) == (first * CELL_WIDTH, HEAD)
    assert one.height == HEAD + rows * CELL_HEIGHT
    for its in one.days:
        assert its.x // CELL_WIDTH == date.fromisoformat(its.iso).weekday()


def test_the_nearest_months_are_shown_and_the_others_counted() -> None:
    # September stands six months off on either side: the later one is shown.
    days = [date(2030, month, 2) for month in (1, 9, 11, 12)] + [date(2031, month, 5) for month in (5, 6, 9)]
    shown = calendar(*(due(one, 2) for one in days), DueCount(None, None, 40))
    assert [one.key for one in shown.months] == ["2030-11", "2030-12", "2031-03", "2031-05", "2031-06", "2031-09"]
    assert [one.key for one in shown.months if one.near] == ["2031-03"]
    assert "No entry falls due in March 2031." in [one.words for one in shown.months]
    assert shown.undated == 40
    inside = sum(row.passed + row.open + row.decided for row in shown.days)
    beyond = sum(one.entries for one in (shown.before, shown.behind) if one is not None)
    assert inside + beyond == 2 * len(days)


def test_what_lies_beyond_leads_to_its_nearest_day() -> None:
    months = [date(2031, month, 9) for month in (1, 2, 3, 4, 5)]
    shown = calendar(*map(due, [date(2020, 1, 1), date(2021, 2, 3), *months, date(2032, 7, 8), date(2040, 1, 1)]))
    assert [one.key for one in shown.months] == ["2031-01", "2031-02", "2031-03", "2031-04", "2031-05", "2032-07"]
    assert shown.before == Beyond(2, "2021-02-03", "3 February 2021")
    assert shown.behind == Beyond(1, "2040-01-01", "1 January 2040")


def test_around_the_chosen_day() -> None:
    shown = calendar(due(date(2020, 1, 1)), due(date(2031, 3, 1)), chosen=date(2020, 1, 1))
    assert [(one.key, one.near) for one in shown.months] == [("2020-01", True), ("2031-03", False)]
    assert [one.iso for month in shown.months for one in month.days if one.chosen] == ["2020-01-01"]
    assert [one.iso for month in shown.months for one in month.days if one.as_of] == ["2031-03-11"]


@pytest.mark.parametrize("chosen", [date.min, date.max])
def test_the_ends_of_time_can_be_chosen(chosen: date) -> None:
    shown = calendar(due(date(2031, 3, 1)), chosen=chosen)
    assert day(shown, chosen.isoformat()).chosen


_counts = st.builds(
    due,
    st.dates(date(2028, 1, 1), date(2034, 1, 1)),
    st.integers(1, 30_000),
    st.sampled_from([None, None, *Status]),
)


@given(st.lists(_counts, min_size=1, max_size=30))
def test_nothing_is_lost_and_marks_stay_in_their_cells(counts: list[DueCount]) -> None:
    shown = calendar(*counts)
    assert len(shown.months) <= MOST_MONTHS
    inside = sum(row.passed + row.open + row.decided for row in shown.days)
    beyond = sum(one.entries for one in (shown.before, shown.behind) if one is not None)
    assert inside + beyond == sum(one.entries for one in counts)
    for month in shown.months:
        for one in month.days:
            assert bool(one.words) == bool(one.marks)
            for mark in one.marks:
                assert one.x <= mark.x
                assert mark.x + mark.width <= one.x + CELL_WIDTH
                assert one.y < mark.y < one.y + CELL_HEIGHT
            for left, right in zip(one.marks, one.marks[1:], strict=False):
                assert right.y > left.y or right.x >= left.x + left.width
