"""The queue of what a person should look at: what is least sure and matters most, first."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from onrecord.domain.doubts import Doubt
from onrecord.ledger.review_view import ReviewView
from onrecord.linking.utterances.weights import ACCEPTED

SURE: Final = 0.6
"""Confidence of the reader from which a statement is not asked about."""
NEAR: Final = 0.15
"""How far above the score from which passages are linked a merge is still in doubt."""
MOST: Final = 200
"""Of each sort in the queue; what lies behind comes up when these are done."""


def queue(view: ReviewView, now: datetime) -> list[Doubt]:
    """What is in doubt as of `now`, by doubt times weight; the same for the same record."""
    found = [
        *view.unsure_statements(SURE, MOST),
        *view.open_speakers(MOST),
        *view.weak_merges(ACCEPTED, ACCEPTED + NEAR, MOST),
        *view.contradictions_unjudged(MOST),
        *view.undecided(now, MOST),
    ]
    return sorted(found, key=lambda one: (-one.rank, one.kind, one.id))
