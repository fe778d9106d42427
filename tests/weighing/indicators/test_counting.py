"""Series by day: what is counted once, what is no data, and outlets that come and go."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.figures import Counted
from onrecord.domain.indicators import Indicator, Series, Unit
from onrecord.domain.relations import Said
from onrecord.weighing.indicators import series, shifts
from tests.weighing.indicators.invented import day, figure, rendering, said

TALK = Indicator("talk", words=("withdraw*",), baseline=28)
VIOLATIONS = Indicator("violations", Unit.FIGURE, counted=("violation*",), baseline=28)
THERE = {"Halyard": day(0), "Courier": day(0)}


def values(found: Series) -> list[float | None]:
    return [one.value for one in found.days]


def idle(at: int, outlet: str = "Halyard") -> Said:
    """Something else said: the outlet has a report on the record that day."""
    return said(rendering("bread is dearer", at, outlet, report=f"idle-{outlet}-{at}"))


@pytest.mark.parametrize(
    ("saids", "expected"),
    [
        ([], [None, None, None]),
        ([idle(0), idle(1), idle(2)], [0, 0, 0]),
        ([idle(0), idle(2)], [0, None, 0]),
        ([said(rendering("they withdraw", 0)), idle(1)], [1, 0, None]),
        # One report that says it five times, or says five such things, is one origin.
        ([said(rendering(f"they withdraw {at}", 0, report="r1")) for at in range(5)], [1, None, None]),
        # Two reports that nothing ties are two, two that are tied are one.
        (
            [said(rendering("they withdraw", 0, report="r1"), rendering("they withdraw", 0, "Courier", report="r2"))],
            [2, None, None],
        ),
        (
            [
                said(
                    rendering("they withdraw", 0, report="r1"),
                    rendering("they withdraw", 0, "Courier", report="r2"),
                    groups=[["r1", "r2"]],
                )
            ],
            [1, None, None],
        ),
        # A copy on the next day is no new origin, another origin on the next day is.
        (
            [
                said(
                    rendering("they withdraw", 0, report="r1"),
                    rendering("they withdraw", 1, "Courier", report="r2"),
                    groups=[["r1", "r2"]],
                )
            ],
            [1, 0, None],
        ),
        (
            [said(rendering("they withdraw", 0, report="r1"), rendering("they withdraw", 1, "Courier", report="r2"))],
            [1, 1, None],
        ),
        # Without a date, of an outlet that is not known, or of one that does not count.
        ([said(rendering("they withdraw", None)), idle(1)], [None, 0, None]),
        ([said(rendering("they withdraw", 0, None)), idle(1)], [None, 0, None]),
        ([said(rendering("they withdraw", 0, "Tribune")), idle(1)], [None, 0, None]),
        # Before the window.
        ([said(rendering("they withdraw", -1)), idle(1)], [None, 0, None]),
    ],
)
def test_a_day_counts_independent_origins(saids: Sequence[Said], expected: list[float | None]) -> None:
    assert values(series(TALK, saids, THERE, since=day(0), until=day(2))) == expected


def test_a_day_tells_what_stands_behind_it() -> None:
    told = said(rendering("they withdraw", 0, report="r1"), rendering("withdrawn", 0, "Courier", report="r2"))
    (found,) = series(TALK, [told, idle(0)], THERE, since=day(0), until=day(0)).days
    assert found.utterances == (told.utterance,)
    assert found.passages == ("p:r1:they withdraw", "p:r2:withdrawn")
    assert found.known == day(0)


@given(
    st.randoms(use_true_random=False), st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.booleans()), max_size=12)
)
def test_the_order_is_no_matter(rng: random.Random, told: list[tuple[int, bool, bool]]) -> None:
    saids = [
        said(
            rendering(
                f"withdraw {at}" if matching else f"bread {at}", on, "Halyard" if first else "Courier", report=f"r{at}"
            )
        )
        for at, (on, matching, first) in enumerate(told)
    ]
    mixed = list(saids)
    rng.shuffle(mixed)
    assert series(TALK, saids, THERE) == series(TALK, mixed, dict(reversed(THERE.items())))


def test_the_window_is_three_baselines_and_not_before_the_record() -> None:
    week = Indicator("talk", words=("withdraw*",), baseline=7)
    long = series(week, [idle(100)], {"Halyard": day(0)})
    assert (long.days[0].day, long.days[-1].day) == (day(80), day(100))
    short = series(week, [idle(5)], {"Halyard": day(0)})
    assert (short.days[0].day, short.days[-1].day) == (day(0), day(5))
    assert series(week, [], {"Halyard": day(0)}).days == ()
    with pytest.raises(ValueError, match="ends on"):
        series(week, [], THERE, since=day(3), until=day(2))


def test_a_day_of_long_ago_makes_no_endless_series() -> None:
    found = series(TALK, [idle(0)], {"Halyard": date.min}, since=date.min, until=date.max)
    assert len(found.days) == 3_660


def steady(outlets: Sequence[str], days: range, rate: int = 3) -> list[Said]:
    """Each outlet says something new about a withdrawal `rate` times a day."""
    return [
        said(rendering(f"they withdraw, {outlet} {at} {number}", at, outlet, report=f"{outlet}-{at}-{number}"))
        for outlet in outlets
        for at in days
        for number in range(rate)
    ]


def test_a_new_outlet_is_left_out_and_makes_no_rise() -> None:
    saids = steady(["Halyard"], range(60)) + steady(["Tribune"], range(30, 60), rate=9)
    found = series(TALK, saids, {"Halyard": day(0), "Tribune": day(30)}, since=day(0))
    assert set(values(found)) == {3.0}
    assert shifts(found) == ()
    assert [(one.outlet, one.day) for one in found.breaks] == [("Tribune", None)]
    assert found.breaks[0].words == "Tribune is left out: it is on the record only since 2 April 2031"


def test_outlets_of_the_first_two_weeks_count_and_are_breaks() -> None:
    saids = (
        steady(["Halyard"], range(60)) + steady(["Courier"], range(13, 60), rate=9) + steady(["Tribune"], range(14, 60))
    )
    found = series(TALK, saids, {"Halyard": day(0), "Courier": day(13), "Tribune": day(14)}, since=day(0))
    assert values(found) == [3.0] * 13 + [12.0] * 47
    assert [(one.outlet, one.day) for one in found.breaks] == [("Courier", day(13)), ("Tribune", None)]
    assert shifts(found) == ()


def test_a_new_outlet_that_the_definition_names_is_a_break_and_no_rise() -> None:
    saids = steady(["Halyard"], range(60)) + steady(["Tribune"], range(30, 60), rate=9)
    named = Indicator("talk", words=("withdraw*",), sources=("Halyard", "Tribune"))
    found = series(named, saids, {"Halyard": day(0), "Tribune": day(30)}, since=day(0))
    assert values(found) == [3.0] * 30 + [12.0] * 30
    assert [(one.outlet, one.day) for one in found.breaks] == [("Tribune", day(30))]
    assert shifts(found) == ()
    # The same counts without a new outlet are a rise.
    unbroken = series(named, saids, {"Halyard": day(0), "Tribune": day(0)}, since=day(0))
    assert [one.day for one in shifts(unbroken)] == [day(30)]


def test_an_outlet_that_falls_silent_is_a_break_and_no_fall() -> None:
    saids = steady(["Halyard"], range(60)) + steady(["Courier"], range(40), rate=9)
    found = series(TALK, saids, THERE, since=day(0))
    assert [(one.outlet, one.day) for one in found.breaks] == [("Courier", day(40))]
    assert shifts(found) == ()


def test_an_outlet_that_is_named_and_not_there_is_told() -> None:
    named = Indicator("talk", words=("withdraw*",), sources=("Halyard", "Morning Post"))
    found = series(named, [idle(0)], {"Halyard": day(0)})
    assert [one.words for one in found.breaks] == ["Morning Post has nothing on the record up to 3 March 2031"]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([figure(41, 0), figure(44, 1)], [41, 44, None]),
        ([figure(41, 0), figure(58, 2)], [41, None, 58]),
        # What is told again for weeks without its day does not count where days are told.
        ([figure(41, 0), figure(41, 2, dated=False)], [41, None, None]),
        ([figure(41, 0, dated=False)], [41, None, None]),
        # "41 on Sunday, compared with 29": the second is a comparison.
        ([figure(29, 0, passage="one", at=40), figure(41, 0, passage="one", at=9)], [41, None, None]),
        ([figure(63, 0, passage="one", at=40), figure(97, 1, passage="one", at=9)], [63, 97, None]),
        # The value that most outlets give, then the one last published.
        ([figure(41, 0), figure(43, 0, outlet="Courier"), figure(41, 0, outlet="Tribune")], [41, None, None]),
        ([figure(41, 0, published=1), figure(43, 0, published=2)], [43, None, None]),
        ([figure(41, 0, published=2), figure(43, 0, published=1)], [41, None, None]),
        # Of a day before of an hour, and never of a week.
        ([figure(41, 0), figure(12, 0, hours=(6, 12), published=3)], [41, None, None]),
        ([figure(12, 0, hours=(6, 12))], [12, None, None]),
        ([figure(300, 0, hours=(0, 7 * 24)), figure(44, 1)], [None, 44, None]),
        # Of what is measured otherwise.
        ([figure(41, 0), figure(44, 1), figure(8, 2, unit="%")], [41, 44, None]),
        ([figure(41, 0, unit="per day"), figure(44, 1)], [41, 44, None]),
    ],
)
def test_a_figure_stands_on_the_day_it_is_of(figures: Sequence[Counted], expected: list[float | None]) -> None:
    assert values(series(VIOLATIONS, [], {}, figures, since=day(0), until=day(2))) == expected
    assert values(series(VIOLATIONS, [], {}, figures[::-1], since=day(0), until=day(2))) == expected


def test_a_figure_is_known_when_it_is_published_and_other_values_are_told() -> None:
    late, other = figure(41, 0, published=2), figure(43, 0, published=1)
    found = series(VIOLATIONS, [], {}, [late, other])
    assert [(one.day, one.value, one.known, one.figures) for one in found.days] == [(day(0), 41, day(2), (late.id,))]
    assert [one.words for one in found.breaks] == ["for 3 March 2031 the record has 43 as well as 41"]
    assert found.sources == ("Halyard",)


def test_only_figures_of_the_named_outlets_count() -> None:
    named = Indicator("violations", Unit.FIGURE, counted=("violation*",), sources=("Courier",))
    found = series(named, [], {}, [figure(41, 0), figure(44, 1, outlet="Courier")], since=day(0), until=day(1))
    assert values(found) == [None, 44]
