"""What the record speaks of as points on a map: GeoJSON (RFC 7946).

A Feature is a place that a passage or a figure of it names, once for each passage: so what it says of act, words,
utterance and origins holds of that passage alone, and whoever counts statements or utterances counts their ids. A
statement that was not taken apart counts as its parts. Where a place lies is known from a table that the user gives; a
place that the table does not have is on no map, and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from onrecord.domain.ids import content_id
from onrecord.domain.spans import Span
from onrecord.language.places import Place, Places
from onrecord.ledger.shown import LocatedFigure, LocatedPassage, LocatedSpan, RecordedStatement
from onrecord.ledger.snapshot import LinkedStatement, Snapshot
from onrecord.publishing.exports import joined
from onrecord.publishing.passages import counted_cell, time_cell
from onrecord.publishing.standards.writing import Node, document, urn
from onrecord.publishing.wording import iso_time, shortened, web_address

DECIMALS: Final = 6
"""Of a degree: some ten centimetres, which is as fine as RFC 7946 advises (11.2)."""
_LONGEST_PLACE: Final = 60


@dataclass(frozen=True, slots=True)
class Tally:
    """How many features a map has of each place, and how often figures name one that is not in the table."""

    found: Counter[Place] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place of which a passage or a part of a statement speaks, how it is written, and what is counted there."""

    place: Place
    written: LocatedSpan
    words: LocatedSpan
    passage: LocatedPassage | None
    figures: tuple[LocatedFigure, ...]


def geojson_lines(view: Snapshot, places: Places, tally: Tally | None = None) -> Iterator[str]:
    """One FeatureCollection, in the order of statements and of their words; `tally` is filled while it is written."""
    return document({"type": "FeatureCollection"}, "features", _features(view, places, tally or Tally()))


def _features(view: Snapshot, places: Places, tally: Tally) -> Iterator[Node]:
    for one in view.every_statement():
        for words, passage in _parts(one.recorded):
            figures = () if passage is None else tuple(_somewhere(passage))
            # The place of a figure may stand in another clause of its sentence.
            named = _named((words, *(where for _, where in figures if not _bare(words).covers(_bare(where)))), places)
            for place, written in named.items():
                tally.found[place] += 1
                here = [_bare(each) for each in written]
                counted = tuple(figure for figure, where in figures if any(map(_bare(where).overlaps, here)))
                yield _feature(one, _Mention(place, written[0], words, passage, counted), places.table)
            tally.missing.update(_missing((where.text for _, where in figures), places))


def _parts(recorded: RecordedStatement) -> Iterator[tuple[LocatedSpan, LocatedPassage | None]]:
    if recorded.passages:
        yield from ((passage.span, passage) for passage in recorded.passages)
    else:
        yield from ((span, None) for span in recorded.content)


def _feature(one: LinkedStatement, mention: _Mention, table: str) -> Node:
    statement, head = one.recorded.statement, one.recorded.report
    place, written, words, passage = mention.place, mention.written, mention.words, mention.passage
    utterance = None if passage is None else one.utterances.get(passage.id)
    return {
        "type": "Feature",
        "id": urn("mention", content_id("mention", statement.id, words.start, words.end, written.start, written.end)),
        "geometry": {"type": "Point", "coordinates": [_degrees(place.lon), _degrees(place.lat)]},
        # Programs for maps make a column of each property, so all stand in every feature.
        "properties": {
            "place": place.name,
            "written": written.text,
            "start": written.start,
            "end": written.end,
            "words": words.text,
            "speaker": statement.speaker.name or (None if one.actor is None else one.actor.name),
            "source": joined(one.recorded.source) or None,
            "kind": statement.kind.value,
            "act": None if passage is None else passage.passage.act.value,
            "negated": None if passage is None else passage.passage.negated,
            "conditional": None if passage is None else passage.passage.conditional,
            "figures": counted_cell(mention.figures) or None,
            "times": None if passage is None else time_cell([passage]) or None,
            "published": iso_time(head.published, head.published_is_day),
            "outlet": head.outlet,
            "title": head.title,
            "url": web_address(head.url),
            "origins": None if utterance is None else one.origins[utterance],
            "utterance": utterance,
            "passage": None if passage is None else passage.id,
            "statement": statement.id,
            "nested_in": statement.nested_in,
            "report": head.id,
            "actor": None if one.actor is None else one.actor.id,
            "coordinates_from": table,
        },
    }


def _somewhere(passage: LocatedPassage) -> Iterator[tuple[LocatedFigure, LocatedSpan]]:
    """The figures that count something in a place, each with that place."""
    for figure in passage.figures:
        if figure.place is not None:
            yield figure, figure.place


def _named(spans: Iterable[LocatedSpan], places: Places) -> dict[Place, list[LocatedSpan]]:
    """The places that some characters of a report name, with those that name each."""
    found: dict[Place, list[LocatedSpan]] = {}
    for span in spans:
        for one in places.named(span.text):
            start, end = span.start + one.span.start, span.start + one.span.end
            located = LocatedSpan(span.report, span.input, start, end, one.span.of(span.text))
            found.setdefault(one.place, []).append(located)
    return found


def _missing(written: Iterable[str], places: Places) -> Iterator[str]:
    for one in written:
        # What is written without a capital, such as "the border", has no name to look up.
        if not one.islower() and not any(places.named(one)):
            yield shortened(one, _LONGEST_PLACE)


def _bare(span: LocatedSpan) -> Span:
    return Span(span.start, span.end)


def _degrees(value: float) -> float:
    # Nothing tells minus nought from nought, yet JSON would.
    return round(value, DECIMALS) + 0.0
