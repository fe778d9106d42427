"""The words that make a difference of wording one of substance, and those without content. English, lower case."""

from __future__ import annotations

import re
from typing import Final

FUNCTION: Final = frozenset(
    """
    a an the this that these those there here it its he him his she her hers they them their theirs we us our ours you
    your yours i me my mine who whom whose which what one ones oneself himself herself itself themselves ourselves
    of in on at by for to from with into onto upon over under within about above below between among against toward
    towards through during before after since until as than per via off out up down along across around near
    and or but nor so yet both either also too then thus just only even still again already now very much more most
    such same other another some any each every all own
    is are was were be been being am has have had having do does did doing done
    will would shall should can could may might must ought need 'd let
    not no if unless whether because while when where how why though although however
    say says said
    """.split()
)
"""Words that tell nothing alone. Those that change what is claimed (not, if, may) are looked at apart."""

PRONOUNS: Final = frozenset("he him his she her hers they them their theirs we us our ours i me my mine it its".split())
AUXILIARIES: Final = frozenset(
    "is are was were has have had do does did will would shall should can could may might must not never".split()
)
THIRD_PERSONS: Final = frozenset("he she they it him them his her their its".split())

STRONG_NEGATIONS: Final = frozenset("not no never none nobody nothing neither nor nowhere without cannot".split())
DENYING: Final = frozenset(
    """
    deny denies denied denying refuse refuses refused refusing fail fails failed failing reject rejects rejected
    avoid avoids avoided prevent prevents prevented false untrue
    """.split()
)
"""With one of them a "not" says that something is so."""
NEGATING_BEFORE_TO: Final = frozenset(
    "fail fails failed failing refuse refuses refused refusing unable unwilling decline declines declined".split()
)
"""They negate what follows their "to": "failed to plug the leak"."""
WEAK_NEGATIONS: Final = frozenset(
    """
    deny denies denied denying denial refuse refuses refused refusing fail fails failed failing lack lacks lacked
    lacking absence absent unable impossible false untrue reject rejects rejected ignore ignores ignored hardly barely
    scarcely little few seldom rarely unaware unknown unlikely avoid avoided
    """.split()
)
"""Words that can stand for a negation: with one of them on the other side, a "not" has not been lost."""

NO_NEGATED_UN: Final = frozenset(
    """
    under until unto united unite uniting union unions unit units unless unified unity universal universe university
    unanimous unanimously understand understood undertake undertaken underway undermine
    """.split()
)
"""Words that begin with "un" and deny nothing."""

CONDITIONS: Final = frozenset("if unless provided providing lest".split())
INVERTED: Final = frozenset("should were had".split())
"""They set a condition where they begin a sentence that asks nothing: "Should they cross, we …"."""
CONDITION_PHRASES: Final = (
    ("as", "long", "as"),
    ("so", "long", "as"),
    ("in", "case"),
    ("in", "the", "event"),
    ("on", "condition"),
    ("on", "the", "condition"),
    ("assuming", "that"),
    ("in", "exchange", "for"),
    ("subject", "to"),
)
ASKING: Final = frozenset("whether ask asks asked wonder wonders wondered know knows knew sure see doubt".split())
"""Before or instead of an "if" that asks and sets no condition."""

MODALS: Final = {
    "may": "may",
    "might": "may",
    "perhaps": "may",
    "maybe": "may",
    "possibly": "may",
    "possible": "may",
    "can": "can",
    "could": "could",
    "will": "will",
    "would": "would",
    "shall": "will",
    "must": "must",
    "should": "should",
    "ought": "should",
    "allegedly": "allegedly",
    "alleged": "allegedly",
    "reportedly": "allegedly",
    "purportedly": "allegedly",
    "supposedly": "allegedly",
    "apparently": "apparently",
    "seemingly": "apparently",
    "seem": "apparently",
    "seems": "apparently",
    "seemed": "apparently",
    "appears": "apparently",
    "appeared": "apparently",
    "probably": "probably",
    "likely": "probably",
    "presumably": "probably",
}
MODAL_PHRASES: Final = {
    ("have", "to"): "must",
    ("has", "to"): "must",
    ("had", "to"): "must",
    ("need", "to"): "must",
    ("needs", "to"): "must",
    ("needed", "to"): "must",
    ("obliged", "to"): "must",
    ("going", "to"): "will",
    ("able", "to"): "can",
}
SHIFTED: Final = {"would": "will", "could": "can", "might": "may", "had": "must"}
"""What a modal becomes when words are put into reported speech: no change of what was said."""

BOUNDS: Final = (
    (("at", "least"), "at least"),
    (("no", "fewer", "than"), "at least"),
    (("no", "less", "than"), "at least"),
    (("not", "less", "than"), "at least"),
    (("a", "minimum", "of"), "at least"),
    (("or", "more"), "at least"),
    (("no", "more", "than"), "at most"),
    (("not", "more", "than"), "at most"),
    (("at", "most"), "at most"),
    (("up", "to"), "at most"),
    (("as", "many", "as"), "at most"),
    (("a", "maximum", "of"), "at most"),
    (("or", "less"), "at most"),
    (("or", "fewer"), "at most"),
    (("within",), "within"),
    (("more", "than"), "more than"),
    (("greater", "than"), "more than"),
    (("upwards", "of"), "more than"),
    (("over",), "more than"),
    (("above",), "more than"),
    (("exceeding",), "more than"),
    (("exceeds",), "more than"),
    (("less", "than"), "less than"),
    (("fewer", "than"), "less than"),
    (("under",), "less than"),
    (("below",), "less than"),
    (("about",), "about"),
    (("around",), "about"),
    (("some",), "about"),
    (("roughly",), "about"),
    (("approximately",), "about"),
    (("circa",), "about"),
    (("nearly",), "about"),
    (("almost",), "about"),
    (("close", "to"), "about"),
    (("estimated",), "about"),
    (("or", "so"), "about"),
)
"""Words beside a number and how they bound it, the longer ones first where one holds another."""

VAGUE_NUMBERS: Final = {
    "dozens": 24.0,
    "hundreds": 200.0,
    "thousands": 2000.0,
    "millions": 2e6,
    "billions": 2e9,
    "scores": 40.0,
}
NUMBER_WORDS: Final = {
    word: value
    for value, word in enumerate(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen
        """.split()
    )
} | {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
MULTIPLIERS: Final = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}

STATES: Final = frozenset(
    """
    afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium
    bolivia bosnia brazil bulgaria burma cambodia cameroon canada chad chile china colombia congo croatia cuba cyprus
    denmark ecuador egypt eritrea estonia ethiopia finland france georgia germany ghana greece guatemala guinea haiti
    honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea
    kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya lithuania luxembourg macedonia malaysia mali malta mexico
    moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway oman
    pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda scotland senegal
    serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand
    tunisia turkey turkmenistan uganda uk ukraine uruguay usa uzbekistan venezuela vietnam yemen zambia zimbabwe
    nato eu un hamas hezbollah taliban pentagon europe
    """.split()
)
"""Names that are known where a sentence begins with them."""

NATIONS: Final = {
    "moscow": "russia",
    "kremlin": "russia",
    "russian": "russia",
    "russians": "russia",
    "kyiv": "ukraine",
    "kiev": "ukraine",
    "ukrainian": "ukraine",
    "ukrainians": "ukraine",
    "beijing": "china",
    "chinese": "china",
    "washington": "usa",
    "american": "usa",
    "americans": "usa",
    "america": "usa",
    "london": "uk",
    "britain": "uk",
    "british": "uk",
    "paris": "france",
    "french": "france",
    "berlin": "germany",
    "german": "germany",
    "germans": "germany",
    "ankara": "turkey",
    "turkish": "turkey",
    "turkiye": "turkey",
    "tehran": "iran",
    "jerusalem": "israel",
    "israeli": "israel",
    "israelis": "israel",
    "pyongyang": "north korea",
    "seoul": "south korea",
    "tokyo": "japan",
    "delhi": "india",
    "minsk": "belarus",
    "warsaw": "poland",
    "polish": "poland",
    "damascus": "syria",
}
"""Demonyms and seats that do not begin like the state they mean."""

NO_ACTORS: Final = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday mr mrs ms dr sir lord lady president minister prime secretary general god english
    """.split()
)
"""Words with a capital that name nobody."""

SPELLINGS: Final = {
    "programme": "program",
    "programmes": "programs",
    "grey": "gray",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "manoeuvre": "maneuver",
    "manoeuvres": "maneuvers",
    "towards": "toward",
    "afterwards": "afterward",
    "whilst": "while",
    "amongst": "among",
    "amid": "amidst",
    "judgement": "judgment",
    "judgements": "judgments",
    "ageing": "aging",
    "learnt": "learned",
    "spelt": "spelled",
    "burnt": "burned",
    "aluminium": "aluminum",
    "plough": "plow",
    "artefact": "artifact",
    "cosy": "cozy",
    "kilometre": "km",
    "kilometres": "km",
    "kilometer": "km",
    "kilometers": "km",
    "kms": "km",
    "percent": "%",
    "pct": "%",
    "kiev": "kyiv",
    "saint": "st",
    "honor": "honour",
    "honors": "honours",
    "honored": "honoured",
}
SPELLING_RULES: Final = (
    (re.compile(r"is(ation|ations|e|es|ed|er|ers|ing)\Z"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|ing)\Z"), r"yz\1"),
    (re.compile(r"(?<=\w\w)([bdglmnpv]|\w[bdglmnpv])our(s|ed|ing|able|ite|ites|hood|ly|er|ers)?\Z"), r"\1or\2"),
    (re.compile(r"(cent|theat|met|lit|fib|calib|sab|spect|lust)re(s|d)?\Z"), r"\1er\2"),
    (re.compile(r"(def|off|lic|pret)ence(s|d|less)?\Z"), r"\1ense\2"),
    (re.compile(r"(catal|dial|anal|epil)ogue(s)?\Z"), r"\1og\2"),
    (re.compile(r"(?<=\w\w\w[aeiou])ll(ed|ing|er|ers)\Z"), r"l\1"),
)
"""British endings into American ones, for words of six letters and more; what comes out is compared and never shown."""
