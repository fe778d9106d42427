"""Invented texts of one page, as somebody who looked at it again and again would have captured them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from onrecord.domain.reports import Capture, Input, Mark, MarkKind, Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.ledger.writer import Writer
from onrecord.pipeline import record
from onrecord.reading.reader import Reader
from onrecord.reading.readers import load_reader
from tests.ledger.material import Clock

PAGE = "https://courier.example/news/weir"
TOLD = datetime(2031, 3, 9, 8, tzinfo=UTC)

FIRST = """\
“Nobody was hurt at the weir,” Mayor Ida Holm said on Sunday. “We will open the gates on Tuesday.”

The regional governor, Oskar Brandt, said that 300 people had left their homes.

The ferry company said that it would run extra boats.

Read more: the river in pictures

1,204 comments
"""
SECOND = FIRST.replace("Nobody was hurt", "Two people were hurt").replace("300 people", "500 people")
THIRD = "Correction: an earlier version of this article gave another number of people.\n\n" + SECOND.replace(
    "500 people", "450 people"
)


def text_of(
    text: str,
    *,
    at: datetime | None = None,
    url: str | None = PAGE,
    place: str | None = None,
    title: str | None = "Weir holds",
    outlet: str | None = "The Courier",
    furniture: str = "Read more: the river in pictures",
    extractor: str = "test 1",
    content: bytes | None = None,
    name: str | None = None,
) -> Input:
    """A capture of a page with this text; `at` is when it was fetched."""
    raw = f"<p>{text}</p>{at}".encode() if content is None else content
    place = place or f"in/{at}.html"
    capture = Capture(raw, place, "text/html", at)
    begin = text.find(furniture)
    marks = () if begin < 0 else (Mark(Span(begin, begin + len(furniture)), MarkKind.BOILERPLATE),)
    report = Report(capture.sha256, text, outlet, title, None, url, TOLD, marks=marks, extractor=extractor)
    return Input(name or f"{report.id[:8]} {at}", place, capture, report)


def hours(number: int) -> datetime:
    """So many hours after the page was published."""
    return TOLD + timedelta(hours=number)


def recorded(path: Path, inputs: Iterable[Input], clock: Clock | None = None) -> Path:
    """A ledger with these inputs, each of them put on the record alone."""
    with Writer(path, clock=clock or Clock()) as writer:
        for _ in record(inputs, _reader(), writer):
            writer.commit()
    return path


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return load_reader("tagger")


def read(given: Input) -> tuple[Statement, ...]:
    """The statements of a text."""
    assert given.report is not None
    return _read(given.report)


@lru_cache(maxsize=64)
def _read(report: Report) -> tuple[Statement, ...]:
    return tuple(_reader().read_report(report))
