"""How dates, speakers, kinds and scores are put into words, the same on every page and in every table.

Everything here returns plain text, never markup; whoever prints it escapes it. Words are English and do not follow
the locale of the machine, so that two people see the same page.
"""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from onrecord.domain.reports import MarkKind
from onrecord.domain.statements import Basis, Kind, Speaker

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

KIND_WORDS: dict[Kind, str] = {
    Kind.DIRECT: "in quotation marks",
    Kind.INDIRECT: "in the reporter’s words",
    Kind.MIXED: "partly in quotation marks",
}

BASIS_WORDS: dict[Basis, str] = {
    Basis.NAMED: "the source names the speaker",
    Basis.SHORTENED: "the source shortens a name that the report gives in full",
    Basis.PRONOUN: "the source is a pronoun, traced to a name in the report",
    Basis.DESCRIPTION: "the source describes the speaker, traced to a name in the report",
    Basis.CONTINUED: "no source stands here; the quotation goes on from the speaker before it",
    Basis.UNNAMED: "the report does not name the speaker, or it was not safe to choose a name",
    Basis.JUDGED: "a person said who speaks",
}

MARK_WORDS: dict[MarkKind, str] = {
    MarkKind.BOILERPLATE: "not read: page furniture",
    MarkKind.CAPTION: "not read: caption",
    MarkKind.TITLE: "not read: headline",
}


@dataclass(frozen=True, slots=True)
class When:
    """A time twice: for machines (ISO 8601 in UTC, a day alone as such; None when unknown) and for people."""

    iso: str | None
    words: str


def iso_time(moment: datetime | None, is_day: bool = False) -> str | None:
    """ISO 8601 in UTC with a Z, to the second unless finer; the day alone when only a day is known.

    >>> iso_time(datetime(2022, 2, 17, 14, 5, tzinfo=UTC)), iso_time(datetime(2022, 2, 17, tzinfo=UTC), is_day=True)
    ('2022-02-17T14:05:00Z', '2022-02-17')
    """
    if moment is None:
        return None
    moment = moment.astimezone(UTC)
    return moment.date().isoformat() if is_day else moment.isoformat().replace("+00:00", "Z")


def when(moment: datetime | None, is_day: bool = False, unknown: str = "date not stated") -> When:
    """The time for machines and for people.

    >>> when(datetime(2022, 2, 17, 14, 5, tzinfo=UTC)).words, when(None).words
    ('17 February 2022, 14:05 UTC', 'date not stated')
    """
    iso = iso_time(moment, is_day)
    if moment is None or iso is None:
        return When(None, unknown)
    moment = moment.astimezone(UTC)
    day = day_words(moment)
    return When(iso, day if is_day else f"{day}, {moment:%H:%M} UTC")


def day_words(day: date) -> str:
    """A day for people.

    >>> day_words(date(2022, 2, 17))
    '17 February 2022'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_words(first: date, last: date) -> str:
    """A stretch of days for people: a whole year or month by its name, and nothing said twice.

    >>> days_words(date(2022, 1, 1), date(2022, 12, 31)), days_words(date(2022, 2, 1), date(2022, 2, 28))
    ('2022', 'February 2022')
    >>> days_words(date(2022, 2, 7), date(2022, 2, 9)), days_words(date(2022, 2, 28), date(2022, 3, 6))
    ('7 to 9 February 2022', '28 February to 6 March 2022')
    """
    if first == last:
        return day_words(last)
    if first.year != last.year:
        return f"{day_words(first)} to {day_words(last)}"
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and (first.month, last.month) == (1, 12):
        return str(last.year)
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {day_words(last)}"
    return f"{MONTHS[last.month - 1]} {last.year}" if whole else f"{first.day} to {day_words(last)}"


def short_day(day: date) -> str:
    """A day for people where there is little room, without its year.

    >>> short_day(date(2022, 2, 17))
    '17 Feb'
    """
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def shortened(text: str, limit: int) -> str:
    """The text on one line, cut at a word near `limit` characters with an ellipsis.

    >>> shortened("The  minister\\nspoke at length", 14)
    'The minister…'
    """
    # A title of megabytes is cut before its white space is folded.
    text = " ".join(text[: limit * 4 + 64].split())
    if len(text) <= limit:
        return text
    space = text.rfind(" ", limit // 2, limit)
    return text[: space if space >= 0 else limit - 1].rstrip(" ,;:") + "…"


def speaker_words(speaker: Speaker, source: str = "") -> str:
    """The speaker as a reader should see it; an unnamed one is called so, with the words of the source.

    >>> from onrecord.domain.statements import UNNAMED
    >>> speaker_words(UNNAMED, "two officials")
    'unnamed (two officials)'
    """
    if speaker.name is not None:
        return shortened(speaker.name, 160)
    return f"unnamed ({shortened(source, 80)})" if source.strip() else "unnamed"


def confidence_words(confidence: float) -> str:
    """The reader's confidence as a whole percentage; never 100 for anything short of certainty.

    >>> confidence_words(0.934), confidence_words(0.9999)
    ('93%', '99%')
    """
    return f"{int(max(0.0, min(1.0, confidence)) * 100 + 1e-9)}%"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 statement", "12,345 statements".

    >>> counted(1, "report", "reports"), counted(12345, "report", "reports")
    ('1 report', '12,345 reports')
    """
    return f"{number:,} {one if number == 1 else many}"


def number_words(number: float) -> str:
    """A number for people: thousands parted, no zeros behind the point.

    >>> number_words(150000.0), number_words(2.50), number_words(1e30)
    ('150,000', '2.5', '1e+30')
    """
    if abs(number) >= 1e15:
        return f"{number:g}"
    return f"{number:,.0f}" if number == int(number) else f"{number:,.6f}".rstrip("0").rstrip(".")


def web_address(url: str | None) -> str | None:
    """The address when it is safe to offer as a link: http or https with a host and nothing but printable characters.

    >>> web_address("https://example.org/a?b=c"), web_address("javascript:alert(1)")
    ('https://example.org/a?b=c', None)
    """
    if url is None or len(url) > 2000 or any(c.isspace() or unicodedata.category(c)[0] == "C" for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    # An address with a name and password in it can pretend to be another place.
    return url if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else None


def printable(text: str) -> str:
    """The text with control characters and lone surrogates as U+FFFD; line feeds and tabs stay.

    Neither a terminal, an HTML document nor UTF-8 can carry them safely. One character stays one character.
    """
    if text.isprintable():
        return text
    return "".join("\ufffd" if c not in "\n\r\t" and unicodedata.category(c) in ("Cc", "Cs") else c for c in text)


def for_xml(text: str) -> str:
    """The text as `printable`, and without the two noncharacters that XML 1.0 refuses besides."""
    return printable(text).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
