"""The words of time expressions in English, and what each stands for.

`*_WORDS` are pieces of regular expressions longest alternative first; the tables beside them say what
the words mean. Everything is lower case: the patterns ignore case where case says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from onrecord.reading.times.calendar import Unit


def alternatives(words: Iterable[str]) -> str:
    """A group that matches any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) + ")"


_MONTH_NAMES = "january february march april may june july august september october november december".split()
MONTHS: Mapping[str, int] = {name: k for k, name in enumerate(_MONTH_NAMES, 1)} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_MONTH_NAME = "|".join(_MONTH_NAMES)
MONTH_WORDS = rf"(?:(?:{_MONTH_NAME})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
OTHER_MEANINGS = frozenset({"march", "may", "april", "june", "august", "mar", "dec", "jan", "jun"})
"""Months that are also verbs, adjectives or people; they count only where a capital and the words around agree."""

WEEKDAYS: Mapping[str, int] = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tues": 1, "tue": 1, "wed": 2, "thurs": 3, "thur": 3, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
WEEKDAY_WORDS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)\b(?:\.|(?=,? ?\d)))"
)

UNITS: Mapping[str, Unit] = {
    "second": Unit.SECOND, "minute": Unit.MINUTE, "hour": Unit.HOUR, "day": Unit.DAY, "night": Unit.DAY,
    "week": Unit.WEEK,
    "weekend": Unit.WEEKEND, "month": Unit.MONTH, "quarter": Unit.QUARTER, "year": Unit.YEAR, "decade": Unit.DECADE,
    "fortnight": Unit.WEEK, "century": Unit.CENTURY, "centurie": Unit.CENTURY, "hr": Unit.HOUR, "min": Unit.MINUTE,
}  # fmt: skip
LENGTH_WORDS = (
    "(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|"
    "century|centuries)"
)
STRETCH_WORDS = r"(?:week|weekend|month|quarter|year|decade|century)"

SEASON_NAMES: Mapping[str, int] = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
SEASON_WORDS = r"(?:spring|summer|autumn|fall|winter)"

PARTS_OF_DAY: Mapping[str, str] = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "overnight": "NI", "dawn": "MO",
}  # fmt: skip
PART_WORDS = r"(?:morning|afternoon|evening|night)"
PART_HOURS: Mapping[str, tuple[int, int]] = {"MO": (6, 12), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30)}
"""From which hour to which a part of the day is; a night goes on into the next day."""

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS: Mapping[str, int] = {word: k for k, word in enumerate(_ONES)} | {w: 10 * k for k, w in enumerate(_TENS, 2)}
_ONE_TO_NINETEEN = alternatives(_ONES[1:])
_TENS_WORDS = alternatives(_TENS)
SMALL_NUMBERS = _ONE_TO_NINETEEN
NUMBER_WORDS = (
    r"(?:\d{1,3},\d{3}|\d{1,4}(?:\.\d{1,2})?(?:[ -]1/2)?"
    r"|(?:a|one|two|three|four|five) (?:hundred|thousand|dozen)"
    rf"|{_TENS_WORDS}(?:[ -]{_ONE_TO_NINETEEN})?|{_ONE_TO_NINETEEN})"
)
SPOKEN_YEAR = (
    rf"(?:(?:nineteen|twenty) (?:hundred|oh[ -]{_ONE_TO_NINETEEN}|{_TENS_WORDS}(?:[ -]{_ONE_TO_NINETEEN})?|"
    rf"{alternatives(_ONES[10:])})|two thousand(?: (?:and )?{_ONE_TO_NINETEEN})?)"
)

YEAR_WORDS = rf"(?P<year>[12]\d{{3}}\b|{SPOKEN_YEAR}\b)"
_LAST = "(?:this past|this last|last|past|previous)"
_NEXT = "(?:this coming|next|coming|upcoming)"
SHIFT_WORDS = rf"(?:(?P<last>(?:the )?{_LAST})|(?P<next>(?:the )?{_NEXT})|(?P<this>this|the current))\s"
"""Groups by name, for the functions that ask a match which of them it was."""

ORDINALS: Mapping[str, int] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
ORDINAL_WORDS = r"(?:first|second|third|fourth|final|1st|2nd|3rd|4th)"
CENTURY_ORDINALS: Mapping[str, int] = {
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "ninth": 9,
}  # fmt: skip
DECADES: Mapping[str, int] = {f"{word[:-1]}ies": k for k, word in enumerate(_TENS, 2)}

ZONES: Mapping[str, int | None] = {
    "gmt": 0, "utc": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "cst": -6,
    "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "et": None, "pt": None, "local time": None,
}  # fmt: skip
"""Hours ahead of UTC; None where the words do not tell, which is then read as UTC."""
ZONE_WORDS = (
    r"(?:GMT|UTC|BST|CEST|CET|EEST|EET|MSK|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|PT|local time|"
    r"(?-i:[A-Z][a-z]{2,15} time))"
)

PRESENT_WORDS = (
    r"(?:right now|just now|now(?!-)|currently|nowadays|at present|presently|at the moment|at this time|these days)"
)
PAST_WORDS = (
    r"(?:(?:most |more |as )?recently|lately|not long ago|long ago|(?:(?<=in )the past(?! \w+s\b))|the past(?= ?[.,;]))"
)
FUTURE_WORDS = (
    r"(?:the (?:near |foreseeable |not too distant )?future|(?:near )?future(?= ?[.,;])|"
    r"in (?:the )?(?:short|near) term)"
)

FREQUENCIES: Mapping[str, str] = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H",
    "nightly": "P1D", "fortnightly": "P2W",
}  # fmt: skip


def number(words: str) -> float | None:
    """The number that words or digits give, None where they give none.

    >>> number("twenty-five"), number("2 1/2"), number("a dozen"), number("1,500")
    (25.0, 2.5, 12.0, 1500.0)
    """
    text = words.lower().replace(",", "")
    half = 0.5 if text.endswith("1/2") else 0.0
    text = text.removesuffix("1/2").rstrip(" -")
    if not text:
        return half or None
    try:
        return float(text) + half
    except ValueError:
        pass
    total, last = 0.0, None
    for word in re.split(r"[ -]", text):
        if word in ("a", "an"):
            last = 1
        elif word in NUMBERS:
            total += last or 0
            last = NUMBERS[word]
        elif word in ("hundred", "thousand", "dozen"):
            last = (last or 1) * {"hundred": 100, "thousand": 1000, "dozen": 12}[word]
        else:
            return None
    return total + last if last is not None else None


def spoken_year(words: str) -> int | None:
    """The year that is written as it is spoken.

    >>> spoken_year("nineteen ninety-seven"), spoken_year("two thousand and three"), spoken_year("twenty twenty")
    (1997, 2003, 2020)
    """
    parts = [word for word in re.split(r"[ -]", words.lower()) if word not in ("and", "oh")]
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(NUMBERS.get(word, 0) for word in parts[2:])
    if parts and parts[0] in ("nineteen", "twenty"):
        rest = 0 if parts[1:] == ["hundred"] else sum(NUMBERS.get(word, 0) for word in parts[1:])
        return NUMBERS[parts[0]] * 100 + rest
    return None
