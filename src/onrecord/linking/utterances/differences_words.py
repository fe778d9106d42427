"""The words of a wording with their places, in a form in which spelling makes no difference.

Case, accents, curly marks, "per cent" and "%", "95 thousand" and "95,000", "organise" and "organize", "isn't" and "is
not" come out alike. Everything else stays a word of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from onrecord.domain.spans import Span
from onrecord.language.words import stem, without_accents
from onrecord.linking.utterances.differences_vocabulary import (
    FUNCTION,
    MULTIPLIERS,
    NUMBER_WORDS,
    SPELLING_RULES,
    SPELLINGS,
)

_WORD: Final = re.compile(
    r"[0-9]{1,30}(?:[.,][0-9]{1,30}){0,9}(?:(?:st|nd|rd|th)\b)?|%"
    r"|(?:[^\W\d_]\.){2,8}(?:[^\W\d_]\b)?"
    r"|[^\W\d_]+(?:['’ʼ‘`´][^\W\d_]+)*"
)
_MARK: Final = re.compile("['’ʼ‘`´]")
_THOUSANDS: Final = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\Z|[0-9]{1,3}(?:\.[0-9]{3}){2,}\Z|[0-9]{1,3}\.000\Z"
)
_ENDINGS: Final = {"ve": "have", "re": "are", "ll": "will", "m": "am", "d": "'d"}
_WITH_IS: Final = frozenset("it he she that there what who here let where how".split())
_NOT_STEMS: Final = {"wo": "will", "ca": "can", "sha": "shall", "ai": "is"}
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a wording, as it is compared.

    `key` is equal for words that differ in spelling alone, `start` and `end` where it stands. `number` is its value
    if it is one. `capital` tells that it is written with a capital, `opens` that it begins a sentence.
    """

    key: str
    start: int
    end: int
    number: float | None = None
    capital: bool = False
    opens: bool = False

    @property
    def content(self) -> bool:
        """Whether it carries content."""
        return self.number is not None or self.key not in FUNCTION

    @property
    def root(self) -> str:
        """Its stem, the same for all forms of one word."""
        return self.key if self.number is not None else stem(self.key)


def words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order.

    >>> [word.key for word in words("We haven’t seen 95 thousand organised soldiers")]
    ['we', 'have', 'not', 'seen', '95000', 'organized', 'soldiers']
    """
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        opens = not found or any(mark in '.!?:;“”"«»' for mark in text[end : match.start()][-4:])
        end = match.end()
        found += _single(match.group(), match.start(), opens)
    return tuple(_joined(found, text))


def folded(word: str) -> str:
    """One word in lower case without accents."""
    return without_accents(word).casefold()


def spelled(word: str) -> str:
    """A folded word in the spelling that words are compared in.

    >>> spelled("defence"), spelled("organise"), spelled("neighbours"), spelled("four")
    ('defense', 'organize', 'neighbors', 'four')
    """
    word = SPELLINGS.get(word, word)
    if len(word) >= 6:
        for rule, replacement in SPELLING_RULES:
            word = rule.sub(replacement, word)
    return word


def _single(shape: str, start: int, opens: bool) -> list[Word]:
    """The words of one run of letters or digits: two for "isn't", else one."""
    if shape[0].isdigit():
        return [_number(shape, start, opens)]
    end, capital = start + len(shape), shape[0].isupper()
    if "." in shape or (shape.isupper() and shape in ("US", "USA", "UK")):
        letters = folded(shape.replace(".", ""))
        return [Word("usa" if letters == "us" else letters, start, end, capital=capital, opens=opens)]
    marks = list(_MARK.finditer(shape))
    if not marks:
        return [Word(spelled(folded(shape[:_LONGEST])), start, end, capital=capital, opens=opens)]
    before, ending = folded(shape[: marks[-1].start()]), folded(shape[marks[-1].end() :])
    if ending == "t" and before.endswith("n"):
        cut = end - 3 if len(before) > 2 else end - 2
        verb = folded(shape[:-3]) if before != "can" else "can"
        verb = _NOT_STEMS.get(verb, verb)
        cut = max(start + 1, cut)
        return [Word(verb, start, cut, capital=capital, opens=opens), Word("not", cut, end)]
    if ending in _ENDINGS or (ending == "s" and before in _WITH_IS):
        cut = start + marks[-1].start()
        second = Word(_ENDINGS.get(ending, "is"), cut, end)
        return [Word(spelled(before), start, cut, capital=capital, opens=opens), second]
    if ending == "s":
        return [Word(spelled(before[:_LONGEST]), start, end, capital=capital, opens=opens)]
    joined = "'".join(folded(part) for part in _MARK.split(shape[:_LONGEST]))
    return [Word(joined, start, end, capital=capital, opens=opens)]


def _number(shape: str, start: int, opens: bool) -> Word:
    digits = shape.rstrip("stndrh")
    if _THOUSANDS.match(digits):
        digits = digits.replace(",", "") if "," in digits else digits.replace(".", "")
    digits = digits.replace(",", ".") if digits.count(",") == 1 else digits.replace(",", "")
    try:
        value = float(digits)
    except ValueError:
        return Word(shape[:_LONGEST], start, start + len(shape), opens=opens)
    return Word(number_key(value), start, start + len(shape), value, opens=opens)


def number_key(value: float) -> str:
    """How a value is written for comparison."""
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:g}"


def _joined(found: list[Word], text: str) -> list[Word]:
    """The words with "95 thousand", "twenty-five" and "per cent" as one each."""
    joined: list[Word] = []
    place = 0
    while place < len(found):
        word = found[place]
        if word.key == "per" and place + 1 < len(found) and found[place + 1].key in ("cent", "centum"):
            joined.append(Word("%", word.start, found[place + 1].end))
            place += 2
            continue
        if word.key == "cannot":
            joined += [Word("can", word.start, word.start + 3, opens=word.opens), Word("not", word.start + 3, word.end)]
            place += 1
            continue
        value, used = _value(found, place, text)
        if value is None:
            joined.append(word)
        else:
            last = found[place + used - 1]
            joined.append(Word(number_key(value), word.start, last.end, value, opens=word.opens))
        place += max(used, 1)
    return joined


def _value(found: list[Word], place: int, text: str) -> tuple[float | None, int]:
    """The value of the number that begins at `place`, and how many words it takes; None where none begins."""
    first = found[place]
    if first.number is not None:
        total, current = 0.0, first.number
    elif first.key in NUMBER_WORDS:
        total, current = 0.0, float(NUMBER_WORDS[first.key])
    elif first.key in MULTIPLIERS:
        halved = any(word.key == "half" for word in found[max(0, place - 2) : place])
        total, current = 0.0, MULTIPLIERS[first.key] / (2 if halved else 1)
    else:
        return None, 1
    used = 1
    while place + used < len(found) and used < 12:
        word = found[place + used]
        between = text[found[place + used - 1].end : word.start]
        if between.strip(" -\u00a0\u2011\u2010") or len(between) > 2:
            break
        if word.key == "hundred":
            current *= 100
        elif word.key in MULTIPLIERS:
            total, current = total + current * MULTIPLIERS[word.key], 0.0
        elif first.number is None and word.key in NUMBER_WORDS and _fits(current, NUMBER_WORDS[word.key]):
            current += NUMBER_WORDS[word.key]
        else:
            break
        used += 1
    if used == 1 and first.key == "one":
        # "One" alone is a pronoun more often than a count.
        return None, 1
    return total + current, used


def _fits(current: float, more: int) -> bool:
    if current == 0 or current % 100 == 0:
        return True
    return 0 < more < 10 and current % 10 == 0 and current % 100 >= 20


def whole(text: str, span: Span) -> Span:
    """The span widened to the ends of the runs of letters it cuts into, so that no edit begins inside a word."""
    start, end = span.start, span.end
    while start > 0 and text[start].isalnum() and _inside(text[start - 1]) and span.start - start < _LONGEST:
        start -= 1
    while end < len(text) and _inside(text[end - 1]) and _inside(text[end]) and end - span.end < _LONGEST:
        end += 1
    return Span(start, end)


def _inside(character: str) -> bool:
    return character.isalnum() or _MARK.match(character) is not None
