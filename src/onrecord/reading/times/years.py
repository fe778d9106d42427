"""Patterns of years and of what lies in them: decades, centuries, seasons, quarters, halves."""

from __future__ import annotations

import re

from onrecord.reading.times.calendar import Stretch, Unit
from onrecord.reading.times.mentions import Form, Mention, Pattern, around, shift_of
from onrecord.reading.times.vocabulary import (
    CENTURY_ORDINALS,
    DECADES,
    ORDINAL_WORDS,
    ORDINALS,
    SEASON_NAMES,
    SEASON_WORDS,
    SHIFT_WORDS,
    SPOKEN_YEAR,
    UNITS,
    YEAR_WORDS,
    alternatives,
    spoken_year,
)

_I = re.IGNORECASE
_THE = r"(?:the\s)?"
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|through|during|before|after|between|early|late|mid|around|about|for|than|"
    r"spring|summer|fall|autumn|winter|year|years|circa|to|and|fiscal|calendar|end of|beginning of|start of|middle of|"
    r"back in|as of)[\s-]|[(,–—-] ?|\b(?:the|of|its|their|his|her|or)\s|\d{4}(?:-|–|, | and | or | to ))\Z",
    _I,
)
_STRONG_BEFORE = re.compile(r"\b(?:in|since|until|by|during|before|after|from|year|fiscal|back in)\s\Z", _I)
_NUMBERED_BEFORE = re.compile(
    r"(?:\b(?:resolution|flight|route|article|section|number|no\.?|room|page|paragraph|law|order|directive|channel|line|"
    r"model|boeing|airbus|chapter|rule|bill|act|nearly|almost|some|over|least|most|than|exactly|only|total of|"
    r"killed|all)\s|[$€£#@.,:/])\Z",
    _I,
)
_COUNTED_AFTER = re.compile(
    r"(?:\s|-)(?:percent|per cent|km|kilomet|miles?|met(?:er|re)|feet|tons?|tonnes|people|soldiers|troops|dollars|"
    r"euros|pounds|rubles|hryvnias|votes|cases|points|times|hours|days|others|men|women|children|workers|jobs|shares|GMT|hrs|"
    r"barrels|homes|houses|deaths|dead|wounded|civilians|refugees)|%|[:,.]\d",
    _I,
)
_PLURAL_AFTER = re.compile(r"\s(?!was\b|is\b|has\b|as\b|its\b|his\b|this\b|does\b|says\b)[a-z]{3,20}s\b")


def year_of(word: str) -> int | None:
    """The year that digits or spoken words give."""
    return int(word) if word.isdigit() else spoken_year(word)


def _season(match: re.Match[str]) -> Mention | None:
    number = SEASON_NAMES[match.group("season").lower()]
    shift = shift_of(match)
    if match.group("year"):
        year = year_of(match.group("year"))
        if year is not None:
            stretch = Stretch(Unit.SEASON, year * 4 + number)
            return Mention(match.start(), match.end(), Form.FIXED, Unit.SEASON, stretch=stretch)
    return Mention(match.start("whole"), match.end(), Form.IN_YEAR, Unit.SEASON, number, shift=shift)


def _quarter(match: re.Match[str]) -> Mention | None:
    ordinal, unit = match.group("ordinal").lower(), UNITS["quarter"] if "q" in match.group().lower() else Unit.HALF
    number = int(ordinal) if ordinal.isdigit() else ORDINALS[ordinal]
    if unit is Unit.HALF and number > 2:
        return None
    year = year_of(match.group("year")) if match.groupdict().get("year") else None
    number -= 1
    if year is not None:
        stretch = Stretch(unit, year * (4 if unit is Unit.QUARTER else 2) + number)
        return Mention(match.start(), match.end(), Form.FIXED, unit, stretch=stretch)
    return Mention(match.start(), match.end(), Form.IN_YEAR, unit, number)


def _bare_year(match: re.Match[str]) -> Mention | None:
    before, after = around(match)
    year = year_of(match.group("year"))
    if year is None:
        return None
    prefix = match.group("prefix")
    if not prefix and match.group("year").isdigit():
        fitting = _YEAR_BEFORE.search(before)
        strong = _STRONG_BEFORE.search(before)
        if _COUNTED_AFTER.match(after) or (_NUMBERED_BEFORE.search(before) and not fitting):
            return None
        if not strong and _PLURAL_AFTER.match(after) and not before.lower().endswith("the "):
            return None
        if not fitting and not 1900 <= year <= 2100:
            return None
        if not 1000 <= year <= 2200:
            return None
    return Mention(match.start(), match.end(), Form.FIXED, Unit.YEAR, stretch=Stretch(Unit.YEAR, year))


def _decade(match: re.Match[str]) -> Mention | None:
    word, digits = match.group("word"), match.group("digits")
    index = (
        190 + DECADES[word.lower()] if word else (int(digits) // 10 if len(digits) == 4 else 190 + int(digits) // 10)
    )
    return Mention(match.start(), match.end(), Form.FIXED, Unit.DECADE, stretch=Stretch(Unit.DECADE, index))


def _century(match: re.Match[str]) -> Mention | None:
    word = match.group("ordinal").lower()
    number = CENTURY_ORDINALS.get(word) or (int(word[:-2]) if word[:-2].isdigit() else 0)
    if not 1 <= number <= 30:
        return None
    return Mention(match.start(), match.end(), Form.FIXED, Unit.CENTURY, stretch=Stretch(Unit.CENTURY, number - 1))


PATTERNS: tuple[Pattern, ...] = (
    (re.compile(rf"\b(?P<whole>(?:the\s)?(?P<season>{SEASON_WORDS}))\s(?:of\s)?{YEAR_WORDS}(?![-\d])", _I), _season),
    (re.compile(rf"\b(?P<whole>{SHIFT_WORDS}(?P<season>{SEASON_WORDS}))(?P<year>)\b(?!-)", _I), _season),
    (
        re.compile(
            r"\b(?:in|by|since|until|during|through|from|late|early|mid)[\s-]"
            rf"(?P<whole>(?:the\s)?(?P<season>{SEASON_WORDS}))(?P<year>)\b(?!\sof\b|-)",
            _I,
        ),
        _season,
    ),
    (
        re.compile(
            rf"\b{_THE}(?:fiscal\s)?(?P<ordinal>{ORDINAL_WORDS})[\s-](?:fiscal[\s-])?quarter\b"
            rf"(?:,?\s(?:of\s)?(?:fiscal\s)?{YEAR_WORDS})?",
            _I,
        ),
        _quarter,
    ),
    (
        re.compile(rf"\b{_THE}(?P<ordinal>first|second|1st|2nd)[\s-]half\b(?:\s(?:of\s)(?:fiscal\s)?{YEAR_WORDS})", _I),
        _quarter,
    ),
    (re.compile(rf"\bQ(?P<ordinal>[1-4])\b(?:\s(?:of\s)?{YEAR_WORDS})?"), _quarter),
    (
        re.compile(
            r"(?<![\w.,$€£/])(?P<prefix>(?:the\s)?(?:fiscal|calendar|the)\syear\s|fiscal\s)?"
            rf"(?P<year>[12]\d{{3}}|{SPOKEN_YEAR})(?![\w/]|,\d|\.\d|-\d(?!\d{{3}}\b))",
            _I,
        ),
        _bare_year,
    ),
    (
        re.compile(
            rf"\b{_THE}(?:(?P<digits>[12]\d{{2}}0)['’]?s|(?<=the\s)['’]?(?P<word>{alternatives(DECADES)}))\b", _I
        ),
        _decade,
    ),
    (re.compile(r"\bthe\s['’](?P<digits>[2-9]0)s\b(?P<word>)", _I), _decade),
    (
        re.compile(
            rf"\b{_THE}(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{alternatives(CENTURY_ORDINALS)})[\s-]century\b", _I
        ),
        _century,
    ),
)
