"""Times: the expressions of time in a stretch of text, with the TIMEX3 value and the interval that each means.

`find_times` reads `text[within]` against the moment the report was published. A weekday or a date without a year is the
nearest one that fits the tense around it. Days are those of UTC, for a report seldom says where its clock stands; a
clock with a named zone ("5 p.m. EST") keeps its value and has its interval in UTC. When nobody knows when the report
was published, what hangs on that has the value that TIMEX3 leaves open ("XXXX-WXX") and no interval.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from onrecord.domain.passages import Time, TimeKind
from onrecord.domain.spans import Span
from onrecord.reading.times import clock, dates, lengths, years
from onrecord.reading.times.calendar import PER_YEAR, Stretch, Unit, midnight, moved, of, read, third, unknown
from onrecord.reading.times.joins import joined, widened
from onrecord.reading.times.mentions import Form, Mention, found, longest
from onrecord.reading.times.tense import direction
from onrecord.reading.times.vocabulary import PART_HOURS

PATTERNS = (*dates.PATTERNS, *years.PATTERNS, *clock.PATTERNS, *lengths.PATTERNS)
LONG_PAST, LONG_AHEAD = 300, 270
"""A date without a year that lies further than these days from the report is the one on its other side, whatever the
tense."""
NEAR = 400
"""How many characters back "a year earlier" may look for the quarter that it is compared with."""
MEMORY = 40
"""How many times back anything is counted from."""
_COMPARED = re.compile(r"year[\s-](?:ago|earlier)", re.IGNORECASE)
_ENDED = re.compile(r"end(?:ed|ing)\s\Z")
_CLOCKS = {Unit.HOUR: 3600, Unit.MINUTE: 60, Unit.SECOND: 1}


def find_times(text: str, within: Span, published: datetime | None, *, before: Sequence[Time] = ()) -> list[Time]:
    """The times that `text[within]` names, in order, none overlapping another.

    `before` are those found earlier in the report: "that day" and "a year earlier" are counted from the last of them.

    >>> text = "The bridge fell on Thursday, two years after the flood."
    >>> [(t.span.of(text), t.value) for t in find_times(text, Span(0, 55), datetime(2022, 2, 16, tzinfo=UTC))]
    [('Thursday', '2022-02-10'), ('two years', 'P2Y')]
    """
    moment = None if published is None else published.replace(tzinfo=published.tzinfo or UTC).astimezone(UTC)
    end = min(within.end, len(text))
    mentions = longest(found(PATTERNS, text, within.start, end))
    resolver = _Resolver(text, moment, list(before))
    earliest = within.start
    for mention in joined(text, mentions, moment.year if moment else None):
        wide = widened(text, mention, earliest)
        try:
            time = resolver.time(wide)
        except (ValueError, OverflowError):
            # The calendar does not reach that far.
            continue
        if time is not None:
            resolver.known.append(time)
            earliest = wide.end
    return resolver.known[len(before) :]


@dataclass(slots=True)
class _Resolver:
    """Gives mentions their values; `known` are the times so far, the last one last."""

    text: str
    published: datetime | None
    known: list[Time]

    @property
    def today(self) -> date | None:
        return self.published.date() if self.published else None

    def time(self, one: Mention) -> Time | None:
        span = Span(one.start, one.end)
        if one.form is Form.SET:
            return Time(span, TimeKind.SET, one.value)
        if one.form is Form.REFERENCE:
            return self._reference(span, one)
        if one.form is Form.LENGTH:
            return Time(span, TimeKind.DURATION, one.value, *self._length(one))
        if one.form is Form.SHIFTED and one.unit in _CLOCKS:
            return self._clock_shifted(span, one)
        if one.form in (Form.CLOCK, Form.PART):
            day = self._day_spoken_of()
            return self._of_day(span, one, day.shifted(one.shift or 0) if day is not None else None)
        stretch = self._stretch(one)
        if one.hour >= 0 or one.part:
            return self._of_day(span, one, stretch)
        if stretch is None:
            # Known publication, but nothing was spoken of that "that day" could be.
            value = self._open_value(one) if self.published is None else None
            return None if value is None else Time(span, TimeKind.DATE, value)
        return Time(span, TimeKind.DATE, stretch.value, *self._narrowed(one, stretch))

    def _reference(self, span: Span, one: Mention) -> Time:
        start = end = None
        if self.today is not None and self.published is not None:
            if one.value == "PRESENT_REF":
                start, end = midnight(self.today), midnight(self.today) + timedelta(days=1)
            elif one.value == "PAST_REF":
                end = self.published
            else:
                start = self.published
        return Time(span, TimeKind.DATE, one.value, start, end)

    def _length(self, one: Mention) -> tuple[datetime | None, datetime | None]:
        """The interval of "the past three days" and "the next two weeks"; none for a length alone."""
        if self.published is None or one.shift is None or not one.count:
            return None, None
        try:
            other = _away(self.published, one.unit, one.shift * one.count)
        except (ValueError, OverflowError):
            return None, None
        return (other, self.published) if one.shift < 0 else (self.published, other)

    def _clock_shifted(self, span: Span, one: Mention) -> Time:
        if self.published is None:
            return Time(span, TimeKind.TIME, "XXXX-XX-XXTXX:XX")
        then = self.published + timedelta(seconds=_CLOCKS[one.unit] * (one.shift or 0) * one.count)
        start = then.replace(second=0, microsecond=0)
        return Time(span, TimeKind.TIME, f"{start:%Y-%m-%dT%H:%M}", start, start + timedelta(minutes=1))

    def _day_spoken_of(self) -> Stretch | None:
        """The day that a clock without a day belongs to: the last one named nearby, or that of the report."""
        for time in reversed(self.known[-3:]):
            stretch = read(time.value)
            if stretch is not None and stretch.unit is Unit.DAY:
                return stretch
        return None if self.today is None else of(self.today, Unit.DAY)

    def _of_day(self, span: Span, one: Mention, day: Stretch | None) -> Time:
        """A clock or a part of the day on that day."""
        part = one.part or (one.value if one.form is Form.PART else "")
        tail = part if one.hour < 0 else f"{one.hour:02d}:{one.minute:02d}" if one.minute >= 0 else f"{one.hour:02d}"
        if day is None or day.unit is not Unit.DAY:
            return Time(span, TimeKind.TIME, f"{self._open_value(one) or 'XXXX-XX-XX'}T{tail}")
        if one.hour < 0:
            first, last = PART_HOURS[part]
            start, end = day.start + timedelta(hours=first), day.start + timedelta(hours=last)
        else:
            start = day.start + timedelta(hours=one.hour - (one.zone or 0), minutes=max(0, one.minute))
            end = start + timedelta(minutes=1)
        return Time(span, TimeKind.TIME, f"{day.value}T{tail}", start, end)

    def _narrowed(self, one: Mention, stretch: Stretch) -> tuple[datetime, datetime]:
        """The interval of a stretch, cut by "early", "late", "earlier this" or "later this"."""
        start, end = stretch.start, stretch.end
        if one.compared and self.today is not None and start <= midnight(self.today) < end:
            cut = midnight(self.today) + timedelta(days=1 if one.compared > 0 else 0)
            narrowed = (start, cut) if one.compared < 0 else (cut, end)
            return narrowed if narrowed[0] < narrowed[1] else (start, end)
        return (start, end) if one.third is None else third(stretch, one.third)

    def _stretch(self, one: Mention) -> Stretch | None:
        """What a mention means, or None when it hangs on a publication that nobody knows."""
        match one.form:
            case Form.FIXED:
                return one.stretch
            case Form.FROM_CONTEXT:
                return self._from_context(one)
            case Form.IN_YEAR if one.year is not None:
                return _in_year(one, one.year)
        today = self.today
        if today is None:
            return None
        match one.form:
            case Form.SHIFTED:
                return self._shifted(one, today)
            case Form.WEEKDAY:
                return self._weekday(one, today)
            case Form.DAY_OF_MONTH:
                return self._nearest(one, [_day_in_month(one.day, today, k) for k in (-2, -1, 0, 1, 2)], today)
        years = range(today.year - 2, today.year + 3)
        candidates = [_in_year(one, year) for year in years if one.day != 29 or one.number != 2 or year % 4 == 0]
        if one.weekday is not None:
            nearby = [
                _in_year(one, year) for year in range(today.year - 6, today.year + 6) if one.day != 29 or year % 4 == 0
            ]
            fitting = [c for c in nearby if c.first.weekday() == one.weekday]
            candidates = [min(fitting, key=lambda c: abs(c.first - today))] if fitting else candidates
        return self._nearest(one, candidates, today)

    def _nearest(self, one: Mention, candidates: Sequence[Stretch | None], today: date) -> Stretch | None:
        """The candidate that fits "last", "this" or "next", or else the tense around the mention."""
        possible = [c for c in candidates if c is not None]
        now = midnight(today)
        if not possible or len(possible) == 1:
            return possible[0] if possible else None
        if one.shift == -1:
            return max((c for c in possible if c.end <= now), key=lambda c: c.index)
        if one.shift == 1:
            return min((c for c in possible if c.start > now), key=lambda c: c.index)
        past = max((c for c in possible if c.start <= now), key=lambda c: c.index)
        future = min((c for c in possible if c.end > now), key=lambda c: c.index)
        if one.shift == 0:
            return past if past.start.year == today.year else future
        since, till = (now - past.start).days, (future.start - now).days
        tense = direction(self.text, one.start, one.end)
        if tense == 0 or (tense > 0 and one.unit is Unit.QUARTER):
            return past if since <= 2 * till else future
        if tense < 0:
            return past if since <= LONG_PAST else future
        return future if till <= LONG_AHEAD else past

    def _weekday(self, one: Mention, today: date) -> Stretch:
        back = (today.weekday() - one.number) % 7
        on = (one.number - today.weekday()) % 7
        if one.shift == -1:
            return of(today - timedelta(days=back or 7), Unit.DAY)
        if one.shift == 1:
            return of(today + timedelta(days=on or 7), Unit.DAY)
        tense = direction(self.text, one.start, one.end)
        ahead = tense > 0 or (one.shift == 0 and tense == 0)
        return of(today + timedelta(days=on) if ahead else today - timedelta(days=back), Unit.DAY)

    def _shifted(self, one: Mention, today: date) -> Stretch | None:
        unit, count = one.unit, one.count
        if unit is Unit.WEEKEND and one.shift is None:
            now = of(today, unit)
            if direction(self.text, one.start, one.end) > 0 or today.weekday() >= 5:
                return now
            return now.shifted(-1)
        steps = (one.shift or 0) * count
        if unit is Unit.YEAR and abs(steps) == 1 and one.end - one.start >= 8:
            compared = self._quarter_near(one)
            if compared is not None and self.text[one.start : one.end].lower().endswith(("ago", "period", "quarter")):
                return compared.years_off(int(steps))
        if steps != int(steps):
            unit, steps = {Unit.YEAR: (Unit.MONTH, steps * 12), Unit.WEEK: (Unit.DAY, steps * 7)}.get(
                unit, (unit, steps)
            )
        if self.text[one.start : one.end].lower().find("fortnight") >= 0:
            steps *= 2
        return of(today, unit).shifted(round(steps))

    def _spoken_of(self, one: Mention, reach: int | None = None) -> Stretch | None:
        """The last stretch named; "a year earlier" is compared with another, and nothing is with it in turn."""
        for time in reversed(self.known[-MEMORY:]):
            if reach is not None and one.start - time.span.end > reach:
                return None
            stretch = read(time.value)
            if stretch is not None and not _COMPARED.search(time.span.of(self.text)):
                return stretch
        return None

    def _quarter_near(self, one: Mention) -> Stretch | None:
        for time in reversed(self.known[-MEMORY:]):
            if one.start - time.span.end > NEAR:
                return None
            stretch = read(time.value)
            before = self.text[max(0, time.span.start - 8) : time.span.start]
            if stretch is not None and not _COMPARED.search(time.span.of(self.text)) and not _ENDED.search(before):
                return stretch if stretch.unit is Unit.QUARTER else None
        return None

    def _from_context(self, one: Mention) -> Stretch | None:
        """So far from the time that was spoken of last."""
        anchor = self._spoken_of(one)
        if one.value == "quarter":
            words = self.text[one.start : one.end].lower()
            quarter = None if "latest" in words or "current" in words else self._quarter_near(one)
            if quarter is None and one.shift:
                day = self._spoken_of(one, NEAR)
                quarter = of(day.first, Unit.QUARTER) if day is not None and day.unit is Unit.DAY else None
            if quarter is None and self.today is not None:
                quarter = of(self.today, Unit.QUARTER).shifted(0 if "current" in words else -1)
            return quarter.years_off(one.shift or 0) if quarter is not None else None
        if anchor is None:
            anchor = of(self.today, Unit.DAY) if self.today is not None else None
        if anchor is None:
            return None
        steps = round((one.shift or 0) * one.count)
        if one.unit is Unit.YEAR:
            return anchor.years_off(steps) if steps else of(anchor.first, Unit.YEAR)
        if anchor.unit in PER_YEAR or anchor.unit in (Unit.YEAR, Unit.DECADE, Unit.CENTURY):
            if one.unit is anchor.unit:
                return anchor.shifted(steps)
            if not one.unit.value.startswith("T") and one.unit in PER_YEAR:
                return of(anchor.first, one.unit).shifted(steps)
            return None
        return of(anchor.first, one.unit).shifted(steps)

    def _open_value(self, one: Mention) -> str | None:
        """The value of what hangs on an unknown publication."""
        if one.form is Form.WEEKDAY:
            return f"XXXX-WXX-{one.number + 1}"
        if one.form is Form.DAY_OF_MONTH:
            return f"XXXX-XX-{one.day:02d}"
        if one.form is Form.IN_YEAR:
            sample = _in_year(one, 2000).value
            return "XXXX" + sample[4:]
        if one.form is Form.FROM_CONTEXT and one.unit.value.startswith("T"):
            return None
        return unknown(Unit.QUARTER if one.value == "quarter" else one.unit)


def _in_year(one: Mention, year: int) -> Stretch:
    if one.unit is Unit.DAY:
        return of(date(year, one.number, one.day), Unit.DAY)
    return Stretch(one.unit, year * PER_YEAR[one.unit] + one.number - (1 if one.unit is Unit.MONTH else 0))


def _day_in_month(day: int, today: date, months: int) -> Stretch | None:
    month = moved(today.replace(day=1), months=months)
    try:
        return of(month.replace(day=day), Unit.DAY)
    except ValueError:
        return None


def _away(moment: datetime, unit: Unit, count: float) -> datetime:
    """The moment that lies so many units before or behind another."""
    if unit in _CLOCKS:
        return moment + timedelta(seconds=_CLOCKS[unit] * count)
    days = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7}.get(unit)
    if days:
        return moment + timedelta(days=days * count)
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12, Unit.DECADE: 120, Unit.CENTURY: 1200}[unit]
    return datetime.combine(moved(moment.date(), months=round(months * count)), moment.timetz())
