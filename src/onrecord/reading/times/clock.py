"""Patterns of times of day: clocks, with or without a zone, and parts of a day."""

from __future__ import annotations

import re

from onrecord.reading.times.calendar import Unit
from onrecord.reading.times.mentions import Form, Mention, Pattern
from onrecord.reading.times.vocabulary import (
    PART_WORDS,
    PARTS_OF_DAY,
    WEEKDAY_WORDS,
    ZONE_WORDS,
    ZONES,
)

_I = re.IGNORECASE
_ZONE = rf"(?P<zone>{ZONE_WORDS})\b"
_OTHER = r"(?:(?:the|that)\s(?P<context>same|following|next|previous|preceding)|that)"
_STEPS = {"same": 0, "following": 1, "next": 1, "previous": -1, "preceding": -1}


def _clock(match: re.Match[str]) -> Mention | None:
    named = match.groupdict()
    zone_word = (named.get("zone") or "").lower()
    zone = ZONES.get(zone_word)
    if named.get("noon"):
        midday = "noon" in named["noon"].lower() or "midday" in named["noon"].lower()
        return Mention(match.start(), match.end(), Form.CLOCK, hour=12 if midday else 24, minute=0, zone=zone)
    hour, minute = int(named["hour"]), int(named.get("minute") or 0)
    half = (named.get("half") or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour
    if hour > 23 or minute > 59:
        return None
    return Mention(match.start("hour"), match.end(), Form.CLOCK, hour=hour, minute=minute, zone=zone)


def _day_spoken_of(match: re.Match[str]) -> Mention:
    step = _STEPS.get((match.group("context") or "same").lower(), 0)
    return Mention(match.start(), match.end(), Form.FROM_CONTEXT, Unit.DAY, shift=step, count=1)


def _part(match: re.Match[str]) -> Mention:
    part = PARTS_OF_DAY[match.group("part").lower()]
    step = _STEPS.get((match.groupdict().get("context") or "same").lower(), 0)
    return Mention(match.start("whole"), match.end("whole"), Form.PART, shift=step, value=part)


PATTERNS: tuple[Pattern, ...] = (
    (
        re.compile(
            r"(?<![\d:.$])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s{0,3}(?P<half>[ap]m\b|[ap]\.\s?m\b\.?)"
            rf"(?:\s?\(?{_ZONE}\)?)?",
            _I,
        ),
        _clock,
    ),
    (
        re.compile(
            rf"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::\d\d)?\s?(?:hours\s)?\(?{_ZONE}\)?"
        ),
        _clock,
    ),
    (
        re.compile(
            r"\b(?:at|around|by|until|since|from|before|after|about)\s"
            r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:])"
        ),
        _clock,
    ),
    (
        re.compile(
            r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"
            rf"(?=,?\s(?:on\s)?(?:{WEEKDAY_WORDS}|today|tonight|tomorrow|yesterday|this\s{PART_WORDS}|last\snight))",
            _I,
        ),
        _clock,
    ),
    (re.compile(rf"(?<![\d:.,])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?:hours\s|hrs\s)?{_ZONE}"), _clock),
    (re.compile(r"(?<![\d:.,])(?P<hour>\d{1,2})\so['’]clock\b", _I), _clock),
    (re.compile(rf"(?<![\w-])(?P<noon>noon|midnight|midday)\b(?!-)(?:\s{_ZONE})?", _I), _clock),
    (re.compile(r"\bin\s(?P<whole>the\s(?:early\s|late\s)?(?P<part>morning|afternoon|evening))\b", _I), _part),
    (re.compile(rf"\b(?P<whole>the\s(?P<part>{PART_WORDS}))(?=\sof\s)", _I), _part),
    (re.compile(rf"\b(?P<whole>{_OTHER}\s(?P<part>{PART_WORDS}))\b", _I), _part),
    (re.compile(r"\b(?:earlier|later)\sin\sthe\s(?P<context>)day\b", _I), _day_spoken_of),
    (re.compile(rf"\b{_OTHER}\sday\b(?!['’]s\b)", _I), _day_spoken_of),
)
