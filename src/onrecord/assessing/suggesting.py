"""What the program would say of a docket entry, for a person to decide."""

from __future__ import annotations

from datetime import datetime

from onrecord.domain.docket import Bearing, Evidence, Status
from onrecord.domain.judgements import NOT_EVIDENCE
from onrecord.ledger.weighed import ShownEntry
from onrecord.weighing import docket


def suggestion(shown: ShownEntry, now: datetime) -> tuple[Status, tuple[str, ...]]:
    """How the entry stands by what bears on it, and why in words; what a person overturned does not bear on it."""
    borne = [
        Evidence(
            shown.row.entry.utterance,
            one.passage.utterance,
            one.passage.passage,
            Bearing(one.bearing),
            one.score,
            one.reasons,
        )
        for one in shown.evidence
        if one.bearing != NOT_EVIDENCE
    ]
    return docket.suggested(shown.row.entry, borne, now)
