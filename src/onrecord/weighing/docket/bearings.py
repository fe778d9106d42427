"""What the words of a later passage do to an entry: done, not done, or taken back.

Vocabulary and the reading of one passage; whether it speaks of the same thing is `topics`' matter. All patterns run on
plain lower-case words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from onrecord.domain.docket import Bearing
from onrecord.weighing.docket.vocabulary import plain

_TAKEN_BACK: Final = re.compile(
    r"\b(?:put off|postpon\w+|call(?:ed|ing)? off|cancel+\w*|took (?:it |that |this |the \w+ )?back|take (?:it"
    r"|that|this) back"
    r"|taken back|chang\w+ (?:his|her|its|their|my|our) mind|back(?:ed|s|ing)? (?:down|away|out)|walk(?:ed|s|ing)? back"
    r"|no longer (?:plan|intend|want|expect|demand|insist|seek)\w*|scrapp\w+|shelved|abandon\w*|rescind\w*|revok\w+"
    r"|delayed|suspend\w+|withdrew (?:his|her|its|the|their) (?:demand|offer|threat|promise|pledge|motion|bill)"
    r"|dropp\w+ (?:his|her|its|the|their) (?:plan|demand|threat|promise|pledge|motion|bill|objection))\b"
)
_WRONG: Final = re.compile(
    r"\b(?:(?:i|we|he|she|they)(?: was| were|'d been| had been) (?:all |quite |simply )?(?:wrong|mistaken)"
    r"|prov\w+ (?:him|her|them|me|us) wrong|got it wrong|spoke too soon|misjudged|was mistaken about)\b"
)
_DONE: Final = re.compile(
    r"\b(?:carried out|complet(?:e|ed)|fulfill?ed|implemented|finished|accomplished|kept (?:(?:his|her|its|their"
    r"|our|my) )?"
    r"(?:word|promise|pledge)|honou?red|delivered|in place|operational|came into force|took effect|as (?:promised"
    r"|agreed"
    r"|announced|demanded)|accept(?:ed|s)|agreed|approved|signed|has (?:now )?begun|have (?:now )?begun|came true)\b"
)
_CARRIED_OUT: Final = re.compile(
    r"\b(?:order|promise|pledge|word|plan|operation|withdrawal|task|mission|demand)s? (?:has|have|had|was|were|is|are)"
    r"(?: been| now)? (?:carried out|completed?|fulfill?ed|kept|met|implemented|finished|executed)\b"
    r"|\b(?:kept|honou?red) (?:his|her|its|their|our|my) (?:word|promise|pledge)\b"
)
"""Words that a promise was kept which need not name what was promised, where its own speaker says them."""
_HAPPENED: Final = re.compile(
    r"\b(?:has|have|had|was|were)(?: now| already| since| all| been)* (?!no\b|not\b|never\b)(?:\w{2,20}(?:ed|en"
    r"|wn)|gone|left"
    r"|come|begun|sent|met|made|found|shot|paid|won|lost|held|put|set|brought|taken)\b"
    r"|\b(?:became|left|arrived|returned|began|opened|closed|rose|fell|died|came|went|crossed|fired|withdrew"
    r"|resigned|signed"
    r"|voted|published|released|attacked|started|stopped|ended|killed|met|sent|gave|won|lost|agreed|accepted|paid"
    r"|reached"
    r"|passed|entered|inspected|announced)\b"
)
_ABSENT: Final = re.compile(
    r"\b(?:no (?:sign|signs|evidence|indication|proof|trace|word|movement|plans?|intention|progress)"
    r"|not (?:yet )?(?:seen|a single|one)"
    r"|(?:has|have|had|did|do|does|is|are|was|were)(?:n't| not| never)(?: yet| even)?|never|nothing|nobody|no one"
    r"|none|neither"
    r"|cannot|can't|could not|couldn't|no|not|without|yet to|fail(?:ed|s|ure)?(?: to)?|refus\w+|reject\w*"
    r"|turned (?:back|away|down)"
    r"|denied|blocked|prevented|stalled|broke(?:n)? (?:his|her|its|their) (?:word|promise|pledge)|only half"
    r"|still (?:there|waiting))\b"
)
_KNOWLEDGE: Final = re.compile(
    r"\b(?:could|can|did|does|do)(?:n't| ?not) (?:\w+ )?(?:know|tell|say|confirm|verify|count|comment|rule out"
    r"|photograph)\b"
    r"|\b(?:not|n't)(?: been)? able to \w+|\b(?:not clear|unclear|too early|no comment)\b|\bknow whether\b"
)
_STAYS: Final = re.compile(
    r"\b(?:will|would|shall|'ll) (?:stay|remain|keep|hold|continue)\b|\bwhere (?:they|it|we) (?:were|was|are|is)\b"
    r"|\bno intention\b|\b(?:take|takes|took) no orders\b|\b(?:will|would|shall|'ll) (?:not|never)\b|\b(?:won't"
    r"|wouldn't|rejects?|rejected"
    r"|refus\w+|ruled out|rules out|unacceptable)\b"
)
_PART: Final = re.compile(
    r"\b(?:(?:one|two|three|four|five|six|half|some|part|most|many|a few|several|a third|a quarter|three quarters"
    r"|\d+) of (?:the |its |their )?"
    r"(?!course)\w+|partly|in part|partially|only half|halfway|the first (?:one|two|three|four|batch|group|of))\b"
)
_FUTURE: Final = re.compile(
    r"\b(?:will|would|shall|won't|wouldn't|\w+'ll|going to|may|might|must|should|could)\b|^\W*(?:not )?to \w"
)


REACH: Final = 70
"""Characters behind a "no" or "not" in which what is not so must be named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage could say of an entry: how it bears, the words that say so, and which words are in their reach.

    `reach` is the span of plain words that must speak of the entry's matter; `whole` tells that the words need not (its
    own speaker says that the order was carried out). `part` tells that only a part is done.
    """

    bearing: Bearing
    words: str
    reach: tuple[int, int]
    whole: bool = False
    part: bool = False
    refusal: bool = False
    loose: bool = False
    """Whether the words say only that something happened."""


def reading_of(words: str) -> Reading | None:
    """What the passage could say of something promised or foretold, None where it says neither.

    Admitting an error goes first, then taking back, then what is not so, then what was done. What is only to come, and
    what somebody cannot know, says nothing.
    """
    told = plain(words)
    everything = (0, len(told))
    wrong = _WRONG.search(told)
    if wrong is not None:
        return Reading(Bearing.WITHDRAWS, wrong.group(), everything, whole=True)
    back = _TAKEN_BACK.search(told)
    if back is not None and not _FUTURE.search(told[: back.start()]):
        return Reading(Bearing.WITHDRAWS, back.group(), everything)
    if _KNOWLEDGE.search(told):
        return None
    stays = _STAYS.search(told)
    if stays is not None:
        return Reading(Bearing.AGAINST, stays.group(), everything, refusal=True)
    absent = _ABSENT.search(told)
    if absent is not None:
        return Reading(Bearing.AGAINST, absent.group(), (absent.end(), min(len(told), absent.end() + REACH)))
    if _FUTURE.search(told):
        return None
    part = _PART.search(told) is not None
    carried = _CARRIED_OUT.search(told)
    if carried is not None:
        return Reading(Bearing.FOR, carried.group(), everything, whole=True, part=part)
    done = _DONE.search(told)
    if done is not None:
        return Reading(Bearing.FOR, done.group(), everything, part=part)
    happened = _HAPPENED.search(told)
    return None if happened is None else Reading(Bearing.FOR, happened.group(), everything, part=part, loose=True)
