"""All relations of new utterances to known ones and among themselves, and the judgement of one pair behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.domain.relations import Relation, Said
from onrecord.domain.utterances import Rendering
from onrecord.language.vectors import cosine
from onrecord.weighing.relations.candidates import Index, wordings
from onrecord.weighing.relations.deciding import decided, is_linked
from onrecord.weighing.relations.evidence import Evidence, evidence
from onrecord.weighing.relations.rules import Finding
from onrecord.weighing.relations.showing import is_shown
from onrecord.weighing.relations.sides import Side, side_of

WINDOW: Final = 30
"""Days between two utterances that are compared, at most."""
_Compared = tuple[Side, Side, Evidence]
_Judged = tuple[Finding, Side, Side, Evidence]


def relation(a: Said, b: Said) -> Relation | None:
    """How `a` stands to `b`, None where no relation is seen; `a` is the later one.

    Where both are told in one report, the passages of that report are compared besides the fullest ones, since what
    stands beside each other there may speak of each other without naming what it speaks of. The pair is one that
    somebody asks about: `relations` asks only about those that share words, meaning or a rule's finding, and gives
    only what is surer.
    """
    best = _judged(_compared(a, b))
    return None if best is None else _told(a, b, best)


def _compared(a: Said, b: Said) -> list[_Compared]:
    """The passages that face each other, with what speaks for and against."""
    compared = []
    for one, other in facing(a, b):
        first, second = side_of(one), side_of(other)
        compared.append((first, second, evidence(first, second, cosine(one.words, other.words))))
    # What one wording tells of the day holds for the others, which may leave it out.
    if any(found.other_days for _, _, found in compared):
        compared = [(first, second, replace(found, other_days=True)) for first, second, found in compared]
    return compared


def _judged(compared: Sequence[_Compared]) -> _Judged | None:
    best: _Judged | None = None
    for first, second, found in compared:
        finding = decided(first, second, found)
        if finding is not None and (best is None or finding.score > best[0].score):
            best = finding, first, second, found
    return best


def _told(a: Said, b: Said, judged: _Judged) -> Relation:
    finding, first, second, _ = judged
    if finding.turned:
        a, b, first, second = b, a, second, first
    passages = first.rendering.passage, second.rendering.passage
    return Relation(finding.kind, a.utterance, b.utterance, passages, round(finding.score, 4), finding.reasons)


def relations(new: Sequence[Said], known: Iterable[Said] | Index = (), *, within: bool = True) -> Iterator[Relation]:
    """Every relation that is sure enough to be shown, of new utterances to known ones and, `within`, among themselves.

    Each pair comes once. Known ones that were told more than `WINDOW` days from every new one may be left out; the
    relation of a pair is the same whatever else is given. Where `known` is an index, the new ones are filed in it,
    `within` or not; so they are known the next time.
    """
    fresh = {one.utterance: place for place, one in enumerate(new)}
    index = known if isinstance(known, Index) else Index(one for one in known if one.utterance not in fresh)
    index.add(new)
    for place, one in enumerate(new):
        for other in index.candidates(one, WINDOW):
            if fresh.get(other.utterance, -1) < (place if within else 0):
                later, earlier = in_order(one, other)
                compared = [each for each in _compared(later, earlier) if is_linked(*each)]
                best = _judged(compared)
                if best is not None:
                    finding, first, second, found = best
                    if is_shown(finding.rule, finding.kind, finding.score, first, second, found):
                        yield _told(later, earlier, best)


def in_order(a: Said, b: Said) -> tuple[Said, Said]:
    """The later published first; in one report the one that stands later; else by id."""
    return (a, b) if _place(a) >= _place(b) else (b, a)


def _place(said: Said) -> tuple[float, str, int, str]:
    earliest = said.renderings[0]
    when = 0.0 if said.first is None else said.first.timestamp()
    return when, earliest.report, earliest.span.start, said.utterance


def facing(a: Said, b: Said) -> list[tuple[Rendering, Rendering]]:
    """The passages that are compared: the two nearest ones of one report, and different wordings."""
    found = []
    together = [(x, y) for x in a.renderings for y in b.renderings if x.report == y.report]
    if together:
        found.append(min(together, key=lambda pair: (abs(pair[0].span.start - pair[1].span.start), pair[0].passage)))
    seen = {(x.words, y.words) for x, y in found}
    return found + [(x, y) for x in wordings(a) for y in wordings(b) if (x.words, y.words) not in seen]
