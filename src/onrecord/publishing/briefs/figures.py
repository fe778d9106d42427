"""The sentences of a brief on one figure followed through time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from onrecord.domain.briefs import FEWEST_IN_SERIES, Citation, Form, Sentence, day_words
from onrecord.domain.figures import FigureTie, Standing
from onrecord.ledger.weighed import ShownFigure, ShownLineage, ShownPassage
from onrecord.publishing.briefs.citing import tells

MOST_TIES: Final = 2
"""Sentences on revisions and disputes within one figure."""
MOST_IN_SERIES: Final = 8
LONGEST_GAP: Final = 30
"""Characters between a number and what it counts that are shown with it ("12,000 of its soldiers")."""

_STANDING: Final = {Standing.DISPUTE: "dispute", Standing.REVISION: "revision"}

Cite = Callable[[ShownPassage], Citation]


def figure_sentences(shown: ShownLineage, within: Mapping[str, ShownFigure], cite: Cite) -> Iterator[Sentence]:
    """The series of each speaker with three values or more, then what was revised or stands in dispute.

    `within` are those of its figures that may be cited, by id, earliest published first. A number that is shown without
    what it counts says nothing: such figures are left out.
    """
    counting = {id_: one for id_, one in within.items() if _counts(one)}
    in_series: set[str] = set()
    for series in _series(counting):
        facts = {f"number {place}": number(one) for place, one in enumerate(series, 1)}
        yield Sentence(Form.SERIES, tuple(cite(one.passage) for one in series), facts)
        in_series |= {one.counted.id for one in series}
    told: set[frozenset[float | None]] = set()
    ranked = sorted(shown.ties, key=lambda tie: _rank(tie, counting))
    for tie in ranked:
        if tie.standing not in _STANDING or not {tie.a, tie.b} <= counting.keys() or {tie.a, tie.b} <= in_series:
            continue
        later, earlier = counting[tie.a], counting[tie.b]
        pair = frozenset((later.counted.low, earlier.counted.low))
        if later.passage.passage == earlier.passage.passage or pair in told or len(told) >= MOST_TIES:
            continue
        told.add(pair)
        facts = {"number": number(later), "earlier": number(earlier), "kind": _STANDING[tie.standing]}
        yield Sentence(Form.REVISED, (cite(later.passage), cite(earlier.passage)), facts)
    values = [one for one in counting.values() if tells(cite(one.passage)) and number(one) != one.passage.span.text]
    if not told and not in_series and values:
        yield _value(values[-1], cite)


def number(one: ShownFigure) -> str:
    """The characters of the number, with those of what it counts where these follow."""
    counted, passage = one.counted.figure.counted, one.passage.span
    if counted is None or not one.span.end <= counted.start <= one.span.end + LONGEST_GAP or counted.end > passage.end:
        return one.span.text
    return passage.text[one.span.start - passage.start : counted.end - passage.start]


def _counts(one: ShownFigure) -> bool:
    return number(one) != one.span.text or one.counted.figure.unit is not None


def _series(counting: Mapping[str, ShownFigure]) -> Iterator[list[ShownFigure]]:
    """The figures of a speaker with enough different values, one of each in a row, in the order of publication."""
    by_speaker: dict[str, list[ShownFigure]] = {}
    for one in counting.values():
        if one.passage.actor is not None and one.passage.report.published is not None:
            given = by_speaker.setdefault(one.passage.actor.id, [])
            # A number that is told again right after is no new value, and one passage gives one number to a series.
            if given and (given[-1].counted.low == one.counted.low or given[-1].passage.passage == one.passage.passage):
                continue
            given.append(one)
    for speaker in sorted(by_speaker):
        if len({one.counted.low for one in by_speaker[speaker]}) >= FEWEST_IN_SERIES:
            yield by_speaker[speaker][:MOST_IN_SERIES]


def _rank(tie: FigureTie, counting: Mapping[str, ShownFigure]) -> tuple[bool, int, float, str, str]:
    sides = [counting[one] for one in (tie.a, tie.b) if one in counting]
    unnamed = sum(one.passage.actor is None and one.passage.speaker is None for one in sides)
    return tie.standing is not Standing.DISPUTE, unnamed, -tie.score, tie.a, tie.b


def _value(one: ShownFigure, cite: Cite) -> Sentence:
    start = one.counted.start if one.counted.dated else None
    facts = {"number": number(one), "day": "" if start is None else day_words(start)}
    return Sentence(Form.FIGURE, (cite(one.passage),), facts)
