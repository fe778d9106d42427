"""Values of feeds as they are kept: plain text on one line, times in UTC, tags of languages."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Final

from lxml import etree, html

from onrecord.sources.feeds.items import LONGEST_GUID, Faults
from onrecord.sources.metadata import storable
from onrecord.sources.times import parse_published

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Before there was a web nothing was published on it."""
FAR_AHEAD: Final = timedelta(days=3653)
"""A time further ahead than ten years is a fault of the feed."""
LONGEST_RAW: Final = 200_000
"""Characters of one field that are looked at at all."""

_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--")
# Of the characters that show nothing those are kept that Persian, Indic scripts and pictures are written with.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_ZONE_NAME = re.compile(r"\d\s*\(?([A-Za-z]{2,5})\)?$")
_ZONES_KNOWN = frozenset("ut gmt utc z est edt cst cdt mst mdt pst pdt am pm".split())
_TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8}){0,3})")
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
))
# fmt: on
_DEEP: Final = 200
_UNREAD = frozenset(("script", "style", "template", "noscript", "iframe", "svg", "math"))


def plain(value: object, longest: int, *, markup: bool = False) -> str | None:
    """A text on one line without control characters, at most `longest` characters; None when nothing is left.

    With `markup` it is HTML: tags go, entities become what they stand for.

    >>> plain("Talks <b>fail</b><br>again &amp; again", 100, markup=True)
    'Talks fail again & again'
    >>> plain("2 < 3", 100)
    '2 < 3'
    """
    if not isinstance(value, str):
        return None
    text = value[:LONGEST_RAW]
    if markup:
        text = _without_markup(text) if _MARKUP.search(text) else unescape(text)
    # Line and paragraph separators are white space to split; what else controls or overrides direction goes.
    line = " ".join(storable(text).split())[: 8 * longest]
    kept = _CONTROLS.sub("", line)
    if len(kept) > longest:
        kept = kept[: longest - 1].rstrip() + "…"
    return kept.strip() or None


def each_once(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Those of some texts that say anything, each once."""
    return tuple(dict.fromkeys(one for one in texts if one))


def identifier(value: object) -> str | None:
    """What a feed calls an item by, as it is given apart from white space around it; None where it gives none."""
    return storable(value.strip())[:LONGEST_GUID] or None if isinstance(value, str) else None


def _without_markup(text: str) -> str:
    try:
        root = html.fragment_fromstring(storable(text), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return unescape(re.sub(r"<[^<>]*>", " ", text))
    pieces: list[str] = []
    # Events instead of recursion: markup may be nested as deep as the parser allows.
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces.append(element.tail or "" if not unread else "")
            continue
        name = element.tag
        if event == "start":
            unread += name in _UNREAD
            pieces += (" " if name in _BLOCKS else "", element.text or "" if not unread else "")
        else:
            unread -= name in _UNREAD
            tail = "" if unread or element is root else element.tail or ""
            pieces += (" " if name in _BLOCKS else "", tail)
    read = "".join(pieces)
    # The parser stops where elements are nested too deep, and gives nothing of what lies there.
    return read if read.strip() or text.count("<") < _DEEP else re.sub(r"<[^<>]*>", " ", text)


def moment(value: object, parsed: object, faults: Faults, now: datetime) -> datetime | None:
    """A time in UTC, or None with a fault: not understood, before 1990, or far ahead.

    `parsed` is what the library for feeds made of it, in UTC; it knows forms that `parse_published` refuses. A time
    without a zone, or with one that has no fixed meaning, is taken as UTC; no zone is guessed from anything.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    found = parse_published(value)
    named = _ZONE_NAME.search(value.strip()) if isinstance(value, str) else None
    if named and named[1].lower() not in _ZONES_KNOWN:
        faults.tell(f"the zone {named[1]} of a time is not known; it was taken as UTC")
        value = str(value).strip()[: named.start(1)].rstrip("( ") + " GMT"
        found = parse_published(value) or found
    when = found[0] if found else _from_tuple(parsed)
    if when is None:
        faults.tell("a time is not understood")
    elif when < EARLIEST:
        faults.tell("a time before 1990 was dropped")
    elif when > now + FAR_AHEAD:
        faults.tell("a time more than ten years ahead was dropped")
    else:
        return when
    return None


def _from_tuple(parsed: object) -> datetime | None:
    if not isinstance(parsed, time.struct_time):
        return None
    try:
        return datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:
        return None


def language_tag(value: object) -> str | None:
    """A language tag as BCP 47 writes it, or None.

    >>> language_tag("EN_gb"), language_tag("zh-hans-cn"), language_tag("English")
    ('en-GB', 'zh-Hans-CN', None)
    """
    if not isinstance(value, str) or not (found := _TAG.fullmatch(value.strip())):
        return None
    written = [found[1].lower()]
    for part in found[2].replace("_", "-").split("-")[1:]:
        alphabetic = part.isalpha()
        written.append(
            part.upper() if alphabetic and len(part) == 2 else part.title() if len(part) == 4 else part.lower()
        )
    return "-".join(written)
