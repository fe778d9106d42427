"""PDF → text and metadata: title, author and day from what is printed first, and from what the file says of itself.

What is printed goes before what the file says: titles of files are often those of the template they were made from.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from onrecord.domain.paging import pages_kept
from onrecord.errors import InputError
from onrecord.sources.documents.flowing import first_lines, flowed
from onrecord.sources.documents.opening import SECONDS, opened
from onrecord.sources.metadata import Extracted, one_line, storable
from onrecord.sources.plain import LONGEST_TITLE, title_of
from onrecord.sources.times import parse_published

FIRST: Final = 800
"""Characters at the beginning in which a day is looked for."""

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|document\d*|title|press release|news release|\(anonymous\)"
    r"|\(unspecified\)|.*\.(?:docx?|pdf|indd|rtf|odt|pub|qxd))",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:anonymous|\(?unspecified\)?|unknown|admin(?:istrator)?|user|owner|root|author|.*[\\@].*|\W*)|\S*\d\S*",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})\b"
)
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def extract_document(content: bytes, seconds: float = SECONDS) -> Extracted:
    """The text and metadata of a PDF, with the beginnings of its pages in `extra`.

    Raises:
        InputError: "no text", or what `opened` raises.
    """
    document = opened(content, seconds)
    found = flowed(document.pages)
    text = storable(found.text)
    if not text.strip():
        pictures = "this PDF holds pictures of pages; make their text readable first (OCR)"
        raise InputError("no text", pictures if document.pictured else "no page of this PDF holds text")
    remarks = [f"running heads and page numbers left out: {found.left_out} lines"] if found.left_out else []
    when = _printed_day(text)
    if when is None and (when := _created(document.created)) is not None:
        remarks.append("published: the day on which the PDF was made")
    return Extracted(
        text,
        document.library,
        title=_title(document.title, found.heading, text),
        author=_author(document.author),
        published=when[0] if when else None,
        published_is_day=when is not None,
        extra=pages_kept(found.starts),
        remarks=tuple(remarks),
    )


def _title(told: str | None, heading: str | None, text: str) -> str | None:
    own = one_line(told)
    own = None if own is None or _NO_TITLE.fullmatch(own) else own
    printed = " ".join(text[: 2 * FIRST].split()).casefold()
    if own is not None and own.casefold() in printed:
        return own
    large = one_line(heading) if heading and len(heading) <= LONGEST_TITLE else None
    large = None if large is None or _NO_TITLE.fullmatch(large) else large
    return large or own or title_of(text)


def _author(told: str | None) -> str | None:
    own = one_line(told)
    return None if own is None or _NO_AUTHOR.fullmatch(own) else own


def _printed_day(text: str) -> tuple[datetime, bool] | None:
    """The first day that the first lines give, other than in the middle of a sentence."""
    at = 0
    for paragraph in first_lines(text):
        found = _DAY.search(paragraph)
        # A dateline stands near the beginning of its paragraph, and a line with a day alone is short.
        if found and at < FIRST and (found.start() < 60 or len(paragraph) < 120):
            when = parse_published(found.group())
            if when is not None:
                return when[0], True
        at += len(paragraph) + 2
    return None


def _created(told: str | None) -> tuple[datetime, bool] | None:
    found = _CREATED.match(told or "")
    return parse_published("-".join(found.groups())) if found else None
