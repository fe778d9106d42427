"""Times: which words of a text name one, which value they have and which interval they mean. All texts are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.quality.times import examples, measure_example, parsed
from onrecord.domain.passages import Time, TimeKind
from onrecord.domain.spans import Span
from onrecord.reading.times import find_times
from onrecord.reading.times.calendar import Stretch, Unit, moved, of, read, third
from onrecord.reading.times.lengths import length_value

PUBLISHED = datetime(2022, 2, 16, 9, 30, tzinfo=UTC)
"""A Wednesday."""


def times(text: str, published: datetime | None = PUBLISHED) -> list[Time]:
    return find_times(text, Span(0, len(text)), published) if text else []


def shown(moment: datetime | None) -> str | None:
    """A moment as the tables write it: without its midnight."""
    return None if moment is None else moment.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")


WITH_INTERVALS = [
    # Days and weekdays.
    ("Governor Holm said on Thursday that the bridge was closed.", "Thursday", "2022-02-10", "2022-02-10", "2022-02-11"),
    ("The council will meet on Thursday.", "Thursday", "2022-02-17", "2022-02-17", "2022-02-18"),
    ("On Wednesday the mayor resigned.", "Wednesday", "2022-02-16", "2022-02-16", "2022-02-17"),
    ("They met last Friday.", "last Friday", "2022-02-11", "2022-02-11", "2022-02-12"),
    ("They meet next Monday.", "next Monday", "2022-02-21", "2022-02-21", "2022-02-22"),
    ("Talks were postponed until Tuesday.", "Tuesday", "2022-02-22", "2022-02-22", "2022-02-23"),
    ("Yesterday the dam broke.", "Yesterday", "2022-02-15", "2022-02-15", "2022-02-16"),
    ("The hearing is tomorrow.", "tomorrow", "2022-02-17", "2022-02-17", "2022-02-18"),
    ("The ship left on the 9th.", "the 9th", "2022-02-09", "2022-02-09", "2022-02-10"),
    ("The ship will leave on the 9th.", "the 9th", "2022-03-09", "2022-03-09", "2022-03-10"),
    ("Drills ended on 14 February.", "14 February", "2022-02-14", "2022-02-14", "2022-02-15"),
    ("Drills ended on Feb. 14 in rain.", "Feb. 14", "2022-02-14", "2022-02-14", "2022-02-15"),
    ("The offer was extended to March 3.", "March 3", "2022-03-03", "2022-03-03", "2022-03-04"),
    ("He fled on Dec. 30.", "Dec. 30", "2021-12-30", "2021-12-30", "2021-12-31"),
    ("It fell on February 20, 2014, at dusk.", "February 20, 2014", "2014-02-20", "2014-02-20", "2014-02-21"),
    ("It fell on 20 February 2014.", "20 February 2014", "2014-02-20", "2014-02-20", "2014-02-21"),
    ("The memo of 2/16/2022 says so.", "2/16/2022", "2022-02-16", "2022-02-16", "2022-02-17"),
    ("The memo of 25/12/2021 says so.", "25/12/2021", "2021-12-25", "2021-12-25", "2021-12-26"),
    ("The memo of 16.02.2022 says so.", "16.02.2022", "2022-02-16", "2022-02-16", "2022-02-17"),
    ("File 2021-11-30 is lost.", "2021-11-30", "2021-11-30", "2021-11-30", "2021-12-01"),
    ("They left on Monday, Feb. 14.", "Monday, Feb. 14", "2022-02-14", "2022-02-14", "2022-02-15"),
    ("Ten days ago it rained; 10 days ago.", "10 days ago", "2022-02-06", "2022-02-06", "2022-02-07"),
    # Parts of days and clocks.
    ("A curfew begins tonight.", "tonight", "2022-02-16TNI", "2022-02-16 18:00", "2022-02-17 06:00"),
    ("The shelling began Friday morning.", "Friday morning", "2022-02-11TMO", "2022-02-11 06:00", "2022-02-11 12:00"),
    ("Fighting resumed last night.", "last night", "2022-02-15TNI", "2022-02-15 18:00", "2022-02-16 06:00"),
    ("It was heard at 5 p.m. on Monday.", "5 p.m. on Monday", "2022-02-14T17:00", "2022-02-14 17:00", "2022-02-14 17:01"),
    ("It was heard at 12:15 am Monday.", "12:15 am Monday", "2022-02-14T00:15", "2022-02-14 00:15", "2022-02-14 00:16"),
    ("It struck at 5 p.m. EST on Feb. 14.", "5 p.m. EST on Feb. 14", "2022-02-14T17:00", "2022-02-14 22:00", "2022-02-14 22:01"),
    ("Planes came at 14:00 GMT.", "14:00 GMT", "2022-02-16T14:00", "2022-02-16 14:00", "2022-02-16 14:01"),
    ("They left at noon.", "noon", "2022-02-16T12:00", "2022-02-16 12:00", "2022-02-16 12:01"),
    ("It struck 8:30 Friday night.", "8:30 Friday night", "2022-02-11T20:30", "2022-02-11 20:30", "2022-02-11 20:31"),
    # Weeks, months, quarters, seasons.
    ("Talks resume next week.", "next week", "2022-W08", "2022-02-21", "2022-02-28"),
    ("They left last week.", "last week", "2022-W06", "2022-02-07", "2022-02-14"),
    ("Earlier this week it snowed.", "Earlier this week", "2022-W07", "2022-02-14", "2022-02-16"),
    ("It rained over the weekend.", "the weekend", "2022-W06-WE", "2022-02-12", "2022-02-14"),
    ("Earlier this month two clinics burned.", "Earlier this month", "2022-02", "2022-02-01", "2022-02-16"),
    ("A vote is due later this year.", "later this year", "2022", "2022-02-17", "2023-01-01"),
    ("The vote is due in mid-March.", "mid-March", "2022-03", "2022-03-11", "2022-03-21"),
    ("They come by the end of March.", "the end of March", "2022-03", "2022-03-21", "2022-04-01"),
    ("The law passed in early 2021.", "early 2021", "2021", "2021-01-01", "2021-05-01"),
    ("A drought ended in October.", "October", "2021-10", "2021-10-01", "2021-11-01"),
    ("The polls are planned for November.", "November", "2022-11", "2022-11-01", "2022-12-01"),
    ("He may march in May, they said.", "May", "2022-05", "2022-05-01", "2022-06-01"),
    ("He was jailed in March 2019.", "March 2019", "2019-03", "2019-03-01", "2019-04-01"),
    ("He was jailed in June last year.", "June last year", "2021-06", "2021-06-01", "2021-07-01"),
    ("It fell in the first quarter of 2023.", "the first quarter of 2023", "2023-Q1", "2023-01-01", "2023-04-01"),
    ("It has gone on since last spring.", "last spring", "2021-SP", "2021-03-01", "2021-06-01"),
    ("He fled in the winter of 2019.", "the winter of 2019", "2019-WI", "2019-12-01", "2020-03-01"),
    # Years and more.
    ("In 2014 he was a colonel.", "2014", "2014", "2014-01-01", "2015-01-01"),
    ("Last year was wet.", "Last year", "2021", "2021-01-01", "2022-01-01"),
    ("It shut two years ago.", "two years ago", "2020", "2020-01-01", "2021-01-01"),
    ("In fiscal 1990 it made a loss.", "fiscal 1990", "1990", "1990-01-01", "1991-01-01"),
    ("She won at the 2020 Olympics.", "2020", "2020", "2020-01-01", "2021-01-01"),
    ("It was dug in the 1970s.", "the 1970s", "197", "1970-01-01", "1980-01-01"),
    ("In the 19th century it ran dry.", "the 19th century", "18", "1800-01-01", "1900-01-01"),
    # Lengths that begin or end now, and references.
    ("It rained for the past three days.", "the past three days", "P3D", "2022-02-13 09:30", "2022-02-16 09:30"),
    ("It covers the next two weeks.", "the next two weeks", "P2W", "2022-02-16 09:30", "2022-03-02 09:30"),
    ("It grew over the past year.", "the past year", "P1Y", "2021-02-16 09:30", "2022-02-16 09:30"),
    ("The harbour is empty now.", "now", "PRESENT_REF", "2022-02-16", "2022-02-17"),
    ("She was recently freed.", "recently", "PAST_REF", None, "2022-02-16 09:30"),
    ("He will answer in the coming days.", "the coming days", "FUTURE_REF", "2022-02-16 09:30", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "value", "start", "end"), WITH_INTERVALS)
def test_a_time_has_the_value_and_the_interval_that_its_words_mean(
    text: str, words: str, value: str, start: str | None, end: str | None
) -> None:
    found = {time.span.of(text): (time.value, shown(time.start), shown(time.end)) for time in times(text)}
    assert found.get(words) == (value, start, end), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They were held for three days.", [("three days", "duration", "P3D")]),
        ("The truce lasted 48 hours.", [("48 hours", "duration", "PT48H")]),
        ("A decade passed.", [("A decade", "duration", "P10Y")]),
        ("It took two and a half years.", [("two and a half years", "duration", "P2Y6M")]),
        ("It took 2 1/2 years.", [("2 1/2 years", "duration", "P2Y6M")]),
        ("Half an hour passed.", [("Half an hour", "duration", "PT30M")]),
        ("Several weeks passed.", [("Several weeks", "duration", "PXW")]),
        ("At least 30 days of food remain.", [("At least 30 days", "duration", "P30D")]),
        ("The 16-hour siege ended.", [("16-hour", "duration", "PT16H")]),
        ("The mayor visits every day.", [("every day", "set", "P1D")]),
        ("The market opens every Monday.", [("every Monday", "set", "XXXX-WXX-1")]),
        ("Patrols pass every two weeks.", [("every two weeks", "set", "P2W")]),
        ("It sells 300 loaves daily.", [("daily", "set", "P1D")]),
        ("It happens twice a week.", [("a week", "set", "P1W")]),
    ],
)
def test_lengths_and_sets_have_no_interval(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = times(text)
    assert [(time.span.of(text), time.kind.value, time.value) for time in found] == expected
    assert all(time.start is None and time.end is None for time in found)


@pytest.mark.parametrize(
    "text",
    [
        "He may march if the army lets him march.",
        "The second convoy came second.",
        "The raid killed 2022 soldiers.",
        "Prime Minister May spoke before April Jones did.",
        "It passed Resolution 2022 and bought 1,999 tents for $2010.",
        "The sun shone and the march went on; leaves fall.",
        "He lives on the 16th floor.",
        "A 27-year-old driver was hurt.",
        "Three-quarters of a share, a quarter of the town, 3.5 miles, version 1.2.3.",
        "",
        "…",
    ],
)
def test_words_that_only_look_like_times_are_none(text: str) -> None:
    assert [time.span.of(text) for time in times(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fire began on Feb. 3. That day two died.", [("Feb. 3", "2022-02-03"), ("That day", "2022-02-03")]),
        ("He came on Feb. 3 and left the next day.", [("Feb. 3", "2022-02-03"), ("the next day", "2022-02-04")]),
        ("It came in late 2020. A year later it sank.", [("late 2020", "2020"), ("A year later", "2021")]),
        ("He came on Feb. 3 and left later in the day.", [("Feb. 3", "2022-02-03"), ("later in the day", "2022-02-03")]),
        ("It went on in 2014-2015.", [("2014", "2014"), ("2015", "2015")]),
        ("He came in March 2014 and left two years later.", [("March 2014", "2014-03"), ("two years later", "2016-03")]),
        (
            "Exports rose in the third quarter from a year earlier.",
            [("the third quarter", "2021-Q3"), ("a year earlier", "2020-Q3")],
        ),
        ("On Friday it struck at 6 a.m. and at 7 a.m.", [
            ("Friday", "2022-02-11"), ("6 a.m.", "2022-02-11T06:00"), ("7 a.m.", "2022-02-11T07:00"),
        ]),
    ],
)  # fmt: skip
def test_what_is_counted_from_a_time_named_before(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(time.span.of(text), time.value) for time in times(text)] == expected


def test_times_of_earlier_passages_count_as_named_before() -> None:
    text = "The fire began on Feb. 3. That day two died."
    first = find_times(text, Span(0, 25), PUBLISHED)
    second = find_times(text, Span(26, len(text)), PUBLISHED, before=first)
    assert [time.value for time in second] == ["2022-02-03"]
    assert [time.value for time in find_times(text, Span(26, len(text)), PUBLISHED)] != ["2022-02-03"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left yesterday.", "XXXX-XX-XX"),
        ("He left last week.", "XXXX-WXX"),
        ("He left on Thursday.", "XXXX-WXX-4"),
        ("He left on Feb. 3.", "XXXX-02-03"),
        ("He left in October.", "XXXX-10"),
        ("He left two years ago.", "XXXX"),
        ("He left last night.", "XXXX-XX-XXTNI"),
        ("He left at 5 p.m. today.", "XXXX-XX-XXT17:00"),
        ("He is here now.", "PRESENT_REF"),
        ("It lasted the past two days.", "P2D"),
    ],
)
def test_without_a_publication_relative_times_stay_open(text: str, value: str) -> None:
    (found,) = times(text, None)
    assert (found.value, found.start, found.end) == (value, None, None)


def test_without_a_publication_full_dates_are_still_known() -> None:
    (found,) = times("He left on 4 June 2021.", None)
    assert (found.value, shown(found.start), shown(found.end)) == ("2021-06-04", "2021-06-04", "2021-06-05")


def test_only_the_span_is_read_but_the_words_around_it_tell_the_tense() -> None:
    text = "It will open on Monday, not on Tuesday."
    (found,) = find_times(text, Span(16, 22), PUBLISHED)
    assert (found.span.of(text), found.value) == ("Monday", "2022-02-21")


def test_a_publication_in_another_zone_is_taken_to_utc() -> None:
    late = datetime(2022, 2, 16, 22, tzinfo=timezone(timedelta(hours=-5)))
    assert [time.value for time in times("It fell today.", late)] == ["2022-02-17"]


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("18", None, None), ("2020", "2020-01-01", "2021-01-01"), ("2020-H2", "2020-07-01", "2021-01-01"),
        ("2020-Q4", "2020-10-01", "2021-01-01"), ("2020-02", "2020-02-01", "2020-03-01"), ("2020-WI", "2020-12-01", "2021-03-01"),
        ("2020-W53", "2020-12-28", "2021-01-04"), ("2020-W53-WE", "2021-01-02", "2021-01-04"), ("2020-02-29T10:00", "2020-02-29", "2020-03-01"),
        ("P3D", None, None), ("PAST_REF", None, None), ("2021-02-29", None, None), ("2021-W53", None, None),
    ],
)  # fmt: skip
def test_values_are_read_back_as_stretches(value: str, start: str | None, end: str | None) -> None:
    stretch = read(value)
    assert (shown(stretch.start), shown(stretch.end)) == (start, end) if stretch else start is None


@given(
    st.dates(min_value=date(1600, 1, 1), max_value=date(2400, 1, 1)),
    st.sampled_from([unit for unit in Unit if not unit.value.startswith("T")]),
)
def test_a_day_lies_in_its_stretch_and_the_value_says_the_same(day: date, unit: Unit) -> None:
    stretch = of(day, unit)
    if unit is not Unit.WEEKEND:
        assert stretch.start.date() <= day < stretch.end.date()
    if unit not in (Unit.CENTURY, Unit.DECADE):
        assert read(stretch.value) == stretch
    parts = [third(stretch, which) for which in range(3)]
    assert parts[0][0] == stretch.start
    assert parts[2][1] == stretch.end
    assert all(a[1] == b[0] for a, b in pairwise(parts))


def test_months_move_to_the_last_day_of_a_shorter_one() -> None:
    assert moved(datetime(2020, 2, 29, tzinfo=UTC).date(), years=1).isoformat() == "2021-02-28"
    assert moved(datetime(2021, 12, 31, tzinfo=UTC).date(), months=2).isoformat() == "2022-02-28"
    assert Stretch(Unit.DAY, datetime(2020, 2, 29, tzinfo=UTC).toordinal()).years_off(-1).value == "2019-02-28"


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [(3, Unit.DAY, "P3D"), (None, Unit.MINUTE, "PTXM"), (1.5, Unit.HOUR, "PT1H30M"), (0.5, Unit.YEAR, "P6M"), (2, Unit.CENTURY, "P200Y")],
)  # fmt: skip
def test_lengths_are_written_as_timex3_writes_them(count: float | None, unit: Unit, value: str) -> None:
    assert length_value(count, unit) == value


def test_the_invented_set_is_read_as_it_is_labelled() -> None:
    assert sum(len(document.gold) for document in examples()) >= 60
    row = measure_example()
    assert row["value"] >= 95
    assert row["strict"] >= 95


def test_broken_time_markup_costs_what_it_marks_and_nothing_else() -> None:
    source = (
        '<DCT><TIMEX3 tid="t0" type="TIME" value="2022-02-16T09:30:00">x</TIMEX3></DCT><TEXT>\n</TIMEX3>R &amp; D fell '
        '<EVENT><TIMEX3 tid="t1" type="DATE" value="2022-02-14">on <b>Monday</b></TIMEX3> & <TIMEX3 value="2020">so on'
    )
    document = parsed("one.tml", source)
    assert document.published == PUBLISHED
    assert [(one.span.of(document.text), one.kind, one.value) for one in document.gold] == [
        ("on Monday", "date", "2022-02-14")
    ]
    assert document.text.strip() == "R & D fell on Monday & so on"


WORDS = st.sampled_from(
    "May march Monday Feb. 29 31 2022 99999 the last next this every 5 p.m. EST 12:30 two hundred thousand years ago "
    "a year earlier , . / - 1/1/0001 9999 0000 of quarter first night weekend century 0 9998 later decade ' s ’s now".split()
)


@settings(deadline=None)
@given(
    st.one_of(
        st.lists(WORDS, max_size=30).map(" ".join),
        st.text(max_size=200),
        st.text("0123456789", max_size=200),
        st.text(".,-/:;!? \n\"'", max_size=200),
    ),
    st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))),
)
def test_any_text_gives_times_in_order_inside_the_span(text: str, published: datetime | None) -> None:
    found = times(text, published)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for time in found:
        assert time.span.end <= len(text)
        assert time.kind in TimeKind
        assert time.start is None or time.end is None or time.start < time.end


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 9000,
        "9" * 20000,
        "the " * 9000,
        "." * 20000,
        "a year earlier " * 2000,
        "Monday 5 " * 2000,
        "12:30 " * 4000,
        "one hundred " * 2000,
    ],
)
def test_hostile_text_is_read_in_little_time(text: str) -> None:
    began = datetime.now(UTC)
    times(text)
    assert (datetime.now(UTC) - began).total_seconds() < 4
