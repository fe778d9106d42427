"""Small pictures, reckoned here and drawn by a template: how something spread over time and outlets, and bars by day.

Lengths are in the units of the drawing's view box. Whatever a picture shows also stands in words or in a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from onrecord.ledger.view import ReportHead
from onrecord.publishing.linked.sourcing import STANDING_WORDS, Sourcing
from onrecord.publishing.wording import MONTHS, counted, day_words, short_day, shortened, when

WIDTH = 720
LEFT, RIGHT, TOP = 14, 22, 30
ROW = 40
MOST_ROWS = 14
MOST_DOTS = 400
MOST_TICKS = 8
APART = 13
MOST_BARS = 62
BARS_HIGH = 110


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis of time."""

    x: float
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """The line of one outlet."""

    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A report: filled where it tells first hand, hollow where it copies, cites or shows no origin."""

    x: float
    y: float
    hollow: bool
    words: str


@dataclass(frozen=True, slots=True)
class Thread:
    """From a report to the one that it copies or cites."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Reports as dots on an axis of time, a row for each outlet; `words` tell the same without the picture."""

    width: int
    height: int
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    dots: tuple[Dot, ...]
    threads: tuple[Thread, ...]
    words: str
    undated: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How many there were in one stretch of days, from `first` to `last`, both taken in."""

    x: float
    y: float
    width: float
    height: float
    number: int
    words: str
    called: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers by day, week, month or year, whichever keeps the picture small; empty stretches are left empty."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    most: int
    by: str
    words: str


def spread(reports: Sequence[ReportHead], known: Mapping[str, Sourcing]) -> Spread | None:
    """How reports spread, earliest first; None where fewer than two have a date."""
    dated = [(_moment(head), head) for head in reports if head.published is not None]
    if len(dated) < 2:
        return None
    dated.sort(key=lambda one: (one[0], one[1].id))
    first, last = dated[0][0], dated[-1][0]
    length = (last - first).total_seconds()
    outlets = list(dict.fromkeys(_outlet(head) for _, head in dated))
    shown = outlets[: MOST_ROWS - 1] if len(outlets) > MOST_ROWS else outlets
    lines = {outlet: TOP + ROW * (min(place, len(shown)) + 0.7) for place, outlet in enumerate(outlets)}
    rows = [Row(lines[outlet], shortened(outlet, 60)) for outlet in shown]
    if len(shown) < len(outlets):
        rows.append(Row(lines[outlets[-1]], counted(len(outlets) - len(shown), "other outlet", "other outlets")))
    space = WIDTH - LEFT - RIGHT
    dots: dict[str, Dot] = {}
    taken: dict[float, float] = {}
    for moment, head in dated[:MOST_DOTS]:
        share = (moment - first).total_seconds() / length if length else 0.5
        y = lines[_outlet(head)]
        x = min(max(LEFT + 6 + share * (space - 12), taken.get(y, -APART) + APART), WIDTH - 8.0)
        taken[y] = x
        sourcing = known.get(head.id)
        standing = sourcing.words if sourcing is not None else ""
        words = f"{_outlet(head)}, {when(head.published, head.published_is_day).words}: {standing}"
        dots[head.id] = Dot(round(x, 1), y, sourcing is not None and not sourcing.standing.first_hand, words)
    threads = [
        Thread(dots[behind].x, dots[behind].y, dot.x, dot.y)
        for report, dot in dots.items()
        if report in known and (behind := known[report].behind) in dots
    ]
    return Spread(
        width=WIDTH,
        height=round(TOP + ROW * len(rows) + 12),
        ticks=tuple(_ticks(first, last, space)),
        rows=tuple(rows),
        dots=tuple(dots.values()),
        threads=tuple(threads),
        words=_told(dated, known),
        undated=len(reports) - len(dated),
    )


def _outlet(head: ReportHead) -> str:
    return head.outlet or "outlet not stated"


def _moment(head: ReportHead) -> datetime:
    assert head.published is not None
    # Of a day alone the middle is shown.
    day = head.published.astimezone(UTC)
    return datetime.combine(day.date(), time(12), UTC) if head.published_is_day else day


def _ticks(first: datetime, last: datetime, space: float) -> list[Tick]:
    length = (last - first).total_seconds()
    if not length:
        return [Tick(LEFT + space / 2, when(first, True).words, "middle")]

    def at(moment: datetime) -> float:
        return round(LEFT + 6 + (moment - first).total_seconds() / length * (space - 12), 1)

    if length < 86_400 and first.date() == last.date():
        return [
            Tick(at(first), f"{when(first, True).words}, {first:%H:%M}", "start"),
            Tick(at(last), f"{last:%H:%M} UTC", "end"),
        ]
    step = max(1, -(-((last.date() - first.date()).days + 1) // MOST_TICKS))
    days = [first.date() + timedelta(days=one) for one in range(0, (last.date() - first.date()).days + 1, step)]
    ticks: list[Tick] = []
    year = 0
    for day in days:
        moment = datetime.combine(day, time(0), UTC)
        x = max(at(moment), float(LEFT))
        with_year = day.year != year
        words = short_day(day) + (f" {day.year}" if with_year else "")
        if ticks and x - ticks[-1].x < (84 if len(ticks) == 1 else 56):
            continue
        year = day.year
        ticks.append(Tick(x, words, "start" if x < 40 else "end" if x > WIDTH - 60 else "middle"))
    return ticks


def _told(dated: Sequence[tuple[datetime, ReportHead]], known: Mapping[str, Sourcing]) -> str:
    told = []
    for _, head in dated[:12]:
        sourcing = known.get(head.id)
        standing = f" ({STANDING_WORDS[sourcing.standing]})" if sourcing is not None else ""
        moment = when(head.published, head.published_is_day).words
        told.append(f"{shortened(_outlet(head), 60)}, {moment}{standing}")
    rest = f"; and {len(dated) - 12:,} more" if len(dated) > 12 else ""
    return "In order of time: " + "; ".join(told) + rest + "."


def bars(by_day: Sequence[tuple[date, int]], one: str = "statement", many: str = "statements") -> Bars | None:
    """Bars for numbers by day of what is called so; None where there are none."""
    counts: Counter[date] = Counter()
    for day, number in by_day:
        counts[day] += max(number, 0)
    counts = +counts
    if not counts:
        return None
    by, firsts = _stretches(min(counts), max(counts))
    numbers = [0] * len(firsts)
    place = 0
    for day in sorted(counts):
        while place + 1 < len(firsts) and firsts[place + 1] <= day:
            place += 1
        numbers[place] += counts[day]
    most = max(numbers)
    each = (WIDTH - LEFT - RIGHT) / max(len(firsts), 12)
    found = [
        Bar(
            x=round(LEFT + each * place, 1),
            y=round(TOP + BARS_HIGH * (1 - number / most), 1),
            width=round(max(each - 3, 2), 1),
            height=round(BARS_HIGH * number / most, 1),
            number=number,
            words=f"{_called(firsts[place], by)}: {counted(number, one, many)}",
            called=_called(firsts[place], by),
            first=firsts[place],
            last=firsts[place + 1] - timedelta(days=1) if place + 1 < len(firsts) else max(max(counts), firsts[place]),
        )
        for place, number in enumerate(numbers)
        if number
    ]
    step = max(1, -(-len(firsts) // MOST_TICKS))
    ticks = [
        _under(round(LEFT + each * place, 1), _called(firsts[place], by, short=bool(place)))
        for place in range(0, len(firsts), step)
        if place == 0 or each * place > 110
    ]
    told = f"{counted(sum(numbers), one, many)} by {by}, from {_called(firsts[0], by)} to "
    told += f"{_called(firsts[-1], by)}; most, {most:,}, in {_called(firsts[numbers.index(most)], by)}."
    return Bars(WIDTH, TOP + BARS_HIGH + 26, tuple(found), tuple(ticks), most, by, told)


def _under(x: float, words: str) -> Tick:
    """The words under a bar, which must not reach beyond the picture."""
    return Tick(x, words, "start") if x < WIDTH - 70 else Tick(WIDTH - 4.0, words, "end")


def _stretches(first: date, last: date) -> tuple[str, list[date]]:
    """The shortest sort of stretch of which no more than a few dozen are needed, and the first day of each."""
    days = (last - first).days + 1
    if days <= MOST_BARS:
        return "day", [first + timedelta(days=one) for one in range(days)]
    if days <= 7 * MOST_BARS:
        monday = first - timedelta(days=first.weekday())
        return "week", [monday + timedelta(days=7 * one) for one in range((last - monday).days // 7 + 1)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MOST_BARS:
        begin = first.year * 12 + first.month - 1
        return "month", [date((begin + one) // 12, (begin + one) % 12 + 1, 1) for one in range(months)]
    years = list(range(first.year, last.year + 1))[-10 * MOST_BARS :]
    return "year", [date(year, 1, 1) for year in years]


def _called(day: date, by: str, *, short: bool = False) -> str:
    if by == "year":
        return str(day.year)
    if by == "month":
        month = MONTHS[day.month - 1]
        return f"{month[:3]} {day.year}" if short else f"{month} {day.year}"
    if short:
        return short_day(day)
    return f"the week of {day_words(day)}" if by == "week" else day_words(day)
