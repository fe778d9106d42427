"""Politeness, back-off, and what servers say about both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.fetching.pace import Pace, backoff, max_age, retry_after, wait_for
from tests.sources.fetching.wires import NOON, Hands


@pytest.mark.parametrize(
    ("ticks", "last", "pause", "seconds"),
    [
        (100.0, None, 1.0, 0.0),
        (100.0, 100.0, 1.0, 1.0),
        (100.4, 100.0, 1.0, 0.6),
        (101.0, 100.0, 1.0, 0.0),
        (900.0, 100.0, 1.0, 0.0),
        (100.0, 100.0, 0.0, 0.0),
    ],
)
def test_a_host_is_left_alone_for_a_while(ticks: float, last: float | None, pause: float, seconds: float) -> None:
    assert wait_for(ticks, last, pause) == pytest.approx(seconds)


def test_each_host_has_a_pace_of_its_own() -> None:
    hands = Hands()
    pace = Pace(1.0, hands.clock())
    for host, delay in (("a", 0.0), ("b", 0.0), ("a", 0.0), ("a", 5.0), ("b", 0.0)):
        pace.wait(host, delay)
        pace.asked(host)
    assert hands.slept == [1.0, 5.0]


def test_hosts_of_long_ago_are_forgotten() -> None:
    hands = Hands()
    pace = Pace(1.0, hands.clock())
    for number in range(10_000):
        pace.asked(str(number))
    hands.ticks = 7_200.0
    pace.asked("new")
    assert pace._asked == {"new": 7_200.0}


@pytest.mark.parametrize(
    ("failures", "random", "seconds"),
    [
        (0, 0.5, 0.0),
        (-1, 0.5, 0.0),
        (1, 0.0, 30.0),
        (1, 1.0, 60.0),
        (3, 0.0, 120.0),
        (3, 0.5, 180.0),
        (9, 1.0, 3_600.0),
        (100_000, 1.0, 3_600.0),
    ],
)
def test_failures_make_it_slower(failures: int, random: float, seconds: float) -> None:
    assert backoff(failures, first=60, most=3_600, random=lambda: random) == pytest.approx(seconds)


@given(st.integers(1, 10**9), st.floats(0.1, 1e4), st.floats(0.1, 1e6), st.floats(0, 1))
def test_back_off_stays_in_bounds(failures: int, first: float, most: float, random: float) -> None:
    seconds = backoff(failures, first=first, most=most, random=lambda: random)
    assert min(first, most) / 2 * 0.999 <= seconds <= most * 1.001


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("999999999", 86_400.0),
        ("9999999999999999999999", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Mon, 03 Mar 2031 12:02:00 GMT", 120.0),
        ("Mon, 03 Mar 2031 13:02:00 +0100", 120.0),
        ("Monday, 03-Mar-31 12:02:00 GMT", 120.0),
        ("Sun, 02 Mar 2031 12:00:00 GMT", 0.0),
        ("Mon, 03 Mar 2121 12:00:00 GMT", 86_400.0),
        ("Mon, 99 Mar 2031 12:00:00 GMT", None),
        ("١٢٠", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOON, 86_400.0) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_breaks_the_reading(value: str) -> None:
    assert (
        retry_after(value, NOON + timedelta(days=1), 10.0) in (None, 0.0) or retry_after(value, NOON, 10.0) is not None
    )


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("public", None),
        ("max-age=600", 600.0),
        ("public, MAX-AGE = 60, must-revalidate", 60.0),
        ('max-age="60"', 60.0),
        ("s-maxage=60", None),
        ("no-store", 0.0),
        ("no-cache, max-age=60", 0.0),
        ("max-age=soon", None),
    ],
)
def test_max_age(value: str | None, seconds: float | None) -> None:
    assert max_age(value) == seconds
