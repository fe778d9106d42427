"""The baseline of near-duplicates: the likeness of two texts' shingles, as MinHash estimates it."""

from __future__ import annotations

from collections.abc import Sequence

from rensa import RMinHash


def sketch(words: Sequence[str], shingle: int, seed: int) -> RMinHash:
    """The MinHash of some words in rows of so many; `.jaccard` holds two of one seed against each other."""
    made = RMinHash(num_perm=128, seed=seed)
    made.update([" ".join(words[at : at + shingle]) for at in range(max(1, len(words) - shingle + 1))])
    return made
