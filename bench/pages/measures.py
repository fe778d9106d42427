"""How near what was taken out of a page comes to what is expected of it.

Texts are compared as the article extraction benchmark of scrapinghub does: runs of four words, each page weighing the
same, precision and recall as means over pages, and F1 of these means. Titles count when they are the same but for
spaces, and when they are the same but for case and punctuation. Names of authors are compared without case and
punctuation. A day is right when it is that of the expected time in its own zone or in UTC.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import mean

from bench.pages.saved import Saved

RUN = 4
"""Words."""

Shares = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one program took out of one page."""

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of one program over some pages, in percent; None where nothing is expected."""

    precision: float
    recall: float
    f1: float
    title: float | None = None
    title_words: float | None = None
    authors: float | None = None
    authors_f1: float | None = None
    day_right: float | None = None
    day_answered: float | None = None


def shares(expected: str, text: str) -> Shares:
    """Of the runs of words of two texts, the shares that both have, that only the second and only the first has.

    >>> shares("a b c d e", "a b c d x")
    (0.3333333333333333, 0.3333333333333333, 0.3333333333333333)
    """
    wanted, found = _runs(expected), _runs(text)
    both = (wanted & found).total()
    counts = both, found.total() - both, wanted.total() - both
    whole = sum(counts)
    return (counts[0] / whole, counts[1] / whole, counts[2] / whole) if whole else (0.0, 0.0, 0.0)


def of_texts(pages: Iterable[Shares]) -> Measured:
    """Precision, recall and F1 over pages."""
    told = list(pages)
    precision = mean(_share(both, extra) for both, extra, _ in told if both + extra > 0)
    recall = mean(_share(both, lost) for both, _, lost in told if both + lost > 0)
    f1 = 2 * precision * recall / (precision + recall)
    return Measured(100 * precision, 100 * recall, 100 * f1)


def measured(pages: Iterable[tuple[Saved, Taken]]) -> Measured:
    """All measures over pages."""
    told = list(pages)
    text = of_texts(shares(page.text, taken.text) for page, taken in told)
    titled = [(page.title, taken.title or "") for page, taken in told if page.title is not None]
    signed = [(_names(page.authors), _names(taken.authors)) for page, taken in told if page.authors is not None]
    dated = [(page.published, taken.day) for page, taken in told if page.published is not None]
    answered = [(when, day) for when, day in dated if day is not None]
    names = sum(len(a) for a, _ in signed) + sum(len(b) for _, b in signed)
    return Measured(
        text.precision,
        text.recall,
        text.f1,
        _percent(" ".join(a.split()) == " ".join(b.split()) for a, b in titled),
        _percent(plain(a) == plain(b) for a, b in titled),
        _percent(a == b for a, b in signed),
        100 * 2 * sum(len(a & b) for a, b in signed) / names if names else None,
        _percent(right_day(when, day) for when, day in answered),
        _percent(day is not None for _, day in dated),
    )


def right_day(expected: datetime, day: date) -> bool:
    """Whether a day is that of a time, in the zone it is told in or in UTC."""
    return day in ({expected.date()} if expected.tzinfo is None else {expected.date(), expected.astimezone(UTC).date()})


def plain(words: str) -> str:
    """Words without case, spaces and punctuation.

    >>> plain("Talks ‘end’ – at last") == plain("TALKS 'END' - AT LAST")
    True
    """
    return re.sub(r"[\W_]", "", words.casefold())


def _names(names: Iterable[str] | None) -> frozenset[str]:
    return frozenset(key for name in names or () if (key := plain(name)))


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(run for at in range(max(1, len(words) - RUN + 1)) if (run := tuple(words[at : at + RUN])))


def _share(both: float, other: float) -> float:
    return both / (both + other)


def _percent(told: Iterable[bool]) -> float | None:
    counted = list(told)
    return 100 * mean(counted) if counted else None
