"""How two texts of one page differ: paragraph by paragraph, and within those that differ word by word.

Every place is characters of the one text or of the other, so that what is shown can be pointed at in both. The cost is
bounded: where two stretches share too many words to be compared, they are given as changed from end to end, and
`TextChange.whole` says that this was done.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from onrecord.domain.reports import Mark
from onrecord.domain.spans import Span
from onrecord.domain.versions import folded, lines

MOST_CHARACTERS: Final = 1_000_000
"""Of either text; what comes behind is not compared."""
MOST_PARAGRAPHS: Final = 4_000
MOST_WORDS: Final = 3_000
"""In one stretch of changed paragraphs of either text."""
MOST_PAIRS: Final = 60_000
"""Pairs of equal words, or paragraphs, in two stretches; it is these that a comparison takes its time for."""
MOST_PAIRS_IN_ALL: Final = 200_000

MOST_PAIRED: Final = 2_500
"""Pairs of changed paragraphs among which those are looked for that are one paragraph in other words."""
MOST_CHARACTERS_PAIRED: Final = 100_000
_ALIKE: Final = 0.4
_PAIRED_AT_LEAST: Final = 0.8
"""How much of the words that two stretches share pairs of paragraphs must have, to be compared instead of the whole."""
FEWEST_MOVED: Final = 5
"""Words that stand in another place are held to have been moved there where there are so many at least."""

_TOKEN: Final = re.compile(r"\w+(?:[.,:'’-]\w+)*|[^\w\s]")
_KEPT_AT_LEAST: Final = 0.25
"""Where less of two stretches is the same, what is the same is chance, and marks between would be confetti."""


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `[start, end)` of a text, or the place between two where there are none."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class WordEdit:
    """Characters of the earlier text in whose place stand others of the later one; one of the two may be none."""

    old: Place
    new: Place


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs that are the same in both texts, where there are no `edits`, or that differ in these."""

    old: Place
    new: Place
    edits: tuple[WordEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class TextChange:
    """How a later text differs from an earlier one, in the order of both; `whole` as long as all was compared."""

    stretches: tuple[Stretch, ...]
    whole: bool = True

    @property
    def edits(self) -> tuple[WordEdit, ...]:
        """All edits, in order."""
        return tuple(edit for stretch in self.stretches for edit in stretch.edits)

    def touches(self, spans: Sequence[Span]) -> bool:
        """Whether some characters of the earlier text were changed, or something was put in between them."""
        for edit in self.edits:
            for span in spans:
                inside = span.start < edit.old.start < span.end
                if inside or (edit.old.start < span.end and span.start < edit.old.end):
                    return True
        return False


@dataclass(slots=True)
class _Purse:
    """How many pairs may still be compared."""

    left: int = MOST_PAIRS_IN_ALL
    whole: bool = True

    def allows(self, old: Sequence[str], new: Sequence[str], most: int) -> bool:
        counted = Counter(old)
        pairs = sum(counted[one] for one in new)
        allowed = max(len(old), len(new)) <= most and pairs <= min(self.left, MOST_PAIRS)
        if allowed:
            self.left -= pairs
        self.whole = self.whole and allowed
        return allowed


@lru_cache(maxsize=128)
def text_change(old: str, new: str, old_marks: tuple[Mark, ...] = (), new_marks: tuple[Mark, ...] = ()) -> TextChange:
    """How `new` differs from `old`; furniture of either takes no part."""
    purse = _Purse(whole=max(len(old), len(new)) <= MOST_CHARACTERS)
    before, after = list(lines(old[:MOST_CHARACTERS], old_marks)), list(lines(new[:MOST_CHARACTERS], new_marks))
    keys = [folded(span.of(old)) for span in before], [folded(span.of(new)) for span in after]
    found: list[Stretch] = []
    place = 0
    for same, i1, i2, j1, j2 in _runs(*keys, purse, MOST_PARAGRAPHS):
        for a, b in [(i2 - i1, j2 - j1)] if same else _paired(keys[0][i1:i2], keys[1][j1:j2]):
            ours = _around(before[i1 : i1 + a], before[i1 - 1].end if i1 else 0)
            theirs = _around(after[j1 : j1 + b], place)
            edits = () if same else _edits(old, new, before[i1 : i1 + a], after[j1 : j1 + b], ours, theirs, purse)
            found.append(Stretch(ours, theirs, edits))
            i1, j1, place = i1 + a, j1 + b, theirs.end
    return TextChange(tuple(found), purse.whole)


def rests_on_changed(
    old: str, new: str, spans: Sequence[Span], old_marks: tuple[Mark, ...] = (), new_marks: tuple[Mark, ...] = ()
) -> bool:
    """Whether words of the earlier text, of one statement or passage, were changed in the later.

    Words that were moved and stand elsewhere to the letter were not, where there are enough of them to be the same.
    """
    if not spans or not text_change(old, new, old_marks, new_marks).touches(spans):
        return False
    whole = old[min(span.start for span in spans) : max(span.end for span in spans)]
    moved = len(words(whole)) >= FEWEST_MOVED and folded(whole) in _folded(new)
    return not moved


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    return folded(text[:MOST_CHARACTERS])


def words(text: str) -> list[str]:
    """The words of a text as they are compared, without marks: in small letters."""
    return [one.casefold() for one in _TOKEN.findall(folded(text)) if one[0].isalnum()]


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How much two texts have in common of their words, which were counted, from 0 to 1."""
    every = one.total() + other.total()
    return 2 * (one & other).total() / every if every else 1.0


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """How many paragraphs of either text to compare with each other, one after the other: (1, 1) for two that are one
    in other words, (0, 1) and (1, 0) for what was put in and taken out.

    Of all ways that keep the order, the one in which those that are compared have most in common.
    """
    alone = not old or not new or len(old) == len(new) == 1
    if alone or len(old) * len(new) > MOST_PAIRED or sum(map(len, (*old, *new))) > MOST_CHARACTERS_PAIRED:
        return [(len(old), len(new))]
    ours, theirs = ([Counter(words(one)) for one in every] for every in (old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    like = [[likeness(one, other) for other in theirs] for one in ours]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            together = like[a][b] + best[a + 1][b + 1] if like[a][b] >= _ALIKE else 0.0
            best[a][b] = max(together, best[a + 1][b], best[a][b + 1])
    found: list[tuple[int, int]] = []
    a = b = common = 0
    while a < len(old) and b < len(new):
        if like[a][b] >= _ALIKE and best[a][b] == like[a][b] + best[a + 1][b + 1]:
            step = (1, 1)
            common += (ours[a] & theirs[b]).total()
        else:
            step = (1, 0) if best[a][b] == best[a + 1][b] else (0, 1)
        found.append(step)
        a, b = a + step[0], b + step[1]
    # A paragraph that was cut in two has its words in both: then all are compared as one.
    if common < _PAIRED_AT_LEAST * (sum(ours, Counter()) & sum(theirs, Counter())).total():
        return [(len(old), len(new))]
    return found + [(1, 0)] * (len(old) - a) + [(0, 1)] * (len(new) - b)


def _around(spans: Sequence[Span], place: int) -> Place:
    return Place(spans[0].start, spans[-1].end) if spans else Place(place, place)


def _runs(
    old: Sequence[str], new: Sequence[str], purse: _Purse, most: int
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Runs of items, the same or not, as (same, start and end in `old`, start and end in `new`)."""
    begin = 0
    while begin < min(len(old), len(new)) and old[begin] == new[begin]:
        begin += 1
    end = 0
    while end < min(len(old), len(new)) - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    if begin:
        yield True, 0, begin, 0, begin
    ours, theirs = old[begin : len(old) - end], new[begin : len(new) - end]
    if ours or theirs:
        if ours and theirs and purse.allows(ours, theirs, most):
            for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
                yield tag == "equal", begin + i1, begin + i2, begin + j1, begin + j2
        else:
            yield False, begin, len(old) - end, begin, len(new) - end
    if end:
        yield True, len(old) - end, len(old), len(new) - end, len(new)


def _edits(
    old: str, new: str, before: Sequence[Span], after: Sequence[Span], ours: Place, theirs: Place, purse: _Purse
) -> tuple[WordEdit, ...]:
    """The edits of two stretches of paragraphs that differ."""
    if not before or not after:
        return (WordEdit(ours, theirs),)
    a, b = _tokens(old, before), _tokens(new, after)
    keys = [unicodedata.normalize("NFC", span.of(old)) for span in a]
    others = [unicodedata.normalize("NFC", span.of(new)) for span in b]
    runs = list(_runs(keys, others, purse, MOST_WORDS))
    kept = sum(i2 - i1 for same, i1, i2, _, _ in runs if same and any(key[0].isalnum() for key in keys[i1:i2]))
    if kept < _KEPT_AT_LEAST * max(len(a), len(b)):
        return (WordEdit(ours, theirs),)
    found: list[WordEdit] = []
    mine, their = ours.start, theirs.start
    for same, i1, i2, j1, j2 in _joined(runs, keys):
        if same:
            mine, their = a[i2 - 1].end, b[j2 - 1].end
        else:
            found.append(WordEdit(_around(a[i1:i2], mine), _around(b[j1:j2], their)))
    return tuple(found)


def _tokens(text: str, spans: Sequence[Span]) -> list[Span]:
    return [Span(*token.span()) for span in spans for token in _TOKEN.finditer(text, span.start, span.end)]


def _joined(
    runs: Sequence[tuple[bool, int, int, int, int]], keys: Sequence[str]
) -> list[tuple[bool, int, int, int, int]]:
    """The runs with edits put together that only a mark or one short word parts: so a reader sees them."""
    found: list[tuple[bool, int, int, int, int]] = []
    for number, run in enumerate(runs):
        same, i1, i2, _, _ = run
        small = i2 - i1 == 1 and len(keys[i1]) <= 3
        between = 0 < number < len(runs) - 1
        if not (same and small and between) and found and same == found[-1][0]:
            _, start, _, begin, _ = found[-1]
            found[-1] = (same, start, run[2], begin, run[4])
        elif same and small and between:
            _, start, _, begin, _ = found[-1]
            found[-1] = (False, start, run[2], begin, run[4])
        else:
            found.append(run)
    return found
