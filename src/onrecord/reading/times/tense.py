"""Whether the words around a time speak of what was or of what will be."""

from __future__ import annotations

import re

REACH = 200
"""So many characters before and behind a time are looked at, within its sentence."""
_SENTENCE_EDGE = re.compile(r"[.!?][\"”’»)]{0,2}\s+(?=[\"“‘«(]?[A-Z])|\n\s*\n|;\s")
_AUXILIARY = r"will|won['’]t|shall|would|may|might|should|going to|to be|set to|plans? to|expects? to"
_ARRANGED = r"due|set|scheduled|expected|planned|slated|likely|to"
_LEADS_ON = "scheduled|expected|planned|slated|needs?|wants?|must|likely|hopes?|intends?|aims?|ready|takes? effect"
_FUTURE = re.compile(
    rf"\b(?:{_AUXILIARY}|(?:is|are|be) (?:{_ARRANGED})|due|(?:{_LEADS_ON}) (?:to|for|in|on|until|next)?|"
    r"(?:meet|begin|open|start|expire|resume|arrive|travel)s?|deadline|upcoming|by(?=\s\Z)|effective|no later than|"
    r"payable|maturing|elections? in)\b|['’]ll\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|has been|have been|said|told|began|came|made|took|went|fell|rose|won|lost|left|held|met|"
    r"sent|gave|found|broke|shot|hit|led|saw|got|grew|sold|bought|brought|became|ran|wrote|spoke|struck|fought|since|ago|"
    r"(?!un)[a-z]{2,15}ed)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:until|till|through|extended to|as soon as|as early as|no later than|ahead of|beginning|starting|effective|"
    r"payable)(?:\s(?:on|in|about|around|midnight|noon|early|late|mid))?[\s-]\Z",
    re.IGNORECASE,
)
_OVERTAKEN = re.compile(
    r"\bhad been (?:scheduled|due|expected|planned|set|supposed)\b[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_HAD = re.compile(r"[^.;]{0,60}\bhad\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b")


def direction(text: str, start: int, end: int) -> int:
    """-1 when the nearest verb speaks of what was, 1 of what will be, 0 when no verb tells.

    The last verb before the time decides; without one, the first behind it.
    """
    before = text[max(0, start - REACH) : start]
    edges = [edge.end() for edge in _SENTENCE_EDGE.finditer(before)]
    before = before[edges[-1] :] if edges else before
    if _OVERTAKEN.search(before):
        return -1
    if _AHEAD.search(before):
        # "Until Thursday, they had not called" looks back; "until Thursday" does not.
        opening = len(before.split()) <= 2
        return -1 if opening and _HAD.match(text, end) else 1
    if _POSSESSIVE.match(text, end):
        # Verbs before "Sunday's vote" are not about the vote.
        before = ""
    after = text[end : end + REACH]
    edge = _SENTENCE_EDGE.search(after)
    after = after[: edge.start() if edge else None]
    last = [max((verb.end() for verb in pattern.finditer(before)), default=-1) for pattern in (_PAST, _FUTURE)]
    if max(last) >= 0:
        return 1 if last[1] >= last[0] else -1
    first = [min((verb.start() for verb in pattern.finditer(after)), default=REACH) for pattern in (_PAST, _FUTURE)]
    if min(first) < REACH:
        return 1 if first[1] < first[0] else -1
    return 0
