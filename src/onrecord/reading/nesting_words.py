"""Words that say that somebody said or thought something: what makes a clause inside a statement worth reading again.

The list holds verbs and nouns of saying, believing and intending in the sense of PolNeAR's attributions; verbs of
seeing, knowing and showing are left out, because inside a statement they are seldom somebody else's.
"""

from __future__ import annotations

import re

_SAYING = """
    sa(?:y|ys|id|ying) t(?:old|ell|ells|elling) claim accus announc warn den(?:y|ie) report(?:s|ed|ing)?$ promis
    alleg(?:e|ed|es|ing|ation|ations)$ insist stat(?:e|es|ed|ing|ement|ements)$ call(?:s|ed|ing)?$ demand vow threat
    agree admit suggest argu acknowledg order(?:s|ed|ing)?$ ask add(?:s|ed|ing)?$ not(?:e|es|ed|ing)$
    urg(?:e|es|ed|ing)$ confirm describ quot(?:e|es|ed|ing)$ propos pledg reject refus request decid decision declar
    predict estimat forecast conclud assert alert(?:s|ed)?$ blam critici condemn dismiss instruct advis explain
    repl(?:y|ie) answer respond wr(?:ote|ite|itten) testif contend complain caution assur conced reiterat repeat stress
    emphasi mention remark recall reveal disclos speculat sw(?:ear|ore|orn) undertak cheer shout cit(?:e|es|ed|ing)$
    offer(?:ed|ing)$ circulat gave$ argument
"""
_THINKING = """
    believ th(?:ink|inks|inking|ought)$ expect hop(?:e|es|ed|ing)$ fear want wish intend intention plan(?:s|ned|ning)?$
    concern consider regard(?:s|ed)?$ doubt suspect worr afraid convinc desir prefer supported$ oppos meant$ assum
    anticipat calculat disappoint insisten aware opinion view(?:s|ed)?$ belie[fv]
"""
_WORD = re.compile(r"[^\W\d_]+")
_REPORTING = re.compile(rf"(?:{'|'.join(f'{_SAYING} {_THINKING}'.split())})", re.IGNORECASE)
_INFINITIVE = re.compile(r"\bto \w+")
_OUGHT = re.compile(r"\b(?:must|should|may|might|could)\b", re.IGNORECASE)
_NOBODY_ELSE = frozenset("i we me us my our you your who which that what".split())
_SOURCELESS = re.compile(
    r"(?:(?:the|any|some|these|those) )?(?:allegations?|claims|calls|reports|rumou?rs|accusations?|suggestions"
    r"|speculation|fears|concerns|warnings)(?: that| of| for)?",
    re.IGNORECASE,
)


def reporting_places(text: str, start: int, end: int) -> list[int]:
    """Where the words of saying and thinking begin in a stretch of a text."""
    return [
        word.start()
        for word in _WORD.finditer(text, start, end)
        if _REPORTING.match(text, word.start(), word.end()) is not None
    ]


def is_report(cue: str) -> bool:
    """Whether a cue tells what was said or thought, not what is to be ("to condemn") or ought to be ("must promise").

    >>> [is_report(cue) for cue in ("had warned", "to support", "must agree", "waged")]
    [True, False, False, False]
    """
    bare = _INFINITIVE.sub("", cue)
    return bool(reporting_places(bare, 0, len(bare))) and not _OUGHT.search(cue)


def is_somebody_else(source: str) -> bool:
    """Whether a source means somebody, and not the speaker, the one spoken to or a relative pronoun.

    "I think" inside a quotation is the words of the one who is quoted already.
    """
    return source.lower() not in _NOBODY_ELSE


def stands_alone(cue: str) -> bool:
    """Whether a cue is a noun like "allegations", which reports without saying whose."""
    return _SOURCELESS.fullmatch(cue) is not None
