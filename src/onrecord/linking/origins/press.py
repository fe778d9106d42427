"""Which outlet the words of a report name: by the table of outlets, by the outlets of the collection, by its form.

A short form ("the Times", "Halyard") means the outlet that the report has named in full, else the report's own, else
one of the collection, else what the table has under it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.domain.stories import Told
from onrecord.linking.actors.outlets import Outlet, outlet_of
from onrecord.linking.actors.spelling import folded
from onrecord.linking.origins.vocabulary import NAME

_PAPERS: Final = frozenset(
    """advocate banner beacon bee blog bulletin chronicle courier daily democrat dispatch enquirer examiner express
    gazette globe guardian herald independent inquirer journal leader ledger magazine mail mercury mirror monitor
    news newspaper observer patriot podcast post record register republic review sentinel standard star statesman
    sun telegraph times tribune voice weekly world""".split()
)
# Those that end other names as well ("the Czech Republic", "the Third World").
_NOT_BY_FORM: Final = frozenset("leader record register republic review standard voice weekly world".split())
_AGENCIES: Final = frozenset("agency agencies newswire press wire".split())
_BROADCASTERS: Final = frozenset("channel radio television tv broadcasting".split())
_GENERIC: Final = _AGENCIES | _BROADCASTERS | frozenset("news online media network international".split())
# Names that are words as well: alone they are outlets only with an article or "magazine" beside them.
_WORDS: Final = frozenset(
    """atlantic bet bloomberg business chronicle courier daily dawn express forbes fortune globe herald hill i
    independent journal local mail mena mirror money monitor nation national nature observer page people petra post
    reason record register review salon science self slate spectator star state stern sun telegraph time times today
    tribune variety vice voice vox wales week wired world""".split()
)
# Of these the ones that stand behind a small "the" without being an outlet.
_THINGS: Final = _WORDS - frozenset("chronicle courier herald journal observer post telegraph times tribune".split())
_NO_OUTLET: Final = frozenset(
    """academy administration administrator agency army assembly association authority bank board bureau cdc center
    centre chairman chamber chief clinton coalition college commission commissioner committee company congress
    corporation council county court department director fbi fund government governor group hospital house institute
    institution judge justice king labor labour law lord mayor minister ministry mission mr mrs ms nato navy obama
    office officer officers official officials party pentagon police pope president prime prosecutor prosecutors
    queen representative school secretary sen senate senator service society state states supreme treasury trump
    trust union university white who""".split()
)
# Of these the ones that are an outlet alone, too, where somebody told them something.
_MAGAZINES: Final = frozenset(
    "bloomberg forbes fortune nature people reason salon science slate time variety vice vox wired".split()
)
_DAYS: Final = frozenset(
    """april august december february friday january july june march may monday november october saturday september
    sunday thursday tuesday wednesday""".split()
)
_PLACES: Final = frozenset(
    ("dow jones", "foreign affairs", "red", "nine", "cna", "new york", "washington", "chicago", "los angeles", "boston")
)
_EDGE: Final = ".,;:!?()[]“”\"'‘’"
_POSSESSIVE: Final = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Press:
    """An outlet as linking compares it: `key` is equal for two names of one outlet, `family` None where unknown."""

    name: str
    key: str
    actor: str | None = None
    family: str | None = None
    wire: bool = False


_YEAR: Final = re.compile(r"^\d{4}\s")
_CALL_SIGN: Final = re.compile(r"(?:[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?|(?:ABC|CBS|NBC|FOX|Fox)[ -]?\d{1,2})\b")
# Programmes that texts name without their station; those that the table of outlets has are not repeated.
_PROGRAMMES: Final = {
    folded(programme): station
    for station, programmes in {
        "CNN": "New Day; The Situation Room; Anderson Cooper 360; Reliable Sources; Cuomo Prime Time",
        "ABC News": "The View; Nightline; Jimmy Kimmel Live",
        "CBS News": "CBS This Morning; The Late Show; 48 Hours; CBS Evening News",
        "NBC News": "Late Night with Seth Meyers",
        "MSNBC": "Morning Joe; The Rachel Maddow Show; Rachel Maddow Show; Hardball; The Last Word",
        "Fox News": "Hannity; Tucker Carlson Tonight; The Ingraham Angle; Outnumbered; America's Newsroom",
        "BBC": "Newsnight; The Andrew Marr Show; Andrew Marr Show; Panorama; Today programme",
        "ITV News": "Good Morning Britain",
        "NPR": "Morning Edition; All Things Considered; Fresh Air; Here and Now",
    }.items()
    for programme in programmes.split("; ")
}
_NO_STATION: Final = frozenset("kfc kgb kkk kkr kpmg wada wfp who wipo wto wwe wwf wwi wwii wasp".split())
_SORT: Final = re.compile(r"\s(?:magazine|newspaper|website|news)\b")
_CAPITALS: Final = re.compile(NAME)
_CREDIT_BEFORE: Final = re.compile(r"(?:[/@]|[Vv]ia |[Pp]hoto[^\n]{0,40}|Getty[^\n]{0,20}|\(AP )$")


class Newsstand:
    """Looks outlets up as one report names them: `own` is the report's, `known` are those of the collection.

    `asked` are the folded names for which the collection was asked: one that has none of them would change nothing.
    """

    __slots__ = ("_by_name", "_known", "_short", "_text", "asked", "own")

    def __init__(self, told: Told, known: Collection[str] = ()) -> None:
        self.own = own_outlet(told)
        self._known = of_collection(known if isinstance(known, frozenset) else frozenset(known))
        self._short: dict[str, Press] = {}
        if self.own is not None:
            self._short.update(dict.fromkeys(short_forms(self.own.name), self.own))
        self._by_name: dict[str, Press] = {}
        self._text = told.text
        self.asked: set[str] = set()

    def named(self, words: str, *, article: bool = False) -> Press | None:
        """The outlet that `words` are the name of, all of them; `article` tells that "the" stands before them."""
        if words[:4] in ("The ", "the ", "THE "):
            article, words = True, words[4:]
        key = folded(words)
        if len(key) < 2 or key in _PLACES:
            return None
        if key in _PAPERS and key not in self._by_name and (spelled := self._spelled_out(words)) is not None:
            self._by_name[key] = spelled
        found = self._by_name.get(key) or self._short.get(key)
        if found is None:
            self.asked.add(key)
            found = self._known.get(key)
        if found is None and key in _PROGRAMMES and " " in key and words[:1].isupper():
            found = listed(_PROGRAMMES[key])
        if found is None and (key not in _WORDS or article or words.isupper()):
            found = listed(words)
        if found is not None and " " in key and key not in _PROGRAMMES:
            self._by_name[key] = found
            for short in short_forms(found.name):
                self._by_name[short] = found
        return found

    def _spelled_out(self, word: str) -> Press | None:
        """The outlet that the text names in full somewhere and by its last word here ("the Times")."""
        if not word.isalpha():
            return None
        for match in re.finditer(rf"((?:[A-Z][\w.]{{1,20}} ){{1,3}}){word}\b", self._text):
            parts = match.group().split()
            for first in range(len(parts) - 1):
                if (found := listed(" ".join(parts[first:]))) is not None:
                    return found
        return None

    def within(self, words: str, behind: str = "", *, cued: bool = False) -> tuple[Press, int, int] | None:
        """The outlet named in a run of capitalised words, longest first, with its place in them.

        `behind` are the characters that follow: "Fortune" is one where "magazine" stands behind it. `cued` tells
        that the words before say that an outlet comes.
        """
        sort = _SORT.match(behind) is not None
        if cued and folded(words.rstrip(_EDGE)) in _MAGAZINES:
            sort = True
        places = [(match.start(), match.end()) for match in re.finditer(r"\S+", words)][:8]
        article = bool(places) and words[: places[0][1]].casefold() == "the"
        if article:
            places = places[1:]
        for first in range(len(places) if not cued else min(3, len(places))):
            for last in range(len(places), first, -1):
                start, end = places[first][0], places[last - 1][1]
                while end > start and words[end - 1] in _EDGE:
                    end -= 1
                owning = _POSSESSIVE.search(words, start, end)
                name = words[start : owning.start() if owning else end]
                if not name:
                    continue
                next_word = "" if owning or last == len(places) else words[slice(*places[last])].strip(_EDGE)
                alone = last - first == 1
                if alone and (first or next_word) and not stands_alone(name, next_word):
                    continue
                called = words[slice(*places[first])].casefold() == "the"
                if first and not called and all(part in _PAPERS for part in folded(name).split()):
                    continue
                sorted_so = sort and last == len(places)
                found = self.named(name, article=sorted_so or (article and first == 0))
                if found is not None:
                    return found, start, start + len(name)
        return None

    def mentioned(self, text: str) -> dict[str, tuple[Press, int, int]]:
        """Every outlet that a text names, by its key, with the first place; pictures' credits do not count."""
        found: dict[str, tuple[Press, int, int]] = {}
        for match in _CAPITALS.finditer(text):
            named = self.within(match.group(), text[match.end() : match.end() + 12])
            if named is None or named[0].key in found:
                continue
            press, first, last = named
            start, end = match.start() + first, match.start() + last
            if folded(text[start:end]) in _THINGS and not match.group().startswith("The "):
                continue
            if text[end : end + 1] == "/" or _CREDIT_BEFORE.search(text[max(0, start - 60) : start]):
                continue
            found[press.key] = press, start, end
        return found

    def by_form(self, words: str, *, sure: bool = False) -> Press | None:
        """An outlet that nobody has heard of, where its name has the form of one ("The Ustrel Gazette", "Halyard
        News Agency"), or where it is `sure` that the words are an outlet's name."""
        name = words.strip(_EDGE + " ")
        name = _POSSESSIVE.sub("", _YEAR.sub("", name))
        parts = folded(name).split()
        article = name[:4].casefold() == "the "
        if _CALL_SIGN.match(name) is not None and parts[0] not in _NO_STATION:
            return Press(name, parts[0])
        if not parts or any(part in _NO_OUTLET for part in parts[:-1]):
            return None
        if sure and len(parts) < 5 and not name.endswith(("-affiliated", "-based", "-run", "-owned", "-backed")):
            return Press(name, " ".join(parts))
        last = parts[-1]
        if last in (_PAPERS - _NOT_BY_FORM) | _BROADCASTERS and (
            len(parts) > 1 or (article and last in _PAPERS - {"news", "world"})
        ):
            return Press(name, " ".join(parts))
        if len(parts) > 1 and last in _AGENCIES and parts[-2] in ("news", "press"):
            return Press(name, " ".join(parts), wire=True)
        return None


def stands_alone(name: str, behind: str) -> bool:
    """Whether one word out of a run of capitalised ones can be an outlet: "CNN Sunday", not "Dawn Gilbertson"."""
    if folded(name) in _WORDS or len(name) < 3:
        return False
    return name.isupper() or not behind or behind.casefold() in _DAYS or name == "Reuters"


def own_outlet(told: Told) -> Press | None:
    """The outlet that published a report, by its name or else by its address; None where neither is given."""
    for words in (told.outlet, told.url):
        if words and (found := listed(words)) is not None:
            return found
    if told.outlet and (key := folded(told.outlet)):
        return Press(told.outlet, key, wire=key.split()[-1] in _AGENCIES)
    return None


def listed(words: str) -> Press | None:
    """The outlet that the table has under a name, a domain or an address."""
    found = outlet_of(words)
    return None if found is None else _press(found)


@lru_cache(maxsize=2_000)
def _press(outlet: Outlet) -> Press:
    return Press(outlet.name, outlet.id, outlet.id, outlet.family, outlet.wire)


@lru_cache(maxsize=4_096)
def of_collection(known: frozenset[str]) -> dict[str, Press]:
    """What the outlets of a collection are called, in full and short, folded."""
    forms: dict[str, Press] = {}
    shared: set[str] = set()
    for name in sorted(known):
        key = folded(name)
        if not key:
            continue
        press = listed(name) or Press(name, key, wire=key.split()[-1] in _AGENCIES)
        forms[key] = press
        for short in short_forms(name):
            if forms.setdefault(short, press) is not press:
                shared.add(short)
    # A short form that two outlets of the collection share means neither.
    return {form: press for form, press in forms.items() if form not in shared or form == folded(press.name)}


def short_forms(name: str) -> Iterator[str]:
    """The shorter forms by which an outlet is called once it is known ("the Courier", "Halyard").

    >>> list(short_forms("The Eskmouth Courier")), list(short_forms("Halyard News Agency"))
    (['courier'], ['halyard'])
    """
    parts = folded(name).split()
    if len(parts) > 1 and parts[-1] in _PAPERS - {"news", "daily", "world", "magazine"}:
        yield parts[-1]
    while len(parts) > 1 and parts[-1] in _GENERIC:
        parts = parts[:-1]
        if parts[-1] not in _GENERIC and len(parts[-1]) > 2:
            yield " ".join(parts)
