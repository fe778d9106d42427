"""Nations as news words them: which adjective, seat or short form goes with which country. Facts, no judgements."""

from __future__ import annotations

from functools import cache

_FORMS = """
afghanistan afghan
albania albanian
algeria algerian
argentina argentine argentinian
armenia armenian
australia australian
austria austrian
azerbaijan azerbaijani azeri
bangladesh bangladeshi
belarus belarusian belarussian
belgium belgian
bolivia bolivian
bosnia bosnian
brazil brazilian
britain british uk u.k
bulgaria bulgarian
cambodia cambodian
canada canadian
chile chilean
china chinese
colombia colombian
croatia croatian
cuba cuban
cyprus cypriot
czechia czech
denmark danish
ecuador ecuadorian
egypt egyptian
estonia estonian
ethiopia ethiopian
finland finnish
france french
georgia georgian
germany german
ghana ghanaian
greece greek
hungary hungarian
iceland icelandic
india indian
indonesia indonesian
iran iranian
iraq iraqi
ireland irish
israel israeli
italy italian
japan japanese
jordan jordanian
kazakhstan kazakh
kenya kenyan
korea korean
kosovo kosovar
kuwait kuwaiti
latvia latvian
lebanon lebanese
libya libyan
lithuania lithuanian
luxembourg
malaysia malaysian
mali malian
mexico mexican
moldova moldovan
mongolia mongolian
montenegro montenegrin
morocco moroccan
myanmar burmese
nepal nepalese
netherlands dutch
nicaragua nicaraguan
nigeria nigerian
norway norwegian
pakistan pakistani
palestine palestinian
peru peruvian
philippines philippine filipino
poland polish
portugal portuguese
qatar qatari
romania romanian
russia russian
rwanda rwandan
saudi saudis
scotland scottish
senegal senegalese
serbia serbian
singapore singaporean
slovakia slovak
slovenia slovenian
somalia somali
spain spanish
sudan sudanese
sweden swedish
switzerland swiss
syria syrian
taiwan taiwanese
tajikistan tajik
thailand thai
tunisia tunisian
turkey turkish türkiye
turkmenistan turkmen
uganda ugandan
ukraine ukrainian
us u.s usa american america
uzbekistan uzbek
venezuela venezuelan
vietnam vietnamese
wales welsh
yemen yemeni
zimbabwe zimbabwean
"""


@cache
def nations() -> dict[str, str]:
    """Every form, lower-cased, with the country's name."""
    rows = [line.split() for line in _FORMS.split("\n") if line]
    return {form: row[0] for row in rows for form in row}


COMPASS = frozenset("north south east west new united northern southern eastern western central".split())
"""First words of places, which are nobody's first name: "South Carolina", "New Delhi"."""
