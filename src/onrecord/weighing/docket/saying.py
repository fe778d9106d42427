"""The day on which something was said, where its words tell it, and what that makes of the days that it speaks of.

The reader resolves every time against the day of publication. "He said on Monday that they would leave tomorrow",
published on Wednesday, is of Tuesday all the same.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from onrecord.domain.passages import TimeKind
from onrecord.domain.utterances import Rendering
from onrecord.weighing.docket.vocabulary import AHEAD, LOOKED_AT, plain

DAY: Final = timedelta(days=1)
DAYS: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")

WEEKDAY: Final = re.compile(rf"(?P<day>{'|'.join(DAYS)})day(?: (?:morning|afternoon|evening|night))?")
"""A weekday that says no more: "Monday", "Monday night", in plain words."""
_WEEKS: Final = 53
"""Weeks in which a weekday with a number is looked for."""
_NUMBERED: Final = re.compile(rf"(?:{'|'.join(DAYS)})day,? the (?P<number>\d{{1,2}})(?:st|nd|rd|th)\b")
_CUED: Final = re.compile(rf"\b(?:(?:on |late |early )*(?P<day>{'|'.join(DAYS)})day|(?P<before>yesterday))\b")
_BESIDE: Final = re.compile(r"^(?:tomorrow|tonight|today|this (?:morning|afternoon|evening))\b")
_SAYING: Final = re.compile(
    r"\b(?:told|said|says|saying|announc\w+|tweeted|wrote|added|warned|celebrat\w+|report\w*|statement)\b"
)
_SAID_ON: Final = re.compile(
    r"\b(?:plans?|planned|announced|said|told|tweeted|agreed|vowed|pledged|promised|decided|voted|tweets?"
    r"|statement|call"
    r"|remarks?|speech|interview)(?: \w+)?(?: on)?\W*$"
)
_TO_OR_THAT: Final = re.compile(r"^\W*(?:to|that|are|is|was|were)\b")
"""What follows the day on which something was said: "plans Monday to run"."""
_OPENS: Final = re.compile(r"^\W*(?:on |late |early )*$")
_THAT: Final = re.compile(r"^\W*that\b")


def said_at(one: Rendering, published: datetime) -> datetime:
    """When the passage was said: a day told in its cue or in its own words, at the hour of publication.

    A weekday is the last one, the day of publication included. Where no such day is told it is `published`.
    """
    cued = _CUED.search(plain(one.cue))
    if cued is not None:
        if cued["before"]:
            return published - DAY
        return published - DAY * ((published.weekday() - DAYS.index(cued["day"])) % 7)
    words = plain(one.words)
    for time in one.times:
        at, stop = time.span.start - one.span.start, time.span.end - one.span.start
        if time.kind is not TimeKind.DATE or time.start is None or time.end is None or not 0 <= at < LOOKED_AT:
            continue
        if time.end - time.start == DAY and is_of_saying(words[:at], words[stop:]):
            days = (published.date() - time.start.date()).days
            if days >= 0:
                return published - DAY * days
            if WEEKDAY.fullmatch(words[at:stop].strip()) and days >= -7:
                return published - DAY * (days % 7)
    return published


def is_of_saying(before: str, after: str) -> bool:
    """Whether a time is the day of saying, by the words before and after it.

    A verb of saying stands between it and what is to come, or it opens what was said and "that" follows.
    """
    if _THAT.match(after) and _OPENS.match(before):
        return True
    if _SAID_ON.search(before) and _TO_OR_THAT.match(after):
        return True
    saying = _SAYING.search(after)
    return saying is not None and AHEAD.search(before) is None and AHEAD.search(after, saying.end()) is not None


def moved(
    start: datetime, end: datetime, own: str, after: str, published: datetime, said: datetime
) -> tuple[datetime, datetime]:
    """The interval of a time of what is to come, seen from when it was said; `own` are its plain words.

    A bare weekday is the first one after that day, "Saturday the 20th" the next 20th that is a Saturday, and "tomorrow"
    is counted from it.
    """
    bare = own.strip()
    numbered = _NUMBERED.match(bare + after)
    if numbered is not None:
        for weeks in range(_WEEKS):
            late = start + 7 * DAY * weeks
            if late + DAY > said and late.day == int(numbered["number"]):
                return late, end + 7 * DAY * weeks
        return start, end
    away = (published.date() - said.date()).days
    weekday = None if after.startswith(" of ") else WEEKDAY.fullmatch(bare)
    if weekday is not None and away:
        days = (DAYS.index(weekday["day"]) - said.weekday()) % 7 or 7
        shift = said.date() + DAY * days - start.date()
        return start + shift, end + shift
    if weekday is not None and end <= published and published - end < 7 * DAY:
        return start + 7 * DAY, end + 7 * DAY
    if away and _BESIDE.match(bare):
        return start - DAY * away, end - DAY * away
    return start, end
