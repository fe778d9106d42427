"""When an entry falls due: which of the times of a passage says so, and the half-open interval in UTC that it means.

The reader has resolved every time against the day of publication (TIMEX3); what is decided here is which of them is the
due day, and what "by", "before" or "within" make of it: "by Sunday" lets the whole Sunday pass, "before Monday" ends
as Monday begins, "within 72 hours" runs from the hour of publication. A day that was over when it was said is not one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock
from typing import Final

from onrecord.domain.passages import Time, TimeKind
from onrecord.domain.utterances import Rendering
from onrecord.weighing.docket.saying import WEEKDAY, is_of_saying, moved, said_at
from onrecord.weighing.docket.vocabulary import AHEAD, LOOKED_AT, plain

DAY: Final = timedelta(days=1)
MIDNIGHT: Final = clock()
LONGEST: Final = timedelta(days=800)
"""The longest stretch that is a due day of a kind: years, not decades."""
LONGEST_FOR: Final = timedelta(days=31)
"""The longest "for two weeks" that says when something ends; what holds for years has no due day."""

_BY: Final = re.compile(
    r"\b(?:by|(?:no|not) later than|(?:un)?till?|until|up to|on or before|at the latest on|through)"
    r"(?: (?:the|late|early|at the latest|about|around|of))*\W*$"
)
_BEFORE: Final = re.compile(r"\b(?:before|ahead of|prior to)(?: (?:the|of))*\W*$")
_AFTER: Final = re.compile(r"\b(?:after|following)(?: (?:on|the|in))*\W*$")
_WITHIN: Final = re.compile(
    r"\b(?:within|in|inside(?: of)?|over|in a term of|during)(?: (?:the|a|next|coming|about|around|as little as|another"
    r"|as few as))*\W*$"
)
_EARLIEST: Final = re.compile(r"\b(?:as (?:soon|early) as|(?:no|not) (?:earlier|sooner) than|not before)\W*$")
_FOR: Final = re.compile(r"\bfor(?: (?:the|next|coming|about|another|at least))*\W*$")
_OWN_LEAD: Final = re.compile(r"(?:within|over|in|for|by|before|after) ")
"""What leads a time and was read as a part of it."""
_AND: Final = re.compile(r"\band\b")
_LEADING: Final = (
    ("earliest", _EARLIEST),
    ("before", _BEFORE),
    ("by", _BY),
    ("after", _AFTER),
    ("within", _WITHIN),
    ("for", _FOR),
)
_SINCE: Final = re.compile(
    r"\b(?:since|dated|compared with|(?<!later )than|over the (?:past|last)|ago)(?: \w+){0,2}\W*$"
)
_OF_NOUN: Final = re.compile(r"(?:'s?|\bof)\W*$")
_MEETING: Final = re.compile(
    r"\b(?:propos\w+|offer\w*|discuss\w*|invit\w+|suggest\w*|consider\w*|announce\w*|cancel\w*)\b[^,;]{1,100}$"
)
"""Verbs whose object has a day of its own: who proposes a meeting on the 14th need not wait for the 14th."""
_POINTING: Final = re.compile(r"\b(?:same|that|those|previous|last|past|recent|every|each)\b")
_LENGTH: Final = re.compile(
    r"^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?)?$"
)
_CONDITION: Final = re.compile(r"\b(?:if|unless|when|once|after|as long as)\b[^,]*$")


@dataclass(frozen=True, slots=True)
class Due:
    """The interval `[start, end)` in UTC in which it falls due, either end open, and the words that say so."""

    start: datetime | None
    end: datetime | None
    words: str


def due(one: Rendering) -> Due | None:
    """What the passage states as its due day; None where it states none, or no day of publication is known.

    Where several times could be meant, one behind "by", "before" or "within" goes first, then one that follows the verb
    of what is to come, then one outside a condition, then the first; but of two steps ("done on Sunday and voted on by
    Monday") the last one.
    """
    if one.published is None:
        return None
    found = []
    times = [time for time in one.times if one.span.covers(time.span)]
    said = said_at(one, one.published)
    for place, time in enumerate(times):
        following = times[place + 1] if place + 1 < len(times) else None
        made = _candidate(one, one.published, said, time, following)
        if made is not None:
            found.append((made[0], time.span.start - one.span.start, made[1]))
    if not found:
        return None
    rank, at, first = min(found, key=lambda made: made[:2])
    for other, later, when in sorted(found, key=lambda made: made[1]):
        if other != rank or later <= at or first.end is None or when.end is None or when.end <= first.end:
            continue
        if _AND.search(plain(one.words[at:later])):
            first = when
    return first


def _candidate(
    one: Rendering, published: datetime, said: datetime, time: Time, following: Time | None
) -> tuple[tuple[int, int, int], Due] | None:
    """One time as a due day, behind a rank of its words, its place and its clause; the lesser goes first."""
    at = time.span.start - one.span.start
    if at >= LOOKED_AT:
        return None
    words = plain(one.words)
    own_words = one.words[at : at + time.span.end - time.span.start]
    before, own, after = words[:at], plain(own_words), words[at + len(own_words) :]
    if time.kind is TimeKind.SET or _POINTING.search(own) or _MEETING.search(before):
        return None
    if (_SINCE.search(before) and not _BY.search(before)) or is_of_saying(before, after):
        return None
    own_lead = _OWN_LEAD.match(own)
    led = _leading(before + own_lead.group() if own_lead else before)
    place = int(AHEAD.search(before) is None), int(_CONDITION.search(before) is not None)
    stated = one.words[led[1] : at] + own_words if led else own_words
    kind = led[0] if led else ""
    if time.kind is TimeKind.DURATION:
        end = _after(said, time.value)
        if end is None or kind not in ("within", "by", "for") or (kind == "for" and end - said > LONGEST_FOR):
            return None
        return (2 if kind == "for" else 0, *place), Due(said if kind == "for" else None, end, stated)
    start, end = _interval(time, own, following, one)
    if start is None or end is None or time.value == "PRESENT_REF" or end - start > LONGEST:
        return None
    if not place[0]:
        start, end = moved(start, end, own, after, published, said)
    if end <= said:
        return None
    if kind == "before":
        return (0, *place), Due(None, start, stated)
    if kind == "by":
        return (0, *place), Due(None, _by(time, start, end), stated)
    if kind == "earliest":
        return (3, *place), Due(start, None, stated)
    if kind == "after":
        return (3, *place), Due(end, None, stated)
    if _OF_NOUN.search(before) or after.startswith("'s"):
        return None
    return (1, *place), Due(start, end, own_words)


def _leading(before: str) -> tuple[str, int] | None:
    """What leads a time, and where it begins: "earliest", "before", "by", "after", "within" or "for"."""
    for kind, pattern in _LEADING:
        found = pattern.search(before)
        if found is not None:
            return kind, found.start()
    return None


def _after(published: datetime, value: str) -> datetime | None:
    """The moment so long after publication as a TIMEX3 duration says; None where it is vague."""
    found = _LENGTH.match(value)
    if found is None:
        return None
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    month = published.month - 1 + months
    year = published.year + years + month // 12
    if year > 2200:
        return None
    try:
        moved = published.replace(year=year, month=month % 12 + 1)
    except ValueError:
        # There is no 31st in that month: its last day is meant.
        moved = published.replace(year=year, month=month % 12 + 1, day=28)
    end = moved + timedelta(days=7 * weeks + days, hours=hours, minutes=minutes)
    if not (hours or minutes) and published.time() == MIDNIGHT:
        # Only the day of publication is known, and the whole of the last day counts.
        end += DAY
    return end if published < end else None


def last_day(start: datetime | None, end: datetime) -> datetime:
    """The moment whose date is the last day of an interval; a night belongs to the day on which it begins."""
    if start is not None and end - start < DAY:
        return start
    return end - timedelta(microseconds=1)


def _interval(time: Time, own: str, following: Time | None, one: Rendering) -> tuple[datetime | None, datetime | None]:
    """The interval of a time, that of "Friday of next week" included."""
    if following is not None and time.start is not None and following.start is not None and following.end is not None:
        between = one.words[time.span.end - one.span.start : following.span.start - one.span.start]
        if between.strip().lower() == "of" and WEEKDAY.fullmatch(own) and following.end - following.start == 7 * DAY:
            start = following.start + timedelta(days=time.start.weekday() - following.start.weekday())
            return start, start + DAY
    return time.start, time.end


def _by(time: Time, start: datetime, end: datetime) -> datetime:
    """The end of what "by" names: that of a weekend is its first day's, that of a night is midnight."""
    if time.value.endswith("-WE"):
        return start + DAY
    if time.value.endswith("NI"):
        return start.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    return end
