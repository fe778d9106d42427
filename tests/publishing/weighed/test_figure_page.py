"""A figure through time: every figure in one row, ties between rows, and marks that can be seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.figures import FigureTie, Standing
from onrecord.domain.passages import Bound
from onrecord.publishing.weighed.axis import scale
from onrecord.publishing.weighed.figure_page import lineage_page
from onrecord.publishing.weighed.figure_picture import HEIGHT, MOST_SPEAKERS, WIDTH, figure_picture
from tests.publishing.weighed.invented_weighings import TOWN, WARDEN, figure, lineage

GIVEN = st.lists(
    st.tuples(
        st.sampled_from((WARDEN, TOWN, None)), st.integers(0, 3), st.integers(1, 5), st.none() | st.integers(1, 5)
    ),
    min_size=1,
    max_size=14,
)


@given(GIVEN)
def test_every_figure_stands_in_one_row_of_its_number_and_speaker(given_: list[tuple]) -> None:
    figures = tuple(
        figure(str(place), value, actor=actor, published=published, as_of=as_of)
        for place, (actor, value, published, as_of) in enumerate(given_)
    )
    page = lineage_page(lineage(figures))
    passages = [one.passage for row in page.rows for one in row.passages]
    assert sorted(passages) == sorted(one.passage.passage for one in figures)
    assert [row.number for row in page.rows] == list(range(1, len(page.rows) + 1))
    by_passage = {one.passage.passage: one for one in figures}
    for row in page.rows:
        its = [by_passage[one.passage] for one in row.passages]
        assert len({(one.counted.figure.value, one.passage.speaker) for one in its}) == 1
        assert len({one.counted.start for one in its if one.counted.dated}) <= 1


def test_a_reprint_goes_with_the_number_it_reprints() -> None:
    figures = (
        figure("first", 40, as_of=1),
        figure("reprint", 40, published=3),
        figure("later", 60, published=2, as_of=2),
    )
    page = lineage_page(lineage(figures))
    assert [(row.value, row.as_of, row.stated, len(row.passages)) for row in page.rows] == [
        ("40", "1 April 2031", True, 2),
        ("60", "2 April 2031", True, 1),
    ]


def test_rows_tell_how_they_stand_to_rows_before_them() -> None:
    figures = (
        figure("a", 40, as_of=1),
        figure("b", 70, actor=TOWN, as_of=1, published=2),
        figure("c", 45, as_of=1, published=3),
        figure("d", 40, published=4),
    )
    ties = (
        FigureTie("f-b", "f-a", Standing.DISPUTE, 0.9, ("both of one day",)),
        FigureTie("f-c", "f-a", Standing.REVISION, 0.9, ("the warden mends it",)),
        FigureTie("f-c", "f-b", Standing.DISPUTE, 0.9, ("both of one day still",)),
        # The reprint of the first number stands in the first row: it revises nothing, and it disputes the second row.
        FigureTie("f-d", "f-c", Standing.REVISION, 0.9, ("the wrong way about",)),
        FigureTie("f-d", "f-b", Standing.DISPUTE, 0.9, ("again",)),
        FigureTie("f-d", "f-a", Standing.SAME, 0.9, ("the same",)),
    )
    rows = lineage_page(lineage(figures, ties)).rows
    told = [[(one.words, one.rows, one.why) for one in row.standings] for row in rows]
    assert told == [
        [],
        [("disputes", (1,), "both of one day")],
        [("disputes", (2,), "both of one day still"), ("revises", (1,), "the warden mends it")],
    ]


@given(GIVEN)
def test_marks_stand_inside_the_picture_and_never_on_each_other(given_: list[tuple]) -> None:
    figures = [
        figure(str(place), value, actor=actor, published=published, as_of=as_of)
        for place, (actor, value, published, as_of) in enumerate(given_)
    ]
    picture = figure_picture(list(enumerate(figures, 1)))
    if picture is None:
        assert len(figures) < 2
        return
    assert len(picture.marks) == len(figures)
    assert len({(mark.x, mark.y) for mark in picture.marks}) == len(picture.marks)
    assert all(-60 < mark.x < WIDTH + 60 and 0 <= mark.top <= mark.bottom <= HEIGHT for mark in picture.marks)
    assert {mark.speaker for mark in picture.marks} == {one.number for one in picture.speakers}


def test_more_speakers_than_shapes_are_called_others() -> None:
    figures = [figure(str(one), one, actor=None, outlet=f"Outlet {one}") for one in range(1, 10)]
    picture = figure_picture(list(enumerate(figures, 1)))
    assert picture is not None
    assert len(picture.speakers) == MOST_SPEAKERS
    assert picture.speakers[-1].name == "others"
    assert len({one.shape for one in picture.speakers}) == MOST_SPEAKERS


def test_bounds_are_open_to_their_side_and_ranges_have_both_edges() -> None:
    figures = [
        figure("at least", 40, bound=Bound.AT_LEAST, low=40),
        figure("at most", 90, bound=Bound.AT_MOST, high=90, published=2),
        figure("range", None, low=50, high=70, bound=Bound.BETWEEN, published=3),
    ]
    picture = figure_picture(list(enumerate(figures, 1)))
    assert picture is not None
    assert [mark.opens for mark in picture.marks] == ["up", "down", ""]
    assert picture.marks[2].y is None
    assert picture.marks[2].top < picture.marks[2].bottom
    assert "3. 3 April 2031, Ida Holm: 50 to 70" in picture.words


@pytest.mark.parametrize(
    ("edges", "whole", "expected"),
    [
        ((0.0, 172.0), False, (0.0, 200.0, 50.0)),
        ((0.0, 1.0), True, (0.0, 1.0, 1.0)),
        ((0.0, 0.0), False, (0.0, 1.0, 0.25)),
        ((-5.0, 5.0), False, (-5.0, 5.0, 2.5)),
        ((100.0, 110.0), False, (100.0, 110.0, 2.5)),
    ],
)
def test_axes_have_round_edges(edges: tuple[float, float], whole: bool, expected: tuple[float, ...]) -> None:
    assert scale(*edges, whole=whole) == expected


def test_a_number_that_no_axis_can_hold_is_left_out_of_the_picture() -> None:
    figures = [figure("a", 4), figure("b", 1e300), figure("c", float("inf")), figure("d", 6, published=2)]
    picture = figure_picture(list(enumerate(figures, 1)))
    assert picture is not None
    assert [mark.number for mark in picture.marks] == [1, 4]
    assert len(lineage_page(lineage(tuple(figures))).rows) == 4


@given(st.floats(-1e12, 1e12), st.floats(0, 1e12), st.booleans())
def test_an_axis_holds_all_values(least: float, more: float, whole: bool) -> None:
    low, high, step = scale(least, least + more, whole=whole)
    slack = 1e-6 * max(1.0, abs(least), abs(least + more))
    assert low - slack <= least
    assert least + more <= high + slack
    assert high > low
    assert step > 0
    assert (high - low) / step <= 12
