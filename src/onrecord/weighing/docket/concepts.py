"""Words that news uses for one thing, so that "the soldiers are home" can bear on "the troops will withdraw".

A short table of what is promised, demanded and threatened most: movements, force, deaths, talks, money, law, votes.
Stems as `onrecord.language.words` makes them; a word may stand in several rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from onrecord.language.words import words_of

_ROWS: Final[dict[str, str]] = {
    "leave": "withdraw withdrew withdrawn withdrawal leave left depart gone retreat return returned evacuate "
    "evacuation remove removal barracks home pulled pullout",
    "come": "come came arrive arrived arrival cross crossed crossing invade invaded invasion attack attacked enter "
    "entered incursion deploy deployed deployment",
    "force": "troop troops soldier soldiers servicemen serviceman brigade brigades battalion army forces unit units "
    "military personnel regiment division",
    "arms": "gun guns artillery launcher launchers cannon cannons tank tanks missile missiles battery batteries weapon "
    "weapons equipment armour armor howitzer howitzers",
    "fire": "fire fired fires firing shoot shot shoots shell shelled shelling shells bomb bombed bombing bombardment "
    "round rounds strike strikes struck gunfire ceasefire violation violations mortar",
    "death": "dead death deaths die died dies kill killed killing victim victims casualties casualty toll fatalities",
    "hurt": "wounded injured injuries injury hospital",
    "rise": "rise rises rose risen increase increased increases grow grew grown climb climbed pass passed exceed "
    "exceeded surge surged",
    "fall": "fall fell fallen decrease decreased decline declined drop dropped fewer less shrink shrank reduce reduced "
    "reduction",
    "talk": "talks talk dialogue meeting meet met negotiate negotiation negotiations summit conference discuss "
    "discussions",
    "tell": "publish published publication release released proof proofs evidence report disclose disclosed documents",
    "enter": "observer observers inspector inspectors monitor monitors inspect inspected inspection access mission",
    "law": "law bill decree legislation vote voted votes pass passed sign signed veto vetoed parliament motion",
    "court": "court judge trial sue sued lawsuit charge charged indict indicted prosecute convicted sentence appeal",
    "money": "tax taxes tariff tariffs sanction sanctions pay paid fund funds funding fine fined budget price prices",
    "open": "open opened reopen reopened resume resumed restart restarted start started begin began begun",
    "shut": "close closed shut shutdown halt halted stop stopped suspend suspended end ended ban banned",
    "give": "send sent deliver delivered delivery supply supplied provide provided give gave given donate shipment",
    "free": "release released free freed hostage hostages prisoner prisoners detainee detainees exchange swap",
    "office": "resign resigned resignation quit step appoint appointed fire fired dismiss dismissed sack sacked",
    "win": "win won lose lost victory defeat elected election",
}

_OF: Final[dict[str, frozenset[str]]] = {}
for _name, _words in _ROWS.items():
    for _stem in words_of(_words):
        _OF[_stem] = _OF.get(_stem, frozenset()) | {_name}


def concepts(stems: Iterable[str]) -> frozenset[str]:
    """The rows that some stems stand in.

    >>> sorted(concepts(words_of("the troops have left")) & concepts(words_of("soldiers will withdraw")))
    ['force', 'leave']
    """
    return frozenset(row for stem in stems for row in _OF.get(stem, ()))
