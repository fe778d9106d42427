"""The words by which relations are told, by what they speak of: what happens, and to what.

Words of one sense stand under one name ("withdraw", "leave", "pull out" are `leave`), so that two passages are
compared by what they speak of and not by the words they choose. Senses that exclude each other are in `OPPOSITES`.
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
