"""Which pairs of renderings are looked at: a symmetrical condition on the two alone, found through an index.

A pair is a candidate when the two were published within `WINDOW` of each other (a missing date forbids nothing) and
share words enough. With one and the same known speaker any telling word will do, or the same few words; where a speaker
is not known they must share a key: a rare word or two telling words beside each other; with two known speakers nearly
all words of the lesser must be shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.utterances.profiles import DAY, Profile, pairs_in_row
from onrecord.linking.utterances.scoring import LONG_QUOTATION, WORD_FOR_WORD, never, other_speaker

WINDOW: Final = 10.0
"""Days between two publications of one utterance, at most; what was said is repeated in later reports."""
RARE: Final = 3.5
"""Rarity from which one shared word alone makes two passages of unknown speakers candidates."""
RARE_PAIR: Final = 6.0
"""The same for two telling words beside each other, their rarities added."""
LEAST: Final = 1500
"""Mass of telling words that candidates share, in thousandths."""
LEAST_SHARE: Final = 0.1
"""Share of the telling mass of the lesser one that candidates share."""
FILED: Final = 1.0
"""Rarity from which a word is filed in the index."""
SAME_WORDS: Final = 4000
"""What being the very same words counts for, in thousandths, even if none of them tells anything."""
SAID_ALIKE: Final = 4
"""So many words make a key of their own for whoever says the very same without a known speaker."""
LONG: Final = round(1000 * LONG_QUOTATION / 2)
LONG_SHARE: Final = WORD_FOR_WORD - 0.1
"""What candidates with two known speakers share at least of the lesser one's telling mass, and how much that is."""
FEWEST: Final = 2
"""So many words, articles, pronouns and prepositions aside, a passage must have to be linked to any other."""
SMALL: Final = frozenset(
    """a an and as at but by for from he her him his i in it its me my of on or our she that the their them they this to
    us we with you your""".split()
)
_SAME: Final = "same "
"""What begins so is no word: a word has no blank."""


def rare_keys(profile: Profile) -> frozenset[str | tuple[str, str]]:
    """Its rare words, its telling words beside each other, and all its words together."""
    weights = profile.weights
    keys: set[str | tuple[str, str]] = {word for word, weight in weights.items() if weight >= RARE}
    keys.update(pair for pair in pairs_in_row(profile) if weights[pair[0]] + weights[pair[1]] >= RARE_PAIR)
    if len(profile.order) >= SAID_ALIKE:
        keys.add(_same_words(profile))
    return frozenset(keys)


def filed_words(profile: Profile) -> dict[str, int]:
    """What the index files a profile under: words that are not too common, and all of them together.

    Masses are in whole thousandths, so that no sum depends on the order of its parts. One word alone ("impeachment",
    "a measure") is filed under nothing: that two people used it does not show that they heard one sentence.
    """
    if sum(word not in SMALL for word in profile.order) < FEWEST:
        return {}
    found = {word: round(1000 * weight) for word, weight in profile.weights.items() if weight >= FILED}
    if len(profile.order) >= 2:
        found[_same_words(profile)] = SAME_WORDS
    return found


def _same_words(profile: Profile) -> str:
    return _SAME + blake2b(" ".join(profile.order).encode(), digest_size=9).hexdigest()


@dataclass(slots=True)
class Index:
    """Profiles filed under their telling words, in order of publication, those without a date first."""

    profiles: list[Profile]
    undated: int
    published: NDArray[np.float64]
    actors: NDArray[np.int64]
    """One number for each known speaker, -1 where none is known."""
    masses: NDArray[np.float64]
    postings: dict[str, NDArray[np.int64]]
    words: list[dict[str, int]]
    _rare: dict[int, frozenset[str | tuple[str, str]]] = field(default_factory=dict)
    """The rare keys of the profiles at some places: each is met by many others, and its keys are made once."""

    @classmethod
    def of(cls, profiles: Sequence[Profile]) -> Index:
        """File them."""
        placed = sorted(profiles, key=_place)
        undated = sum(one.published is None for one in placed)
        numbers: dict[str, int] = {}
        actors = [-1 if (actor := one.actor) is None else numbers.setdefault(actor, len(numbers)) for one in placed]
        words = [filed_words(one) for one in placed]
        filed: dict[str, list[int]] = {}
        for at, held in enumerate(words):
            for word in held:
                filed.setdefault(word, []).append(at)
        return cls(
            placed,
            undated,
            np.asarray([one.published or 0.0 for one in placed[undated:]], np.float64),
            np.asarray(actors, np.int64),
            np.asarray([sum(held.values()) for held in words], np.float64),
            {word: np.asarray(places, np.int64) for word, places in filed.items()},
            words,
        )

    def candidates(self, at: int) -> Iterator[int]:
        """The places of all candidates of the profile at one place."""
        low, high = self._window(at)
        # The undated stand before all others, and are near to all.
        edges = np.asarray((0, self.undated, low, high) if low else (0, 0, low, high))
        places, weights, counts = [], [], []
        for word, weight in self.words[at].items():
            posting = self.postings[word]
            if len(posting) == 1:
                continue  # Nothing but this profile itself.
            zero, undated, first, last = posting.searchsorted(edges).tolist()
            for start, end in ((zero, undated), (first, last)):
                if start < end:
                    places.append(posting[start:end])
                    weights.append(weight)
                    counts.append(end - start)
        if not places:
            return
        found, where = np.unique(np.concatenate(places), return_inverse=True)
        shared = np.bincount(where, np.repeat(weights, counts))
        least = np.minimum(self.masses[found], self.masses[at])
        actor = self.actors[at]
        same = (self.actors[found] == actor) & (actor >= 0)
        unknown = (self.actors[found] < 0) | (actor < 0)
        enough = shared >= np.maximum(LEAST, LEAST_SHARE * least)
        alike = same | unknown | (shared >= LONG_SHARE * least) & (least >= LONG)
        for chosen in np.flatnonzero(enough & alike & (found != at)):
            other = int(found[chosen])
            if self._fits(at, other, int(shared[chosen]), int(least[chosen])):
                yield other

    def _fits(self, at: int, other: int, shared: int, least: int) -> bool:
        a, b = self.profiles[at], self.profiles[other]
        if never(a.rendering, b.rendering):
            return False
        if a.actor is None or b.actor is None:
            return self._share_a_key(at, other)
        if not other_speaker(a, b):
            return True
        return least >= LONG and shared >= LONG_SHARE * least and self._share_a_key(at, other)

    def _share_a_key(self, at: int, other: int) -> bool:
        return not self._rare_keys(at).isdisjoint(self._rare_keys(other))

    def _rare_keys(self, at: int) -> frozenset[str | tuple[str, str]]:
        if at not in self._rare:
            self._rare[at] = rare_keys(self.profiles[at])
        return self._rare[at]

    def _window(self, at: int) -> tuple[int, int]:
        """The first place and the one behind the last that are near enough in time, without the undated."""
        if at < self.undated:
            return 0, len(self.profiles)
        when = self.published[at - self.undated]
        low = int(np.searchsorted(self.published, when - WINDOW * DAY, "left"))
        high = int(np.searchsorted(self.published, when + WINDOW * DAY, "right"))
        return low + self.undated, high + self.undated


def _place(one: Profile) -> tuple[bool, float, str]:
    return one.published is not None, one.published or 0.0, one.rendering.passage
