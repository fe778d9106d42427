"""Two wordings laid beside each other word by word, and the stretches in which they part, fit to be read.

The alignment is that of Needleman and Wunsch (1970) over words: a shared word that carries content weighs more than
one that does not, two forms of one word may stand against each other, and shared words in a row are preferred to
scattered ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from onrecord.linking.utterances.differences_words import Word

CELLS: Final = 60_000
"""Up to so many pairs of words are weighed; longer wordings are matched by their longest common runs."""
_ROW: Final = 0.6
_FORM: Final = 1.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `[a_start, a_end)` of one wording where the other has `[b_start, b_end)`; one of the two may be empty."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def stretches(a: Sequence[Word], b: Sequence[Word]) -> list[Stretch]:
    """Where the wordings differ, in order, with hardly shared words between two differences taken into one."""
    return _merged(_parted(a, b, _shared(a, b)), a)


def _shared(a: Sequence[Word], b: Sequence[Word]) -> list[tuple[int, int]]:
    """The pairs of places of shared words, both rising."""
    start, a_end, b_end = 0, len(a), len(b)
    while start < min(a_end, b_end) and a[start].key == b[start].key:
        start += 1
    while start < min(a_end, b_end) and a[a_end - 1].key == b[b_end - 1].key:
        a_end, b_end = a_end - 1, b_end - 1
    head = [(place, place) for place in range(start)]
    tail = list(zip(range(a_end, len(a)), range(b_end, len(b)), strict=True))
    middle_a, middle_b = a[start:a_end], b[start:b_end]
    if len(middle_a) * len(middle_b) <= CELLS:
        inner = _weighed(middle_a, middle_b)
    else:
        blocks = SequenceMatcher(None, [word.key for word in middle_a], [word.key for word in middle_b])
        inner = [
            (block.a + step, block.b + step) for block in blocks.get_matching_blocks() for step in range(block.size)
        ]
    return [*head, *((start + i, start + j) for i, j in inner), *tail]


def _weighed(a: Sequence[Word], b: Sequence[Word]) -> list[tuple[int, int]]:
    if not a or not b:
        return []
    keys = [(word.key, word.root, 3.0 if word.content else 1.0) for word in b]
    width = len(b) + 1
    above = [0.0] * width
    rows_above = [False] * width
    steps: list[bytearray] = []
    for word in a:
        key, root = word.key, word.root
        current = [0.0] * width
        rows = [False] * width
        step = bytearray(width)
        for j, (other, other_root, weight) in enumerate(keys, 1):
            best, taken = above[j], 1
            if current[j - 1] > best:
                best, taken = current[j - 1], 2
            if key == other:
                score = above[j - 1] + weight + (_ROW if rows_above[j - 1] or j == 1 else 0.0)
                if score > best:
                    best, taken = score, 3
                    rows[j] = True
            elif root == other_root:
                score = above[j - 1] + _FORM
                if score > best:
                    best, taken = score, 4
                    rows[j] = True
            current[j] = best
            step[j] = taken
        steps.append(step)
        above, rows_above = current, rows
    pairs: list[tuple[int, int]] = []
    i, j = len(a), len(b)
    while i and j:
        taken = steps[i - 1][j]
        if taken >= 3:
            if taken == 3:
                pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif taken == 2:
            j -= 1
        else:
            i -= 1
    return pairs[::-1]


def _parted(a: Sequence[Word], b: Sequence[Word], shared: list[tuple[int, int]]) -> list[Stretch]:
    found: list[Stretch] = []
    i = j = 0
    for next_i, next_j in [*shared, (len(a), len(b))]:
        if (i < next_i or j < next_j) and not _same_letters(a[i:next_i], b[j:next_j]):
            found.append(Stretch(i, next_i, j, next_j))
        i, j = next_i + 1, next_j + 1
    return found


def _same_letters(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether only the spaces differ: "Halvikwarned" for "Halvik warned"."""
    return bool(a) and bool(b) and "".join(word.key for word in a) == "".join(word.key for word in b)


def _merged(found: list[Stretch], a: Sequence[Word]) -> list[Stretch]:
    """The stretches, with those joined between which too little is shared for an eye to rest on."""
    merged: list[Stretch] = []
    for one in found:
        before = merged[-1] if merged else None
        if before is not None and _bridged(before, one, a):
            merged[-1] = Stretch(before.a_start, one.a_end, before.b_start, one.b_end)
        else:
            merged.append(one)
    return merged


def _bridged(before: Stretch, after: Stretch, a: Sequence[Word]) -> bool:
    between = a[before.a_end : after.a_start]
    content = sum(word.content for word in between)
    if not content:
        return len(between) <= 2
    # One shared word in a sea of other ones is an island, not ground to stand on.
    sizes = [max(one.a_end - one.a_start, one.b_end - one.b_start) for one in (before, after)]
    return (
        len(between) <= 2
        and content == 1
        and min(sizes) >= 3
        and all(one.a_end > one.a_start and one.b_end > one.b_start for one in (before, after))
    )
