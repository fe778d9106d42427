"""What a search means beside its words: the words near to each that was typed, and how near a passage comes.

A phrase, the beginning of a word, a word with a capital behind the first, a surname, and a name that news does not know
are asked for to the letter; the other words may stand there in other words. Nothing is compared but what the index
finds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

from onrecord.language.neighbours import Neighbour, is_common, is_known, neighbours
from onrecord.language.words import plain_words, rarity, stem, words_of
from onrecord.ledger.search import BEGINNING, Sounding, Term, Wanted

NEAR_ENOUGH: Final = 0.3
"""How near a passage must come on the whole, from 0 to 1, to be found."""
OF_NEAREST: Final = 0.5
"""And of how near the nearest one comes, so much."""
SHARE: Final = 0.3
"""Of the weight of what was asked, so much must be met in some way."""
LONGEST: Final = 2_000
"""Characters of a passage that are looked at."""
_LIGHTEST: Final = 0.1
MOST_IDEAS: Final = 8
"""Words that are widened; a longer text is taken by its rarest ones."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A word that was typed: `near` has its stem and those of words near to it, `rows` those of words in a row."""

    word: str
    weight: float
    near: Mapping[str, float]
    rows: tuple[tuple[Sounding, float], ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a passage comes to what was asked, from 0 to 1, and by which of its words."""

    nearness: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A search by meaning: `ideas` to be met as far as possible, `required` to the letter.

    Words with none of the `beginnings` can be passed over.
    """

    ideas: tuple[Idea, ...]
    required: tuple[Term, ...]
    beginnings: frozenset[str]

    @classmethod
    def of(cls, wanted: Wanted, surnames: Collection[str] = ()) -> Self | None:
        """The meaning of a search; None where all is asked for to the letter, or says little of what is meant.

        `surnames` are words that are names on the record.
        """
        required: list[Term] = []
        words: list[str] = []
        for place, term in enumerate(wanted.required):
            plain = plain_words(term.words)
            named = (place and term.words[:1].isupper()) or any(word in surnames for word in plain)
            if term.exact or named or not any(map(is_known, plain)):
                required.append(term)
            else:
                words += plain
        kept = [word for word in dict.fromkeys(words) if not is_common(word)]
        heaviest = sorted(kept, key=lambda word: -rarity(stem(word)))[:MOST_IDEAS]
        if not heaviest:
            return None
        ideas = _ideas([word for word in kept if word in heaviest], words)
        stems = [one for idea in ideas for one in (*idea.near, *(row.stems[0] for row, _ in idea.rows))]
        return cls(ideas, tuple(required), frozenset(one[:BEGINNING] for one in stems))

    def terms(self, least: float = 0.0) -> tuple[Term, ...]:
        """The words, and words in a row, by which a passage can meet an idea, those of this nearness or more."""
        found: dict[str, None] = {}
        for idea in self.ideas:
            found.update((one, None) for one, nearness in idea.near.items() if nearness >= least)
            found.update((" ".join(row.stems), None) for row, nearness in idea.rows if nearness >= least)
        return tuple(map(Term, found))

    def likeness(self, text: str) -> Likeness:
        """How near a text comes, and the words of it that make it so, in the order of what was asked."""
        plain = plain_words(text[:LONGEST])
        first: dict[str, int] = {}
        for place, word in enumerate(plain):
            if word[:BEGINNING] in self.beginnings:
                first.setdefault(stem(word), place)
        total = met = nearness = 0.0
        words: list[str] = []
        for idea in self.ideas:
            total += idea.weight
            best = max(((idea.near[one], first[one]) for one in idea.near.keys() & first.keys()), default=(0.0, 0))
            length = 1
            for row, near in idea.rows:
                if near > best[0] and row.stems[0] in first:
                    place = next(row.places(plain), -1)
                    if place >= 0:
                        best, length = (near, place), len(row.stems)
            if best[0]:
                met += idea.weight
                nearness += idea.weight * best[0]
                words.append(" ".join(plain[best[1] : best[1] + length]))
        if not total or met < SHARE * total:
            return Likeness(0.0, ())
        return Likeness(round(nearness / total, 4), tuple(dict.fromkeys(words)))


def _ideas(kept: Sequence[str], words: Sequence[str]) -> tuple[Idea, ...]:
    # Beside a word its neighbour may mean something else: "pulled" alone is no withdrawal, "pulled back" is.
    pairs = [pair for pair in pairwise(words) if pair[0] in kept or pair[1] in kept]
    texts = tuple(dict.fromkeys((*kept, *map(" ".join, pairs))))
    near = dict(zip(texts, neighbours(*texts), strict=True))
    alone = {word: {words_of(one.words) for one in near[word]} for word in kept}

    def beside(word: str) -> Iterator[Neighbour]:
        for pair in pairs:
            if word in pair:
                # What is near to the other word already says nothing of this one.
                taken = alone.get(pair[0] if word == pair[1] else pair[1], set())
                yield from (one for one in near[" ".join(pair)] if words_of(one.words) not in taken)

    return tuple(_idea(word, [*near[word], *beside(word)]) for word in kept)


def _idea(word: str, neighbours: Sequence[Neighbour]) -> Idea:
    near = {stem(word): 1.0}
    rows: dict[Sounding, float] = {}
    for one in neighbours:
        row = Sounding.of(Term(one.words))
        if len(row.stems) == 1:
            near[row.stems[0]] = max(near.get(row.stems[0], 0.0), one.nearness)
        else:
            rows[row] = max(rows.get(row, 0.0), one.nearness)
    return Idea(word, max(rarity(stem(word)), _LIGHTEST), near, tuple(rows.items()))
