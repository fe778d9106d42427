"""What a person judges, put on the record: of two things whether they are one, how they stand, what became of one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from onrecord.domain.grades import Credibility, Reliability
from onrecord.domain.judgements import SAMENESS, VERDICTS, Judgement, Subject, judgement_id
from onrecord.errors import NotOnRecord, RefusedGrade
from onrecord.ledger.corrections import Seen
from onrecord.ledger.weighed_view import WeighedView
from onrecord.ledger.writer import Writer, utc_now
from onrecord.settings import Settings

WITNESSES: Final = 2
"""Independent origins without which nothing is graded as confirmed by other sources."""

_BY_WORD: Final = {
    verdict: subject
    for subject in (Subject.RELATION, Subject.EVIDENCE, Subject.STATUS)
    for verdict in VERDICTS[subject]
}


def judged(
    path: Path | str,
    verdict: str,
    a: str,
    b: str | None = None,
    *,
    why: str,
    by: str,
    settings: Settings = Settings(),
    made: datetime | None = None,
    seen: Seen | None = None,
) -> Judgement:
    """Puts a person's judgement on the record; link and weigh afterwards to see what comes of it.

    `verdict` says what is judged: "same" and "different" two passages, actors or reports; a kind of relation how
    passage `a` stands to passage `b`; a status how the docket entry of `a` stands; a bearing what `b` says for it.

    Raises:
        NotOnRecord: when one of them is not there, they are not of one sort, they are one and the same thing, or there
            are two where one is judged.
        JudgedMeanwhile: when somebody has judged the same since it was `seen`.
    """
    subject = _BY_WORD.get(verdict)
    with WeighedView(path, settings) as view:
        if subject is Subject.STATUS:
            if b is not None:
                raise NotOnRecord(f"{verdict!r} is said of one docket entry; leave {b!r} out")
            entry = view.passage(a).passage
            return recorded(path, settings, (subject, entry, "", verdict, why, by, made or utc_now()), seen)
        if b is None:
            raise NotOnRecord(f"{verdict!r} is said of two things; name the other one behind {a!r}")
        if subject is None:
            (subject, one), (other_subject, other) = view.judged(a), view.judged(b)
            if subject is not other_subject:
                raise NotOnRecord(f"{a!r} is a {subject.value} and {b!r} a {other_subject.value}; name two of one sort")
        else:
            one, other = view.passage(a).passage, view.passage(b).passage
    if one == other:
        raise NotOnRecord(f"{a!r} and {b!r} are the same {subject.value}; name its passages to tell them apart")
    first, second = sorted((one, other)) if subject in SAMENESS else (one, other)
    return recorded(path, settings, (subject, first, second, verdict, why, by, made or utc_now()), seen)


def graded(
    path: Path | str,
    what: str,
    grade: str,
    *,
    why: str,
    by: str,
    settings: Settings = Settings(),
    made: datetime | None = None,
    seen: Seen | None = None,
) -> Judgement:
    """Puts a person's grade on the record: A to F of the source `what`, 1 to 6 of the item `what`.

    Raises:
        RefusedGrade: when the grade is none of the code, or says "confirmed" of what fewer than two independent origins
            have.
        NotOnRecord: when there is no such source or passage.
    """
    with WeighedView(path, settings) as view:
        if grade in tuple(Reliability):
            # A grade is one of a name, so it does not matter where several actors bear it.
            called = view.outlets_named(what) or view.actors_named(what)
            source = called[0] if called else view.actor(what).row.actor.name
            said = (Subject.SOURCE, source, "", grade, why, by, made or utc_now())
        elif grade in tuple(Credibility):
            item = view.passage(what)
            if grade == Credibility.CONFIRMED and item.origins < WITNESSES:
                raise RefusedGrade(
                    f"{item.passage[:12]} cannot be graded 1, confirmed by other sources: the record shows "
                    f"{item.origins} independent origin of it, and it takes {WITNESSES}; grade it 2 to 6, or judge "
                    "which other passages are the same utterance"
                )
            said = (Subject.ITEM, item.passage, "", grade, why, by, made or utc_now())
        else:
            raise RefusedGrade(f"{grade!r} is no grade: A to F are said of a source, 1 to 6 of an item")
    return recorded(path, settings, said, seen)


def recorded(
    path: Path | str,
    settings: Settings,
    said: tuple[Subject, str, str, str, str, str, datetime],
    seen: Seen | None = None,
) -> Judgement:
    """Puts what was said of a subject, its verdict, why, by whom and when, on the record.

    Raises:
        JudgedMeanwhile: when somebody has judged the same since it was `seen`.
        LedgerError: when it cannot be recorded.
    """
    judgement = Judgement(judgement_id(*said), *said)
    with Writer(path, settings) as writer:
        writer.record_judgement(judgement, seen)
    return judgement
