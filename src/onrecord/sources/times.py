"""Publication times, read strictly and kept in UTC.

Understood are ISO 8601, RFC 2822 and a few forms in words ("17 February 2022", "Feb. 17, 2022, 10:30 a.m. EST").
Numbers divided by slashes are refused, since 02/03/2022 is two days. A time without a zone is taken as UTC; a time
with a zone that is not known gives its day only.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

EARLIEST, LATEST = datetime(1700, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = (
    r"(?:(?:,|\s+at|\s+-|,\s+at)?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>\(?[a-z]{1,5}\)?|[+-]\d{2}:?\d{2})?)?"
)
_IN_WORDS = (
    re.compile(rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE),
)
_ISO_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}|\d{4}-?W\d{2}-?\d")
_ISO_TIME = re.compile(r"(\d{4}-?\d{2}-?\d{2})[T ]\d{2}(:?\d{2}.*)?", re.IGNORECASE)
_ISO_SPACED_ZONE = re.compile(r"\s+(?:(UTC|GMT|Z)|([+-]\d{2}:?\d{2}))$", re.IGNORECASE)
_EMAIL = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?\s+(\S+)")
# The zones that RFC 2822 defines by name, in hours from UTC.
_ZONES = {"utc": 0, "gmt": 0, "ut": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5}
_ZONES |= {"mst": -7, "mdt": -6, "pst": -8, "pdt": -7}


def parse_published(value: object) -> tuple[datetime, bool] | None:
    """The time in UTC and whether it is a day without a time, or None when it is not understood.

    Midnight without a zone counts as a day: that is how days come out of tables. Whole numbers count as seconds or
    milliseconds since 1970 where that gives a time after 1973.

    >>> parse_published("Thu, 17 Feb 2022 10:30:00 +0200")
    (datetime.datetime(2022, 2, 17, 8, 30, tzinfo=datetime.timezone.utc), False)
    >>> parse_published("17 February 2022")
    (datetime.datetime(2022, 2, 17, 0, 0, tzinfo=datetime.timezone.utc), True)
    >>> parse_published("02/03/2022") is None
    True
    """
    try:
        if isinstance(value, datetime):
            found: tuple[datetime, bool] | None = (value, False)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = _from_number(value)
        elif isinstance(value, str) and len(value) <= 100:
            text = " ".join(value.split())
            found = _from_iso(text) or _from_email(text) or _from_words(text)
        else:
            found = None
        if found is None:
            return None
        when, is_day = found
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return (when, is_day) if EARLIEST <= when < LATEST else None


def _from_number(value: int | float) -> tuple[datetime, bool] | None:
    if 1e8 <= value < 1e10:
        return datetime.fromtimestamp(value, UTC), False
    if 1e11 <= value < 1e13:
        return datetime.fromtimestamp(value / 1000, UTC), False
    return _from_iso(str(value)) if isinstance(value, int) else None


def _from_iso(text: str) -> tuple[datetime, bool] | None:
    if _ISO_DAY.fullmatch(text):
        return datetime.fromisoformat(text), True
    if not _ISO_TIME.fullmatch(text):
        return None
    joined = _ISO_SPACED_ZONE.sub(lambda m: "Z" if m[1] else m[2], text)
    try:
        when = datetime.fromisoformat(joined.upper())
    except ValueError:
        return None
    midnight = when.tzinfo is None and (when.hour, when.minute, when.second, when.microsecond) == (0, 0, 0, 0)
    return when, midnight


def _from_email(text: str) -> tuple[datetime, bool] | None:
    match = _EMAIL.fullmatch(text)
    # The standard library silently reads a zone it does not know as UTC, so those are left to the forms in words.
    if not match or not (match[1].lower() in _ZONES or re.fullmatch(r"[+-]\d{4}", match[1])):
        return None
    return parsedate_to_datetime(text), False


def _from_words(text: str) -> tuple[datetime, bool] | None:
    for form in _IN_WORDS:
        match = form.fullmatch(text)
        if match:
            break
    else:
        return None
    day = datetime(int(match["year"]), _MONTHS.index(match["month"][:3].lower()) + 1, int(match["day"]))  # noqa: DTZ001
    if match["hour"] is None:
        return day, True
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    when = day.replace(hour=hour, minute=int(match["minute"]), second=int(match["second"] or 0))
    zone = (match["zone"] or "utc").strip("()").lower()
    if zone[0] in "+-":
        shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return when.replace(tzinfo=timezone(-shift if zone[0] == "-" else shift)), False
    if zone not in _ZONES:
        return day, True
    return when.replace(tzinfo=timezone(timedelta(hours=_ZONES[zone]))), False
