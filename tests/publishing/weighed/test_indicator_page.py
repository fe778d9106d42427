"""Indicators by day: no day is lost, a day without data is no zero, and the page proves the sentence."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.indicators import Break, Unit
from onrecord.publishing.weighed.indicator_picture import HEIGHT, MOST_WITH_WORDS, WIDTH, gaps, indicator_picture
from onrecord.publishing.weighed.indicators import MOST_IN_ALL, indicator_page, passages_wanted
from tests.publishing.weighed.invented_weighings import FIRST, passage, series, shift

VALUES = st.lists(st.none() | st.integers(0, 10_000).map(float), min_size=1, max_size=60)


@given(VALUES)
def test_every_day_is_a_bar_or_in_a_gap(values: list[float | None]) -> None:
    made = series(values)
    empty = [(b - a).days + 1 for a, b in gaps(made.days)]
    assert sum(empty) == sum(value is None for value in values)
    picture = indicator_picture(made, (), ())
    if picture is None:
        assert not any(value is not None for value in values)
        return
    assert len(picture.bars) == sum(value is not None for value in values)
    assert len(picture.gaps) == len(empty)
    for bar in picture.bars:
        assert abs(bar.y + bar.height - picture.ground) < 0.2
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= HEIGHT
    for gap in picture.gaps:
        assert not any(gap.x1 - 0.1 <= bar.x and bar.x + bar.width <= gap.x2 + 0.1 for bar in picture.bars)


@given(VALUES)
def test_the_table_tells_each_day_or_stretch_once(values: list[float | None]) -> None:
    page = indicator_page(series(values), (), (), {})
    assert [row.value is None for row in page.rows].count(False) == page.with_data
    assert len(page.rows) == page.with_data + sum(1 for _ in gaps(series(values).days))
    assert page.days == len(values)


def test_a_zero_is_a_bar_without_height_and_no_gap() -> None:
    picture = indicator_picture(series([3.0, 0.0, None]), (), ())
    assert picture is not None
    assert [bar.height for bar in picture.bars][1] == 0
    assert [bar.number for bar in picture.bars] == ["3", "0"]
    assert len(picture.gaps) == 1
    assert "1 day without data" in picture.words


def test_a_change_is_marked_told_and_proved() -> None:
    made = series([40.0, 44.0, 42.0, 41.0, 80.0, 83.0])
    change = shift(4, 6)
    sentence = "rising since 5 April 2031: 40 to 44 before, 80 to 83 after"
    found = {one: passage(one, f"words of {one}") for one in passages_wanted(made)}
    page = indicator_page(made, (change,), (sentence,), found)
    assert page.changes[0].sentence == "Rising since 5 April 2031: 40 to 44 before, 80 to 83 after."
    assert [row.day for row in page.rows if row.changed] == ["5 April 2031"]
    assert {row.value for row in page.rows} >= {"40", "44", "80", "83"}
    assert all(len(row.passages) == 1 for row in page.rows)
    picture = page.picture
    assert picture is not None
    (line,) = picture.changes
    before, after = picture.means
    assert before.x2 == line.x == after.x1
    assert before.y > after.y
    assert sentence in picture.words


def test_a_reason_that_is_the_sentence_is_not_told_twice() -> None:
    page = indicator_page(series([1.0] * 6), (shift(4, 6),), ("rising",), {})
    assert page.changes[0].reasons == ("first to be seen later",)


def test_very_many_days_are_one_stroke() -> None:
    picture = indicator_picture(series([float(value) for value in range(MOST_WITH_WORDS + 1)]), (), ())
    assert picture is not None
    assert not picture.bars
    assert picture.stroke.count("M") == MOST_WITH_WORDS + 1


def test_no_more_passages_are_asked_for_than_are_shown() -> None:
    assert len(passages_wanted(series([1.0] * 400))) == MOST_IN_ALL


def test_what_was_left_out_is_said() -> None:
    made = series([1.0, 2.0], Unit.ORIGINS, (Break("Ansk Post", FIRST + timedelta(days=1), "Ansk Post is left out"),))
    page = indicator_page(made, (), (), {})
    assert page.notes == ("Ansk Post is left out",)
    assert page.unit == "independent origins a day"
    assert page.picture is not None
    assert [level.words for level in page.picture.levels] == ["0", "1", "2"]
