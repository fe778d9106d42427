"""Later passages that bear on an entry: that it was done, that it was not, or that it was taken back.

Each later utterance is judged by a function of it and the entry alone; the best few are kept. What was said no later
than the entry is never evidence. Somebody's own word that he kept his promise counts for less than another's, and so
does the word of somebody who is not known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from onrecord.domain.docket import Bearing, Entry, Evidence
from onrecord.domain.passages import Act
from onrecord.domain.relations import Said
from onrecord.language.words import plain_words, stem, words_of
from onrecord.weighing.docket.bearings import Reading, reading_of
from onrecord.weighing.docket.concepts import concepts
from onrecord.weighing.docket.topics import Likeness, Topic, likeness, telling, topic
from onrecord.weighing.docket.vocabulary import LOOKED_AT, plain

MOST: Final = 5
"""Passages that are kept for one entry."""
LEAST: Final = 0.28
"""The least score of a passage that is kept."""
LEAST_LOOSE: Final = 0.35
"""The least score of one that says no more than that something happened."""
OWN_WORD: Final = 0.5
"""The most that somebody's word on his own promise counts."""
UNTOLD: Final = frozenset({Act.QUESTION, Act.OPINION, Act.PREDICTION, Act.WARNING, Act.DEMAND, Act.COMMITMENT})
"""Acts that tell nothing of what came of an entry, unless they refuse it or admit an error."""
EARLY: Final = 0.7
"""What a passage that it is not done counts before the day: it may still be done."""
PART: Final = "speaks of a part only"
OWN: Final = "said by the one who is bound"
UNKNOWN: Final = "not shown to be said by another than the one who is bound"

_NEGATION: Final = re.compile(r"\b(?:not|no|never|nobody|none|won't|wouldn't|\w{1,8}n't)\b")
_CONDITION: Final = re.compile(r"\b(?:if|unless|as long as)\b[^,;]*")


class Later:
    """Utterances that may tell what came of entries, filed under what they speak of.

    So an entry is held against the few of them that speak of it: on all others `bearing` has nothing to say. It is kept
    from step to step: utterances are added, and those that are too far away by then are let go of.
    """

    def __init__(self, said: Iterable[Said] = ()) -> None:
        self._said: dict[str, tuple[Said, _Heard]] = {}
        self._stems: defaultdict[str, set[str]] = defaultdict(set)
        self._rows: defaultdict[str, set[str]] = defaultdict(set)
        self._whole: defaultdict[str, set[str]] = defaultdict(set)
        self.add(said)

    def add(self, said: Iterable[Said]) -> None:
        """Files utterances; one that is filed already, in place of what it was."""
        for one in said:
            self._let_go(one.utterance)
            heard = _heard_of(one)
            if heard is not None and one.first is not None:
                self._said[one.utterance] = one, heard
                for filed, key in self._keys(one, heard):
                    filed[key].add(one.utterance)

    def keep(self, utterances: Set[str]) -> None:
        """Lets go of all other utterances."""
        for one in self._said.keys() - utterances:
            self._let_go(one)

    def _let_go(self, utterance: str) -> None:
        if utterance in self._said:
            for filed, key in self._keys(*self._said.pop(utterance)):
                filed[key].discard(utterance)
                if not filed[key]:
                    del filed[key]

    def _keys(self, said: Said, heard: _Heard) -> Iterator[tuple[dict[str, set[str]], str]]:
        yield from ((self._stems, word) for word in heard.stems)
        yield from ((self._rows, row) for row in heard.rows)
        if heard.reading.whole and said.actor is not None:
            yield self._whole, said.actor

    def than(self, its: Said, matter: Topic) -> Iterator[Said]:
        """Those first said after `its` that speak of the matter of it, or take back all that its speaker said."""
        if its.first is None:
            return
        found: set[str] = set()
        for words in (matter.own, matter.around):
            for word in words:
                found.update(self._stems.get(word, ()))
        for row in matter.rows:
            found.update(self._rows.get(row, ()))
        found.update(self._whole.get(its.actor or "", ()))
        for one, _ in (self._said[utterance] for utterance in sorted(found)):
            if one.utterance != its.utterance and one.first is not None and one.first > its.first:
                yield one


def evidence(entry: Entry, its: Said, later: Later) -> Iterator[Evidence]:
    """What of `later` bears on the entry of `its`, the surest first.

    Utterances of no day, or first said no later than the entry, are passed over, whatever they say. Each is judged with
    the entry alone, so that neither the order of `later` nor its being given in parts makes a difference; `best` keeps
    few of them.
    """
    matter = topic(its)
    found: dict[str, Evidence] = {}
    for one in later.than(its, matter):
        made = bearing(entry, its, one, matter)
        if made is not None:
            found[one.utterance] = made
    yield from sorted(found.values(), key=_rank)


def best(found: Iterable[Evidence], most: int = MOST) -> list[Evidence]:
    """The surest pieces of evidence, `most` at most, in an order of their own."""
    return sorted(found, key=_rank)[:most]


def bearing(entry: Entry, its: Said, later: Said, matter: Topic | None = None) -> Evidence | None:
    """How one later utterance bears on the entry, None where it does not."""
    heard = _heard_of(later)
    if heard is None:
        return None
    reading = heard.reading
    matter = matter or topic(its)
    same = later.actor is not None and later.actor == its.actor
    own = tuple(word for word in heard.stems if word in matter.own or word in matter.around)
    rows = heard.rows & matter.rows
    if not _speaks_of_it(matter, own, rows, reading) and not (reading.whole and same):
        return None
    near = likeness(matter, topic(later))
    score, reasons = _weigh(near, rows, [heard.stems[word] for word in own], reading, same)
    kind = reading.bearing
    if kind is not Bearing.WITHDRAWS and not reading.whole and _negated(entry, its):
        kind = Bearing.AGAINST if kind is Bearing.FOR else Bearing.FOR
    if kind is Bearing.FOR:
        if _is_bound(entry, its, later, same):
            score = min(score, OWN_WORD)
            reasons.append(OWN)
        elif not _is_another(entry, its, later):
            score = min(score, OWN_WORD)
            reasons.append(UNKNOWN)
    if kind is Bearing.FOR and reading.part:
        reasons.append(PART)
    if kind is Bearing.AGAINST and not reading.refusal and _too_early(entry, later):
        score *= EARLY
        reasons.append("said before it fell due")
    if score < (LEAST_LOOSE if reading.loose else LEAST):
        return None
    return Evidence(entry.utterance, later.utterance, later.fullest.passage, kind, round(score, 4), tuple(reasons))


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a passage could say of an entry, whichever it is: its reading, and what stands in the reach of that."""

    reading: Reading
    stems: Mapping[str, str]
    """Telling stems, each with the word of the passage that it is of."""
    rows: frozenset[str]


def _heard_of(said: Said) -> _Heard | None:
    """What an utterance could say of an entry; None where it can tell nothing of what came of one."""
    one = said.fullest
    heard = _heard(one.words[:LOOKED_AT])
    if heard is None or (one.act in UNTOLD and not (heard.reading.whole or heard.reading.refusal)):
        return None
    return heard


@lru_cache(maxsize=131_072)
def _heard(words: str) -> _Heard | None:
    reading = reading_of(words)
    if reading is None:
        return None
    reach = plain(words)[slice(*reading.reach)]
    forms = {stem(word): word for word in reversed(plain_words(reach))}
    stems = MappingProxyType({one: forms.get(one, one) for one in telling(reach)})
    return _Heard(reading, stems, concepts(words_of(reach)))


def _rank(one: Evidence) -> tuple[float, str, str]:
    return -one.score, one.utterance, one.passage


def _speaks_of_it(matter: Topic, own: tuple[str, ...], rows: frozenset[str], reading: Reading) -> bool:
    """Whether shared words say that it is the same thing: one that is no mere name, or two of any kind.

    Where nothing more is said than that something happened, two of which one is no mere name.
    """
    things = sum(word not in matter.places for word in own) + len(rows)
    if reading.loose:
        return things >= 1 and len(own) + len(rows) >= 2
    return any(word not in matter.places for word in own) or len(own) + len(rows) >= 2


def _is_bound(entry: Entry, its: Said, later: Said, same: bool) -> bool:
    """Whether who says it is bound by the entry, or speaks for whom it binds ("Harvenia", "Harvenia's ministry")."""
    bound = entry.bound if entry.act is Act.DEMAND else its.name
    if entry.act is not Act.DEMAND and same:
        return True
    one, other = (frozenset(words_of(name or "")) for name in (bound, later.name))
    return bool(one and other) and (one <= other or other <= one)


def _is_another(entry: Entry, its: Said, later: Said) -> bool:
    """Whether both are known: who says it and who is bound. What is not known is not shown to be another."""
    bound = entry.bound if entry.act is Act.DEMAND else (its.name or its.actor)
    return bound is not None and (later.name is not None or later.actor is not None)


def _too_early(entry: Entry, later: Said) -> bool:
    return entry.end is not None and later.last is not None and later.last < entry.end


def _weigh(
    near: Likeness, rows: frozenset[str], own: Sequence[str], reading: Reading, same: bool
) -> tuple[float, list[str]]:
    reasons = [f"says “{reading.words}”"]
    score = near.score + 0.15 * min(len(rows), 2)
    if reading.whole and same:
        score += 0.5
    elif reading.refusal and same:
        score += 0.2
    if same:
        score += 0.05
        reasons.append("the same speaker")
    if own:
        reasons.append("also speaks of " + ", ".join(f"“{word}”" for word in own[:3]))
    elif rows:
        reasons.append("speaks of the same thing in other words")
    return min(1.0, score), reasons


def _negated(entry: Entry, its: Said) -> bool:
    """Whether what is promised or foretold is that something will not be."""
    return bool(_NEGATION.search(_CONDITION.sub("", plain(its.fullest.words)))) and entry.act is not Act.DEMAND
