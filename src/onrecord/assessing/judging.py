"""What a person judges, put on the record: of two things whether they are one, how they stand, what became of one."""

from __future__ import annotations

from typing import Final, Unpack

from onrecord.assessing.signing import Signing, looking, recorded
from onrecord.domain.grades import Credibility, Reliability
from onrecord.domain.judgements import SAMENESS, VERDICTS, Judgement, Subject
from onrecord.errors import NotOnRecord, RefusedGrade
from onrecord.places import Place

WITNESSES: Final = 2
"""Independent origins without which nothing is graded as confirmed by other sources."""

_BY_WORD: Final = {
    verdict: subject
    for subject in (Subject.RELATION, Subject.EVIDENCE, Subject.STATUS)
    for verdict in VERDICTS[subject]
}


def judged(path: Place | str, verdict: str, a: str, b: str | None = None, **signing: Unpack[Signing]) -> Judgement:
    """Puts a person's judgement on the record; link and weigh afterwards to see what comes of it.

    `verdict` says what is judged: "same" and "different" two passages, actors or reports; a kind of relation how
    passage `a` stands to passage `b`; a status how the docket entry of `a` stands; a bearing what `b` says for it.

    Raises:
        NotOnRecord: when one of them is not there, they are not of one sort, they are one and the same thing, or there
            are two where one is judged.
        JudgedMeanwhile: when somebody has judged the same since it was `seen`.
    """
    subject = _BY_WORD.get(verdict)
    with looking(path, signing) as view:
        if subject is Subject.STATUS:
            if b is not None:
                raise NotOnRecord(f"{verdict!r} is said of one docket entry; leave {b!r} out")
            entry = view.passage(a).passage
            return recorded(path, subject, entry, "", verdict, **signing)
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
    return recorded(path, subject, first, second, verdict, **signing)


def graded(path: Place | str, what: str, grade: str, **signing: Unpack[Signing]) -> Judgement:
    """Puts a person's grade on the record: A to F of the source `what`, 1 to 6 of the item `what`.

    Raises:
        RefusedGrade: when the grade is none of the code, or says "confirmed" of what fewer than two independent origins
            have.
        NotOnRecord: when there is no such source or passage.
    """
    with looking(path, signing) as view:
        if grade in tuple(Reliability):
            # A grade is one of a name, so it does not matter where several actors bear it.
            called = view.outlets_named(what) or view.actors_named(what)
            subject, of = Subject.SOURCE, called[0] if called else view.actor(what).row.actor.name
        elif grade in tuple(Credibility):
            item = view.passage(what)
            if grade == Credibility.CONFIRMED and item.origins < WITNESSES:
                raise RefusedGrade(
                    f"{item.passage[:12]} cannot be graded 1, confirmed by other sources: the record shows "
                    f"{item.origins} independent origin of it, and it takes {WITNESSES}; grade it 2 to 6, or judge "
                    "which other passages are the same utterance"
                )
            subject, of = Subject.ITEM, item.passage
        else:
            raise RefusedGrade(f"{grade!r} is no grade: A to F are said of a source, 1 to 6 of an item")
    return recorded(path, subject, of, "", grade, **signing)
