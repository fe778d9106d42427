"""Dates, speakers, scores and addresses in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.statements import UNNAMED, Basis, Speaker
from onrecord.publishing.wording import (
    When,
    confidence_words,
    counted,
    days_words,
    printable,
    shortened,
    speaker_words,
    web_address,
    when,
)

EAST = timezone(timedelta(hours=3))


@pytest.mark.parametrize(
    ("moment", "is_day", "expected"),
    [
        (None, False, When(None, "date not stated")),
        (datetime(2031, 4, 9, tzinfo=UTC), True, When("2031-04-09", "9 April 2031")),
        (datetime(2031, 4, 9, tzinfo=UTC), False, When("2031-04-09T00:00:00Z", "9 April 2031, 00:00 UTC")),
        (datetime(2031, 4, 9, 1, 5, tzinfo=EAST), False, When("2031-04-08T22:05:00Z", "8 April 2031, 22:05 UTC")),
        (datetime(1, 1, 1, tzinfo=UTC), True, When("0001-01-01", "1 January 1")),
    ],
)
def test_times_for_machines_and_people(moment: datetime | None, is_day: bool, expected: When) -> None:
    assert when(moment, is_day) == expected


@pytest.mark.parametrize(
    ("speaker", "source", "expected"),
    [
        (Speaker("Ida Holm", Basis.NAMED), "Mayor Ida Holm", "Ida Holm"),
        (UNNAMED, "two\n officials", "unnamed (two officials)"),
        (UNNAMED, "  ", "unnamed"),
    ],
)
def test_a_speaker_in_words(speaker: Speaker, source: str, expected: str) -> None:
    assert speaker_words(speaker, source) == expected


@pytest.mark.parametrize(
    ("confidence", "expected"), [(0.0, "0%"), (0.29, "29%"), (0.9999, "99%"), (1.0, "100%"), (1.7, "100%")]
)
def test_only_certainty_is_a_hundred_percent(confidence: float, expected: str) -> None:
    assert confidence_words(confidence) == expected


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("HTTPS://example.org/", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("https://example.org/\u202egnp.exe", False),
        ("https://example.org/a b", False),
        ("data:text/html,x", False),
        ("//example.org/x", False),
        ("https:///x", False),
        ("https://trusted.example@evil.example/", False),
        ("https://[broken/", False),
        ("ftp://example.org/", False),
        ("https://example.org/" + "x" * 3000, False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_addresses_of_the_web_become_links(url: str | None, safe: bool) -> None:
    assert web_address(url) == (url if safe else None)


@given(st.text(max_size=400), st.integers(2, 80))
def test_a_shortened_text_is_one_line_of_at_most_its_limit(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert short == " ".join(short.split())


def test_a_title_of_megabytes_is_shortened_without_reading_all_of_it() -> None:
    assert shortened("word " * 2_000_000, 20) == "word word word word…"


@given(st.text(alphabet=st.characters(), max_size=60))
def test_printable_text_keeps_its_length_and_can_be_encoded(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    shown.encode("utf-8")
    assert not set(shown) & {"\0", "\x1b", "\x7f", "\x9b"}


@pytest.mark.parametrize(("number", "expected"), [(0, "0 reports"), (1, "1 report"), (1234, "1,234 reports")])
def test_counted(number: int, expected: str) -> None:
    assert counted(number, "report", "reports") == expected


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "1 to 28 February 2024"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2024, 1, 1), date(2024, 12, 30), "1 January to 30 December 2024"),
        (date(2023, 12, 1), date(2024, 2, 29), "1 December 2023 to 29 February 2024"),
        (date(2024, 2, 9), date(2024, 2, 9), "9 February 2024"),
    ],
)
def test_a_stretch_of_days_says_nothing_twice(first: date, last: date, words: str) -> None:
    assert days_words(first, last) == words
