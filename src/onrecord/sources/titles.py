"""The title of a page: what trafilatura found in its metadata, held to what the page itself shows above the article.

Metadata often has a title made for search engines, with the outlet, a section or the day behind it. Where the linked
data and a heading agree on a headline, that is the title; where one of them is how the title begins, the rest goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SHORTEST = 15
"""Characters of a headline that a longer title may be cut down to."""

_LAST_PART = re.compile(r"\s*(?:[|·•»*]|\s[-–—:])\s+(?P<last>[^|·•»*]{2,60})$")
_DIVIDED = re.compile(r"\s*[|·•»*：_]|\s+[-–—:]\s")
# "CBC News" and "CBC" are one outlet, and so are "The Courier" and "Courier Online".
_COMMON = re.compile(r"\b(?:the|news|online|digital)\b")


def title_of(
    found: str | None, headlines: Iterable[str | None], headings: Iterable[str | None], names: Iterable[str | None]
) -> str | None:
    """The title, out of the one that metadata have, the headlines of linked data, the page's headings and its names.

    >>> title_of("Talks end | Calder Tribune", [], [], ["Calder Tribune"])
    'Talks end'
    >>> title_of("Talks on the border end - World | tribune.example", [], ["Talks on the border end"], [])
    'Talks on the border end'
    """
    shown = [heading for heading in headings if heading]
    linked = [headline for headline in headlines if headline]
    agreed = _agreed(linked, shown)
    if agreed is not None:
        return agreed
    title = _without_outlet(found, names)
    shorter = [
        headline
        for headline in (*shown, *linked)
        if title and SHORTEST <= len(headline) < len(title) and title.startswith(headline)
    ]
    return next((one for one in shorter if title and _DIVIDED.match(title, len(one))), title)


def plain(name: str) -> str:
    """A name without case, spaces and punctuation, to compare it by.

    >>> plain("The Calder Tribune") == plain("CALDER-TRIBUNE")
    True
    """
    return re.sub(r"\W|_|^the\b", "", name.lower())


def _agreed(linked: Sequence[str], shown: Sequence[str]) -> str | None:
    known = {plain(headline) for headline in linked} - {""}
    return next((heading for heading in shown if len(heading) >= SHORTEST and plain(heading) in known), None)


def _without_outlet(title: str | None, names: Iterable[str | None]) -> str | None:
    known = {_common(name) for name in names if name} - {""}
    while title and (cut := _LAST_PART.search(title)) and _common(cut["last"]) in known:
        title = title[: cut.start()].rstrip() or None
    return title


def _common(name: str) -> str:
    return plain(_COMMON.sub("", name.lower())) or plain(name)
