"""Passages, figures and times of a statement as pages, tables and exports show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.domain.paging import page_words
from onrecord.domain.passages import Act, Bound, Figure, Passage, Time
from onrecord.domain.spans import Span
from onrecord.ledger.view import LocatedFigure, LocatedPassage, LocatedTime
from onrecord.publishing.wording import iso_time, number_words, shortened, when

ACT_WORDS: dict[Act, str] = {
    Act.CLAIM: "says that something is so",
    Act.DENIAL: "rejects what was said or held against somebody",
    Act.DEMAND: "calls on somebody to act",
    Act.COMMITMENT: "says what the speaker will do",
    Act.WARNING: "says what harm may come",
    Act.PREDICTION: "says what will be",
    Act.QUESTION: "asks",
    Act.OPINION: "judges",
}

_BOUND_WORDS: dict[Bound, str] = {
    Bound.EXACT: "",
    Bound.ABOUT: "about ",
    Bound.AT_LEAST: "at least ",
    Bound.AT_MOST: "at most ",
    Bound.MORE_THAN: "more than ",
    Bound.LESS_THAN: "less than ",
    Bound.BETWEEN: "",
}


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure in words: its characters, its number with its bound, what it counts, where and as of when."""

    characters: str
    words: str
    counted: str | None
    place: str | None
    as_of: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """A time in words: its characters, its value as TIMEX3 writes it, and the days it means."""

    characters: str
    value: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage in words; `marks` say that it is negated or hangs on a condition, `page` where it is printed."""

    id: str
    act: Act
    act_words: str
    marks: tuple[str, ...]
    characters: str
    start: int
    end: int
    figures: tuple[FigureEntry, ...]
    times: tuple[TimeEntry, ...]
    page: str


def passage_entries(passages: Sequence[LocatedPassage], pages: Sequence[int] = ()) -> tuple[PassageEntry, ...]:
    """The entries of a statement's passages, in order; `pages` begin at these characters of the report."""
    return tuple(
        PassageEntry(
            id=one.id,
            act=one.passage.act,
            act_words=ACT_WORDS[one.passage.act],
            marks=_marks(one.passage),
            characters=one.span.text,
            start=one.span.start,
            end=one.span.end,
            figures=tuple(map(_figure_entry, one.figures)),
            times=tuple(map(_time_entry, one.times)),
            page=page_words(pages, one.span.start, one.span.end),
        )
        for one in passages
    )


def figure_words(figure: Figure) -> str:
    """The number of a figure with its bound and unit.

    >>> from onrecord.domain.spans import Span
    >>> figure_words(Figure(Span(0, 1), 150000.0, bound=Bound.ABOUT)), figure_words(Figure(Span(0, 1), None, 20, 30))
    ('about 150,000', '20 to 30')
    """
    bound = _BOUND_WORDS[figure.bound]
    if figure.value is not None:
        words = bound + number_words(figure.value)
    elif figure.low is not None and figure.high is not None:
        words = f"{number_words(figure.low)} to {number_words(figure.high)}"
    elif figure.low is not None:
        words = (bound or "at least ") + number_words(figure.low)
    else:
        words = (bound or "at most ") + number_words(figure.high or 0.0)
    return f"{words} {figure.unit}" if figure.unit else words


def time_words(time: Time) -> str:
    """The days a time means, the last one included; empty where it means no stretch of the calendar."""
    if time.start is None and time.end is None:
        return ""
    if time.start is None:
        return f"before {when(time.end, True).words}"
    if time.end is None:
        return f"from {when(time.start, True).words} on"
    length = time.end - time.start
    if length.total_seconds() < 86_400:
        return f"{when(time.start).words} to {time.end:%H:%M}"
    last = time.end.fromordinal(time.end.toordinal() - (1 if not time.end.timetz().hour else 0))
    first_day, last_day = when(time.start, True).words, when(last.replace(tzinfo=time.start.tzinfo), True).words
    return first_day if first_day == last_day else f"{first_day} to {last_day}"


def passage_row(located: LocatedPassage) -> dict[str, object]:
    """A passage as an object for JSON, with its id and the characters of every span."""
    words = dict(_words(located))

    def quoted(span: Span) -> dict[str, object]:
        return {"start": span.start, "end": span.end, "text": words[span]}

    return {"id": located.id, **_row(located.passage, quoted)}


def bare_passage_row(passage: Passage) -> dict[str, object]:
    """A passage as an object for JSON, its spans as `[start, end]`."""
    return _row(passage, lambda span: [span.start, span.end])


def figure_cell(passages: Sequence[LocatedPassage]) -> str:
    """All figures of a statement in one line."""
    return counted_cell(one for passage in passages for one in passage.figures)


def counted_cell(figures: Iterable[LocatedFigure]) -> str:
    """Some figures in one line, each with what it counts."""
    return "; ".join(
        " ".join([figure_words(one.figure), *([one.counted.text] if one.counted is not None else [])])
        for one in figures
    )


def time_cell(passages: Sequence[LocatedPassage]) -> str:
    """All times of a statement in one line."""
    return "; ".join(f"{one.span.text} = {one.time.value}" for passage in passages for one in passage.times)


def _marks(passage: Passage) -> tuple[str, ...]:
    return (*(["negated"] if passage.negated else []), *(["conditional"] if passage.conditional else []))


def _figure_entry(located: LocatedFigure) -> FigureEntry:
    return FigureEntry(
        characters=located.span.text,
        words=figure_words(located.figure),
        counted=None if located.counted is None else shortened(located.counted.text, 120),
        place=None if located.place is None else shortened(located.place.text, 120),
        as_of=None if located.figure.as_of is None else time_words(located.figure.as_of) or located.figure.as_of.value,
        start=located.span.start,
        end=located.span.end,
    )


def _time_entry(located: LocatedTime) -> TimeEntry:
    return TimeEntry(
        characters=located.span.text,
        value=located.time.value,
        words=time_words(located.time),
        start=located.span.start,
        end=located.span.end,
    )


def _row(passage: Passage, span: Callable[[Span], object]) -> dict[str, object]:
    return {
        "span": span(passage.span),
        "act": passage.act.value,
        "negated": passage.negated,
        "conditional": passage.conditional,
        "figures": [_figure_row(figure, span) for figure in passage.figures],
        "times": [_time_row(time, span) for time in passage.times],
    }


def _figure_row(figure: Figure, span: Callable[[Span], object]) -> dict[str, object]:
    return {
        "span": span(figure.span),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound.value,
        "unit": figure.unit,
        "counted": None if figure.counted is None else span(figure.counted),
        "place": None if figure.place is None else span(figure.place),
        "as_of": None if figure.as_of is None else _time_row(figure.as_of, span),
    }


def _time_row(time: Time, span: Callable[[Span], object]) -> dict[str, object]:
    return {
        "span": span(time.span),
        "kind": time.kind.value,
        "value": time.value,
        "start": iso_time(time.start),
        "end": iso_time(time.end),
    }


def _words(located: LocatedPassage) -> Iterator[tuple[Span, str]]:
    """Every span of a passage with its characters."""
    spans = [located.span, *(time.span for time in located.times)]
    for figure in located.figures:
        spans += [one for one in (figure.span, figure.counted, figure.place, figure.as_of) if one is not None]
    yield from ((Span(span.start, span.end), span.text) for span in spans)
