"""The words that tell opinions from claims, and those that negate or condition what is said.

Vocabulary only; `act_rules` and `act_flags` look for these words. All patterns run on lower-case text.
"""

from __future__ import annotations

import re

QUESTION_CUE = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|questions?|questioned|questioning|wonder\w*|inquir\w+|enquir\w+|unclear|unknown|"
    r"discussions)\b|"
    r"\b(?:declin|refus)\w+ to \w+|\b(?:did|does|would|could)(?: not|n[’']t)(?: \w+)? (?:say|answer|specify|"
    r"comment|decide)\b"
)
INFORMATION = re.compile(
    r"to (?:comment|say|identify|name|specify|provide (?:more|further|details|any|specifics)|discuss|elaborate|"
    r"confirm|"
    r"disclose|answer|respond|give)\b"
)
PROPOSAL = re.compile(
    r"\b(?:plan|plans|proposal|proposals|request|requests|bill|motion|offer|appeal|deal|call|calls|extension|"
    r"amendment|"
    r"demands?|ads?|idea of|negotiations|talks|invitation)\b"
)

JUDGEMENT: dict[str, tuple[int, re.Pattern[str]]] = {
    "value": (
        2,
        re.compile(
            r"\b(?:great(?:est)?|terribl[ey]|wrong|right|good|bad|best|worst|better|important|crucial|vital|"
            r"fair|unfair|shame\w*|"
            r"disgrac\w+|outrag\w+|tragedy|tragic|brave(?:st)?|courag\w+|beautiful|horribl[ey]|evil|excellent|"
            r"amazing|"
            r"incredib\w+|ridiculous|crazy|absurd|insane|silly|stupid|ironic|clearly|reasonable|unreasonable|"
            r"unacceptable|"
            r"acceptable|difficult|easy|easier|tough|impossible|devastating|disgusting|superficial|credible|"
            r"candid|legitimate|"
            r"unjust|moral|immoral|cruel\w*|monstrous|barbar\w+|hypocri\w+|shameful|sham|witch hunt|nonsense|"
            r"failure|mistake|"
            r"challenge|dangerous|nightmare|thug|bully|honest|powerful|disturbing|remarkable|fantastic|historic|"
            r"meaningful|"
            r"perfect|sad|deserve\w*|hysteria|in the interest of|a price to pay|clear-eyed)\b"
        ),
    ),
    "i think": (
        2,
        re.compile(
            r"\b(?:(?:i|we)|he|she|they) (?:\w+ )?(?:think|thinks|thought|believe|believes|believed|feel|feels|"
            r"felt|hope|hopes|hoped|"
            r"like|love|hate|wish|welcome|welcomes|welcomed|condemn|condemns|support|supports|supported|admire|"
            r"respect|prefer|"
            r"understand|agree|regret)\b|\bin my (?:view|opinion)\b"
        ),
    ),
    "feeling": (
        1,
        re.compile(
            r"\b(?:glad|happy|proud|sorry|sad|worried|confident|concerned|afraid|disappoint\w+|grateful|"
            r"thank\w*|honou?r\w*|"
            r"hope|hopes|hoped|love|hate|concern|concerns|pleasure|ashamed|surprised|angry|interested|convinced|"
            r"fears?|frustrat\w+|"
            r"skeptic\w*|shocked|like|likes)\b"
        ),
    ),
    "superlative": (1, re.compile(r"\b(?:the )?(?:most|\w{3,}est) \w+")),
    "should have": (2, re.compile(r"\bshould(?: not|n[’']t)? have\b")),
    "metaphor": (1, re.compile(r"\b(?:like|as if|kind of|sort of|means to|game|lever)\b")),
    "has figure": (-1, re.compile(r"\d")),
    "strong feeling": (
        2,
        re.compile(
            r"\b(?:glad|happy|proud|sorry|sad|worried|confident|afraid|disappoint\w+|grateful|thank\w*|honou?r\w*|pleasure|"
            r"ashamed|surprised|angry|convinced|frustrat\w+|skeptic\w*|shocked|concerns?|concerned)\b"
        ),
    ),
    "intensity": (
        1,
        re.compile(
            r"\b(?:very|so|too|really|truly|simply|clearly|obviously|absolutely|completely|totally|always|nobody|"
            r"everything|everyone|everybody|anything|the only|just|exactly|nothing)\b"
        ),
    ),
    "ideal": (
        1,
        re.compile(
            r"\b(?:freedom|democracy|democratic|justice|peace|values?|moral\w*|integrity|dignity|principles?|faith|"
            r"courage|hope|vision|aggression|blackmail|propaganda|puppet|regime|tyranny|hatred|respect|equality)\b"
        ),
    ),
    "wish": (
        2,
        re.compile(
            r"\b(?:i|we|he|she|they) (?:\w+ )?(?:want|wanted|supports?|supported|opposes?|trust|reject|blame)\b|"
            r"\b(?:i|we) (?:do not|don[’']t) (?:believe|think)\b|"
            r"\bwould (?:be (?:happy|reasonable|right|wrong|glad|sad)|rather|consider|like)\b|"
            r"\b(?:burden|responsibility|opportunity|waste)\b"
        ),
    ),
}
"""What speaks for an opinion (or, below nought, against it) and how much."""
DEFINITION = re.compile(r"\b(?:this|that|it|there)(?:[’']s| is| was| are)\b")

NEGATION = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|neither|nor|nowhere|no one|cannot|\w{1,8}n[’']t|hardly|scarcely|nor an)\b"
)
NOT_NEGATION = re.compile(
    r"\b(?:not only|not just|no more than|no longer than|no less|no doubt|not least|whether or not|no matter|"
    r"no later than|not later than|"
    r"not to(?= \w+)|no fewer than|nothing but|no other \w+ than|not merely|why not|or not|if not|but not|"
    r"and not|not all|not necessarily)\b"
)
SUBORDINATE = re.compile(
    r"\b(?:who|which|that(?= [^,])|because|although|though|whether|if|unless|when|where|while|since|so that|"
    r"as long as|even if|until|"
    r"after|before|what|how|why|despite|except|to)\b"
)
FRAME = re.compile(
    r"^(?:and |but |so )?(?:\w+ )?(?:(?:i|we|he|she|they|it|everyone|nobody) )(?:\w+ )?(?:think|thinks|thought|"
    r"believe|believes|believed|know|"
    r"knows|knew|expect|expects|said|say|feel|feels|find|found|feared|fears|hope|is clear|was clear)(?: that)?\b|"
    r"^(?:it means|this means|that means|i sincerely admit)(?: that)?\b"
)
CONDITION = re.compile(
    r"(?<!as )(?<!ask )(?<!asked )(?<!wonder )\bif\b(?! (?:so|not|only)\b)|\bunless\b|\bas long as\b|"
    r"\bin case (?:of|the|they|he|she|it|we)\b|"
    r"\bin the event\b|\bprovided that\b|\bassuming\b|(?:^|[,;:] |\bconsequences )should (?:the|he|she|they|it|"
    r"we|you|any|\w+ (?:\w+ )?"
    r"(?:choose|attack|invade|fail|decide|offer|not|be|move|cross))\b|\bshould (?:they|he|she|moscow|russia|"
    r"china|ukraine|it) \w+|"
    r"\bwithout (?:them|it|a deal|that|this|us)\b[,]? (?:\w+ ){0,3}(?:would|will|could)|\bhad (?:he|she|they|we|"
    r"it|i) (?:not )?\w+(?:ed|en)\b|"
    r"\bwould (?:pay|answer|suffer)\w* (?:\w+ ){0,3}for (?:an? )?(?:attack|invasion|incursion)\b"
)
ABSENCE = re.compile(
    r"\b(?:no (?:sign|signs|evidence|indication|proof|chance|trace)|do(?:es)? not know|did not know|don[’']t know|"
    r"but (?:it|he|she|they|that|we|i) (?:\w+n[’']t|\w+ not))\b"
)
"""Absence or ignorance that counts wherever it stands in the passage."""
WHETHER = re.compile(r"^[\"“‘«]?if\b")
