"""Which pairs of utterances are looked at: a symmetrical condition on the two alone, found through an index.

Two utterances are candidates when they were first told within some days of each other (a missing date forbids nothing)
and stand near each other in one report, or share words and senses enough: much where both say something, little where
one of them says that something is not so or takes something back, and a noun with a number of like size where both
count. Words are filed with their mass in thousandths, so that no sum depends on the order of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.domain.passages import Act
from onrecord.domain.relations import Said
from onrecord.domain.utterances import Rendering
from onrecord.weighing.relations import vocabulary
from onrecord.weighing.relations.counts import GREAT
from onrecord.weighing.relations.evidence import DAY
from onrecord.weighing.relations.sides import Side, Stance, side_of

WORDINGS: Final = 3
"""Wordings of one utterance that are compared, at most."""
NEIGHBOURS: Final = 1_500
"""Characters between passages of one report that are looked at whatever they say."""
MUCH: Final = 6_000
"""Mass that two passages share which both say something, in thousandths."""
MUCH_SHARE: Final = 0.2
"""The same, as a share of what both together have."""
LITTLE: Final = 4_500
"""Mass that two passages share of which one says that something is not so."""
OF_ONE_SPEAKER: Final = 2_900
"""Mass that two passages of one speaker share where one of them takes something back or explains it."""
FILED: Final = 1.0
_COUNTED_DAYS: Final = 7 * DAY


@dataclass(frozen=True, slots=True)
class Filed:
    """One wording of one utterance as it is filed."""

    side: Side
    masses: dict[str, int]
    total: int
    turned: bool
    mends: bool
    counted: frozenset[str]


File = Callable[[Said], Sequence[Filed]]
"""How each wording of an utterance is filed."""


class Index:
    """Utterances filed under the words and senses of their wordings, by report, and by what they count.

    `file` may remember what `filed_of` says, which is asked without it.
    """

    def __init__(self, said: Sequence[Said], file: File | None = None) -> None:
        self.said = list(said)
        self._file = file or filed_of
        owned = [(at, filed) for at, one in enumerate(self.said) for filed in self._file(one)]
        self._owners = np.asarray([at for at, _ in owned], np.int64)
        self._filed = [filed for _, filed in owned]
        self._totals = np.asarray([one.total for one in self._filed], np.int64)
        self._turned = np.asarray([one.turned for one in self._filed], np.bool_)
        self._mends = np.asarray([one.mends for one in self._filed], np.bool_)
        self._when = np.asarray(
            [np.nan if one.side.published is None else one.side.published for one in self._filed], np.float64
        )
        numbers: dict[str, int] = {}
        self._actors = np.asarray(
            [-1 if (who := one.side.actor) is None else numbers.setdefault(who, len(numbers)) for one in self._filed],
            np.int64,
        )
        self._numbers = numbers
        self._postings = _postings((at, one.masses) for at, one in enumerate(self._filed))
        self._counted = _postings((at, one.counted) for at, one in enumerate(self._filed))
        self._reports: dict[str, list[tuple[Rendering, int]]] = {}
        for at, one in enumerate(self.said):
            for rendering in one.renderings:
                self._reports.setdefault(rendering.report, []).append((rendering, at))

    def candidates(self, said: Said, window: float) -> Iterator[Said]:
        """Those filed that may stand in a relation to `said`, each once, in the order of filing; `window` in days."""
        places: set[int] = set()
        for filed in self._file(said):
            places.update(int(self._owners[at]) for at in self._alike(filed, window * DAY))
        places.update(self._beside(said))
        for place in sorted(places):
            if self.said[place].utterance != said.utterance:
                yield self.said[place]

    def _alike(self, filed: Filed, window: float) -> NDArray[np.int64]:
        places = [self._postings[word] for word in filed.masses if word in self._postings]
        counted = [self._counted[key] for key in filed.counted if key in self._counted]
        if not places and not counted:
            return np.empty(0, np.int64)
        weights = [
            np.full(len(self._postings[word]), mass) for word, mass in filed.masses.items() if word in self._postings
        ]
        weights += [np.zeros(len(posting), np.int64) for posting in counted]
        together = np.concatenate([*places, *counted])
        shared = np.bincount(together, np.concatenate(weights), minlength=len(self._filed))
        found = np.flatnonzero(shared >= OF_ONE_SPEAKER)
        mass = shared[found]
        both = self._totals[found] + filed.total - mass
        enough = (mass >= MUCH) & (mass >= MUCH_SHARE * both)
        enough |= (self._turned[found] != filed.turned) & (mass >= LITTLE)
        actor = self._numbers.get(filed.side.actor or "", -2)
        enough |= (self._actors[found] == actor) & (self._mends[found] | filed.mends)
        if counted:
            counts = np.zeros(len(self._filed), np.bool_)
            counts[np.concatenate(counted)] = True
            enough |= counts[found] & ~self._is_far(found, filed, _COUNTED_DAYS)
        return found[enough & ~self._is_far(found, filed, window)]

    def _is_far(self, found: NDArray[np.int64], filed: Filed, window: float) -> NDArray[np.bool_]:
        if filed.side.published is None:
            return np.zeros(len(found), np.bool_)
        return np.abs(self._when[found] - filed.side.published) > window

    def _beside(self, said: Said) -> Iterator[int]:
        """Those that stand near in one report, where one of the two does more than say that something is so."""
        for rendering in said.renderings:
            here = side_of(rendering)
            speaks = _speaks_of_another(here)
            for other, place in self._reports.get(rendering.report, ()):
                if abs(other.span.start - rendering.span.start) <= NEIGHBOURS:
                    there = side_of(other)
                    if speaks or _speaks_of_another(there) or (here.counts and there.counts):
                        yield place


def wordings(said: Said) -> list[Rendering]:
    """The fullest rendering and the first few others that are worded otherwise."""
    seen = {said.fullest.words}
    found = [said.fullest]
    for one in said.renderings:
        if len(found) < WORDINGS and one.words not in seen:
            seen.add(one.words)
            found.append(one)
    return found


def filed_of(said: Said) -> Sequence[Filed]:
    """How each wording of an utterance is filed."""
    found = []
    for rendering in wordings(said):
        side = side_of(rendering)
        mends = side.has(vocabulary.WRONG) or side.has(vocabulary.MEANT)
        masses = {word: round(1000 * mass) for word, mass in side.weights.items() if mass >= FILED}
        masses.update((sense, 3000) for sense in side.happenings)
        found.append(
            Filed(
                side=side,
                masses=masses,
                total=sum(masses.values()),
                turned=side.stance is not Stance.SAID,
                mends=mends,
                counted=frozenset(_count_keys(side, mends)),
            )
        )
    return found


def _count_keys(side: Side, mends: bool) -> Iterator[str]:
    """What is counted with the size of its number: two that differ by no more than four times share a key.

    A great number of one speaker's needs no noun, and what a speaker takes back may share no word with what was said.
    """
    for count in side.counts:
        value = abs(count.value or 0.0)
        if value >= 1:
            size = floor(log2(value))
            if count.noun or count.state:
                yield from (f"{count.state or count.noun} {size + more}" for more in range(3))
            if value >= GREAT and side.actor is not None:
                yield from (f"{side.actor} {size + more}" for more in range(3))
    if side.actor is not None and (mends or side.act in (Act.PREDICTION, Act.COMMITMENT)):
        yield f"{side.actor} foresees or mends"


def _speaks_of_another(side: Side) -> bool:
    return (
        side.stance is not Stance.SAID
        or side.act in (Act.QUESTION, Act.DEMAND)
        or side.has(vocabulary.MEANT)
        or side.has(vocabulary.ITSELF)
    )


def _postings(held: Iterable[tuple[int, Iterable[str]]]) -> dict[str, NDArray[np.int64]]:
    filed: dict[str, list[int]] = {}
    for at, words in held:
        for word in words:
            filed.setdefault(word, []).append(at)
    return {word: np.asarray(places, np.int64) for word, places in filed.items()}
