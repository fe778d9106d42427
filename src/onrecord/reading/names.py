"""Reads a noun phrase that names or describes a speaker: "Foreign Minister Ana Lenz", "the ministry".

No model and no list of people: capital letters, titles, role nouns and appositions say enough about who is meant to
be safe, and what they do not say stays unsaid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from onrecord.domain.spans import Span
from onrecord.reading.name_words import (
    HE,
    IT,
    LAST_HUMP,
    PRONOUNS,
    SHE,
    THEY,
    I,
    Word,
    before_preposition,
    behind_office,
    head_of,
    institutional,
    last_run,
    organisation,
    without_titles,
)
from onrecord.reading.vocabulary import (
    DETERMINERS,
    GROUP_NOUNS,
    HONORIFICS,
    ORGANISATION_NOUNS,
    ROLE_NOUNS,
)

__all__ = ["HE", "IT", "SHE", "THEY", "I", "Mention", "Shape", "read_mention", "read_mentions"]


_FOR_INSTANCE = re.compile(r"\b(?:including|such as|like|among them)\b")
_QUANTIFIERS = frozenset(
    """
    some many most several few other others no all hundreds thousands scores dozens two three four five six seven eight
    nine ten
    """.split()
)
_INDEFINITE = frozenset(["a", "an", "another", "one"])
_QUANTIFIED = re.compile(r"\band (?:even )?(?:some|many|several|most|a few|other) [\w ]{0,40}s\Z")
_JOINS = re.compile(r"\s*(?:,|,?\s*(?:and|&))\s*(?:the\s+)?(?:[\w’'.\-]+\s+){0,4}?", re.IGNORECASE)
_JOINS_LAST = re.compile(r"\s*,?\s*(?:and|&)\s+(?:the\s+)?(?:[\w’'.\-]+\s+){0,4}?", re.IGNORECASE)
_PART_END = re.compile(
    r"\s+(?:him|her|it|them)sel(?:f|ves)\b|\s*[,;()—–:]\s*|\s+-\s+"
    r"|\s+(?:who|which|whose|where)\s|\s+and\s+(?=[A-Z])|\s+in an?\s|\s+at the\s"
)
_RELATIVE_CLAUSE = re.compile(r"(?:who|which|whose|where)\s")
_PARTY = re.compile(r"[A-Z]{1,4}-[A-Z][\w.]{0,12}")
_PARTIES = re.compile(r"\s*\([A-Z]{1,4}-[A-Z][\w.]{0,12}(?:\s[\w.]{1,12})?\)")
_ADVERBS = frozenset("later also then earlier recently again now further reportedly repeatedly".split())
_NICKNAME = re.compile(r" \((\w{1,30})\)")
_TOKEN = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*\.?|&")


class Shape(StrEnum):
    """What kind of phrase stands for the speaker."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Mention:
    """One phrase read: its shape, the name in it (if any) with its place, and the role nouns that go with it."""

    shape: Shape
    name: str | None
    place: Span | None
    roles: frozenset[str]
    pronoun: str | None = None
    honorific: str | None = None
    definite: bool = False


def read_mentions(text: str, span: Span) -> list[Mention]:
    """The mentions of a source phrase, several when it joins several names.

    >>> [m.name for m in read_mentions("Foreign Minister Ana Lenz and Karl Oder", Span(0, 39))]
    ['Ana Lenz', 'Karl Oder']
    """
    parts = _parts(text, span)
    read = [read_mention(text, part) for part in parts]
    named = [m for m in read if m.name]
    if _PARTIES.search(span.of(text)):
        # "Sens. Ana Lenz (D-Harven) and Karl Oder (R-Strell)"
        named = [m for m in named if m.place is None or not _PARTY.fullmatch(m.place.of(text))]
    if read and read[0].shape is Shape.GENERIC and _FOR_INSTANCE.search(span.of(text)):
        # "several lawmakers, including Ana Lenz": she is an example, not the speaker.
        return read[:1]
    if len(named) > 1 and (len({m.shape for m in named}) == 1 or _only_and(text, named)) and _are_joined(text, named):
        return named
    if named:
        best = next((m for m in named if m.shape is Shape.PERSON), named[0])
        roles = frozenset().union(*(m.roles for m in read))
        return [Mention(best.shape, best.name, best.place, roles, None, best.honorific, best.definite)]
    return [next((m for m in read if m.shape is Shape.PRONOUN), read[0])] if read else []


def _are_joined(text: str, named: list[Mention]) -> bool:
    """Whether only commas and "and" stand between the names, so that they speak together."""
    places = [m.place for m in named if m.place]
    between = [_PARTIES.sub("", text[a.end : b.start]) for a, b in pairwise(places)]
    return all(_JOINS.fullmatch(words) for words in between) and _JOINS_LAST.fullmatch(between[-1]) is not None


def _only_and(text: str, named: list[Mention]) -> bool:
    """Whether two names of different shapes have nothing but "and" between them: "New Harven and Strell"."""
    places = [m.place for m in named if m.place]
    return len(places) == 2 and text[places[0].end : places[1].start].strip() in ("and", "&")


def _parts(text: str, span: Span) -> list[Span]:
    """A phrase cut at commas, dashes, brackets, relative clauses and, between capitals, at "and"."""
    out: list[Span] = []
    at = span.start
    for found in _PART_END.finditer(text, span.start, span.end):
        if _RELATIVE_CLAUSE.match(text, found.end(), span.end):
            out.extend([Span(at, found.start())] if at < found.start() else [])
            return out
        if found.group().strip() == "and" and re.search(r"\s(?:of|for)\s", text[at : found.start()]):
            # "the Council for Trade and Shipping" is one body.
            continue
        if at < found.start():
            out.append(Span(at, found.start()))
        if found.group().strip() in ("who", "which", "whose", "where", "in a", "in an", "at the"):
            at = span.end
            break
        at = found.end()
    if at < span.end:
        out.append(Span(at, span.end))
    return out


def read_mention(text: str, span: Span) -> Mention:
    """One phrase without commas: a name with its titles, a pronoun, a description or a generic noun."""
    words = [Word(_possessive(text, m), m.start(), m.end()) for m in _TOKEN.finditer(text, span.start, span.end)]
    while len(words) > 1 and words[-1].text in _ADVERBS:
        words.pop()
    while len(words) > 1 and words[0].text in _ADVERBS:
        words.pop(0)
    lowered = [w.lower for w in words]
    # "WHO" and "IT" are no pronouns; "I" is.
    if len(words) == 1 and lowered[0] in PRONOUNS and (not words[0].text.isupper() or lowered[0] == "i"):
        return Mention(Shape.PRONOUN, None, None, frozenset(), pronoun=lowered[0])
    roles = frozenset(part for w in lowered for part in (w, *w.split("-")) if part in ROLE_NOUNS)
    definite = bool(words) and lowered[0] in DETERMINERS - _INDEFINITE
    body = words[1:] if words and lowered[0] in DETERMINERS else words
    run = last_run(before_preposition(body))
    honorific = next((w.lower for w in run if w.lower in HONORIFICS), None)
    name = without_titles(run)
    head = head_of(body)
    if head and not head.capital and head.lower in ROLE_NOUNS and (behind := behind_office(body)):
        # "chief of staff Ana Lenz"
        return _named(Shape.PERSON, text, behind, roles, honorific, definite)
    if head and head.lower in ORGANISATION_NOUNS and not roles & {head.lower}:
        whole = organisation(body, head)
        if whole and any(w.capital for w in whole):
            return _named(Shape.ORGANISATION, text, whole, roles, None, definite)
        return Mention(Shape.DESCRIPTION, None, None, frozenset({head.lower}), definite=definite)
    if (
        head
        and (hump := LAST_HUMP.search(head.text))
        and hump.group().lower() in GROUP_NOUNS
        and head.capital
        and len(words) == 1
    ):
        # "VellmarkAllies": two words that lost the space between them.
        return Mention(Shape.GENERIC, None, None, frozenset(), definite=definite)
    if head and head.lower in GROUP_NOUNS and (not head.capital or head is words[0]):
        return Mention(Shape.GENERIC, None, None, frozenset(), definite=definite)
    if words and (lowered[0] in _QUANTIFIERS or _QUANTIFIED.search(span.of(text))):
        return Mention(Shape.GENERIC, None, None, frozenset())
    indefinite = bool(words) and lowered[0] in _INDEFINITE
    if indefinite and not words[-1].capital and {lowered[-1]} & (ROLE_NOUNS | GROUP_NOUNS):
        # "a Federal Reserve economist"
        return Mention(Shape.DESCRIPTION, None, None, roles)
    if head and not head.capital:
        shape = Shape.DESCRIPTION if head.role else Shape.GENERIC
        return Mention(shape, None, None, roles, definite=definite)
    if definite and len(name) == 1 and not roles and name[0].lower.endswith(("ian", "ese", "ish", "ean")):
        return Mention(Shape.GENERIC, None, None, roles, definite=True)
    if name:
        personal = bool(roles or honorific) or (len(name) > 1 and not definite and not institutional(name))
        shape = Shape.PERSON if personal else Shape.ORGANISATION
        return _named(shape, text, name, roles, honorific, definite)
    return Mention(Shape.DESCRIPTION if roles else Shape.GENERIC, None, None, roles, definite=definite)


def _possessive(text: str, word: re.Match[str]) -> str:
    """A word with its "'s", also where a name on "s" has only the apostrophe: "Harven News' Ana Lenz"."""
    more = word.group()[-1] == "s" and text[word.end() : word.end() + 2] in ("' ", "’ ")
    return word.group() + "’s" if more and word.group()[0].isupper() else word.group()


def _named(
    shape: Shape, text: str, words: list[Word], roles: frozenset[str], honorific: str | None, definite: bool
) -> Mention:
    end = words[-1].end
    end -= len(re.search(r"(?:['’]s?)?$", text[words[-1].start : end]).group())  # type: ignore[union-attr]
    if re.search(r"[^\W\d_]{4,}\.$", text[words[-1].start : end]) and words[-1].text not in ("Corp.", "Bros."):
        # A sentence's full stop, not an abbreviation's.
        end -= 1
    nickname = _NICKNAME.match(text, end)
    if nickname and len(words) > 2 and nickname.group(1) == words[0].text:
        # "Ana Lenz Maria (Ana)", where a name is told again behind itself.
        end = words[-2].end
    place = Span(words[0].start, end)
    return Mention(shape, re.sub(r"\s+", " ", place.of(text)), place, roles, None, honorific, definite)
