"""The words by which a report says where its content comes from.

Each pattern is searched once over the whole text; every repetition in it is bounded.
"""

from __future__ import annotations

import re
from typing import Final

# A full stop belongs to a word inside it and behind one or two letters ("U.S.", "St."), never at a sentence's end.
_CAPITAL: Final = r"[A-Z0-9À-Þ](?:[\w&’'\-]|\.(?=\w)){0,30}(?:(?<=\b\w)\.|(?<=\b\w\w)\.)?"
_GAP: Final = r"[^\S\n]"
NAME: Final = rf"(?:[Tt]he\s|THE\s)?{_CAPITAL}(?:{_GAP}(?:of\s|the\s|and\s|&\s)?{_CAPITAL}){{0,6}}"
_MEDIUM: Final = (
    r"newspaper|magazine|channel|chain|portal|broadcaster|agency|website|outlet|station|tabloid|newswire|wire|"
    r"network|weekly|daily|broadsheet"
)
_SORT: Final = (
    r"(?:(?:the|a|an|its|[A-Z]\w{2,20}['’]s)\s)?"
    r"(?:(?:[A-Z]\w{2,15}(?:an|ian|ish|ese|ch)(?=\s[a-z])|state|state-run|state-owned|local|national|public|private|independent|"
    r"online|regional|news|site|television|radio|TV|programme|program|podcast|host|hosts|conservative|liberal|business|"
    rf"(?P<medium>{_MEDIUM}))\s){{0,4}}"
)
_NO_DAY: Final = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March\b|April|June|July|August|"
    r"(?:Sept|Nov|Dec)ember|October)"
)
IS_MEDIUM: Final = re.compile(
    rf"\s(?:{_MEDIUM}|newspapers?|blog)\b|,\s(?:an?|the)\s(?:[\w-]{{1,20}}\s){{0,4}}(?:{_MEDIUM}|newspaper|radio|television|blog)\b"
)
"""What stands behind a name and says that it is an outlet's: "The Paper, a Shanghai-based news website"."""

TOLD: Final = re.compile(
    rf"\b(?:told|tells|telling|spoke\s(?:to|with)|[Ss]peaking\s(?:to|with|on)|(?:reporters?|correspondents?|journalists?|anchor|host)\s(?:with|from|of|for)|"
    rf"interview(?:ed|s)?\s(?:\w{{1,12}}\s){{0,2}}?(?:with|by|to|on|for)|appear(?:s|ed|ing|ance)?\son|"
    rf"(?:said|say|says|saying|noted|asked|argued|added|claimed|suggested|declared|insisted|repeated|explained|announced|"
    rf"revealed|warned|predicted|tells|acknowledged|admitted|confirmed|segment|commentator|contributor)\s"
    rf"(?:[\w.]{{1,12}}\s){{0,3}}?on|statement\s(?:\w{{1,10}}\s)?to|e-?mail(?:ed)?\sto|comments?\sto|confirmed\sto)\s"
    rf"{_SORT}{_NO_DAY}(?P<name>{NAME})"
)
"""Somebody spoke to an outlet."""

CITED: Final = re.compile(
    rf"(?:\b(?:[Aa]ccording\sto|(?:informed|informs)(?:\sby)?|[Cc]iting|cited\sby|cites|quoted\sby|[Qq]uoting|via|per|from|"
    rf"reported\s(?:\w{{1,10}}\s){{0,2}}?(?:by|in|on)|"
    rf"(?:first|originally|previously|initially)\s(?:reported|published|revealed)\s(?:by|in|on)|"
    rf"(?:revealed|published|obtained|broadcast|aired|seen|reviewed|released|posted|shared|captured|recorded|conducted|"
    rf"detailed|described|confirmed|compiled)\s(?:\w{{1,10}}\s){{0,2}}?(?:by|in|on)|"
    rf"(?:report|reports|reporting|article|story|investigation|op-ed|column|essay|op-eds|interview|analysis|research|editorial|"
    rf"footage|video|audio|clip|tape|transcript|documents|e-?mails|scoop|profile|piece)\s"
    rf"(?:published\s|posted\s|aired\s)?(?:\w{{1,10}}\s)?(?:by|in|from|of|for|on)|wrote\s(?:\w{{1,10}}\s){{0,4}}?(?:in|for))|"
    rf"\b[Hh]/[Tt]:?)\s(?:a\s(?:\w{{1,12}}\s)?report\s(?:by|in|from)\s)?{_SORT}{_NO_DAY}(?P<name>{NAME})"
)
"""An outlet's words are told on."""

REPORTED: Final = re.compile(
    r",?\s(?:has\s|had\s|have\s)?(?:first\s|also\s|later\s|previously\s|already\s|exclusively\s|separately\s|earlier\s)?"
    r"(?P<verb>reported|reports|revealed|reveals|wrote|writes|published|obtained|broadcast|aired|learned|quoted|quotes|"
    r"cited|citing|had\sit|was\s(?:the\s)?first\sto|were\s(?:the\s)?first\sto|"
    r"said\s(?:\w{1,10}\s){0,2}in\s(?:a|an)\s(?:report|article|editorial)|report\b|investigation|reporting\b|interview|"
    r"is\sreporting|analysis|confirmed|op-?/?ed|column|editorial|article|story|broke\s|town\shall|scoop|documentary|exclusive)"
)
"""What an outlet does when a report passes on what it found; its name stands before it."""

BEFORE: Final = re.compile(rf"{NAME}(?:['’]s?)?$")

SOMEBODY_REPORTED: Final = re.compile(
    r"(?P<name>(?:\b[A-Z][a-z]{2,18}|\b(?:state|local|official|foreign|other|several|social))\s"
    r"(?:state\s)?(?:television|tv|radio|media|newspapers?|news\sagenc(?:y|ies)|outlets?|press))\s"
    r"(?:\w{1,10}\s)?(?:(?:has|had|have|also|first)\s)?(?:reported|reports|said|says|broadcast|showed|announced|assured|claimed|"
    r"citing|quoted)",
)
FROM_SOMEBODY: Final = re.compile(
    r"\b(?:[Aa]ccording\sto|reported\sby|reports\s(?:by|in|from)|citing|quoted\sby|told)\s"
    r"(?P<name>(?:[A-Z]?[a-z]{2,18}\s)?(?:state\s)?(?:television|tv|radio|media(?:\sreports?)?|newspapers?|news\sagencies|"
    r"news\soutlets?))\b"
)

DATELINE: Final = re.compile(
    r"\((?P<name>[A-Z][\w&.’' ]{1,40})\)\s?[-–—]{1,2}\s|"
    r"^(?:[A-ZÀ-Þ][^()\n]{0,80})?\((?P<bare>[A-Z][\w&.’' ]{1,40})\)\s(?=[A-Z“\"‘])",
    re.MULTILINE,
)
PARENTHESIS: Final = re.compile(
    r"\((?P<names>[A-Z][\w&.’'\- ]{1,40}(?:(?:,\s|\sand\s|\s-\s)[A-Za-z][\w&.’' ]{1,40}){0,3})\)"
)
ADDRESS: Final = re.compile(
    r"/(?:wires/)?(?P<folder>ap|aponline|reuters|afp|pa|upi|dpa|tass)/|/\d{2}(?P<slug>reuters|ap)-|/(?P<story>wireStory)/"
)
"""An address under which newspapers print wires."""

PICTURE: Final = re.compile(
    r"photo|getty|image|picture[sd]?\b|caption|file\)|footage|illustration|video", re.IGNORECASE
)

REPORTING_BY: Final = re.compile(r"\(?Reporting\s(?:and\swriting\s)?by\s[A-Z][^\n()]{1,240}?[Ee]diting\sby")
CREDITS: Final = re.compile(
    rf"(?:\b(?:[Ww]ith\s(?:files|reporting|reports?|inputs?|material|information|agency\sinputs)\sfrom|[Ii]nformation\sfrom|[Mm]aterial\sfrom|\([Cc]\)|C[Oo][Nn][Tt][Rr][Ii][Bb][Uu][Tt][Ii][Nn][Gg]:|"
    rf"[Aa]dditional\sreporting\sby|[Cc]opyright\s(?:©\s?)?(?:\d{{4}}\s)?(?:by\s)?|[Ss]ource:|[Vv]ia:|"
    rf"(?:[Tt]his\s(?:story|report|article)|[Ii]t)\s(?:was\s(?:\w{{1,12}}\s){{0,3}}by|(?:first\s|originally\s)?appeared\s(?:on|in)|"
    rf"comes\sfrom))\s?(?P<credited>{NAME}(?:[,;]\s{NAME}){{0,4}})"
    rf"|©\s?(?:\d{{4}}\s)?(?P<owned>{NAME})|/(?P<slashed>[A-Z]{{2,10}}(?:\s[A-Z]{{2,10}})?)/\."
    rf"|^[—–-]{{1,2}}\s?(?P<dashed>{NAME})\s*$|^(?:By|BY)\s(?P<signed>[A-Z][^\n]{{1,120}})$"
    rf"|^(?P<alone>{NAME}(?:,\s{NAME})?)\s*$"
    rf"|^(?P<slug>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})\s\|\s(?:Updated|Published)"
    rf"|^(?P<last>[A-Z]{{2,5}}(?:\s[-–/]\s[A-Z]{{2,5}}){{1,3}})\s*$)",
    re.MULTILINE,
)
"""Credit lines; they stand at the head or the foot of a text."""

CONTRIBUTED: Final = re.compile(
    r"\scontributed\s(?:\w{1,12}\s)?to\s(?:this|the)\s(?:\w{1,12}\s)?(?:report|story|article|piece|dispatch)|"
    r"\scontributed(?:\s(?:from|reporting)|\.)"
)
CONTRIBUTOR: Final = re.compile(
    rf"(?P<name>{NAME})(?:['’]s?)?(?=,|\s(?:writers?|reporters?|journalists?|videojournalists?|correspondents?|also|and)\b|\s*$)"
)
"""The outlet of those who contributed, in the sentence before that word."""

AGENCIES: Final = re.compile(
    r"\b(?:news\s|press\s|wire\s)?(?:agencies|agency\sreports?|wire\s(?:services?|reports?)|wires)\b", re.IGNORECASE
)

OURSELVES: Final = re.compile(
    r"\b(?:our\s(?:own\s)?(?:correspondents?|reporters?|journalists?|channel|newspaper|paper|site|website|agency)|"
    r"this\s(?:reporter|correspondent|newspaper|paper|magazine|website|blog|author|writer)|"
    r"told\s(?:me|us)\b|tells\s(?:me|us)\b|told\sa\sfew\sof\sus|I\s(?:asked|spoke\s(?:to|with)|interviewed|met)|"
    r"when\sI\s(?:asked|met|visited)|[Ww]e\s(?:asked|spoke\s(?:to|with)|interviewed)\s)"
)

EVENT: Final = re.compile(
    r"\b(?:(?P<press>(?:press|news)\s(?:conference|briefing)|told\s(?:reporters|journalists)|briefing\s(?:reporters|journalists)|"
    r"(?:at|in|during|after)\s(?:a|an|the)\s(?:\w{1,15}\s){0,3}?briefing|question(?:s)?\s(?:of|from)\s(?:a\s)?(?:journalist|reporter)s?)|"
    r"(?P<statement>in\s(?:a|an|the)\s(?:\w{1,15}\s){0,3}?(?:statement|declaration|news\srelease|press\srelease|communiqu[ée])|"
    r"[Jj]oint\s[Ss]tatement|[Ss]tatement\ssa(?:ys|id)|issued\sa\s(?:\w{1,15}\s){0,2}?statement|"
    r"said\s(?:\w{1,12}\s){0,2}in\sa\s(?:\w{1,12}\s)?statement)|"
    r"(?P<speech>(?:in|during|at)\s(?:a|an|the|his|her|their)\s(?:\w{1,15}\s){0,3}?(?:speech|address|remarks|rally|sermon)|"
    r"told\s(?:parliament|lawmakers|senators|the\s(?:court|Senate|House|UN|assembly|council|crowd|audience))|televised\s(?:\w{1,10}\s)?(?:address|speech|report|debate)|"
    r"on\s(?:national\s|state\s)?television|in\sthe\stelevision)|"
    r"(?P<hearing>(?:at|during|in)\s(?:a|an|the|his|her)\s(?:\w{1,15}\s){0,3}?(?:hearing|trial|testimony)|testified|told\sthe\scommittee)|"
    r"(?P<posted>(?:said|wrote|posted|announced|added|shared)\s(?:\w{1,12}\s){0,4}?on\s(?:Twitter|Facebook|Instagram|Telegram|X\b|Truth\sSocial|"
    r"YouTube|Weibo|social\smedia)|tweeted|in\sa\s(?:\w{1,10}\s){0,2}?tweet))\b"
)
EVENT_NAMES: Final = {
    "press": "press conference",
    "statement": "statement",
    "speech": "speech",
    "hearing": "hearing",
    "posted": "post on social media",
}
