"""The words that figures are written with: numerals, scales, fractions, units, bounds, and what only looks like one.

Everything is lower case. Nothing here knows a text.
"""

from __future__ import annotations

import re

from onrecord.domain.passages import Bound

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"  # noqa: E501
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
CARDINALS = {word: float(value) for value, word in enumerate(_ONES.split())}
TENS = {word: 20.0 + 10 * k for k, word in enumerate(_TENS.split())}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
    "dozen": 12.0,
    "mln": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "k": 1e3,
}
SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
"""Scales that are glued to digits; "m" may mean metres too."""
VAGUE = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "millions": 2e6,
    "billions": 2e9,
    "trillions": 2e12,
}
"""Plural scales: "hundreds" means two hundred at the least."""
GROUPS = {"pair": 2.0, "couple": 2.0, "trio": 3.0, "quartet": 4.0}
FRACTIONS = {
    "half": 2.0,
    "third": 3.0,
    "quarter": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "seventh": 7.0,
    "eighth": 8.0,
    "ninth": 9.0,
    "tenth": 10.0,
    "hundredth": 100.0,
}
FRACTIONS |= {word + "s": parts for word, parts in FRACTIONS.items() if word != "half"} | {"halves": 2.0}
MULTIPLES = {"twice": 2.0, "thrice": 3.0, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "tenfold": 10.0}
IN_EVERY = frozenset("two three four five six seven eight nine ten twenty hundred thousand 5 10 20 100 1,000".split())
"""What may stand after "one in …" and make it a share."""

SYMBOLS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₴": "uah", "₽": "rub", "₹": "inr", "₪": "ils", "₺": "try"}
DOLLARS = {"us": "usd", "a": "aud", "au": "aud", "c": "cad", "ca": "cad", "nz": "nzd", "hk": "hkd", "s": "sgd"}
"""Letters that stand glued before a dollar sign."""
CODES = frozenset("usd eur gbp jpy uah rub inr ils try pln byn cny chf aud cad".split())


def _forms(words: dict[str, str]) -> dict[str, str]:
    return {form: unit for forms, unit in words.items() for form in forms.split()}


CURRENCIES = _forms(
    {
        "dollar dollars": "usd",
        "euro euros": "eur",
        "yen": "jpy",
        "yuan renminbi": "cny",
        "ruble rubles rouble roubles": "rub",
        "hryvnia hryvnias hryvnya": "uah",
        "zloty zlotys": "pln",
        "rupee rupees": "inr",
        "shekel shekels": "ils",
        "lira liras": "try",
        "franc francs": "chf",
        "sterling": "gbp",
        "cent cents": "usd cent",
    }
)
MEASURES = _forms(
    {
        "% percent pct": "%",
        "km kms kilometre kilometres kilometer kilometers": "km",
        "m metre metres meter meters": "m",
        "cm centimetre centimetres centimeter centimeters": "cm",
        "mile miles": "mile",
        "foot feet ft": "foot",
        "inch inches": "inch",
        "yard yards": "yard",
        "kg kilo kilos kilogram kilograms kilogramme kilogrammes": "kg",
        "gram grams": "g",
        "tonne tonnes": "tonne",
        "ton tons": "ton",
        "kiloton kilotons": "kiloton",
        "ounce ounces": "ounce",
        "litre litres liter liters": "litre",
        "gallon gallons": "gallon",
        "barrel barrels": "barrel",
        "acre acres": "acre",
        "hectare hectares": "hectare",
        "watt watts": "w",
        "kw kilowatt kilowatts": "kw",
        "mw megawatt megawatts": "mw",
        "gw gigawatt gigawatts": "gw",
        "kph": "km/h",
        "mph": "mph",
        "degree degrees °": "degree",
        "times": "times",
    }
)
RATES = frozenset("day week month year hour minute second night annum person head capita barrel litre gallon".split())
"""What a figure may be given for: "a day", "per head"."""

TIME_UNITS = frozenset(
    "second seconds minute minutes hour hours day days night nights week weeks weekend weekends month months year "
    "years decade decades century centuries fortnight millennia hr hrs min mins yr yrs".split()
)
TIME_ADJECTIVES = frozenset(
    "more long full prior past further additional consecutive straight whole entire successive previous last "
    "other short calendar business working light fiscal".split()
)
CLOCK = frozenset("am pm a.m p.m o'clock o’clock gmt utc est edt cet".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

NAMES = frozenset(
    "article articles section sections chapter page pages flight route resolution resolutions number no nos phase "
    "tier part title channel room gate boeing airbus covid formula paragraph clause amendment apollo version rule "
    "highway interstate proposition directive protocol step stage category grade psalm verse volume unscr league "
    "round age aged ages top area zone zones sector building apartment bus tram platform day war stream file case "
    "id order model year month week".split()
)
"""Words before a number that is part of a name, a label or an age."""
DAY_OR_ORDER = frozenset(
    "area zone zones sector building bus case war order round stage step file model day year month week".split()
)
"""Those of them that are ordinary words as well: only with a capital or without a noun behind the number."""

OCCASIONS = frozenset("anniversary birthday".split())
"""What a cardinal before them is a slip of an ordinal for ("the eighty anniversary")."""
DIRECTIONS = frozenset(
    "long wide high deep tall thick away apart off north south east west northeast northwest southeast southwest "
    "inside outside up down upstream downstream inland offshore further farther more less higher lower square".split()
)
"""What a measure is followed by without measuring it."""
SOFT_PLURALS = frozenset(
    "military police personnel media data crew staff artillery infantry cavalry aircraft militia ammunition".split()
)
"""Words that are counted alone, and describe the noun where one follows ("family members of military staff")."""

PEOPLE = frozenset(
    "person people man woman men women child children boy girl boys girls baby infant teenager mother father male "
    "female civilian soldier serviceman servicewoman fighter officer policeman guard pilot driver worker medic "
    "doctor nurse journalist militant rebel terrorist insurgent prisoner hostage victim resident protester "
    "demonstrator student employee passenger crewman sailor marine volunteer refugee death injury fatality "
    "casualty dead tank vehicle plane helicopter aircraft jet drone missile rocket shell bomb gun ship boat train "
    "bus truck round violation explosion member seat vote attack strike suspect bystander schoolchild lawmaker "
    "senator firefighter paramedic body".split()
)
"""What "one" counts when no bound stands before it."""
COMPOUND_NOUNS = frozenset(
    "member man men person people strong seat nation country member-state vehicle tank gun".split()
)
"""What a number may be hyphened to and still count it: "a 30-member council"."""
CASUALTIES = frozenset("casualties deaths injuries fatalities victims losses casualty dead wounded survivors".split())
AFFECTED = frozenset(
    "killed wounded injured dead missing hurt detained arrested captured displaced evacuated hospitalised "
    "hospitalized slain martyred abducted kidnapped rescued infected executed".split()
)
"""What happened to those counted; stands for them where no noun does ("20 wounded")."""
HAPPENED = frozenset("killed hurt injured wounded harmed died dead arrested detained".split())

PLURALS = frozenset(
    "people men women children troops personnel police military militia dead wounded injured missing cattle sheep "
    "fish aircraft staff media data crew artillery infantry cavalry ammunition feet teeth mice geese oxen "
    "criteria phenomena policemen servicemen crewmen gunmen schoolchildren persons others lives wives".split()
)
NOT_PLURAL = frozenset(
    "us various previous serious this its his as is was has does economics politics always perhaps sometimes less "
    "across towards besides business sanctions-related overseas afterwards gas bus virus press loss chaos crisis "
    "analysis basis access success process congress status campus religious dangerous famous precious countless "
    "homeless jobless whereas thus plus versus unless hers ours theirs yours says ceaseless".split()
)

BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = tuple(
    (bound, re.compile(rf"(?<![\w-])(?:{pattern})[\s\"“”‘«(]*\Z", re.IGNORECASE))
    for bound, pattern in (
        (Bound.AT_LEAST, r"(?:at\s+(?:the\s+)?(?:very\s+)?)?least(?:\s+some)?|at\s+less|(?:no|not)\s+(?:fewer|less|under)\s+than|(?:a\s+)?minimum\s+(?:of)?"),  # noqa: E501
        (Bound.AT_MOST, r"(?:no|not)\s+(?:more|greater|higher|larger|over)\s+than|not\s+exceed(?:ing)?|up\s+to|at\s+(?:the\s+)?(?:very\s+)?most|as\s+(?:many|much|high|far|long|large)\s+as|(?:a\s+)?maximum\s+(?:of)?"),  # noqa: E501
        (Bound.MORE_THAN, r"(?:(?:well|far|slightly|much|way|just|a\s+little)\s+)?(?:(?:more|greater|higher|larger|longer|bigger|stronger)\s+th[ae]n|over|above|exceed(?:s|ed|ing)?|in\s+excess\s+of|upwards?\s+of|north\s+of|surpass(?:es|ed|ing)?|topped)"),  # noqa: E501
        (Bound.LESS_THAN, r"(?:(?:well|far|slightly|much|just|a\s+little)\s+)?(?:(?:less|fewer|lower|smaller|shorter)\s+th[ae]n|under|below|shy\s+of)"),  # noqa: E501
        (Bound.ABOUT, r"about|around|some|roughly|approximately|approx\.?|circa|c\.|ca\.|nearly|almost|close\s+to|near(?:er)?(?:\s+to)?|(?:an\s+)?estimated|in\s+the\s+(?:region|order)\s+of|on\s+the\s+order\s+of|more\s+or\s+less|something\s+like|virtually|an\s+approximate|~|≈"),  # noqa: E501
    )
)  # fmt: skip
AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = tuple(
    (bound, re.compile(rf"\s*(?:{pattern})(?!\w)", re.IGNORECASE))
    for bound, pattern in (
        (Bound.AT_LEAST, r"\+|-?plus|,?\s+or\s+more|,?\s+if\s+not\s+more|,?\s+at\s+(?:the\s+(?:very\s+)?)?least"),
        (Bound.AT_MOST, r",?\s+or\s+(?:less|fewer)|,?\s+at\s+(?:the\s+(?:very\s+)?)?most"),
        (Bound.ABOUT, r"\s+or\s+so|-odd|,?\s+or\s+thereabouts|,?\s+more\s+or\s+less|,?\s+give\s+or\s+take"),
    )
)  # fmt: skip

CHANGES = re.compile(
    r"\b(?:rais|ris|rose|increas|grew|grow|fell|fall|drop|cut|declin|reduc|climb|jump|revis|went|go|soar|surg|shr[aiu]n"
    r"|slid|plung|expand|mov|chang|up|down|lower|slash|doubl|correct)\w{0,6}\b[^.;!?]{0,60}\Z",
    re.IGNORECASE,
)
"""A change stands before "from A to B", which are two figures then and no range."""
VOTES = re.compile(r"\b(?:vot\w{1,4}|ballot|score|scored|beat|won|win|lost|defeat\w{0,4}|passed)\b", re.IGNORECASE)
TOLL = re.compile(
    r"\b(?:(?:death|casualty|injury)[\s-]+tolls?|tolls?|head\s?count|tally|(?:total|overall)\s+(?:number|strength|figure)|number|total|figure|count|strength)\b"
    r"(?:\s+of\s+(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+){0,2}))?"
    r"(?=[^.;!?]{0,60}\b(?:at|to|of|was|is|were|reach\w{0,3}|stood|stands|hit|now|be|been|did|does|exceed\w{0,3}|pass\w{0,3}|near\w{0,3})\s*[\"“]?\s*\Z)",
    re.IGNORECASE,
)
"""A noun before a bare number that says what the number is."""
NUMERAL = re.compile(
    r"\d|\b(?:zero|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)"
    r"teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|[mbt]r?illions?|lakh|crore|dozens?|scores"
    r"|half|(?:third|quarter|fifth|tenth|halve)s?|twice|thrice|\w+fold|couple|pair|trio|quartet|nobody|none|no)\b",
    re.IGNORECASE,
)
"""Whether there can be a figure at all: the cheap question that is asked first."""

STOPS = frozenset(
    "a an the this that these those some any each every no all both either neither my your his her its our their "
    "who whom whose which what when where while why how if whether because since until till although though as "
    "than then so but and or nor yet not only just also even still already now today yesterday tomorrow tonight "
    "ago later earlier soon once in on at by for with from to of into onto off out over under above below between "
    "among amid against across along around about after before behind beyond near inside outside within without "
    "through throughout during per via despite toward towards upon up down like except including versus worth i "
    "you he she it we they me him them us there here is are was were be been being am has have had having do does "
    "did will would shall should can could may might must cannot said says say told tells went go goes gone came "
    "come comes took take takes taken made make makes left leave leaves got get gets became become remain remains "
    "remained lived live living died die dies dying fell fall fallen rose rise risen began begin begun started "
    "start starts ended end hit hits struck strike broke broken lost lose won win won’t gave give given held hold "
    "fled flee flown flew fly sent send brought bring led lead leads found find met meet put set cut let kept "
    "keep stood stand stands saw see seen shot want wants wanted need needs needed seem seems appear appears "
    "continue continues work works happen happens arrive arrives voted vote agree agrees agreed attend attends "
    "use uses used show shows according next last much many most mostly more less fewer alone together apart away "
    "back home abroad too very again ever never always often sometimes perhaps maybe instead however therefore "
    "respectively approximately currently daily weekly monthly yearly annually followed compared due nearly "
    "almost roughly aren't weren't wasn't isn't don't didn't were’nt".split()
)
"""Words that no counted phrase goes beyond."""
SKIPPED = frozenset("strong more other others additional further extra such same so-called said".split())
"""Words between a number and what it counts that are no part of either."""
DETERMINERS = frozenset("the a an this that these those its his her their our my your all some any both".split())

PLACE_WORDS = frozenset(
    "city town village region regions area areas neighbourhood neighbourhoods neighborhood neighborhoods district "
    "districts border borders front frontline hospital hospitals province provinces country countries camp camps "
    "station stations square street streets coast airport airfield base bases school schools suburb suburbs "
    "outskirts capital line zone zones river valley bank shore depot quarry building buildings market territory "
    "territories county counties state states side parts east west north south northeast northwest southeast "
    "southwest countryside island plateau port ports bridge road highway facility facilities plant mosque church "
    "university embassy headquarters enclave crossing junction quarter surroundings direction world plaza prison "
    "mountains sea gulf continent".split()
)
PLACE_BEFORE = frozenset("in at near on along across around inside outside throughout within".split())
COMPASS = frozenset("north south east west northeast northwest southeast southwest outside".split())
