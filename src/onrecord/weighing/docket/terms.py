"""Who is bound, on what condition, and what would count as met: in the words of the passage.

Words are quoted where turning them round could change what they mean; what is safe to leave out (an opening "that", the
marks around) is left out.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.domain.days import whole_day
from onrecord.domain.passages import Act
from onrecord.domain.utterances import Rendering
from onrecord.weighing.docket.due import Due, last_day
from onrecord.weighing.docket.vocabulary import ADDRESSED, LOOKED_AT, PRONOUN, plain

LONGEST_PARTY: Final = 10
"""Words that name who is bound; a longer subject is no name."""

_CALL_ON: Final = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:up)?on|urge[sd]?|ask(?:s|ed)?(?: to)?|wants?|tell|order(?:s|ed)?|appeal to)"
    r" (?P<who>[^,;]{2,80}?) (?:not )?(?:to|that)\b"
)
_MODAL: Final = re.compile(
    r"\b(?:must|should|ought to|ha(?:s|ve) to|need(?:s)? to|will|won't|shall|would|wouldn't|may|might|could"
    r"|(?:is|are|was|were) (?:not )?(?:going|ready|prepared|willing|expected|set|due|about|likely|scheduled|bound))\b"
)
_OBLIGED: Final = re.compile(r"\b(?:must|should|ought to|ha(?:s|ve) to|need(?:s)? to)\b")
_SUBJUNCTIVE: Final = re.compile(
    r"^\W*(?:that )?(?P<who>(?:[\w'.-]{1,30} ){1,6}?)(?:not |immediately |now )?(?:be|withdraw|declare|place|stop"
    r"|end|halt"
    r"|release|free|return|leave|pull|allow|let|give|hold|hand|open|close|move|remove|resign|publish|pay|send"
    r"|accept|agree"
    r"|respect|recognise|recognize|abandon|cease|lift|drop|provide|take|make|keep|do|go|come|join|sign|investigate"
    r"|appear"
    r"|testify|apologise|apologize|stay|start|begin|show|step|wrap|eliminate|curb|restore|guarantee|demonstrate|fulfils"
    r"|fulfills|cancel|suspend|review|refrain|disarm|surrender|negotiate)\b"
)
_NEGATION: Final = re.compile(r"\b(?:not|no|never|nobody|none|cannot|\w{1,8}n't)\b")
_OPENING: Final = re.compile(
    r"^\W*(?:(?:and|but|so|that|then|also|therefore|however|of which|of whom|of|for|to|on|upon)\b\W*)*", re.IGNORECASE
)
_FRAME: Final = re.compile(
    r"^\W*(?:i|we|he|she|they|it) (?:\w+ )?(?:fear|expect|think|thought|believe|hope|say|said|know|knew|predict"
    r"|feel|felt)"
    r"(?:s|d|ed)?(?: that)? "
)
_IF: Final = re.compile(
    r"\b(?:if|unless|as long as|so long as|for as long as|in case|provided that|on condition that"
    r"|in the event (?:of|that))"
    r"\b(?! (?:so|not|only|any)\b)"
)
_SHOULD: Final = re.compile(r"(?:^|[,;] )should (?=\w+ )")
_BESIDE: Final = re.compile(r"\b(?:if|unless|as long as) [^,.;!?]{3,150}, ?(?:then )?\W*$")
_MARKS: Final = '"“”«»'
_STOP: Final = re.compile(r"[,;]|\W+(?:then)\b")
_EDGES: Final = " \t\n\"'“”‘’«»,;:.–—-"


def bound(one: Rendering, act: Act, speaker: str | None) -> str | None:
    """Who must do it, or whom it is foretold of: words of the passage, or the name of the speaker; None where unclear.

    A demand binds whom it is addressed to, a commitment the one who makes it, whatever it speaks of. Of a warning or a
    prediction it is the subject.
    """
    words = plain(one.words)
    if act is Act.DEMAND:
        return _addressee(one.words, words)
    if act is Act.COMMITMENT:
        return speaker
    party = _subject(one.words, words)
    return party if party is not None else (speaker if re.match(r"^\W*(?:i|we)\b", words) else None)


def condition(one: Rendering) -> str | None:
    """The words of the condition that the passage hangs on, its "if" included; None where it hangs on none.

    The condition may stand in the passage or right before it in its sentence.
    """
    words = plain(one.words)
    found = _IF.search(words) or _SHOULD.search(words)
    if found is not None:
        start = found.start() if words[found.start()].isalpha() else found.start() + 2
        stop = _STOP.search(words, found.end())
        return one.words[start : stop.start() if stop else min(len(one.words), LOOKED_AT)].strip(_EDGES) or None
    if not one.conditional:
        return None
    at = one.context.find(one.words)
    before = one.context[max(0, at - 200) : at] if at > 0 else ""
    beside = _BESIDE.search(plain(before))
    return before[beside.start() :].strip(_EDGES).removesuffix(", then") or None if beside else None


def rule(one: Rendering, act: Act, party: str | None, when: Due | None, condition: str | None) -> str:
    """What would count as met, as a sentence."""
    words = " ".join(_core(one.words, condition).split())
    if one.negated and _NEGATION.search(plain(words)):
        told = f"Met when this has held: “{words}”"
    elif act is Act.DEMAND:
        told = f"Met when what is demanded{f' of {party}' if party else ''} is done: “{words}”"
    else:
        told = f"Met when this comes about: “{words}”"
    if when is None:
        told += "; no day is stated"
    elif when.end is not None:
        told += f", by {whole_day(last_day(when.start, when.end))}"
    elif when.start is not None:
        told += f", from {whole_day(when.start)} on"
    return f"{told}. Counts only {_as_clause(condition)}." if condition else f"{told}."


def _addressee(original: str, words: str) -> str | None:
    found = _CALL_ON.search(words)
    if found is None and _OBLIGED.search(words):
        return _subject(original, words)
    for pattern in (_CALL_ON, ADDRESSED, _SUBJUNCTIVE):
        found = pattern.search(words)
        if found is not None:
            made = _party(original[found.start("who") : found.end("who")])
            if made is not None:
                return made
    return _subject(original, words)


def _subject(original: str, words: str) -> str | None:
    """The words before the modal verb, behind a condition that stands first."""
    start = 0
    leading = re.match(r"^\W*(?:if|unless|when|once|as|while|after|in|by|on|without)\b[^,]{1,200},", words)
    if leading is None:
        leading = _FRAME.match(words)
    if leading is not None:
        start = leading.end()
    found = _MODAL.search(words, start)
    return None if found is None else _party(original[start : found.start()])


def _party(words: str) -> str | None:
    opening = _OPENING.match(words)
    made = words[opening.end() if opening else 0 :].strip(_EDGES)
    parts = made.split()
    if not parts or len(parts) > LONGEST_PARTY or (len(parts) == 1 and plain(made) in PRONOUN):
        return None
    return " ".join(parts) if plain(parts[0]) not in _NO_PARTY and plain(parts[-1]) not in PRONOUN else None


def _core(words: str, condition: str | None) -> str:
    """The passage without its condition, where that stands at one end, and without what opens it."""
    kept = _bare(words)
    if condition:
        at = kept.find(condition)
        if at >= 0 and not kept[:at].strip(_EDGES):
            kept = re.sub(r"^\W*(?:then )?", "", kept[at + len(condition) :])
        elif at > 0 and not kept[at + len(condition) :].strip(_EDGES):
            kept = kept[:at].rstrip(_EDGES)
    kept = _bare(kept)
    return re.sub(r"^(?:and|but|so|that) ", "", kept[:LOOKED_AT]) or words[:LOOKED_AT]


def _bare(words: str) -> str:
    """The words without blanks and stops at their ends, and without marks that enclose all of them or nothing."""
    kept = words.strip(" \t\n,;:.–—")
    while len(kept) > 1 and kept[0] in _MARKS and kept[-1] in _MARKS:
        kept = kept[1:-1].strip(" \t\n,;:.–—")
    if sum(one in _MARKS for one in kept) == 1:
        kept = kept.strip(_MARKS)
    return kept.strip()


def _as_clause(condition: str) -> str:
    """The condition inside a sentence."""
    made = " ".join(condition.split())
    return f"“{made}”" if re.match(r"(?i)(?:if|unless|as|so|for|in|provided|on)\b", made) else f"on “{made}”"


_NO_PARTY: Final = frozenset("to not it there by before on in if unless when that what which who".split())
