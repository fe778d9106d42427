"""A toll whose passage names no day gets the one that its report opens with, and nothing else does."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.assessing.openings import opening_days
from onrecord.weighing.figures import OPENING, lineages, opened
from tests.weighing.figures.invented import START, figure

LEAD = "A car bomb tore through a convoy of buses in Zelvin on Friday, monitors said."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (LEAD, date(2031, 2, 28)),
        ("STRELL, March 3 (Halyard) - A car bomb tore through a convoy in Zelvin on Saturday.", date(2031, 3, 1)),
        ("STRELL, March 3 (Halyard) - A car bomb tore through a convoy in Zelvin.", date(2031, 3, 3)),
        ("A car bomb tore through a convoy in Zelvin.", None),
        ("A bomb tore through a convoy last year.", None),
        ("A bomb tore through a convoy on 3 January.", None),
        ("The votes will be counted on 9 March.", None),
        (" " * OPENING + LEAD, None),
        ("", None),
    ],
)
def test_the_day_that_a_report_opens_with(text: str, day: date | None) -> None:
    found = {report: time.start.date() for report, time in opening_days([("r", text, START)]).items() if time.start}
    assert found == ({} if day is None else {"r": day})


def test_a_report_of_no_date_opens_with_no_day() -> None:
    assert opening_days([("r", LEAD, None)]) == {}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("24 dead and dozens more wounded", date(2031, 2, 28)),
        ("24 people were killed on Sunday", date(2031, 3, 2)),
        ("There are 24 buses", date(2031, 3, 3)),
        ("24 people have been killed so far", date(2031, 3, 3)),
        ("24 people have been killed in the past weeks", date(2031, 3, 3)),
    ],
)
def test_only_tolls_of_no_day_get_it(words: str, day: date) -> None:
    (one,) = opened([figure(words)], opening_days([("r", LEAD, START)]))
    assert one.start is not None
    assert one.start.date() == day
    (other,) = opened([figure(words, report="another")], opening_days([("r", LEAD, START)]))
    assert other == figure(words, report="another")


def test_by_it_tolls_of_other_days_are_other_tolls() -> None:
    bare = figure("24 dead and dozens more wounded in Zelvin", report="a", day=1)
    told = figure("24 people were killed in Zelvin on Tuesday", report="b", day=1)
    assert len(lineages([bare, told])) == 1
    days = opening_days([("a", LEAD, START)])
    assert len(lineages(list(opened([bare, told], days)))) == 2
