"""The signs by which a passage is told to bind somebody or to foretell something, each a plain yes or no.

What is asked of the words can be read here and, of the words that say that it was said, in `cues`; what each answer
counts stands in `weights`. The signs combine the reader's act with the words of the passage and its cue.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.domain.passages import Act
from onrecord.domain.utterances import Rendering
from onrecord.weighing.docket.cues import cue_signs
from onrecord.weighing.docket.vocabulary import (
    ABILITY,
    ADDRESSED,
    FUTURE,
    HABIT,
    INFINITIVE,
    OBLIGED,
    PAST_CONDITIONAL,
    PLAN,
    POSSIBLE,
    RISK,
    SEQUENCE,
    SUBORDINATE,
    UNDERTAKEN,
    WISH,
    plain,
)

_OPENING: Final = re.compile(r"^\W*(?:(?:that|of which|which|who|and|but|so|then|also|because)\b\W*)+")
_WORDS: Final = re.compile(r"[\w'-]+")
_LEADING_CLAUSE: Final = re.compile(
    r"^\W*(?:if|unless|when|once|as|while|after|in|by|on|without|during|starting|from)\b[^,]{1,200},"
)
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|as long as|in case|should (?:they|he|she|it|\w+ (?:attack|invade|fail)))\b"
    r"(?:(?! (?:we|i|it|they|he|she|there) (?:will|would|shall)\b)[^,;])*"
)
_BEING: Final = re.compile(
    r"\b(?:will|would|'ll|won't|wouldn't|going to|may|might|could|can|must|should)(?: not| never| also| still"
    r"| probably| likely| then| clearly)?"
    r" (?:be|remain|prove to be|seem|mean|become) (?:an?|the|one|more|less|so|very|too|as|like|no|our|their|his"
    r"|her|its)\b"
)
_STATE: Final = re.compile(
    r"\b(?:will|would|'ll|won't|wouldn't|must|should|need to|needs to|ha(?:s|ve) to|can|could|may)(?: not| never"
    r"| also| always| all)? (?:be (?:\w+ly )?(?:able"
    r"|aware|clear|careful|ready|prepared|respected|possible|necessary|informed|proud|happy|remembered)|know|remember"
    r"|understand|realise|realize|worry|forget|need|want|like|feel|think|believe|see|recogni[sz]e|look|find|mean"
    r"|take note|wonder)\b"
)
_ACTION: Final = re.compile(
    r"\b(?:will|would|'ll|won't|wouldn't|going to|must|should|to|shall)(?: not| never| also| then| further| now"
    r"| soon| immediately)* (?:be (?:\w{3,20}ed|sent|held|made|given"
    r"|built|paid|met|put|cut|shut|won|lost|kept|told|brought|taken)\b|have (?:to|\d)|send|withdraw|deploy|vote"
    r"|sign|release|publish|meet|hold|begin|start|launch|impose|lift|close"
    r"|open|leave|return|provide|deliver|give|pay|appoint|resign|run|attend|visit|travel|continue|increase"
    r"|decrease|reduce|cut"
    r"|raise|introduce|pass|veto|seek|halt|stop|end|withhold|respond|retaliate|support|build|buy|sell|supply|ban"
    r"|allow|require"
    r"|enter|move|attack|invade|cross|win|lose|rise|fall|appeal|sue|testify|investigate|review|cover|create"
    r"|receive|host|join"
    r"|discuss|talk|negotiate|announce|present|submit|file|get|go|come|take|make|face|cost|hurt|drive|help)\b"
)
_I_WE: Final = re.compile(r"^\W*(?:\w+, )?(?:i|we|i'll|we'll|i'm|we're|our \w+|my \w+)\b")
_THEY: Final = re.compile(r"^\W*(?:he|she|they|he'll|she'll|they'll|it|it'll|his|her|their|its)\b")
_THIS: Final = re.compile(r"^\W*(?:this|that|these|those|it|there|that's|it's|there's|which|what)\b")
_YOU: Final = re.compile(r"^\W*(?:you|you'll|you're|your)\b")
_INDEFINITE: Final = re.compile(r"^\W*(?:an?|any|no|every|each|some|people|someone|everyone|nobody|anyone)\b")
_WH: Final = re.compile(r"^\W*(?:what|how|why|whether|where|who|when|whose)\b")
_THAT_OBJECT: Final = re.compile(r"\b(?:who|which|that)\b")
_NO_PLANS: Final = re.compile(
    r"\bno (?:plans?|intention|desire|wish|need|way)\b|\b(?:not|n't) (?:plan|intend|want|seek)\w*\b"
)
_CANNOT: Final = re.compile(r"\b(?:can|could)(?:not| not|n't)\b|\bcan't\b")
_NO: Final = re.compile(r"\b(?:not|no|never|nobody|none|\w{1,8}n't|cannot)\b")
_THINKS: Final = re.compile(
    r"\b(?:i|we|he|she|they) (?:\w+ )?(?:think|thinks|thought|believe|believes|believed|hope|hopes|hoped|feel|felt"
    r"|guess|suppose|know|wish|wonder)\b"
)
_LIKELY: Final = re.compile(
    r"\b(?:un)?likely\b|\bprobably\b|\bexpect(?:s|ed)?\b|\bpredict\w*\b|\bchances?\b|\bpossibility\b"
    r"|\binevitabl[ye]\b|\bforecast\w*\b|\bdoubt\b"
)
_PAST: Final = re.compile(
    r"\b(?:was|were|had|did|has been|have been|ago|yesterday|last (?:week|month|year|night)|earlier)\b"
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|am|was|were|be|been|has|have|had|do|does|did|will|would|shall|should|may|might|can|could|must"
    r"|won't|\w+'(?:s|re|ve|ll|d|m)"
    r"|isn't|aren't|need|needs|want|wants|says?|said|believes?|thinks?|knows?|makes?|takes?|goes|comes|gets?)\b"
    r"|\b\w{3,}(?:ed|es)\b"
)
_SHOULD: Final = re.compile(r"\b(?:should|shouldn't|ought to)\b")
_MUST: Final = re.compile(r"\b(?:must|mustn't|ha(?:s|ve) to|need(?:s)? to|ha(?:s|ve) got to)\b")
_MUST_WE: Final = re.compile(
    r"\b(?:i|we|you|one|they|he|she) (?:\w+ )?(?:must|mustn't|should|shouldn't|ha(?:s|ve) to|need(?:s)? to)\b"
)
_CALLS: Final = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:up)?on|call(?:s|ed|ing)? for|demand(?:s|ed|ing)? that|appeal(?:s|ed|ing)? (?:to|for)"
    r"|(?:urge|encourage|request|order|instruct|invite|ask|want)(?:s|d|ed)? [^.;,]{2,60}? to"
    r"|(?:demand|urge)(?:s|d|ed)?)\b"
)
_IMPERATIVE: Final = re.compile(
    r"^\W*(?:please |do not |don't |never |let |let's |just )?(?:leave|stop|give|send|release|withdraw|stay|go"
    r"|come|get|keep|take|vote|call|tell|show|end|let|wear|wait|watch|"
    r"look|read|try|help|join|support|make|do|be|remember|ask|listen)\b(?! (?:is|was|are|were|of)\b)"
)
_WOULD: Final = re.compile(r"\b(?:would|wouldn't|'d)\b")
_WILL: Final = re.compile(r"\b(?:will|won't|shall|\w+'ll)\b")
_GOING: Final = re.compile(r"\b(?:going to|gonna)\b")
_MIGHT: Final = re.compile(r"\b(?:may|might)\b")
_COULD: Final = re.compile(r"\bcould\b(?! not)")
_CAN: Final = re.compile(r"\bcan\b")
_SET: Final = re.compile(
    r"\b(?:set|due|scheduled|slated|poised|about|expected|bound|ready|prepared|willing|committed|determined) (?:to"
    r"|for)\b"
)
_ING: Final = re.compile(r"^\W*\w{3,20}ing\b")

Signs = dict[str, bool]


def signs(one: Rendering, dated: bool) -> Signs:
    """The signs of a passage by name; `dated` tells that it states a day that was still to come."""
    whole = plain(one.words)
    words = _opened(whole)
    main = _CONDITION.sub("", words)
    clause = clause_of(whole)
    count = len(_WORDS.findall(words))
    act = one.act
    future = FUTURE.search(main)
    in_main = future is not None and not SUBORDINATE.search(main, 0, future.start())
    early = future is not None and len(_WORDS.findall(main[: future.start()])) <= 8
    infinitive = INFINITIVE.match(words) is not None
    finite = _FINITE.search(words) is not None
    obliged = OBLIGED.search(main) is not None
    made: Signs = {f"act {name.value}": act is name for name in Act}
    made |= {
        "dated": dated,
        "future in main clause": in_main,
        "future in subordinate clause": future is not None and not in_main,
        "future early": early,
        "will": bool(_WILL.search(main)),
        "would": bool(_WOULD.search(main)),
        "going to": bool(_GOING.search(main)),
        "set to": bool(_SET.search(main)),
        "may or might": bool(_MIGHT.search(main)),
        "could": bool(_COULD.search(main)),
        "can": bool(_CAN.search(main)),
        "cannot": bool(_CANNOT.search(main)),
        "should": bool(_SHOULD.search(main)),
        "must": bool(_MUST.search(main)),
        "we must": bool(_MUST_WE.search(main)),
        "obliged, act demand": obliged and act is Act.DEMAND,
        "not obliged, act demand": not obliged and act is Act.DEMAND,
        "calls on": bool(_CALLS.search(main)),
        "imperative": one.quoted and bool(_IMPERATIVE.match(words)),
        "infinitive, act commitment": infinitive and act is Act.COMMITMENT,
        "infinitive, act demand": infinitive and act is Act.DEMAND,
        "infinitive, act warning or prediction": infinitive and act in (Act.WARNING, Act.PREDICTION),
        "infinitive, other act": infinitive and act not in (Act.COMMITMENT, Act.DEMAND, Act.WARNING, Act.PREDICTION),
        "addressed, act demand": bool(ADDRESSED.match(words)) and act is Act.DEMAND and not obliged,
        "addressed, act prediction": bool(ADDRESSED.match(words)) and act is Act.PREDICTION and not finite,
        "addressed, no verb": bool(ADDRESSED.match(words)) and not finite,
        "no verb": not finite and not infinitive,
        "no verb, act commitment": not finite and not infinitive and act is Act.COMMITMENT,
        "no verb, act warning": not finite and not infinitive and act is Act.WARNING,
        "no verb, act demand": not finite and not infinitive and act is Act.DEMAND,
        "finite, no future, act commitment": finite and future is None and act is Act.COMMITMENT,
        "finite, no future, act warning": finite and future is None and act is Act.WARNING,
        "undertakes": bool(UNDERTAKEN.search(main)),
        "plan": bool(PLAN.search(main)),
        "risk": bool(RISK.search(main)),
        "likely": bool(_LIKELY.search(main)),
        "possible, act prediction or warning": bool(POSSIBLE.search(main)) and act in (Act.PREDICTION, Act.WARNING),
        "conditional": one.conditional or main != words,
        "would and conditional": bool(_WOULD.search(main)) and (one.conditional or main != words),
        "judgement": bool(_BEING.search(main)),
        "state": bool(_STATE.search(main)),
        "deed": bool(_ACTION.search(main)),
        "i or we": bool(_I_WE.match(clause)),
        "i or we will": bool(_I_WE.match(clause)) and in_main,
        "they": bool(_THEY.match(clause)),
        "this": bool(_THIS.match(clause)),
        "you": bool(_YOU.match(clause)),
        "anybody": bool(_INDEFINITE.match(clause)),
        "asks what": bool(_WH.match(words)),
        "relative clause": bool(_THAT_OBJECT.search(main)),
        "no plans": bool(_NO_PLANS.search(main)),
        "negated": bool(_NO.search(main)),
        "thinks": bool(_THINKS.search(words)),
        "would have been": bool(PAST_CONDITIONAL.search(main)),
        "habit": bool(HABIT.search(main)),
        "wish": bool(WISH.search(main)),
        "ability": bool(ABILITY.search(main)),
        "past": bool(_PAST.search(main)),
        "sequence": bool(SEQUENCE.search(words)),
        "asks": whole.rstrip(" \"'").endswith("?"),
        "starts with -ing": bool(_ING.match(words)),
        "quoted": one.quoted,
        "1 to 3 words": count <= 3,
        "4 to 6 words": 4 <= count <= 6,
        "over 25 words": count > 25,
        "figure": bool(one.figures),
    }
    return made | cue_signs(one.cue, infinitive, not finite and not infinitive)


def clause_of(words: str) -> str:
    """Plain words without what opens a clause ("that", "and", a clause that stands first)."""
    words = _opened(words)
    leading = _LEADING_CLAUSE.match(words)
    return words[leading.end() :] if leading else words


def main_future(words: str) -> str | None:
    """The words of the future in the main clause of a plain passage, None where there are none."""
    main = _CONDITION.sub("", _opened(words))
    future = FUTURE.search(main)
    return None if future is None or SUBORDINATE.search(main, 0, future.start()) else future.group()


def _opened(words: str) -> str:
    """Plain words without what opens them ("that", "and")."""
    opening = _OPENING.match(words)
    return words[opening.end() :] if opening and opening.end() < len(words) else words
