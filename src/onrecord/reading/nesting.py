"""Statements inside statements: "Belarus says it is 'concerned that …', Lenz noted".

The tagger's labels are flat: they show the outermost statements. So every clause of a content that holds a word of
saying or thinking is read again as a text of its own, and what the tagger finds there is a statement inside the first.
Reports of reports of reports are found in the same way, in what was found. `nested` then sets `nested_in`.

What is read again is bounded by the length of the report, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.domain.spans import Span, hull, trimmed
from onrecord.domain.statements import UNNAMED, Kind, Speaker, Statement
from onrecord.reading.nesting_edges import OPENING, trimmed_inside
from onrecord.reading.nesting_words import is_report, is_somebody_else, reporting_places, stands_alone
from onrecord.reading.speakers import Speakers, Unresolved
from onrecord.reading.windows import sentences

DEPTH = 2
"""How often what was found is read again: hearsay at third hand, and not further."""
SHARE = 0.5
"""Clauses are read again until they come to this share of the report's characters."""
ALLOWANCE = 2000
"""Or to so many characters, when that is more."""
FLOOR = 0.2
"""A statement inside another needs this certainty, before calibration."""

_WORD = re.compile(r"[^\W\d_]")
_BOUND = re.compile(
    r"[,;:—–]\s{1,3}(?:(?:and|but|or|so)\s)?(?:that\s)?"
    r"|\b(?:that|because|while|although|though|whether|if|as|when|after|since|what|which)\s{1,3}"
    r"|\s[“\"‘]",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:[\"'“‘«„”\s]|(?:that|and|but|so|perhaps|maybe|yet|also|however|meanwhile|then|now|well|even)\b,?)+",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"who\b")
_STOP = re.compile(r"[,\"“”«»:]")
_PRONOUN = re.compile(r"he|she|it|they|his|her|its|their", re.IGNORECASE)
_WHAT = re.compile(r"\bwhat(?:ever)?\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inner:
    """A statement found inside the content of another, with how certain the reading is (0 to 1, not calibrated)."""

    statement: Unresolved
    certainty: float


Read = Callable[[Span], Iterator[Inner]]
"""Reads one stretch of the report as a text of its own."""


def inner_statements(text: str, outer: Sequence[Unresolved], read: Read) -> list[Inner]:
    """The statements inside the contents of `outer`, in order of their contents, at all depths together."""
    found: list[Inner] = []
    taken = [span for one in outer for span in one.cue]
    left = max(ALLOWANCE, int(SHARE * len(text)))
    seen: set[Span] = set()
    holders = [span for one in outer for span in one.content]
    for _ in range(DEPTH):
        candidates: list[Inner] = []
        for holder in holders:
            for clause in clauses(text, holder):
                if clause in seen or clause.end - clause.start > left:
                    continue
                seen.add(clause)
                left -= clause.end - clause.start
                candidates.extend(_acceptable(text, read(clause), holder))
        new: list[Inner] = []
        for one in sorted(candidates, key=lambda inner: (-inner.certainty, inner.statement.content)):
            if not any(cue.overlaps(other) for cue in one.statement.cue for other in taken):
                taken.extend(one.statement.cue)
                new.append(one)
        found.extend(new)
        holders = [span for one in new for span in one.statement.content]
    return sorted(found, key=lambda inner: reading_order(inner.statement))


def reading_order(statement: Unresolved) -> tuple[int, int]:
    """By where contents begin, and of two that begin together the longer one first: outer before inner."""
    return statement.content[0].start, -statement.content[-1].end


def clauses(text: str, content: Span) -> list[Span]:
    """The clauses of a content that may hold a statement, each from before its source to the end of its sentence."""
    if not reporting_places(text, content.start, content.end):
        return []
    found: set[Span] = set()
    for sentence in sentences(text, content):
        bounds = [sentence.start, *(m.end() for m in _BOUND.finditer(text, sentence.start, sentence.end))]
        for place in reporting_places(text, sentence.start, sentence.end):
            before = [bound for bound in bounds if bound < place and _WORD.search(text, bound, place)]
            # Between a name and its verb may stand what the commas hold: ", the minister," or ", who was there,".
            relative = bool(before) and _RELATIVE.match(text, before[-1]) is not None
            parted = relative or text[sentence.start : place].rstrip().endswith(",")
            start = sentence.start if not before else before[-2] if parted and len(before) > 1 else before[-1]
            lead = _LEAD.match(text, start, sentence.end)
            clause = trimmed(text, lead.end() if lead else start, sentence.end)
            if clause is not None:
                found.add(clause)
    return sorted(found)


def _acceptable(text: str, candidates: Iterator[Inner], holder: Span) -> Iterator[Inner]:
    """Those that are a statement by somebody else inside the holder, their contents cut to what is theirs."""
    for candidate in candidates:
        cue = " ".join(span.of(text) for span in candidate.statement.cue)
        if candidate.certainty < FLOOR or not is_report(cue):
            continue
        source = " ".join(span.of(text) for span in candidate.statement.source)
        if not is_somebody_else(source) if source else not stands_alone(cue):
            continue
        if _is_passed_over(text, candidate.statement):
            continue
        one = trimmed_inside(text, candidate.statement)
        words = sum(len(span.of(text).split()) for span in one.content)
        if words < 2 or _is_participle(text, one) or not holder.covers(reach(one)):
            continue
        yield replace(candidate, statement=replace(one, kind=_kind(text, one)))


def reach(one: Unresolved | Statement) -> Span:
    """From the first to the last character of a statement."""
    return hull([*one.source, *one.cue, *one.content])


def _is_participle(text: str, one: Unresolved) -> bool:
    """Whether the cue only ends what was taken for the content: "he wants to see it | confirmed"."""
    last, cue = one.content[-1], one.cue[0]
    if not one.source or last.end > cue.start or one.source[0].start > one.content[0].start:
        return False
    return _STOP.search(text, last.end - 1, cue.start) is None


def _is_passed_over(text: str, one: Unresolved) -> bool:
    """Whether the words behind are not what was said: "Despite what Vellmark has said, nothing has left".

    "what she called a trick" does give her words: nothing parts them from the cue.
    """
    if not one.source or _WHAT.search(text[: one.source[0].start][-12:]) is None:
        return False
    return "," in text[one.cue[-1].end : max(one.cue[-1].end, one.content[0].start)]


def _kind(text: str, one: Unresolved) -> Kind:
    """What an outer quotation quotes is not quoted again, unless it has marks of its own."""
    if one.kind is not Kind.DIRECT or one.content[0].of(text)[0] in OPENING:
        return one.kind
    return Kind.INDIRECT


def inner_speakers(
    text: str, resolver: Speakers, outer: Sequence[Unresolved], inner: Sequence[Unresolved], quoted: Sequence[Span]
) -> list[Speaker]:
    """Who speaks in the inner statements; a fresh `resolver` is asked about all statements of the report in order.

    The one who is quoted does not call themselves "he": such an answer is taken back.
    """
    together = sorted([*outer, *inner], key=reading_order)
    speakers = resolver.resolve(together)
    answers = {id(one): speaker for one, speaker in zip(together, speakers, strict=True)}
    found = []
    for one in inner:
        speaker = answers[id(one)]
        own = any(_PRONOUN.fullmatch(span.of(text)) for span in one.source)
        if own and speaker.name and any(region.covers(reach(one)) for region in quoted):
            holders = [answers[id(o)] for o in outer if any(span.covers(reach(one)) for span in o.content)]
            if any(holder.name == speaker.name for holder in holders):
                speaker = UNNAMED
        found.append(speaker)
    return found


def nested(statements: Sequence[Statement]) -> list[Statement]:
    """Statements in order, `nested_in` set to the innermost statement whose content covers all of another."""
    holders = sorted(
        ((span, outer) for outer in statements for span in outer.content), key=lambda held: held[0].end - held[0].start
    )
    out = []
    for inner in statements:
        whole = reach(inner)
        holder = next((outer for span, outer in holders if outer is not inner and span.covers(whole)), None)
        out.append(replace(inner, nested_in=holder.id) if holder is not None else inner)
    return out
