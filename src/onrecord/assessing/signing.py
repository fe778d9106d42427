"""How what a person says comes on the record: signed, with a reason, unless somebody has judged the same meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from onrecord.domain.judgements import Judgement, Subject, judgement_id
from onrecord.ledger.corrections import Seen
from onrecord.ledger.weighed_view import WeighedView
from onrecord.ledger.writer import Writer, utc_now
from onrecord.places import Place
from onrecord.settings import Settings


class Signing(TypedDict):
    """What every judgement is given beside what it says: why, and who signs it.

    `made` is when, now unless told; `seen` what somebody saw before judging, without which it is not asked whether
    another has judged the same since.
    """

    why: str
    by: str
    settings: NotRequired[Settings]
    made: NotRequired[datetime | None]
    seen: NotRequired[Seen | None]


def looking(path: Place | str, signing: Signing) -> WeighedView:
    """The record as whoever judges has it before them."""
    return WeighedView(path, signing.get("settings", Settings()))


def recorded(
    path: Place | str, subject: Subject, a: str, b: str, verdict: str, **signing: Unpack[Signing]
) -> Judgement:
    """Puts a verdict on `a`, or on `a` and `b`, on the record.

    Raises:
        JudgedMeanwhile: when somebody has judged the same since it was `seen`.
        LedgerError: when it cannot be recorded.
    """
    said = subject, a, b, verdict, signing["why"], signing["by"], signing.get("made") or utc_now()
    judgement = Judgement(judgement_id(*said), *said)
    with Writer(path, signing.get("settings", Settings())) as writer:
        writer.record_judgement(judgement, signing.get("seen"))
    return judgement
