"""Sets a quotation beside what was said.

Runs of words that both have in common are found by an index of pairs of words and chained by dynamic programming: a
run may follow the one before it in the same turn with some words left out, or, at a price, lie anywhere else. What is
left between two runs is matched word by word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from onrecord.domain.spans import Span
from onrecord.language.words import rarity, stem
from onrecord.linking.quotations.besides import NOT_FOUND, Beside, Fidelity, Piece, PieceKind
from onrecord.linking.quotations.spoken import Said, Spoken, quoted_words

FAR: Final = 60
"""So many words left out in one turn are a cut; more are a leap to another place."""
LEAP: Final = 3.5
"""What a leap costs, in words: a run of three words elsewhere is an accident."""
RUN: Final = 0.25
SKIPPED: Final = 0.02
"""What a new run costs, and each word that is left out before it."""
ENOUGH: Final = 0.5
"""The part of a quotation's words that has to be found for the rest to count as changed."""
ENOUGH_TELLING: Final = 0.3
"""The same of the words that tell; those that are put in are often rarer than those they stand for."""
LONGEST_PART: Final = 0.25
LONG_RUN: Final = 7
"""Such a part of a quotation has to stand there in one run, or so many words."""
FEWEST: Final = 4
"""Quotations of fewer words are found word by word or not at all."""
TELLING: Final = 3.0
"""Words rarer than this make a run of two, or a single word, more than an accident (see `language.words.rarity`)."""
COMMON: Final = 100
"""Pairs of words that stand in more places are no run without a third."""
CELLS: Final = 40_000
"""Pairs of words that are held against each other, at most; a longer stretch without a run in it is another text."""
MOST_PLACES: Final = 500
MOST_FOUND: Final = 20_000
"""Places of a pair of words, and runs, that are looked at, at most: English has fewer."""
MOST_RUNS: Final = 400


@dataclass(frozen=True, slots=True)
class _Run:
    """Words `[quoted, quoted + size)` of the quotation are words `[spoken, spoken + size)` of the transcript."""

    quoted: int
    spoken: int
    size: int


def set_beside(quotation: str, spoken: Spoken) -> Beside:
    """How a quotation stands to what was said.

    >>> said = Spoken("We will not leave. Nobody asked us to.", [[Span(0, 38)]])
    >>> set_beside("“We will not leave”", said).fidelity.value
    'verbatim'
    >>> set_beside("we will never leave, nobody asked us to", said).fidelity.value
    'changed'
    """
    words = quoted_words(quotation)
    if not words or not spoken.words:
        return NOT_FOUND
    if len(words) < FEWEST:
        at = _whole(words, spoken)
        pairs = [] if at is None else [(place, at + place) for place in range(len(words))]
    else:
        pairs = _matched(words, spoken, _chain(_runs(words, spoken), spoken))
    return _beside(words, spoken, pairs) if _found(words, pairs) else NOT_FOUND


def _found(words: Sequence[Said], pairs: Sequence[tuple[int, int]]) -> bool:
    if len(pairs) < ENOUGH * len(words) or not pairs:
        return False
    telling = sum(_telling(word) for word in words)
    known = sum(_telling(words[place]) for place, _ in pairs)
    longest = run = 1
    for here, there in pairwise(pairs):
        run = run + 1 if (there[0] - here[0], there[1] - here[1]) == (1, 1) else 1
        longest = max(longest, run)
    if len(words) >= FEWEST and longest < max(3, min(LONG_RUN, LONGEST_PART * len(words))):
        # Many short runs out of everywhere: what English sentences share.
        return False
    return known >= ENOUGH_TELLING * telling


def _telling(word: Said) -> bool:
    return rarity(stem(word.key)) > TELLING


def _whole(words: Sequence[Said], spoken: Spoken) -> int | None:
    """Where all of a short quotation stands; nowhere when it has no word that tells."""
    if not any(_telling(word) for word in words):
        return None
    for at in spoken.alone.get(words[0].key, ()):
        there = spoken.words[at : at + len(words)]
        if [one.key for one in there] == [one.key for one in words] and there[0].turn == there[-1].turn:
            return at
    return None


def _runs(words: Sequence[Said], spoken: Spoken) -> list[_Run]:
    """The longest stretches of words that both have."""
    said = spoken.words
    found: list[_Run] = []
    for place, (first, second) in enumerate(pairwise(words)):
        there = spoken.pairs.get((first.key, second.key), ())[:MOST_PLACES]
        short = 2 if len(there) <= COMMON or _telling(first) or _telling(second) else 3
        for at in there:
            if place and at and words[place - 1].key == said[at - 1].key and said[at - 1].turn == said[at].turn:
                continue
            size = 1
            while (
                place + size < len(words)
                and at + size < len(said)
                and words[place + size].key == said[at + size].key
                and said[at + size].turn == said[at].turn
            ):
                size += 1
            if size >= short and said[at].turn == said[at + 1].turn:
                found.append(_Run(place, at, size))
        if len(found) > MOST_FOUND:
            break
    found.sort(key=lambda run: (-run.size, run.quoted, run.spoken))
    return sorted(found[:MOST_RUNS], key=lambda run: (run.quoted, run.spoken))


def _chain(runs: Sequence[_Run], spoken: Spoken) -> list[_Run]:
    """The runs that together render most of the quotation at the least price, none overlapping another."""
    best: list[tuple[float, int, _Run]] = []
    for run in runs:
        score, before, taken = float(run.size) - RUN, -1, run
        for place, (reached, _, earlier) in enumerate(best):
            over = max(0, earlier.quoted + earlier.size - run.quoted)
            if over >= run.size or earlier.quoted >= run.quoted:
                continue
            rest = _Run(run.quoted + over, run.spoken + over, run.size - over)
            skipped = rest.spoken - earlier.spoken - earlier.size
            near = _near(spoken, earlier.spoken + earlier.size - 1, rest.spoken)
            price = RUN + SKIPPED * skipped if near else LEAP
            if reached + rest.size - price > score:
                score, before, taken = reached + rest.size - price, place, rest
        best.append((score, before, taken))
    if not best:
        return []
    at = max(range(len(best)), key=lambda place: (best[place][0], -place))
    chain: list[_Run] = []
    while at >= 0:
        chain.append(best[at][2])
        at = best[at][1]
    return chain[::-1]


def _near(spoken: Spoken, here: int, there: int) -> bool:
    """Whether a word of the transcript follows another one in one place."""
    return 0 < there - here <= FAR + 1 and spoken.words[here].turn == spoken.words[there].turn


def _matched(words: Sequence[Said], spoken: Spoken, chain: Sequence[_Run]) -> list[tuple[int, int]]:
    """The pairs of words that are the same: those of the runs, and single ones beside and between them."""
    if not chain:
        return []
    pairs: list[tuple[int, int]] = []
    first, last = chain[0], chain[-1]
    begin = spoken.back(first.spoken, first.quoted + 2)
    pairs += _between(words, spoken, 0, first.quoted, begin, first.spoken)
    for run, after in zip(chain, [*chain[1:], None], strict=True):
        pairs += [(run.quoted + step, run.spoken + step) for step in range(run.size)]
        end, quoted = run.spoken + run.size, run.quoted + run.size
        if after is not None and _near(spoken, end - 1, after.spoken):
            pairs += _between(words, spoken, quoted, after.quoted, end, after.spoken)
    end, quoted = last.spoken + last.size, last.quoted + last.size
    pairs += _between(words, spoken, quoted, len(words), end, spoken.onward(end, len(words) - quoted + 2))
    return pairs


def _between(words: Sequence[Said], spoken: Spoken, a: int, b: int, c: int, d: int) -> Iterator[tuple[int, int]]:
    if a >= b or c >= d or (b - a) * (d - c) > CELLS:
        return
    matcher = SequenceMatcher(None, [one.key for one in words[a:b]], [one.key for one in spoken.words[c:d]], False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            yield a + block.a + step, c + block.b + step


def _beside(words: Sequence[Said], spoken: Spoken, pairs: Sequence[tuple[int, int]]) -> Beside:
    pieces: list[Piece] = []
    marks: set[Fidelity] = set()

    def differ(a: int, b: int, c: int, d: int) -> None:
        quoted, there = _span(words, a, b), spoken.span(c, d)
        if quoted is None and there is None:
            return
        kind = PieceKind.CUT if quoted is None else PieceKind.ADDED if there is None else PieceKind.CHANGED
        marks.add(Fidelity.CUT if kind is PieceKind.CUT else Fidelity.CHANGED)
        pieces.append(Piece(kind, quoted, there))

    first, last = pairs[0], pairs[-1]
    if first[0]:
        differ(0, first[0], spoken.back(first[1], first[0]), first[1])
    run = first
    for here, there in [*pairwise(pairs), (last, None)]:
        straight = there is not None and there[0] == here[0] + 1 and there[1] == here[1] + 1
        if straight and spoken.words[here[1]].turn == spoken.words[here[1] + 1].turn:
            continue
        pieces.append(Piece(PieceKind.SAME, _span(words, run[0], here[0] + 1), spoken.span(run[1], here[1] + 1)))
        if there is None:
            break
        if _near(spoken, here[1], there[1]):
            differ(here[0] + 1, there[0], here[1] + 1, there[1])
        else:
            differ(here[0] + 1, there[0], here[1] + 1, here[1] + 1)
            marks.add(Fidelity.JOINED)
            pieces.append(Piece(PieceKind.JOINED, None, None))
        run = there
    rest = len(words) - last[0] - 1
    if rest:
        differ(last[0] + 1, len(words), last[1] + 1, spoken.onward(last[1] + 1, rest))
    order = (Fidelity.CHANGED, Fidelity.JOINED, Fidelity.CUT)
    held = [mark for mark in order if mark in marks]
    return Beside(held[0] if held else Fidelity.VERBATIM, tuple(held[1:]), tuple(pieces))


def _span(words: Sequence[Said], start: int, end: int) -> Span | None:
    return Span(words[start].span.start, words[end - 1].span.end) if start < end else None
