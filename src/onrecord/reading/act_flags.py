"""Whether a passage says that something is not so, and whether it hangs on a condition; and what stands around it.

Decided by rule, on the words of the passage and the rest of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.domain.spans import Span
from onrecord.reading.act_words import (
    ABSENCE,
    CONDITION,
    FRAME,
    NEGATION,
    NOT_NEGATION,
    QUESTION_CUE,
    SUBORDINATE,
    WHETHER,
)

LOOKED_AT = 600
"""So many characters of a passage are looked at; what comes behind them does not change what act it is."""
_SENTENCE_BREAK = re.compile(r"[.!?;]\s|\n")
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]{3,30}")
_MODAL = re.compile(r"\b(?:will|would|shall|won[’']t|wouldn[’']t|is going to|are going to)\b")
_TITLES = frozenset({"the", "presi", "minis", "prime", "forei", "secre", "gener"})
_SUBORDINATE_OPENER = re.compile(r"(?:if|unless|when|while|although|because|since|as long as|even if)\b")
_ASKING_IF = re.compile(r"\b(?:ask|wonder|know|see|sure|question)\w* \Z")
_BESIDE = re.compile(r"(?:^|[\"“‘«,] ?)(?:if|unless|as long as) [^,]{3,150}, ?(?:then )?[\"“‘«]?\Z")
_BEHIND = re.compile(r",? ?(?:if|unless|as long as|should (?:they|it|he|russia|china|moscow)) \w")


def words_of(text: str, passage: Span) -> str:
    """The passage in lower case, its white space evened out, cut where it is longer than anybody says at once."""
    return " ".join(text[passage.start : min(passage.end, passage.start + LOOKED_AT)].lower().split())


def cue_of(text: str, cue: Sequence[Span]) -> str:
    """The cue in lower case, its parts joined by a blank."""
    return " ".join(" ".join(span.of(text)[:200].lower().split()) for span in cue)


def sentence_around(text: str, passage: Span) -> Span:
    """The passage with what stands beside it in the same sentence, at most 200 characters to either side."""
    before = text[max(0, passage.start - 200) : passage.start]
    breaks = list(_SENTENCE_BREAK.finditer(before))
    start = passage.start - (len(before) - breaks[-1].end() if breaks else len(before))
    following = _SENTENCE_BREAK.search(text, passage.end, passage.end + 200)
    return Span(start, following.start() if following else min(len(text), passage.end + 200))


def is_asked(text: str, passage: Span) -> bool:
    """Whether a question mark ends the passage, inside it or right behind it."""
    return "?" in text[max(passage.start, passage.end - 2) : passage.end + 2]


def is_negated(words: str) -> bool:
    """Whether the main clause says that something is not so; a frame such as "I believe that" does not count."""
    frame = FRAME.match(words)
    if frame and not NEGATION.search(frame.group()):
        words = words[frame.end() :].removeprefix(" that").lstrip()
    words = words.removeprefix("that ")
    if ABSENCE.search(words):
        return True
    if words.startswith("not to "):
        return True
    blank = NOT_NEGATION.sub(lambda found: "x" * len(found.group()), words)
    found = NEGATION.search(blank)
    if not found:
        return False
    before = blank[: found.start()]
    opener = _SUBORDINATE_OPENER.match(before)
    if opener:
        comma = before.find(",")
        if comma < 0:
            later = blank.find(",", found.end())
            return later >= 0 and is_negated(blank[later + 1 :].lstrip())
        before = before[comma + 1 :]
    return not SUBORDINATE.search(before)


def is_conditional(text: str, passage: Span, words: str, cue: str) -> bool:
    """Whether the passage hangs on a condition, named in it or directly beside it in the same sentence."""
    found = CONDITION.search(words)
    if found and not (WHETHER.match(words) and QUESTION_CUE.search(cue)):
        return not (found.group() == "if" and _ASKING_IF.search(words[: found.start()]))
    around = sentence_around(text, passage)
    before = text[around.start : passage.start].lower()
    after = text[passage.end : around.end].lower()
    beside = _BESIDE.search(before.lstrip())
    behind = _BEHIND.match(after)
    return bool(beside or (behind and not QUESTION_CUE.search(cue)))


def own_side(text: str, passage: Span) -> bool:
    """Whether who shall act in the passage is named again in the rest of the sentence, where the speaker stands."""
    modal = _MODAL.search(text, passage.start, passage.end)
    if modal is None:
        return False
    around = sentence_around(text, passage)
    rest = text[around.start : passage.start] + " " + text[passage.end : around.end]
    stems = {name.lower()[:5] for name in _CAPITAL.findall(text[passage.start : modal.start()])} - _TITLES
    return any(name.lower()[:5] in stems for name in _CAPITAL.findall(rest))
