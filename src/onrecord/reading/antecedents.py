"""Whom a pronoun means: the people named shortly before, weighed, and an answer only where one stands out.

A candidate is weighed by how far back its last mention stands, whether it was the subject there, whether it spoke
last, and what is known of its gender. The weights were set by hand on the tuning parts of bench/quality/speakers.jsonl
and of GUM; two candidates closer than `MARGIN` are not told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.domain.spans import Span
from onrecord.domain.statements import Basis
from onrecord.reading.cast import Cast, Person
from onrecord.reading.quotations import quoted_regions
from onrecord.reading.turns import Turn
from onrecord.reading.vocabulary import HONORIFICS, ORGANISATION_NOUNS, QUESTIONERS

REACH = 2
"""So many paragraphs back a pronoun may reach."""
MARGIN = 0.75
SAFE = 1.0
_SUBJECT_WORDS = 7
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)]{0,3}(?:\s+|(?=[A-Z][a-z]))")
_LAST_WORD = re.compile(r"(\w{1,20})\.$")
_SUBORDINATE = re.compile(r"\b(?:which|that|where|whom|whose|when|because|after|before|by|with|of|against|about)\b")
_POSSESSIVE = re.compile(r"\w*['’]s?\b")


class Antecedents:
    """Finds whom "he" and "she" mean in one report."""

    def __init__(self, text: str, paragraphs: Sequence[Span], cast: Cast) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.cast = cast
        self._quoted: dict[int, list[Span]] = {}
        self._sentences: dict[int, list[int]] = {}

    def person(self, at: int, paragraph: int, gender: str, turns: Sequence[Turn]) -> Person | None:
        """The person whom a pronoun of that gender at an offset means, or None where it is not safe to say."""
        weighed: list[tuple[float, Person]] = []
        doubtful = 0.0
        for person in self.cast.people:
            if person.gender not in (None, gender):
                continue
            weight = self._weight(person, at, paragraph, gender, turns)
            if weight is None:
                continue
            if person.likely or self._spoke(person, turns):
                weighed.append((weight, person))
            elif not any(p.likely and p.surname == person.surname for p in self.cast.people):
                doubtful = max(doubtful, weight)
        if not weighed or self._doubtful_here(at, paragraph, gender, turns):
            return None
        weighed = [row for row in weighed if not self._shadowed(row[1], [p for _, p in weighed])]
        weighed.sort(key=lambda row: -row[0])
        best, person = weighed[0]
        last_named = max((k for k in person.places if k < at and not self._in_quotation(k)), default=0)
        rival = max([row[0] for row in weighed[1:2]] + [doubtful, self._unnamed(paragraph, turns, last_named)])
        return person if best >= SAFE and best - rival >= MARGIN else None

    def _spoke(self, person: Person, turns: Sequence[Turn]) -> bool:
        """Whether a name that little else speaks for was the source of a statement and is not a body's."""
        said = any(turn.speaker.name == person.name for turn in turns)
        return said and not any(w.lower() in ORGANISATION_NOUNS for w in person.name.split())

    def _shadowed(self, person: Person, people: Sequence[Person]) -> bool:
        """Whether a better known person of the same surname makes this name a doubtful reading of theirs."""
        return any(
            p is not person and p.surname == person.surname and p.evidence >= person.evidence + 2 for p in people
        )

    def _doubtful_here(self, at: int, paragraph: int, gender: str, turns: Sequence[Turn]) -> bool:
        """Whether only a name that may be no person's stands in the pronoun's own paragraph."""
        start = self.paragraphs[paragraph].start
        if any(turn.paragraph == paragraph and turn.speaker.name for turn in turns):
            return False
        here = [
            p.likely
            for p in self.cast.people
            if p.gender in (None, gender) and any(start <= k < at and not self._in_quotation(k) for k in p.places)
        ]
        return bool(here) and not any(here)

    def _weight(self, person: Person, at: int, paragraph: int, gender: str, turns: Sequence[Turn]) -> float | None:
        """How much speaks for a person; None when nobody would think of them here."""
        start = self.paragraphs[max(0, paragraph - REACH)].start
        before = bisect_left(person.places, at)
        places = [k for k in person.places[bisect_left(person.places, start) : before] if not self._in_quotation(k)]
        spoken = [n for n, turn in enumerate(turns) if turn.speaker.name and person.name in turn.speaker.name]
        last = turns[spoken[-1]] if spoken else None
        near_turn = last is not None and last.paragraph >= paragraph - REACH
        if not places and not near_turn:
            return None
        weight = 1.0 if person.gender == gender else 0.0
        weight += 0.1 * min(5, before)
        options = [self._mention_weight(k, at, paragraph) for k in places]
        weight += max(options, default=-1.0)
        if last is not None and near_turn:
            since = sum(1 for turn in turns[spoken[-1] + 1 :] if turn.speaker.name)
            gap = paragraph - last.paragraph
            weight += (2.2 if not since else 0.8) + (1.0 if not gap else 0.0) - 0.4 * gap - 0.3 * min(3, since)
        return weight

    def _mention_weight(self, place: int, at: int, paragraph: int) -> float:
        """A mention weighs more the closer it stands, and as the subject of its sentence."""
        home = self._paragraph_of(place)
        begin = self._sentence_start(home, place)
        before = self.text[begin:place]
        words = len(re.findall(r"\w+", before))
        subject = words <= _SUBJECT_WORDS and not _SUBORDINATE.search(before)
        weight = 1.5 if subject else 0.0
        if home == paragraph:
            weight += 0.7 if subject else 0.0
            starts = self._starts(paragraph)
            weight += 1.5 - 0.4 * (bisect_right(starts, at) - bisect_right(starts, place))
        else:
            weight += 0.7 - 0.8 * (paragraph - home - 1)
        if _SUBORDINATE.search(before[-60:]) and words > 3:
            weight -= 0.5
        name_end = re.compile(r"\w+").match(self.text, place)
        if name_end and _POSSESSIVE.match(self.text[name_end.end() : name_end.end() + 2]):
            weight -= 0.7
        return weight

    def _unnamed(self, paragraph: int, turns: Sequence[Turn], last_named: int) -> float:
        """How much speaks for somebody unnamed who spoke just before: "he" may well be that one.

        Little where the best candidate was named after that, at `last_named`.
        """
        for turn in reversed(turns[-2:]):
            if turn.paragraph < paragraph - 1:
                break
            if turn.speaker.basis is Basis.UNNAMED and turn.statement.source:
                words = turn.statement.source[0].of(self.text).lower().split()
                several = not words or words[-1].endswith("s") or QUESTIONERS.intersection(words)
                if several or last_named > turn.statement.content[-1].end:
                    return 0.5
                return 3.0 if turn.paragraph < paragraph else 5.0
            if turn.speaker.name:
                break
        return 0.0

    def _in_quotation(self, at: int) -> bool:
        home = self._paragraph_of(at)
        if home not in self._quoted:
            self._quoted[home] = quoted_regions(self.text, self.paragraphs[home])
        return any(q.start <= at < q.end for q in self._quoted[home])

    def _paragraph_of(self, at: int) -> int:
        return max(0, bisect_right(self.paragraphs, at, key=lambda p: p.start) - 1)

    def _sentence_start(self, paragraph: int, at: int) -> int:
        starts = self._starts(paragraph)
        return starts[max(0, bisect_right(starts, at) - 1)]

    def _starts(self, paragraph: int) -> list[int]:
        if paragraph not in self._sentences:
            self._sentences[paragraph] = list(sentence_starts(self.text, self.paragraphs[paragraph]))
        return self._sentences[paragraph]


def sentence_starts(text: str, paragraph: Span) -> list[int]:
    """Where the sentences of a paragraph begin; titles and initials end none.

    >>> sentence_starts("Mr. Oder left. He was late.", Span(0, 27))
    [0, 15]
    """
    starts = [paragraph.start]
    for found in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
        word = _LAST_WORD.search(text, max(paragraph.start, found.start() - 20), found.start() + 1)
        if word and (len(word.group(1)) == 1 or word.group(1).lower() in HONORIFICS):
            continue
        if found.end() < paragraph.end:
            starts.append(found.end())
    return starts
