"""Lines of pages → one text with paragraphs, and where each page begins in it.

Running heads and page numbers are left out, so that a sentence goes on over the end of its page. A word that was cut at
the end of a line is made whole; whether its hyphen belongs to it is told by the words of the language. Paragraphs are
joined by a blank line, and no text depends on anything but the lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from onrecord.language.words import rarity, stem
from onrecord.sources.documents.opening import Line

EDGE: Final = 3
"""So many lines at the top and at the bottom of a page may be running heads."""
SAME_HEIGHT: Final = 4.0
"""Points that a running head may move from page to page."""
WIDER: Final = 1.35
"""A gap so many times the usual one parts paragraphs."""
INDENT: Final = 8.0
"""Points that the first line of a paragraph is moved in at least."""
OTHER_SIZE: Final = 0.12
"""The part by which letters differ in size where a heading ends."""
SHORT: Final = 0.75
"""The part of a full line up to which a line that ends a sentence ends its paragraph."""

RARE: Final = 7.0
"""From this rarity on, a word is none: "longterm" stands in one report of three thousand, by accident."""

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00a0": " ", "\u2010": "-"}
)
_NUMBER = re.compile(
    r"\W*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*|\W*(?:page|p\.)\s*\d{1,4}\W.{0,60}|\W*(?:more|over|continued)\W*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)\]]*$")
_BULLET = re.compile(r"[•‣▪●◦■□*–—-]\s|\(?\d{1,2}[.)]\s|\([a-z]\)\s")
_LABEL = re.compile(r"(?:Q|A|[A-Z][A-Z.’' -]{2,40}|[A-Z][\w.’'-]+(?: [A-Z(][\w.’')-]+){0,5})\s?:\s")
_LAST_WORD = re.compile(r"([^\W\d_]{2,})[-\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Flowed:
    """The text, where each page begins in it, how many lines were left out, and the heading in the largest letters."""

    text: str
    starts: tuple[int, ...]
    left_out: int
    heading: str | None


def flowed(pages: Sequence[Sequence[Line]]) -> Flowed:
    """The text of the lines of pages."""
    cleaned = [[one for line in page if (one := _clean(line)).text] for page in pages]
    furniture = _running(cleaned)
    kept = [
        [line for at, line in enumerate(page) if (number, at) not in furniture] for number, page in enumerate(cleaned)
    ]
    shape = _Shape(kept)
    text = ""
    parts: list[str] = []
    size = 0
    starts: list[int] = []
    headings: list[tuple[float, str]] = []
    last: Line | None = None
    for page in kept:
        begun = False
        for line in page:
            joined = last is not None and not (shape.parts(last, line) if begun else shape.parts_pages(last, line))
            if last is not None:
                separator, parts[-1] = _between(parts[-1], line.text) if joined else ("\n\n", parts[-1])
                size = size - len(last.text) + len(parts[-1]) + len(separator)
                parts.append(separator)
            if not begun:
                starts.append(size)
                begun = True
            parts.append(line.text)
            size += len(line.text)
            if joined and headings:
                headings[-1] = (headings[-1][0], f"{headings[-1][1]} {line.text}")
            else:
                headings.append((line.size, line.text))
            last = line
        if not begun:
            starts.append(-1)
    text = "".join(parts)
    return Flowed(text, _filled(starts, len(text)), len(furniture), _heading(headings[:12], shape.body))


def _clean(line: Line) -> Line:
    return replace(line, text=" ".join(line.text.translate(_LIGATURES).split()))


def _running(pages: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """The lines, by page and place, that are page numbers, or stand at one height of several pages."""
    edges: list[tuple[int, int, Line]] = []
    for number, page in enumerate(pages):
        by_height = sorted(range(len(page)), key=lambda at: -page[at].y)
        edges += [(number, at, page[at]) for at in dict.fromkeys((*by_height[:EDGE], *by_height[-EDGE:]))]
    found = {(number, at) for number, at, line in edges if _NUMBER.fullmatch(line.text) and len(pages) > 1}
    heights: dict[str, list[tuple[int, int, float]]] = {}
    for number, at, line in edges:
        heights.setdefault(re.sub(r"\d+", "#", line.text).casefold(), []).append((number, at, line.y))
    needed = max(2, sum(bool(page) for page in pages) // 2)
    for places in heights.values():
        usual = median(y for _, _, y in places)
        level = [(number, at) for number, at, y in places if abs(y - usual) <= SAME_HEIGHT]
        if len({number for number, _ in level}) >= needed:
            found.update(level)
    return found


class _Shape:
    """What is usual in one document: the gap between lines, the left edge, the length of a full line."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        lines = [line for page in pages for line in page]
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size)] += len(line.text)
        self.body = float(max(sizes, key=lambda size: (sizes[size], -size))) if sizes else 0.0
        gaps: dict[int, list[float]] = {}
        for page in pages:
            for above, below in pairwise(page):
                if 0 < above.y - below.y < 3 * max(above.size, 1.0) and not _differ(above, below):
                    gaps.setdefault(round(above.size), []).append(above.y - below.y)
        # The smaller gaps are those inside paragraphs; a text of one-line paragraphs has no others.
        self._gaps = {size: sorted(known)[len(known) // 3] for size, known in gaps.items()}
        lengths = sorted(len(line.text) for line in lines if round(line.size) == round(self.body))
        self._full = lengths[int(len(lengths) * 0.9)] if lengths else 0
        lefts = Counter(round(line.x) for line in lines if round(line.size) == round(self.body))
        self._left = float(max(lefts, key=lambda x: (lefts[x], -x))) if lefts else 0.0

    def parts(self, above: Line, below: Line) -> bool:
        """Whether a paragraph ends between two lines of one page."""
        gap = above.y - below.y
        if gap < -SAME_HEIGHT:
            # Upwards: the next column.
            return self.parts_pages(above, below)
        if _differ(above, below) or _BULLET.match(below.text):
            return True
        if gap > WIDER * self._gaps.get(round(above.size), 1.2 * max(above.size, 1.0)):
            return True
        ends = _SENTENCE_END.search(above.text) is not None
        if below.x - self._left > INDENT and above.x - self._left <= INDENT / 2 and abs(gap) > SAME_HEIGHT:
            return True
        return ends and (len(above.text) < SHORT * self._full or _LABEL.match(below.text) is not None)

    def parts_pages(self, above: Line, below: Line) -> bool:
        """Whether a paragraph ends between the last line of a page or column and the first of the next."""
        if _differ(above, below) or _BULLET.match(below.text):
            return True
        return _SENTENCE_END.search(above.text) is not None and not below.text[0].islower()


def _differ(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) > OTHER_SIZE * max(a.size, b.size)


def _between(above: str, below: str) -> tuple[str, str]:
    """What stands between two lines of a paragraph, and the upper one with its end as it is in the text.

    >>> _between("the govern-", "ment fell"), _between("a long-", "term plan"), _between("the pier", "is shut")
    (('', 'the govern'), ('', 'a long-'), (' ', 'the pier'))
    """
    cut, first = _LAST_WORD.search(above), _FIRST_WORD.match(below)
    if above.endswith("\u00ad"):
        return "", above[:-1]
    if cut is None or first is None or not first.group()[0].islower():
        return ("" if above.endswith("-") and cut is not None else " "), above
    left, right = cut.group(1).lower(), first.group().lower()
    kept = not _is_word(left + right) and _is_word(left) and _is_word(right)
    return "", above if kept else above[:-1]


def _is_word(word: str) -> bool:
    return rarity(stem(word)) < RARE


def _filled(starts: Sequence[int], end: int) -> tuple[int, ...]:
    """The beginnings of pages, those without text where the next one with text begins."""
    filled: list[int] = []
    after = end
    for start in reversed(starts):
        after = start if start >= 0 else after
        filled.append(after)
    return tuple(reversed(filled))


def _heading(paragraphs: Sequence[tuple[float, str]], body: float) -> str | None:
    """The first of the paragraphs in the largest letters, when these are larger than the text's."""
    large = [(size, text) for size, text in paragraphs if size > body * (1 + OTHER_SIZE) and len(text) > 3]
    largest = max((size for size, _ in large), default=0.0)
    return next((text for size, text in large if size == largest), None)


def first_lines(text: str, most: int = 12) -> Iterator[str]:
    """The first paragraphs of a text."""
    yield from text.split("\n\n", most)[:most]
