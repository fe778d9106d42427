"""Offices as news words them: one key for the ways to say one office, and descriptions taken apart.

"The Russian foreign minister", "Moldova's interior minister", "NATO chief" → whose office, and which.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PORTFOLIOS: Final = {
    "foreign affairs": "foreign",
    "foreign": "foreign",
    "external affairs": "foreign",
    "defence": "defence",
    "national defence": "defence",
    "war": "defence",
    "interior": "interior",
    "internal affairs": "interior",
    "home": "interior",
    "home affairs": "interior",
    "treasury": "finance",
    "finance": "finance",
    "economy": "economy",
    "economic affairs": "economy",
    "commerce": "commerce",
    "trade": "trade",
    "homeland security": "homeland security",
    "education": "education",
    "health": "health",
    "health and human services": "health",
    "energy": "energy",
    "agriculture": "agriculture",
    "transport": "transport",
    "transportation": "transport",
    "labour": "labour",
    "justice": "justice",
    "culture": "culture",
    "veterans affairs": "veterans affairs",
    "housing and urban development": "housing and urban development",
    "infrastructure": "infrastructure",
    "climate": "climate",
    "digital transformation": "digital transformation",
}
_ANY_PORTFOLIO: Final = "|".join(sorted(_PORTFOLIOS, key=len, reverse=True))
_MINISTER: Final = re.compile(
    r"((?:deputy |acting |first deputy )?)"
    rf"(?:(?:minister|secretary) (?:of|for) ({_ANY_PORTFOLIO})|({_ANY_PORTFOLIO}) (?:minister|secretary))"
)
_SAME: Final = {
    "premier": "prime minister",
    "pm": "prime minister",
    "head of government": "prime minister",
    "head of state": "president",
    "taoiseach": "prime minister",
    "sec gen": "secretary general",
    "general secretary": "secretary general",
    "chancellor of the exchequer": "finance minister",
    "treasurer": "finance minister",
    "national security advisor": "national security adviser",
    "federal reserve chair": "chair",
    "federal reserve chairman": "chair",
    "fed chair": "chair",
    "fed chairman": "chair",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "foreign ministry spokesman": "foreign ministry spokesperson",
    "foreign ministry spokeswoman": "foreign ministry spokesperson",
    "defence ministry spokesman": "defence ministry spokesperson",
    "defence ministry spokeswoman": "defence ministry spokesperson",
    "speaker of the house of representatives": "speaker of the house",
    "house speaker": "speaker of the house",
    "ambassador to un": "ambassador to the united nations",
    "ambassador to the un": "ambassador to the united nations",
    "un ambassador": "ambassador to the united nations",
    "permanent representative to the un": "ambassador to the united nations",
    "permanent representative to the united nations": "ambassador to the united nations",
    "foreign policy chief": "high representative",
    "top diplomat": "high representative",
    "chief diplomat": "high representative",
    "high representative for foreign affairs": "high representative",
    "high representative for foreign affairs and security policy": "high representative",
    "chief of staff": "white house chief of staff",
}
CHIEFS: Final = (
    "secretary general",
    "director general",
    "managing director",
    "high commissioner",
    "executive director",
    "president",
    "chair",
    "director",
    "commissioner",
    "governor",
    "prosecutor",
)
"""The offices that "the chief" or "the head" of an organisation may mean, the likeliest first."""

# Offices that are somebody's without a word of whose: nobody else has one of that name.
_ALONE: Final = {
    "pope": ("pope", "state:va"),
    "pontiff": ("pope", "state:va"),
    "kremlin spokesman": ("kremlin spokesman", "state:ru"),
    "kremlin spokesperson": ("kremlin spokesman", "state:ru"),
    "white house press secretary": ("white house press secretary", "state:us"),
    "white house chief of staff": ("white house chief of staff", "state:us"),
    "white house counsel": ("white house counsel", "state:us"),
    "pentagon press secretary": ("pentagon press secretary", "state:us"),
    "pentagon chief": ("defence minister", "state:us"),
    "cia director": ("cia director", "state:us"),
    "cia chief": ("cia director", "state:us"),
    "fbi director": ("fbi director", "state:us"),
    "fbi chief": ("fbi director", "state:us"),
    "epa administrator": ("epa administrator", "state:us"),
    "federal reserve chair": ("chair", "state:us"),
    "federal reserve chairman": ("chair", "state:us"),
    "fed chair": ("chair", "state:us"),
    "fed chairman": ("chair", "state:us"),
    "fed chief": ("chair", "state:us"),
    "house speaker": ("speaker of the house", "state:us"),
    "senate majority leader": ("senate majority leader", "state:us"),
    "senate minority leader": ("senate minority leader", "state:us"),
    "house minority leader": ("house minority leader", "state:us"),
    "house majority leader": ("house majority leader", "state:us"),
    "eu foreign policy chief": ("high representative", "organisation:european-union"),
    "eus foreign policy chief": ("high representative", "organisation:european-union"),
    "eu top diplomat": ("high representative", "organisation:european-union"),
    "eu chief diplomat": ("high representative", "organisation:european-union"),
    "un chief": ("secretary general", "organisation:united-nations"),
    "un human rights chief": ("high commissioner", "organisation:un-human-rights-office"),
    "un high commissioner for human rights": ("high commissioner", "organisation:un-human-rights-office"),
    "un high commissioner for refugees": ("high commissioner", "organisation:unhcr"),
    "ec president": ("president", "organisation:european-commission"),
}
_PORTFOLIO: Final = r"(?!prime )[a-z]{4,16}(?: [a-z]{3,16}){0,3}"
_OFFICE: Final = (
    "(?P<office>(?:vice |first )?president|president elect|(?:deputy )?prime minister|premier|pm|chancellor"
    f"|(?:deputy )?{_PORTFOLIO} (?:minister|secretary)|(?:deputy )?(?:minister|secretary) (?:of|for) {_PORTFOLIO}"
    "|(?:deputy )?secretary general|(?:managing|executive )?director(?: general)?|general director|managing director"
    "|executive director|high commissioner|foreign policy chief|chief|head|boss|chair|chairman|chairwoman"
    "|(?:supreme )?leader|king|queen|attorney general|prosecutor general|top diplomat"
    "|(?:un )?ambassador(?: to (?:the )?(?:un|united nations))?|(?:foreign|defence) ministry spokes(?:man|woman|person)"
    "|national security advis[eo]r|head of (?:state|government))"
)
_ENDING: Final = re.compile(f"(?P<whose>[a-z0-9 ]{{2,60}}?) {_OFFICE}")
_BEGINNING: Final = re.compile(f"{_OFFICE} of (?:the )?(?P<whose>[a-z0-9 ]{{2,60}})")


@lru_cache(maxsize=20_000)
def office_key(title: str) -> str:
    """One wording for an office, given in folded words.

    >>> office_key("minister of foreign affairs"), office_key("secretary of defence"), office_key("premier")
    ('foreign minister', 'defence minister', 'prime minister')
    """
    found = _MINISTER.fullmatch(title)
    if found:
        before, after, ahead = found.groups()
        return f"{before}{_PORTFOLIOS[after or ahead]} minister"
    return _SAME.get(title, title)


@lru_cache(maxsize=20_000)
def described(words: str) -> tuple[tuple[str, str | None, str], ...]:
    """What office a description in folded words may mean: office, id of whose it is or None, words for whose.

    >>> described("russian foreign minister")
    (('foreign minister', None, 'russian'),)
    >>> described("un chief")
    (('secretary general', 'organisation:united-nations', ''),)
    """
    alone = _ALONE.get(words)
    if alone is not None:
        return ((alone[0], alone[1], ""),)
    readings: list[tuple[str, str | None, str]] = []
    ending = _ENDING.fullmatch(words)
    if ending and ending["whose"].split(" ")[-1] not in {"prime", "vice", "deputy", "first"}:
        readings.append((office_key(ending["office"]), None, ending["whose"]))
    other = _BEGINNING.fullmatch(words)
    if other:
        readings.append((office_key(other["office"]), None, other["whose"]))
    return tuple(readings)
