"""Publication times: what is understood, and what is refused rather than guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.times import parse_published


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("value", "when", "is_day"),
    [
        ("2022-02-17", at(2022, 2, 17), True),
        ("20220217", at(2022, 2, 17), True),
        (20220217, at(2022, 2, 17), True),
        ("2022-02-17T10:30:00Z", at(2022, 2, 17, 10, 30), False),
        ("2022-02-17t10:30:00z", at(2022, 2, 17, 10, 30), False),
        ("2022-02-17T10:30:00", at(2022, 2, 17, 10, 30), False),
        ("2022-02-17T10:30", at(2022, 2, 17, 10, 30), False),
        ("2022-02-17T10:30:00+02:00", at(2022, 2, 17, 8, 30), False),
        ("2022-02-17T10:30:00.123456+0200", at(2022, 2, 17, 8, 30, 0, 123456), False),
        ("2022-02-17 10:30:00 -0500", at(2022, 2, 17, 15, 30), False),
        ("2022-02-17 10:30:00 UTC", at(2022, 2, 17, 10, 30), False),
        ("2022-02-17T23:30:00-05:00", at(2022, 2, 18, 4, 30), False),
        ("2022-02-17 00:00:00", at(2022, 2, 17), True),
        ("2022-02-17T00:00:00Z", at(2022, 2, 17), False),
        ("Thu, 17 Feb 2022 10:30:00 GMT", at(2022, 2, 17, 10, 30), False),
        ("Thu, 17 Feb 2022 10:30:00 +0200", at(2022, 2, 17, 8, 30), False),
        ("17 Feb 2022 10:30 EST", at(2022, 2, 17, 15, 30), False),
        ("17 February 2022", at(2022, 2, 17), True),
        ("17th February, 2022", at(2022, 2, 17), True),
        ("February 17, 2022", at(2022, 2, 17), True),
        ("Thursday, February 17, 2022", at(2022, 2, 17), True),
        ("Feb. 17, 2022, 10:30 p.m. EST", at(2022, 2, 18, 3, 30), False),
        ("Feb 17, 2022 12:05 am", at(2022, 2, 17, 0, 5), False),
        ("17 May 2022 at 10:30", at(2022, 5, 17, 10, 30), False),
        ("Feb. 17, 2022, 10:30 a.m. ET", at(2022, 2, 17), True),
        (1645093800, at(2022, 2, 17, 10, 30), False),
        (1645093800000, at(2022, 2, 17, 10, 30), False),
        ("1889-04-30", at(1889, 4, 30), True),
    ],
)
def test_understood(value: object, when: datetime, is_day: bool) -> None:
    assert parse_published(value) == (when, is_day)


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "yesterday", "2 hours ago", "02/03/2022", "17.2.2022", "2022-02", "2022", "2022-02-30", "31 June 2022",
        "2022-02-17T25:00:00Z", "February 2022", "17 February", "13:00", "Feb 17, 2022 13:05 pm",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00", "2022-02-17T10:30:00+99:00", "x" * 200, None, True, 1.5, float("nan"),
        float("inf"), 10**400,
        ["2022-02-17"], {"date": "2022-02-17"}, b"2022-02-17",
    ],
)  # fmt: skip
def test_refused(value: object) -> None:
    assert parse_published(value) is None


@given(st.datetimes(min_value=datetime(1800, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_iso_times_come_back_in_utc(when: datetime) -> None:
    if when.utcoffset() is not None and when.utcoffset().total_seconds() % 60 == 0:  # type: ignore[union-attr]
        assert parse_published(when.isoformat()) == (when.astimezone(UTC), False)


@given(st.text(alphabet="0123456789-:TZ+ .,apm/FebMayjUTC", max_size=40))
def test_never_raises(text: str) -> None:
    found = parse_published(text)
    assert found is None or found[0].tzinfo is UTC
