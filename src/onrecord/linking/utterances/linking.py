"""All links within new renderings and between new and known ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.domain.utterances import Link, Rendering
from onrecord.language.vectors import shipped_vectors
from onrecord.linking.utterances.candidates import Index
from onrecord.linking.utterances.evidence import evidence
from onrecord.linking.utterances.profiles import Profile, profile_of
from onrecord.linking.utterances.scoring import reasons, score_of
from onrecord.linking.utterances.weights import ACCEPTED

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts in, unit vectors out, one row for each."""
AT_ONCE: Final = 2_000
"""So many pairs are gathered before the vectors of their passages are asked for."""


def links(
    new: Sequence[Rendering],
    known: Sequence[Rendering] = (),
    *,
    vectors: Vectors | None = None,
    within: bool = True,
    asked: Collection[str] | None = None,
) -> Iterator[Link]:
    """Every accepted link with a new rendering in it, each once; the same links in whatever order things arrive.

    `known` are the renderings to which links are kept already; those that are farther from every new one in time than
    `WINDOW` may be left out. `vectors` are those of the package where none are given; they are asked only for passages
    of candidates. `within` is for known ones that come in parts: without it only pairs of a new and a known one are
    looked at. `asked` is for the work of several: only pairs of these new passages are looked at, and each pair of two
    new ones is that of one of the two, so that all new ones being asked somewhere gives all pairs once.
    """
    meanings = Meanings(shipped_vectors().vectors if vectors is None else vectors)
    pairs = candidate_pairs(new, known, within=within, asked=asked)
    while gathered := list(islice(pairs, AT_ONCE)):
        cosines = meanings.cosines([(a.rendering.words, b.rendering.words) for a, b in gathered])
        for (a, b), cosine in zip(gathered, cosines, strict=True):
            found = evidence(a, b, cosine)
            score = score_of(a, b, found)
            if score >= ACCEPTED:
                yield Link(a.rendering.passage, b.rendering.passage, round(score, 6), reasons(a, b, found))


def candidate_pairs(
    new: Sequence[Rendering],
    known: Sequence[Rendering] = (),
    *,
    within: bool = True,
    asked: Collection[str] | None = None,
) -> Iterator[tuple[Profile, Profile]]:
    """Every candidate pair with a new rendering in it, once, the lesser id first; all else as in `links`."""
    fresh = {one.passage for one in new}
    asking = fresh if asked is None else asked
    renderings = {one.passage: one for one in (*known, *new)}
    index = Index.of([profile_of(one) for one in renderings.values()])
    for at, profile in enumerate(index.profiles):
        if profile.rendering.passage not in asking:
            continue
        for place in index.candidates(at):
            other = index.profiles[place]
            if other.rendering.passage not in fresh or (within and place < at):
                yield (profile, other) if profile.rendering.passage < other.rendering.passage else (other, profile)


class Meanings:
    """Cosines of passages, the vector of each made once while it is likely to be asked for again."""

    def __init__(self, vectors: Vectors, kept: int = 20_000) -> None:
        self._vectors = vectors
        self._kept = kept
        self._known: dict[str, NDArray[np.float32]] = {}

    def cosines(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """How alike the meanings of two texts are, for each pair."""
        if len(self._known) > self._kept:
            self._known.clear()
        # By length, so that a maker of vectors which works in batches pads little.
        asked = sorted({text for pair in pairs for text in pair if text not in self._known}, key=lambda x: (len(x), x))
        if asked:
            self._known.update(zip(asked, self._vectors(asked), strict=True))
        return [round(float(self._known[a] @ self._known[b]), 4) for a, b in pairs]
