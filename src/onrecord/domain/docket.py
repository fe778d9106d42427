"""The docket: commitments, demands, warnings and predictions, when they fall due, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from onrecord.domain.passages import Act

FORWARD = (Act.COMMITMENT, Act.DEMAND, Act.WARNING, Act.PREDICTION)
"""The acts that something can come of."""


class Status(StrEnum):
    """How an entry stands. A person decides; the program says OPEN or DUE by the calendar and suggests the others."""

    OPEN = "open"
    DUE = "due"
    """Its day has passed and nobody has decided."""
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not met"
    WITHDRAWN = "withdrawn"
    CANNOT_BE_TOLD = "cannot be told"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an utterance binds somebody to, or foretells.

    `utterance` and `passage` are where it is said (the fullest wording), `actor` who says it. `bound` is who must do it
    or whom it is foretold of, in the words of the passage or the speaker's name; `rule` is what would count as met, in
    words made from the passage. `start` and `end` are the half-open interval in UTC in which it falls due, both None
    where no day is stated; `due_words` the words that state it. `condition` are the words of an "if" that it hangs on.
    """

    utterance: str
    passage: str
    act: Act
    actor: str | None
    bound: str | None
    rule: str
    start: datetime | None = None
    end: datetime | None = None
    due_words: str | None = None
    condition: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last day that counts, in UTC; None where none is stated."""
        return None if self.end is None else (self.end - timedelta(microseconds=1)).date()

    def status(self, now: datetime) -> Status:
        """Open, or due when the whole interval has passed."""
        return Status.DUE if self.end is not None and self.end <= now else Status.OPEN


class Bearing(StrEnum):
    """What a passage says for an entry's status."""

    FOR = "for"
    AGAINST = "against"
    WITHDRAWS = "withdraws"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A later passage that bears on an entry, how surely from 0 to 1, and why in words."""

    entry: str
    """The id of the entry's utterance."""
    utterance: str
    passage: str
    bearing: Bearing
    score: float
    reasons: tuple[str, ...]
