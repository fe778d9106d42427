"""What a person should look at: what the program is least sure of, and what matters most."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import log2


class DoubtKind(StrEnum):
    """What is in doubt."""

    STATEMENT = "statement"
    """Whether the reader found a statement, and all of it."""
    SPEAKER = "speaker"
    """Who speaks, where there are candidates and none is safe."""
    MERGE = "merge"
    """Whether two passages are one act of speech."""
    RELATION = "relation"
    """Whether two passages stand against each other."""
    DOCKET = "docket"
    """What became of a docket entry whose day has passed."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at.

    `id` is that of a statement, a relation or the utterance of a docket entry, of a merge that of the passage which
    holds on least, and `other` the passage it holds on to. `doubt` runs from 0, sure, to 1, nothing known; `origins`
    are the independent origins of what is in doubt and `resting` the relations that rest on it.
    """

    kind: DoubtKind
    id: str
    other: str
    doubt: float
    origins: int
    resting: int

    @property
    def weight(self) -> float:
        """How much it matters: each doubling of the origins counts one, each of what rests on it a half.

        >>> Doubt(DoubtKind.SPEAKER, "a", "", 0.5, 3, 0).weight, Doubt(DoubtKind.SPEAKER, "a", "", 0.5, 3, 3).weight
        (2.0, 3.0)
        """
        return log2(1 + max(self.origins, 1)) + log2(1 + self.resting) / 2

    @property
    def rank(self) -> float:
        """Its place in the queue: doubt times weight, the greatest first."""
        return self.doubt * self.weight
