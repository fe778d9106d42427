"""Where a statement inside another one ends: the rest of the sentence is mostly the outer speaker's again.

The tagger was taught on outermost statements, whose contents run on as far as they can. Inside another statement a
content ends with its sentence, with the clause that it hangs on ("although A says that B, …"), and before the
quotation marks and stops that belong to what is around it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.domain.spans import Span, trimmed
from onrecord.reading.speakers import Unresolved
from onrecord.reading.windows import sentences

_RELATIVE = re.compile(r"\b(?:which|what|that|who)\W{0,3}\Z")
RELATIVE_WORDS = 6
"""A first part of a content of at most so many words, "the number which" …, is what a relative clause hangs on."""
_SUBORDINATED = re.compile(r"\b(?:although|though|while|since|because|if|when|after|despite)\s{1,3}\Z", re.IGNORECASE)
_INFINITIVE = re.compile(r"(?:not |never )?to ")
_AFTER_INFINITIVE = re.compile(
    r",[\"”’']? (?:and|but|while|as|so) (?=(?:the|he|she|it|they|we|I|there|[A-Z]))"
    r"|,[\"”’]? (?:signal|say|add|not|warn|suggest|refer|cit)ing\b"
    r"|,[\"”] (?=(?:he|she|they|it) )"
)
_NAMING = re.compile(r"\b(?:call|describ|label|dub|brand|term)\w{0,4}(?: it| this| them)?(?: as)?\Z", re.IGNORECASE)
_QUOTED = re.compile(r"(?:as |an? |the ){0,2}[\"“‘'][^\"”’]{1,200}[\"”’]")
OPENING = "\"'“‘«„"
"""Marks that a quotation begins with."""
_STOPS = ",;.!? "
_OPENERS = {"”": '“"', '"': '"“', "’": "‘", "»": "«"}


def trimmed_inside(text: str, statement: Unresolved) -> Unresolved:
    """The statement with its content cut to what is its own."""
    content = list(statement.content)
    first = content[0].of(text)
    if len(content) > 1 and _RELATIVE.search(first) and len(first.split()) <= RELATIVE_WORDS:
        del content[0]
    content = _to_the_sentence(text, content)
    if statement.cue and content[-1].start > statement.cue[-1].start:
        end = _clause_end(text, statement, content[-1])
        if end is not None:
            content[-1] = trimmed(text, content[-1].start, end) or content[-1]
    content[-1] = _without_outer_marks(text, content[-1])
    return replace(statement, content=tuple(content))


def _to_the_sentence(text: str, content: list[Span]) -> list[Span]:
    """The parts up to the end of the first sentence, unless the content is a quotation."""
    if content[-1].of(text)[0] in OPENING:
        return content
    for k, span in enumerate(content):
        first = sentences(text, span)[0]
        if first.end < span.end:
            return [*content[:k], trimmed(text, first.start, first.end) or span]
    return content


def _clause_end(text: str, statement: Unresolved, last: Span) -> int | None:
    """Where the clause of a content that follows its cue ends, None when that is where it ends already."""
    first = min(span.start for span in (*statement.source, *statement.cue))
    body = last.of(text)
    if _SUBORDINATED.search(text, max(0, first - 12), first):
        comma = body.find(",")
        if comma < 0:
            return None
        return last.start + comma + (2 if body[comma + 1 : comma + 2] in ('"', "”") else 0)
    if _INFINITIVE.match(body):
        found = _AFTER_INFINITIVE.search(body)
        if found is None:
            return None
        return last.start + found.start() + (2 if body[found.start() + 1] in '"”' else 0)
    if _NAMING.search(statement.cue[-1].of(text)):
        quoted = _QUOTED.match(body)
        return last.start + quoted.end() if quoted else None
    return None


def _without_outer_marks(text: str, span: Span) -> Span:
    """The span without stops and closing marks at its end, unless the mark was opened inside of it."""
    end = span.end
    while end > span.start + 1:
        mark = text[end - 1]
        if mark in _OPENERS:
            body = text[span.start : end - 1]
            opened = sum(body.count(opener) for opener in _OPENERS[mark])
            if opened % 2:
                return span if end == span.end else Span(span.start, end)
        elif mark not in _STOPS:
            break
        end -= 1
    return Span(span.start, end)
