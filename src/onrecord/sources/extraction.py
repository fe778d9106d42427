"""Capture → Report: one path for every format, so that a report's text can be made again from its capture."""

from __future__ import annotations

import re
from datetime import UTC, time

from onrecord.domain.reports import Capture, Mark, MarkKind, Report
from onrecord.domain.spans import trimmed
from onrecord.errors import InputError
from onrecord.settings import Settings
from onrecord.sources.documents import extract_document
from onrecord.sources.furniture import furniture
from onrecord.sources.language import language_of
from onrecord.sources.metadata import NO_DEFAULTS, Defaults, Extracted, one_line
from onrecord.sources.pages import extract_page
from onrecord.sources.plain import extract_plain
from onrecord.sources.records import extract_record

_FIRST_LINE = re.compile(r"\s*+(?P<line>[^\r\n]++)")


def text_of(content: bytes, media_type: str) -> str:
    """The text of the report that these bytes make: the one that every offset of its statements points into.

    `media_type` is the capture's, with or without a charset. A page's text depends on the version of the extractor
    that its report names.

    Raises:
        InputError: when the bytes make no report, with the reason.
    """
    return _extracted(content, media_type).text


def report_of(
    capture: Capture, settings: Settings, defaults: Defaults = NO_DEFAULTS, **given: str | None
) -> tuple[Report, str]:
    """The report in a capture, and remarks on what was not clean ("" where nothing was).

    `given` are a title, author or url that are known from elsewhere and go before what the capture says.

    Raises:
        InputError: when the bytes make no report, with the reason.
    """
    if not capture.content.strip():
        raise InputError("empty")
    found = _extracted(capture.content, capture.media_type)
    if len(found.text) > settings.max_text:
        raise InputError("too long", f"{len(found.text)} characters, {settings.max_text} are allowed")
    # Short reports are reports: one sentence can hold a statement. Only a text without any word is turned away.
    if not any(character.isalpha() for character in found.text):
        raise InputError("no words" if found.text.strip() else "empty")
    title = given.get("title") or found.title
    marks = headline(found.text, title, furniture(found.text))
    language = language_of(found.text, marks, found.language or defaults.language)
    if language != "en":
        raise InputError(f"language: {language}", "only English is read")
    published, is_day = found.published, found.published_is_day
    if published is None:
        published = defaults.published
        is_day = published is not None and published.astimezone(UTC).time() == time()
    report = Report(
        capture=capture.sha256,
        text=found.text,
        outlet=found.outlet or defaults.outlet,
        title=title,
        author=given.get("author") or found.author,
        url=given.get("url") or found.url,
        published=published.astimezone(UTC) if published else None,
        published_is_day=is_day,
        language=language,
        marks=marks,
        extractor=found.extractor,
        extra=found.extra,
    )
    return report, "; ".join(found.remarks)


def headline(text: str, title: str | None, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks with one more where the text begins with its title.

    A headline shortens what the report says below it; read as well, it would be the same statement twice.
    """
    first = _FIRST_LINE.match(text)
    span = trimmed(text, *first.span("line")) if first else None
    if title is None or span is None or one_line(span.of(text)) != one_line(title) or not text[span.end :].strip():
        return marks
    return (Mark(span, MarkKind.TITLE), *(mark for mark in marks if not mark.span.overlaps(span)))


def _extracted(content: bytes, media_type: str) -> Extracted:
    kind, _, parameters = media_type.partition(";")
    charset = parameters.partition("charset=")[2].strip(" \"'") or None
    match kind.strip().lower():
        case "text/html" | "application/xhtml+xml":
            return extract_page(content, charset)
        case "application/json":
            return extract_record(content)
        case "application/pdf":
            return extract_document(content)
        case "text/plain":
            return extract_plain(content, charset)
    raise InputError("unsupported format", media_type)
