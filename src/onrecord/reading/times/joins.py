"""Mentions that belong together: a weekday and its date, a month and its year, a clock and its day; "late", "about".

What joins two is the few characters between them. What is joined is one mention over all the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.times.calendar import PER_YEAR, Unit
from onrecord.reading.times.mentions import Form, Mention

_WITH_DATE = re.compile(r"(?:,?\s|,\sthe\s|\s\()\Z")
_WITH_YEAR = re.compile(r"(?:\s|,\s|\sof\s|\sin\s|\sof\sthe\s)\Z")
_OF_YEAR = re.compile(r"(?:['’]s\s|\s)\Z")
_CLOCK_FIRST = re.compile(r",?\s(?:on\s|of\s|local time,?\s(?:on\s)?)?\Z")
_CLOCK_LAST = re.compile(
    r",?\s(?:at|around|about|by|before|after|shortly after|shortly before|just after|just before)?\s?\Z"
)
_PART_OF = re.compile(r"\sof\s\Z")
_EDGE = re.compile(
    r"(?<![\w-])(?:(?:the\s)?(?:(?P<early>early|beginning\sof|start\sof|the\sbeginning\sof)|"
    r"(?P<mid>mid|middle\sof)|(?P<late>late|end\sof|latter\spart\sof|close\sof))|(?P<sooner>earlier)|(?P<later>later))"
    r"(?:[\s-]in\s(?:the\s)?|\son\s|[\s-](?:the\s)?)\Z",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?<![\w-])(?:about|around|approximately|nearly|almost|roughly|more than|less than|fewer than|at least|at most|"
    r"over|under|up to|just over|just under|well over|as many as|no more than|an estimated|only|at about)\s\Z",
    re.IGNORECASE,
)  # fmt: skip
_DEFINITE = re.compile(r"(?:the|past|last|next|coming|this|these|those)\b", re.IGNORECASE)
_REACH = 24


def _is_day(one: Mention) -> bool:
    if one.hour >= 0:
        return False
    if one.form is Form.FIXED:
        return one.stretch is not None and one.stretch.unit is Unit.DAY
    return (
        one.form in (Form.WEEKDAY, Form.DAY_OF_MONTH)
        or (one.form is Form.IN_YEAR and one.unit is Unit.DAY)
        or (one.form is Form.SHIFTED and one.unit is Unit.DAY)
    )


def _is_year(one: Mention) -> bool:
    if one.form is Form.FIXED:
        return one.stretch is not None and one.stretch.unit is Unit.YEAR
    return one.form is Form.SHIFTED and one.unit is Unit.YEAR and one.third is None


def _in_year(one: Mention) -> bool:
    return one.form is Form.IN_YEAR and one.year is None and one.shift is None


def _pair(one: Mention, other: Mention, between: str, published_year: int | None) -> Mention | None:
    """The two as one mention, or None where they are two."""
    if one.form is Form.WEEKDAY and one.shift is None and _is_day(other) and other.form in (Form.FIXED, Form.IN_YEAR):
        if _WITH_DATE.match(between):
            return replace(other, start=one.start, weekday=one.number, part=one.part or other.part)
    elif _in_year(one) and _is_year(other) and _WITH_YEAR.match(between):
        if "in" not in between or one.unit in PER_YEAR:
            return _with_year(one, other, published_year)
    elif _is_year(one) and _in_year(other) and other.unit in PER_YEAR and _OF_YEAR.match(between):
        if "s" in between or other.unit is not Unit.MONTH:
            return _with_year(other, one, published_year)
    elif one.form is Form.CLOCK and _is_day(other) and _CLOCK_FIRST.match(between):
        # "8:30 Friday night" is half past twenty.
        later = 12 if other.part in ("AF", "EV", "NI") and 0 < one.hour < 12 else 0
        return replace(other, start=one.start, hour=one.hour + later, minute=one.minute, zone=one.zone, part="")
    elif one.form is Form.PART and _is_day(other) and _PART_OF.match(between):
        return replace(other, start=one.start, part=one.value)
    elif other.form is Form.CLOCK and _is_day(one) and _CLOCK_LAST.match(between):
        return replace(one, end=other.end, hour=other.hour, minute=other.minute, zone=other.zone, part="")
    return None


def _with_year(one: Mention, year: Mention, published_year: int | None) -> Mention | None:
    start, end = min(one.start, year.start), max(one.end, year.end)
    if year.stretch is not None:
        return replace(one, start=start, end=end, year=year.stretch.index)
    if published_year is None or year.count != int(year.count):
        return None
    return replace(one, start=start, end=end, year=published_year + (year.shift or 0) * int(year.count))


def joined(text: str, mentions: Sequence[Mention], published_year: int | None) -> list[Mention]:
    """Mentions in order, those that belong together as one."""
    out: list[Mention] = []
    for one in mentions:
        while out and one.start - out[-1].end <= _REACH:
            pair = _pair(out[-1], one, text[out[-1].end : one.start], published_year)
            if pair is None:
                break
            out.pop()
            one = pair
        out.append(one)
    return out


def _blurs(text: str, about: re.Match[str], one: Mention) -> bool:
    """Whether the words say "about so much", and not "over the past week" or "under last year's rules"."""
    counted = one.form in (Form.LENGTH, Form.CLOCK) or text[one.start : one.end].lower().endswith("ago")
    if about.group().split()[-1].lower() in ("over", "under", "only"):
        return counted and not _DEFINITE.match(text, one.start)
    return counted or (one.form is not Form.WEEKDAY and about.group().split()[0].lower() == "around")


def widened(text: str, one: Mention, earliest: int) -> Mention:
    """A mention with the words before it that narrow it ("late", "the end of") or blur it ("about", "at least")."""
    if one.form in (Form.SET, Form.REFERENCE):
        return one
    edge = _EDGE.search(text, max(earliest, one.start - _REACH), one.start)
    if edge is not None and one.form not in (Form.LENGTH, Form.CLOCK):
        compared = -1 if edge["sooner"] else 1 if edge["later"] else 0
        third = 0 if edge["early"] else 1 if edge["mid"] else 2 if edge["late"] else one.third
        one = replace(one, start=edge.start(), third=third, compared=compared)
    about = _ABOUT.search(text, max(earliest, one.start - _REACH), one.start)
    if about is not None and _blurs(text, about, one):
        one = replace(one, start=about.start())
    return one
