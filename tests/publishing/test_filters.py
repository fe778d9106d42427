"""What people type, and the filter it makes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.statements import Kind
from onrecord.ledger.view import StatementFilter
from onrecord.publishing.filters import FIELDS, read_form, read_page


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, StatementFilter()),
        ({"text": "  gates ", "page": "3", "other": "x"}, StatementFilter(text="gates")),
        ({"speaker": "Quell", "outlet": "Courier"}, StatementFilter(speaker="Quell", outlet="Courier")),
        ({"kind": "Mixed"}, StatementFilter(kind=Kind.MIXED)),
        (
            {"since": "2031-04-01", "until": "2031-04-01"},
            StatementFilter(since=datetime(2031, 4, 1, tzinfo=UTC), until=datetime(2031, 4, 2, tzinfo=UTC)),
        ),
        ({"until": "2031-04-01T12:00"}, StatementFilter(until=datetime(2031, 4, 1, 12, tzinfo=UTC))),
        ({"since": "2031-04-01T12:00+03:00"}, StatementFilter(since=datetime(2031, 4, 1, 9, tzinfo=UTC))),
    ],
)
def test_usable_values_make_a_filter(values: dict[str, str], expected: StatementFilter) -> None:
    form = read_form(values)
    assert (form.filter, form.problems) == (expected, {})


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"kind": "shouted"}, "kind", "direct, indirect, mixed"),
        ({"since": "yesterday"}, "since", "2022-02-17"),
        ({"until": "2031-02-30"}, "until", "2022-02-17"),
        ({"until": "9999-12-31"}, "until", "not a date"),
        ({"since": "0001-01-01T00:00+05:00"}, "since", "not a date"),
        ({"since": "2031-04-02", "until": "2031-04-01"}, "until", "before the first day"),
        ({"due": "Friday"}, "due", "2022-02-17"),
        ({"due": "2031-03-09T12:00"}, "due", "not a day"),
        ({"due": "2031-02-30"}, "due", "not a day"),
        ({"text": "x" * 301}, "text", "300"),
        ({"speaker": "a\0b"}, "speaker", "control character"),
    ],
)
def test_unusable_values_are_explained_at_their_field(values: dict[str, str], field: str, words: str) -> None:
    form = read_form(values)
    assert list(form.problems) == [field]
    assert words in form.problems[field]


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(alphabet=st.characters(), max_size=40)))
def test_no_value_raises_and_a_sound_form_can_be_asked_for_again(values: dict[str, str]) -> None:
    form = read_form(values)
    assert read_form(form.given).filter == form.filter or form.problems


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(" 2031-03-09 ", date(2031, 3, 9)), ("9999-12-31", date.max), ("", None), ("soon", None)],
)
def test_a_day_on_which_entries_fall_due(typed: str, expected: date | None) -> None:
    assert read_form({"due": typed}).due_day == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(None, 1), ("", 1), ("7", 7), ("0", None), ("-1", None), ("1.5", None), ("٣", None), ("9" * 30, None)],
)
def test_page_numbers(typed: str | None, expected: int | None) -> None:
    assert read_page({} if typed is None else {"page": typed}) == expected
