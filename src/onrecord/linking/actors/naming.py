"""The words around a name: titles before it, initials within it, and the words that name nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from onrecord.linking.actors.spelling import LONGEST, folded

TITLES: Final = frozenset(
    """pm sec sens reps dhs gop hhs fbi cia nypd counterpart
    mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr father sister brother bishop archbishop
    cardinal imam rabbi sheikh ayatollah mullah president vice prime minister premier chancellor deputy acting interim
    former ex late then first foreign defence interior finance health justice energy economy trade culture education
    agriculture transport environment infrastructure secretary state treasury commerce attorney general gen lt
    lieutenant col colonel maj major capt captain cpl corporal sgt sergeant pvt private cmdr commander adm admiral
    rear brig brigadier marshal sen senator rep representative congressman congresswoman congressmember gov governor
    mayor council councilman councilwoman councilmember councillor alderman member assemblyman assemblywoman
    assemblymember lawmaker mp mep delegate judge justice magistrate prosecutor district county city sheriff chief
    police officer detective inspector trooper ambassador envoy special representative spokesman spokeswoman
    spokesperson press adviser advisor counsel counselor director chairman chairwoman chair chairperson ceo cfo coo
    founder co executive speaker leader majority minority whip senior head candidate nominee democratic republican
    tory labour conservative liberal us uk un eu nato russian ukrainian american british french german polish turkish
    chinese israeli iranian belarusian house senate white pentagon kremlin party analyst economist historian author
    writer columnist editor journalist reporter correspondent anchor host actor actress singer coach activist lawyer
    professor-emeritus pastor political scientist expert researcher host comedian director-general strategist""".split()
)
"""Words that stand before a name and are none."""

SUFFIXES: Final = frozenset("jr sr ii iii iv esq phd md mp mep".split())
# A body may be named by words that are titles before a person: these tell that it is a body.
BODY_WORDS: Final = frozenset(
    """administration agency alliance army assembly association authority bank board brigade bureau campaign cabinet
    caucus center centre chamber church club coalition college command commission committee company conference congress
    consortium corporation corp corps council court department directorate division embassy enforcement federation
    force forces foundation front fund government group guard house hospital inc institute institution journal
    laboratory league llc ltd magazine media ministry mission movement museum navy network news newspaper observatory
    office organisation organisations parliament partnership party police post press programme project radio regiment
    republicans research school senate service services society staff studio studios survey syndicate system team
    television times trust tribune union unit university watch democrats website""".split()
)
UNNAMED_MANY: Final = frozenset(
    """activists advisers advisors agents aides allies analysts articles associates attorneys authors authorities both
    campaigners colleagues commentators critics diplomats doctors documents economists editors emails everyone
    everybody executives experts eyewitnesses friends individuals insiders investigators journalists lawmakers lawyers
    leaders letters liberals locals many medics members militants ministers neighbors neighbours observers officials
    ones opponents others parents people pilots polls pollsters posts progressives prosecutors protesters readers
    rebels reporters representatives researchers residents scholars scientists senators some soldiers sources speakers
    spokesmen spokespeople spokespersons staffers students studies supporters teachers they troops users victims videos
    volunteers voters we witnesses women men workers writers historians evangelicals families fans scholars servicemen
    relatives survivors refugees civilians farmers nurses governors mayors americans russians ukrainians britons germans
    iranians israelis palestinians syrians europeans poles turks lawmakers veterans officers fighters separatists
    conservatives delegates participants passengers tourists travelers investors traders consumers tweets judges
    """.split()
)
UNNAMED_ONE: Final = frozenset(
    """activist adviser advisor agent aide ally analyst associate attorney author caller campaigner colleague
    commentator correspondent critic diplomat doctor economist editor executive expert eyewitness friend insider
    investigator journalist lawmaker lawyer man manager neighbor neighbour observer official opponent owner person
    prosecutor protester reporter representative researcher resident scholar scientist soldier source speaker spokesman
    spokesperson spokeswoman staffer student supporter teacher user victim voter witness woman worker writer historian
    father mother brother sister son daughter wife husband girlfriend boyfriend nurse uncle aunt cousin""".split()
)
# Nouns for bodies that, without a capital, are no part of a name: "a New York court".
_COMMON_BODIES: Final = frozenset(
    """newspaper newspapers court courts media company companies agency agencies channel channels website outlet outlets
    station hospital hospitals school schools bank banks magazine tabloid daily weekly portal blog""".split()
)
# Words that end names as well: "Washington Post", "Harvenia One".
_ALSO_NAMES: Final = frozenset("post media team press court president family telegram twitter one ones today".split())
_BEHIND: Final = frozenset("familiar of who with close briefed involved inside within at in for from speaking".split())
_PEOPLE: Final = UNNAMED_MANY | UNNAMED_ONE
_UNNAMED: Final = (
    UNNAMED_MANY
    | UNNAMED_ONE
    | frozenset(
        """anyone article complaint counsel document editorial family faq filing he her him his i indictment it judge
    lawsuit leader letter communique declaration treaty act bill amendment memorandum manifesto media member memo
    minister nobody official one paper police poll post president report she
    side sides someone somebody statement study survey team this video which who whoever you transcript website
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december today yesterday twitter instagram telegram youtube court law internet press god""".split()
    )
)
"""Words that, as the noun of a phrase, name nobody."""

# States of a federation and parts of the world: a place where somebody speaks, seldom one who does.
_PLACES: Final = frozenset(
    """alabama;alaska;arizona;arkansas;california;colorado;connecticut;delaware;florida;hawaii;idaho;illinois;indiana;iowa
    ;kansas;kentucky;louisiana;maine;maryland;massachusetts;michigan;minnesota;mississippi;missouri;montana;nebraska
    ;nevada;new hampshire;new jersey;new mexico;new york;north carolina;north dakota;ohio;oklahoma;oregon;pennsylvania
    ;rhode island;south carolina;south dakota;tennessee;texas;utah;vermont;virginia;west virginia;wisconsin;wyoming
    ;new york city;los angeles;chicago;san francisco;boston;seattle;houston;dallas;philadelphia;detroit;miami;atlanta
    ;baltimore;cleveland;denver;san diego;minneapolis;st louis;las vegas;portland;kharkiv;mariupol;kherson;odesa;lviv
    ;donetsk;luhansk;bakhmut;aleppo;idlib;eastern ghouta;homs;mosul;istanbul;europe
    ;asia;africa;middle east;eastern europe;donbas;crimea;gaza;east;north;south
    ;russian;ukrainian;american;british;french;german;republican;democrat;democratic;democracy;covid 19;covid;brexit
    ;christmas;easter""".replace("\n", "")
    .replace("    ", "")
    .split(";")
)
_TWO: Final = re.compile(r"[A-Z][\w.'’-]* [A-Z][\w.'’ -]{1,40} and [A-Z][\w.'’-]* [A-Z][\w.'’ -]{1,40}")
_EDGES: Final = " .,;:-–—\"'“”‘’"
# A verb that lost its space: "Stoltenbergaccusing". Only ones that no surname ends with.
_GLUED: Final = re.compile(
    r"([A-Z][\w'’-]{3,24})(?:accusing|accused|warned|warns|stressed|stressing|announced|claimed|replied|explained|added"
    r"|answered|continued|emphasized|declared)$"
)
_OFFICES: Final = frozenset(
    """president minister secretary leader head chief director chairman chairwoman chair governor mayor speaker
    spokesman spokeswoman spokesperson prosecutor commander commissioner ambassador king queen prince princess
    chancellor premier general member representative deputy adviser founder owner editor author""".split()
)
_WITHIN_OFFICE: Final = frozenset(
    """of the for and affairs army navy staff armed forces air internal human services security national homeland
    joint chiefs general veterans health labor labour urban development housing""".split()
)
_INITIAL: Final = re.compile(r"[a-z]")
_COUNTED: Final = re.compile(r"^(?:the )?\d{1,4}[- ](?:member|nation|country|strong|state|person)s?[- ]", re.IGNORECASE)
_BEFORE: Final = re.compile(r"^(?:the |a |an |our |its |their )", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]|,.{0,200}$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """A name taken apart: `title` and `name` in folded words, `written` as it stands without title and aside."""

    whole: str
    title: tuple[str, ...]
    name: str
    written: str

    @property
    def words(self) -> list[str]:
        return self.name.split(" ") if self.name else []


@lru_cache(maxsize=100_000)
def read(name: str) -> Reading:
    """A name without its title, its asides and the article before it.

    >>> read("Council Member Alondra Cano").name, read("Gen. John R. Allen").title
    ('alondra cano', ('gen',))
    >>> read("the Attorney General's Office of Orlamar").name
    'attorney general office of orlamar'
    """
    text = _COUNTED.sub("", " ".join(_ASIDE.sub("", name[:LONGEST]).split()) or name[:LONGEST])
    text = _GLUED.sub(r"\1", _BEFORE.sub("", text))
    whole = folded(text)
    words = text.split()
    titled = _after_office(words)
    if titled:
        written = " ".join(words[titled:])
        title = tuple(folded(" ".join(words[:titled])).split(" "))
        return Reading(whole, title, folded(written), written.strip(_EDGES))
    if BODY_WORDS.isdisjoint(whole.split(" ")[1:]):
        count = 0
        while count < len(words) - 1 and all(part in TITLES for part in folded(words[count]).split(" ")):
            count += 1
        if words and folded(words[count]) in {"of", "for", "and", "the", "to"}:
            count = 0
        title = tuple(part for word in words[:count] for part in folded(word).split(" ") if part)
        # "Justice", "Council" and the like may be all that there is: then they are the name.
        written = " ".join(words[count:])
        return Reading(whole, title, folded(written), written.strip(_EDGES))
    return Reading(whole, (), whole, text.strip(_EDGES))


def _after_office(words: list[str]) -> int:
    """Where the name begins behind an office with an "of" in it, "Secretary of State Ida Holm"; 0 where none does."""
    keys = [folded(word) for word in words]
    if "of" not in keys[1:4] and "for" not in keys[1:4]:
        return 0
    count = 0
    while count < len(keys) and (keys[count] in TITLES or (count and keys[count] in _WITHIN_OFFICE)):
        count += 1
    rest = keys[count:]
    fits = count > 2 and 1 < len(rest) < 5 and "of" not in rest and BODY_WORDS.isdisjoint(rest)
    return count if fits and all(word[:1].isupper() for word in words[count:]) else 0


@lru_cache(maxsize=100_000)
def plain(name: str) -> str:
    """A folded person's name without suffix and without initials within it.

    >>> plain("john f kirby"), plain("robert s mueller iii"), plain("j d vance")
    ('john kirby', 'robert mueller', 'j d vance')
    """
    words = name.split(" ")
    while len(words) > 2 and words[-1] in SUFFIXES:
        words.pop()
    inner = [word for word in words[1:-1] if not _INITIAL.fullmatch(word)]
    return " ".join((words[0], *inner, words[-1])) if len(words) > 2 and len(words[0]) > 1 else " ".join(words)


@lru_cache(maxsize=100_000)
def names_nobody(name: str) -> bool:
    """Whether a phrase is a description of somebody unnamed: "two people familiar with it", "a Pentagon spokesman"."""
    reading = read(name)
    words = reading.whole.split(" ")
    if not reading.whole or reading.whole.isdigit() or not any(one.isupper() for one in reading.written):
        # A name has a capital in it, unless its letters have no case at all.
        return not any(one.isalpha() and one.lower() == one.upper() for one in reading.written)
    if words[0] in _UNNAMED and len(words) == 1:
        return True
    if any(word in _BEHIND and before in _PEOPLE for before, word in pairwise(words)):
        return True
    if "of" in words[1:5] and words[words.index("of", 1) - 1] in _OFFICES and not reading.title:
        return True
    last = reading.written.rpartition(" ")[2]
    if last.islower() and words[-1] in _COMMON_BODIES:
        return True
    if words[-1] in _ALSO_NAMES:
        return False
    return words[-1] in _UNNAMED or reading.whole in _PLACES or _TWO.fullmatch(reading.written) is not None


def is_body(words: list[str]) -> bool:
    """Whether folded words name a body rather than a person."""
    return not BODY_WORDS.isdisjoint(words) or "of" in words or "for" in words or "and" in words
