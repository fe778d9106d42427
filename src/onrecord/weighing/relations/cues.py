"""What the words before or behind a passage, by which it was said, tell of it: "denied", "would not say", "replied".

Patterns run on lower-case text with straight apostrophes; none of them has nested repetition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

CUES: Final[Mapping[str, re.Pattern[str]]] = {
    # It is denied or disputed.
    "denies": re.compile(
        r"\b(?:den(?:y|ies|ied|ying|ials?)|refut\w*|rebut\w*|dismiss\w*|disput\w*|reject\w*|disavow\w*|contradict\w*|"
        r"challeng\w*|counter(?:ed|s|ing)?|push\w* back|hit back|debunk\w*|disagree\w*|"
        r"(?:false|untrue|baseless|lies?|hoax|fake|nonsense|absurd)|no truth)\b|"
        r"(?:\b(?:not|never|no)|n't) (?:true|the case|believe|agree|accept)\b"
    ),
    # Somebody says that they do not say or know it.
    "declines": re.compile(
        r"\b(?:declin\w*|refus\w*|unable|could not|cannot|can't|couldn't|would not|wouldn't|will not|won't|did not|"
        r"didn't|does not|doesn't|has not|had not|hasn't|have not|not (?:been|clear|yet|known|confirmed)|"
        r"unclear|no comment|stopp\w* short|avoid\w*|dodg\w*|evad\w*)\b"
    ),
    "confirms": re.compile(
        r"\b(?:confirm\w*|acknowledg\w*|admit\w*|conced\w*|corroborat\w*|verif\w*|agree[ds]?|agreeing|affirm\w*|"
        r"support\w*|back(?:ed|ing|s)|echo\w*|concur\w*|found|finds|show(?:s|ed|ing|n)?)\b"
    ),
    "repeats": re.compile(
        r"\b(?:repeat\w*|reiterat\w*|reaffirm\w*|again|insist\w*|maintain\w*|continu\w*|stress\w*|emphasi[sz]\w*|"
        r"doubl\w* down|recall\w*|once more|restat\w*|quot\w*)\b"
    ),
    "asks": re.compile(
        r"\b(?:ask\w*|question\w*|demand\w*|urg\w*|call(?:s|ed|ing)? (?:on|for|upon)|request\w*|appeal\w*|propos\w*|"
        r"offer\w*|invit\w*|want\w*|suggest\w*|pressed|wonder\w*|challeng\w*)\b"
    ),
    "replies": re.compile(
        r"\b(?:repl(?:y|ied|ies)|respon\w*|answer\w*|retort\w*|shot back|fired back|hit back|in return|reaction|"
        r"react\w*|when asked|asked (?:about|if|whether|why|how))\b"
    ),
    "accuses": re.compile(
        r"\b(?:accus\w*|alleg\w*|blam\w*|claim\w*|charg\w*|condemn\w*|denounc\w*|slamm?\w*|criticis\w*|criticiz\w*|"
        r"attack\w*|lash\w*|warn\w*|threat\w*)\b"
    ),
    # A speaker mends, or sets a time against another.
    "mends": re.compile(
        r"\b(?:clarif\w*|correct\w*|retract\w*|revis\w*|updat\w*|walk\w* back|backtrack\w*|revers\w*|later|earlier|"
        r"previously|now|initially|at first|originally|meant|had said|since)\b"
    ),
}
"""What the words that say that a passage was said tell of it, by name."""
