"""What a report is about, small enough to keep for a million reports: its heaviest words, names, numbers and day.

Weights are tf-idf with the rarities of `onrecord.language.words`, so a gist depends on its own report alone.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log, sqrt
from sys import intern
from typing import Final

from onrecord.domain.stories import Told
from onrecord.language.words import plain_words, rarity, stem, words_of

MOST_WORDS: Final = 120
MOST_KEYS: Final = 24
_READ: Final = 20_000
"""Characters of a text that are looked at; what stands further down is background."""
_LEAD: Final = 900
_LONGEST_TITLE: Final = 400
_BEGINNING: Final = 100
_IN_TITLE: Final = 3.0
_IN_LEAD: Final = 1.0
_COMMON: Final = 2.0
"""A word in more than one report of seven says nothing of what a report is about."""
_RAREST: Final = 7.0
"""No word counts as rarer: else the names of a place the table has not heard of outweigh all that happens there."""
_OF_NAMES: Final = 0.8
"""Names tell of whom and where, which a topic's reports share; other words tell more of what happened."""
_DAY: Final = 86_400.0
_TOKEN: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENING: Final = re.compile(r"""(?:^|[.!?:…\n“"‘«])[\s"'”’)\]»“‘«]*$""")


@dataclass(frozen=True, slots=True)
class Gist:
    """One report as stories are told apart by it.

    `words` are its heaviest stems, heaviest first, with `weights` of a unit vector; `shown` is how each stands in the
    report and `named` whether that is as (part of) a name. `title` is the report's, or how its text begins. `day` is
    the time it was published in days since 1970, None where that is not known.
    """

    report: str
    words: tuple[str, ...]
    weights: array[float] = field(repr=False)
    shown: tuple[str, ...] = field(repr=False)
    named: bytes = field(repr=False)
    title: str
    day: float | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The words that it is found by: two reports that share none of them are never compared."""
        return self.words[:MOST_KEYS]


def features(told: Told) -> Gist:
    """The gist of a report."""
    text = told.text[:_READ]
    headline = (told.title or "")[:_LONGEST_TITLE]
    title = tuple(dict.fromkeys(words_of(headline)))
    own = _own_words(told)
    counts: Counter[str] = Counter()
    in_lead: set[str] = set()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    inside, lower = Counter[str](), Counter[str]()
    for match in _TOKEN.finditer(text):
        token = match.group()
        word = _folded(token)
        if word is None or word in own:
            continue
        counts[word] += 1
        if match.start() < _LEAD:
            in_lead.add(word)
        forms[word][token] += 1
        if not token[0].isupper():
            lower[word] += 1
        elif not _OPENING.search(text, max(0, match.start() - 6), match.start()):
            inside[word] += 1
    for word in title:
        if word not in own and word not in counts:
            counts[word] = 1
    named = {word for word in inside if inside[word] >= lower[word]}
    heavy = _weights(counts, named, frozenset(title), in_lead)
    order = sorted(heavy, key=lambda word: (-heavy[word], word))[:MOST_WORDS]
    length = sqrt(sum(weight * weight for weight in heavy.values())) or 1.0
    spelled = {word: token for token in _TOKEN.findall(headline) if (word := _folded(token)) is not None}
    return Gist(
        report=told.report,
        words=tuple(map(intern, order)),
        weights=array("f", [heavy[word] / length for word in order]),
        shown=tuple(intern(_shown(forms.get(word), spelled.get(word, word))) for word in order),
        named=bytes(word in named for word in order),
        title=_title(told),
        day=None if told.published is None else told.published.timestamp() / _DAY,
    )


def _weights(counts: Mapping[str, int], named: set[str], title: frozenset[str], in_lead: set[str]) -> dict[str, float]:
    heavy = {}
    for word, count in counts.items():
        rare = min(rarity(word), _RAREST)
        if rare < _COMMON or len(word) < 2:
            continue
        times = 1.0 + log(count) + _IN_TITLE * (word in title) + _IN_LEAD * (word in in_lead)
        heavy[word] = times * rare * (_OF_NAMES if word in named else 1.0)
    return heavy


def _title(told: Told) -> str:
    title = " ".join((told.title or "").split())
    if title:
        return title
    begins = " ".join(told.text[:_LONGEST_TITLE].split())
    return begins if len(begins) <= _BEGINNING else begins[:_BEGINNING].rsplit(" ", 1)[0] + "…"


def _shown(forms: Counter[str] | None, otherwise: str) -> str:
    return min(forms, key=lambda form: (-forms[form], form)) if forms else otherwise


@lru_cache(maxsize=200_000)
def _folded(token: str) -> str | None:
    words = plain_words(token)
    return intern(stem(words[0])) if words else None


def _own_words(told: Told) -> frozenset[str]:
    """The words of the outlet's own name: they are in all its reports and say nothing of any."""
    return frozenset(words_of(told.outlet or "")[:8])
