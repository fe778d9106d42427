"""What a person judges, put on the record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from onrecord.domain.judgements import Judgement, Verdict, judgement_id
from onrecord.errors import NotOnRecord
from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.writer import Writer, utc_now
from onrecord.settings import Settings


def judged(
    path: Path | str,
    verdict: Verdict,
    a: str,
    b: str,
    *,
    why: str,
    by: str,
    settings: Settings = Settings(),
    made: datetime | None = None,
) -> Judgement:
    """Puts a person's judgement on two things on the record; link afterwards to see what comes of it.

    Raises:
        NotOnRecord: when one of them is not there, they are not of one sort, or they are one and the same thing.
    """
    with LinkedView(path, settings) as view:
        (subject, one), (other_subject, other) = view.judged(a), view.judged(b)
    if subject is not other_subject:
        raise NotOnRecord(f"{a!r} is a {subject.value} and {b!r} a {other_subject.value}; name two of one sort")
    if one == other:
        raise NotOnRecord(f"{a!r} and {b!r} are the same {subject.value}; name its passages to tell them apart")
    first, second = sorted((one, other))
    said = (subject, first, second, verdict, why, by, made or utc_now())
    judgement = Judgement(judgement_id(*said), *said)
    with Writer(path, settings) as writer:
        writer.record_judgement(judgement)
    return judgement
