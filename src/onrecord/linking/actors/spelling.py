"""One form for the spellings of a name: what two names are compared by.

Folds case, accents, hyphens, apostrophes and dots, and the usual ways in which one name is transliterated, so that
"Volodymyr Zelenskiy" and "Wolodymyr Selenskyj" can be looked up under a key of their own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.language.words import without_accents

LONGEST: Final = 200
"""Characters of a name that are looked at: longer ones are no names."""

_PLAIN_LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ß": "ss",
        "ħ": "h",
        "ŧ": "t",
        "ə": "a",
        "&": " and ",
    }
)
_POSSESSIVE: Final = re.compile(r"['’‘ʼ`´]s(?!\w)")
_SILENT: Final = re.compile(r"['’‘ʼʻ`´ʹʺ.\"“”„«»]")
_GAP: Final = re.compile(r"[^0-9a-z]+")
_AMERICAN: Final = re.compile(r"\b(?:defense|labor|center|centers|organization|organizations|program)\b")
_BRITISH: Final = {
    "defense": "defence",
    "labor": "labour",
    "center": "centre",
    "centers": "centres",
    "organization": "organisation",
    "organizations": "organisations",
    "program": "programme",
}
# Each pair is one sound that English texts spell in several ways; applied in this order.
_SOUNDS: Final = (
    (re.compile(r"tsch|tch|cz"), "ch"),
    (re.compile(r"sch|sz"), "sh"),
    (re.compile(r"kh|gh"), "h"),
    (re.compile(r"zh"), "z"),
    (re.compile(r"dj|dzh|dsch"), "j"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ou|oo|u"), "u"),
    (re.compile(r"ee|ei|ej|ey|iy|yi|ij|yj|ii|yy|ie|y"), "i"),
    (re.compile(r"j(?=$| )"), "i"),
    (re.compile(r"ff(?=$| )"), "v"),
    (re.compile(r"ai|aj"), "ai"),
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile(r"([bdfgklmnprstvz])er(?=$| )"), r"\1r"),
)


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """A name in lower-case Latin letters and digits, one space between words, no accents, "the" or "'s" at its edges.

    >>> folded("The Al-Nusra Front"), folded("Recep Tayyip Erdoğan’s"), folded("U.N.")
    ('al nusra front', 'recep tayyip erdogan', 'un')
    """
    text = _POSSESSIVE.sub("", name[:LONGEST])
    text = without_accents(text.casefold().translate(_PLAIN_LETTERS))
    text = _GAP.sub(" ", _SILENT.sub("", text)).strip()
    text = _AMERICAN.sub(lambda match: _BRITISH[match.group()], text)
    return text[4:] if text.startswith("the ") else text


@lru_cache(maxsize=100_000)
def sounded(key: str) -> str:
    """A folded name with the spellings of one sound made one: the key that transliterations share.

    >>> sounded("volodymyr zelenskyy") == sounded("volodymyr zelenskiy") == sounded("wolodymyr zelensky")
    True
    >>> sounded("sergei lavrow") == sounded("sergey lavrov")
    True
    """
    for pattern, plain in _SOUNDS:
        key = pattern.sub(plain, key)
    return key
