"""Quotation marks as news prints them: straight, curly, single, «», „“, doubled, unclosed.

The kind of a statement follows from which of its words stand between marks. Marks that do not pair are the rule in
text from the web, so a region that is opened and never closed runs to the end of its paragraph, and a closing mark
without an opening one quotes from the paragraph's start only when nothing else explains it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind

_TOKEN = re.compile(r"``|''|\"\"|““|””|[“”„‟«»‹›❝❞\"＂‘’']")
_WORD = re.compile(r"\w+")


def quoted_regions(text: str, paragraph: Span) -> list[Span]:
    """The stretches of a paragraph that stand in quotation marks, marks included, in order.

    >>> quoted_regions('He said "no" twice.', Span(0, 19))
    [Span(start=8, end=12)]
    """
    regions: list[Span] = []
    opened: tuple[int, str] | None = None
    nested = False
    marks = list(_TOKEN.finditer(text, paragraph.start, paragraph.end))
    for k, found in enumerate(marks):
        role = _role(text, paragraph, found, opened[1] if opened else None)
        if role == "open":
            # A second opening mark while one is open: a quotation in the quotation, or the first was never closed.
            nested = opened is not None
            opened = opened or (found.start(), _family(found.group()))
        elif role == "close" and opened is not None:
            following = marks[k + 1].group() if k + 1 < len(marks) else ""
            if nested and following in ("”", "””", "❞"):
                nested = False
                continue
            regions.append(Span(opened[0], found.end()))
            opened, nested = None, False
        elif role == "close" and not regions and found.group() in ("”", "””", "❞"):
            regions.append(Span(paragraph.start, found.end()))
    if opened is not None and opened[0] + 1 < paragraph.end:
        regions.append(Span(opened[0], paragraph.end))
    return regions


def _family(mark: str) -> str:
    if mark in "‘’'":
        return "single"
    return "guillemet" if mark in "«»‹›" else "double"


def _role(text: str, paragraph: Span, found: re.Match[str], family: str | None) -> str | None:
    """Whether a mark opens, closes or is only an apostrophe, given the family of the mark that is open."""
    mark = found.group()
    before = text[found.start() - 1] if found.start() > paragraph.start else " "
    after = text[found.end()] if found.end() < paragraph.end else " "
    if family is not None and _family(mark) != family:
        return None
    inner = before.isalnum() and after.isalnum()
    match mark:
        case "``" | "„" | "‘":
            return "open"
        case "'" if family is None:
            return (
                "open" if not before.isalnum() and after.isalnum() and _closes_later(text, paragraph, found) else None
            )
        case "'" | "’":
            return "close" if family is not None and not after.isalnum() else None
        case "«" | "»" | "‹" | "›" | "''" | '""':
            return "open" if family is None else "close"
        case "“" | "““" | "‟" | "❝":
            # German and Slavic text closes with “ what „ opened.
            return "close" if family is not None and not before.isspace() and not after.isalnum() else "open"
        case "”" | "””" | "❞":
            # Machine translation opens with the closing mark, after a space and often before one.
            return "open" if family is None and before.isspace() and not inner else "close"
        case _:
            return "open" if family is None or (before.isspace() and after.isalnum()) else "close"


def _closes_later(text: str, paragraph: Span, found: re.Match[str]) -> bool:
    """Whether an opening straight single mark has a closing one later on, so that it is no apostrophe ('tis)."""
    return re.search(r"(?<=[\w.,!?…])'(?!\w)", text[found.end() : paragraph.end]) is not None


def kind_of(text: str, content: Sequence[Span], regions: Sequence[Span]) -> Kind:
    """direct when every word of the content is quoted, indirect when none is, else mixed.

    Up to two words outside of the marks at the edges of a content do not make it mixed, when they are a conjunction
    that belongs to the reporting ("that", "and").
    """
    inside = outside = 0
    for span in content:
        for word in _WORD.finditer(text, span.start, span.end):
            if any(region.start <= word.start() < region.end for region in regions):
                inside += 1
            elif word.group().lower() not in ("that", "and", "but", "s", "t"):
                outside += 1
    if not inside:
        return Kind.INDIRECT
    return Kind.DIRECT if not outside else Kind.MIXED
