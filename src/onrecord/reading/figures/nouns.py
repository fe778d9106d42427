"""What a number counts and where: noun phrases and place phrases beside a number, found without a grammar.

English counts in plurals, so the first plural word behind a number ends what it counts, and function words end it
earlier. What these rules cannot tell is left open.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from onrecord.domain.spans import Span
from onrecord.reading.figures.numbers import Token, number_at, touches
from onrecord.reading.figures.words import (
    AFFECTED,
    COMPASS,
    DETERMINERS,
    MONTHS,
    NOT_PLURAL,
    PEOPLE,
    PLACE_BEFORE,
    PLACE_WORDS,
    PLURALS,
    SKIPPED,
    SOFT_PLURALS,
    STOPS,
    WEEKDAYS,
)

LONGEST = 7
"""Words that a counted phrase has at most."""
_HYPHENS = frozenset("-‐‑–")
_QUOTES = frozenset("\"“”‘’'«»„")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_ADVERB_OR_VERB = frozenset("mostly mainly including injured wounded".split())
_GERUND_NOUNS = frozenset(
    "building buildings meeting bombing shelling killing warning landing hearing training".split()
)
_CONTAINERS = frozenset(
    "city town village suburb province region district neighbourhood neighborhood neighborhoods neighbourhoods "
    "parts part areas area outskirts side sides state port coast capital island camp bank surroundings "
    "countryside half".split()
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands behind a number: the phrase counted, or `span` None for one that is left out.

    `last` is the index of the first token that is no part of it.
    """

    span: Span | None
    last: int


def counted_after(cut: list[Token], at: int, *, single: bool) -> Counted:
    """The phrase counted that starts at token `at`, behind a number and its unit.

    `single` is set where the noun need be no plural (of one, of money, of a share).
    """
    at = _past(cut, at, _QUOTES)
    while at < len(cut) and cut[at].lower in SKIPPED:
        at += 1
    if at < len(cut) and cut[at].lower == "of":
        return _of(cut, at + 1)
    return noun_phrase(cut, at, single=single)


def _past(cut: list[Token], at: int, what: frozenset[str]) -> int:
    while at < len(cut) and cut[at].text in what:
        at += 1
    return at


def _of(cut: list[Token], at: int) -> Counted:
    """The phrase behind "of": without its determiners, its number and the name of its owner."""
    at = _past(cut, at, _QUOTES)
    skipped = 0
    while at < len(cut) and skipped < 4 and cut[at].lower in DETERMINERS:
        determiner = cut[at].lower
        at, skipped = at + 1, skipped + 1
        if determiner in ("them", "those", "these") and (
            at >= len(cut) or not cut[at].is_word or cut[at].lower in STOPS
        ):
            return Counted(None, at)
    if at < len(cut):
        number = number_at(cut, at)
        if number is not None:
            at = number.last
            while at < len(cut) and cut[at].lower in SKIPPED:
                at += 1
    return noun_phrase(cut, at, single=True)


def _is_plural(word: str, text: str) -> bool:
    if word in PLURALS or word.endswith(("men", "women", "children", "people")):
        return True
    if not word.endswith("s") or len(word) < 4 or word in NOT_PLURAL:
        return False
    return not word.endswith(("ss", "ous", "'s", "’s", "sis")) and not (text.isupper() and len(text) < 5)


def noun_phrase(cut: list[Token], at: int, *, single: bool) -> Counted:
    """The noun phrase that starts at `at`, up to its head."""
    first, words, head = at, 0, -1
    owner_first = at
    while at < len(cut) and words < LONGEST:
        token = cut[at]
        if not token.is_word:
            joined = _joined(cut, at, head, first, words)
            if not joined:
                break
            at += joined
            continue
        word = token.lower
        if word in STOPS or (word in _ADVERB_OR_VERB and words):
            joined = _joined(cut, at, head, first, words) if word in ("and", "or") else 0
            if not joined:
                break
            at += joined
            continue
        if word in AFFECTED and _head_follows(cut, at + 1) == 0:
            # "20 wounded": what happened to them stands for those counted; after a noun it is a verb.
            if words == 0:
                return Counted(Span(token.start, token.end), at + 1)
            if word not in PLURALS or head >= 0:
                break
        if words == 0 and word.endswith(("ed", "ing")) and word not in _GERUND_NOUNS and not _head_follows(cut, at + 1):
            gerund = word.endswith("ing") and single and at + 1 < len(cut) and cut[at + 1].is_word
            if not gerund or cut[at + 1].lower in STOPS:
                break
        if words and word.endswith("ing") and word not in _GERUND_NOUNS and not _head_follows(cut, at + 1):
            break
        if words and word.endswith("ed") and len(word) > 4 and not _head_follows(cut, at + 1):
            break
        if word.endswith("ly") and words and not _head_follows(cut, at + 1):
            break
        soft = head >= 0 and cut[head].lower in SOFT_PLURALS and _head_follows(cut, at)
        if head >= 0 and not soft and not _is_plural(word, token.text):
            break
        if word.endswith(_POSSESSIVE):
            bare = word[:-2] if word.endswith(("'s", "’s")) else word
            if bare in PEOPLE or bare in PLURALS:
                head = at
                at += 1
                break
            # A name's owner is no part of it: "two of Ardra's bridges" counts bridges.
            at += 1
            first, words, head = at, 0, -1
            owner_first = at
            continue
        words += 1
        plural = _is_plural(word, token.text)
        if plural and not _hyphen_follows(cut, at):
            head = at
        elif single and word in PEOPLE and not _hyphen_follows(cut, at) and not _head_follows(cut, at + 1):
            head = at
            at += 1
            break
        at += 1
    if head < 0:
        head = _last_word(cut, first, at)
        if head < 0 or not (single or words <= 3):
            return Counted(None, first)
    first = max(first, owner_first)
    end = cut[head].end
    if cut[head].lower.endswith(("'s", "’s")):
        end -= 2
    return Counted(Span(cut[first].start, end), head + 1)


def _last_word(cut: list[Token], first: int, end: int) -> int:
    return next((k for k in range(min(end, len(cut)) - 1, first - 1, -1) if cut[k].is_word), -1)


def _hyphen_follows(cut: list[Token], at: int) -> bool:
    after = at + 1
    return (
        after + 1 < len(cut)
        and cut[after].text in _HYPHENS
        and touches(cut[at], cut[after])
        and touches(cut[after], cut[after + 1])
    )


def _head_follows(cut: list[Token], at: int) -> int:
    """How many words on a plural follows with no function word between; 0 for none within three."""
    for k in range(at, min(at + 3, len(cut))):
        token = cut[k]
        if token.text in _HYPHENS and touches(cut[k - 1], token):
            continue
        if not token.is_word or token.lower in STOPS:
            return 0
        if _is_plural(token.lower, token.text) and not _hyphen_follows(cut, k) and token.lower not in AFFECTED:
            return k - at + 1
    return 0


def _joined(cut: list[Token], at: int, head: int, first: int, words: int) -> int:
    """How many tokens to step over where a mark or an "and" stands inside the phrase; 0 where it ends."""
    token = cut[at]
    if token.text in _HYPHENS and words and at + 1 < len(cut) and touches(cut[at - 1], token):
        return 1 if touches(token, cut[at + 1]) and cut[at + 1].is_word else 0
    if token.text == "." and at > first and touches(cut[at - 1], token) and len(cut[at - 1].text) == 1:
        return 1
    if token.text in _QUOTES and head < 0 and at + 1 < len(cut):
        return 1 if cut[at + 1].is_word and cut[at + 1].lower not in STOPS else 0
    if token.text == "(" and head < 0 and at + 2 < len(cut) and cut[at + 2].text == ")" and cut[at + 1].is_word:
        return 3
    if head < 0 and words and (token.text == "," or token.lower in ("and", "or")) and _head_follows(cut, at + 1):
        return 1
    return 0


class Stretches:
    """Spans that hardly overlap each other, to ask quickly whether another one meets any of them."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(spans)

    def meet(self, span: Span) -> bool:
        """Whether one of the two that start nearest before the end of `span` shares a character with it."""
        at = bisect_left(self._spans, span.end, key=lambda other: other.start)
        return any(other.overlaps(span) for other in self._spans[max(0, at - 2) : at])


@dataclass(frozen=True, slots=True)
class Place:
    """A place phrase and the index of its preposition."""

    span: Span
    at: int


def places(cut: list[Token], first: int, last: int, taken: Stretches) -> list[Place]:
    """The place phrases in tokens `[first, last)`; those that share characters with `taken` are times or figures."""
    found: list[Place] = []
    at = first
    while at < last:
        if cut[at].lower in PLACE_BEFORE or (cut[at].lower == "of" and at and cut[at - 1].lower in COMPASS):
            span, after = _place(cut, at + 1, last)
            if span is not None and not taken.meet(span):
                found.append(Place(span, at))
                at = after
                continue
        at += 1
    return found


def _place(cut: list[Token], at: int, last: int) -> tuple[Span | None, int]:
    while at < last and cut[at].lower in DETERMINERS:
        at += 1
    first, seen, end, strong = at, 0, -1, False
    while at < last and seen < 9:
        token = cut[at]
        word = token.lower
        if word == "of" and end >= 0 and cut[at - 1].lower in _CONTAINERS:
            at += 1
            while at < last and cut[at].lower in DETERMINERS:
                at += 1
            continue
        if token.text in _HYPHENS and seen and touches(cut[at - 1], token):
            at += 1
            continue
        if not token.is_word or word in STOPS or word in WEEKDAYS or word in MONTHS:
            break
        name = token.text[0].isupper()
        if strong and not name and word not in PLACE_WORDS:
            # "on Guard positions": the name only describes what is no place.
            if _is_plural(word, token.text):
                return None, at
            break
        if name or word in PLACE_WORDS:
            strong, end = True, at
        elif seen >= 3 or word.endswith("ing"):
            break
        seen += 1
        at += 1
    if (
        not strong
        or end < first
        or (at == first + 1 and cut[first].lower == "front" and at < last and cut[at].lower == "of")
    ):
        return None, at
    return Span(cut[first].start, cut[end].end), end + 1
