"""Numerals: words and digits of a text in, the numbers that they write out.

`tokens` cuts a stretch of text; `number_at` reads the number that starts at one token, if one does. Whether it counts
anything is not asked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from onrecord.reading.figures.words import (
    CARDINALS,
    FRACTIONS,
    GROUPS,
    IN_EVERY,
    MULTIPLES,
    SCALES,
    SUFFIXES,
    TENS,
    VAGUE,
)

_TOKEN = re.compile(
    r"(?P<digits>\d(?:\d|[.,\u00a0\u2009\u202f](?=\d))*)|(?P<word>[^\W\d_]+(?:[’'][^\W\d_]+)*)|(?P<other>\S)"
)
_GROUPED = re.compile(r"\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?")
_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_POINTS = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}|\.000)")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_COMMA_DECIMAL = re.compile(r"\d+,\d{1,2}")
MAX_DIGITS = 18
"""Longer runs of digits are serial numbers or noise."""
_HYPHENS = frozenset("-‐‑")
_OPENS_HALF = frozenset("of the a an my its their his her our your all this that these those".split())
_ENDS_FRACTION = frozenset(["of", ".", ",", ";", ")"])
_LEADS_FRACTION = frozenset("by than about nearly almost roughly over under to around only just".split())


class Token(NamedTuple):
    """A run of digits, a word, or any other character."""

    start: int
    end: int
    text: str
    lower: str
    is_digits: bool
    is_word: bool


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `[first, last)` that write one number; a vague one ("dozens") has only `low`."""

    first: int
    last: int
    value: float | None
    low: float | None = None
    high: float | None = None
    is_share: bool = False
    is_multiple: bool = False
    is_scaled: bool = False
    is_about: bool = False


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, in order."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        kind = match.lastgroup
        found.append(Token(match.start(), match.end(), word, word.lower(), kind == "digits", kind == "word"))
    return found


def touches(left: Token, right: Token) -> bool:
    """Whether nothing stands between the two."""
    return left.end == right.start


def number_at(cut: list[Token], at: int) -> Number | None:
    """The number whose first token is `cut[at]`."""
    return _special(cut, at) or _vague(cut, at) or _share(cut, at) or _cardinal(cut, at)


def _lower(cut: list[Token], at: int) -> str:
    return cut[at].lower if 0 <= at < len(cut) else ""


def _special(cut: list[Token], at: int) -> Number | None:
    """ "twice", "three times", "a pair of", "half a million"."""
    word = cut[at].lower
    if word in MULTIPLES:
        return Number(at, at + 1, MULTIPLES[word], is_multiple=True)
    group = at + 1 if word in ("a", "an", "one") else at
    if _lower(cut, group) in GROUPS and _lower(cut, group + 1) == "of":
        if _lower(cut, group + 2) in SCALES:
            scale = SCALES[_lower(cut, group + 2)]
            return Number(at, group + 3, GROUPS[_lower(cut, group)] * scale, is_scaled=True, is_about=True)
        return Number(at, group + 1, GROUPS[_lower(cut, group)], is_about=_lower(cut, group) == "couple")
    if _lower(cut, group) == "couple" and _lower(cut, group + 1) in SCALES:
        return Number(at, group + 2, 2 * SCALES[_lower(cut, group + 1)], is_scaled=True, is_about=True)
    if word == "half":
        scale_at = at + 2 if _lower(cut, at + 1) in ("a", "an") else at + 1
        if _lower(cut, scale_at) in SCALES:
            return Number(at, scale_at + 1, SCALES[_lower(cut, scale_at)] / 2, is_scaled=True)
    return None


def _vague(cut: list[Token], at: int) -> Number | None:
    """ "tens of thousands", "dozens", "several hundred"."""
    word = cut[at].lower
    if word in ("several", "few", "many", "a"):
        scale_at = at + 2 if word == "a" and _lower(cut, at + 1) == "few" else at + 1
        if word == "a" and scale_at == at + 1:
            return None
        scale = _lower(cut, scale_at)
        if scale in SCALES and cut[scale_at].is_word:
            return Number(at, scale_at + 1, None, 2 * SCALES[scale], is_scaled=True)
        return None
    if word == "tens" or word in VAGUE:
        low, last, seen = VAGUE.get(word, 20.0), at + 1, word != "tens"
        while _lower(cut, last) == "of" and _lower(cut, last + 1) in VAGUE and last - at < 6:
            low *= VAGUE[_lower(cut, last + 1)] / 2
            last, seen = last + 2, True
        if _lower(cut, last) in ("and", "upon") and _lower(cut, last + 1) == _lower(cut, last - 1):
            last += 2
        if word == "scores" and _lower(cut, last) not in ("of", "more", "were", "have", "are", "killed", "wounded"):
            return None
        return Number(at, last, None, low, is_scaled=True) if seen else None
    return None


def _share(cut: list[Token], at: int) -> Number | None:
    """ "two thirds", "a quarter of", "half the", "one in five"."""
    word = cut[at].lower
    if word == "half":
        following = cut[at + 1] if at + 1 < len(cut) else None
        opens = following is None or following.lower in _OPENS_HALF
        if opens or (following is not None and not following.is_word and following.text not in _HYPHENS):
            first_or_second = _lower(cut, at - 1) in ("first", "second", "other", "better", "latter", "in")
            return None if first_or_second else Number(at, at + 1, 0.5, is_share=True)
        return None
    parts_at = at + 2 if _lower(cut, at + 1) in _HYPHENS else at + 1
    parts = FRACTIONS.get(_lower(cut, parts_at))
    count = 1.0 if word in ("a", "an") else CARDINALS.get(word)
    if count is None and cut[at].is_digits and len(word) <= 2:
        count = float(word) if word.isdigit() else None
    if parts is not None and count is not None and 0 < count < parts:
        plural, after_parts = _lower(cut, parts_at).endswith("s"), _lower(cut, parts_at + 1)
        sure = plural or word == "one" or after_parts in _ENDS_FRACTION or after_parts == ""
        if (sure or _lower(cut, at - 1) in _LEADS_FRACTION) and not (count == 1 and plural):
            return Number(at, parts_at + 1, count / parts, is_share=True)
    if count is not None and word not in ("a", "an"):
        after = at + 1
        if _lower(cut, after) == "out" and _lower(cut, after + 1) == "of":
            after += 1
        elif _lower(cut, after) != "in":
            return None
        whole_at = after + 2 if _lower(cut, after + 1) == "every" else after + 1
        if _lower(cut, whole_at) in IN_EVERY:
            whole = _cardinal(cut, whole_at)
            if whole is not None and whole.value and count < whole.value:
                return Number(at, whole.last, count / whole.value, is_share=True)
    return None


def _digits(word: str) -> float | None:
    """The number that a run of digits writes; None for dates, addresses and serial numbers."""
    if len(word) > MAX_DIGITS + 6 or sum(map(str.isdigit, word)) > MAX_DIGITS:
        return None
    if word[0] == "0" and len(word) > 1 and word[1].isdigit():
        return None
    for shape in (_GROUPED, _LAKHS):
        if shape.fullmatch(word):
            return float(re.sub(r"[,\u00a0\u2009\u202f]", "", word))
    if _POINTS.fullmatch(word):
        return float(word.replace(".", ""))
    if _PLAIN.fullmatch(word):
        return float(word)
    return float(word.replace(",", ".")) if _COMMA_DECIMAL.fullmatch(word) else None


def _cardinal(cut: list[Token], at: int) -> Number | None:
    token = cut[at]
    if token.is_digits:
        value = _digits(token.lower)
        if value is None:
            return None
        last = at + 1
        # "150 000" with a plain space: only round numbers, or a list of gas fields would be one.
        if last < len(cut) and value.is_integer() and value < 1000 and "," not in token.text:
            after = cut[last]
            if after.text == "000" and after.start == token.end + 1:
                value, last = value * 1000, last + 1
        return _scaled(cut, at, last, value, token)
    if token.lower in ("a", "an"):
        return _scaled(cut, at, at + 1, 1.0, None, needs_scale=True)
    if token.lower in SCALES and token.is_word and len(token.lower) > 4:
        return _scaled(cut, at, at, 1.0, None, needs_scale=True)
    return _worded(cut, at)


def _scaled(
    cut: list[Token], first: int, last: int, value: float, digits: Token | None, *, needs_scale: bool = False
) -> Number | None:
    """The number with the scales that follow it ("1.5 million", "100 thousand", "€3bn")."""
    scaled = False
    if digits is not None and last < len(cut) and touches(cut[last - 1], cut[last]):
        suffix = cut[last].lower
        if suffix in SUFFIXES and not (suffix == "m" and _is_metres(cut, last, digits)):
            return Number(first, last + 1, value * SUFFIXES[suffix], is_scaled=True)
    for _ in range(2):
        hyphen = last + 1 if _lower(cut, last) in _HYPHENS else last
        scale = _lower(cut, hyphen)
        if scale not in SCALES or not cut[hyphen].is_word:
            break
        value, last, scaled = value * SCALES[scale], hyphen + 1, True
    if needs_scale and not scaled:
        return None
    if _lower(cut, last) == "and" and _lower(cut, last + 1) in ("a", "an") and _lower(cut, last + 2) == "half":
        step = value if not scaled else SCALES.get(_lower(cut, last - 1), 1.0)
        value, last = value + (0.5 if not scaled else step / 2), last + 3
        if _lower(cut, last) in SCALES and cut[last].is_word:
            value, last, scaled = value * SCALES[_lower(cut, last)], last + 1, True
    return Number(first, last, value, is_scaled=scaled)


def _is_metres(cut: list[Token], suffix: int, digits: Token) -> bool:
    """Whether a glued "m" is metres: "30m from", not "30m people" or "$30m" or "1.2m"."""
    before = cut[suffix - 2].text if suffix >= 2 else ""
    if before in "$€£¥" and before:
        return False
    if "." in digits.text:
        return False
    after = _lower(cut, suffix + 1)
    return not after.isalpha() or after in ("from", "high", "long", "wide", "deep", "away", "above", "below", "tall")


def _worded(cut: list[Token], at: int) -> Number | None:
    """ "two hundred and fifty", "twenty-five", "one million two hundred thousand"."""
    total, current, last, scaled = 0.0, None, at, False
    while last < len(cut) and last - at < 16:
        word = cut[last].lower
        if (word in TENS and current in (None, 0.0)) or (word in TENS and current is not None and current % 100 == 0):
            current = (current or 0.0) + TENS[word]
            last += 1
            one = last + 1 if _lower(cut, last) in _HYPHENS else last
            if 0 < CARDINALS.get(_lower(cut, one), 0.0) < 10:
                current, last = current + CARDINALS[_lower(cut, one)], one + 1
        elif word in CARDINALS and (current is None or (current >= 100 and current % 100 == 0)):
            current = (current or 0.0) + CARDINALS[word]
            last += 1
        elif word in SCALES and cut[last].is_word and current is not None:
            scaled = True
            if SCALES[word] == 100.0:
                current *= 100.0
            else:
                total, current = total + current * SCALES[word], None
                last += 1
                if _lower(cut, last) != "and" and _lower(cut, last) not in CARDINALS and _lower(cut, last) not in TENS:
                    break
                continue
            last += 1
        elif word == "and" and scaled and (_lower(cut, last + 1) in CARDINALS or _lower(cut, last + 1) in TENS):
            # "two thousand and five men", but not "two hundred and one thousand more": the scales must go down.
            if _lower(cut, last + 2) in SCALES and SCALES[_lower(cut, last + 2)] >= 100:
                break
            last += 1
        else:
            break
    if last == at:
        return None
    number = Number(at, last, total + (current or 0.0), is_scaled=scaled)
    more = _scaled(cut, at, last, number.value or 0.0, None) if not scaled else None
    return replace(number, value=more.value, last=more.last, is_scaled=more.is_scaled) if more else number
