"""The example's own series: what the gold's figures give, and what they show."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bench.quality.example import EXAMPLE
from bench.weighing.figures_example import figures_of, gold_said
from onrecord.domain.indicators import Direction, Series
from onrecord.weighing.indicators import definitions, sentence, series, shifts

DEFINED = definitions((Path(EXAMPLE) / "indicators.toml").read_text(encoding="utf-8"), "indicators.toml")


@pytest.fixture(scope="module")
def found() -> list[Series]:
    saids, _ = gold_said()
    first_seen: dict[str, date] = {}
    for said in saids:
        for one in said.renderings:
            if one.outlet is not None and one.published is not None:
                day = one.published.date()
                first_seen[one.outlet] = min(day, first_seen.get(one.outlet, day))
    figures = figures_of(saids)
    return [series(indicator, saids, first_seen, figures) for indicator in DEFINED]


@pytest.mark.parametrize(
    ("place", "values"),
    [(0, [41, 44, 58, 63, 97, 131, 149, 166, 172]), (1, [38, 47, 61, 70, 104, 139, 151, 171, 180])],
)
def test_the_series_are_those_of_the_example(found: list[Series], place: int, values: list[float]) -> None:
    assert [day.value for day in found[place].days if day.day >= date(2031, 3, 2)] == values


def test_both_counts_show_the_rise(found: list[Series]) -> None:
    said = []
    for one in found[:2]:
        (shift,) = shifts(one)
        assert shift.direction is Direction.RISING
        said.append(sentence(one, shift))
    assert said == [
        "rising since 5 March 2031: 29 to 58 before, 63 to 172 after",
        "rising since 6 March 2031: 38 to 70 before, 104 to 180 after",
    ]


def test_nine_days_are_too_few_for_counts_of_origins(found: list[Series]) -> None:
    assert sum(day.value or 0 for day in found[2].days) > 0
    assert shifts(found[2]) == ()
    assert len(found[2].sources) == 6
    assert [one.day for one in found[2].breaks if one.outlet == "Calder Tribune"] == [date(2031, 3, 5)]
