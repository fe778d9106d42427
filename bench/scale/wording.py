"""Numbers as a reader takes them: times and sizes in the unit that fits, tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_TIMES = (("s", 1.0, 100), ("min", 60.0, 100), ("h", 3600.0, 72), ("days", 86_400.0, 1000))
_SIZES = ("bytes", "kB", "MB", "GB", "TB", "PB")
YEAR = 365.25 * 86_400


def lasting(seconds: float) -> str:
    """A time in the unit in which it is neither long nor short.

    >>> [lasting(one) for one in (0.03, 7.25, 431, 7_000, 300_000, 1e9)]
    ['0.03 s', '7.2 s', '7.2 min', '1.9 h', '3.5 days', '32 years']
    """
    for unit, size, most in _TIMES:
        if seconds / size < most:
            return f"{figure(seconds / size)} {unit}"
    return f"{figure(seconds / YEAR)} years"


def sized(size: float) -> str:
    """Bytes in decimal units.

    >>> [sized(one) for one in (410, 52_300, 3.02e12, 9e17)]
    ['410 bytes', '52 kB', '3.0 TB', '900 PB']
    """
    for unit in _SIZES[:-1]:
        if size < 999.5:
            return f"{figure(size)} {unit}"
        size /= 1000
    return f"{figure(size)} {_SIZES[-1]}"


def figure(value: float) -> str:
    """Two figures, and all of those before the point.

    >>> [figure(one) for one in (0, 0.0312, 0.25, 3.14, 27.5, 1234.5)]
    ['0', '0.03', '0.25', '3.1', '28', '1,234']
    """
    if value == 0 or value >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def percent(share: float) -> str:
    """A share of one.

    >>> percent(0.954)
    '95 %'
    """
    return f"{100 * share:.0f} %"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; the first column is of words, the others of numbers.

    >>> print(table(["what", "how many"], [["reports", "3"]]))
    | what | how many |
    |---|--:|
    | reports | 3 |
    """
    lines = [head, *rows]
    rule = "|---|" + "--:|" * (len(head) - 1)
    written = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join((written[0], rule, *written[1:]))
