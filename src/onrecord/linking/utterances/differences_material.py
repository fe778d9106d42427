"""Which differences between two wordings are of substance, and in which stretch each is shown.

The two are compared as wholes: what only stands elsewhere in the other wording, as translations have it, is no
difference. And what is left out with the whole sentence around it, or with the verb it belongs to, makes a wording
shorter, not other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from onrecord.domain.utterances import Material
from onrecord.linking.utterances.differences_alignment import Stretch
from onrecord.linking.utterances.differences_marks import Counted, Mark, Wording
from onrecord.linking.utterances.differences_vocabulary import AUXILIARIES, MODALS, PRONOUNS, SHIFTED, THIRD_PERSONS
from onrecord.linking.utterances.differences_words import Word, words

SIDE_BY_SIDE: Final = 10
"""In a longer stretch two names stand for different things more often than for each other."""
_CLAUSE_END: Final = re.compile(r"[.!?…,;:—–]")
_SENTENCE_END: Final = re.compile(r"[.!?…]|\n")
MANY: Final = 20
"""From so many on, "at least" and "more than" say the same."""

Found = Iterator[tuple[Material, "Side", int]]
"""A kind of substance, and the wording and the place in it of a word that shows it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One wording as it lies beside the other.

    `parts` gives the number of the stretch that each of its words is in, None for words that both have; `across` the
    roots that the other wording has in each stretch. `sentences` numbers the sentences of its words, and `shared` are
    the numbers of those with a word that carries content and stands in the other wording too.
    """

    own: Wording
    parts: tuple[int | None, ...]
    across: tuple[frozenset[str], ...]
    sentences: tuple[int, ...]
    shared: frozenset[int]

    def kept(self, mark: Mark) -> bool:
        """Whether a word that the mark governs stands at the same place of the other wording."""
        for place in mark.governs:
            part = self.parts[place]
            if part is None or self.own.words[place].root in self.across[part]:
                return True
        return False

    def told(self, place: int) -> bool:
        """Whether the other wording tells anything of the sentence that the word at `place` is in."""
        return self.sentences[place] in self.shared or not self.sentences[-1]


def found_material(a: Wording, b: Wording, parts: Sequence[Stretch]) -> dict[int, set[Material]]:
    """The kinds of substance that differ, by the number of the stretch they are shown in."""
    found: dict[int, set[Material]] = defaultdict(set)
    if not parts:
        return found
    left = _side(a, b, [(part.a_start, part.a_end, part.b_start, part.b_end) for part in parts])
    right = _side(b, a, [(part.b_start, part.b_end, part.a_start, part.a_end) for part in parts])
    compared = chain(_figures(left, right), _negations(left, right), _conditions(left, right), _modals(left, right))
    for kind, side, place in compared:
        found[_nearest(parts, place, first=side is left)].add(kind)
    for number in _actors(a, b, parts):
        found[number].add(Material.ACTOR)
    return found


def _side(own: Wording, other: Wording, parts: Sequence[tuple[int, int, int, int]]) -> Side:
    inside: list[int | None] = [None] * len(own.words)
    for number, (start, end, _, _) in enumerate(parts):
        inside[start:end] = [number] * (end - start)
    across = tuple(frozenset(word.root for word in other.words[start:end]) for _, _, start, end in parts)
    sentences: list[int] = []
    for place, word in enumerate(own.words):
        ended = place and _SENTENCE_END.search(own.rendering.words, own.words[place - 1].end, word.start)
        sentences.append((sentences[-1] if sentences else 0) + bool(ended))
    shared = frozenset(
        sentences[place]
        for place, word in enumerate(own.words)
        if word.content and (inside[place] is None or word.root in other.roots)
    )
    return Side(own, tuple(inside), across, tuple(sentences), shared)


def _nearest(parts: Sequence[Stretch], place: int, first: bool) -> int:
    def distance(number: int) -> int:
        part = parts[number]
        start, end = (part.a_start, part.a_end) if first else (part.b_start, part.b_end)
        return 0 if start <= place < end else min(abs(place - start), abs(place - end + 1))

    return min(range(len(parts)), key=distance)


def _figures(left: Side, right: Side) -> Found:
    a, b = left.own, right.own
    mine_only, other_only = list(a.figures), list(b.figures)
    paired: list[tuple[Counted, Counted]] = []
    for mine in a.figures:
        same = [other for other in other_only if other.value == mine.value]
        if same:
            best = max(same, key=lambda other: (other.counted == mine.counted, other.bound == mine.bound))
            other_only.remove(best)
            mine_only.remove(mine)
            paired.append((mine, best))
    changed = bool(mine_only) and bool(other_only)
    for side, unpaired in ((left, mine_only), (right, other_only)):
        for one in unpaired:
            if changed or side.told(one.place):
                yield Material.FIGURE, side, one.place
    for mine, other in paired:
        if not _same_bound(mine, other) or _swapped(mine, other, a, b):
            yield Material.FIGURE, left, mine.place
    yield from _times(left, right)


def _same_bound(mine: Counted, other: Counted) -> bool:
    bounds = {mine.bound, other.bound}
    if len(bounds) == 1 or bounds == {"at most", "less than"}:
        return True
    if "within" in bounds and bounds & {"exact", "at most", "less than"}:
        return True
    return bounds == {"at least", "more than"} and mine.value >= MANY


def _swapped(mine: Counted, other: Counted, a: Wording, b: Wording) -> bool:
    """Whether each counts what the other wording has another number for."""
    if mine.counted is None or other.counted is None or mine.counted == other.counted:
        return False
    crossed = [one for one in b.figures if one.counted == mine.counted and one.value != mine.value]
    back = [one for one in a.figures if one.counted == other.counted and one.value != other.value]
    return bool(crossed) and bool(back)


def _times(left: Side, right: Side) -> Found:
    for side, other in ((left, right), (right, left)):
        lengths = {one.length for one in other.own.times if one.length}
        days = {one.day for one in other.own.times if one.day}
        for one in side.own.times:
            if one.length and one.length not in lengths and side.told(one.place):
                yield Material.FIGURE, side, one.place
            # A day that is left out makes the wording shorter; another day makes it another thing.
            if one.day and days and one.day not in days and not days & {own.day for own in side.own.times}:
                yield Material.FIGURE, side, one.place


def _negations(left: Side, right: Side) -> Found:
    for side, other in ((left, right), (right, left)):
        mine, theirs = side.own, other.own
        more = len(mine.negations) - len(theirs.negations) - max(0, theirs.stand_ins - mine.stand_ins)
        # "They deny that it is not so" is no negation of "it is so".
        if more <= 0 or (more == 1 and mine.denies and not theirs.denies):
            continue
        for mark in mine.negations:
            if side.kept(mark):
                yield Material.NEGATION, side, mark.place


def _conditions(left: Side, right: Side) -> Found:
    for side, other in ((left, right), (right, left)):
        known = [mark.value for mark in other.own.conditions]
        for mark in side.own.conditions:
            if mark.value in known:
                known.remove(mark.value)
            elif not (other.own.asks and mark.value == "if") and side.told(mark.place):
                yield Material.CONDITION, side, mark.place


def _modals(left: Side, right: Side) -> Found:
    reported = not (left.own.rendering.quoted and right.own.rendering.quoted)

    def value(mark: Mark) -> str:
        return SHIFTED.get(mark.value, mark.value) if reported else mark.value

    def verb(side: Side, mark: Mark) -> str:
        return side.own.words[mark.governs[0]].root if mark.governs else ""

    mine_only, other_only = list(left.own.modals), list(right.own.modals)
    # Those that govern the same verb are compared first, so that what is left over is what nothing stands for.
    for alike in (True, False):
        for mine in tuple(mine_only):
            same = [
                other
                for other in other_only
                if value(other) == value(mine) and (verb(left, mine) == verb(right, other) or not alike)
            ]
            if same:
                mine_only.remove(mine)
                other_only.remove(same[0])
    for side, other, unpaired in ((left, right, mine_only), (right, left, other_only)):
        for mark in unpaired:
            if _matters(mark, side, other):
                yield Material.MODAL, side, mark.place


def _matters(mark: Mark, side: Side, other: Side) -> bool:
    """Whether a modal that the other wording lacks changes what is said: not where that has "to leave"."""
    if not side.kept(mark):
        return False
    # "Have to" and "able to" answer a modal on the other side, but to lose one of them loses no mood.
    if side.own.words[mark.place].key not in MODALS and mark.value != "will":
        return False
    if mark.value not in ("will", "would"):
        return True
    roots = {side.own.words[place].root for place in mark.governs}
    words_of_other = other.own.words
    places = [place for place, word in enumerate(words_of_other) if word.root in roots]
    return not any(place and words_of_other[place - 1].key == "to" for place in places)


def _actors(a: Wording, b: Wording, parts: Sequence[Stretch]) -> Iterator[int]:
    """The stretches in which one name stands for another; that of the speaker for a pronoun does not."""
    speaker = {word.key for one in (a, b) if one.rendering.speaker for word in words(one.rendering.speaker[:200])}
    whole = len(parts) == 1 and parts[0].a_end - parts[0].a_start == len(a.words)
    for number, part in enumerate(parts):
        if not whole and max(part.a_end - part.a_start, part.b_end - part.b_start) > SIDE_BY_SIDE:
            continue
        mine = _only(a.names, part.a_start, part.a_end, b, speaker)
        other = _only(b.names, part.b_start, part.b_end, a, speaker)
        cut = _cut(a, part.a_start, part.a_end, b.words[part.b_start : part.b_end]) or _cut(
            b, part.b_start, part.b_end, a.words[part.a_start : part.a_end]
        )
        if (mine and other) or cut or _other_pronoun(a, b, part):
            yield number


def _cut(own: Wording, start: int, end: int, instead: Sequence[Word]) -> bool:
    """Whether who acts is cut off: "the court will decide" against "will decide"."""
    if start == end or end >= len(own.words) or own.words[end].key not in AUXILIARIES or not own.words[end - 1].content:
        return False
    if start and not own.words[start].opens:
        return False
    if any(word.content or word.key in PRONOUNS for word in instead):
        return False
    return _CLAUSE_END.search(own.rendering.words, own.words[end - 1].end, own.words[end].start) is None


def _other_pronoun(a: Wording, b: Wording, part: Stretch) -> bool:
    """Whether one quotation has "they" where another has "it"; in reported speech such words shift."""
    if not (a.rendering.quoted and b.rendering.quoted):
        return False
    if not part.a_end - part.a_start == part.b_end - part.b_start == 1:
        return False
    keys = {a.words[part.a_start].key, b.words[part.b_start].key}
    return len(keys) == 2 and keys <= THIRD_PERSONS


def _only(names: Sequence[Mark], start: int, end: int, other: Wording, speaker: set[str]) -> list[str]:
    """The names in a stretch that the other wording does not have in any form."""
    known = {mark.value for mark in other.names} | other.keys
    return [
        mark.value
        for mark in names
        if start <= mark.place < end
        and mark.value not in speaker
        and not any(_one_name(mark.value, one) for one in known)
        and not _short_for(mark.value, other)
    ]


def _one_name(a: str, b: str) -> bool:
    """Whether one is the other with an ending: "Harvenia" and "Harvenian"."""
    shared = min(len(a), len(b))
    return a == b or (shared >= 4 and abs(len(a) - len(b)) <= 4 and a[: max(4, shared - 2)] == b[: max(4, shared - 2)])


def _short_for(name: str, other: Wording) -> bool:
    """Whether it is made of the first letters of words of the other wording."""
    letters = "".join(word.key[:1] for word in other.words if word.capital or word.content)
    return 2 <= len(name) <= 6 and name in letters
