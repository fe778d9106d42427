"""The words by which relations are told, written for this project: what happens, who acts, and how it is qualified.

Words of one sense stand under one name ("withdraw", "leave", "pull out" are `leave`), so that two passages are
compared by what they speak of and not by the words they choose. Senses that exclude each other are in `OPPOSITES`.
Patterns run on lower-case text with straight apostrophes; none of them has nested repetition. The module is long
because it is a table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from onrecord.language.words import words_of

_EVENTS: Final[Mapping[str, str]] = {
    "leave": """withdraw withdrew withdrawn withdrawal withdrawals leave left leaving depart departed departure
        retreat
        pullout pullback removal remove removed return returned returning home load loading
        loaded redeploy vacate""",
    "flee": "flee fled fleeing evacuate evacuated evacuation displaced",
    "arrive": """arrive arrived arrival arriving come came coming reinforce reinforcements deploy deployed
        deployment enter entered advance advanced""",
    "gather": "mass massed massing amass amassed gathered buildup concentrated concentration",
    "move": "move moved moving movement movements",
    "stay": "stay stayed remain remained remaining remains",
    "attack": """attack attacked attacks fire fired firing shell shelled shelling shells shoot shot bomb bombed
        bombing
        bombardment strike struck strikes airstrike rocket rockets missile missiles rounds mortar gunfire hit raid
        assault
        crater craters launched explosion explosions blast""",
    "kill": """kill killed killing kills dead die died dies death deaths fatalities fatality victims victim toll
        slain murdered""",
    "wound": "wound wounded injured injuries injury hurt injuring",
    "rise": """rise rose risen rising increase increased increasing grow grew growing grown climb climbed soar
        surge higher up more""",
    "fall": """fall fell fallen falling drop dropped decline declined decrease decreased reduce reduced shrink
        shrank lower
        lowered fewer less eased""",
    "accept": "accept accepted agree agreed approve approved endorse endorsed welcome welcomed",
    "reject": "reject rejected refuse refused oppose opposed veto vetoed rebuff rebuffed spurned",
    "begin": "begin began begun start started starting resume resumed",
    "end": """end ended stop stopped halt halted suspend suspended cancel cancelled canceled finished complete
        completed""",
    "open": "open opened reopen reopened",
    "close": "close closed shut blocked",
    "free": "release released freed",
    "hold": "arrest arrested detain detained jail jailed captured imprisoned custody",
    "win": "win won winning victory",
    "lose": "lose lost losing defeat defeated",
    "allow": "allow allowed permit permitted",
    "ban": "ban banned prohibit prohibited forbid forbidden barred",
    "confirm": "confirm confirmed verified",
    "true": "true truth truthful correct accurate",
    "false": "false untrue fake hoax fabricated lie lies invented baseless unfounded fiction nonsense",
    "guilty": "guilty convicted",
    "innocent": "innocent acquitted exonerated",
    "find": "find found discover discovered seized seize",
    "destroy": "destroy destroyed destruction",
    "talk": "talks talk meeting meet negotiate negotiations negotiation summit",
}
_THINGS: Final[Mapping[str, str]] = {
    "troops": """troop troops soldier soldiers serviceman servicemen servicewomen battalion battalions brigade
        brigades unit
        units forces army military guardsmen personnel fighters""",
    "guns": "artillery gun guns howitzer howitzers launcher launchers battery batteries cannon weaponry equipment",
    "poison": "chemical chemicals gas gases toxic poison poisonous poisoned nerve sarin chlorine organophosphorus",
    "planes": "plane planes warplane warplanes aircraft jet jets aviation",
    "drones": "drone drones uav uavs",
    "store": "depot warehouse stockpile workshop arsenal",
    "rebels": """rebel rebels terrorist terrorists militant militants jihadist jihadists insurgent insurgents
        separatist separatists""",
    "people": "people person persons civilians civilian inhabitants residents citizens",
    "violations": "violation violations ceasefires",
    "cases": "case cases infections infection",
    "votes": "votes vote ballots ballot",
    "jobs": "jobs job workers",
}
OPPOSITES: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("leave", "arrive"), ("leave", "stay"), ("leave", "gather"), ("rise", "fall"), ("accept", "reject"),
        ("begin", "end"), ("open", "close"), ("free", "hold"), ("win", "lose"), ("allow", "ban"), ("true", "false"),
        ("guilty", "innocent"), ("confirm", "false"),
    )
)  # fmt: skip
"""Senses of which both cannot be so of one thing at one time."""
SENSES: Final[Mapping[str, str]] = {
    stem: f"@{sense}" for table in (_THINGS, _EVENTS) for sense, words in table.items() for stem in words_of(words)
}
"""The sense of a stem that has one."""
TELLING: Final = frozenset(words_of("sarin chlorine organophosphorus"))
"""Stems that say more than their sense: both count."""
EVENTS: Final = frozenset(f"@{sense}" for sense in _EVENTS)

PHRASES: Final = (
    (re.compile(r"\bpull(?:ing|ed|s)?(?: \w+){0,3}? (?:back|out|away)\b", re.IGNORECASE), "withdraw"),
    (re.compile(r"\bmov(?:e|es|ed|ing)(?: \w+){0,3}? (?:away|back|home)\b", re.IGNORECASE), "withdraw"),
    (re.compile(r"\bclaim(?:ed|ing)? the (?:lives|life)\b|\blost (?:their|his|her) li(?:ves|"
    r"fe)\b", re.IGNORECASE), "killed"),
    (re.compile(r"\bbuild[- ]?up\b", re.IGNORECASE), "buildup"),
    (re.compile(r"\b(?:additional|more|reinforced?) (?=(?:\w+ )?(?:troops|forces|soldiers|units|"
    r"brigades)\b)", re.IGNORECASE),
     "massed "),
    (re.compile(r"\b(?:increas\w+|expand\w*|grow\w*)(?= (?:\w+ ){0,5}(?:troops|forces|soldiers|"
    r"presence))", re.IGNORECASE),
     "massed"),
)  # fmt: skip
"""Words in a row that mean what one word means."""
SMALL: Final = frozenset(
    words_of(
        """a an the and or but if as at by for from in into of off on onto out over to under with within about than
        then so
        such also any some all both each other another its it it's this that these those there here he she they we
        i you
        him her them us me his their our your my who whom whose which what when where why how is are was were be
        been being
        am do does did done have has had having will would shall should can could may might must not no nor never none
        nobody nothing neither n't don't didn't doesn't isn't aren't wasn't weren't hasn't haven't hadn't won't can't
        couldn't wouldn't say says said saying tell told tells according report reported reports reportedly claim
        claims
        claimed call called very just only still yet already now today again so-called sign signs evidence indication
        indications single one ones whatever ever far mr mrs ms president minister ministry spokesman spokeswoman
        official
        officials monday tuesday wednesday thursday friday saturday sunday january february march april may june july
        august september october november december morning evening afternoon tonight yesterday tomorrow deny denied
        denies believe believed think thought know known knew see saw seen make made get got go went
        take took give gave put new own day days week year time number figure estimate"""
    )
)
"""Stems that say nothing of what a passage is about: function words, words of reporting, of seeing and of denying."""

ABSENCE: Final = re.compile(
    r"\bno (?:\w+ ){0,2}(?:signs?|evidence|indications?|proof|traces?|hints?|records?|reports?|confirmation|basis)\b|"
    r"(?:\b(?:not|never|cannot)|n't) (?:\w+ )?(?:see|seen|found|find|observed?|recorded?|detected?|noticed?|heard|"
    r"reported|shown|witnessed)\b|"
    r"\b(?:see|seen|saw|sees|found|find|finds|observed|recorded|detected|noticed|registered|reported|received|heard) "
    r"(?:\w+ )?(?:no|none|nothing|nobody)\b(?! (?:more|less|fewer|later) than)|"
    r"\b(?:nothing|nobody|none|no one|no-one|not one|not a single|nowhere)\b|"
    r"\b(?:has|have|had|did|does)(?: not|n't) (?:happen|happened|taken? place|materiali[sz]ed?)\b|\bnot (?:in|"
    r"a) reality\b|"
    r"\bno basis in\b|\bfail(?:ed|s)? to (?:see|find|show|detect|provide|produce)\b|\byet to (?:see|find)\b|"
    r"\bstill no\b|\bempty\b|"
    r"\b(?:there (?:is|was|were|are|has been|have been)|had|have|has|^)(?: still)? no\b(?! (?:more|less|fewer|"
    r"later|longer) than)"
)
"""Something is reported not to be there, not to have happened, or not to have been seen."""
ABSENT_THING: Final = re.compile(
    r"\b(?:no|not a single|not one|not an?|none|any|without|never|not|n't|signs? of|signs? that|evidence of|"
    r"evidence that|indications? that|"
    r"indications? of) (?!one\b)((?:[\w'-]+ ?){1,6})"
)
"""What is said not to be there, behind the word that says so."""
EMPTY_THINGS: Final = frozenset(words_of("happened occurred materialised case reality support back"))
"""What stands behind a "not" without saying what is not."""
DEICTIC: Final = re.compile(r"\b(?:that (?:night|day|morning|evening|time)|at the time)\b")
"""A time that another passage names."""
UNSURE: Final = re.compile(
    r"\b(?:could|can|has|have|had|was|were|been|is) ?(?:not|n't|never) (?:yet )?(?:be |been )?(?:\w+ly )?"
    r"(?:confirm|verif|establish|tell|count|rule out|corroborat|authenticat|determine)\w*|\bcannot (?:\w+ly )?"
    r"(?:confirm|verif|say|tell|count|rule out|establish)\w*|"
    r"\bnot been able to (?:\w+ly )?(?:confirm|verif|establish|say)\w*|\b(?:unable|impossible|not possible|"
    r"too early|too soon|premature) (?:\w+ )?to (?:\w+ly )?(?:be )?(?:confirm|verif|say|"
    r"tell|establish|judge|know|draw|speculat|conclud|determine)\w*|"
    r"\b(?:unclear|not (?:\w+ )?clear|unverified|unconfirmed|not (?:been )?(?:independently )?(?:verified|"
    r"confirmed))\b|"
    r"\b(?:do|does|did) ?(?:not|n't) (?:yet )?know\b|\bdifficult to (?:confirm|verify|say)\b"
)
"""The speaker can neither confirm nor deny."""
DENIAL: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|dismiss(?:es|ed)?|refut(?:e|es|ed)|disput(?:e|es|ed))\b|"
    r"\b(?:untrue|not true|false|fake news|hoax|baseless|unfounded|groundless|fabricat\w+|nonsense|a lie|lies|"
    r"no truth|fairy tales?|absurd|not correct|incorrect|slander\w*|invention)\b|\bhad nothing to do with\b|"
    r"\b(?:did|do|does|has|have|had|was|were|is|are|would) ?(?:not|n't|never) (?:\w+ )?(?:do|done|fire|fired|"
    r"commit\w*|involve\w*|"
    r"attack\w*|order\w*|plan\w*|intend\w*|responsible|use|used|carr\w+|violat\w*|seek|sought|collud\w*|target\w*)\b"
)
"""Words that deny, whatever the act of the passage was held to be."""
ANAPHORIC: Final = re.compile(
    r"^(?:that|this|it|those|these|any|the (?:claims?|charges?|allegations?|accusations?|reports?|story|stories|"
    r"numbers?))\b"
)
INVOLVEMENT: Final = re.compile(
    r"\b(?:involvement|responsibility|wrongdoing|role|accusations?|allegations?|charges?|claims?|it|that|this|story|"
    r"reports?|number|such)\b"
)
"""What is denied where the passage does not say it again."""
ACCUSATION: Final = re.compile(
    r"\b(?:accus\w+|blam\w+|alleg\w+|responsib\w+|violat\w+|attack\w*|kill\w*|shell\w*|fir(?:ed?|ing)|bomb\w*|"
    r"lie[ds]?|lying|"
    r"stol\w+|steal\w*|corrupt\w*|poison\w*|invad\w+|invasion|mass(?:ed|ing)|plan(?:s|ned|ning)?|plot\w*|murder\w*|"
    r"interfer\w+|collu\w+|pressur\w+|threat\w*|saboteurs?|illegal\w*|crimes?|abus\w+|broke|breach\w*|torture\w*)\b"
)
ITSELF: Final = re.compile(
    r"\b(?:(?:its|their|his|her|the) own|the own|themselves|itself|himself|self-inflicted|false flag|staged|"
    r"provocation)\b"
)
"""Somebody is said to have done it to their own side."""
CORRECTION: Final = re.compile(
    r"\b(?:(?:was|were|been) (?:wrong|mistaken|in error|incorrect|too (?:low|high))|correct(?:s|ed|ion|ing)|revis\w+|"
    r"updat\w+|retract\w*|(?:took|take|taken) (?:it )?back|no longer|instead of|changed (?:his|her|its|their)|"
    r"raised|lowered|"
    r"rose to|risen to|climbed to|increased to|rises to|had (?:earlier|previously|initially)|new figure|another)\b"
)
LIMIT: Final = re.compile(
    r"\b(?:only|merely|solely|did not say (?:which|when|that|who|what)|had meant|meant (?:only|that)|"
    r"not necessarily|not all|"
    r"except|excluding|without them|apart from|other than|does not (?:mean|include|apply)|did not mean|"
    r"for the first time|"
    r"at least for now|so far|not yet|in part|partly|some of|limited to|could not count|illustrative|depends?|"
    r"conditions?|"
    r"provided|unless|as long as|if)\b"
)
"""Words that limit what is said."""
WITNESS: Final = re.compile(
    r"\b(?:record\w*|count(?:ed|s)?|register\w*|measur\w+|observ\w+|monitor\w*|saw|seen|witness\w*|sensors?|"
    r"microphones?|"
    r"images?|satellite|pictures?|photograph\w*|footage|video|inspect\w*|radar|track\w*|found|tally|heard|data|"
    r"intelligence|records?|documents?)\b"
)
"""Words of knowledge of one's own."""
CITING: Final = re.compile(
    r"\b(?:again|repeat\w*|reiterat\w*|reaffirm\w*|has not changed|had not changed|as \w+ (?:said|reported)|"
    r"quot\w+|cit(?:ed|ing|es)|"
    r"according to|recalled|still)\b"
)
ASSENT: Final = re.compile(
    r"\b(?:accept\w*|agree\w*|yes|ready|willing|welcom\w*|will (?:attend|be there|do|consider|comply|take part)|"
    r"of course|"
    r"compl(?:y|ied))\b"
)
REQUEST: Final = re.compile(
    r"\b(?:request\w*|appeal\w*|propos\w+|offer\w*|call(?:s|ed)? (?:on|for)|urg\w+|resolution|demand\w*|"
    r"invit\w+|ask(?:s|ed))\b"
)
REFUSAL: Final = re.compile(
    r"\b(?:inappropriate|postpon\w*|refus\w+|reject\w*|no orders|will not|won't|never|stay where|not (?:going|"
    r"willing|ready|prepared)|no intention|"
    r"declin\w+|out of the question|rul(?:e|ed|es) out|unacceptable|non-starter|ultimatum)\b"
)
CRITICISM: Final = re.compile(
    r"\b(?:generous|exaggerat\w*|inflat\w*|overstat\w*|understat\w*|underestimat\w*|overestimat\w*|misleading|"
    r"too (?:high|low)|doubt\w*|rested on|not credible|implausible|questionable)\b"
)
"""Doubt cast on a number."""
FUTURE: Final = re.compile(r"\b(?:will|would|shall|going to|plans? to|intends? to|'ll|could|may|might)\b")
COMPARED: Final = re.compile(r"\b(?:compared with|compared to|up from|down from|against|after)\b")
COMING_ABOUT: Final = re.compile(r"\b(?:begun|began|begins?|started|starts|continu\w+|managed|came|used) to ")
"""Before a happening that is said to have come about all the same."""
HINDERED: Final = re.compile(
    r"\b(?:disrupt\w*|prevent\w*|stop(?:ping|ped|s)?|hinder\w*|thwart\w*|avert\w*|avoid\w*|delay\w*|derail\w*|"
    r"block\w*|"
    r"(?:condition|order|call|demand|urg|ask|plan|promis|pledg|prepar|want|agree)\w*(?: for| to)?|against|"
    r"before|after|since|until|ahead of|"
    r"to|if|would|will|could|may|might|who had|who have|await\w*|wait\w*)\b(?: \w+){0,4}? $"
)
"""What stands right before a happening that is not itself said to have come about."""
PART: Final = re.compile(
    r"^\W*(?:of (?:the|them|those|these|its|his|her|their|whom|which)|more|others?|additional|further|new)\b"
)
"""What follows a number of a part, or of what was added."""
WRONG: Final = re.compile(
    r"\b(?:(?:was|were|been|am|is) (?:\w+ )?(?:wrong|mistaken|in error|incorrect|too (?:low|high)|misinformed)|"
    r"retract\w*|"
    r"(?:took|take|taken|takes) (?:it |that )?back|correct(?:s|ed|ion)|misspoke|apologi[sz]\w+|backtrack\w*|"
    r"revers\w+)\b"
)
"""The speaker takes something back."""
SERIES: Final = re.compile(r"\b(?:compared (?:with|to)|up from|down from|against|after|from)\b")
"""What sets a number beside that of another day."""
ORIGIN: Final = re.compile(
    r"\b(?:came|come|coming|fired|launched|tracked|shot|originat\w+)(?: \w+){0,5}? (?:from|to)\b|"
    r"\b(?:fired|shelled|hit|bombed|carried out|committed|launched|attacked) by\b|\bresponsible for\b|\bbehind the\b"
)
"""Where something came from, or who did it."""
INVOLVED: Final = re.compile(r"\b(?:involvement|responsibility|wrongdoing|role|accusations?|allegations?|charges?)\b")
"""What is denied where the passage does not say it again, far behind what is denied too."""
MEANT: Final = re.compile(
    r"\b(?:had meant|has meant|meant (?:only|that)|did not mean|does not mean|did not say (?:which|when|that|"
    r"who|what)|"
    r"I said could|said could|taken out of context|referring (?:only )?to)\b",
    re.IGNORECASE,
)
FALSE: Final = re.compile(
    r"\b(?:untrue|not true|false|fake|hoax|baseless|unfounded|groundless|fabricat\w+|nonsense|a lie|lies|"
    r"no truth|fairy tales?|"
    r"absurd|not correct|incorrect|slander\w*|disinformation|misinformation|"
    r"information (?:and psychological )?war\w*|"
    r"propaganda|had nothing to do with|provocation|pretext)\b"
)
"""What is said of a claim itself."""
THEIRS: Final = frozenset({"@rebels"})
"""Senses of those who hold no state."""
STATES_OWN: Final = re.compile(
    r"\b(?:regime|government|army|air force|warplanes?|planes|aircraft|president|ministry|troops|kremlin|"
    r"state forces)\b"
)
"""Those who act for a state."""
CONTRAST: Final = re.compile(
    r"\b(?:on the contrary|instead|actually|in (?:fact|reality)|despite|rather than|contrary to|contradict\w*|"
    r"whereas|"
    r"at odds|the opposite|even though|although)\b"
)
"""Words that set what is said against something else."""
CLAIMED: Final = re.compile(
    r"\b(?:claims?|reports?|allegations?|accusations?|information|rumou?rs?|news|statements?|announcements?|"
    r"assertions?|"
    r"suggestions?|narrative|story|stories|explanations?|declarations?)\b"
)
"""Words for what somebody else said."""
BLAME: Final = re.compile(
    r"\b(?:accus\w+|blam\w+|responsib\w+|caused?|carried out|carrying out|behind|fault|due to|because of|result of|"
    r"launched|fired|dropp\w+|target\w+|struck|shot down|hit|bombed|killed by|conducted|committed)\b"
)
"""Words of who did it and why."""
HEDGE: Final = re.compile(
    r"\b(?:may|might|could|possibl[ey]|perhaps|likely|probabl[ey]|up to|at least|only|some|suspected|appear\w*|"
    r"seem\w*|"
    r"suggest\w*|partly|in case|if|unless|yet|so far|temporar\w+)\b"
)
NUMBERED: Final = re.compile(
    r"\b(?:has|have|had) (?:now )?(?:risen|climbed|increased|grown|gone up)\b|\brais\w+|\bbringing\b|\bnow\b|"
    r"\btotal\b"
)
"""A count that went on."""
BEFORE_THAT: Final = re.compile(
    r"\bhad (?:\w+ )?(?:massed|gathered|concentrated|arrived|come|left|withdrawn|deployed)\b"
)
"""What had come about before the time that is spoken of."""
CLAUSE: Final = re.compile(r"[,;:]| (?:and|but|while|whereas|which|who|in order to|because|although|though) ")
"""Where one clause ends and another begins, as far as a negation reaches."""
NEGATION: Final = re.compile(r"\b(?:no|not|never|none|nothing|nobody|neither|nor|nowhere|without|cannot|empty)\b|n't\b")
NORM: Final = re.compile(
    r"\b(?:cannot|can not|can't|must not|mustn't|should not|shouldn't|may not|will not|won't|would not|"
    r"wouldn't|is no (?:place|room|way|choice|alternative|justification|excuse|reason))\b"
)
"""A negation of what ought to be or will be, which reports no absence."""
NO_NEGATION: Final = re.compile(
    r"\b(?:not (?:far|only|just|least|long|until|alone|merely|surprisingly)|no (?:more|less|fewer|later|longer) than|"
    r"no doubt|nothing (?:less|more|other) than)\b"
)
"""A "not" that says that something is so."""
LOOKED: Final = re.compile(
    r"\bno (?:\w+ ){0,2}(?:signs?|evidence|indications?|proof|traces?|hints?|records?)\b|"
    r"(?:\b(?:not|never|cannot)|n't) (?:\w+ )?(?:see|seen|found|find|observed?|recorded?|detected?|noticed?|"
    r"witnessed|been shown)\b|"
    r"\b(?:see|seen|saw|sees|found|find|finds|observed|recorded|detected|noticed|registered) (?:\w+ )?(?:no|none|"
    r"nothing|nobody)\b|\b(?:was|were) not shown\b|"
    r"\b(?:nothing|not one|not a single) (?:\w+ ){0,3}(?:has|have|had|moved|left|fired|happened)\b"
)
"""Somebody looked, and saw none."""
TRIED: Final = re.compile(r"(?:\bnot|n't) (?:\w+ )?(?:attempt|try|tried|intend|plan|need|want|mean)\w*\b")
"""What was not even tried is no absence of what another did."""
OWN_SIDE: Final = re.compile(
    r"\bown (?:\w+ )?(?:citizens|people|side|forces|civilians|troops|soldiers|population|city|town|village|capital)\b|"
    r"\b(?:themselves|itself|himself|self-inflicted|false flag|staged)\b"
)
BLOWN_UP: Final = re.compile(r"\b(?:bl[eo]w\w*|defend\w*|call\w*) (?:themselves|himself|herself|itself)\b")
REBELS: Final = re.compile(r"\b(?:rebels?|terrorists?|militants?|jihadists?|insurgents?|separatists?)\b")
"""Those who hold no state."""
HELD: Final = re.compile(r"\b\w+-(?:held|controlled|run|backed|backer)\b")
"""A place by those who hold it, which says nothing of who did what."""
PURPOSE: Final = re.compile(r"\b(?:intend|plan|want|prepar|hop|threaten|vow|seek)\w* to\b")
"""What somebody is out to do, which an absence leaves room for."""
OWN: Final = re.compile(r"^(?:that )?(?:i|we|it|they|he|she|our|its|their)\b")
"""A passage that begins with its speaker."""
CUE_DENIES: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|refut\w*|rebut\w*|dismiss\w*|disput\w*|reject\w*|disavow\w*|contradict\w*|"
    r"challeng\w*|counter(?:ed|s|ing)?|push\w* back|hit back|debunk\w*|disagree\w*|(?:false|untrue|baseless|lies?|hoax|"
    r"fake|nonsense|absurd)|no truth)\b|(?:\b(?:not|never|no)|n't) (?:true|the case|believe|agree|accept)\b"
)
"""Words before or behind a passage by which it is denied or disputed."""
CUE_DECLINES: Final = re.compile(
    r"\b(?:declin\w*|refus\w*|unable|could not|cannot|can't|couldn't|would not|wouldn't|will not|won't|did not|didn't|"
    r"does not|doesn't|has not|had not|hasn't|have not|not (?:been|clear|yet|known|confirmed)|unclear|no comment|"
    r"stopp\w* short|avoid\w*|dodg\w*|evad\w*)\b"
)
"""Words by which somebody says that they do not say or know it."""
CUE_CONFIRMS: Final = re.compile(
    r"\b(?:confirm\w*|acknowledg\w*|admit\w*|conced\w*|corroborat\w*|verif\w*|agree[ds]?|agreeing|affirm\w*|"
    r"support\w*|back(?:ed|ing|s)|echo\w*|concur\w*|found|finds|show(?:s|ed|ing|n)?)\b"
)
CUE_REPEATS: Final = re.compile(
    r"\b(?:repeat\w*|reiterat\w*|reaffirm\w*|again|insist\w*|maintain\w*|continu\w*|stress\w*|emphasi[sz]\w*|"
    r"doubl\w* down|recall\w*|once more|restat\w*|quot\w*)\b"
)
CUE_ASKS: Final = re.compile(
    r"\b(?:ask\w*|question\w*|demand\w*|urg\w*|call(?:s|ed|ing)? (?:on|for|upon)|request\w*|appeal\w*|propos\w*|"
    r"offer\w*|invit\w*|want\w*|suggest\w*|pressed|wonder\w*|challeng\w*)\b"
)
CUE_REPLIES: Final = re.compile(
    r"\b(?:repl(?:y|ied|ies)|respon\w*|answer\w*|retort\w*|shot back|fired back|hit back|in return|reaction|react\w*|"
    r"when asked|asked (?:about|if|whether|why|how))\b"
)
CUE_ACCUSES: Final = re.compile(
    r"\b(?:accus\w*|alleg\w*|blam\w*|claim\w*|charg\w*|condemn\w*|denounc\w*|slamm?\w*|criticis\w*|criticiz\w*|"
    r"attack\w*|lash\w*|warn\w*|threat\w*)\b"
)
CUE_MENDS: Final = re.compile(
    r"\b(?:clarif\w*|correct\w*|retract\w*|revis\w*|updat\w*|walk\w* back|backtrack\w*|revers\w*|later|earlier|"
    r"previously|now|initially|at first|originally|meant|had said|since)\b"
)
"""Words by which a speaker mends, or sets a time against another."""
CUES: Final[Mapping[str, re.Pattern[str]]] = {
    "denies": CUE_DENIES,
    "declines": CUE_DECLINES,
    "confirms": CUE_CONFIRMS,
    "repeats": CUE_REPEATS,
    "asks": CUE_ASKS,
    "replies": CUE_REPLIES,
    "accuses": CUE_ACCUSES,
    "mends": CUE_MENDS,
}
"""What the words that say that a passage was said tell of it."""
