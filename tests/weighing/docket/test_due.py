"""Which of the times of a passage is its due day, and what its words make of it; published on Wednesday 5 March 2031."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from onrecord.weighing.docket.due import due, last_day
from tests.weighing.docket.invented import rendering


def at(day: int, hour: int = 0, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2031, month, day, hour, minute, tzinfo=UTC)


STATED = [
    ("The brigade will be back in its barracks by Sunday", None, at(10), "by Sunday"),
    ("They will cross the river before Monday", None, at(10), "before Monday"),
    ("We will publish the list not later than 12 March", None, at(13), "not later than 12 March"),
    ("The guns will be gone within seventy-two hours", None, at(8, 14, 30), "within seventy-two hours"),
    ("The batteries will arrive in ten days", None, at(15, 14, 30), "in ten days"),
    ("She will be at the table on 14 March", at(14), at(15), "14 March"),
    ("The last train leaves tomorrow", at(6), at(7), "tomorrow"),
    ("We will not shoot back tonight", at(5, 18), at(6, 6), "tonight"),
    ("The rest will be gone by tonight", None, at(6), "by tonight"),
    ("Four batteries will be in Olmira by Friday of next week", None, at(15), "by Friday"),
    ("The number will pass 200 by the weekend", None, at(9), "by the weekend"),
    ("Both sides must hold their fire for 48 hours", at(5, 14, 30), at(7, 14, 30), "for 48 hours"),
    ("From 10 March masks will be worn on the ferry", at(10), at(11), "10 March"),
    ("After 10 March the port will be closed", at(11), None, "After 10 March"),
    ("If the observers do not come by Friday, we will guard the plant", None, at(8), "by Friday"),
    ("On Monday he said that the ferry would sail again by 20 March", None, at(21), "by 20 March"),
    ("The port will stay shut for two months", None, None, None),
    ("The list would be ready on Sunday and sent to Olmira on Monday", at(10), at(11), "Monday"),
    ("We should hold the vote on Saturday the 22nd", at(22), at(23), "Saturday"),
    ("The guns could be gone as soon as Sunday", at(9), None, "as soon as Sunday"),
    ("Monday that the ferry would sail again tomorrow", at(4), at(5), "tomorrow"),
    ("The port will open again in two months", None, at(5, 14, 30, month=5), "in two months"),
]


@pytest.mark.parametrize(("words", "start", "end", "stated"), STATED, ids=[row[0] for row in STATED])
def test_the_day_is_what_the_words_make_of_the_time(
    words: str, start: datetime | None, end: datetime | None, stated: str | None
) -> None:
    found = due(rendering(words))
    if stated is None:
        assert found is None
    else:
        assert found is not None
        assert (found.start, found.end, found.words) == (start, end, stated)


SAID_EARLIER = [
    ("said", "We will leave tomorrow", at(6), at(7)),
    ("said Monday", "We will leave tomorrow", at(4), at(5)),
    ("said yesterday", "We will leave tomorrow", at(5), at(6)),
    ("announced on Wednesday", "We will leave tomorrow", at(6), at(7)),
    ("said Monday", "The gates will open on Tuesday", at(4), at(5)),
    ("said Monday", "The gates will open on Monday", at(10), at(11)),
    ("said", "The gates will open on Tuesday", at(11), at(12)),
    ("said Monday", "The gates will open by Friday of next week", None, at(15)),
    ("said Monday", "The gates will open within two days", None, at(5, 14, 30)),
]


@pytest.mark.parametrize(
    ("cue", "words", "start", "end"), SAID_EARLIER, ids=[" ".join(row[:2]) for row in SAID_EARLIER]
)
def test_a_day_is_counted_from_the_day_of_saying(cue: str, words: str, start: datetime | None, end: datetime) -> None:
    found = due(rendering(words, cue=cue))
    assert found is not None
    assert (found.start, found.end) == (start, end)


def test_days_from_a_publication_without_an_hour_end_with_the_last_day() -> None:
    found = due(replace(rendering("The guns will be gone within three days"), published=at(5)))
    assert found is not None
    assert found.end is not None
    assert last_day(found.start, found.end).date() == at(8).date()


@pytest.mark.parametrize(
    "words",
    [
        "The trend that we have seen since last spring will go on",
        "The shelling of Friday will be answered",
        "We will propose a meeting of the two sides at Maranne on 14 March",
        "The ports will be closed the same afternoon",
        "We will run two buses a day to Tolvesk",
        "We will come back every Friday",
        "The guns will be gone soon",
        "He plans Monday to run for the council",
        "The river will be ours in the 21st century",
    ],
)
def test_a_time_that_belongs_to_something_else_is_no_due_day(words: str) -> None:
    assert due(rendering(words)) is None


def test_a_report_without_a_day_has_no_due_day() -> None:
    assert due(rendering("They will cross the river before Monday", days=None)) is None


def test_a_day_that_is_over_is_no_due_day() -> None:
    assert due(rendering("The brigade would be home by 9 March", days=30)) is None


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    assert last_day(at(5, 18), at(6, 6)).date() == at(5).date()
    assert last_day(None, at(10)).date() == at(9).date()
