"""The words by which figures of general news are told apart: what is counted, and what happened to it.

A small table written for this project. Everything is a Porter2 stem of `onrecord.language.words`; nothing here knows a
text. A noun that no class names stands for itself.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.language.words import words_of


def _stems(words: str) -> frozenset[str]:
    return frozenset(words_of(words))


DEAD: Final = "dead"
WOUNDED: Final = "wounded"
DISPLACED: Final = "displaced"
PEOPLE: Final = "people"
TROOPS: Final = "troops"

_CLASSES: Final = {
    DEAD: "dead death deaths died killed fatality fatalities victim casualty casualties toll martyr corpse slain",
    WOUNDED: "wounded injured injury hurt",
    "missing": "missing unaccounted",
    "detained": "detained detainee arrested arrest detention",
    "captives": "prisoner hostage captive captured abducted kidnapped",
    DISPLACED: "displaced evacuated",
    "cases": "case infection infected patient",
    TROOPS: "troop soldier serviceman servicemen military personnel force army guardsmen trooper",
    "fighters": "fighter militant rebel terrorist insurgent gunman gunmen jihadist mercenary militia militiaman "
    "militiamen extremist combatant",
    PEOPLE: "people person persons man men woman women child children civilian resident inhabitant citizen saboteur "
    "protester demonstrator passenger villager migrant refugee evacuee settler individual others human pupil student",
    "states": "country countries state nation member",
    "tanks": "tank",
    "vehicles": "vehicle truck lorry car",
    "armoured vehicles": "apc ifv",
    "guns": "gun howitzer launcher",
    "aircraft": "aircraft plane jet warplane fighter-jet bomber",
    "helicopters": "helicopter chopper",
    "drones": "drone uav",
    "ships": "ship vessel warship boat",
    "missiles": "missile rocket",
    "rounds": "round shell mortar",
    "explosions": "explosion blast",
    "violations": "violation breach ceasefire cease-fire",
    "attacks": "attack strike raid airstrike bombardment shelling",
    "votes": "vote ballot",
    "seats": "seat",
    "jobs": "job",
    "homes": "home house",
    "doses": "dose vaccine jab shot",
    "police": "police policeman policemen officer",
}
CLASSES: Final = {stem: name for name, words in reversed(_CLASSES.items()) for stem in _stems(words)}
"""The class of each noun that has one; the first class that names a word has it."""

BREAKS: Final = frozenset("and while but when as after including among before or although though".split())
"""Plain words behind which another thing is said."""
PART_BEFORE: Final = (
    ("including",),
    ("includes",),
    ("among", "them"),
    ("among", "whom"),
    ("among", "which"),
    ("of", "whom"),
)
"""Runs of plain words before a number that say that it is a part of one named before."""
BOUND_WORDS: Final = frozenset(
    "at least most more less than about around nearly almost some over under up to were was a an another".split()
)
"""Plain words that may stand between those and the number."""
PART_BEHIND: Final = (("of", "whom"), ("of", "them"), ("of", "the"), ("of", "those"))
CONTRASTED: Final = frozenset(
    "from after earlier previous previously compared against updated updating rose risen up down instead initial "
    "initially first said later lower higher revised".split()
)
"""Plain words between two numbers that set one against the other."""

COUNTABLE: Final = frozenset(CLASSES) - _stems(
    "state nation member country countries hurt shot round force case strike others toll home house position "
    "individual human"
)
"""Nouns of a class that tell by themselves what a number without a noun counts."""

PERSONS: Final = frozenset({PEOPLE, TROOPS, "fighters", "police"})
"""Classes of people: what befell them makes the class, and they its part."""

GENERAL: Final = frozenset({PEOPLE, "states"})
"""Classes whose nouns say little of what is counted."""

STOCKS: Final = frozenset(
    {TROOPS, PEOPLE, "fighters", "police", "guns", "tanks", "vehicles", "aircraft", "ships", "states"}
)
"""Classes of what is there, rather than of what happens by the day."""

BEFELL: Final = {
    stem: name
    for name, words in {
        DEAD: "killed killing kill died die dead death deaths toll dying slain perished perish martyred "
        "executed execute",
        WOUNDED: "wounded wounding wound injured injuring injury hurt",
        "missing": "missing",
        "detained": "detained arrested detain arrest arresting",
        "captives": "captured abducted kidnapped captive hostage",
        DISPLACED: "displaced fled flee evacuated evacuate uprooted homeless",
        "cases": "infected",
    }.items()
    for stem in _stems(words)
}
"""What befell people, by the stem of the word that says it."""

ANYBODY: Final = _stems(
    "people person persons civilian civilians victim casualty dead death deaths toll fatality killed injured wounded "
    "hurt lives others human humans individual resident inhabitant citizen men man martyr missing injury figure number"
)
"""Heads that name those whom something befell without saying which part of them."""
STAFF: Final = _stems("worker volunteer staff employee rescuer medic doctor nurse paramedic")
BEING: Final = frozenset("was were been being is are be got".split())
"""Plain words that stand before what befell somebody."""
CHILDREN: Final = _stems("child children minor baby infant girl boy kid teenager schoolchildren toddler youngster")
UPDATED: Final = frozenset(
    "previous previously earlier initial initially updated updating update rose risen rise rises revised lower higher "
    "reached surpasses surpassed climbed".split()
)
"""Plain words that say that a number takes the place of another."""
CUMULATIVE: Final = re.compile(
    r"\bsince\b|\b(?:over|in|during|for|within|throughout)\s+(?:the\s+)?(?:past|last|previous|space\s+of|course\s+of)\b"
    r"|\b(?:past|last)\s+(?:\w+\s+)?(?:hours|days|weeks|months|years|week|month|year)\b"
    r"|\b(?:in|over|within)\s+(?:\w+\s+)?(?:days|weeks|months|years|a\s+week)\b|\bso\s+far\s+this\b",
    re.IGNORECASE,
)
"""Words that say that a figure adds up more than one happening."""

TOLLS: Final = frozenset(BEFELL.values())
"""Classes that are counted for one happening, so that another day is most often another one."""

MEANS: Final = {
    stem: name
    for name, words in {
        "air": "airstrike airstrikes air raid raids warplane warplanes jet jets plane planes helicopter helicopters "
        "barrel bombardment coalition drone drones",
        "blast": "blast explosion explosions suicide bomber bombers detonated detonate car truck explosives twin "
        "exploded",
        "shells": "shell shells shelling mortar mortars rocket rockets artillery missile missiles",
        "gas": "chemical gas sarin chlorine nerve toxic poison",
        "shots": "executed execution shot gunman gunmen beheaded stabbed shooting massacre gunfire",
        "fighting": "clashes clash fighting battle battles infighting ambush",
        "accident": "crash crashed collision capsized derailed accident",
        "nature": "earthquake quake flood floods storm hurricane cyclone landslide wildfire tsunami heatwave",
        "disease": "virus epidemic outbreak coronavirus cholera ebola flu infection",
    }.items()
    for stem in _stems(words)
}
"""By what people come to harm, by the stem of a word that tells it."""

ROLES: Final = {
    stem: name
    for name, words in {
        "left": "left leave leaving withdrawn withdraw withdrawal withdrew returned return returning gone barracks "
        "permanent home departed pulled pull-out removed removal fled go going",
        "arrived": "arrived arrive come came arrival brought reinforcement",
        "found": "found seized discovered recovered confiscated find seize",
        "sought": "sought look search searched",
        "destroyed": "destroyed shot downed lost burnt burned demolished destroying shooting",
        "fired": "fired launched dropped fire launch",
        "operational": "operational ready working",
        "promised": "promised pledged",
        "critical": "critical danger",
        "saved": "rescued saved survived freed released release",
        "for": "favour favor",
        "abstained": "abstained abstain",
        "lost": "cut shed laid redundant",
        "created": "created create added",
        "supplied": "supplies supplied",
    }.items()
    for stem in _stems(words)
}
"""What is said to have happened to the things counted: numbers of other happenings are other counts."""

SAID_OF_ROLE: Final = {
    "left": "those that left",
    "arrived": "those that arrived",
    "found": "those found",
    "sought": "those sought",
    "destroyed": "those destroyed",
    "fired": "those fired",
    "operational": "those that work",
    "promised": "those promised",
    "critical": "those in danger of life",
    "saved": "those saved",
    "for": "those in favour",
    "abstained": "those that abstained",
    "lost": "those lost",
    "created": "those created",
    "supplied": "those supplied",
}
"""How a reason words each of them."""

PLANNED: Final = frozenset(
    "will would shall 'll may might could should plan planned plans intend intends expected expects expect promised "
    "promise propose proposed aim aims wants want fear feared fears".split()
)
"""Plain words before a number that say that it is not yet so."""
UNDER_WAY: Final = (("on", "their", "way"), ("on", "its", "way"), ("going", "home"), ("to", "be"))
"""Runs of plain words that say that it is not yet done."""

EXCLUDING: Final = frozenset("without excluding excludes exclude excluded except not-counting".split())
LOCATIVE: Final = frozenset("in at near on along across around inside outside throughout within from to of".split())
"""Plain words before a name that says where."""

PLACE_KINDS: Final = _stems(
    "district region province border river city town village coast front capital airport airfield base port camp "
    "hospital school county state country island peninsula line bridge station market prison territory nationwide "
    "worldwide world world-wide"
)
"""Kinds of places: where two figures name other kinds, they may count in other places."""

MILITARY: Final = _stems(
    "soldier troop serviceman military army force brigade battalion defence defense guard regiment unit"
)
"""Words beside "men" or a bare number in the thousands that say that soldiers are counted."""

HOLLOW: Final = _stems(
    "figure number total estimate count rate level time times day week month year hour minute per cent percent today "
    "yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december say said tell told report add accord more less least most about "
    "around nearly almost some many have had has be been was were is are the a an of to in on at for from by with and "
    "or but not no that this these those they their them it its he she his her we our you your i my who which what "
    "when where while since after before over under between up down out into than then there here as also so far now "
    "already still only just all any other another one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen twenty thirty forty fifty hundred thousand million billion dozen will would could can "
    "may might shall should do did does if because including early late morning evening night new last first ago "
    "earlier later"
)
"""Words that say nothing of what is counted."""
