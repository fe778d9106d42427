"""Patterns of dates: days, months, weekdays, holidays, and stretches counted from today."""

from __future__ import annotations

import re
from datetime import date

from onrecord.reading.times.calendar import Stretch, Unit, of
from onrecord.reading.times.mentions import Form, Mention, Pattern, around, shift_of
from onrecord.reading.times.vocabulary import (
    MONTH_WORDS,
    MONTHS,
    OTHER_MEANINGS,
    PART_WORDS,
    PARTS_OF_DAY,
    SHIFT_WORDS,
    STRETCH_WORDS,
    UNITS,
    WEEKDAY_WORDS,
    WEEKDAYS,
    YEAR_WORDS,
    alternatives,
)
from onrecord.reading.times.years import year_of

_I = re.IGNORECASE
ABBREVIATED = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec".split())
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SAID_OF_PEOPLE = frozenset("said says told has had is was will would did does asked added and's".split())
_NAME_BEFORE = re.compile(r"(?:\b(?P<word>[A-Z][a-z]{1,20}|Mrs?\.|Ms\.|Dr\.|Sen\.|Rep\.|Gov\.|Gen\.)\s)\Z")
_NO_NAME = frozenset(
    "In On By Since Until Till Last Next This From To Of Through During Before After Between Late Early Mid And Every "
    "Each Around About For The That Monday Tuesday Wednesday Thursday Friday Saturday Sunday Beginning Starting".split()
)
_IN_MONTH = re.compile(r"\b(?:in|since|until|till|by|early|late|mid|last|next|this)[\s-]\Z", _I)
_NEXT_WORD = re.compile(r"\s{1,2}([A-Za-z']{1,20})")
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:in|by|since|until|till|from|to|through|during|before|after|between|of|late|early|mid|and|last|next|this|for|"
    r"around|about|per|than)[\s-]\Z",
    _I,
)
_NEAR_DAYS: dict[str, tuple[int, str]] = {
    "today": (0, ""), "yesterday": (-1, ""), "tomorrow": (1, ""), "tonight": (0, "NI"), "overnight": (-1, "NI"),
    "the day before yesterday": (-2, ""), "the day after tomorrow": (2, ""), "last evening": (-1, "EV"),
    "last night": (-1, "NI"), "this morning": (0, "MO"), "this afternoon": (0, "AF"), "this evening": (0, "EV"),
    "tomorrow morning": (1, "MO"), "tomorrow afternoon": (1, "AF"), "tomorrow evening": (1, "EV"),
    "tomorrow night": (1, "NI"), "yesterday morning": (-1, "MO"), "yesterday afternoon": (-1, "AF"),
    "yesterday evening": (-1, "EV"), "yesterday night": (-1, "NI"),
}  # fmt: skip  # fmt: skip
_HOLIDAYS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "new year's eve": (12, 31),
    "new year's day": (1, 1), "new year's": (1, 1), "valentine's day": (2, 14), "halloween": (10, 31),
}  # fmt: skip  # fmt: skip


def month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _dated(match: re.Match[str], year: int, month: int, day: int) -> Mention | None:
    try:
        stretch = of(date(year, month, day), Unit.DAY)
    except ValueError:
        return None
    return Mention(match.start(), match.end(), Form.FIXED, stretch=stretch)


def _iso(match: re.Match[str]) -> Mention | None:
    year, month, day, hour, minute = (int(part or -1) for part in match.groups())
    mention = _dated(match, year, month, day)
    if mention is None or hour > 23 or minute > 59:
        return None
    return Mention(mention.start, mention.end, Form.FIXED, stretch=mention.stretch, hour=hour, minute=minute)


def _numeric(match: re.Match[str]) -> Mention | None:
    first, mark, second, year = match.group(1), match.group(2), match.group(3), match.group(4)
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
    if len(year) == 2 and mark == ".":
        return None
    month, day = (int(first), int(second)) if mark != "." else (int(second), int(first))
    return _dated(match, full, month, day) or _dated(match, full, day, month)


def _month_day(match: re.Match[str]) -> Mention | None:
    word = match.group("month")
    month, day = month_number(word), int(match.group("day"))
    if word.islower() and word.rstrip(".") in OTHER_MEANINGS and not match.group("year"):
        return None
    if not 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31):
        return None
    year = year_of(match.group("year")) if match.group("year") else None
    if year is not None:
        return _dated(match, year, month, day)
    return Mention(match.start(), match.end(), Form.IN_YEAR, Unit.DAY, month, day, shift=shift_of(match))


def _month_year(match: re.Match[str]) -> Mention | None:
    year = year_of(match.group("year"))
    if year is None or (match.group("month").islower() and match.group("month") in OTHER_MEANINGS):
        return None
    stretch = Stretch(Unit.MONTH, year * 12 + month_number(match.group("month")) - 1)
    return Mention(match.start(), match.end(), Form.FIXED, Unit.MONTH, stretch=stretch)


def _month(match: re.Match[str]) -> Mention | None:
    word = match.group("month")
    shift = shift_of(match)
    before, after = around(match)
    prepared = bool(_PREPOSITION_BEFORE.search(before)) or shift is not None
    if word.endswith("."):
        if not word[0].isupper() or not prepared:
            return None
    elif word.lower() in ABBREVIATED and shift is None:
        return None
    plain = word.lower().rstrip(".")
    if plain in OTHER_MEANINGS and (shift is None or not word[0].isupper()) and not _is_month(word, before, after):
        return None
    if match.group("every"):
        return Mention(match.start(), match.end(), Form.SET, value=f"XXXX-{month_number(word):02d}")
    return Mention(match.start(), match.end(), Form.IN_YEAR, Unit.MONTH, month_number(word), shift=shift)


def _is_month(word: str, before: str, after: str) -> bool:
    """Whether a word that is also a verb or somebody's name is the month, by the capital and the words around it."""
    plain = word.lower().rstrip(".")
    if not word[0].isupper() or (word.isupper() and plain in ("may", "march")):
        return False
    named = _NAME_BEFORE.search(before)
    if named and named.group("word") not in _NO_NAME:
        return False
    following = _NEXT_WORD.match(after)
    next_word = following[1] if following else ""
    if next_word[:1].isupper() and not _IN_MONTH.search(before):
        return False
    if _PREPOSITION_BEFORE.search(before):
        return True
    if next_word.lower() in _SAID_OF_PEOPLE:
        return False
    # "the March election" is the month's, "the March for Life" is not.
    attributive = before.endswith(("the ", " a ", "its ")) and next_word not in ("", "of", "for", "on", "to")
    return plain not in ("may", "march") or attributive


def _day_of_month(match: re.Match[str]) -> Mention | None:
    day = int(match.group("day"))
    return Mention(match.start("whole"), match.end("whole"), Form.DAY_OF_MONTH, day=day) if 1 <= day <= 31 else None


def _weekday(match: re.Match[str]) -> Mention | None:
    word = match.group("weekday")
    if not word[0].isupper():
        return None
    number = WEEKDAYS[word.lower().rstrip(".")]
    every, plural = match.group("every"), match.group("plural") or match.group("more")
    if every or plural:
        value = f"XXXX-WXX-{number + 1}" + (PARTS_OF_DAY[match.group("part").lower()] if match.group("part") else "")
        return Mention(
            match.start(),
            match.end(),
            Form.SET,
            value=value if not match.group("part") else f"{value[:10]}T{value[10:]}",
        )
    part = PARTS_OF_DAY[match.group("part").lower()] if match.group("part") else ""
    return Mention(match.start(), match.end(), Form.WEEKDAY, number=number, shift=shift_of(match), part=part)


def _near_day(match: re.Match[str]) -> Mention:
    shift, part = _NEAR_DAYS[" ".join(match.group().lower().split())]
    return Mention(match.start(), match.end(), Form.SHIFTED, Unit.DAY, shift=shift, count=1, part=part)


def _near_stretch(match: re.Match[str]) -> Mention | None:
    unit = UNITS[match.group("unit").lower()]
    shift = shift_of(match)
    if "past" in (match.group("last") or "").lower().split():
        # A length that ends now; time_lengths has it.
        return None
    if match.group("context"):
        # "the following month", "that week"
        following = match.group("context").lower().split()[-1]
        shift = {"following": 1, "previous": -1, "preceding": -1}.get(following, 0)
        return Mention(match.start(), match.end(), Form.FROM_CONTEXT, unit, shift=shift, count=1)
    return Mention(match.start(), match.end(), Form.SHIFTED, unit, shift=shift, count=1)


def _holiday(match: re.Match[str]) -> Mention:
    month, day = _HOLIDAYS[match.group("name").lower().replace("’", "'")]
    return Mention(match.start(), match.end(), Form.IN_YEAR, Unit.DAY, month, day, shift=shift_of(match))


PATTERNS: tuple[Pattern, ...] = (
    (re.compile(r"(?<![\d-])([12]\d{3})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d)?Z?)?(?![\d-])"), _iso),
    (re.compile(r"(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-]|\.\d)"), _numeric),
    (
        re.compile(
            rf"\b(?:{SHIFT_WORDS})?(?P<month>{MONTH_WORDS})\s{{0,2}}{_DAY}(?!\d|[.,:]\d|\s?%|\spercent)\b"
            rf"(?:(?:,\s?|\s){YEAR_WORDS})?",
            _I,
        ),
        _month_day,
    ),
    (
        re.compile(rf"\b(?:the\s)?{_DAY}(?:\s(?:day\s)?of)?\s?(?P<month>{MONTH_WORDS})(?:(?:,\s|\s){YEAR_WORDS})?", _I),
        _month_day,
    ),
    (re.compile(rf"\b(?P<month>{MONTH_WORDS})(?:,\s?|\sof\s|\s){YEAR_WORDS}", _I), _month_year),
    (
        re.compile(
            r"(?<!\w)(?:(?<!-)|(?<=mid-)|(?<=early-)|(?<=late-))"
            rf"(?:{SHIFT_WORDS}|(?P<every>every|each)\s)?(?P<month>{MONTH_WORDS})",
            _I,
        ),
        _month,
    ),
    (
        # "on the 16th the chief left", not "on the 16th floor"
        re.compile(
            r"\b(?:on|by|until|since|from|before|after|between|and|to|till|of)\s"
            rf"(?P<whole>the\s{_DAY})(?<=st|nd|rd|th)(?=\s?[.,;:)!?\"”]|\s(?:and|but|when|that|after|before|to|of this|"
            r"of last|of the month|in|at|he|she|they|it|we|was|as|with|a|an|the|his|her|its|their|this|two|three)\b|"
            r"\s?\Z)",
            _I,
        ),
        _day_of_month,
    ),
    (
        re.compile(
            rf"\b(?:{SHIFT_WORDS}|(?P<every>every|each)\s)?(?P<weekday>{WEEKDAY_WORDS})(?P<plural>s\b)?"
            rf"(?:\s(?P<part>{PART_WORDS}))?(?P<more>(?<=t|g|n)s)?\b",
            _I,
        ),
        _weekday,
    ),
    (re.compile(rf"\b{alternatives(_NEAR_DAYS)}\b".replace(r"\ ", r"\s"), _I), _near_day),
    (
        re.compile(
            rf"(?<![\w-])(?:{SHIFT_WORDS}|(?P<context>(?:the|that)\s(?:same|following|previous|preceding)|that)\s)"
            rf"(?:fiscal\s|calendar\s|whole\s|entire\s|academic\s)?(?P<unit>{STRETCH_WORDS})\b(?!-)",
            _I,
        ),
        _near_stretch,
    ),
    (
        re.compile(rf"\b(?:{SHIFT_WORDS})?(?P<name>{alternatives(_HOLIDAYS)})(?!\w|-)".replace("'", "['’]"), _I),
        _holiday,
    ),
)
