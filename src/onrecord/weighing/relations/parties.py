"""Whose word somebody's is, as far as a name tells: a state by its name, its people, its capital or its seat of
    power.

Two spokesmen of one government are one party: they repeat and revise each other's words, and corroborate nothing. A
name that tells nothing has no party; that is not another party.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from onrecord.language.words import plain_words, stem

_STATES: Final[Mapping[str, str]] = {
    "ru": "russia russian moscow kremlin gazprom",
    "ua": "ukraine ukrainian kyiv kiev",
    "us": "us american america washington pentagon white-house centcom",
    "gb": "britain british uk london downing",
    "fr": "france french paris elysee",
    "de": "germany german berlin",
    "pl": "poland polish warsaw",
    "by": "belarus belarusian minsk",
    "tr": "turkey turkish ankara turkeys",
    "ir": "iran iranian tehran",
    "il": "israel israeli jerusalem",
    "sy": "syria syrian damascus syrias assad sana",
    "iq": "iraq iraqi baghdad",
    "cn": "china chinese beijing",
    "in": "india indian delhi",
    "jp": "japan japanese tokyo",
    "kp": "pyongyang",
    "kr": "seoul",
    "eg": "egypt egyptian cairo",
    "sa": "saudi riyadh",
    "ee": "estonia estonian tallinn",
    "it": "italy italian rome",
    "es": "spain spanish madrid",
    "nato": "nato alliance",
    "eu": "eu brussels",
    "un": "un",
}  # fmt: skip
_PARTY_OF: Final = {word: party for party, words in _STATES.items() for word in words.split()}
_AGAINST: Final = frozenset(
    "opposition rebel rebels coalition opponents activists activist anti observatory monitor jihadist".split()
)
"""Words that take a name out of its state's hands ("the Syrian opposition")."""
_MONITORS: Final = frozenset("observatory monitor monitors monitoring".split())
_STATE_ID: Final = re.compile(r"^(?:state|organisation):([a-z]{2})(?:-|$)")
_WHITE_HOUSE: Final = re.compile(r"\bwhite house\b", re.IGNORECASE)
_EMPTY: Final = frozenset(
    """a an the of for and in on by to its his her their minister ministry ministers foreign defence defense president
    spokesman spokeswoman spokesperson official officials senior source sources group media agency news state
    government
    secretary general based human rights syrian military army command""".split()
)
"""Words of names that many who speak have."""
_SAME_WORD: Final[Mapping[str, str]] = {"tv": "television", "monitoring": "monitor", "monitors": "monitor"}


@lru_cache(maxsize=20_000)
def party_of(actor: str | None, name: str | None) -> str | None:
    """The party that an actor's id or name tells of, None where it tells none.

    >>> party_of("state:ru", "the Kremlin"), party_of(None, "a White House official"), party_of(None, "Ida Holm")
    ('ru', 'us', None)
    """
    words = plain_words(name or "")
    if _MONITORS & set(words):
        return "monitor"
    given = _STATE_ID.match(actor or "")
    if given:
        return given.group(1)
    if _AGAINST & set(words):
        return None
    if _WHITE_HOUSE.search(name or ""):
        return "us"
    found = {_PARTY_OF[one] for word in words for one in (word, word.removesuffix("s")) if one in _PARTY_OF}
    if len(found) == 1:
        return found.pop()
    return _named_state(name) if not found else None


def parties_in(names: frozenset[str]) -> frozenset[str]:
    """The parties that the names of a passage tell of, names as `sides` gives them."""
    return frozenset(_STEMMED[name] for name in names if name in _STEMMED)


def of_one_name(one: str | None, other: str | None) -> bool:
    """Whether the telling words of the one name are among those of the other, as "the Observatory" is."""
    first, second = _telling(one), _telling(other)
    return bool(first and second) and (first <= second or second <= first)


@lru_cache(maxsize=20_000)
def _telling(name: str | None) -> frozenset[str]:
    return frozenset(_SAME_WORD.get(word, word) for word in plain_words(name or "")) - _EMPTY


def _named_state(name: str | None) -> str | None:
    """A state that no table has, by the possessive before its office: "Harvenia's foreign ministry"."""
    match = _POSSESSIVE.match(name or "")
    return match.group(1).casefold() if match else None


_POSSESSIVE: Final = re.compile(
    r"^(?:the )?([A-Z]\w{2,30})(?:['’]s? | (?:defen[cs]e|foreign|interior|"
    r"health) minist)"
)
_STEMMED: Final = {stem(word): party for word, party in _PARTY_OF.items()} | {
    "america": "us", "britain": "gb", "france": "fr", "germany": "de", "poland": "pl", "turkey": "tr", "china": "cn",
}  # fmt: skip
