"""When two texts of one page are two versions of it, and whether the later one says that it was changed.

What belongs to the page and not to the report takes no part: what sources marked as boilerplate, white space, signs
that nobody sees, and lines that a page counts or dates by itself ("1,204 comments", "Updated 5 minutes ago").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from onrecord.domain.ids import content_id
from onrecord.domain.reports import Input, Mark, MarkKind
from onrecord.domain.spans import Span

GONE: Final = "gone"
"""The reason of an input that records that a page is no longer there."""

TOP: Final = 8
BOTTOM: Final = 6
"""So many lines with words at the beginning and at the end of a text are looked at for a word about a change."""
_LONGEST_NOTICE: Final = 600
_LONGEST_LIVE: Final = 120

_UNSEEN: Final = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_LINE: Final = re.compile(r"[^\n]+")
_NUMBER: Final = r"\d[\d.,\u00a0]{0,12}\s?[kKmM]?"
_COUNTED: Final = (
    r"(?:comments?|shares?|views?|likes?|reads?|readers?|reactions?|replies|followers?|votes?|retweets?|reposts?"
    r"|plays?)"
)
_PART_OF_A_TIME: Final = (
    r"(?:\d[\d:./]*(?:st|nd|rd|th|h)?|[ap]\.?m\.?|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february"
    r"|march|april|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri"
    r"|sat|sun|gmt|utc|cet|cest|bst|edt|est|et|pt|at|on)\b)"
)
_LIVE: Final = re.compile(
    rf"""\W*(?:
    {_NUMBER}\s{{0,3}}{_COUNTED}
    |{_COUNTED}\s{{0,3}}[:(]?\s{{0,3}}{_NUMBER}\)?
    |{_NUMBER}\s(?:people\ are\ |are\ )?(?:reading|watching)(?:\ (?:this|now|this\ now))?
    |(?:(?:last\ )?(?:updated|modified|published|posted):?\s)?{_NUMBER}\s?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?
        |days?|weeks?)[\s-](?:ago|read)
    |(?:last\ )?(?:updated|modified)[:\s](?:[\s,.|–-]{{0,3}}{_PART_OF_A_TIME}){{1,12}}
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_HEAD_OF_NOTICE: Final = re.compile(
    r"""\W{0,4}(?:
    (?:correction|corrections|corrected|clarification|clarified|update|updated|amended|amendment|erratum|errata|retraction
        |retracted|editor['’]?s?['’]?\ note|editors['’]?\ note|note\ to\ readers
        |korrektur|korrigiert|berichtigung|aktualisiert|aktualisierung|anmerkung\ der\ redaktion|hinweis\ der\ redaktion
        |rectificatif|correctif|mis\ à\ jour|mise\ à\ jour|note\ de\ la\ rédaction
        |corrección|correcciones|fe\ de\ errores|actualizado|actualización|nota\ del\ editor
        |correzione|rettifica|aggiornato|aggiornamento)
    (?:\s?[:(\u2013\u2014|-]|\s(?:on|at|am|um|le|à|el|il|a\ las|alle)\b|\s\d|\s*$)
    |last\ (?:updated|modified|corrected)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_PHRASE_OF_NOTICE: Final = re.compile(
    r"""\b(?:
    (?:this\ (?:article|story|report|piece|post|page|headline|item|text|copy)|the\ (?:article|story|headline))
    \ (?:(?:has|have)\ (?:since\ )?been|was|is)\ (?:\w+\ )?
    (?:updated|corrected|amended|clarified|changed|revised|edited|modified)
    |(?:an|a\ previous|the\ original|a)?\ ?(?:earlier|previous|original)\ version\ of\ this
    |we\ have\ (?:corrected|amended|updated|clarified)\b
    |dieser\ (?:artikel|beitrag|text)\ wurde\ (?:\w+\ ){0,3}(?:korrigiert|aktualisiert|geändert|ergänzt)
    |in\ einer\ früheren\ (?:version|fassung)
    |une\ (?:première\ )?version\ (?:précédente|antérieure)
    |una\ versión\ anterior
    |una\ versione\ precedente
    )""",
    re.IGNORECASE | re.VERBOSE,
)


class Telling(StrEnum):
    """Whether a later text of a page says that it was changed."""

    SILENT = "changed silently"
    SAID = "changed, and says so"
    OTHERWISE = "taken in another way"
    """The two texts were taken out of their captures by different programs, so what differs may be theirs."""


@dataclass(frozen=True, slots=True)
class Changed:
    """How a later text stands to an earlier one: `notices` are its own words for it."""

    telling: Telling
    notices: tuple[str, ...] = ()


def folded(text: str) -> str:
    """The text in NFC with all white space as one blank, without signs that nobody sees.

    >>> folded("The\\u00ad  weir\\nholds")
    'The weir holds'
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_UNSEEN).split())


def lines(text: str, marks: Sequence[Mark] = ()) -> Iterator[Span]:
    """The lines of a text that belong to the report, without the boilerplate in them; empty ones are left out.

    A headline that stands above the text is left out too: it is compared as the title.
    """
    furniture = sorted(mark.span for mark in marks if mark.kind is not MarkKind.CAPTION)
    place = 0
    for found in _LINE.finditer(text):
        start, end = found.span()
        while place < len(furniture) and furniture[place].end <= start:
            place += 1
        for span in _without(start, end, furniture, place):
            words = span.of(text)
            if not words.isspace() and not (len(words) <= _LONGEST_LIVE and _LIVE.fullmatch(words)):
                yield span


def wording(text: str, marks: Sequence[Mark] = (), title: str | None = None) -> str:
    """What makes a version of a page: two texts with one wording are one version, whatever stands around them.

    It is a hash of the title and of the report's own lines, folded.
    """
    if title is None:
        marks = [mark for mark in marks if mark.kind is not MarkKind.TITLE]
    return content_id("wording", folded(title or ""), folded("\n".join(span.of(text) for span in lines(text, marks))))


def changed(old: str, new: str, *, taken_alike: bool = True) -> Changed:
    """Whether the later of two texts says that it was changed.

    It does where a line near its top or bottom does that the earlier text does not have: one with a word such as
    "Correction:" or "Updated 5 March" at its head, or with a phrase such as "an earlier version of this article".
    Furniture is looked at too: it is there that a page dates itself. `taken_alike` tells that one program took both
    texts out of their captures.
    """
    before = {folded(line) for line in notices(old)}
    said = tuple(dict.fromkeys(line for line in map(folded, notices(new)) if line not in before))
    if said:
        return Changed(Telling.SAID, said)
    return Changed(Telling.SILENT if taken_alike else Telling.OTHERWISE)


def notices(text: str) -> list[str]:
    """The lines near the top and the bottom of a text that say that it was changed."""
    found = [line for line in text.split("\n") if not (not line or line.isspace())]
    near = found if len(found) <= TOP + BOTTOM else found[:TOP] + found[-BOTTOM:]
    return [line.strip()[:_LONGEST_NOTICE] for line in near if _is_notice(line)]


def gone(address: str, status: int, at: datetime) -> Input:
    """The input that records that a page answered, at a time, that it is no longer there (404 or 410)."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Input(f"{address} at {moment}", address, reason=GONE, detail=f"{status} on {moment}")


def gone_at(detail: str) -> datetime | None:
    """When a page was found to be gone, as `gone` wrote it; None where the detail does not say."""
    found = re.fullmatch(r"\d{3} on (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)", detail)
    try:
        return None if found is None else datetime.fromisoformat(found[1])
    except ValueError:
        return None


def _is_notice(line: str) -> bool:
    line = " ".join(line[:_LONGEST_NOTICE].split())
    return bool(_HEAD_OF_NOTICE.match(line) or _PHRASE_OF_NOTICE.search(line))


def _without(start: int, end: int, furniture: Sequence[Span], place: int) -> Iterator[Span]:
    """The parts of `[start, end)` that no span of furniture covers, from the span at `place` on."""
    while place < len(furniture) and furniture[place].start < end:
        if furniture[place].start > start:
            yield Span(start, furniture[place].start)
        start = max(start, furniture[place].end)
        place += 1
    if start < end:
        yield Span(start, end)
