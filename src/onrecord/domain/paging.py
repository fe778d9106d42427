"""Pages of a report that was printed: where each begins in the report's text, and on which one characters stand.

What takes the text out of a PDF keeps the beginnings in the report's `extra`, from where they are made again like the
text itself.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

EXTRACTOR: Final = "pypdf"
"""Reports whose extractor begins so have pages; in others, `extra` holds what somebody else wrote."""
_KEY: Final = "page_starts"
_MOST: Final = 100_000


def pages_kept(starts: Sequence[int]) -> str:
    """The beginnings of pages as `extra` keeps them: characters of the text, one for each page, rising."""
    return json.dumps({_KEY: list(starts)})


def page_starts(extractor: str, extra: str | None) -> tuple[int, ...]:
    """Where the pages of a report begin, or none where it has no pages.

    >>> page_starts("pypdf 7.1.1", '{"page_starts": [0, 40]}'), page_starts("json", '{"page_starts": [0, 40]}')
    ((0, 40), ())
    """
    if not extra or not extractor.startswith(EXTRACTOR):
        return ()
    try:
        starts = json.loads(extra)[_KEY]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()
    known = isinstance(starts, list) and len(starts) <= _MOST and all(type(one) is int for one in starts)
    return tuple(starts) if known and list(starts) == sorted(starts) else ()


def page_of(starts: Sequence[int], at: int) -> int | None:
    """The number, from 1, of the page that a character stands on; a page without text is never it.

    >>> page_of((0, 40, 40, 90), 40), page_of((), 40)
    (3, None)
    """
    return (bisect_right(starts, at) or 1) if starts else None


def page_words(starts: Sequence[int], start: int, end: int) -> str:
    """On which page characters `[start, end)` stand, in words; empty where the report has no pages.

    >>> page_words((0, 40), 2, 9), page_words((0, 40), 2, 60), page_words((), 2, 9)
    ('page 1', 'pages 1 to 2', '')
    """
    first, last = page_of(starts, start), page_of(starts, max(start, end - 1))
    if first is None or last is None:
        return ""
    return f"page {first}" if first == last else f"pages {first} to {last}"
