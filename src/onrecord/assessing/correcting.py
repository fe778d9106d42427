"""What a person corrects, put on the record: who speaks, which characters, what is no statement; notes; undoing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Unpack

from onrecord.assessing.signing import Signing, looking, recorded
from onrecord.domain.judgements import (
    IS_STATEMENT,
    NO_STATEMENT,
    NOBODY_NAMED,
    Judgement,
    Subject,
    name_fault,
    span_fault,
    spans_text,
)
from onrecord.domain.spans import Span, trimmed
from onrecord.errors import NotOnRecord, RefusedCorrection
from onrecord.linking.actors import actor
from onrecord.places import Place

LONGEST_WORDS: Final = 4_000
"""Characters of a note, or of a reason."""

_ACTOR_ID: Final = re.compile(r"(?:person|organisation|state|group|outlet|local):[\w-]+")


def spoken(path: Place | str, statement: str, name: str, **signing: Unpack[Signing]) -> Judgement:
    """Puts on the record who says a statement: an actor by its id, a name, or "unnamed" where none is safe.

    Raises:
        NotOnRecord: when there is no such statement, or no actor of that id.
        RefusedCorrection: when it is no name.
        JudgedMeanwhile: when somebody has judged the same since it was `seen`.
    """
    told, id_ = " ".join(name.split()), ""
    with looking(path, signing) as view:
        one = view.statement(statement).statement.id
        if _ACTOR_ID.fullmatch(told):
            known = actor(told)
            # An actor that no table has is known by its name alone.
            told, id_ = (known.name, known.id) if known is not None else (view.actor(told).row.actor.name, "")
        elif told.casefold() == NOBODY_NAMED:
            told = NOBODY_NAMED
    fault = name_fault(told)
    if fault is not None:
        raise RefusedCorrection(f"{told[:80]!r} cannot be put down as a speaker: it {fault}")
    return recorded(path, Subject.SPEAKER, one, id_, told, **signing)


def bounded(
    path: Place | str, statement: str, part: str, spans: Sequence[Span], **signing: Unpack[Signing]
) -> Judgement:
    """Puts on the record which characters of its report are the content or the source of a statement.

    White space at the edges is left out. A source may be empty: `spans` is then empty.

    Raises:
        NotOnRecord: when there is no such statement.
        RefusedCorrection: when there are no such characters in its report.
        JudgedMeanwhile: when somebody has judged the same since it was `seen`.
    """
    with looking(path, signing) as view:
        found = view.statement(statement)
        text = view.report(found.report.id).report.text
    if any(one.end > len(text) for one in spans):
        raise RefusedCorrection(f"the report has {len(text):,} characters; name a START-END inside it")
    kept = [one for one in (trimmed(text, span.start, span.end) for span in sorted(spans)) if one is not None]
    written = spans_text(kept)
    fault = span_fault(part, written) if kept or not spans else "holds nothing but white space"
    if fault is not None:
        raise RefusedCorrection(f"this cannot be put down as the {part} of a statement: it {fault}")
    return recorded(path, Subject.SPAN, found.statement.id, part, written, **signing)


def standing(path: Place | str, statement: str, is_one: bool, **signing: Unpack[Signing]) -> Judgement:
    """Puts on the record whether what the reader took for a statement is one.

    Raises:
        NotOnRecord: when there is no such statement.
        JudgedMeanwhile: when somebody has judged the same since it was `seen`.
    """
    with looking(path, signing) as view:
        one = view.statement(statement).statement.id
    verdict = IS_STATEMENT if is_one else NO_STATEMENT
    return recorded(path, Subject.STATEMENT, one, "", verdict, **signing)


def noted(path: Place | str, thing: str, **signing: Unpack[Signing]) -> Judgement:
    """Puts a note on the record: the words `why` on a statement, passage, actor, report or relation.

    The id of an utterance, of a docket entry or of a story stands for what `LinkedView.judged` says.

    Raises:
        NotOnRecord: when there is no such thing.
        RefusedCorrection: when there are no words, or too many.
    """
    if not signing["why"].strip() or len(signing["why"]) > LONGEST_WORDS:
        raise RefusedCorrection(f"a note has 1 to {LONGEST_WORDS:,} characters; write it anew")
    with looking(path, signing) as view:
        a, b = view.noted(thing)
    return recorded(path, Subject.NOTE, a, b, "note", **signing)


def undone(path: Place | str, judgement: str, **signing: Unpack[Signing]) -> Judgement:
    """Takes a judgement back, on the record; the one before it counts again.

    Raises:
        NotOnRecord: when there is no such judgement, or it has been taken back already.
        RefusedCorrection: when it takes one back itself.
        JudgedMeanwhile: when somebody has judged the same since it was `seen`.
    """
    with looking(path, signing) as view:
        one = view.judgement(judgement)
        back = view.taken_back([one.id]).get(one.id)
    if one.subject is Subject.UNDONE:
        raise RefusedCorrection(f"{one.id[:12]} takes a judgement back; to have that count again, judge again")
    if back is not None:
        raise NotOnRecord(f"{one.id[:12]} does not count any more: {back.by} took it back on {back.made:%d %B %Y}")
    return recorded(path, Subject.UNDONE, one.id, "", "undone", **signing)
