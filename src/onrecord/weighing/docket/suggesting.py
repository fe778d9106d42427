"""A status for an entry, suggested from its evidence: the program only suggests, a person decides.

Before its day an entry is open, whatever is said of it. After it, only strong evidence of one kind is followed; all
else cannot be told from the record, and the reasons say why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from onrecord.domain.docket import Bearing, Entry, Evidence, Status
from onrecord.domain.passages import Act
from onrecord.weighing.docket.gathering import OWN, PART

STRONG: Final = 0.6
"""The score from which one passage alone is followed, if nothing speaks the other way."""
ADMITTED: Final = 0.5
"""The same for an admission or a taking back."""
WEAK: Final = 0.35
"""The score from which a passage is something that speaks the other way."""


def suggested(entry: Entry, evidence: Sequence[Evidence], now: datetime) -> tuple[Status, tuple[str, ...]]:
    """The status that the evidence suggests at `now`, and why in words; the order of the evidence is no matter."""
    if entry.status(now) is Status.OPEN:
        return Status.OPEN, (
            "its day has not passed" if entry.end is not None else "no day is stated by which it falls due",
        )
    speaking = [one for one in evidence if one.entry == entry.utterance]
    done = [one for one in speaking if one.bearing is Bearing.FOR and OWN not in one.reasons]
    claimed = [one for one in speaking if one.bearing is Bearing.FOR and OWN in one.reasons]
    against = [one for one in speaking if one.bearing is Bearing.AGAINST]
    back = [one for one in speaking if one.bearing is Bearing.WITHDRAWS]
    if _most(back) >= ADMITTED and _most(done) < STRONG:
        foretold = entry.act in (Act.PREDICTION, Act.WARNING)
        return (Status.NOT_MET if foretold else Status.WITHDRAWN), ("it was taken back",)
    if _most(done) >= STRONG and _most(against) < WEAK:
        if all(PART in one.reasons for one in done if one.score >= STRONG):
            return Status.PARTLY, (f"{_passages(done)} that a part of it is done, and nothing speaks against it",)
        return Status.MET, (f"{_passages(done)} that it is done, and nothing speaks against it",)
    if _most(against) >= STRONG and _most(done) < WEAK and _most(claimed) < WEAK:
        return Status.NOT_MET, (f"{_passages(against)} that it is not done, and nothing speaks for it",)
    return Status.CANNOT_BE_TOLD, tuple(_open_questions(done, claimed, against, back))


def _most(evidence: Sequence[Evidence]) -> float:
    return max((one.score for one in evidence), default=0.0)


def _passages(evidence: Sequence[Evidence]) -> str:
    return "one passage says" if len(evidence) == 1 else f"{len(evidence)} passages say"


def _open_questions(
    done: Sequence[Evidence], claimed: Sequence[Evidence], against: Sequence[Evidence], back: Sequence[Evidence]
) -> list[str]:
    if not (done or claimed or against or back):
        return ["its day has passed and no later passage speaks of it"]
    said = []
    if done:
        said.append(f"{_passages(done)} that it is done")
    if claimed:
        said.append("that it is done is said by the one who is bound")
    if against:
        said.append(f"{_passages(against)} that it is not")
    if back:
        said.append("it may have been taken back")
    if not (done and against) and not claimed:
        said.append("that alone does not decide it")
    return said
