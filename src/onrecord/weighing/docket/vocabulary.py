"""The words that tell what is to come from what is, was or would have been.

Vocabulary only; all patterns run on the lower-case words of one passage, cut at `LOOKED_AT` characters, with straight
apostrophes.
"""

from __future__ import annotations

import re
from typing import Final

LOOKED_AT: Final = 600
"""Characters of a passage that are looked at; nobody promises at greater length in one clause."""

_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"'})


def plain(words: str) -> str:
    """The words in lower case with straight marks, of the same length, so that places in the two agree.

    >>> plain("We won’t")
    "we won't"
    """
    cut = words[:LOOKED_AT]
    lowered = cut.translate(_STRAIGHT).lower()
    # A few letters change their number when lowered; then every letter is lowered alone or left.
    if len(lowered) != len(cut):
        lowered = "".join(one.lower() if len(one.lower()) == 1 else one for one in cut.translate(_STRAIGHT))
    return lowered.translate(_BLANK)


_BLANK: Final = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\u00a0": " "})

FUTURE: Final = re.compile(
    r"\b(?:will|won't|shall|shan't|\w{1,20}'ll|would|wouldn't"
    r"|(?:am|is|are|be|isn't|aren't|\w{1,20}'(?:re|s|m)) (?:not |now |still |never )?(?:going|about|set|due"
    r"|scheduled|bound|expected|supposed|ready|prepared|willing|determined|committed) (?:to|for)|gonna"
    r"|(?:was|were) (?:not |now |still )?(?:about|set|due|scheduled|ready|prepared|willing|determined|committed)"
    r" (?:to|for))\b"
)
"""A verb phrase of what is to come."""

POSSIBLE: Final = re.compile(r"\b(?:(?:may|might)(?! not have\b)|could(?! not\b)|can(?! not\b))\b(?! have\b)")

PLAN: Final = re.compile(
    r"\b(?:plan(?:s|ned)?|intend(?:s|ed)?|pledge[sd]?|promise[sd]?|vow(?:s|ed)?|agree[sd]? to|commit(?:s|ted)?"
    r"|propose[sd]?"
    r"|expect(?:s|ed)?|hope[sd]?|predict(?:s|ed)?|forecasts?|fear(?:s|ed)?|anticipate[sd]?|likely|unlikely|goal is"
    r"|aims? to|decision to|decided to|scheduled|due to|ready|willing|prepared|poised)\b"
)

OBLIGED: Final = re.compile(
    r"\b(?:must|mustn't|should|shouldn't|ought to|ha(?:s|ve|d) (?:got )?to|need(?:s|ed)? to|call(?:s|ed)? (?:up)?on"
    r"|call(?:s|ed)? for|demand(?:s|ed)?|urge[sd]?|let's|let (?:us|them|him|her)|ask(?:s|ed)? (?:to )?\w+ (?:to|that)"
    r"|it(?: is|'s|s) time)\b"
)

AHEAD: Final = re.compile(rf"{FUTURE.pattern}|{POSSIBLE.pattern}|{OBLIGED.pattern}|\bto (?=[a-z]{{2,}})")
"""A verb of what is to come, may come or has to."""

UNDERTAKEN: Final = re.compile(
    r"\b(?:plan(?:s|ned)?|intend(?:s|ed)?|pledged?|promised?|vow(?:s|ed)?|agreed?|decided|prepar(?:es|ing)"
    r"|expects?) to\b"
)
"""A plan as the verb of a clause."""

RISK: Final = re.compile(r"\b(?:risks?|threat\w*|danger\w*|consequences?|potential|imminent|possib\w+|retaliat\w+)\b")

INFINITIVE: Final = re.compile(r'^"?(?:not )?to [a-z]+')
"""What a promise or a demand is of: "to keep two buses running"."""

ADDRESSED: Final = re.compile(r"^\W*(?P<who>(?:[\w'.-]{1,30} ){1,8}?)[\"']?(?:not )?to (?P<verb>[a-z]{2,20})\b")
"""To whom a demand goes, and what is demanded: "Harvenia to let observers count"."""

PAST_CONDITIONAL: Final = re.compile(
    r"\b(?:would|wouldn't|could|couldn't|might|may|should|shouldn't|must|ought to)(?: not| never| also| probably| all"
    r"| ever)? (?:have|'ve)(?: \w+ly| not| never)? (?:been|had|done|gone|come|made|known|taken|given|seen|left|lost|won"
    r"|kept|met|said|put|set|got|become|\w{2,20}(?:ed|en|own|ought|aught))\b"
)
"""What would have been: nothing is to come of it."""

HABIT: Final = re.compile(
    r"\b(?:used to|would (?:always|often|usually|sometimes|never ever|regularly|occasionally)"
    r"|(?:every|each) (?:day|morning|night|evening|week|summer|winter|time) (?:\w+ ){1,3}would)\b"
)

WISH: Final = re.compile(
    r"\b(?:i|we|he|she|they|enchanted i)(?: would|'d| wouldn't)(?: not| also| certainly)? (?:be (?:very |so |really )?"
    r"(?:happy|glad|sad|sorry|surprised|delighted|honou?red|proud|ashamed|wrong|of being)|like|love|prefer|rather|hate"
    r"|consider|say|argue|think|call|point out|guess|imagine|add)\b|\bhappy i would\b|\benchanted i would\b"
    r"|\b(?:will|would|'ll) (?:say|admit|tell you|note)\b"
)
"""How somebody puts a view or a wish, which binds nobody."""

ABILITY: Final = re.compile(
    r"\b(?:can|could|may|might)(?: \w+ly)? be (?:seen|confirmed|verified|used|interpreted|found|read|understood"
    r"|described|viewed|considered|compared|heard|explained)\b"
)

SUBORDINATE: Final = re.compile(
    r"\b(?:who|whom|whose|which|because|although|though|whether|where|while|since|so that|how|what|why|despite|than)\b"
)
"""Behind these words a verb is no longer that of the main clause."""

SEQUENCE: Final = re.compile(r"^\"?first (?:comes|arrives|goes|there is|they|it)\b|^\"?then (?:comes )?the \w+")
"""A course of events told beforehand: "First comes the rain, then the flood"."""

PRONOUN: Final = frozenset(
    "i we he she they it you this that these those there who which what one nobody everybody anybody".split()
)
