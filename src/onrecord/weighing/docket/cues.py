"""What the words that say that something was said tell of it: "promised", "has warned", "called on", "declined".

A cue can be of several kinds ("announced plans", "denied that he would"), or of none. All patterns run on plain
lower-case words.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.weighing.docket.vocabulary import plain

CUES: Final[dict[str, re.Pattern[str]]] = {
    "undertakes": re.compile(
        r"\b(?:promis\w+|pledg\w+|vow(?:s|ed|ing)?|commit(?:s|ted|ting|ments?)?|agree(?:d|s|ing)?(?: on)?"
        r"|plan(?:s|ned|ning)?|intend\w*|intention|aim(?:s|ed|ing)?|offer(?:s|ed|ing)?|guarantee\w*|swor[en]|swears?"
        r"|prepar\w+|decid\w+|decision)\b"
    ),
    "announces": re.compile(r"\bannounc\w+"),
    "warns": re.compile(r"\b(?:warn\w*|threat\w*|caution\w*)\b"),
    "fears": re.compile(r"\b(?:fear\w*|worr(?:y|ies|ied|ying)|concern(?:s|ed)?|anxi\w+|afraid|alarm\w*)\b"),
    "demands": re.compile(
        r"\b(?:demand\w*|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:up)?on|call(?:s|ed|ing)? for|appeal\w*|plead\w*|pled"
        r"|insist\w*|order(?:s|ed|ing)?|instruct\w*|direct(?:s|ed|ing)|requir\w+|press(?:es|ed|ing)?|push\w*|beg(?:s|ged)?"
        r"|implor\w+|recommend\w*|propos\w+|request\w*|ask(?:s|ed|ing)? (?:for|to)|has asked|have asked|encourag\w+"
        r"|invit\w+|challeng\w+|lobb\w+)\b"
    ),
    "wants": re.compile(r"\b(?:wants?|wanted|seeks?|sought|seeking|desire\w*|wish\w*|prefer\w*|hop(?:e|es|ed|ing))\b"),
    "foretells": re.compile(
        r"\b(?:expect\w*|predict\w*|forecast\w*|project(?:s|ed|ing|ions?)?|estimat\w+|anticipat\w+|foresee\w*|foresaw"
        r"|likely|assess(?:es|ed|ing)?|prophes\w+|schedul\w+|bet(?:s|ting)?)\b"
    ),
    "refuses": re.compile(
        r"\b(?:declin\w+|refus\w+|reject\w*|rul(?:e|es|ed|ing) out|no (?:plans?|intention)|oppos\w+|dismiss\w*)\b"
    ),
    "denies": re.compile(r"\b(?:den(?:y|ies|ied|ying)|denials?|disput\w+|disagree\w*|contradict\w*|not believe)\b"),
    "judges": re.compile(
        r"\b(?:accus\w+|blam\w+|critici\w+|prais\w+|condemn\w*|denounc\w+|describ\w+|compar\w+|credits?|hail\w*"
        r"|called(?! (?:on|upon|for))|calls(?! (?:on|upon|for))|calling(?! (?:on|upon|for))|character\w+|welcom\w+"
        r"|thank\w*|mock\w*|jok(?:e|es|ed|ing)|slam\w*|blast\w*|attack\w*|defend\w*|celebrat\w+|considers?|deem\w*)\b"
    ),
    "thinks": re.compile(
        r"\b(?:believ\w+|thinks?|thought|argu(?:e|es|ed|ing)|suggest\w*|feels?|felt|doubt\w*|suspect\w*|speculat\w+"
        r"|wonder\w*|opinion|views?|assum\w+|convinced|sure)\b"
    ),
    "establishes": re.compile(
        r"\b(?:convict\w*|indict\w*|charg\w+|sued|found|finds?|findings?|granted|nominat\w+|reveal\w*|learn\w*|show\w*"
        r"|confirm\w*|discover\w*|conclud\w+|report(?:s|ed|edly)|appear\w*|seem\w*|not(?:e|es|ed|ing)"
        r"|point(?:s|ed|ing)? out|recall\w*|rememb\w+|remind\w*|acknowledg\w+|admit\w*|claim\w*|alleg\w+|reads?"
        r"|identif\w+|refer\w*|mention\w*|explain\w*|observ\w+|record\w*|was told|know\w*)\b"
    ),
    "asks": re.compile(r"\b(?:ask(?:s|ed|ing)?(?! (?:for|to))|question\w*|inquir\w+|debat\w+|discuss\w*|unclear)\b"),
    "says": re.compile(
        r"\b(?:sa(?:ys?|id|ying)|t(?:old|ells?|elling)|according|add(?:s|ed|ing)|continu\w+|stat(?:e|es|ed|ing|ements?)"
        r"|wr(?:ites?|ote|iting)|tweet\w*|speech|declar\w+|repl(?:y|ied|ies))\b"
    ),
    "negated": re.compile(r"\b(?:not|no|never|\w{1,8}n't|without|fail\w*)\b"),
}
"""Kinds of cue by name."""


def cue_signs(cue: str, infinitive: bool, no_verb: bool) -> dict[str, bool]:
    """The signs of a cue by name: its kinds, and each beside a passage that is an infinitive or has no verb at all.

    What "to leave" or "the guns" is can only be told by its cue ("promised to leave", "praised the guns").
    """
    words = plain(cue)
    made = {}
    for kind, pattern in CUES.items():
        holds = pattern.search(words) is not None
        made[f"cue {kind}"] = holds
        made[f"cue {kind}, infinitive"] = holds and infinitive
        made[f"cue {kind}, no verb"] = holds and no_verb
    return made
