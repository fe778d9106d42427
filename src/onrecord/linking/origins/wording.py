"""A text as copies are looked for in it: its words as numbers, and which of them count.

Words in quotation marks do not count, since two reports of one speech both print them; neither does what a page puts
around an article ("Sign up for our newsletter", "All rights reserved").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.origins.marks import quoted

MOST_WORDS: Final = 40_000
"""Words of one text that are looked at."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FURNITURE: Final = re.compile(
    r"(?:all\srights\sreserved|may\snot\sbe\s(?:published|reproduced|rewritten)|(?:sign|signed)\sup|subscri(?:be|ption)|newsletters?\b|"
    r"cookies|privacy\spolicy|terms\sof\s(?:use|service)|follow\s(?:us|\w{1,20})\son|read\smore|read\sor\sshare|"
    r"click\shere|share\sthis|copyright|©|contributed\sto\sthis|toggle\scaption|image\scopyright|getty\simages|"
    r"not\sa\srobot|invalid\semail|re-enter|required\sfield|sign\sup|thank\syou\sfor\ssubscribing|already\ssubscribed|"
    r"an\serror\shas\soccurred|continue\sreading|\bfile\sphoto|\bFILE\s[-–—]|photo\sby|ap\sphoto|transcripts?\sare\screated|"
    r"do\syou\shave\sa\sstory|email\sus|download\s(?:the|our)|please\ssee\sour|advertisement|javascript|your\sbrowser)",
    re.IGNORECASE,
)
_REACH: Final = 160
_STOPS: Final = ("\n", ". ", "? ", "! ", ".”", '."')
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of one text in order: what each is (a hash), where it stands, and whether it counts."""

    words: NDArray[np.uint64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    counts: NDArray[np.bool_]

    @property
    def counted(self) -> int:
        """How many of the words count."""
        return int(self.counts.sum())


@lru_cache(maxsize=1_024)
def wording(text: str) -> Wording:
    """The words of a text, upper and lower case alike, with those in quotation marks and furniture marked.

    The latest are kept: the same report is compared with many others.
    """
    found = [match.span() for _, match in zip(range(MOST_WORDS), _WORD.finditer(text), strict=False)]
    spans = np.array(found, dtype=np.int32).reshape(-1, 2)
    numbers = np.fromiter((_number(text[start:end].casefold()) for start, end in found), np.uint64, len(found))
    aside = np.zeros(len(found), dtype=bool)
    starts = spans[:, 0]
    for start, end in _aside(text):
        first, last = np.searchsorted(starts, (start, end))
        aside[first:last] = True
    return Wording(numbers, starts, spans[:, 1], ~aside)


def shingles(words: NDArray[np.uint64], length: int) -> NDArray[np.uint32]:
    """A 32-bit number for every run of `length` words, in order; empty where there are fewer."""
    if len(words) < length:
        return np.empty(0, dtype=np.uint32)
    many = len(words) - length + 1
    mixed = np.zeros(many, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for place in range(length):
            mixed = (mixed ^ words[place : place + many]) * _MULTIPLIER
            mixed ^= mixed >> np.uint64(29)
        mixed *= _MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _aside(text: str) -> list[tuple[int, int]]:
    stretches = quoted(text)
    for match in _FURNITURE.finditer(text):
        # The sentence that holds it, or as much of it as a line of furniture is long.
        before = max((text.rfind(stop, max(0, match.start() - _REACH), match.start()) for stop in _STOPS), default=-1)
        start = before + 1 if before >= 0 else max(0, match.start() - _REACH)
        after = [place for stop in _STOPS if (place := text.find(stop, match.end(), match.end() + _REACH)) >= 0]
        stretches.append((start, min(after) if after else min(len(text), match.end() + _REACH)))
    return stretches


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))
