"""Figures that count one thing: groups of the figures of a block, strand by strand.

Candidates share a speaker, a report, an utterance, a day, a name, a rare word or a value, or are counts of one class;
of more than `MOST_BESIDE` that share one thing each is compared with those told next before and after it. A pair is
judged by the two alone (`scoring.py`). Sure pairs are joined first, then the two groups that are most alike, again and
again (`joining.py`): two groups are as alike as their figures are to their nearest in the other group, on average, so
that a figure of which little is said may join by the one that says as much. Numbers that one report tells apart are
never joined, nor are the groups that hold them. No order of arrival changes anything; ties go to the least ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from onrecord.domain.figures import Counted, Lineage, lineage_id
from onrecord.language.words import rarity
from onrecord.weighing.figures.joining import Groups, Pair
from onrecord.weighing.figures.profiles import Profile, profile_of
from onrecord.weighing.figures.scoring import are_far, likeness, speaker_of, told_apart
from onrecord.weighing.figures.vocabulary import GENERAL, TOLLS

BAR: Final = 0.45
"""The least likeness of two groups that count one thing."""
SURE: Final = 0.95
"""The least likeness of a pair that is joined whatever the others of its groups are like."""
MOST_BESIDE: Final = 100
"""Figures told later that one is compared with, of those that share one thing with it; and as many told before.

A group is held together by the best matches of its figures. A toll that is told a thousand times has them among its
neighbours, so that following it takes a time that grows with the figures and not with their pairs.
"""
_RARE: Final = 5.0
_WHOLE: Final = 10**6


def lineages(figures: Sequence[Counted]) -> list[Lineage]:
    """Every figure in exactly one lineage, lineages in the order of their first figures.

    Figures of other blocks may be among them: none is ever compared with another block's. The order of `figures` does
    not matter, and one given twice counts once.
    """
    by_id = {one.id: one for one in figures}
    strands: defaultdict[Hashable, list[Profile]] = defaultdict(list)
    for one in by_id.values():
        profile = profile_of(one)
        strands[one.block, profile.strand].append(profile)
    groups = [group for members in strands.values() for group in _grouped(members)]
    found = [_lineage([by_id[one] for one in group]) for group in groups]
    place = {one.id: rank(one) for one in by_id.values()}
    return sorted(found, key=lambda one: place[one.figures[0]])


def rank(one: Counted) -> tuple[bool, float, str, int, str]:
    """The place of a figure in time: earliest published first, then where it stands."""
    when = one.rendering.published
    return when is None, 0.0 if when is None else when.timestamp(), one.rendering.report, one.figure.span.start, one.id


def _grouped(members: Sequence[Profile]) -> list[list[str]]:
    """The ids of one strand's figures in groups."""
    scores: dict[Pair, int] = {}
    apart: set[Pair] = set()
    for a, b in _candidates(members):
        pair = (a.counted.id, b.counted.id) if a.counted.id < b.counted.id else (b.counted.id, a.counted.id)
        if told_apart(a, b):
            apart.add(pair)
        elif not are_far(a, b):
            score = round(likeness(a, b) * _WHOLE)
            if score:
                scores[pair] = score
    groups = Groups((one.counted.id for one in members), scores, apart, _WHOLE)
    groups.join_sure(round(SURE * _WHOLE))
    groups.join_alike(BAR)
    return groups.groups()


def _candidates(members: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    shared: defaultdict[Hashable, list[Profile]] = defaultdict(list)
    for one in sorted(members, key=lambda one: rank(one.counted)):
        for key in _keys(one):
            shared[key].append(one)
    seen: set[Pair] = set()
    for having in shared.values():
        for at, first in enumerate(having):
            for second in having[at + 1 : at + 1 + MOST_BESIDE]:
                a, b = (first, second) if first.counted.id < second.counted.id else (second, first)
                pair = a.counted.id, b.counted.id
                if pair not in seen:
                    seen.add(pair)
                    yield a, b


def _keys(one: Profile) -> Iterator[Hashable]:
    counted = one.counted
    yield "report", counted.rendering.report
    yield "value", one.middle
    if counted.block not in TOLLS and counted.block not in GENERAL and counted.figure.unit is None:
        yield "block", counted.block
    if counted.block in TOLLS and counted.dated:
        yield "day", one.first
    if counted.utterance is not None:
        yield "utterance", counted.utterance
    if speaker_of(one.counted) is not None:
        yield "speaker", speaker_of(one.counted)
    for name in one.places | one.far:
        yield "name", name
    for word in one.words:
        if rarity(word) >= _RARE:
            yield "word", word


def _lineage(members: list[Counted]) -> Lineage:
    ordered = sorted(members, key=rank)
    return Lineage(
        id=lineage_id(ordered[0].id),
        counted=_fullest([one.words for one in ordered]) or "",
        place=_fullest([one.place for one in ordered]),
        unit=ordered[0].figure.unit,
        figures=tuple(one.id for one in ordered),
    )


def _fullest(words: list[str | None]) -> str | None:
    """The wording with most words, of several the most frequent, then the first."""
    given = [one for one in words if one]
    return max(given, key=lambda one: (min(len(one.split()), 6), given.count(one), -given.index(one)), default=None)
