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
from onrecord.reading.nations import nations
from onrecord.reading.vocabulary import (
    DETERMINERS,
    GROUP_NOUNS,
    HONORIFICS,
    ORGANISATION_NOUNS,
    PARTICLES,
    QUALIFIERS,
    ROLE_NOUNS,
    SURNAME_TITLES,
    first_names,
)

HE = frozenset({"he", "him", "himself"})
SHE = frozenset({"she", "her", "herself"})
THEY = frozenset({"they", "them", "themselves"})
IT = frozenset({"it", "itself"})
I = frozenset({"i", "me", "myself"})  # noqa: E741  (the pronoun)
WE = frozenset({"we", "us", "ourselves"})
PRONOUNS = HE | SHE | THEY | IT | I | WE | {"who", "which", "this", "that", "one", "you"}

_LINKS = PARTICLES | {"of", "for", "the", "&"}
_LAST_HUMP = re.compile(r"(?<=[a-z])[A-Z][A-Za-z]+$")
_FOR_INSTANCE = re.compile(r"\b(?:including|such as|like|among them)\b")
_QUANTIFIERS = frozenset(
    """
    some many most several few other others no all hundreds thousands scores dozens two three four five six seven eight
    nine ten
    """.split()
)
_QUANTIFIED = re.compile(r"\band (?:even )?(?:some|many|several|most|a few|other) [\w ]{0,40}s\Z")
_PART_OF_NAME = frozenset("prince princess king queen pope emir sultan sheikh".split())
"""Titles that a single name is not told without."""
_PREPOSITIONS = frozenset(
    "of for in on from with at to by about close familiar briefed involved working based near".split()
)
_JOINS = re.compile(r"\s*(?:,|,?\s*(?:and|&))\s*(?:the\s+)?(?:[\w’'.\-]+\s+){0,4}?", re.IGNORECASE)
_JOINS_LAST = re.compile(r"\s*,?\s*(?:and|&)\s+(?:the\s+)?(?:[\w’'.\-]+\s+){0,4}?", re.IGNORECASE)
_PART_END = re.compile(
    r"\s+(?:him|her|it|them)sel(?:f|ves)\b|\s*[,;()—–:]\s*|\s+-\s+"
    r"|\s+(?:who|which|whose|where)\s|\s+and\s+(?=[A-Z])|\s+in an?\s|\s+at the\s"
)
_RELATIVE_CLAUSE = re.compile(r"(?:who|which|whose|where)\s")
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


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return re.sub(r"['’]s?$", "", self.text).rstrip(".").lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def read_mentions(text: str, span: Span) -> list[Mention]:
    """The mentions of a source phrase, several when it joins several names.

    >>> [m.name for m in read_mentions("Foreign Minister Ana Lenz and Karl Oder", Span(0, 39))]
    ['Ana Lenz', 'Karl Oder']
    """
    parts = _parts(text, span)
    read = [read_mention(text, part) for part in parts]
    named = [m for m in read if m.name]
    if read and read[0].shape is Shape.GENERIC and _FOR_INSTANCE.search(span.of(text)):
        # "several lawmakers, including Ana Lenz": she is an example, not the speaker.
        return read[:1]
    if len(named) > 1 and len({m.shape for m in named}) == 1 and _are_joined(text, named):
        return named
    if named:
        best = next((m for m in named if m.shape is Shape.PERSON), named[0])
        roles = frozenset().union(*(m.roles for m in read))
        return [Mention(best.shape, best.name, best.place, roles, None, best.honorific, best.definite)]
    return [next((m for m in read if m.shape is Shape.PRONOUN), read[0])] if read else []


def _are_joined(text: str, named: list[Mention]) -> bool:
    """Whether only commas and "and" stand between the names, so that they speak together."""
    places = [m.place for m in named if m.place]
    between = [text[a.end : b.start] for a, b in pairwise(places)]
    return all(_JOINS.fullmatch(words) for words in between) and _JOINS_LAST.fullmatch(between[-1]) is not None


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
    words = [_Word(_possessive(text, m), m.start(), m.end()) for m in _TOKEN.finditer(text, span.start, span.end)]
    lowered = [w.lower for w in words]
    # "WHO" and "IT" are no pronouns; "I" is.
    if len(words) == 1 and lowered[0] in PRONOUNS and (not words[0].text.isupper() or lowered[0] == "i"):
        return Mention(Shape.PRONOUN, None, None, frozenset(), pronoun=lowered[0])
    roles = frozenset(part for w in lowered for part in (w, *w.split("-")) if part in ROLE_NOUNS)
    definite = bool(words) and lowered[0] in DETERMINERS and lowered[0] not in ("a", "an", "another", "one")
    body = words[1:] if words and lowered[0] in DETERMINERS else words
    run = _last_run(_before_preposition(body))
    honorific = next((w.lower for w in run if w.lower in HONORIFICS), None)
    name = _without_titles(run)
    head = _head(body)
    if head and head.lower in ORGANISATION_NOUNS and not roles & {head.lower}:
        whole = _organisation(body, head)
        if whole and any(w.capital for w in whole):
            return _named(Shape.ORGANISATION, text, whole, roles, None, definite)
        return Mention(Shape.DESCRIPTION, None, None, frozenset({head.lower}), definite=definite)
    if (
        head
        and (hump := _LAST_HUMP.search(head.text))
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
    indefinite = bool(words) and lowered[0] in ("a", "an", "another", "one")
    if indefinite and not words[-1].capital and {lowered[-1]} & (ROLE_NOUNS | GROUP_NOUNS):
        # "a Federal Reserve economist"
        return Mention(Shape.DESCRIPTION, None, None, roles)
    if head and not head.capital:
        if head.lower in ROLE_NOUNS or head.lower.split("-")[-1] in ROLE_NOUNS:
            return Mention(Shape.DESCRIPTION, None, None, roles, definite=definite)
        if not name:
            return Mention(Shape.GENERIC, None, None, roles, definite=definite)
        return Mention(Shape.GENERIC, None, None, roles, definite=definite)
    if definite and len(name) == 1 and not roles and name[0].lower.endswith(("ian", "ese", "ish", "ean")):
        return Mention(Shape.GENERIC, None, None, roles, definite=True)
    if name:
        personal = bool(roles or honorific) or (len(name) > 1 and not definite and not _institutional(name))
        shape = Shape.PERSON if personal else Shape.ORGANISATION
        return _named(shape, text, name, roles, honorific, definite)
    return Mention(Shape.DESCRIPTION if roles else Shape.GENERIC, None, None, roles, definite=definite)


def _possessive(text: str, word: re.Match[str]) -> str:
    """A word with its "'s", also where a name on "s" has only the apostrophe: "Harven News' Ana Lenz"."""
    more = word.group()[-1] == "s" and text[word.end() : word.end() + 2] in ("' ", "’ ")
    return word.group() + "’s" if more and word.group()[0].isupper() else word.group()


def _named(
    shape: Shape, text: str, words: list[_Word], roles: frozenset[str], honorific: str | None, definite: bool
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


def _before_preposition(body: list[_Word]) -> list[_Word]:
    """The words up to the first preposition; "of" and "for" belong to offices and bodies and end nothing."""
    cut = next((k for k, word in enumerate(body) if k and word.lower in _PREPOSITIONS - {"of", "for"}), len(body))
    return body[:cut]


def _head(body: list[_Word]) -> _Word | None:
    """The noun that says what the phrase is: the last word before a preposition."""
    for k, word in enumerate(body):
        if k and word.lower in _PREPOSITIONS:
            return body[k - 1]
    return body[-1] if body else None


def _organisation(body: list[_Word], head: _Word) -> list[_Word]:
    """The words of an organisation's name: up to its head, and on through "of …" in capitals."""
    at = body.index(head)
    start = 0
    for k, word in enumerate(body[:at]):
        # "In Strell the ministry", "Harvenia's Bureau of State Protection": the name begins behind these.
        if word.lower in DETERMINERS or (head.capital and word.text.endswith(("’s", "'s"))):
            start = k + 1
    end = at + 1
    while (
        end + 1 < len(body)
        and body[end].lower in ("of", "for")
        and (body[end + 1].capital or (end + 2 < len(body) and body[end + 1].lower == "the" and body[end + 2].capital))
    ):
        end += 2
        while end < len(body) and (body[end].capital or (body[end].lower == "and" and end + 1 < len(body))):
            end += 1
    return body[start:end]


def _last_run(body: list[_Word]) -> list[_Word]:
    """The last run of capitalised words, particles and links inside it included."""
    run: list[_Word] = []
    best: list[_Word] = []
    for word in body:
        if word.capital or (run and word.lower in _LINKS):
            run.append(word)
        else:
            best = _stripped(run) or best
            run = []
    return _stripped(run) or best


def _stripped(run: list[_Word]) -> list[_Word]:
    while run and not run[-1].capital:
        run = run[:-1]
    return run


def _without_titles(run: list[_Word]) -> list[_Word]:
    """What follows the last title of a run; nothing when the run is only titles."""
    cut = 0
    for k, word in enumerate(run):
        if k and k == len(run) - 1 and word.lower not in HONORIFICS and _goes_before(run[k - 1], word):
            # "Gayle King", "Anna Bishop": a surname like a title.
            break
        group = word.lower in GROUP_NOUNS and k < len(run) - 1
        title = group or word.lower in HONORIFICS or word.lower in ROLE_NOUNS or word.lower.split("-")[-1] in ROLE_NOUNS
        if title or word.text.endswith(("’s", "'s")):
            cut = k + 1
    rest = run[cut:]
    if cut and len(rest) == 1 and run[cut - 1].lower in _PART_OF_NAME:
        return run[cut - 1 :]
    if cut and rest and rest[0].lower == "of":
        # "Secretary of State John Kerry": the office takes what stands before the last two words.
        rest = rest[-2:] if len(rest) > 3 and all(w.capital for w in rest[-3:]) else []
    while rest and (rest[0].lower in _LINKS - PARTICLES or rest[0].lower in DETERMINERS):
        rest = rest[1:]
    if len(rest) == 1 and rest[0].lower in PRONOUNS and (rest[0].lower == "i" or not rest[0].text.isupper()):
        return []
    rest = _told_once(rest)
    # "Ana Lenz of the Institute": the body is not part of the name. "Bank of Harven": it is.
    of = next((k for k, word in enumerate(rest) if word.lower in ("of", "for")), len(rest))
    return rest[:of] if of >= 2 and not any(w.lower in ORGANISATION_NOUNS for w in rest[:of]) else rest


def _goes_before(first: _Word, last: _Word) -> bool:
    """Whether a word is a given name before a surname like a title; an office or a country before it is none."""
    if first.lower in first_names():
        return True
    office = ROLE_NOUNS | ORGANISATION_NOUNS | QUALIFIERS | HONORIFICS
    plain = first.text.isalpha() and not first.text.isupper() and first.lower not in office | nations().keys()
    return last.lower in SURNAME_TITLES and plain


def _told_once(name: list[_Word]) -> list[_Word]:
    """The name up to where it begins again: "Ana Lenz Ana Maria LenzVote", as link texts glued to a name leave it."""
    seen: dict[str, int] = {}
    for k, word in enumerate(name):
        hump = _LAST_HUMP.search(word.text)
        key = (word.text[: hump.start()] if hump else word.text).casefold()
        if k - seen.get(key, k) >= 2:
            if hump and k < len(name) - 1:
                return name[: seen[key] + 1]
            # The surname again with the next word glued to it, or the first name again: there it is told again.
            surname = seen[key] > 0 or name[0].lower not in first_names()
            return name[: seen[key] + 1] if k == len(name) - 1 and (hump or surname) else name[:k]
        seen.setdefault(key, k)
    return name


def _institutional(name: list[_Word]) -> bool:
    """Whether a capitalised name looks like an institution's rather than a person's."""
    return (
        any(w.lower in ORGANISATION_NOUNS or w.lower in ("of", "for", "&") for w in name)
        or any(len(w.text) > 2 and w.text.isupper() for w in name)
        or len(name) > 4
    )
