"""Patterns of lengths (three days), of sets (every week), of what counts from elsewhere (a year ago), and of now."""

from __future__ import annotations

import re

from onrecord.reading.times.calendar import SEASONS, Unit
from onrecord.reading.times.mentions import Builder, Form, Mention, Pattern
from onrecord.reading.times.vocabulary import (
    FREQUENCIES,
    FUTURE_WORDS,
    LENGTH_WORDS,
    NUMBER_WORDS,
    PART_WORDS,
    PARTS_OF_DAY,
    PAST_WORDS,
    PRESENT_WORDS,
    SEASON_NAMES,
    SEASON_WORDS,
    SMALL_NUMBERS,
    UNITS,
    alternatives,
    number,
)

_I = re.IGNORECASE
_FORMER = "last|past|previous|preceding|latest"
_LATTER = "next|coming|following"
_VAGUE = r"(?:several|a few|few|many|some|a number of|the few|various|countless|long)"
_AGO = r"(?:\s(?:(?P<ago>ago)|(?P<back>earlier|previously)|(?P<on>later)|(?P<hence>from now|from today|hence)))"
_RATE_BEFORE = re.compile(
    r"(?:\b(?:once|twice|thrice|times|percent|%|million|billion|thousand|hundred|barrels?|hours?|days?|miles|tons?|"
    r"tonnes|dollars|people|\d(?:[\d,.]{0,12}\d)?|as much as|cents|dozen|each)\s?)\Z",
    _I,
)


def unit_of(word: str) -> Unit:
    """The unit that a word, singular or plural, means."""
    plain = word.lower()
    return UNITS["century"] if plain.startswith("centur") else UNITS.get(plain) or UNITS[plain.removesuffix("s")]


def unit_word(words: str) -> bool:
    """Whether words count one of something ("a", "an additional") and not more of it ("a hundred")."""
    return not words.endswith(("hundred", "thousand", "dozen"))


def length_value(count: float | None, unit: Unit, word: str = "") -> str:
    """The TIMEX3 value of a length; None for a number that the words leave open.

    >>> length_value(3, Unit.DAY), length_value(2.5, Unit.YEAR), length_value(None, Unit.HOUR)
    ('P3D', 'P2Y6M', 'PTXH')
    """
    letter = unit.value
    if count is None:
        return f"PTX{letter[1:]}" if letter.startswith("T") else f"PX{letter}"
    factor = {Unit.DECADE: (10, "Y"), Unit.CENTURY: (100, "Y")}.get(unit, (1, letter))
    if word.lower().startswith("fortnight"):
        factor = (2, "W")
    elif unit is Unit.HALF:
        factor = (6, "M")
    amount, letter = count * factor[0], factor[1]
    whole = int(amount)
    rest = amount - whole
    smaller = {"Y": (12, "M"), "TH": (60, "M"), "TM": (60, "S"), "D": (24, "TH"), "W": (7, "D")}.get(letter)
    prefix = "PT" if letter.startswith("T") else "P"
    text = f"{whole}{letter.removeprefix('T')}" if whole or not smaller else ""
    if rest and smaller:
        part = round(rest * smaller[0])
        text += f"T{part}{smaller[1][1:]}" if smaller[1].startswith("T") else f"{part}{smaller[1]}"
    elif rest:
        text = f"{amount:g}{letter}"
    return prefix + text


def _count(match: re.Match[str], unit: Unit) -> float | None:
    """How many units a match counts, None where it leaves that open.

    Raises:
        ValueError: when the words count something else.
    """
    named = match.groupdict()
    plain = (named.get("number") or "").lower()
    if named.get("half"):
        return 0.5
    if named.get("couple"):
        return 2.0
    if not plain:
        return None
    single = plain.split()[0] in ("a", "an", "another") and unit_word(plain)
    count = 1.0 if single else number(plain)
    bare = match.group("unit")[-1] not in "sS" and named.get("hyphen") != "-"
    if count is None or count > 9999:
        raise ValueError("not a number of units")
    if unit in (Unit.SECOND, Unit.QUARTER, Unit.WEEKEND) and (single or (bare and count > 1)):
        # "a second term", "the 1988 second quarter"
        raise ValueError("an ordinal or a share")
    if plain.isdigit() and len(plain) == 4 and unit is Unit.YEAR and not plain.endswith("00"):
        raise ValueError("a year, not years")
    return count + (0.5 if named.get("and_half") or named.get("half_more") else 0.0)


def _length(match: re.Match[str]) -> Mention | None:
    word, named = match.group("unit"), match.groupdict()
    unit, start, end = unit_of(word), match.start(), match.end()
    hyphenated = named.get("hyphen") == "-"
    try:
        count = _count(match, unit)
    except ValueError:
        return None
    if unit is Unit.QUARTER and hyphenated:
        # Three-quarters are a share.
        return None
    rated = _RATE_BEFORE.search(match.string[max(0, start - 14) : start]) and not named.get("ago")
    if rated and (named.get("number") or "").lower() in ("a", "an"):
        return Mention(start, match.end("unit"), Form.SET, value=length_value(1, unit))
    if hyphenated and match.group().lower().startswith("the "):
        # The article of "the 16-hour siege" belongs to the siege.
        start += 4
    if named.get("range"):
        count = None
    value = length_value(count, unit, word)
    if named.get("ago") or named.get("hence"):
        sign = -1 if named.get("ago") else 1
        if count is None:
            return Mention(start, end, Form.REFERENCE, value="PAST_REF" if sign < 0 else "FUTURE_REF")
        return Mention(start, end, Form.SHIFTED, unit, shift=sign, count=count)
    if named.get("back") or named.get("on"):
        if count is None or unit.value.startswith("T"):
            return Mention(start, end, Form.LENGTH, unit, value=value)
        return Mention(start, end, Form.FROM_CONTEXT, unit, shift=-1 if named.get("back") else 1, count=count)
    toward = -1 if named.get("former") else 1 if named.get("latter") else None
    return Mention(start, end, Form.LENGTH, unit, shift=toward, count=count or 0.0, value=value)


def _one_stretch_back(match: re.Match[str]) -> Mention:
    unit = unit_of(match.group("unit"))
    return Mention(match.start(), match.end(), Form.LENGTH, unit, shift=-1, count=1, value=length_value(1, unit))


def _recent(match: re.Match[str]) -> Mention:
    word = match.group("which").lower()
    value = "FUTURE_REF" if word in ("coming", "upcoming") or word.endswith("ahead") else "PAST_REF"
    return Mention(match.start(), match.end(), Form.REFERENCE, value=value)


def _bare_units(match: re.Match[str]) -> Mention:
    unit = unit_of(match.group("unit"))
    return Mention(match.start("whole"), match.end("whole"), Form.LENGTH, unit, value=length_value(None, unit))


def _year_ago(match: re.Match[str]) -> Mention:
    form = Form.SHIFTED if match.group("kind").lower() == "ago" else Form.FROM_CONTEXT
    return Mention(match.start(), match.end(), form, Unit.YEAR, shift=-1, count=1)


def _every(match: re.Match[str]) -> Mention | None:
    season = match.group("season")
    if season:
        return Mention(match.start(), match.end(), Form.SET, value=f"XXXX-{SEASONS[SEASON_NAMES[season.lower()]]}")
    part = match.group("part")
    if part:
        code = PARTS_OF_DAY[part.lower()]
        return Mention(match.start(), match.end(), Form.SET, value=f"XXXX-XX-XXT{code}")
    count = 2.0 if match.group("other") else number(match.group("number")) if match.group("number") else 1.0
    if count is None:
        return None
    return Mention(match.start(), match.end(), Form.SET, value=length_value(count, unit_of(match.group("unit"))))


def _frequency(match: re.Match[str]) -> Mention:
    return Mention(match.start(), match.end(), Form.SET, value=FREQUENCIES[match.group().lower()])


def _end_of(match: re.Match[str]) -> Mention:
    which = match.group("which").lower()
    third = 2 if which in ("end", "close", "rest", "remainder") else 0 if which in ("start", "beginning") else 1
    return Mention(
        match.start(), match.end(), Form.SHIFTED, unit_of(match.group("unit")), shift=0, count=1, third=third
    )


def _year_end(match: re.Match[str]) -> Mention:
    return Mention(match.start(), match.end(), Form.SHIFTED, Unit.YEAR, shift=0, count=1, third=2)


def _compared(match: re.Match[str]) -> Mention:
    compared = -1 if match.group("which").lower() == "earlier" else 1
    return Mention(
        match.start(), match.end(), Form.SHIFTED, unit_of(match.group("unit")), shift=0, count=1, compared=compared
    )


def _weekend(match: re.Match[str]) -> Mention:
    return Mention(match.start(), match.end(), Form.SHIFTED, Unit.WEEKEND, count=1)


def _latest(match: re.Match[str]) -> Mention:
    return Mention(match.start(), match.end(), Form.SHIFTED, unit_of(match.group("unit")), shift=-1, count=1)


def _quarter(match: re.Match[str]) -> Mention:
    which = match.group("which").lower()
    shift = -1 if "year" in which else 0
    unit = Unit.YEAR if shift else Unit.QUARTER
    return Mention(match.start(), match.end(), Form.FROM_CONTEXT, unit, shift=shift, count=1, value="quarter")


def _reference(value: str) -> Builder:
    def build(match: re.Match[str]) -> Mention:
        return Mention(match.start(), match.end(), Form.REFERENCE, value=value)

    return build


_COUNT = rf"(?:(?P<number>{NUMBER_WORDS})|(?P<couple>(?:a )?couple of|couple)|(?P<half>half an?)|{_VAGUE})"
_MORE = (
    r"(?:(?:more|full|straight|consecutive|additional|calendar|business|working|whole|extra|long|"
    r"(?P<half_more>and a half))\s)?"
)
_PLURALS = "(?:hours|days|weeks|months|years|decades|centuries)"
_OLD = r"(?!(?<=year)[\s-]old|(?<=years)[\s-]old|(?<=month)s\sold)"
"""Ages are no times: "a 27-year-old". A truce that is "8-month-old" has lasted."""

PATTERNS: tuple[Pattern, ...] = (
    (
        re.compile(
            r"(?<![\w$€£.,-])(?:(?:the|these|those|its|their)\s)?"
            rf"(?:(?:(?P<former>{_FORMER})|(?P<latter>{_LATTER})|first|final|initial|opening)\s)?"
            rf"(?P<range>(?:\d{{1,3}}|{SMALL_NUMBERS})\s(?:to|or)\s)?{_COUNT}(?P<hyphen>[\s-]){_MORE}"
            rf"(?P<unit>{LENGTH_WORDS})\b{_OLD}(?P<and_half>\sand\sa\shalf)?(?:{_AGO})?",
            _I,
        ),
        _length,
    ),
    (
        re.compile(
            r"(?<![\w-])(?P<number>an?|another|an\sadditional)\s"
            r"(?P<unit>second|minute|hour|day|week|weekend|fortnight|month|year|decade|century)\b(?!-|\slater\sthan)"
            rf"(?P<and_half>\sand\sa\shalf)?(?:\sor\s(?:so|two))?(?:{_AGO})?",
            _I,
        ),
        _length,
    ),
    (
        re.compile(r"(?<![\w-])(?:the\s)?past\s(?P<unit>hour|day|week|month|year|decade|century)\b", _I),
        _one_stretch_back,
    ),
    (
        re.compile(
            rf"(?<![\w-])(?:the\s)?(?P<which>recent|past|last|previous|coming|upcoming)\s{_PLURALS}"
            r"(?:\s(?:and|or)\s(?:weeks|months|years))?\b",
            _I,
        ),
        _recent,
    ),
    (
        re.compile(
            r"\b(?P<whole>the\s(?P<unit>hours|days|weeks|months|years))"
            r"(?=\s(?:before|after|since|that\sfollowed|leading|following|preceding|between)\b)",
            _I,
        ),
        _bare_units,
    ),
    (
        re.compile(
            r"\bthe\s(?:days|weeks|months|years)\s(?:and\s(?:weeks|months|years)\s)?(?P<which>ahead|to come)\b", _I
        ),
        _recent,
    ),
    (
        re.compile(
            r"\b(?:for|in|over|after|within|of|during|despite|amid|following|took|take|takes|spent|lasted?|lasting|since|through|many)\s"
            r"(?P<whole>(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries)"
            r"(?:\s(?:or|and)\s(?:weeks|months|years))?)\b(?!\s(?:ago|later|of\s(?:the|work)))",
            _I,
        ),
        _bare_units,
    ),
    (re.compile(rf"\b(?P<which>(?:minutes|{_PLURALS}))\sago\b", _I), _recent),
    (
        re.compile(r"(?<![\w-])(?:(?:the|a)\s)?year[\s-](?P<kind>ago|earlier)\b(?:\s(?:quarter|period))?", _I),
        _year_ago,
    ),
    (
        re.compile(
            rf"\b(?:every|each)\s(?:(?P<other>other\s)|(?P<number>{NUMBER_WORDS})\s)?"
            rf"(?:(?P<unit>{LENGTH_WORDS})(?!\sof)|(?P<season>{SEASON_WORDS})|(?P<part>{PART_WORDS}))\b",
            _I,
        ),
        _every,
    ),
    (re.compile(rf"\b{alternatives(FREQUENCIES)}\b", _I), _frequency),
    (
        re.compile(
            r"\bthe\s(?P<which>end|close|start|beginning|middle|rest|remainder)\sof\sthe\s"
            r"(?P<unit>week|month|quarter|year|decade|century)\b",
            _I,
        ),
        _end_of,
    ),
    (re.compile(r"\b(?:year[\s-]end|year['’]s[\s-]end|the\syear['’]s\send)\b", _I), _year_end),
    (re.compile(r"\b(?P<which>earlier|later)\sin\sthe\s(?P<unit>week|month|year|decade)\b", _I), _compared),
    (re.compile(r"\bthe\s(?:latest|most\srecent)\s(?:fiscal\s)?(?P<unit>year)\b", _I), _latest),
    (re.compile(r"\bthe\sweekend\b", _I), _weekend),
    (
        re.compile(
            r"\b(?P<which>(?:last|the\sprevious|the\sprior)\syear['’]s|(?:the\s)?(?:latest|current|year-ago|year-earlier)|"
            r"the\ssame|that|the)\s(?:fiscal\s)?"
            r"(?:quarter|(?:(?<=latest\s)|(?<=year-ago\s)|(?<=year-earlier\s))period)\b(?!-|\sof\sthe\s[a-z]{1,20}s\b)",
            _I,
        ),
        _quarter,
    ),
    (re.compile(rf"(?<![\w-]){PRESENT_WORDS}(?![\w-])", _I), _reference("PRESENT_REF")),
    (re.compile(rf"(?<![\w-]){PAST_WORDS}(?![\w-])", _I), _reference("PAST_REF")),
    (re.compile(rf"(?<![\w-]){FUTURE_WORDS}(?![\w-])", _I), _reference("FUTURE_REF")),
)
