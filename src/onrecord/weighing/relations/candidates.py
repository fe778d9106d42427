"""Which pairs of utterances are looked at: a symmetrical condition on the two alone, found through an index.

Two utterances are candidates when they were first told within some days of each other (a missing date forbids nothing)
and stand near each other in one report, or share words and senses enough: much where both say something, little where
one of them says that something is not so or takes something back, and a noun with a number of like size where both
count. Words are filed with their mass in thousandths, so that no sum depends on the order of its parts.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import floor, log2, nan
from typing import Final, TypeVar

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
GAPS: Final = 1.5
"""How many times as many places an index may have as utterances before it is filed anew."""
_COUNTED_DAYS: Final = 7 * DAY

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Filed:
    """One wording of one utterance as it is filed."""

    side: Side
    masses: dict[str, int]
    total: int
    turned: bool
    mends: bool
    counted: frozenset[str]


class Index:
    """Utterances filed under the words and senses of their wordings, by report, and by what they count.

    It is kept from step to step: utterances are added, and those that are told too long ago by then are let go of.
    """

    def __init__(self, said: Iterable[Said] = ()) -> None:
        self._empty()
        self.add(said)

    def _empty(self) -> None:
        self._said: list[Said] = []
        self._filings: list[Sequence[Filed]] = []
        self._places: dict[str, int] = {}
        """Where each utterance stands; one that was let go of stands nowhere, but leaves a gap in the lists."""
        self._owners = np.empty(0, np.int64)
        self._totals = np.empty(0, np.int64)
        self._turned = np.empty(0, np.bool_)
        self._mends = np.empty(0, np.bool_)
        self._when = np.empty(0, np.float64)
        self._actors = np.empty(0, np.int64)
        self._numbers: dict[str, int] = {}
        self._postings: defaultdict[str, array[int]] = defaultdict(partial(array, "q"))
        self._counted: defaultdict[str, array[int]] = defaultdict(partial(array, "q"))
        self._reports: dict[str, list[tuple[Rendering, int]]] = {}

    def __iter__(self) -> Iterator[Said]:
        return (self._said[place] for place in self._places.values())

    def without(self, utterances: Iterable[str]) -> set[str]:
        """Those of some utterances that are not filed."""
        return {one for one in utterances if one not in self._places}

    def add(self, said: Iterable[Said]) -> None:
        """Files utterances; one that is filed already, in place of what it was."""
        self._put((one, filed_of(one)) for one in said)

    def _put(self, filed_so: Iterable[tuple[Said, Sequence[Filed]]]) -> None:
        owned: list[tuple[int, Filed]] = []
        for one, its in filed_so:
            place = self._places[one.utterance] = len(self._said)
            self._said.append(one)
            self._filings.append(its)
            owned += ((place, filed) for filed in its)
            for rendering in one.renderings:
                self._reports.setdefault(rendering.report, []).append((rendering, place))
        filings = [filed for _, filed in owned]
        for at, filed in enumerate(filings, len(self._owners)):
            for word in filed.masses:
                self._postings[word].append(at)
            for key in filed.counted:
                self._counted[key].append(at)
        sides = [filed.side for filed in filings]
        self._owners = _longer(self._owners, [place for place, _ in owned])
        self._totals = _longer(self._totals, [filed.total for filed in filings])
        self._turned = _longer(self._turned, [filed.turned for filed in filings])
        self._mends = _longer(self._mends, [filed.mends for filed in filings])
        self._when = _longer(self._when, [nan if side.published is None else side.published for side in sides])
        self._actors = _longer(self._actors, [self._number(side.actor) for side in sides])

    def _number(self, actor: str | None) -> int:
        return -1 if actor is None else self._numbers.setdefault(actor, len(self._numbers))

    def keep(self, utterances: Collection[str]) -> None:
        """Lets go of all other utterances."""
        self._places = {one: place for one, place in self._places.items() if one in utterances}
        if len(self._said) > GAPS * len(self._places):
            left = [(self._said[place], self._filings[place]) for place in self._places.values()]
            self._empty()
            self._put(left)

    def candidates(self, said: Said, window: float) -> Iterator[Said]:
        """Those filed that may stand in a relation to `said`, each once, in the order of filing; `window` in days."""
        its = self._places.get(said.utterance)
        filings = filed_of(said) if its is None or self._said[its] is not said else self._filings[its]
        places: set[int] = set()
        for filed in filings:
            places.update(self._owners[self._alike(filed, window * DAY)].tolist())
        places.update(self._beside(said))
        for place in sorted(places):
            one = self._said[place]
            if one.utterance != said.utterance and self._places.get(one.utterance) == place:
                yield one

    def _alike(self, filed: Filed, window: float) -> NDArray[np.int64]:
        words = [(posting, mass) for word, mass in filed.masses.items() if (posting := self._postings.get(word))]
        counted = [np.asarray(posting) for key in filed.counted if (posting := self._counted.get(key))]
        if not words and not counted:
            return np.empty(0, np.int64)
        weights = [np.full(len(posting), mass) for posting, mass in words]
        weights += [np.zeros(len(posting), np.int64) for posting in counted]
        together = np.concatenate([*(np.asarray(posting) for posting, _ in words), *counted])
        shared = np.bincount(together, np.concatenate(weights), minlength=len(self._owners))
        found = np.flatnonzero(shared >= OF_ONE_SPEAKER)
        mass = shared[found]
        both = self._totals[found] + filed.total - mass
        enough = (mass >= MUCH) & (mass >= MUCH_SHARE * both)
        enough |= (self._turned[found] != filed.turned) & (mass >= LITTLE)
        actor = self._numbers.get(filed.side.actor or "", -2)
        enough |= (self._actors[found] == actor) & (self._mends[found] | filed.mends)
        if counted:
            counts = np.zeros(len(self._owners), np.bool_)
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


def _longer(held: NDArray[Number], more: Sequence[float]) -> NDArray[Number]:
    return np.concatenate([held, np.asarray(more, held.dtype)])
