"""The words of a text as linking compares them, and how rare each is in news.

Rarity comes from a table in the package, not from the reports at hand: so what is linked does not depend on what else
is on the record, or on the order it came in. `training/document_frequencies.py` makes the table.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import Final

import snowballstemmer

_WORD: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
# As in a text whose accents stand by themselves, behind their letters.
_WRITTEN: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*|'[^\W\d_]+)*")
_THOUSANDS: Final = re.compile(r",(?=[0-9]{3}(?:\D|$))")
_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_LONGEST: Final = 40
# Beside letters, blanks, ASCII and the usual quotation marks and dashes: among these are all accents that stand apart.
_MARKED: Final = re.compile(r"[^\w\s\x00-\x7f\u2000-\u206f]")
_stemmer = snowballstemmer.stemmer("english")


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text` in order: folded case, no accents, stems (Porter2), numbers without thousands' marks.

    >>> words_of("Withdrawing 95,000 troops isn’t Erdoğan’s pull-out")
    ('withdraw', '95000', 'troop', "isn't", 'erdogan', 'pull', 'out')
    """
    return tuple(stem(word) for word in plain_words(text))


def plain_words(text: str) -> list[str]:
    """The words of `text` in order as `words_of` gives them, but not stemmed.

    >>> plain_words("Withdrawing 1.5 per cent")
    ['withdrawing', '1.5', 'per', 'cent']
    """
    folded = without_accents(_straight(text)).casefold()
    # Most words are letters alone and not long: those are done with.
    return [
        word if word.isalpha() and len(word) <= _LONGEST else _without_mark(word[:_LONGEST])
        for word in _WORD.findall(folded)
    ]


def placed_words(text: str, beginnings: frozenset[str] | None = None) -> Iterator[tuple[int, int, str]]:
    """The words of `text` as `plain_words` gives them, each with the characters `[start, end)` it stands at.

    Where `beginnings` are given, pairs of letters, a word in plain letters that begins otherwise is left empty.

    >>> list(placed_words("The troops’ train"))[1:]
    [(4, 10, 'troops'), (12, 17, 'train')]
    """
    for match in _WRITTEN.finditer(_straight(text)):
        written = match.group()
        if beginnings is not None and written.isascii() and written[:2].lower() not in beginnings:
            yield match.start(), match.end(), ""
            continue
        for word in plain_words(written):
            yield match.start(), match.end(), word


def _straight(text: str) -> str:
    return text.translate(_STRAIGHT) if not text.isascii() or "`" in text else text


def without_accents(text: str) -> str:
    """The text in its plainest letters: no accents, no ligatures, no letters of another width.

    >>> without_accents("Erdoğan"), without_accents("ﬁle")
    ('Erdogan', 'file')
    """
    if text.isascii() or (unicodedata.is_normalized("NFKD", text) and _MARKED.search(text) is None):
        return text
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one folded word; numbers and words with an apostrophe are left as they are."""
    if "'" in word or not word.isalpha():
        return word
    return str(_stemmer.stemWord(word))


@lru_cache(maxsize=200_000)
def rarity(word: str) -> float:
    """The natural logarithm of how many reports there are to one that has this stem: 0 in all, some 9 for the rarest.

    >>> rarity("the") < 0.1 < rarity("say") < rarity("withdraw") < rarity("zelvin")
    True
    """
    reports, having = _frequencies()
    return log(reports / (having.get(word, 0) + 0.5)) if having.get(word, 0) < reports else 0.0


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    content = gzip.decompress(files("onrecord.language").joinpath("document_frequencies.txt.gz").read_bytes())
    first, *lines = content.decode("utf-8").splitlines()
    having: dict[str, int] = {}
    for line in lines:
        number, _, words = line.partition(" ")
        having.update(dict.fromkeys(words.split(" "), int(number)))
    return int(first), having


def _without_mark(word: str) -> str:
    if word[0].isdigit():
        return _THOUSANDS.sub("", word)
    return word[:-2] if word.endswith("'s") else word
