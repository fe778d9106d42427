"""Passages as the JSON that a statement's row keeps, and back: every span stands there with its characters.

Reading raises ValueError, KeyError or TypeError on what no writer of ours wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from onrecord.domain.passages import Act, Bound, Figure, Passage, Time, TimeKind
from onrecord.domain.spans import Span

Json = dict[str, Any]


def passages_json(passages: Sequence[Passage], text: str) -> str:
    """The passages of one statement as a JSON list; `text` is that of their report."""
    rows = [_passage_row(passage, text) for passage in passages]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def passages_of(value: str) -> tuple[Passage, ...]:
    """The passages that `passages_json` wrote."""
    rows = json.loads(value)
    if not isinstance(rows, list):
        raise ValueError("a list of passages was expected")
    return tuple(
        Passage(
            span=_span(row["span"]),
            act=Act(row["act"]),
            negated=bool(row["negated"]),
            conditional=bool(row["conditional"]),
            figures=tuple(_figure(one) for one in row["figures"]),
            times=tuple(_time(one) for one in row["times"]),
        )
        for row in rows
    )


def quoted_in(value: str) -> Iterator[tuple[Span, str]]:
    """Every span in a list of passages with the characters that were stored for it."""
    for row in json.loads(value):
        yield _quoted(row["span"])
        for figure in row["figures"]:
            for name in ("span", "counted", "place"):
                if figure[name] is not None:
                    yield _quoted(figure[name])
            if figure["as_of"] is not None:
                yield _quoted(figure["as_of"]["span"])
        for time in row["times"]:
            yield _quoted(time["span"])


def act_mark(act: Act) -> str:
    """What stands in the JSON of a passage of this act, and nowhere else: quotation marks in a text are escaped."""
    return f'"act":"{act.value}"'


def spans_of(passage: Passage) -> Iterator[Span]:
    """Every span of a passage."""
    yield passage.span
    for figure in passage.figures:
        yield from (span for span in (figure.span, figure.counted, figure.place) if span is not None)
        if figure.as_of is not None:
            yield figure.as_of.span
    yield from (time.span for time in passage.times)


def _passage_row(passage: Passage, text: str) -> Json:
    return {
        "span": _located(passage.span, text),
        "act": passage.act.value,
        "negated": passage.negated,
        "conditional": passage.conditional,
        "figures": [_figure_row(figure, text) for figure in passage.figures],
        "times": [_time_row(time, text) for time in passage.times],
    }


def _figure_row(figure: Figure, text: str) -> Json:
    return {
        "span": _located(figure.span, text),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound.value,
        "unit": figure.unit,
        "counted": None if figure.counted is None else _located(figure.counted, text),
        "place": None if figure.place is None else _located(figure.place, text),
        "as_of": None if figure.as_of is None else _time_row(figure.as_of, text),
    }


def _figure(row: Mapping[str, Any]) -> Figure:
    return Figure(
        span=_span(row["span"]),
        value=_number(row["value"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        bound=Bound(row["bound"]),
        unit=row["unit"],
        counted=None if row["counted"] is None else _span(row["counted"]),
        place=None if row["place"] is None else _span(row["place"]),
        as_of=None if row["as_of"] is None else _time(row["as_of"]),
    )


def _time_row(time: Time, text: str) -> Json:
    return {
        "span": _located(time.span, text),
        "kind": time.kind.value,
        "value": time.value,
        "start": _moment_text(time.start),
        "end": _moment_text(time.end),
    }


def _time(row: Mapping[str, Any]) -> Time:
    return Time(
        span=_span(row["span"]),
        kind=TimeKind(row["kind"]),
        value=str(row["value"]),
        start=_moment(row["start"]),
        end=_moment(row["end"]),
    )


def _number(value: Any) -> float | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise ValueError("a number was expected")
    return None if value is None else float(value)


def _located(span: Span, text: str) -> list[Any]:
    return [span.start, span.end, span.of(text)]


def _quoted(value: Sequence[Any]) -> tuple[Span, str]:
    start, end, text = value
    if not isinstance(text, str):
        raise ValueError("the characters of a span are text")
    return Span(start, end), text


def _span(value: Sequence[Any]) -> Span:
    return _quoted(value)[0]


def _moment_text(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"the time {moment.isoformat()} has no zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
