"""Places → inputs, one at a time: each ends as a report or as skipped with a reason, and none is lost.

The reasons are few and countable: empty, no words, no text, no article text, bad JSON, not an object, binary, not
text, too large, too long, damaged gzip, damaged PDF, encrypted, too many pages, too slow, unreadable, not found, link
not followed, unsupported format, and "language: xx"; of archives also not pages, damaged archive, wrong digest and
unverified package.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from onrecord.domain.reports import Capture, Input
from onrecord.errors import InputError
from onrecord.settings import Settings
from onrecord.sources.archives import Taken, archived, estimated
from onrecord.sources.extraction import report_of
from onrecord.sources.formats import ARCHIVES, MEDIA_TYPES, Format, archive_named, format_of
from onrecord.sources.metadata import NO_DEFAULTS, Defaults, one_line, storable, web_address
from onrecord.sources.places import STANDARD_INPUT, Found, find
from onrecord.sources.records import elements, is_array, record_name, shape
from onrecord.sources.streams import HEAD, Stream
from onrecord.sources.stretches import Groups, Lines, Stretch

KEPT_WHEN_SKIPPED = 1_000_000
"""Captures of skipped inputs are handed on up to this many bytes, so that their hash is on the record."""
MOST_COUNTED = 2_000_000_000
"""Bytes of JSON Lines that are read at most to count their lines."""


def gather(
    places: Iterable[str | Path],
    settings: Settings,
    *,
    defaults: Defaults = NO_DEFAULTS,
    stdin: BinaryIO | None = None,
) -> Iterator[Input]:
    """Every input at the places, in order; at most one is in memory.

    A place is a file, a folder, a glob pattern or "-" for standard input (`stdin`, or else the process's own). Never
    raises for what an input holds or lacks: that becomes the `reason` of an Input.
    """
    for found in find(places):
        for one in taken(found, settings, stdin=stdin):
            yield opened(one, settings, defaults)


def taken(
    found: Found, settings: Settings, *, stretch: Stretch | None = None, stdin: BinaryIO | None = None
) -> Iterator[Taken | Input]:
    """What one file holds, in order and each as it is taken out of it, for `opened`; or a stretch of it.

    Names and places are the same whether a file is taken as a whole or by stretches.
    """
    if found.reason is not None:
        yield Input(found.name, found.shown, reason=found.reason, detail=found.detail)
    elif found.path is None:
        raw = stdin if stdin is not None else sys.stdin.buffer
        yield from _read(raw, "stdin", STANDARD_INPUT, settings, stretch)
    else:
        yield from _read_file(found, found.path, settings, stretch)


def opened(one: Taken | Input, settings: Settings, defaults: Defaults = NO_DEFAULTS) -> Input:
    """The input with its report, or with the reason why it is none. Only this looks at what a capture says."""
    if isinstance(one, Input):
        return one
    found = _input(one.capture, one.name, settings, defaults, url=one.url)
    return replace(found, detail=storable("; ".join(filter(None, (*one.remarks, found.detail)))))


def is_lines(kind: Format, head: bytes) -> bool:
    """Whether a file of this kind that begins with `head` is read line by line: data sets are often called .json."""
    first, _, rest = head.lstrip().partition(b"\n")
    return kind is Format.JSON_LINES or (
        kind is Format.JSON and bool(rest.strip()) and len(first) < HEAD and shape(first) is dict
    )


def count(places: Iterable[str | Path]) -> int | None:
    """How many inputs there will be, about: files, lines of JSON Lines, rows of Parquet, and pages of archives.

    Of a large WARC as many pages are taken to be in each megabyte as in the first two. None where it takes more than a
    look.
    """
    total = counted = 0
    for found in find(places):
        suffixes = [suffix.lower() for suffix in Path(found.name).suffixes[-2:]]
        if found.path is None and found.reason is None:
            return None
        if found.path is None:
            total += 1
        elif archive_named(found.name) is not None:
            total += estimated(found.path, found.name)
        elif suffixes[-1:] == [".json"] or (suffixes[-1:] == [".gz"] and suffixes[0] in {".jsonl", ".ndjson", ".json"}):
            return None
        elif suffixes[-1:] in ([".jsonl"], [".ndjson"]):
            try:
                counted += found.path.stat().st_size
                if counted > MOST_COUNTED or not found.path.is_file():
                    return None
                total += _count_lines(found.path)
            except OSError:
                total += 1
        else:
            total += 1
    return total


def from_text(
    text: str,
    settings: Settings | None = None,
    *,
    name: str = "text",
    outlet: str | None = None,
    title: str | None = None,
    author: str | None = None,
    url: str | None = None,
    published: datetime | None = None,
    language: str | None = None,
) -> Input:
    """The input for a text that is handed in as a string; its capture is the text in UTF-8.

    Raises:
        ValueError: when `published` has no time zone or `url` is not an http(s) address.
    """
    settings = settings or Settings()
    address = web_address(url)
    if url is not None and address is None:
        raise ValueError(f"not an http(s) address: {url!r}")
    defaults = Defaults(one_line(outlet), published, language)
    place = f"text:{storable(name)}"
    content = storable(text).encode("utf-8")
    if len(content) > settings.max_input:
        return Input(name, place, reason="too large", detail=f"more than {settings.max_input} bytes")
    return _input(
        Capture(content, place, "text/plain"),
        storable(name),
        settings,
        defaults,
        title=one_line(title),
        author=one_line(author),
        url=address,
    )


def _read_file(found: Found, path: Path, settings: Settings, stretch: Stretch | None) -> Iterator[Taken | Input]:
    try:
        raw = path.open("rb")
    except OSError as error:
        yield Input(found.name, found.shown, reason="unreadable", detail=error.strerror or str(error))
        return
    with closing(raw):
        yield from _read(raw, found.name, found.shown, settings, stretch)


def _read(raw: BinaryIO, name: str, place: str, settings: Settings, stretch: Stretch | None) -> Iterator[Taken | Input]:
    stream = Stream(raw)
    try:
        inner = name[:-3] if name.lower().endswith(".gz") else name
        kind = format_of(inner, stream.head)
        if kind in ARCHIVES:
            groups = stretch if isinstance(stretch, Groups) else None
            yield from archived(kind, raw, stream, name, place, settings.max_input, groups)
        elif is_lines(kind, stream.head):
            yield from _read_lines(stream, name, place, settings, stretch if isinstance(stretch, Lines) else None)
        elif kind is Format.JSON:
            yield from _read_json(stream, name, place, settings)
        else:
            content = stream.whole(settings.max_input)
            yield Taken(name, Capture(content, place, MEDIA_TYPES[kind]))
    except InputError as error:
        yield Input(name, place, reason=error.reason, detail=storable(error.detail))


def _read_json(stream: Stream, name: str, place: str, settings: Settings) -> Iterator[Taken | Input]:
    """One object, an array, or lines after all."""
    content = stream.whole(settings.max_input)
    kind = shape(content)
    if kind is dict or not content.strip():
        yield Taken(record_name(content) or name, Capture(content, place, "application/json"))
    elif is_array(content):
        yield from _read_array(content, name, place)
    elif any(shape(line) is dict for line in islice(io.BytesIO(content), 100)):
        yield from _read_lines(Stream(io.BytesIO(content)), name, place, settings)
    else:
        yield Taken(name, Capture(content, place, "application/json"))


def _read_lines(
    stream: Stream, name: str, place: str, settings: Settings, stretch: Lines | None = None
) -> Iterator[Taken | Input]:
    number, wanted = 0, stretch or Lines(1, None, 0)
    lines = stream.lines(settings.max_input, first=wanted.first, last=wanted.last, offset=wanted.offset)
    for number, line in lines:
        where, fallback = f"{place}#L{number}", f"{name}#{number}"
        if line is None:
            yield Input(fallback, where, reason="too large", detail=f"a line of more than {settings.max_input} bytes")
        else:
            yield Taken(record_name(line) or fallback, Capture(line, where, "application/json"))
    if number == 0 and stretch is None:
        raise InputError("empty")


def _read_array(content: bytes, name: str, place: str) -> Iterator[Taken | Input]:
    """The elements of an array; their places are JSON Pointers (RFC 6901), their names count from 1."""
    number = 0
    for number, element in enumerate(elements(content), start=1):
        capture = Capture(element, f"{place}#/{number - 1}", "application/json")
        yield Taken(record_name(element) or f"{name}#{number}", capture)
    if number == 0:
        raise InputError("empty", "the array has no elements")


def _input(capture: Capture, name: str, settings: Settings, defaults: Defaults, **given: str | None) -> Input:
    try:
        report, detail = report_of(capture, settings, defaults, **given)
    except InputError as error:
        kept = capture if len(capture.content) <= KEPT_WHEN_SKIPPED else None
        return Input(name, capture.place, capture=kept, reason=error.reason, detail=storable(error.detail))
    return Input(name, capture.place, capture=capture, report=report, detail=detail)


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        lines, last = 0, b"\n"
        while chunk := file.read(1 << 20):
            lines += chunk.count(b"\n")
            last = chunk
        return lines + (not last.endswith(b"\n"))
