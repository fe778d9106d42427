"""The words of a noun phrase: its head, its titles, the body or the person that its capitals name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reading.nations import nations
from onrecord.reading.vocabulary import (
    DETERMINERS,
    GROUP_NOUNS,
    HONORIFICS,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    PARTICLES,
    QUALIFIERS,
    ROLE_NOUNS,
    SURNAME_TITLES,
    bare,
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
LAST_HUMP = re.compile(r"(?<=[a-z])[A-Z][A-Za-z]+$")
_PREPOSITIONS = frozenset(
    "of for in on from with at to by about close familiar briefed involved working based near".split()
)
_PANELS = frozenset("committee subcommittee commission council conference centre center institute".split())
_PART_OF_NAME = frozenset("prince princess king queen pope emir sultan sheikh".split())
"""Titles that a single name is not told without."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return bare(self.text).lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def role(self) -> bool:
        """Whether it is a role noun, or a hyphenated word that ends in one."""
        return self.lower in ROLE_NOUNS or self.lower.split("-")[-1] in ROLE_NOUNS


def before_preposition(body: list[Word]) -> list[Word]:
    """The words up to the first preposition; "of" and "for" belong to offices and bodies and end nothing."""
    cut = next((k for k, word in enumerate(body) if k and word.lower in _PREPOSITIONS - {"of", "for"}), len(body))
    return body[:cut]


def head_of(body: list[Word]) -> Word | None:
    """The noun that says what the phrase is: the last word before a preposition."""
    for k, word in enumerate(body):
        if k and word.lower in _PREPOSITIONS:
            return body[k - 1]
    return body[-1] if body else None


def behind_office(body: list[Word]) -> list[Word]:
    """The person's name that ends a phrase behind a lower-case office: "chief of staff", "head of the bar association".

    Only a name that begins with a known given name, or stands right behind "staff".
    """
    cut = len(body)
    while cut and body[cut - 1].capital:
        cut -= 1
    name = body[cut:]
    if cut < 3 or not 2 <= len(name) <= 4 or body[cut - 1].lower in _LINKS | _PREPOSITIONS | DETERMINERS:
        return []
    return name if name[0].lower in first_names() or body[cut - 1].lower == "staff" else []


def organisation(body: list[Word], head: Word) -> list[Word]:
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
    while (
        end + 1 < len(body)
        and (
            (body[end].lower in ("to", "against") and end > at + 1)
            or (body[end].lower == "on" and head.lower in _PANELS)
        )
        and body[end + 1].capital
        and body[end + 1].lower not in NOT_NAMES
    ):
        # "Society for the Prevention of Cruelty to Animals", "Committee on Shipping and Trade"
        end += 2
        while end < len(body) and (
            body[end].capital or (body[end].lower == "and" and end + 1 < len(body) and body[end + 1].capital)
        ):
            end += 1
    return body[start:end]


def last_run(body: list[Word]) -> list[Word]:
    """The last run of capitalised words, particles and links inside it included."""
    run: list[Word] = []
    best: list[Word] = []
    for word in body:
        if word.capital or (run and word.lower in _LINKS):
            run.append(word)
        else:
            best = _stripped(run) or best
            run = []
    return _stripped(run) or best


def _stripped(run: list[Word]) -> list[Word]:
    while run and not run[-1].capital:
        run = run[:-1]
    return run


def without_titles(run: list[Word]) -> list[Word]:
    """What follows the last title of a run; nothing when the run is only titles."""
    cut = 0
    for k, word in enumerate(run):
        if k and k == len(run) - 1 and word.lower not in HONORIFICS and _goes_before(run[k - 1], word):
            # "Gayle King", "Anna Bishop": a surname like a title.
            break
        group = word.lower in GROUP_NOUNS and k < len(run) - 1
        if group or word.lower in HONORIFICS or word.role or word.text.endswith(("’s", "'s")):
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


def _goes_before(first: Word, last: Word) -> bool:
    """Whether a word is a given name before a surname like a title; an office or a country before it is none."""
    if first.lower in first_names():
        return True
    office = ROLE_NOUNS | ORGANISATION_NOUNS | QUALIFIERS | HONORIFICS
    plain = first.text.isalpha() and not first.text.isupper() and first.lower not in office | nations().keys()
    return last.lower in SURNAME_TITLES and plain


def _told_once(name: list[Word]) -> list[Word]:
    """The name up to where it begins again: "Ana Lenz Ana Maria LenzVote", as link texts glued to a name leave it."""
    seen: dict[str, int] = {}
    for k, word in enumerate(name):
        hump = LAST_HUMP.search(word.text)
        key = (word.text[: hump.start()] if hump else word.text).casefold()
        if k - seen.get(key, k) >= 2:
            if hump and k < len(name) - 1:
                return name[: seen[key] + 1]
            # The surname again with the next word glued to it, or the first name again: there it is told again.
            surname = seen[key] > 0 or name[0].lower not in first_names()
            return name[: seen[key] + 1] if k == len(name) - 1 and (hump or surname) else name[:k]
        seen.setdefault(key, k)
    return name


def institutional(name: list[Word]) -> bool:
    """Whether a capitalised name looks like an institution's rather than a person's."""
    return (
        any(w.lower in ORGANISATION_NOUNS or w.lower in ("of", "for", "&") for w in name)
        or any(len(w.text) > 2 and w.text.isupper() for w in name)
        or len(name) > 4
    )
