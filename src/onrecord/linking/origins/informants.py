"""Who told a report what it tells: the actors that speak in it, or, where none were found, those whom its words name.

What counts for independence is whether two reports rest on the same informants, so that a name is enough here; who is
meant by it is the business of `linking.actors`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from onrecord.domain.stories import Told
from onrecord.linking.actors import load
from onrecord.linking.actors.spelling import folded
from onrecord.linking.origins.marks import quoted

_SAID: Final = (
    r"(?:said|says|told|tells|added|adds|warned|declared|announced|claimed|denied|insisted|argued|explained|stated|stressed|"
    r"replied|answered|called|urged|demanded|promised|vowed|wrote|tweeted|testified|recalled|noted|acknowledged|admitted|"
    r"signall?ed|opined|assured|affirmed|lamented|indicated|recogni[sz]ed|underlined|emphasi[sz]ed|informed|believes|"
    r"estimated|recorded|counted|confirmed|dismissed|rejected|condemned|accused|asked)"
)
_PERSON: Final = r"[A-Z][\w’'\-]{1,24}(?:\s(?:(?:de|van|von|al|bin|der|la)\s)?[A-Z][\w’'.\-]{0,24}){0,3}"
_BEFORE: Final = re.compile(
    rf"(?P<who>{_PERSON})(?:,\s(?P<aside>[^,.\n]{{2,80}}),\s|\s|’s?\s)(?:has\s|had\s|have\s|also\s|later\s)?{_SAID}\b"
)
_NAME: Final = re.compile(r"[A-Z][\w’'\-]{1,24}\s[A-Z][\w’'\-]{1,24}(?:\s[A-Z][\w’'\-]{1,24})?$")
_AFTER: Final = re.compile(
    rf"[,”\"’»?!]\s?(?:{_SAID}|according\sto)\s(?:the\s|[a-z]{{2,16}}\s){{0,4}}?(?P<who>{_PERSON})"
)
_ACCORDING: Final = re.compile(rf"\b[Aa]ccording\sto\s(?:the\s|an?\s)?(?P<who>{_PERSON})")
_FIRST_NAMES: Final = re.compile(r"(?:[A-Z][\w’'-]{1,20}\s(?:[A-Z]\.\s)?){1,2}$")
_NOBODY: Final = frozenset(
    """a an and april august but december february friday he her his i if in it its january july june march may monday
    mr mrs ms november october on one our president saturday sen senator september she sunday that the their then
    there they this thursday tuesday we wednesday what when who you""".split()
)
_OF_BODIES: Final = frozenset(
    """academy administration affairs agency alliance army association authority bank board bureau center centre club
    commission committee company council court defence defense department exchange federation force foundation fund
    group guard house institute justice ministry mission museum office party police project protection rights
    security service services society state states trust union university watch""".split()
)
_NO_FIRST_NAME: Final = _NOBODY | frozenset(
    """although ambassador archbishop as attorney because bishop both captain chairman chairwoman chief colonel
    commissioner congressman congresswoman director doctor dr even executive former general gov governor judge
    justice king lady leader lieutenant lord major mayor minister mr mrs ms nor not officer only operating or prime
    prince princess prof professor prosecutor queen rep representative saint secretary senators sergeant sheriff
    since sir so speaker spokesman spokeswoman still though under unlike until vice where whether while why with
    yet""".split()
)
_LEAST_QUOTED: Final = 7
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def informants(a: Told, b: Told) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How often each informant speaks in two reports: the ids of their `actors` where both have some, else names'
    last words as the texts give them."""
    if a.actors and b.actors:
        return a.actors, b.actors
    return _named(a.text), _named(b.text)


@lru_cache(maxsize=4_096)
def _named(text: str) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for pattern in (_BEFORE, _AFTER, _ACCORDING):
        for match in pattern.finditer(text):
            aside = _NAME.search(match["aside"] or "") if pattern is _BEFORE else None
            for who in (match["who"], aside.group() if aside else None):
                name = _key(who) if who else None
                if name is not None:
                    found[name] += 1
    return found


def private(a: Told, b: Told) -> list[str]:
    """The names of those who speak in both reports and are no public figures: the table of actors lacks them."""
    ours, theirs = informants(a, b)
    found = []
    for key in sorted(ours.keys() & theirs.keys()):
        if ":" in key:
            if key.startswith("local:"):
                found.append("somebody whom no table has")
            continue
        if " " in key:
            continue
        name = next((name for told in (a, b) if (name := _full(told.text, key)) is not None), None)
        if name is not None and not _listed(name, key):
            found.append(name)
    return list(dict.fromkeys(found))


def _listed(name: str, surname: str) -> bool:
    """Whether the table of actors has somebody of that name, or of that surname who is known by it alone."""
    table = load()
    return bool(table.named(name)) or any(table.known_by_surname(actor) for actor in table.of_surname(surname))


def _full(text: str, surname: str) -> str | None:
    """The first full name with this surname, without what stands before names at the start of a sentence."""
    for match in re.finditer(rf"\b{surname}\b", text, re.IGNORECASE):
        before = _FIRST_NAMES.search(text, max(0, match.start() - 40), match.start())
        if before is None or not text[match.start()].isupper():
            continue
        parts = [part for part in before.group().split() if part.casefold().strip(".") not in _NO_FIRST_NAME]
        if parts:
            return " ".join((*parts, match.group()))
    return None


@lru_cache(maxsize=512)
def quotations(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of seven words inside a quotation: two reports that share one have it from one mouth."""
    runs: set[tuple[str, ...]] = set()
    for start, end in quoted(text):
        words = [match.group().casefold().replace("’", "'") for match in _WORD.finditer(text, start, end)]
        runs.update(tuple(words[first : first + _LEAST_QUOTED]) for first in range(len(words) - _LEAST_QUOTED + 1))
    return frozenset(runs)


def _key(who: str) -> str | None:
    parts = [part for part in folded(who).split() if part not in _NOBODY]
    if parts and parts[-1] in _OF_BODIES:
        return " ".join(parts[-2:])
    return parts[-1] if parts and len(parts[-1]) > 2 else None
