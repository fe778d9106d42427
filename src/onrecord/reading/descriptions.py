"""Whom a description means: "the secretary general", "the ministry", "the paper".

The words of the description are held against the titles and appositions of the people the report names, and against
the nouns of its bodies. What fits several is answered only where one of them stands out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Basis, Speaker
from onrecord.reading.cast import Cast, Person
from onrecord.reading.names import Mention
from onrecord.reading.nations import nations
from onrecord.reading.turns import Turn
from onrecord.reading.vocabulary import (
    HEADS,
    KIN,
    NEWSPAPER_NAMES,
    NEWSPAPER_NOUNS,
    ORGANISATION_NOUNS,
    QUALIFIERS,
    QUESTIONERS,
    ROLE_NOUNS,
    WIDER_ROLES,
    bare,
)

_SENIOR = frozenset(["chief", "head", "leader", "boss"])
_POSSESSOR = re.compile(r"(\w+)['’]s\b")
_POSSESSIVES = frozenset(["his", "her", "their", "my", "our", "your"])
_PAST = frozenset(["former", "ex", "late"])


class Descriptions:
    """Finds whom descriptions mean in one report."""

    def __init__(self, text: str, paragraphs: Sequence[Span], cast: Cast) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.cast = cast

    def speaker(self, mention: Mention, source: Span, paragraph: int, turns: Sequence[Turn]) -> Speaker:
        """The one of that role whom the report names, or nobody."""
        words = [bare(w) for w in re.findall(r"[\w'’\-]+", source.of(self.text))]
        roles = set(mention.roles)
        theirs = bool(words) and words[0].lower() in _POSSESSIVES
        if theirs or roles & QUESTIONERS or {w.lower() for w in words} & KIN:
            return UNNAMED
        fitting = self._fitting(roles, words, source) if roles - ORGANISATION_NOUNS else []
        before = [p for p in fitting if p.place.start < self.paragraphs[paragraph].end]
        if before:
            person = before[0] if len(before) == 1 else self._standing_out(before, roles, paragraph, turns)
            return Speaker(person.name, Basis.DESCRIPTION, person.place) if person else UNNAMED
        if roles - ORGANISATION_NOUNS:
            return self._only_speaker(source, turns)
        return self._organisation(mention, turns)

    def _fitting(self, roles: set[str], words: list[str], source: Span) -> list[Person]:
        lowered = {w.lower() for w in words}
        if roles <= _SENIOR:
            # "the alliance's chief" heads the alliance, not whatever else somebody heads.
            of = {_nation(w) for w in _POSSESSOR.findall(source.of(self.text))}
            people = [p for p in self.cast.people if p.roles & HEADS and of <= {_nation(w) for w in p.context}]
        else:
            wanted = roles | (lowered & QUALIFIERS)
            people = [p for p in self.cast.people if _holds(p, wanted)]
        capitals = {_nation(w)[:4] for w in words[1:] if w[0].isupper() and w.lower() not in roles | QUALIFIERS}
        if capitals and len(roles - _SENIOR) < 2:
            people = [p for p in people if capitals & {_nation(w)[:4] for w in p.context}]
        if not lowered & _PAST:
            people = [p for p in people if not p.roles & _PAST] or people
        return people

    def _standing_out(
        self, people: list[Person], roles: set[str], paragraph: int, turns: Sequence[Turn]
    ) -> Person | None:
        """Of several of that role, the one who is speaking in this very passage, or is named far more than others."""
        recent = [t.speaker.name for t in turns if t.paragraph >= paragraph - 1 and t.speaker.name]
        last = [p for p in people if recent and p.name == recent[-1]]
        if len(last) == 1:
            return last[0]
        holding = [p for p in people if roles <= p.roles]
        if len(holding) == 1 and roles & WIDER_ROLES.keys():
            return holding[0]
        end = self.paragraphs[paragraph].start
        counted = sorted(((sum(k < end for k in p.places), n) for n, p in enumerate(people)), reverse=True)
        if counted[0][0] >= 4 and counted[0][0] >= 3 * counted[1][0]:
            return people[counted[0][1]]
        return None

    def _only_speaker(self, source: Span, turns: Sequence[Turn]) -> Speaker:
        """The only person the report has named so far, when it has said of nobody which office they hold."""
        before = [p for p in self.cast.people if p.likely and p.place.start < source.start]
        if len(before) != 1 or before[0].roles or all(t.speaker.name != before[0].name for t in turns):
            return UNNAMED
        return Speaker(before[0].name, Basis.DESCRIPTION, before[0].place)

    def _organisation(self, mention: Mention, turns: Sequence[Turn]) -> Speaker:
        """ "the ministry" after "the Vellmark defence ministry": the only body of that noun that spoke."""
        noun = next(iter(mention.roles), "")
        if not noun:
            return UNNAMED
        wanted = NEWSPAPER_NAMES | {noun} if noun in NEWSPAPER_NOUNS else {noun}
        named = {t.speaker.name: t.speaker for t in turns if t.speaker.name and wanted & _words(t.speaker.name)}
        if len(named) == 1:
            speaker = next(iter(named.values()))
            return Speaker(speaker.name, Basis.DESCRIPTION, speaker.mention)
        body = self.cast.body(noun) if not named else None
        return Speaker(body.of(self.text), Basis.DESCRIPTION, body) if body else UNNAMED


def _words(name: str) -> set[str]:
    return set(name.lower().split())


def _nation(word: str) -> str:
    """A country's name for each of its forms, so that "Vellmark" and "Vellmarkish" agree; other words as they are."""
    lowered = word.lower().rstrip(".")
    return nations().get(lowered, lowered)


def _holds(person: Person, wanted: set[str]) -> bool:
    """Whether a person has all those roles, or narrower ones: a senator is a lawmaker."""
    return all(w in person.roles or WIDER_ROLES.get(w, frozenset()) & person.roles for w in wanted) and bool(
        person.roles & ROLE_NOUNS
    )
