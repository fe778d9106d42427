"""What figures are measured in: money, per cent, measures and rates beside a number."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading.figures.numbers import Token, touches
from onrecord.reading.figures.words import CODES, COMPOUND_NOUNS, CURRENCIES, DOLLARS, MEASURES, RATES, SCALES, SYMBOLS

_HYPHENS = frozenset("-‐‑")
_ATTRIBUTES = frozenset(["barrel", "foot", "yard", "inch", "m", "mile", "ton"])
"""Units that in the singular may describe what follows ("20 barrel bombs")."""
_POINTS = frozenset(["point", "points"])
_AGO = frozenset("ago earlier later before after from".split())
_OFTEN = {
    "daily": "per day",
    "weekly": "per week",
    "monthly": "per month",
    "yearly": "per year",
    "annually": "per year",
}
_CALIBRES = frozenset("mm calibre caliber".split())
_AFTER_HYPHEN = frozenset("plus odd to or".split())


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency sign or code before a number; `first` is the index of its first token."""

    first: int
    word: str


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit behind a number and the index behind it.

    `hyphenated_noun` marks a number hyphenated to what it counts ("30-member"), `is_code` one hyphenated to anything
    else ("two-state", "155-mm"), which is no figure.
    """

    word: str | None
    last: int
    is_money: bool = False
    hyphenated_noun: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """What a figure is given for ("a day"): its tokens and its words."""

    first: int
    last: int
    word: str


def currency_before(cut: list[Token], first: int) -> Currency | None:
    """The currency that stands before token `first`."""
    if first == 0:
        return None
    sign = cut[first - 1]
    if sign.text in SYMBOLS:
        letters = cut[first - 2] if first >= 2 else None
        if sign.text == "$" and letters is not None and touches(letters, sign) and letters.lower in DOLLARS:
            return Currency(first - 2, DOLLARS[letters.lower])
        return Currency(first - 1, SYMBOLS[sign.text])
    if sign.lower in CODES and sign.text.isupper():
        return Currency(first - 1, sign.lower)
    return None


def unit_at(cut: list[Token], at: int, money: Currency | None, *, scaled: bool) -> Unit:
    """The unit that stands at token `at`, behind a number."""
    if money is not None:
        return Unit(money.word, at, is_money=True)
    if at >= len(cut):
        return Unit(None, at)
    if cut[at].text in _HYPHENS and touches(cut[at - 1], cut[at]) and at + 1 < len(cut) and cut[at + 1].is_word:
        return _hyphenated(cut, at)
    if scaled and cut[at].lower == "of" and at + 1 < len(cut):
        # "millions of dollars", "hundreds of miles"
        unit = _plain(cut, at + 1, scaled=True)
        return unit if unit.word not in (None, "times") else Unit(None, at)
    return _plain(cut, at, scaled=scaled)


def _hyphenated(cut: list[Token], at: int) -> Unit:
    word = cut[at + 1].lower
    if word == "strong":
        return Unit(None, at + 2)
    if word in COMPOUND_NOUNS:
        return Unit(None, at + 2, hyphenated_noun=True)
    if word in _AFTER_HYPHEN or not touches(cut[at], cut[at + 1]):
        return Unit(None, at)
    unit = _plain(cut, at + 1, scaled=False, hyphenated=True)
    if unit.word is None or unit.word == "times":
        return Unit(None, at, is_code=True)
    return unit


def _plain(cut: list[Token], at: int, *, scaled: bool, hyphenated: bool = False) -> Unit:
    token = cut[at]
    word, following = token.lower, cut[at + 1].lower if at + 1 < len(cut) else ""
    if word == "per" and following == "cent":
        return Unit("%", at + 2)
    if word == "percentage":
        step = at + 2 if following in _HYPHENS else at + 1
        if step < len(cut) and cut[step].lower in _POINTS:
            return Unit("percentage point", step + 1)
    if word in _CALIBRES:
        return Unit(None, at, is_code=True)
    if word in ("us", "u.s") or (word == "u" and following == "."):
        for step in range(at + 1, min(at + 4, len(cut))):
            if cut[step].lower in ("dollar", "dollars"):
                return Unit("usd", step + 1, is_money=True)
    if word in ("square", "cubic", "nautical") and following in MEASURES:
        return Unit(f"{word} {MEASURES[following]}", at + 2)
    if word in CURRENCIES:
        return Unit(CURRENCIES[word], at + 1, is_money=True)
    if word in CODES and token.text.isupper():
        return Unit(word, at + 1, is_money=True)
    if token.text in ("€", "£", "₴", "₽"):
        return Unit(SYMBOLS[token.text], at + 1, is_money=True)
    if word in ("pound", "pounds"):
        sterling = scaled or following in ("in", "sterling", "worth", "to", "a", "per")
        return Unit("gbp" if sterling else "lb", at + 1, is_money=sterling)
    if word not in MEASURES or word in SCALES or (word == "m" and token.text != "m"):
        return Unit(None, at)
    unit = MEASURES[word]
    attributive = word in _ATTRIBUTES and at + 1 < len(cut) and cut[at + 1].is_word and following.endswith("s")
    if attributive and not hyphenated and not touches(cut[at - 1], token):
        return Unit(None, at)
    if unit == "degree":
        scale = {"c": "celsius", "f": "fahrenheit"}.get(following, following)
        return Unit(f"degree {scale}", at + 2) if scale in ("celsius", "fahrenheit") else Unit(unit, at + 1)
    if following == "/" and at + 2 < len(cut) and cut[at + 2].lower in ("h", "hour", "s"):
        return Unit(f"{unit}/{cut[at + 2].lower[0]}", at + 3)
    return Unit(unit, at + 1)


def rate_at(cut: list[Token], at: int) -> Rate | None:
    """The rate that stands at token `at`: "a day", "per head", "/month", "daily"."""
    if at >= len(cut):
        return None
    word = cut[at].lower
    if word in _OFTEN and (at + 1 >= len(cut) or not cut[at + 1].is_word):
        return Rate(at, at + 1, _OFTEN[word])
    if word in ("a", "an", "per", "/", "every") and at + 1 < len(cut) and cut[at + 1].lower in RATES:
        after = cut[at + 2].lower if at + 2 < len(cut) else ""
        if after not in _AGO or word == "per":
            return Rate(at, at + 2, f"per {cut[at + 1].lower}")
    return None
