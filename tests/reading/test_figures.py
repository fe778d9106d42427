"""Figures in invented sentences: value, edges, bound, unit, what is counted, where and as of when."""

import time as clock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.passages import Bound, Figure, Time, TimeKind
from onrecord.domain.spans import Span
from onrecord.reading.figures import find_figures


def figures(text: str, times: tuple[Time, ...] = ()) -> list[Figure]:
    return find_figures(text, Span(0, len(text)), times)


def timed(text: str, words: str, kind: TimeKind = TimeKind.DATE) -> Time:
    at = text.index(words)
    return Time(Span(at, at + len(words)), kind, "2031-03-05")


NUMBERS = [
    ("100 thousand soldiers", [(100_000, None, None)]),
    ("some 150,000 men", [(150_000, None, None)]),
    ("a dozen tanks and half a dozen guns", [(12, None, None), (6, None, None)]),
    ("tens of thousands of people", [(None, 20_000, None)]),
    ("hundreds of millions of lives", [(None, 200_000_000, None)]),
    ("thousands upon thousands of birds", [(None, 2_000, None)]),
    ("several dozen local quarrels", [(None, 24, None)]),
    ("a few hundred men", [(None, 200, None)]),
    ("two thirds of the fleet", [(2 / 3, None, None)]),
    ("half of the town and a quarter of the port", [(0.5, None, None), (0.25, None, None)]),
    ("three quarters of the 12,000 men", [(9_000, None, None)]),
    ("one in five children", [(0.2, None, None)]),
    ("nine out of ten voters", [(0.9, None, None)]),
    ("between 5 and 7 dead", [(None, 5, 7)]),
    ("20 to 30 wounded", [(None, 20, 30)]),
    ("20-30 wounded", [(None, 20, 30)]),
    ("between 80–100 nurses", [(None, 80, 100)]),
    ("two or three shells", [(None, 2, 3)]),
    ("5 to 7 million people", [(None, 5e6, 7e6)]),
    ("between $5 and $7 million", [(None, 5e6, 7e6)]),
    ("at least seven", [(7, 7, None)]),
    ("more than 9", [(9, 9, None)]),
    ("up to 140,000 troops", [(140_000, None, 140_000)]),
    ("no more than “60,000” servicemen", [(60_000, None, 60_000)]),
    ("1.2m people, €3bn and 40k tents", [(1_200_000, None, None), (3e9, None, None), (40_000, None, None)]),
    ("two hundred and fifty men", [(250, None, None)]),
    ("one million two hundred thousand votes", [(1_200_000, None, None)]),
    ("two and a half million people", [(2_500_000, None, None)]),
    ("twenty-five boats", [(25, None, None)]),
    ("150 000 soldiers", [(150_000, None, None)]),
    ("12.000 soldiers and 1,5 million people", [(12_000, None, None), (1_500_000, None, None)]),
    ("twice as many", [(2, None, None)]),
    ("zero casualties", [(0, None, None)]),
    ("no one was killed and there were no casualties", [(0, None, None), (0, None, None)]),
    ("raised its estimate from 80,000 to 95,000", [(80_000, None, None), (95_000, None, None)]),
    ("the sentence ran 2000 people down", [(2_000, None, None)]),
    ("6people died, 19 were hurt", [(19, None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers_are_read(text: str, expected: list[tuple[float | None, ...]]) -> None:
    found = [(f.value, f.low, f.high) for f in figures(text)]
    assert found == [tuple(pytest.approx(x) if x is not None else None for x in row) for row in expected]


@pytest.mark.parametrize(
    "text",
    [
        "in 2014 and since 1998, in the 1930s and the ’90s",
        "on March 6, 2031, by May 9 and on 11 Aug",
        "at 10.20 or 7 pm, at 10:30, ten past six, seven in the morning",
        "for 72 hours, a 48-hour truce, two, three or five years, two consecutive quarters",
        "a 34-year-old, Ida Holm, 53, said; at the age of 16; aged 12; a driver of 24, died",
        "the 16th, the second, a third time, his fourth heart, the 25th",
        "the G7, Article 5, a Boeing 737, Covid-19, Route 66, Flight 17, the Group of 20",
        "an Su-34, the Mi-8, 155-mm guns, Cold War 2.0, resolutions 2118 and 2235",
        "9/11, 24/7, 51-49, 2031-02-16, +380 44 123-45-67, No. 3, the top 10",
        "one of the towns, no one came, one day, on the one hand, another one",
        "a hundred times over, split in two, an island or two, the eighty anniversary",
        "a two-state solution, a one-sided deal, near-zero growth, half-brother",
        "1. Introduction",
        "no plans and no need",
        "",
    ],
)
def test_numbers_that_count_nothing_are_left_out(text: str) -> None:
    if text:
        assert [f.span.of(text) for f in figures(text)] == []


@pytest.mark.parametrize(
    ("text", "bound", "span"),
    [
        ("some 150,000 men", Bound.ABOUT, "some 150,000"),
        ("nearly 50 men", Bound.ABOUT, "nearly 50"),
        ("a couple of tents", Bound.ABOUT, "a couple"),
        ("10 tents or so", Bound.EXACT, "10"),
        ("10 or so tents", Bound.ABOUT, "10 or so"),
        ("at least $5 million", Bound.AT_LEAST, "at least $5 million"),
        ("at less 7 persons", Bound.AT_LEAST, "at less 7"),
        ("no fewer than 30 breaches", Bound.AT_LEAST, "no fewer than 30"),
        ("20 or more men", Bound.AT_LEAST, "20 or more"),
        ("well over 100 men", Bound.MORE_THAN, "well over 100"),
        ("more than $75 billion", Bound.MORE_THAN, "more than $75 billion"),
        ("fewer than 30 men", Bound.LESS_THAN, "fewer than 30"),
        ("as many as 30 men", Bound.AT_MOST, "as many as 30"),
        ("between 5 and 7 men", Bound.BETWEEN, "between 5 and 7"),
        ("dozens of men", Bound.AT_LEAST, "dozens"),
        ("a record 131 breaches", Bound.EXACT, "131"),
    ],
)
def test_bounds(text: str, bound: Bound, span: str) -> None:
    (figure,) = figures(text)
    assert (figure.bound, figure.span.of(text)) == (bound, span)


@pytest.mark.parametrize(
    ("text", "unit", "counted"),
    [
        ("$1.5 billion in humanitarian aid", "usd", "humanitarian aid"),
        ("a £61 billion aid package for Olmira", "gbp", "aid package"),
        ("two billion dollars", "usd", None),
        ("C$40 million", "cad", None),
        ("trillions of dollars", "usd", None),
        ("5 % of voters", "%", "voters"),
        ("five per cent", "%", None),
        ("2 percentage points", "percentage point", None),
        ("30 km from the border", "km", None),
        ("three km long", "km", None),
        ("a 1,000-kilometer (620-mile) front line", "km", "front line"),
        ("78,000 tons of arms", "ton", "arms"),
        ("two degrees Celsius", "degree celsius", None),
        ("two buses a day", "per day", "buses"),
        ("$60 a barrel", "usd per barrel", None),
        ("20 barrel bombs", None, "barrel bombs"),
        ("four times", "times", None),
        ("a third of the country", "share", "country"),
        ("a 30-member council", None, "member"),
    ],
)
def test_units(text: str, unit: str | None, counted: str | None) -> None:
    figure = figures(text)[0]
    assert (figure.unit, figure.counted and figure.counted.of(text)) == (unit, counted)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("30 newly armed militia members were seen", ["newly armed militia members"]),
        ("70 guard and rebel fighters died", ["guard and rebel fighters"]),
        ("six people and two dogs", ["people", "dogs"]),
        ("two of Ardra's bridges", ["bridges"]),
        ("12,000 of its soldiers", ["soldiers"]),
        ("150,000 soldiers came, 12,000 of them by train", ["soldiers", "soldiers"]),
        ("raised it from 80,000 soldiers to 95,000", ["soldiers", "soldiers"]),
        ("six people died and 30 others were hurt", ["people", "people"]),
        ("nine dead, 20 wounded", ["dead", "wounded"]),
        ("six or eight tanks", ["tanks"]),
        ("the death toll rose to 115", ["death toll"]),
        ("the total number of servicemen did not exceed 60,000", ["servicemen"]),
        ("700 army family members", ["army family members"]),
        ("95,000", [None]),
        ("one soldier died", ["soldier"]),
        ("no one was killed", ["killed"]),
    ],
)
def test_what_is_counted(text: str, counted: list[str | None]) -> None:
    assert [f.counted and f.counted.of(text) for f in figures(text)] == counted


def test_where_and_as_of_when_stand_in_the_same_sentence() -> None:
    text = "In Zelvin, seven people died on Friday. On Monday nine men left the port. 40 guns stood along the border."
    times = (timed(text, "Friday"), timed(text, "Monday"))
    found = [(f.place and f.place.of(text), f.as_of and f.as_of.span.of(text)) for f in figures(text, times)]
    assert found == [("Zelvin", "Friday"), (None, "Monday"), ("border", None)]


def test_what_is_a_time_is_no_figure_and_a_length_is_no_as_of() -> None:
    text = "seven people died within three sennights"
    (figure,) = figures(text, (timed(text, "three sennights", TimeKind.DURATION),))
    assert (figure.value, figure.as_of) == (7, None)
    assert [f.value for f in figures(text)] == [7, 3]


def test_since_does_not_say_as_of_when() -> None:
    text = "seven people have died since Friday"
    assert figures(text, (timed(text, "Friday"),))[0].as_of is None


def test_only_the_stretch_is_read() -> None:
    text = "six men; seven women; eight children"
    found = find_figures(text, Span(9, 20))
    assert [(f.span.of(text), f.counted and f.counted.of(text)) for f in found] == [("seven", "women")]


WORDS = st.sampled_from(
    "no one two three twenty hundred thousand million half a third of the and to or in between from at least more than "
    "times people soldiers killed $ % km 5 12,000 1.5 2014 ( ) , . - – \" ' per day March Zelvin several dozens".split()
)


@given(st.one_of(st.text(max_size=80), st.text("0123456789.,-/: $%", max_size=80), st.lists(WORDS).map(" ".join)))
def test_any_text_is_read_and_every_span_lies_inside(text: str) -> None:
    if not text:
        return
    within = Span(len(text) // 4, len(text))
    found = find_figures(text, within)
    for figure in found:
        spans = [figure.span, figure.counted, figure.place]
        assert all(within.covers(span) for span in spans if span is not None)
        assert figure.value is not None or figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low < figure.high
    assert [f.span for f in found] == sorted(f.span for f in found)


@pytest.mark.parametrize(
    "piece",
    ["1 ", "1", "one ", "-", "1-", "$", "two thirds of ", "a ", "in the ", "hundred ", "12 men in Zelvin and ", "(1) "],
)
def test_hostile_text_takes_no_longer_than_it_is_long(piece: str) -> None:
    text = piece * (40_000 // len(piece)) + "7 men"
    start = clock.perf_counter()
    figures(text)
    assert clock.perf_counter() - start < 20
