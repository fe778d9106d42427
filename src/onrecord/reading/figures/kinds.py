"""Numbers that are no figures: parts of names and dates, ages, lengths of time, labels of lists, "one" as a pronoun."""

from __future__ import annotations

import re

from onrecord.reading.figures.nouns import counted_after
from onrecord.reading.figures.numbers import Number, Token, number_at, touches
from onrecord.reading.figures.words import (
    CLOCK,
    DAY_OR_ORDER,
    MEASURES,
    MONTHS,
    NAMES,
    OCCASIONS,
    PEOPLE,
    STOPS,
    TIME_ADJECTIVES,
    TIME_UNITS,
    VOTES,
    WEEKDAYS,
)

_HYPHENS = frozenset("-‐‑–")
_GLUED_BEFORE = frozenset(":/#№@_+\\&=~^*")
_YEAR_BEFORE = frozenset(
    "in since of the from until till by before after during late early mid and to january february march april "
    "may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "spring summer autumn winter fall year".split()
)
_PARTS_OF_DAY = frozenset("morning evening afternoon night".split())
_NEVER_ONE = frozenset("no not that this each every any which another some other".split())
_ONLY = frozenset("only just least exactly single".split())
_CLOCK_SHAPE = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
OLDEST = 110
_SAID_OF = frozenset("i he she i'm i’m he's he’s she's she’s".split())
_AGE_AFTER = frozenset([",", ")", "."])


def _lower(cut: list[Token], at: int) -> str:
    return cut[at].lower if 0 <= at < len(cut) else ""


def is_time(cut: list[Token], at: int) -> bool:
    """Whether a unit of time or of age follows a number that ends before token `at`."""
    if _lower(cut, at) in _HYPHENS and at + 1 < len(cut) and touches(cut[at - 1], cut[at]):
        at += 1
    if _lower(cut, at) == "past" and at + 1 < len(cut) and number_at(cut, at + 1) is not None:
        return True
    adjectives = 0
    while adjectives < 2 and _lower(cut, at) in TIME_ADJECTIVES:
        at, adjectives = at + 1, adjectives + 1
    word = _lower(cut, at)
    bare = word.rstrip("’'") if word else ""
    if bare in TIME_UNITS or bare.removesuffix("'s").removesuffix("’s") in TIME_UNITS:
        return True
    if adjectives and word in ("quarter", "quarters"):
        return True
    if adjectives == 0:
        if word in CLOCK or (word in ("a", "p") and _lower(cut, at + 1) == "." and _lower(cut, at + 2) == "m"):
            return True
        if word == "in" and _lower(cut, at + 1) == "the" and _lower(cut, at + 2) in _PARTS_OF_DAY:
            return True
    return False


def is_year(cut: list[Token], number: Number, *, bounded: bool) -> bool:
    """Whether four bare digits are a year rather than a count of what follows."""
    token = cut[number.first]
    if number.last - number.first != 1 or not token.is_digits or len(token.text) != 4 or number.value is None:
        return False
    if not token.text.isdigit() or not 1700 <= number.value < 2100:
        return False
    if bounded:
        return False
    if _lower(cut, number.first - 1) in _YEAR_BEFORE:
        return True
    after = cut[number.last] if number.last < len(cut) else None
    if after is None or not after.text.islower():
        return True
    return counted_after(cut, number.last, single=False).span is None


def is_one(cut: list[Token], at: int, *, bounded: bool) -> bool:
    """Whether "one" counts: with a bound, or people, losses and weapons; else it is a pronoun or means "a certain"."""
    before = _lower(cut, at - 1)
    if before in _NEVER_ONE or _lower(cut, at + 1) in _HYPHENS:
        return False
    if bounded or before in _ONLY:
        return True
    for k in range(at + 1, min(at + 4, len(cut))):
        token = cut[k]
        if not token.is_word or (token.lower in STOPS and token.lower not in ("more", "other")):
            return False
        if token.lower in PEOPLE:
            return True
    return cut[at].is_digits and at + 1 < len(cut) and cut[at + 1].text.islower() and cut[at + 1].lower not in STOPS


def is_idiom(cut: list[Token], number: Number) -> bool:
    """Whether the words are a turn of speech: "split in two", "an island or two", "the eighty anniversary"."""
    first, last = number.first, number.last
    after = _lower(cut, last)
    if after in OCCASIONS:
        return True
    if number.value != 2.0 or cut[first].is_digits or (last < len(cut) and cut[last].is_word and after not in STOPS):
        return False
    if _lower(cut, first - 1) == "or":
        return _lower(cut, first - 3) in ("a", "an")
    return _lower(cut, first - 1) == "in"


def is_name(cut: list[Token], number: Number, sentence_start: int) -> bool:
    """Whether the number is part of a name, a date, a time of day or an age, or the label of a list."""
    first, last = number.first, number.last
    token = cut[first]
    before = cut[first - 1] if first else None
    after = cut[last] if last < len(cut) else None
    if before is not None and touches(before, token) and _glued_before(cut, first):
        return True
    if after is not None and touches(cut[last - 1], after) and _glued_after(cut, last):
        return True
    if before is None:
        return token.is_digits and after is not None and after.text in ".)" and touches(token, after)
    if _is_date(cut, first, last) or _is_age(cut, number):
        return True
    if before.text in "([" and after is not None and after.text in ")]" and token.is_digits and len(token.text) <= 3:
        return True
    if before.lower in ("at", "until", "by", "since", "from", "around") and _CLOCK_SHAPE.fullmatch(token.text):
        return after is None or after.lower not in MEASURES
    label = (
        first - 2 if before.text in (".", "#", "№") and first >= 2 and touches(cut[first - 2], before) else first - 1
    )
    name = cut[label]
    if label == first - 2 and name.lower not in ("no", "nos", "sec", "art", "vol", "ch", "pp", "fig"):
        return False
    percent = after is not None and after.lower in ("%", "percent", "per")
    if name.lower == "of" and _lower(cut, label - 1) == "group" and cut[label - 1].text[0].isupper():
        return True
    if percent:
        return False
    if name.lower in NAMES or label == first - 2:
        if name.lower not in DAY_OR_ORDER:
            return name.lower != "number" or _lower(cut, label - 1) != "the" or after is None
        return name.text[0].isupper() or counted_after(cut, last, single=False).span is None
    return _follows_name(cut, name, number, sentence_start)


def _follows_name(cut: list[Token], name: Token, number: Number, sentence_start: int) -> bool:
    """Whether the number ends a capitalised name: "Boeing 737", "Minsk 2", "Air Force One"."""
    word = cut[number.first]
    if not name.is_word or not name.text[0].isupper() or name.start == sentence_start or number.is_scaled:
        return False
    if name.lower in STOPS or name.lower in WEEKDAYS or name.lower in MONTHS or number.is_share or number.is_multiple:
        return False
    if word.is_word and not word.text[0].isupper():
        return False
    after = _lower(cut, number.last)
    if after in MEASURES:
        return False
    return counted_after(cut, number.last, single=False).span is None


def _glued_before(cut: list[Token], first: int) -> bool:
    before = cut[first - 1]
    if before.is_word or before.text in _GLUED_BEFORE:
        return before.text not in ("~",)
    if before.text in _HYPHENS and first >= 2 and touches(cut[first - 2], before):
        if cut[first - 2].is_word:
            return before.text != "–"
        # A chain of three is a date or a telephone number.
        return cut[first - 2].is_digits and _lower(cut, first - 3) in _HYPHENS
    return before.text == "." and first >= 2 and cut[first - 2].is_digits and touches(cut[first - 2], before)


def _glued_after(cut: list[Token], last: int) -> bool:
    after = cut[last]
    further = cut[last + 1] if last + 1 < len(cut) else None
    if after.is_word:
        return after.lower not in MEASURES and after.lower not in CLOCK
    if after.text in "/:" and further is not None and touches(after, further):
        return further.is_digits or (after.text == "/" and cut[last - 1].is_digits and further.lower == "x")
    if after.text in _HYPHENS and further is not None and further.is_digits and touches(after, further):
        chain = cut[last + 2 : last + 4]
        return len(chain) == 2 and chain[0].text in _HYPHENS and chain[1].is_digits and touches(further, chain[0])
    return after.text in "_@\\"


def _is_date(cut: list[Token], first: int, last: int) -> bool:
    token = cut[first]
    if not token.is_digits or len(token.text) > 2:
        return False
    after = cut[last] if last < len(cut) else None
    if after is not None and after.lower in MONTHS and after.text[0].isupper():
        return True
    at = first - 1
    if cut[at].text == "." and at:
        at -= 1
    if cut[at].lower in MONTHS and cut[at].text[0].isupper():
        return True
    # "May 9 and 10", "March 3-5"
    between = cut[at].lower in ("and", "-", "–", "to", "or")
    return (
        between
        and at >= 2
        and cut[at - 1].is_digits
        and len(cut[at - 1].text) <= 2
        and cut[at - 2].lower in MONTHS
        and cut[at - 2].text[0].isupper()
    )


def _is_age(cut: list[Token], number: Number) -> bool:
    """ "Ida Holm, 53, said"; "when I was 16", "at the age of 16"."""
    first, last = number.first, number.last
    before, further = _lower(cut, first - 1), _lower(cut, first - 2)
    if before == "of" and (further == "age" or _lower(cut, first - 3) in ("a", "an")):
        # "at the age of 16", "a conductor of 24"
        return further == "age" or last >= len(cut) or not cut[last].is_word
    if before == "past" and first >= 2 and number_at(cut, first - 2) is not None:
        return True
    if before in _SAID_OF or (before in ("was", "is", "am", "turned") and further in _SAID_OF):
        return last >= len(cut) or not cut[last].is_word or cut[last].lower in STOPS
    if number.value is None or not 0 < number.value <= OLDEST or not number.value.is_integer() or last - first != 1:
        return False
    if first < 2 or cut[first - 1].text not in ",(" or not cut[first - 2].is_word or not cut[first].is_digits:
        return False
    return cut[first - 2].text[0].isupper() and (last >= len(cut) or cut[last].text in _AGE_AFTER)


def is_list_of_times(cut: list[Token], number: Number) -> bool:
    """Whether the number is one of a list that ends in a unit of time: "two, three or five years"."""
    at = number.last
    for _ in range(5):
        if at >= len(cut) or cut[at].lower not in (",", "or", "to", "and", "-", "–"):
            return False
        while at < len(cut) and cut[at].lower in (",", "or", "to", "and", "-", "–"):
            at += 1
        following = number_at(cut, at) if at < len(cut) else None
        if following is None:
            return False
        at = following.last
        if is_time(cut, at):
            return True
    return False


def is_score(cut: list[Token], number: Number) -> bool:
    """Whether a higher and a lower number stand joined: "51-49", which counts nothing by itself."""
    at = number.last
    if at + 1 < len(cut) and cut[at].text in _HYPHENS and touches(cut[at - 1], cut[at]):
        return cut[at + 1].is_digits
    return (
        number.first >= 2
        and cut[number.first - 1].text in _HYPHENS
        and cut[number.first - 2].is_digits
        and touches(cut[number.first - 1], cut[number.first])
    )


def is_vote(text: str, start: int, cut: list[Token], number: Number, second: Number) -> bool:
    """Whether a range of bare numbers stands by a word for voting or winning."""
    if cut[number.last].text not in _HYPHENS:
        return False
    at = cut[number.first].start
    near = text[max(start, at - 40) : at]
    return VOTES.search(near) is not None and counted_after(cut, second.last, single=False).span is None
