"""The act that the rules of labelling give a passage, in the order in which those rules are read.

The first rule that holds decides: question, denial, demand, warning, commitment, prediction, opinion, and claim for all
else. Each rule looks at the cue first and at the words of the passage where the cue is neutral.
"""

from __future__ import annotations

import re

from onrecord.domain.passages import Act
from onrecord.reading.act_words import DEFINITION, INFORMATION, JUDGEMENT, PROPOSAL

_ASKS = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|questions?|questioned|questioning|wonder\w*|inquir\w+|enquir\w+|couldn[’']t decide)\b"
)
_UNSAID = re.compile(
    r"\b(?:unclear|not clear|(?:did|does|do|would|could|has|have|was|were)(?: not|n[’']t)(?: \w+){0,2} "
    r"(?:say|answer|specify|comment|respond|told|reply|address)|never (?:says?|stated?|states)|stopped short of|"
    r"demur\w*|"
    r"(?:whether|question of)$)"
)
_DECLINES = re.compile(r"\b(?:declin|refus)\w+\b")
_TO_DO = re.compile(
    r"^(?:not )?to [a-z]|^(?:[\w’'.-]+ ){1,6}?(?:to|not to) [a-z]{2,}|^(?:that )?(?:they|he|she|it|"
    r"\w+) (?:not )?(?:eliminate|be|give|do)\b"
)
_QUESTION_START = re.compile(r"^[\"“‘«]?(?:about |of )?(?:whether|if|why|what|how|who|whom|whose|when|where|which)\b")
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|refut\w+|disput(?:e|es|ed|ing)|rebut\w*|disagree\w*|debunk\w*|contradict\w*)\b"
)
_REJECTS = re.compile(r"\b(?:reject\w*|rebuff\w*|turned down|voted down)\b")
_ACCOUNT = re.compile(
    r"\b(?:claims?|allegations?|accusations?|reports?|suggestions?|notions?|assertions?|charges|rumou?rs?|"
    r"speculation|that|as an?)\b"
)
_DISMISSES = re.compile(r"\bdismiss\w*\b")
_DEMANDS = re.compile(
    r"\b(?:demand\w*|urg(?:e|es|ed|ing)|call(?:s|ed|ing)?(?: \w+)? (?:on|upon|for)|order(?:s|ed|ing)?|"
    r"request\w*|appeal\w*|"
    r"instruct\w*|implor\w+|recommend\w*|propos(?:es|ed|ing)|pleaded|begged|press(?:es|ed|ing)? for|set|want)\b"
)
_WARNS = re.compile(r"\b(?:warn\w*|caution\w*|threat\w*)\b")
_COMMITS = re.compile(
    r"\b(?:promis\w+|vow(?:s|ed|ing)?|pledg\w+|agree(?:s|d)?|swor\w+|refus\w+|accept(?:s|ed)|planning|plans?|"
    r"decision|committed|guarantee\w*|undert\w+|releases?d? a plan)\b"
)
_ANNOUNCES = re.compile(r"\bannounc\w*\b")
_PREDICTS = re.compile(
    r"\b(?:predict\w*|expect\w*|forecast\w*|anticipat\w*|foresee\w*|foresaw|prognostic\w*|fear\w*|worr(?:y|ies|"
    r"ied)|betting|bets?|"
    r"might|may|poised)\b"
)
_BELIEVES = re.compile(
    r"\b(?:believ\w+|think|thinks|thinking|thought|opin\w+|convinced|views?|in (?:his|her|their|my) opinion)\b"
)
_JUDGES = re.compile(
    r"\b(?:hop(?:e|es|ed|ing)|feel(?:s|ing)?|felt|prais\w+|condemn\w*|critici\w+|describ\w+|blast\w*|hail\w*|"
    r"welcom\w+|label\w*|"
    r"blam\w+|lament\w*|deem\w*|viewed|seen|doubt\w*|wish\w*|decri\w+|express\w*|slam\w*|applaud\w*|prefer\w*|"
    r"liked?|mock\w*|"
    r"celebrat\w+|thank\w*|grateful|denounc\w+|lash\w*|regret\w*|frustrat\w*|oppos\w*|support|"
    r"desire|worried|wants|concern\w*|called|calls|call|dubbed|likened|in favou?r|joked|insult\w*)\b"
)
_STATES = re.compile(
    r"\b(?:accus\w+|alleg\w+|charg(?:es|ed)|report(?:s|ed|ing)|reveal\w*|found|cit(?:es|ed|ing)|estimat\w+|"
    r"according to|recall\w*|show(?:s|ed|n)?)\b"
)

_UNTRUE = re.compile(
    r"\b(?:untrue|not true|no truth|fairy tales|falsehoods?|fake news|smear|(?:is|are|was|were|"
    r"be)(?: \w+)? (?:false|baseless|nonsense|inaccurate|"
    r"incorrect|unfounded|a lie|fabricated)|(?:you|they|claims? .{0,80}) (?:is|are) (?:incorrect|wrong))\b"
)
_NEVER_DID = re.compile(
    r"^[\"“‘«]?(?:and |but |no, )?(?:i|we|nobody|no one|not (?:one|a)|(?:mr\.? |ms\.? )?[\w’']+|he|she|they|"
    r"our \w+|his \w+)(?: \w+){0,2}? "
    r"(?:(?:has|have|had) never|never (?!be\b|let\b|forget\b)\w+ed)\b|^[\"“‘«]?(?:i|we)(?:[’']ve| have)? never\b|"
    r"^[\"“‘«]?(?:i|we) (?:did not|didn[’']t) (?!know|see|want|think|expect|have)|"
    r"\bdid not (?:intentionally|knowingly)|\bno (?:evidence|proof) (?:whatever|whatsoever|at all|for)|"
    r"\b(?:not a threat|not (?:a )?party to)\b|\bnot to have any\b|\bthreaten nobody\b|\bis not going to attack\b"
)
_MUST = re.compile(
    r"\b(?:must|(?<!no )(?<!they )(?<!he )(?<!she )needs? to|ha(?:s|ve) to|gotta|ought to|should|"
    r"it[’']?s time (?:to|for)|it is time|necessary to|we need (?!to\b)\w+ \w+ \w+ to|"
    r"(?:all|what) (?:i|we)[’']?(?:m| am| are) asking|cannot continue)\b(?! (?:have (?:\w+ )?\w+(?:ed|en|ne|ld|"
    r"id)\b|not have\b|be no surprise|mean\b))"
)
_EXCUSED_MUST = re.compile(
    r"\b(?:don[’']t|do not|does not|doesn[’']t|didn[’']t|did not|no|will|would) (?:have|need) to\b|"
    r"\bif (?:\w+ ){1,4}should\b"
)
_SUBORDINATE = re.compile(
    r"\b(?:who|which|that (?:he|she|they|it|we|i|you)|because|although|whether|how|what|why|where|when|as)\b"
)
_WE_CALL = re.compile(
    r"^[\"“‘«]?(?:and |so |but |therefore,? )?(?:i|we) (?:\w+ )?(?:call on|urge|demand|ask|appeal|request|"
    r"also expect|want you|beg)\b"
)
_LET = re.compile(
    r"^[\"“‘«]?(?:and |so |but |well,? |now,? )?(?:let us|let[’']?s|let (?:me|him|her|them)|please)\b|"
    r"\blet me respond\b"
)
_IMPERATIVE = re.compile(
    r"^[\"“‘«]?(?:and |so |just |look,? )?(?:do not|don[’']t|never|give|stop|look at|keep|go|come|make|tell|"
    r"remember|listen|get|read|vote|stand|"
    r"leave|stay|put|treat|exercise|bring|withdraw|return|act|follow|send|release|wait|join|consider|ignore|"
    r"imagine|be)\b"
    r"(?! (?:is|are|was|were|of|mind)\b)"
)
_FUTURE = re.compile(r"\b(?:will|won[’']t|shall|would|wouldn[’']t|going to|\w+[’']ll|could|may|might|can)\b")
_THREAT = re.compile(
    r"\b(?:(?:pay|paying|pays) (?:\w+ ){0,3}(?:price|dearly)|(?:enormous|severe|serious|grave|terrible|dire|"
    r"dangerous|swift|unspecified|far wider|wider)"
    r"(?: and \w+)? consequences|consequences (?:for|should|if)|consequences you|will (?:regret|suffer)|"
    r"you will suffer|risks? of|in danger of|costs? .{0,40}severe|"
    r"absolute disaster|disaster for|catastroph\w+|lead to (?:an? )?(?:\w+ )?(?:war|conflict|escalation|"
    r"outbreak|famine|collapse|disaster)|"
    r"increas\w+ the risk|risks? .{0,120}(?:real|growing|increasing|rising)|will find .{0,60}closed|"
    r"will be an answer|would be an answer|"
    r"with their own hands)\b"
)
_HARM = re.compile(
    r"\b(?:escalat\w+|attack\w*|war|suffer\w*|extremely dangerous|dangerous|harm\w*|collapse|retaliat\w*|bombs?|"
    r"invade\w*|closed to)\b"
)
_OWN_FUTURE = re.compile(
    r"\b(?:i|we)(?:[’']ll| (?:\w+ )??(?:will|would not|won[’']t|shall|intend|plan|promise|pledge|commit|refuse)|"
    r"(?:[’']m| am|[’']re| are) (?:not )?"
    r"(?:going to|ready|willing|prepared|committed|determined)|(?: go to bury))\b(?! (?:win|see|have|know|find|"
    r"face|suffer|lose|be (?:able|happy|in)|probably|likely)\b)"
)
_REPORTED_FUTURE = re.compile(
    r"^(?:that )?(?:he|she|they|it|(?:his|her|their|its|our|the|this) (?:[\w’'-]+ ){1,3}?|"
    r"this night the army it )\s?(?:also |still |now )?"
    r"(?:will|would|won[’']t|would not|intends?|intended|plans?|planned|pledged|had agreed|agreed|(?:is|are|was|"
    r"were) (?:ready|willing|prepared|committed))\b"
    r"(?! (?:be (?:difficult|hard|viewed|a|an|the|one|seen|closed|severe)\b|have (?:been|an?)|mean|like|want|"
    r"take (?:years|months)|come\b|lead|cost|rise|fall|hurt|push|pass|help|never be))"
)
_STARTS_FUTURE = re.compile(
    r"^(?:also |still |now )?(?:will|would|won[’']t|wouldn[’']t) (?!be (?:viewed|seen|a|an|the)\b)|"
    r"^(?:not )?going to\b"
)
_READY = re.compile(
    r"\b(?:ready|willing|prepared) to (?!be used)\w+|\bready for (?:dialogue|talks)|\bno (?:intention of|"
    r"plans? to)|\bthe goal is to\b|\bwe do not negotiate\b"
)
_REFUSES = re.compile(
    r"\b(?:cannot|could not|can[’']t|not ready to|will not|won[’']t|would not) (?:be )?(?:sent|listen|guarantee|"
    r"accept|intimidat\w+|tolerate)\b"
)
_PREDICTIVE = re.compile(
    r"\b(?:will|won[’']t|shall|would|wouldn[’']t|\w+[’']ll|(?:is|are|[’']s|[’']re) (?:not )?(?:going|likely|"
    r"expected|set|bound) to|go to|(?:may|might|could|can) (?!have\b)(?:\w+ ){0,2}"
    r"(?:tip|be|come|face|lead|become|start|begin|end|spread|rise|fall|increase|reverberate|look|use|push|"
    r"weather|still|win|conducted?|threaten|escalate|trigger|send|last)|"
    r"likely|unlikely|expects?|expected|anticipates?|predicts?|foresees?|we fear|i fear|feared|no chance of)\b"
)
_PERFECT = re.compile(
    r"\b(?:would|could|may|might|should|will|must) (?:not )?(?:have|rather)\b|\bwould (?:be happy|like|prefer|"
    r"consider it|not have expected)\b|\bhappy i would\b|\b(?:i|we|he|she) (?:felt|thought)\b|\bseemed to me\b|"
    r"\bi (?:would|wouldn[’']t) be (?:happy|surprised|glad)\b"
)


def rule(words: str, cue: str, *, asked: bool, negated: bool, conditional: bool, direct: bool, own: bool) -> Act:
    """The act of the passage `words` under `cue`, both in lower case.

    `asked` says that a question mark ends it, `direct` that it is quoted whole, `own` that who acts in it speaks too.
    """
    for decide in (_by_cue_of_question, _denial, _demand):
        act = decide(words, cue, asked, negated, direct)
        if act is not None:
            return act
    return _of_the_future(words, cue, conditional, direct, own) or _of_the_present(words, cue, direct)


def _by_cue_of_question(words: str, cue: str, asked: bool, negated: bool, direct: bool) -> Act | None:
    del negated, direct
    if asked:
        return Act.QUESTION
    if _DECLINES.search(cue):
        return (
            Act.QUESTION
            if INFORMATION.match(words) or INFORMATION.search(cue) or _QUESTION_START.match(words)
            else Act.COMMITMENT
        )
    if _ASKS.search(cue):
        to_do = _TO_DO.search(words) and not _QUESTION_START.match(words)
        return Act.DEMAND if to_do and re.search(r"\bask", cue) and not re.search(r"\babout\b", cue) else Act.QUESTION
    return Act.QUESTION if _UNSAID.search(cue) else None


def _denial(words: str, cue: str, asked: bool, negated: bool, direct: bool) -> Act | None:
    del asked
    if _DENIES.search(cue):
        return Act.DENIAL
    if _REJECTS.search(cue):
        return Act.COMMITMENT if PROPOSAL.search(words) and not _ACCOUNT.search(words) else Act.DENIAL
    if _DISMISSES.search(cue):
        return Act.OPINION if re.search(r"\bas [\"“‘«]", words) else Act.DENIAL
    if _WARNS.search(cue) or _DEMANDS.search(cue):
        return None
    if _UNTRUE.search(words) and not (_STATES.search(cue) and not direct):
        return Act.DENIAL
    return Act.DENIAL if (negated or "never" in words) and _NEVER_DID.search(words) else None


def _demand(words: str, cue: str, asked: bool, negated: bool, direct: bool) -> Act | None:
    del asked, negated
    if _DEMANDS.search(cue):
        return Act.DEMAND
    must = _MUST.search(words)
    if must and not _EXCUSED_MUST.search(words) and not _SUBORDINATE.search(words[: must.start()][-60:]):
        return Act.DEMAND
    if _WE_CALL.match(words) or _LET.search(words):
        return Act.DEMAND
    if direct and _IMPERATIVE.match(words):
        return Act.WARNING if _THREAT.search(words) else Act.DEMAND
    return None


def _of_the_future(words: str, cue: str, conditional: bool, direct: bool, own: bool) -> Act | None:
    if _WARNS.search(cue):
        return Act.WARNING
    ahead = _FUTURE.search(words)
    if _THREAT.search(words) and (ahead or conditional or "risk" in words or not direct):
        return Act.WARNING
    if conditional and ahead and _HARM.search(words) and not _OWN_FUTURE.search(words):
        return Act.WARNING
    if _COMMITS.search(cue) or (
        _ANNOUNCES.search(cue) and re.match(r"^(?:\w+ )?(?:plans?|decision|exit|an? (?:policy )?proposal|to )", words)
    ):
        return Act.COMMITMENT
    if _JUDGES.search(cue):
        return Act.OPINION
    if _PREDICTS.search(cue):
        return Act.PREDICTION
    if _PERFECT.search(words):
        return None
    if _OWN_FUTURE.search(words) or _READY.search(words) or _REFUSES.search(words):
        return Act.COMMITMENT
    if not _BELIEVES.search(cue) and not direct and (_REPORTED_FUTURE.match(words) or _STARTS_FUTURE.match(words)):
        return Act.COMMITMENT
    predicted = _PREDICTIVE.search(words)
    if predicted:
        if own and re.search(r"\b(?:will|would)\b", predicted.group()):
            return Act.COMMITMENT
        if _SUBORDINATE.search(words[: predicted.start()][-60:]) and not words.startswith(("that", "as", "when")):
            return None
        return Act.PREDICTION
    return None


_PLAIN_FACT = re.compile(r"\d|\b(?:soldiers|troops|killed|dead|found|arrived)\b")


def _of_the_present(words: str, cue: str, direct: bool) -> Act:
    if _STATES.search(cue) and not direct:
        return Act.CLAIM
    if _BELIEVES.search(cue):
        return Act.CLAIM if _PLAIN_FACT.search(words) and not JUDGEMENT["value"][1].search(words) else Act.OPINION
    weight = sum(points for points, pattern in JUDGEMENT.values() if pattern.search(words))
    if direct and DEFINITION.search(words):
        weight += 1
    return Act.OPINION if weight >= 2 else Act.CLAIM
