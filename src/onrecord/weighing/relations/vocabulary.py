"""The turns of phrase by which relations are told: who says that it is so, who saw none of it, and how it is qualified.

Patterns run on lower-case text with straight apostrophes; none of them has nested repetition.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.language.words import words_of

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
