"""Passages, figures and times in words, on the page and in exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.domain.passages import Act, Bound, Figure, Time, TimeKind
from onrecord.domain.spans import Span
from onrecord.ledger.view import StatementFilter, View
from onrecord.publishing.exports import csv_lines, statement_row
from onrecord.publishing.filters import read_form
from onrecord.publishing.pages import statement_page
from onrecord.publishing.passages import ACT_WORDS, figure_words, time_words
from tests.publishing.invented import write_record

HERE = Span(0, 1)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path: Path = write_record(tmp_path_factory.mktemp("passages") / "record.ledger")
    with View(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(HERE, 9.0), "9"),
        (Figure(HERE, 150_000.0, bound=Bound.ABOUT), "about 150,000"),
        (Figure(HERE, None, 5.0, 7.0, Bound.BETWEEN), "5 to 7"),
        (Figure(HERE, 7.0, low=7.0, bound=Bound.AT_LEAST), "at least 7"),
        (Figure(HERE, None, low=20_000.0), "at least 20,000"),
        (Figure(HERE, None, high=60_000.0, bound=Bound.AT_MOST), "at most 60,000"),
        (Figure(HERE, 2.5, unit="%"), "2.5 %"),
    ],
)
def test_a_figure_in_words(figure: Figure, words: str) -> None:
    assert figure_words(figure) == words


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2031, 3, number, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ""),
        (day(9), day(10), "9 March 2031"),
        (day(3), day(10), "3 March 2031 to 9 March 2031"),
        (day(9, 17), day(9, 18), "9 March 2031, 17:00 UTC to 18:00"),
        (day(9), None, "from 9 March 2031 on"),
        (None, day(9), "before 9 March 2031"),
    ],
)
def test_a_time_in_words(start: datetime | None, end: datetime | None, words: str) -> None:
    assert time_words(Time(HERE, TimeKind.DATE, "X", start, end)) == words


def test_every_act_has_words() -> None:
    assert set(ACT_WORDS) == set(Act)


def test_the_page_of_a_statement_tells_its_passages(view: View) -> None:
    found = next(iter(view.statements(StatementFilter(act=Act.CLAIM))))
    (passage,) = statement_page(view, found.statement.id).passages
    assert passage.act is Act.CLAIM
    (figure,) = passage.figures
    assert (figure.characters, figure.words, figure.counted) == ("eleven wagons", "11", "wagons")


def test_the_act_chooses_statements_and_the_export_carries_it(view: View) -> None:
    form = read_form({"act": "Commitment"})
    assert not form.problems
    (found,) = view.statements(form.filter)
    (row,) = statement_row(found)["passages"]  # type: ignore[misc]
    assert row["act"] == "commitment"
    assert row["times"][0]["end"] == "2031-05-01T00:00:00Z"
    assert row["span"]["text"] == found.content[0].text
    header, cells = list(csv_lines([found]))
    assert header.rstrip().endswith("acts,figures,times,corrected_by")
    assert cells.rstrip().endswith("commitment,,before the month is out = 2031-04,")


def test_an_act_that_there_is_not_is_a_problem() -> None:
    assert "denial" in read_form({"act": "promise"}).problems["act"]
