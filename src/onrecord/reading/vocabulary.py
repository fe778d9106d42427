"""The words by which speakers are told: titles, roles, bodies, groups, pronouns. Facts about English news, no names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

HONORIFICS = frozenset(
    """
    mr mrs ms miss mx dr sir dame lord lady prof rev fr sr st capt col gen lt maj sgt sen rep gov hon pres
    sens reps gens drs profs govs
    """.split()
)
"""Titles before a name, without their full stop."""

ROLE_NOUNS = frozenset(
    """
    president premier chancellor minister secretary general chief head leader boss commander captain colonel major
    lieutenant sergeant admiral marshal brigadier corporal spokesman spokeswoman spokesperson ambassador envoy
    diplomat consul senator congressman congresswoman representative governor mayor councillor councilman deputy
    lawmaker legislator speaker chairman chairwoman chair chairperson chairwomen director manager executive ceo
    founder owner officer official commissioner commissar judge justice prosecutor attorney lawyer counsel solicitor
    sheriff inspector detective superintendent professor analyst economist researcher scientist historian author
    expert scholar fellow editor reporter correspondent journalist columnist blogger presenter anchor host king
    queen prince princess emir sultan sheikh pope bishop archbishop cardinal rabbi imam patriarch aide adviser
    advisor strategist consultant candidate nominee lieutenant-governor treasurer whip coordinator monitor observer
    activist organiser organizer resident farmer teacher doctor nurse student driver witness pilot engineer
    spokesmen vice-president vice-chairman undersecretary statesman negotiator mediator rapporteur president-elect
    pastor reverend administrator oligarch tycoon billionaire businessman businesswoman democrat
    republican coach trader
    """.split()
)
"""Nouns for one person who holds an office or does a job."""

QUALIFIERS = frozenset(
    """
    foreign prime defence defense interior finance justice health press deputy vice first attorney state trade
    economy energy transport education culture labour labor environment security national opposition former acting
    assistant under home
    """.split()
)
"""Words that, before a role noun, make it another office."""

GROUP_NOUNS = frozenset(
    """
    officials sources people experts critics analysts aides advisers advisors lawmakers diplomats observers
    supporters opponents residents witnesses reporters journalists leaders ministers authorities senators
    representatives lawyers prosecutors economists researchers scientists others some many
    several few most protesters activists voters investigators officers commanders generals soldiers troops rebels
    separatists scholars members allies companies media reports report survey surveys poll polls study studies
    data figures findings results records numbers statement document
    documents letter source official person spokespeople man woman someone everyone nobody anyone
    oligarchs businessmen pastors hundreds thousands dozens scores
    """.split()
)
"""Nouns for speakers who stay unnamed."""

ORGANISATION_NOUNS = frozenset(
    """
    ministry government administration department agency council commission committee court parliament congress
    senate house cabinet office bureau campaign party company corporation bank university institute institution
    centre center foundation association union alliance league federation organisation organization group army navy
    force forces military police guard service services embassy delegation mission board authority network channel
    station newspaper magazine paper journal news times post herald tribune press wire team television radio
    broadcaster club church state republic kingdom city county bloc coalition movement front command headquarters
    presidency chancellery kremlin pentagon secretariat assembly duma rada bundestag watchdog think-tank
    trust fund society observatory palace hall project initiative programme forum watch community regime
    """.split()
)
"""Nouns for a body that can speak."""

PARTICLES = frozenset(
    """
    de del della der den di da do dos du el la le van von bin ibn al ter ten zu y e af av
    """.split()
)
"""Lower-case words inside a name."""

DETERMINERS = frozenset(
    """
    the a an this that these those his her its their our my your one another
    """.split()
)
"""Words before a noun that are no part of its name."""

NOT_NAMES = frozenset(
    """
    the a an this that these those he she it they we you i but and or if when while after before as in on at by for
    from with to of not no yes his her its their our my your there here what who why how where which monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september october
    november december according also still however meanwhile since until both all many most some one two three new
    last next earlier later related source read today tomorrow yesterday tonight asked instead then now so yet
    former did does do can could would should have had has are was were is
    """.split()
)
"""Words that begin sentences with a capital and are no names."""

HE_ROLES = frozenset(
    """
    mr sir lord spokesman chairman congressman statesman king prince sheikh pope
    """.split()
)
"""Titles and roles of men."""

SHE_ROLES = frozenset(
    """
    mrs ms miss dame lady spokeswoman chairwoman congresswoman queen princess
    """.split()
)
"""Titles and roles of women."""

HEADS = frozenset(
    """
    president premier chancellor chief head leader boss chairman director secretary general ceo
    """.split()
)
"""Roles of those who head something."""

KIN = frozenset(
    """
    mother father wife husband son daughter brother sister widow parents uncle aunt cousin girlfriend boyfriend
    """.split()
)
"""Relatives, who are not the one they are related to."""

WIDER_ROLES = {
    "lawmaker": frozenset(["senator", "representative", "congressman", "congresswoman", "rep", "sen"]),
    "legislator": frozenset(["senator", "representative", "congressman", "congresswoman", "lawmaker"]),
    "spokesperson": frozenset(["spokesman", "spokeswoman"]),
    "premier": frozenset(["prime", "premier"]),
    "ceo": frozenset(["executive", "ceo"]),
    "executive": frozenset(["ceo", "executive"]),
    "adviser": frozenset(["advisor"]),
    "advisor": frozenset(["adviser"]),
    "diplomat": frozenset(["ambassador", "envoy"]),
}
"""Roles with the narrower or equal ones that they also mean."""

QUESTIONERS = frozenset(["journalist", "reporter", "correspondent", "questioner"])
"""Those who ask what the others answer."""
_QUESTIONER = re.compile(rf"\b(?:{'|'.join(sorted(QUESTIONERS))})s?\b", re.IGNORECASE)

SURNAME_TITLES = frozenset("king bishop pope prince judge marshal major cardinal dean".split())
"""Titles that are also common surnames: "Gayle King"."""

NEWSPAPER_NOUNS = frozenset(["paper", "newspaper"])
NEWSPAPER_NAMES = frozenset(
    """
    times post tribune journal herald gazette chronicle telegraph guardian observer star sun mail examiner courier
    """.split()
)
"""Words in the names of newspapers, which "the paper" may mean."""


_END = re.compile(r"['’]s?$")
KEPT = 1 << 14
"""So many words are kept with what was made of them: a report asks for the same ones over and over."""


def names_a_questioner(words: str) -> bool:
    """Whether some words hold one of those who ask."""
    return _QUESTIONER.search(words) is not None


@lru_cache(maxsize=KEPT)
def bare(word: str) -> str:
    """The word without a possessive or a full stop at its end: "Oder" for "Oder’s", "Mr" for "Mr."."""
    return _END.sub("", word).rstrip(".")


def without_accents(word: str) -> str:
    """The word with its letters bare: "andres" for "andrés"."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@cache
def first_names() -> dict[str, str]:
    """Given names, case-folded and bare of accents, with their pronoun (made by training/first_names.py)."""
    table = files("onrecord.reading").joinpath("first_names.tsv").read_text(encoding="utf-8")
    return {without_accents(name): pronoun for name, pronoun in (line.split("\t") for line in table.splitlines())}
