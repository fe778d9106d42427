"""What news pages leave behind in their texts: advertisements, links to other stories, credits, captions, bylines.

`furniture` finds such stretches and changes nothing: they stay in the text, marked, so that they are not read as
reporting. Being wrong is not symmetric: a missed advertisement is a blemish, a marked sentence is a lost statement. So
whole paragraphs are marked only when the pattern accounts for all of them, and patterns with free room in them give
way to any sign of speech (`patterns.SPEECH`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.domain.reports import Mark, MarkKind
from onrecord.domain.spans import Span, trimmed
from onrecord.sources import patterns

LONGEST = 600
"""Paragraphs of more characters are searched for glued furniture only at their edges."""
MOST_RELATED = 12
DATELINE_WITHIN = 3
"""A dateline stands in one of the first paragraphs: behind the headline and a byline at most."""
LONGEST_HEADLINE = 140

_PARAGRAPH = re.compile(r"[^\r\n]+")
_SENTENCE_BREAK = re.compile(r"[.!?][”\"’)]?\s+[“\"A-Z]")
_BULLET = re.compile(r"(?:[-*•·▪►»>–—]|\d{1,2}[.)])\s")


def furniture(text: str) -> tuple[Mark, ...]:
    """The stretches of a report's text that are no reporting, sorted, without overlaps."""
    marks: list[Mark] = []
    related = -1
    paragraphs = [
        span for match in _PARAGRAPH.finditer(text) if (span := trimmed(text, match.start(), match.end())) is not None
    ]
    for at, span in enumerate(paragraphs):
        if at <= related:
            marks.append(Mark(span, MarkKind.BOILERPLATE))
            continue
        paragraph = span.of(text)
        kind = _whole(paragraph)
        if kind is None:
            lead = patterns.DATELINE.match(paragraph) if at < DATELINE_WITHIN else None
            if lead:
                marks.append(Mark(Span(span.start, span.start + lead.end() - 1), MarkKind.BOILERPLATE))
            marks.extend(Mark(Span(span.start + a, span.start + b), kind) for a, b, kind in _glued(paragraph))
            continue
        marks.append(Mark(span, kind))
        if patterns.RELATED.fullmatch(paragraph):
            related = _end_of_list(text, paragraphs, at)
    return tuple(marks)


def is_furniture(paragraph: str) -> bool:
    """Whether a whole paragraph is furniture.

    >>> is_furniture("Follow us on Twitter"), is_furniture("He said the cookie policy would change.")
    (True, False)
    """
    return _whole(paragraph.strip()) is not None


def _whole(paragraph: str) -> MarkKind | None:
    """What a whole paragraph is, or None."""
    if len(paragraph) > LONGEST:
        return None
    if (
        patterns.WORDS.fullmatch(paragraph)
        or patterns.RELATED.fullmatch(paragraph)
        or patterns.DEBRIS.fullmatch(paragraph)
    ):
        return MarkKind.BOILERPLATE
    if patterns.CREDITS.fullmatch(paragraph) or patterns.BYLINE.fullmatch(paragraph):
        return MarkKind.BOILERPLATE
    if patterns.LINK_LINE.fullmatch(paragraph):
        return MarkKind.BOILERPLATE
    labelled = patterns.LABELLED.fullmatch(paragraph)
    if labelled and not _SENTENCE_BREAK.search(labelled["headline"]):
        return MarkKind.BOILERPLATE
    if paragraph.lower().startswith(
        ("enlarge this image", "facebook twitter pinterest", "image caption", "image source", "media caption")
    ):
        return MarkKind.CAPTION
    if patterns.SPEECH.search(paragraph):
        return None
    if (
        patterns.LEGAL.fullmatch(paragraph)
        or patterns.COOKIES.fullmatch(paragraph)
        or patterns.PROMOTION.fullmatch(paragraph)
    ):
        return MarkKind.BOILERPLATE
    if patterns.CAPTION.fullmatch(paragraph) or patterns.CREDIT_TAIL.search(paragraph):
        return MarkKind.CAPTION
    return None


def _glued(paragraph: str) -> Iterator[tuple[int, int, MarkKind]]:
    """Furniture inside a paragraph of reporting: start, end and kind, in order."""
    at = 0
    lead = patterns.FILE_LEAD.match(paragraph)
    if lead:
        yield 0, lead.end(), MarkKind.CAPTION
        at = lead.end()
    begin = max(at, len(paragraph) - 500)
    tail = patterns.TAIL.search(paragraph, begin)
    kind = MarkKind.BOILERPLATE
    start = tail.start("tail") if tail else len(paragraph)
    if tail is None and (credit := patterns.CREDIT_TAIL.search(paragraph, begin)):
        start, kind = credit.start(), MarkKind.CAPTION
    for match in patterns.INLINE.finditer(paragraph, at, start):
        inner = trimmed(paragraph, match.start(), match.end())
        if inner is not None:
            yield inner.start, inner.end, MarkKind.BOILERPLATE
    if start < len(paragraph):
        yield start, len(paragraph), kind


def _end_of_list(text: str, paragraphs: list[Span], header: int) -> int:
    """The index of the last headline under a heading such as "Related articles", or of the heading itself.

    Two in a row, or bullets, make a list: one short line alone may be a heading of the report.
    """
    last = header
    bullets = False
    for at in range(header + 1, min(len(paragraphs), header + 1 + MOST_RELATED)):
        line = paragraphs[at].of(text)
        bullet = _BULLET.match(line) is not None
        if not _is_headline(line, bullet=bullet) or (bullets and not bullet):
            break
        bullets = bullets or bullet
        last = at
    return last if last - header >= 2 or bullets else header


def _is_headline(line: str, *, bullet: bool) -> bool:
    if len(line) > LONGEST_HEADLINE or _SENTENCE_BREAK.search(line):
        return False
    if line.endswith((".", ":", ";", ",", '."', ".”", '"', "”")):
        return False
    return bullet or line[0].isupper() or line[0] in "‘'“\"" or line[0].isdigit()
